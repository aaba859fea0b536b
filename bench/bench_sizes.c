/*
 * bench_sizes: what each part of a database takes, and how much text there is.
 * It reads a database of sheaf and prints part, bytes, and these by either definition of the text
 * indexed: all fields that are searched, or title, authors and abstract alone. First the sums, "index"
 * being all but the papers stored and what is free; then the tables and indexes, largest first. Lines
 * with a colon are shares of the table before them.
 *
 *   bench_sizes --db DB
 */
#include "bench_util.h"
#include "size_postings.h"

#include <stdio.h>
#include <string.h>

typedef struct text_sums {
	int64_t all, main; /* of all fields searched; of title, authors and abstract */
} text_sums;

/* A table whose rows are of several kinds, which (id >> shift) & mask tells. */
typedef struct part_kind {
	const char *table, *column;
	int         shift, mask;
	int64_t     kind;
	const char *name; /* NULL: the lists of the index, which are taken apart once more */
} part_kind;

static const part_kind kinds[] = {
	{"document_fts_data", "block", 36, 1, 0, NULL},
	{"document_fts_data", "block", 36, 1, 1, "ways into long postings"},
	{"value_block", "data", 40, 255, 0, "lengths"},
	{"value_block", "data", 40, 255, 1, "dates submitted"},
	{"value_block", "data", 40, 255, 2, "dates updated"},
	{"value_block", "data", 40, 255, 3, "categories"},
	{"value_block", "data", 40, 255, 4, "authors"},
	{"value_block", "data", 40, 255, 5, "ranges of dates and docids"},
};

/* The indexes of a table are named by the columns they have. */
static const char parts_sql[] =
	"SELECT CASE WHEN s.type = 'index' THEN s.tbl_name || ' by ' || "
	"(SELECT group_concat(coalesce(i.name, '?'), ' and ') FROM pragma_index_info(d.name) i) "
	"ELSE d.name END, sum(d.pgsize), d.name "
	"FROM dbstat d LEFT JOIN sqlite_schema s ON s.name = d.name GROUP BY d.name ORDER BY 2 DESC";

static int add_text(void *ctx, const sheaf_document *doc)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_TITLE,       SHEAF_FIELD_AUTHOR,
	                                     SHEAF_FIELD_ABSTRACT,    SHEAF_FIELD_COMMENTS,
	                                     SHEAF_FIELD_JOURNAL_REF, SHEAF_FIELD_REPORT_NO};
	text_sums               *sums = ctx;

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const char *text = sheaf_document_get_text(doc, fields[i]);
		int64_t     len = text ? (int64_t)strlen(text) : 0;

		sums->all += len;
		if (i < 3)
			sums->main += len;
	}
	return 0;
}

static text_sums sum_texts(const char *path)
{
	sheaf_database *db;
	sheaf_error     err;
	text_sums       sums = {0};

	bench_check(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, &err), &err, path);
	bench_check(sheaf_database_each_document(db, 0, add_text, &sums, &err), &err, path);
	sheaf_database_close(db);
	return sums;
}

static void print_share(int64_t bytes, int64_t of)
{
	if (of > 0)
		printf("\t%.4f", (double)bytes / (double)of);
	else
		printf("\t-");
}

static void print_part(const char *table, const char *kind, int64_t bytes, const text_sums *texts)
{
	printf("%s%s%s\t%lld", table, *kind ? ": " : "", kind, (long long)bytes);
	print_share(bytes, texts->all);
	print_share(bytes, texts->main);
	putchar('\n');
}

/* A statement of `format`, which has the names, shift and mask of `kind`, where that is not NULL. */
static sqlite3_stmt *prepare(sqlite3 *db, const char *format, const part_kind *kind)
{
	char         *sql = kind ? sqlite3_mprintf(format, kind->column, kind->table, kind->shift,
	                                           kind->mask)
	                         : sqlite3_mprintf("%s", format);
	sqlite3_stmt *stmt = NULL;

	if (!sql || sqlite3_prepare_v2(db, sql, -1, &stmt, NULL) != SQLITE_OK)
		bench_fail("SQLite", sqlite3_errmsg(db));
	sqlite3_free(sql);
	return stmt;
}

