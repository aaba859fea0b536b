/* Imports into an index whose form is not the known one: FTS5 writes it, and all is found. */
#include "database_private.h"
#include "engine_fixture.h"
#include "store.h"

enum { PAPERS = 300 };

static engine e;
static char   data[SCRATCH_PATH_SIZE + 8];

static void command(const char *sql)
{
	sqlite3_db_config(e.db->sql, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
	if (sqlite3_exec(e.db->sql, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(e.db->sql));
	sqlite3_db_config(e.db->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
}

static void write_papers(void)
{
	FILE *f = fopen(data, "w");

	assert_non_null(f);
	for (int i = 1; i <= PAPERS; i++)
		fprintf(f,
		        "{\"id\":\"2601.%05d\",\"title\":\"Lamp number %d\",\"abstract\":"
		        "\"It hangs over bench%d.\"}\n",
		        i, i, i % 10);
	assert_int_equal(fclose(f), 0);
}

static int setup(void **state)
{
	(void)state;
	engine_begin(&e, "fallback");
	snprintf(data, sizeof data, "%s.jsonl", e.path);
	write_papers();
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	unlink(data);
	engine_end(&e);
	return 0;
}

static int can_batch(void)
{
	int         can;
	sheaf_error err;

	must(store_can_batch(e.db, &can, &err), &err);
	return can;
}

static sheaf_status import(sheaf_error *err)
{
	sheaf_import      *import;
	sheaf_import_stats stats;
	sheaf_status       status = sheaf_import_new(e.db, NULL, &import, err);

	if (status != SHEAF_OK)
		return status;
	status = sheaf_import_file(import, data, err);
	if (status == SHEAF_OK)
		status = sheaf_import_finish(import, &stats, err);
	if (status == SHEAF_OK)
		assert_int_equal(stats.added, PAPERS);
	sheaf_import_free(import);
	return status;
}

static void another_form_is_left_to_fts5(void **state)
{
	sheaf_error err;

	(void)state;
	command("DROP TABLE document_fts");
	command("CREATE VIRTUAL TABLE document_fts USING fts5(abstract, title, authors, comments, "
	        "journal_ref, report_no, terms, content = 'document_text', content_rowid = "
	        "'revision', columnsize = 0, tokenize = 'sheaf', prefix = 2)");
	assert_false(can_batch());
	must(store_set_bulk(e.db, 1, &err), &err);
	must(import(&err), &err);
	must(store_set_bulk(e.db, 0, &err), &err);
	engine_finds(e.db, "\"number 7\"", "2601.00007");
	must(sheaf_database_check(e.db, &err), &err);
}

/*
 * An FTS5 that knows this version goes on with it; one that does not refuses its own table, and
 * nothing is stored past it.
 */
static void another_version_is_left_to_fts5(void **state)
{
	sheaf_error  err;
	sheaf_status status;
	int64_t      count;

	(void)state;
	command("UPDATE document_fts_config SET v = 5 WHERE k = 'version'");
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_OPEN);
	assert_false(can_batch());
	status = import(&err);
	must(sheaf_database_get_doccount(e.db, &count, NULL), &err);
	if (status == SHEAF_OK) {
		assert_int_equal(count, PAPERS);
		engine_finds(e.db, "\"number 7\"", "2601.00007");
	} else {
		assert_int_equal(count, 0);
		command("UPDATE document_fts_config SET v = 4 WHERE k = 'version'");
		sheaf_database_close(e.db);
		e.db = engine_open(e.path, SHEAF_DB_OPEN);
		assert_true(can_batch());
		must(import(&err), &err);
		engine_finds(e.db, "\"number 7\"", "2601.00007");
	}
	must(sheaf_database_check(e.db, &err), &err);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(another_form_is_left_to_fts5, setup, teardown),
		cmocka_unit_test_setup_teardown(another_version_is_left_to_fts5, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
