/*
 * What each part of the ranking formula gives, and what its constants are worth: formulas.tsv,
 * which justifies the defaults. All of it is asked for through sheaf_enquire_set_weighting(),
 * sheaf_enquire_expand() and the parser's stop list.
 *
 * As a test it measures one collection and compares it with the table; `--update` measures all and
 * writes the table anew. The collections are looked for in $SHEAF_SHARED_DATA/collections; without
 * them the test is skipped.
 */
#include "ranked_order.h"

enum { SKIPPED = 77 };

static const double tolerance = 0.0005;

/* The 33 function words that Lucene's English analyzer drops: published figures were made so. */
static const char *const few_stop_words[] = {
	"a",    "an",   "and",  "are",  "as",   "at",    "be",   "but",   "by",
	"for",  "if",   "in",   "into", "is",   "it",    "no",   "not",   "of",
	"on",   "or",   "such", "that", "the",  "their", "then", "there", "these",
	"they", "this", "to",   "was",  "will", "with",  NULL};

#define DEFAULT_K1 1.2
#define DEFAULT_B 0.75

typedef struct formula {
	const char     *name;
	collection_form form;           /* TITLE_AS_TEXT: titles count as any text */
	int             few_stop_words; /* 1: the short list */
	sheaf_weighting weighting;
	int             expand;
	size_t          documents, terms;
} formula;

/* From plain BM25 on, each with one part more; then the default with one constant changed. */
static const formula formulas[] = {
	{"plain BM25", COLLECTION_TITLE_AS_TEXT, 1, {DEFAULT_K1, DEFAULT_B, 0, 0, 0}, 0, 0, 0},
	{"+ stop list", COLLECTION_TITLE_AS_TEXT, 0, {DEFAULT_K1, DEFAULT_B, 0, 0, 0}, 0, 0, 0},
	{"+ title x 3", 0, 0, {DEFAULT_K1, DEFAULT_B, 0, 0, 0}, 0, 0, 0},
	{"+ adjacency", 0, 0, {DEFAULT_K1, DEFAULT_B, 0, 0, 0.3}, 0, 0, 0},
	{"+ burst", 0, 0, {DEFAULT_K1, DEFAULT_B, 0, 0.25, 0.3}, 0, 0, 0},
	{"+ length exponent: default", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0.3}, 0, 0, 0},
	{"default, 33 stop words", 0, 1, {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0.3}, 0, 0, 0},
	{"default, titles as text",
         COLLECTION_TITLE_AS_TEXT,
         0,
         {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0.3},
         0,
         0,
         0},
	{"default, adjacency 0", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0}, 0, 0, 0},
	{"default, adjacency 0.2", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0.2}, 0, 0, 0},
	{"default, adjacency 0.4", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0.4}, 0, 0, 0},
	{"default, burst 0", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0, 0.3}, 0, 0, 0},
	{"default, burst 0.15", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.15, 0.3}, 0, 0, 0},
	{"default, burst 0.35", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.35, 0.3}, 0, 0, 0},
	{"default, length exponent 0.2", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.2, 0.25, 0.3}, 0, 0, 0},
	{"default, length exponent 0.5", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.5, 0.25, 0.3}, 0, 0, 0},
	{"default, k1 0.9", 0, 0, {0.9, DEFAULT_B, 0.3, 0.25, 0.3}, 0, 0, 0},
	{"default, k1 1.5", 0, 0, {1.5, DEFAULT_B, 0.3, 0.25, 0.3}, 0, 0, 0},
	{"default, b 0.6", 0, 0, {DEFAULT_K1, 0.6, 0.3, 0.25, 0.3}, 0, 0, 0},
	{"default, b 0.9", 0, 0, {DEFAULT_K1, 0.9, 0.3, 0.25, 0.3}, 0, 0, 0},
	{"plain BM25, expanded",
         COLLECTION_TITLE_AS_TEXT,
         1,
         {DEFAULT_K1, DEFAULT_B, 0, 0, 0},
         1,
         0,
         0},
	{"default, expanded", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0.3}, 1, 0, 0},
	{"expanded, 5 documents", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0.3}, 1, 5, 0},
	{"expanded, 20 documents", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0.3}, 1, 20, 0},
	{"expanded, 30 terms", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0.3}, 1, 0, 30},
	{"expanded, 80 terms", 0, 0, {DEFAULT_K1, DEFAULT_B, 0.3, 0.25, 0.3}, 1, 0, 80},
};
enum { FORMULAS = sizeof formulas / sizeof *formulas };

