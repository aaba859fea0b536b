/*
 * Retrieval quality, through the public headers alone, on collections with judgments by people.
 * The collections are looked for in $SHEAF_SHARED_DATA/collections; without them the test is
 * skipped. Figures are compared with table.tsv; `--update` writes that table anew.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "measures.h"
#include "scratch_db.h"

enum {
	SKIPPED = 77,
	TOP = 1000,
	CUT = 10,
	IDS_MAX = 20000,
	ID_SIZE = 24,
	JUDGED_MAX = 4096,
	PATH_SIZE = 4096
};

static const double tolerance = 0.0005;

typedef struct figures {
	int    queries;
	double map, ndcg;
} figures;

typedef struct row {
	const char *collection, *judgments;
	figures     measured;
	double      least_map, least_ndcg; /* what must be reached, whatever the table says */
} row;

static row rows[] = {
	{.collection = "cacm", .judgments = "qrels"},
	{.collection = "cranfield", .judgments = "qrels"},
	{.collection = "cranfield", .judgments = "qrels-binary-all", .least_map = 0.40},
	{.collection = "scifact", .judgments = "qrels", .least_ndcg = 0.67},
};
enum { ROWS = sizeof rows / sizeof *rows };

/* A collection in a database. Its ids by docid; docids of a new database count from 1. */
typedef struct collection {
	sheaf_database *db;
	char            path[SCRATCH_PATH_SIZE];
	char            ids[IDS_MAX][ID_SIZE];
} collection;

/* The judgments of one query. */
typedef struct judgments {
	char   ids[JUDGED_MAX][ID_SIZE];
	int    grades[JUDGED_MAX];
	size_t count, relevant;
} judgments;

static void die(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(1);
}

static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value ? value : "";
}

static void data_path(char path[PATH_SIZE], const char *name, const char *file, const char *suffix)
{
	snprintf(path, PATH_SIZE, "%s/collections/%s/%s%s", variable("SHEAF_SHARED_DATA"), name,
	         file, suffix);
}

static FILE *open_file(const char *path, const char *mode)
{
	FILE *file = fopen(path, mode);

	if (!file)
		die(path, strerror(errno));
	return file;
}

/* The next line of a file of JSON objects; NULL at its end. */
static json_t *next_object(FILE *file, const char *path)
{
	json_error_t problem;
	json_t      *object = json_loadf(file, JSON_DISABLE_EOF_CHECK, &problem);

	if (!object && !feof(file))
		die(path, problem.text);
	return object;
}

static const char *string_of(const json_t *object, const char *key)
{
	const char *text = json_string_value(json_object_get(object, key));

	return text ? text : "";
}

static void add_paper(collection *c, sheaf_document *doc, const json_t *object)
{
	char        id[ID_SIZE + 1];
	sheaf_docid docid;
	sheaf_error err;

	snprintf(id, sizeof id, "d%s", string_of(object, "_id"));
	must(scratch_paper(doc, id, string_of(object, "title"), string_of(object, "text"), &err),
	     &err);
	must(sheaf_database_replace_document(c->db, doc, &docid, NULL, &err), &err);
	if (docid <= 0 || docid >= IDS_MAX)
		die(id, "an unexpected docid");
	snprintf(c->ids[docid], ID_SIZE, "%s", id + 1);
}

static void open_collection(collection *c, const char *name)
{
	char            path[PATH_SIZE];
	sheaf_document *doc;
	sheaf_error     err;
	json_t         *object;
	FILE           *file;

	scratch_path(c->path, name);
	must(sheaf_database_open(c->path, SHEAF_DB_CREATE, NULL, &c->db, &err), &err);
	must(sheaf_document_new(&doc, &err), &err);
	must(sheaf_database_begin_transaction(c->db, &err), &err);
	data_path(path, name, "corpus", ".jsonl");
	file = open_file(path, "r");
	while ((object = next_object(file, path)) != NULL) {
		add_paper(c, doc, object);
		json_decref(object);
	}
	fclose(file);
	must(sheaf_database_commit_transaction(c->db, &err), &err);
	sheaf_document_free(doc);
}

static void close_collection(collection *c)
{
	sheaf_database_close(c->db);
	scratch_remove(c->path);
}

/* Reads the judgments of one query from a file of `query<TAB>paper<TAB>grade`. */
static void read_judgments(const char *path, const char *query, judgments *j)
{
	char  line[256], qid[ID_SIZE], id[ID_SIZE];
	FILE *file = open_file(path, "r");
	int   grade;

	j->count = j->relevant = 0;
	while (fgets(line, sizeof line, file)) {
		if (sscanf(line, "%23s %23s %d", qid, id, &grade) != 3 || strcmp(qid, query))
			continue;
		if (j->count == JUDGED_MAX)
			die(path, "too many judgments for one query");
		snprintf(j->ids[j->count], ID_SIZE, "%s", id);
		j->relevant += grade > 0;
		j->grades[j->count++] = grade;
	}
	fclose(file);
}

