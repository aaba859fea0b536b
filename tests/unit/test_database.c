/* database.h: opening, in every mode, what is a database and what is none. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "engine_fixture.h"
#include "schema.h"

static char path[SCRATCH_PATH_SIZE];

static int set_up(void **state)
{
	(void)state;
	scratch_path(path, "database");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	scratch_remove(path);
	return 0;
}

/* Opens without waiting; `db` is NULL after a failure, whose message names the path. */
static sheaf_status try(sheaf_db_mode mode, sheaf_database **db)
{
	const sheaf_database_options options = {.busy_timeout_ms = -1};
	sheaf_error                  err = {SHEAF_OK, -1, ""};
	sheaf_status                 status;

	*db = (sheaf_database *)path;
	status = sheaf_database_open(path, mode, &options, db, &err);
	if (status != SHEAF_OK) {
		assert_null(*db);
		assert_int_equal(err.status, status);
		assert_non_null(strstr(err.message, path));
	}
	return status;
}

static void expect_open(sheaf_db_mode mode, sheaf_status expected)
{
	sheaf_database *db;
	sheaf_status    status = try(mode, &db);

	if (status != expected)
		fail_msg("mode %d: %s", (int)mode, sheaf_status_string(status));
	sheaf_database_close(db);
}

static void put_file(const void *bytes, size_t len)
{
	FILE *file = fopen(path, "wb");

	assert_non_null(file);
	assert_int_equal(fwrite(bytes, 1, len, file), len);
	assert_int_equal(fclose(file), 0);
}

static void create(void)
{
	sheaf_database_close(engine_open(path, SHEAF_DB_CREATE));
}

