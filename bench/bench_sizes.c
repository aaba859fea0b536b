/*
 * bench_sizes: what each table of a database takes, its indexes included, and how much text there is.
 * It reads a database of sheaf: prints part, bytes; "text indexed" is the sum of the fields that are
 * searched, "file" the whole file.
 *
 *   bench_sizes --db DB
 */
#include "bench_util.h"

#include <sqlite3.h>
#include <stdio.h>

static const char sizes_sql[] =
	"SELECT coalesce(s.tbl_name, d.name) AS part, sum(d.pgsize) FROM dbstat d "
	"LEFT JOIN sqlite_schema s ON s.name = d.name GROUP BY part ORDER BY 2 DESC";

static int add_text(void *ctx, const sheaf_document *doc)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_TITLE,       SHEAF_FIELD_AUTHOR,
	                                     SHEAF_FIELD_ABSTRACT,    SHEAF_FIELD_COMMENTS,
	                                     SHEAF_FIELD_JOURNAL_REF, SHEAF_FIELD_REPORT_NO};

	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		const char *text = sheaf_document_get_text(doc, fields[i]);

		for (; text && *text; text++)
			++*(int64_t *)ctx;
	}
	return 0;
}

static int64_t text_bytes(const char *path)
{
	sheaf_database *db;
	sheaf_error     err;
	int64_t         bytes = 0;

	bench_check(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, &err), &err, path);
	bench_check(sheaf_database_each_document(db, 0, add_text, &bytes, &err), &err, path);
	sheaf_database_close(db);
	return bytes;
}

static void print_parts(const char *path)
{
	sqlite3      *db = NULL;
	sqlite3_stmt *stmt = NULL;
	int           rc = sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL);

	if (rc == SQLITE_OK)
		rc = sqlite3_prepare_v2(db, sizes_sql, -1, &stmt, NULL);
	while (rc == SQLITE_OK && sqlite3_step(stmt) == SQLITE_ROW)
		printf("%s\t%lld\n", (const char *)sqlite3_column_text(stmt, 0),
		       (long long)sqlite3_column_int64(stmt, 1));
	if (rc != SQLITE_OK)
		bench_fail(path, sqlite3_errmsg(db));
	sqlite3_finalize(stmt);
	sqlite3_close(db);
}

int main(int argc, char **argv)
{
	const char  *path = NULL;
	bench_option options[] = {{"--db", &path, NULL, 1, "DB"}, {0}};

	bench_options(argc, argv, options);
	puts("part\tbytes");
	printf("text indexed\t%lld\n", (long long)text_bytes(path));
	printf("file\t%lld\n", (long long)bench_file_bytes(path));
	print_parts(path);
	return 0;
}