static int grade_of(const judgments *j, const char *id)
{
	for (size_t i = 0; i < j->count; i++)
		if (!strcmp(j->ids[i], id))
			return j->grades[i];
	return 0;
}

static void judge(collection *c, const char *text, judgments *j, figures *sum)
{
	int         grades[TOP];
	sheaf_mset *mset;
	sheaf_error err;
	size_t      found;

	must(scratch_search(c->db, text, SHEAF_OP_OR, TOP, &mset, &err), &err);
	found = sheaf_mset_size(mset);
	for (size_t i = 0; i < found; i++)
		grades[i] = grade_of(j, c->ids[sheaf_mset_get_docid(mset, i)]);
	sheaf_mset_free(mset);
	sum->queries++;
	sum->map += measures_average_precision(grades, found, j->relevant);
	sum->ndcg += measures_ndcg(grades, found, j->grades, j->count, CUT);
}

static void measure(collection *c, row *r)
{
	char      path[PATH_SIZE], judged[PATH_SIZE];
	judgments j;
	json_t   *object;
	FILE     *file;

	data_path(path, r->collection, "queries", ".jsonl");
	data_path(judged, r->collection, r->judgments, ".tsv");
	file = open_file(path, "r");
	while ((object = next_object(file, path)) != NULL) {
		read_judgments(judged, string_of(object, "_id"), &j);
		if (j.relevant)
			judge(c, string_of(object, "text"), &j, &r->measured);
		json_decref(object);
	}
	fclose(file);
	r->measured.map /= r->measured.queries ? r->measured.queries : 1;
	r->measured.ndcg /= r->measured.queries ? r->measured.queries : 1;
}

static void table_path(char path[PATH_SIZE])
{
	snprintf(path, PATH_SIZE, "%s/tests/relevance/table.tsv", variable("SHEAF_SOURCE"));
}

static void print_table(FILE *file)
{
	fputs("collection\tjudgments\tqueries\tmap\tndcg_10\n", file);
	for (size_t i = 0; i < ROWS; i++)
		fprintf(file, "%s\t%s\t%d\t%.4f\t%.4f\n", rows[i].collection, rows[i].judgments,
		        rows[i].measured.queries, rows[i].measured.map, rows[i].measured.ndcg);
}

/* What the table has for a row; 0 queries where it has none. */
static figures expected_of(const row *r)
{
	char    path[PATH_SIZE], line[256], name[64], judged[64];
	figures f, found = {0};
	FILE   *file;

	table_path(path);
	file = open_file(path, "r");
	while (fgets(line, sizeof line, file))
		if (sscanf(line, "%63s %63s %d %lf %lf", name, judged, &f.queries, &f.map,
		           &f.ndcg) == 5 &&
		    !strcmp(name, r->collection) && !strcmp(judged, r->judgments))
			found = f;
	fclose(file);
	return found;
}

static int compare(const row *r)
{
	const figures *is = &r->measured, was = expected_of(r);
	int            wrong = 0;

	if (is->map < r->least_map || is->ndcg < r->least_ndcg) {
		printf("%s, %s: MAP %.4f, nDCG@10 %.4f: below %.2f, %.2f\n", r->collection,
		       r->judgments, is->map, is->ndcg, r->least_map, r->least_ndcg);
		wrong = 1;
	}
	if (is->queries != was.queries || fabs(is->map - was.map) > tolerance ||
	    fabs(is->ndcg - was.ndcg) > tolerance) {
		printf("%s, %s: %d queries, MAP %.4f, nDCG@10 %.4f; the table has %d, %.4f, %.4f\n",
		       r->collection, r->judgments, is->queries, is->map, is->ndcg, was.queries,
		       was.map, was.ndcg);
		wrong = 1;
	}
	return wrong;
}

static void measure_all(void)
{
	collection *c = calloc(1, sizeof *c);

	if (!c)
		die("collection", "out of memory");
	for (size_t i = 0; i < ROWS; i++) {
		if (!i || strcmp(rows[i].collection, rows[i - 1].collection))
			open_collection(c, rows[i].collection);
		measure(c, &rows[i]);
		if (i + 1 == ROWS || strcmp(rows[i].collection, rows[i + 1].collection))
			close_collection(c);
	}
	free(c);
}

int main(int argc, char **argv)
{
	char path[PATH_SIZE];
	int  wrong = 0;

	data_path(path, rows[0].collection, "corpus", ".jsonl");
	if (access(path, R_OK) != 0) {
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
