/* One writer at a time, and what readers see meanwhile. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "engine_fixture.h"

static char path[SCRATCH_PATH_SIZE];

static int set_up(void **state)
{
	(void)state;
	scratch_path(path, "writers");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	scratch_remove(path);
	return 0;
}

static void a_second_writer_is_locked_out(void **state)
{
	sheaf_database *one = engine_open(path, SHEAF_DB_CREATE), *two;
	sheaf_database *reader;
	sheaf_error     err;
	char            pid[32];

	(void)state;
	for (int mode = SHEAF_DB_OPEN; mode <= SHEAF_DB_CREATE_OR_OPEN; mode++) {
		const sheaf_database_options options = {.busy_timeout_ms = -1};

		if (mode == SHEAF_DB_CREATE)
			continue;
		assert_int_equal(
			sheaf_database_open(path, (sheaf_db_mode)mode, &options, &two, &err),
			SHEAF_ERROR_DATABASE_LOCKED);
		snprintf(pid, sizeof pid, "process %ld", (long)getpid());
		assert_non_null(strstr(err.message, pid));
		assert_non_null(strstr(err.message, path));
	}
	reader = engine_open(path, SHEAF_DB_READ_ONLY);
	sheaf_database_close(reader);
	sheaf_database_close(one);
	two = engine_open(path, SHEAF_DB_OPEN);
	sheaf_database_close(two);
}

static void a_writer_waits_as_long_as_it_was_told(void **state)
{
	const sheaf_database_options patient = {.busy_timeout_ms = 200};
	sheaf_database              *one = engine_open(path, SHEAF_DB_CREATE), *two;

	(void)state;
	assert_int_equal(sheaf_database_open(path, SHEAF_DB_OPEN, &patient, &two, NULL),
	                 SHEAF_ERROR_DATABASE_LOCKED);
	sheaf_database_close(one);
	assert_int_equal(sheaf_database_open(path, SHEAF_DB_OPEN, &patient, &two, NULL), SHEAF_OK);
	sheaf_database_close(two);
}

/* A process that opens, adds a paper without committing it, tells, and waits to be killed. */
static pid_t start_writer(int told[2])
{
	pid_t child;
	char  byte = 0;

	assert_int_equal(pipe(told), 0);
	child = fork();
	assert_true(child >= 0);
	if (!child) {
		sheaf_database *db = NULL;
		sheaf_document *doc = NULL;

		close(told[0]);
		if (sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, NULL) == SHEAF_OK &&
		    sheaf_document_new(&doc, NULL) == SHEAF_OK &&
		    scratch_paper(doc, "2601.00002", "Second", NULL, NULL) == SHEAF_OK &&
		    sheaf_database_begin_transaction(db, NULL) == SHEAF_OK &&
		    sheaf_database_replace_document(db, doc, NULL, NULL, NULL) == SHEAF_OK)
			byte = 1;
		if (write(told[1], &byte, 1) == 1)
			pause();
		_exit(1);
	}
	close(told[1]);
	assert_int_equal(read(told[0], &byte, 1), 1);
	assert_int_equal(byte, 1);
	close(told[0]);
	return child;
}

static void the_lock_of_a_killed_process_is_free(void **state)
{
	const sheaf_database_options options = {.busy_timeout_ms = -1};
	sheaf_database              *db;
	sheaf_error                  err;
	char                         pid[32];
	int                          told[2], ended;
	int64_t                      count;
	pid_t                        child;

	(void)state;
	sheaf_database_close(engine_open(path, SHEAF_DB_CREATE));
	child = start_writer(told);
	assert_int_equal(sheaf_database_open(path, SHEAF_DB_OPEN, &options, &db, &err),
	                 SHEAF_ERROR_DATABASE_LOCKED);
	snprintf(pid, sizeof pid, "process %ld", (long)child);
	assert_non_null(strstr(err.message, pid));
	assert_int_equal(kill(child, SIGKILL), 0);
	assert_int_equal(waitpid(child, &ended, 0), child);
	db = engine_open(path, SHEAF_DB_OPEN);
	must(sheaf_database_get_doccount(db, &count, &err), &err);
	assert_int_equal(count, 0);
	must(sheaf_database_check(db, &err), &err);
	sheaf_database_close(db);
}