/* The columns of the table. The first is the one that the test measures. */
static const struct {
	const char     *name, *judgments;
	collection_form form; /* where the formula asks for none */
	const char     *column;
} columns[] = {
	{"cacm", "qrels", COLLECTION_AS_IT_IS, "cacm"},
	{"cranfield", "qrels-binary-all", COLLECTION_AS_IT_IS, "cranfield"},
	{"cranfield", "qrels-binary-all", COLLECTION_TITLE_CUT, "cranfield_cut"},
	{"scifact", "qrels", COLLECTION_AS_IT_IS, "scifact"},
};
enum { COLUMNS = sizeof columns / sizeof *columns };

static figures measured[FORMULAS][COLUMNS];

static figures measure(const formula *f, collection *c, const char *judgments_name)
{
	const ranking r = {.weighting = &f->weighting,
	                   .stop_words = f->few_stop_words ? few_stop_words : NULL,
	                   .expand = f->expand,
	                   .documents = f->documents,
	                   .terms = f->terms};

	return ranking_measure(&r, c, judgments_name);
}

static void measure_column(size_t column)
{
	collection *as_asked = collection_open(columns[column].name, columns[column].form);
	collection *no_title = collection_open(columns[column].name, COLLECTION_TITLE_AS_TEXT);

	for (size_t i = 0; i < FORMULAS; i++)
		measured[i][column] = measure(
			&formulas[i],
			formulas[i].form == COLLECTION_TITLE_AS_TEXT ? no_title : as_asked,
			columns[column].judgments);
	collection_close(as_asked);
	collection_close(no_title);
}

static void table_path(char path[COLLECTION_PATH_SIZE])
{
	snprintf(path, COLLECTION_PATH_SIZE, "%s/tests/relevance/formulas.tsv",
	         variable("SHEAF_SOURCE"));
}

static void print_table(FILE *file, size_t column_count)
{
	fputs("formula", file);
	for (size_t c = 0; c < column_count; c++)
		fprintf(file, "\t%s_map\t%s_ndcg_10", columns[c].column, columns[c].column);
	for (size_t i = 0; i < FORMULAS; i++) {
		fprintf(file, "\n%s", formulas[i].name);
		for (size_t c = 0; c < column_count; c++)
			fprintf(file, "\t%.4f\t%.4f", measured[i][c].map, measured[i][c].ndcg);
	}
	fputc('\n', file);
}

static int update(void)
{
	char  path[COLLECTION_PATH_SIZE];
	FILE *file;

	for (size_t c = 0; c < COLUMNS; c++)
		measure_column(c);
	print_table(stdout, COLUMNS);
	table_path(path);
	file = open_file(path, "w");
	print_table(file, COLUMNS);
	return fclose(file) != 0;
}

/* The first column of the table is as measured now. */
static int compare(size_t i)
{
	char    path[COLLECTION_PATH_SIZE], line[512];
	figures is = measured[i][0], was = {0};
	FILE   *file;

	table_path(path);
	file = open_file(path, "r");
	while (fgets(line, sizeof line, file)) {
		char *tab = strchr(line, '\t');

		if (tab)
			*tab = '\0';
		if (tab && !strcmp(line, formulas[i].name) &&
		    sscanf(tab + 1, "%lf %lf", &was.map, &was.ndcg) != 2)
			die(path, "a row without figures");
	}
	fclose(file);
	if (fabs(is.map - was.map) <= tolerance && fabs(is.ndcg - was.ndcg) <= tolerance)
		return 0;
	printf("%s: %s: MAP %.4f, nDCG@10 %.4f; the table has %.4f, %.4f\n", columns[0].column,
	       formulas[i].name, is.map, is.ndcg, was.map, was.ndcg);
	return 1;
}

int main(int argc, char **argv)
{
	int wrong = 0;

	if (!collection_is_there(columns[0].name)) {
		printf("skipped: no collections in SHEAF_SHARED_DATA\n");
		return SKIPPED;
	}
	if (argc == 2 && !strcmp(argv[1], "--update"))
		return update();
	measure_column(0);
	print_table(stdout, 1);
	for (size_t i = 0; i < FORMULAS; i++)
		wrong |= compare(i);
	return wrong;
}