static int next_row(sqlite3 *db, sqlite3_stmt *stmt)
{
	int rc = sqlite3_step(stmt);

	if (rc != SQLITE_ROW && rc != SQLITE_DONE)
		bench_fail("SQLite", sqlite3_errmsg(db));
	return rc == SQLITE_ROW;
}

static int64_t number(sqlite3 *db, const char *sql)
{
	sqlite3_stmt *stmt = prepare(db, sql, NULL);
	int64_t       n = next_row(db, stmt) ? sqlite3_column_int64(stmt, 0) : 0;

	sqlite3_finalize(stmt);
	return n;
}

static int64_t kind_bytes(sqlite3 *db, const part_kind *kind)
{
	sqlite3_stmt *stmt = prepare(
		db, "SELECT sum(length(\"%w\")) FROM \"%w\" WHERE (id >> %d) & %d = ?", kind);
	int64_t bytes;

	sqlite3_bind_int64(stmt, 1, kind->kind);
	bytes = next_row(db, stmt) ? sqlite3_column_int64(stmt, 0) : 0;
	sqlite3_finalize(stmt);
	return bytes;
}

static void print_postings(sqlite3 *db, const char *table, int64_t bytes, const text_sums *texts)
{
	postings_part parts[POSTINGS_PARTS];

	size_postings(db, bytes, parts);
	for (int i = 0; i < POSTINGS_PARTS; i++)
		print_part(table, parts[i].name, parts[i].bytes, texts);
}

/* What a table's rows hold by kind; the rest is room on its pages, and SQLite's own. */
static void print_kinds(sqlite3 *db, const char *table, int64_t bytes, const text_sums *texts)
{
	int64_t rest = bytes;

	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (!strcmp(kinds[i].table, table)) {
			int64_t part = kind_bytes(db, &kinds[i]);

			rest -= part;
			if (kinds[i].name)
				print_part(table, kinds[i].name, part, texts);
			else
				print_postings(db, table, part, texts);
		}
	if (rest != bytes)
		print_part(table, "room on pages", rest, texts);
}

static void print_tables(sqlite3 *db, const text_sums *texts)
{
	sqlite3_stmt *stmt = prepare(db, parts_sql, NULL);

	while (next_row(db, stmt)) {
		int64_t bytes = sqlite3_column_int64(stmt, 1);

		print_part((const char *)sqlite3_column_text(stmt, 0), "", bytes, texts);
		print_kinds(db, (const char *)sqlite3_column_text(stmt, 2), bytes, texts);
	}
	sqlite3_finalize(stmt);
}

static void print_sums(sqlite3 *db, const char *path, const text_sums *texts)
{
	print_part("text indexed", "", texts->all, texts);
	print_part("title, authors and abstract", "", texts->main, texts);
	print_part("file", "", bench_file_bytes(path), texts);
	print_part("papers stored", "",
	           number(db, "SELECT sum(pgsize) FROM dbstat WHERE name = 'document'"), texts);
	print_part("index", "", bench_index_bytes(path), texts);
	print_part("free pages", "",
	           number(db, "PRAGMA freelist_count") * number(db, "PRAGMA page_size"), texts);
}

int main(int argc, char **argv)
{
	const char  *path = NULL;
	bench_option options[] = {{"--db", &path, NULL, 1, "DB"}, {0}};
	sqlite3     *db = NULL;
	text_sums    texts;

	bench_options(argc, argv, options);
	texts = sum_texts(path);
	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) != SQLITE_OK)
		bench_fail(path, sqlite3_errmsg(db));
	puts("part\tbytes\tof_text\tof_main_text");
	print_sums(db, path, &texts);
	print_tables(db, &texts);
	sqlite3_close(db);
	return 0;
}
