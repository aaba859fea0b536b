/* sql_error.h: what a file that cannot be written says, and to whom. */
#include <fcntl.h>

#include "database_private.h"
#include "engine_fixture.h"
#include "sql_error.h"

/*
 * SQLite's header has a byte that says how to write the file; what it does not know it only reads.
 */
enum { WRITE_VERSION_AT = 18, UNKNOWN_VERSION = 9 };

static void forbid_writing(const char *path)
{
	const unsigned char byte = UNKNOWN_VERSION;
	int                 fd = open(path, O_WRONLY);

	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, &byte, 1, WRITE_VERSION_AT), 1);
	assert_int_equal(close(fd), 0);
}

static void a_file_that_cannot_be_written_is_an_io_error(void **state)
{
	engine      e;
	sheaf_error err;

	(void)state;
	engine_begin(&e, "unwritable");
	sheaf_database_close(e.db);
	forbid_writing(e.path);
	e.db = engine_open(e.path, SHEAF_DB_OPEN);
	assert_int_equal(sheaf_database_set_metadata(e.db, "key", "value", &err), SHEAF_ERROR_IO);
	assert_non_null(strstr(err.message, e.path));
	assert_non_null(strstr(err.message, "may not be written to"));
	engine_end(&e);
}

static void a_handle_for_reading_is_the_callers_choice(void **state)
{
	engine      e;
	sheaf_error err;

	(void)state;
	engine_begin(&e, "reader");
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_READ_ONLY);
	assert_int_equal(sheaf_database_begin_transaction(e.db, &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(sheaf_database_set_metadata(e.db, "key", "value", &err),
	                 SHEAF_ERROR_INVALID_OPERATION);
	assert_int_equal(sheaf_database_compact(e.db, &err), SHEAF_ERROR_INVALID_OPERATION);
	assert_non_null(strstr(err.message, "reading only"));
	engine_end(&e);
}

static void codes_have_their_statuses(void **state)
{
	static const struct {
		int          rc;
		sheaf_status status;
	} cases[] = {
		{SQLITE_NOMEM, SHEAF_ERROR_NOMEM},
		{SQLITE_BUSY, SHEAF_ERROR_DATABASE_LOCKED},
		{SQLITE_BUSY_SNAPSHOT, SHEAF_ERROR_DATABASE_LOCKED},
		{SQLITE_LOCKED, SHEAF_ERROR_DATABASE_LOCKED},
		{SQLITE_NOTADB, SHEAF_ERROR_DATABASE_OPENING},
		{SQLITE_READONLY, SHEAF_ERROR_IO},
		{SQLITE_READONLY_DIRECTORY, SHEAF_ERROR_IO},
		{SQLITE_FULL, SHEAF_ERROR_IO},
		{SQLITE_IOERR_WRITE, SHEAF_ERROR_IO},
		{SQLITE_CANTOPEN, SHEAF_ERROR_IO},
		{SQLITE_INTERRUPT, SHEAF_ERROR_INTERRUPTED},
		{SQLITE_TOOBIG, SHEAF_ERROR_IO},
		{SQLITE_CORRUPT, SHEAF_ERROR_DATABASE_CORRUPT},
		{SQLITE_CORRUPT_VTAB, SHEAF_ERROR_DATABASE_CORRUPT},
		{SQLITE_ERROR, SHEAF_ERROR_DATABASE_CORRUPT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_error err = {0};

		assert_int_equal(sql_fail(NULL, cases[i].rc, &err), cases[i].status);
		assert_int_equal(err.status, cases[i].status);
		assert_true(*err.message);
		assert_int_equal(sql_fail(NULL, cases[i].rc, NULL), cases[i].status);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_that_cannot_be_written_is_an_io_error),
		cmocka_unit_test(a_handle_for_reading_is_the_callers_choice),
		cmocka_unit_test(codes_have_their_statuses),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
