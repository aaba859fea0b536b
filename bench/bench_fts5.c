/*
 * bench_fts5: the yardstick. Stock FTS5 (`porter unicode61`, external content, direct inserts, one
 * transaction) over the documents of a sheaf database, so that both index the same texts of the same papers. The fields
 * that are not indexed are stored beside them, as every engine here stores whole papers.
 * Timed: inserting, `optimize`, commit and checkpoint; not timed: reading the documents.
 */
#include "bench_util.h"

#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static const char schema[] =
	"PRAGMA journal_mode = WAL;"
	"PRAGMA synchronous = NORMAL;"
	"CREATE TABLE paper(docid INTEGER PRIMARY KEY, title TEXT, authors TEXT, abstract TEXT, "
	"comments TEXT, journal_ref TEXT, report_no TEXT, id TEXT, categories TEXT, doi TEXT, "
	"license TEXT, submitter TEXT, submitted INTEGER, updated INTEGER);"
	"CREATE VIRTUAL TABLE paper_fts USING fts5(title, authors, abstract, comments, journal_ref, "
	"report_no, content = 'paper', content_rowid = 'docid', tokenize = 'porter unicode61');";

/* The columns of both tables, in their order; the first are indexed. */
static const sheaf_field text_fields[] = {
	SHEAF_FIELD_TITLE,       SHEAF_FIELD_AUTHOR,    SHEAF_FIELD_ABSTRACT, SHEAF_FIELD_COMMENTS,
	SHEAF_FIELD_JOURNAL_REF, SHEAF_FIELD_REPORT_NO, SHEAF_FIELD_ID,       SHEAF_FIELD_CATEGORY,
	SHEAF_FIELD_DOI,         SHEAF_FIELD_LICENSE,   SHEAF_FIELD_SUBMITTER};

enum { INDEXED = 6, TEXTS = sizeof text_fields / sizeof *text_fields };

typedef struct yardstick {
	const char   *path;
	sqlite3      *db;
	sqlite3_stmt *insert_paper, *insert_index;
	sqlite3_stmt *ranked, *count;
	double        seconds;
	int64_t       documents, bytes;
} yardstick;

static void check(yardstick *y, int rc)
{
	if (rc != SQLITE_OK && rc != SQLITE_DONE && rc != SQLITE_ROW)
		bench_fail("SQLite", sqlite3_errmsg(y->db));
}

static void prepare(yardstick *y, const char *sql, sqlite3_stmt **stmt)
{
	check(y, sqlite3_prepare_v2(y->db, sql, -1, stmt, NULL));
}

static void run_timed(yardstick *y, const char *sql)
{
	double begin = bench_now();

	check(y, sqlite3_exec(y->db, sql, NULL, NULL, NULL));
	y->seconds += bench_now() - begin;
}

static void bind_texts(yardstick *y, sqlite3_stmt *stmt, const char *const *texts, int count)
{
	check(y, sqlite3_bind_int64(stmt, 1, y->documents));
	for (int i = 0; i < count; i++)
		check(y, sqlite3_bind_text(stmt, i + 2, texts[i], -1, SQLITE_STATIC));
}

static void bind_date(yardstick *y, int column, const sheaf_document *doc, sheaf_field field)
{
	check(y, sqlite3_bind_int64(y->insert_paper, column, sheaf_document_get_value(doc, field)));
}

static void step(yardstick *y, sqlite3_stmt *stmt)
{
	check(y, sqlite3_step(stmt));
	check(y, sqlite3_reset(stmt));
}

static int insert(void *ctx, const sheaf_document *doc)
{
	yardstick  *y = ctx;
	const char *texts[TEXTS];
	double      begin;

	y->documents++;
	for (int i = 0; i < TEXTS; i++)
		texts[i] = sheaf_document_get_text(doc, text_fields[i]);
	for (int i = 0; i < INDEXED; i++)
		y->bytes += texts[i] ? (int64_t)strlen(texts[i]) : 0;
	begin = bench_now();
	bind_texts(y, y->insert_paper, texts, TEXTS);
	bind_date(y, TEXTS + 2, doc, SHEAF_FIELD_SUBMITTED);
	bind_date(y, TEXTS + 3, doc, SHEAF_FIELD_UPDATED);
	step(y, y->insert_paper);
	bind_texts(y, y->insert_index, texts, INDEXED);
	step(y, y->insert_index);
	y->seconds += bench_now() - begin;
	return 0;
}