/* Changes the file with SQLite alone, as somebody else might. */
static void alter(const char *sql)
{
	sqlite3 *raw;
	char    *why = NULL;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	if (sqlite3_exec(raw, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	sqlite3_close(raw);
}

static void no_file(void **state)
{
	sheaf_database *db;

	(void)state;
	expect_open(SHEAF_DB_READ_ONLY, SHEAF_ERROR_DATABASE_NOT_FOUND);
	expect_open(SHEAF_DB_OPEN, SHEAF_ERROR_DATABASE_NOT_FOUND);
	assert_int_not_equal(access(path, F_OK), 0);
	expect_open(SHEAF_DB_CREATE, SHEAF_OK);
	expect_open(SHEAF_DB_CREATE, SHEAF_ERROR_INVALID_OPERATION);
	expect_open(SHEAF_DB_CREATE_OR_OPEN, SHEAF_OK);
	expect_open(SHEAF_DB_OPEN, SHEAF_OK);
	expect_open(SHEAF_DB_READ_ONLY, SHEAF_OK);
	scratch_remove(path);
	expect_open(SHEAF_DB_CREATE_OR_OPEN, SHEAF_OK);
	assert_int_equal(
		sheaf_database_open("no-such-folder/x.db", SHEAF_DB_CREATE, NULL, &db, NULL),
		SHEAF_ERROR_IO);
	assert_int_equal(sheaf_database_open("no-such-folder/x.db", SHEAF_DB_OPEN, NULL, &db, NULL),
	                 SHEAF_ERROR_DATABASE_NOT_FOUND);
}

static void bad_arguments(void **state)
{
	sheaf_database *db;

	(void)state;
	assert_int_equal(sheaf_database_open(NULL, SHEAF_DB_CREATE, NULL, &db, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_open("", SHEAF_DB_CREATE, NULL, &db, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_open(path, (sheaf_db_mode)9, NULL, &db, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(db);
	assert_null(sheaf_database_get_path(NULL));
	assert_null(sheaf_database_get_uuid(NULL));
	assert_null(sheaf_database_get_stemmer(NULL));
	sheaf_database_close(NULL);
}

static void what_is_no_database(void **state)
{
	static const char text[5000] = "This is a text, and no database at all.\n";

	(void)state;
	put_file(text, sizeof text);
	for (int mode = SHEAF_DB_READ_ONLY; mode <= SHEAF_DB_CREATE_OR_OPEN; mode++)
		expect_open((sheaf_db_mode)mode, mode == SHEAF_DB_CREATE
		                                         ? SHEAF_ERROR_INVALID_OPERATION
		                                         : SHEAF_ERROR_DATABASE_OPENING);
	unlink(path);
	assert_int_equal(mkdir(path, 0777), 0);
	expect_open(SHEAF_DB_READ_ONLY, SHEAF_ERROR_DATABASE_OPENING);
	expect_open(SHEAF_DB_CREATE_OR_OPEN, SHEAF_ERROR_DATABASE_OPENING);
	assert_int_equal(rmdir(path), 0);
	assert_int_equal(mkfifo(path, 0666), 0);
	expect_open(SHEAF_DB_READ_ONLY, SHEAF_ERROR_DATABASE_OPENING);
}

/* An empty file may become a database, but only where one may be made. */
static void an_empty_file(void **state)
{
	(void)state;
	put_file("", 0);
	expect_open(SHEAF_DB_READ_ONLY, SHEAF_ERROR_DATABASE_OPENING);
	expect_open(SHEAF_DB_OPEN, SHEAF_ERROR_DATABASE_OPENING);
	expect_open(SHEAF_DB_CREATE, SHEAF_ERROR_INVALID_OPERATION);
	expect_open(SHEAF_DB_CREATE_OR_OPEN, SHEAF_OK);
	expect_open(SHEAF_DB_READ_ONLY, SHEAF_OK);
}

static void a_database_of_somebody_else(void **state)
{
	(void)state;
	alter("CREATE TABLE meta(key, value); INSERT INTO meta VALUES('stemmer', 'english')");
	for (int mode = SHEAF_DB_READ_ONLY; mode <= SHEAF_DB_CREATE_OR_OPEN; mode++)
		if (mode != SHEAF_DB_CREATE)
			expect_open((sheaf_db_mode)mode, SHEAF_ERROR_DATABASE_OPENING);
	alter("SELECT key FROM meta; PRAGMA user_version = 1");
	expect_open(SHEAF_DB_CREATE_OR_OPEN, SHEAF_ERROR_DATABASE_OPENING);
}

static void the_header_tells_what_it_is(void **state)
{
	sqlite3_stmt *stmt;
	sqlite3      *raw;
	char          mode[16];

	(void)state;
	create();
	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(raw,
	                                    "SELECT application_id, user_version, journal_mode "
	                                    "FROM pragma_application_id, pragma_user_version, "
	                                    "pragma_journal_mode",
	                                    -1, &stmt, NULL),
	                 SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	assert_int_equal(sqlite3_column_int(stmt, 0), 0x53484546);
	assert_int_equal(sqlite3_column_int(stmt, 1), schema_version());
	snprintf(mode, sizeof mode, "%s", (const char *)sqlite3_column_text(stmt, 2));
	assert_string_equal(mode, "wal");
	sqlite3_finalize(stmt);
	sqlite3_close(raw);
}

static void schema_versions(void **state)
{
	char sql[64];

	(void)state;
	create();
	snprintf(sql, sizeof sql, "PRAGMA user_version = %d", schema_version() + 1);
	alter(sql);
	expect_open(SHEAF_DB_READ_ONLY, SHEAF_ERROR_DATABASE_VERSION);
	expect_open(SHEAF_DB_OPEN, SHEAF_ERROR_DATABASE_VERSION);
	expect_open(SHEAF_DB_CREATE_OR_OPEN, SHEAF_ERROR_DATABASE_VERSION);
	alter("PRAGMA user_version = 2147483647");
	expect_open(SHEAF_DB_OPEN, SHEAF_ERROR_DATABASE_VERSION);
	for (int version = -3; version <= 0; version++) {
		snprintf(sql, sizeof sql, "PRAGMA user_version = %d", version);
		alter(sql);
		expect_open(SHEAF_DB_READ_ONLY, SHEAF_ERROR_DATABASE_CORRUPT);
		expect_open(SHEAF_DB_OPEN, SHEAF_ERROR_DATABASE_CORRUPT);
	}
	alter("PRAGMA user_version = -2147483648");
	expect_open(SHEAF_DB_CREATE_OR_OPEN, SHEAF_ERROR_DATABASE_CORRUPT);
}

static void damaged_settings(void **state)
{
	static const struct {
		const char  *sql;
		sheaf_status status;
	} cases[] = {
		{"DELETE FROM meta WHERE key = 'stemmer'", SHEAF_ERROR_DATABASE_CORRUPT},
		{"DELETE FROM meta WHERE key = 'uuid'", SHEAF_ERROR_DATABASE_CORRUPT},
		{"DELETE FROM meta WHERE key = 'stem_strategy'", SHEAF_ERROR_DATABASE_CORRUPT},
		{"DELETE FROM meta WHERE key = 'fingerprint'", SHEAF_ERROR_DATABASE_VERSION},
		{"UPDATE meta SET value = 'short' WHERE key = 'uuid'",
	         SHEAF_ERROR_DATABASE_CORRUPT},
		{"UPDATE meta SET value = x'00' WHERE key = 'uuid'", SHEAF_ERROR_DATABASE_CORRUPT},
		{"UPDATE meta SET value = 'most' WHERE key = 'stem_strategy'",
	         SHEAF_ERROR_DATABASE_CORRUPT},
		{"UPDATE meta SET value = 7 WHERE key = 'stem_strategy'",
	         SHEAF_ERROR_DATABASE_CORRUPT},
		{"UPDATE meta SET value = 'klingon' WHERE key = 'stemmer'",
	         SHEAF_ERROR_FEATURE_UNAVAILABLE},
		{"UPDATE meta SET value = 'german' WHERE key = 'stemmer'",
	         SHEAF_ERROR_DATABASE_VERSION},
		{"UPDATE meta SET value = 'all' WHERE key = 'stem_strategy'",
	         SHEAF_ERROR_DATABASE_VERSION},
		{"UPDATE meta SET value = value + 1 WHERE key = 'fingerprint'",
	         SHEAF_ERROR_DATABASE_VERSION},
		{"UPDATE meta SET value = 'many' WHERE key = 'fingerprint'",
	         SHEAF_ERROR_DATABASE_VERSION},
		{"INSERT INTO meta VALUES('revision', -1)", SHEAF_ERROR_DATABASE_CORRUPT},
		{"INSERT INTO meta VALUES('revision', 9223372036854775807)",
	         SHEAF_ERROR_DATABASE_CORRUPT},
		{"INSERT INTO meta VALUES('documents', 5)", SHEAF_ERROR_DATABASE_CORRUPT},
		{"INSERT INTO meta VALUES('documents', -5)", SHEAF_ERROR_DATABASE_CORRUPT},
		{"INSERT INTO meta VALUES('length', -1)", SHEAF_ERROR_DATABASE_CORRUPT},
		{"DROP TABLE meta", SHEAF_ERROR_DATABASE_CORRUPT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		for (int mode = SHEAF_DB_READ_ONLY; mode <= SHEAF_DB_OPEN; mode++) {
			sheaf_database *db;
			sheaf_error     err;
			sheaf_status    status;

			scratch_remove(path);
			create();
			alter(cases[i].sql);
			status = sheaf_database_open(path, (sheaf_db_mode)mode, NULL, &db, &err);
			if (status != cases[i].status)
				fail_msg("%s: %s", cases[i].sql, sheaf_status_string(status));
			assert_null(db);
		}
	}
}

static void options_are_fixed_at_creation(void **state)
{
	sheaf_database_options options = {.stemmer = "german", .stem_strategy = SHEAF_STEM_ALL};
	sheaf_database        *db;
	sheaf_error            err;

	(void)state;
	must(sheaf_database_open(path, SHEAF_DB_CREATE, &options, &db, &err), &err);
	assert_string_equal(sheaf_database_get_stemmer(db), "german");
	assert_string_equal(sheaf_database_get_path(db), path);
	sheaf_database_close(db);
	options = (sheaf_database_options){.stemmer = "french"};
	must(sheaf_database_open(path, SHEAF_DB_OPEN, &options, &db, &err), &err);
	assert_string_equal(sheaf_database_get_stemmer(db), "german");
	sheaf_database_close(db);
}

static void what_cannot_be_set_up_leaves_no_file(void **state)
{
	sheaf_database_options options = {.stemmer = "klingon"};
	sheaf_database        *db;
	sheaf_error            err;

	(void)state;
	assert_int_equal(sheaf_database_open(path, SHEAF_DB_CREATE, &options, &db, &err),
	                 SHEAF_ERROR_FEATURE_UNAVAILABLE);
	assert_int_not_equal(access(path, F_OK), 0);
	options = (sheaf_database_options){.stem_strategy = (sheaf_stem_strategy)7};
	assert_int_equal(sheaf_database_open(path, SHEAF_DB_CREATE_OR_OPEN, &options, &db, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_not_equal(access(path, F_OK), 0);
}

static void each_database_has_a_name_of_its_own(void **state)
{
	char            first[37];
	sheaf_database *db = engine_open(path, SHEAF_DB_CREATE);

	(void)state;
	snprintf(first, sizeof first, "%s", sheaf_database_get_uuid(db));
	assert_int_equal(strlen(first), 36);
	assert_int_equal(first[8], '-');
	assert_int_equal(first[14], '4');
	assert_non_null(strchr("89ab", first[19]));
	sheaf_database_close(db);
	db = engine_open(path, SHEAF_DB_READ_ONLY);
	assert_string_equal(sheaf_database_get_uuid(db), first);
	sheaf_database_close(db);
	scratch_remove(path);
	db = engine_open(path, SHEAF_DB_CREATE);
	assert_string_not_equal(sheaf_database_get_uuid(db), first);
	sheaf_database_close(db);
}

static void an_empty_database_answers(void **state)
{
	sheaf_database *db = engine_open(path, SHEAF_DB_CREATE);
	int64_t         number = 7;
	double          length = 7;
	sheaf_error     err;

	(void)state;
	must(sheaf_database_get_doccount(db, &number, &err), &err);
	assert_int_equal(number, 0);
	must(sheaf_database_get_revision(db, &number, &err), &err);
	assert_int_equal(number, 0);
	must(sheaf_database_get_avlength(db, &length, &err), &err);
	assert_true(length >= 0 && length <= 0);
	must(sheaf_database_get_termfreq(db, "network", &number, &err), &err);
	assert_int_equal(number, 0);
	engine_finds(db, "network", "");
	engine_finds(db, "*", "");
	engine_finds(db, "NOT network", "");
	must(sheaf_database_check(db, &err), &err);
	must(sheaf_database_reindex(db, NULL, &err), &err);
	must(sheaf_database_compact(db, &err), &err);
	must(sheaf_database_check(db, &err), &err);
	sheaf_database_close(db);
}

static void no_database_is_an_error_and_no_crash(void **state)
{
	sheaf_document *doc;
	sheaf_enquire  *enquire;
	int64_t         number;
	double          length;

	(void)state;
	assert_int_equal(sheaf_database_get_doccount(NULL, &number, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_get_revision(NULL, &number, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_get_avlength(NULL, &length, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_get_document(NULL, 1, &doc, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(doc);
	assert_int_equal(sheaf_database_find_document(NULL, "2601.00001", &number, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_delete_document(NULL, "2601.00001", NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_begin_transaction(NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_commit_transaction(NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_database_cancel_transaction(NULL);
	assert_int_equal(sheaf_enquire_new(NULL, &enquire, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(enquire);
}

/* A copy without its lock file and without a writable folder can still be read. */
static void a_folder_that_cannot_be_written(void **state)
{
	engine e;
	char   folder[] = "scratch-locked-XXXXXX", copy[SCRATCH_PATH_SIZE];

	(void)state;
	if (!getuid())
		skip(); /* nothing is closed to root */
	assert_non_null(mkdtemp(folder));
	engine_begin(&e, "medium");
	engine_put(&e, "2601.00001", "First", NULL);
	sheaf_database_close(e.db);
	snprintf(copy, sizeof copy, "%s/copy.db", folder);
	assert_int_equal(rename(e.path, copy), 0);
	assert_int_equal(chmod(folder, 0555), 0);
	e.db = engine_open(copy, SHEAF_DB_READ_ONLY);
	engine_finds(e.db, "first", "2601.00001");
	assert_int_equal(chmod(folder, 0777), 0);
	engine_end(&e);
	scratch_remove(copy);
	assert_int_equal(rmdir(folder), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(no_file),
		TEST(bad_arguments),
		TEST(what_is_no_database),
		TEST(an_empty_file),
		TEST(a_database_of_somebody_else),
		TEST(the_header_tells_what_it_is),
		TEST(schema_versions),
		TEST(damaged_settings),
		TEST(options_are_fixed_at_creation),
		TEST(what_cannot_be_set_up_leaves_no_file),
		TEST(each_database_has_a_name_of_its_own),
		TEST(an_empty_database_answers),
		TEST(no_database_is_an_error_and_no_crash),
		TEST(a_folder_that_cannot_be_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