static int64_t count_of(sheaf_database *db)
{
	int64_t     count;
	sheaf_error err;

	must(sheaf_database_get_doccount(db, &count, &err), &err);
	return count;
}

static void readers_see_the_last_commit(void **state)
{
	engine          e;
	sheaf_database *reader;
	sheaf_error     err;
	int64_t         revision;

	(void)state;
	engine_begin(&e, "readers");
	engine_put(&e, "2601.00001", "Old networks", "alpha");
	reader = engine_open(e.path, SHEAF_DB_READ_ONLY);
	must(sheaf_database_begin_transaction(e.db, &err), &err);
	engine_put(&e, "2601.00001v2", "New networks", "beta");
	engine_put(&e, "2601.00002", "More networks", "beta");
	engine_finds(e.db, "networks", "2601.00001 2601.00002");
	engine_finds(e.db, "beta", "2601.00001 2601.00002");
	engine_finds(reader, "networks", "2601.00001");
	engine_finds(reader, "alpha", "2601.00001");
	engine_finds(reader, "beta", "");
	assert_int_equal(count_of(e.db), 2);
	assert_int_equal(count_of(reader), 1);
	must(sheaf_database_get_revision(reader, &revision, &err), &err);
	assert_int_equal(revision, 1);
	must(sheaf_database_commit_transaction(e.db, &err), &err);
	engine_finds(reader, "beta", "2601.00001 2601.00002");
	engine_finds(reader, "alpha", "");
	assert_int_equal(count_of(reader), 2);
	must(sheaf_database_get_revision(reader, &revision, &err), &err);
	assert_int_equal(revision, 3);
	sheaf_database_close(reader);
	engine_end(&e);
}

/* What a walk has begun to read stays as it was, whoever writes. */
typedef struct walk {
	engine *e;
	int     seen;
} walk;

static int add_while_walking(void *ctx, const sheaf_document *doc)
{
	walk *w = ctx;
	char  id[32];

	(void)doc;
	snprintf(id, sizeof id, "2602.%05d", ++w->seen);
	engine_put(w->e, id, "Added", NULL);
	return 0;
}

static void a_walk_reads_one_snapshot(void **state)
{
	engine          e;
	walk            w = {&e, 0};
	sheaf_database *reader;
	sheaf_error     err;

	(void)state;
	engine_begin(&e, "walk");
	engine_put(&e, "2601.00001", "First", NULL);
	engine_put(&e, "2601.00002", "Second", NULL);
	reader = engine_open(e.path, SHEAF_DB_READ_ONLY);
	must(sheaf_database_each_document(reader, 0, add_while_walking, &w, &err), &err);
	assert_int_equal(w.seen, 2);
	assert_int_equal(count_of(reader), 4);
	sheaf_database_close(reader);
	engine_end(&e);
}

/* Another process gave the file another stemmer: a reader that is open notices. */
static void readers_follow_a_reindex(void **state)
{
	const sheaf_database_options german = {.stemmer = "german"};
	engine                       e;
	sheaf_database              *reader;
	sheaf_error                  err;
	int64_t                      docs;

	(void)state;
	engine_begin(&e, "follow");
	engine_put(&e, "2601.00001", "H\xC3\xA4user networking", NULL);
	reader = engine_open(e.path, SHEAF_DB_READ_ONLY);
	engine_finds(reader, "networks", "2601.00001");
	engine_finds(reader, "haus", "");
	must(sheaf_database_reindex(e.db, &german, &err), &err);
	must(sheaf_database_get_termfreq(reader, "haus", &docs, &err), &err);
	assert_int_equal(docs, 1);
	engine_finds(reader, "haus", "2601.00001");
	engine_finds(reader, "networks", "");
	assert_string_equal(sheaf_database_get_stemmer(reader), "german");
	sheaf_database_close(reader);
	engine_end(&e);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_second_writer_is_locked_out),
		TEST(a_writer_waits_as_long_as_it_was_told),
		TEST(the_lock_of_a_killed_process_is_free),
		TEST(readers_see_the_last_commit),
		TEST(a_walk_reads_one_snapshot),
		TEST(readers_follow_a_reindex),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