static void build(yardstick *y, const char *from)
{
	sheaf_database *source;
	sheaf_error     err;

	check(y, sqlite3_open(y->path, &y->db));
	check(y, sqlite3_exec(y->db, schema, NULL, NULL, NULL));
	prepare(y, "INSERT INTO paper VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
	        &y->insert_paper);
	prepare(y,
	        "INSERT INTO paper_fts(rowid, title, authors, abstract, comments, journal_ref, report_no) "
	        "VALUES(?, ?, ?, ?, ?, ?, ?)",
	        &y->insert_index);
	bench_check(sheaf_database_open(from, SHEAF_DB_READ_ONLY, NULL, &source, &err), &err, from);
	run_timed(y, "BEGIN");
	bench_check(sheaf_database_each_document(source, 0, insert, y, &err), &err, from);
	sheaf_database_close(source);
	run_timed(y, "INSERT INTO paper_fts(paper_fts) VALUES('optimize')");
	run_timed(y, "COMMIT");
	sqlite3_finalize(y->insert_paper);
	sqlite3_finalize(y->insert_index);
	run_timed(y, "PRAGMA wal_checkpoint(TRUNCATE)");
	sqlite3_close(y->db);
}

static void report_build(const yardstick *y, const char *path)
{
	puts("documents\tseconds\tdocuments_s\tmb_s\tindex_bytes\tdatabase_bytes\tpeak_bytes");
	printf("%lld\t%.3f\t%.0f\t%.2f", (long long)y->documents, y->seconds,
	       (double)y->documents / y->seconds, (double)y->bytes / 1e6 / y->seconds);
	bench_print_count(bench_index_bytes(path));
	bench_print_count(bench_file_bytes(path));
	bench_print_count(bench_peak_bytes());
	putchar('\n');
}

static void open_index(void *ctx)
{
	yardstick *y = ctx;

	check(y, sqlite3_open(y->path, &y->db));
	prepare(y, "SELECT rowid FROM paper_fts WHERE paper_fts MATCH ? ORDER BY rank LIMIT 10",
	        &y->ranked);
	prepare(y, "SELECT count(*) FROM paper_fts WHERE paper_fts MATCH ?", &y->count);
}

static void close_index(void *ctx)
{
	yardstick *y = ctx;

	sqlite3_finalize(y->ranked);
	sqlite3_finalize(y->count);
	sqlite3_close(y->db);
}

static void search(void *ctx, const char *kind, const char *expression, int64_t *hits)
{
	yardstick    *y = ctx;
	sqlite3_stmt *stmt = hits ? y->count : y->ranked;
	int           rc;

	(void)kind;
	check(y, sqlite3_bind_text(stmt, 1, expression, -1, SQLITE_STATIC));
	while ((rc = sqlite3_step(stmt)) == SQLITE_ROW)
		if (hits)
			*hits = sqlite3_column_int64(stmt, 0);
	check(y, rc);
	check(y, sqlite3_reset(stmt));
}

int main(int argc, char **argv)
{
	const char  *from = NULL;
	yardstick    y = {0};
	bench_plan   plan = {0};
	bench_engine engine = {open_index, close_index, search, &y};

	bench_option options[] = {
		{"--db", &y.path, NULL, 1, "DB"},
		{"--from", &from, NULL, 0, "SHEAF-DB"},
		BENCH_PLAN_OPTIONS(plan),
		{0},
	};

	options[2].required = 0;
	bench_options(argc, argv, options);
	if (from) {
		build(&y, from);
		report_build(&y, y.path);
	}
	if (plan.path)
		bench_run_queries(&plan, &engine);
	return 0;
}
