/*
 * Retrieval quality, through the public headers alone, on collections with judgments by people.
 * The collections are looked for in $SHEAF_SHARED_DATA/collections; without them the test is
 * skipped. Figures are compared with table.tsv; `--update` writes that table anew.
 */
#include "ranked_order.h"

enum { SKIPPED = 77 };

static const double tolerance = 0.0005;

typedef struct row {
	const char     *name, *collection, *judgments; /* name: of the row in the table */
	collection_form form;
	int             expand;
	double          least_map, least_ndcg; /* what must be reached, whatever the table says */
	figures         measured;
} row;

/*
 * The collection that has few judged papers and short ones (cacm) is also taken as its records are:
 * with authors and keywords.
 */
static row rows[] = {
	{"cacm", "cacm", "qrels", COLLECTION_AS_IT_IS, 0, .least_map = 0.36},
	{"cacm", "cacm", "qrels", COLLECTION_AS_IT_IS, 1, .least_map = 0.38},
	{"cacm+", "cacm", "qrels", COLLECTION_COMPLETE, 0, .least_map = 0.36},
	{"cacm+", "cacm", "qrels", COLLECTION_COMPLETE, 1, .least_map = 0.40},
	{"cranfield", "cranfield", "qrels", COLLECTION_AS_IT_IS, 0, .least_map = 0},
	{"cranfield", "cranfield", "qrels-binary-all", COLLECTION_AS_IT_IS, 0, .least_map = 0.44},
	{"cranfield", "cranfield", "qrels-binary-all", COLLECTION_AS_IT_IS, 1, .least_map = 0.48},
	{"scifact", "scifact", "qrels", COLLECTION_AS_IT_IS, 0, .least_ndcg = 0.70},
	{"scifact", "scifact", "qrels", COLLECTION_AS_IT_IS, 1, .least_ndcg = 0.70},
};
enum { ROWS = sizeof rows / sizeof *rows };

static void table_path(char path[COLLECTION_PATH_SIZE])
{
	snprintf(path, COLLECTION_PATH_SIZE, "%s/tests/relevance/table.tsv",
	         variable("SHEAF_SOURCE"));
}

static void print_table(FILE *file)
{
	fputs("collection\tjudgments\texpanded\tqueries\tmap\tndcg_10\n", file);
	for (size_t i = 0; i < ROWS; i++)
		fprintf(file, "%s\t%s\t%d\t%d\t%.4f\t%.4f\n", rows[i].name, rows[i].judgments,
		        rows[i].expand, rows[i].measured.queries, rows[i].measured.map,
		        rows[i].measured.ndcg);
}

/* What the table has for a row; 0 queries where it has none. */
static figures expected_of(const row *r)
{
	char    path[COLLECTION_PATH_SIZE], line[256], name[64], judged[64];
	int     expand;
	figures f, found = {0};
	FILE   *file;

	table_path(path);
	file = open_file(path, "r");
	while (fgets(line, sizeof line, file))
		if (sscanf(line, "%63s %63s %d %d %lf %lf", name, judged, &expand, &f.queries,
		           &f.map, &f.ndcg) == 6 &&
		    !strcmp(name, r->name) && !strcmp(judged, r->judgments) && expand == r->expand)
			found = f;
	fclose(file);
	return found;
}

static int compare(const row *r)
{
	const char    *how = r->expand ? ", expanded" : "";
	const figures *is = &r->measured, was = expected_of(r);
	int            wrong = 0;

	if (is->map < r->least_map || is->ndcg < r->least_ndcg) {
		printf("%s, %s%s: MAP %.4f, nDCG@10 %.4f: below %.2f, %.2f\n", r->name,
		       r->judgments, how, is->map, is->ndcg, r->least_map, r->least_ndcg);
		wrong = 1;
	}
	if (is->queries != was.queries || fabs(is->map - was.map) > tolerance ||
	    fabs(is->ndcg - was.ndcg) > tolerance) {
		printf("%s, %s%s: %d queries, MAP %.4f, nDCG@10 %.4f; the table has %d, %.4f, "
		       "%.4f\n",
		       r->name, r->judgments, how, is->queries, is->map, is->ndcg, was.queries,
		       was.map, was.ndcg);
		wrong = 1;
	}
	return wrong;
}

static void measure_all(void)
{
	collection *c = NULL;

	for (size_t i = 0; i < ROWS; i++) {
		const ranking r = {.expand = rows[i].expand};

		if (!c)
			c = collection_open(rows[i].collection, rows[i].form);
		rows[i].measured = ranking_measure(&r, c, rows[i].judgments);
		if (i + 1 == ROWS || strcmp(rows[i].name, rows[i + 1].name) != 0) {
			collection_close(c);
			c = NULL;
		}
	}
}

int main(int argc, char **argv)
{
	char path[COLLECTION_PATH_SIZE];
	int  wrong = 0;

	if (!collection_is_there(rows[0].collection)) {
		printf("skipped: no collections in SHEAF_SHARED_DATA\n");
		return SKIPPED;
	}
	measure_all();
	print_table(stdout);
	table_path(path);
	if (argc == 2 && !strcmp(argv[1], "--update")) {
		FILE *file = open_file(path, "w");

		print_table(file);
		return fclose(file) != 0;
	}
	for (size_t i = 0; i < ROWS; i++)
		wrong |= compare(&rows[i]);
	return wrong;
}
