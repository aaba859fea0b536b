/*
 * An import that is killed, at whatever moment, leaves the database at the end of one of its
 * transactions, valid, and the next one goes on.
 */
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>

#include "buf.h"
#include "database_private.h"
#include "scratch_db.h"
#include "store.h"

enum { PAPERS = 1200, BATCH = 100, KILLS = 12 };

/*
 * Papers, of which some come twice, with another text, so that the later one replaces what is in
 * the same transaction or in one before.
 */
static void write_papers(const char *path)
{
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	for (int i = 0; i < PAPERS; i++) {
		int again = i % 10 == 9, paper = again ? i - i % 170 : i;

		fprintf(f,
		        "{\"id\":\"2601.%05d\",\"title\":\"Lamp %d\",\"abstract\":\"bell%d of %s, "
		        "row %d and %d\"}\n",
		        paper + 1, paper, paper % 50, again ? "brass" : "tin", i, i / 7);
	}
	assert_int_equal(fclose(f), 0);
}

static sheaf_status import_into(sheaf_database *db, const char *papers)
{
	const sheaf_import_options options = {.batch = BATCH};
	sheaf_import              *import;
	sheaf_status               status = sheaf_import_new(db, &options, &import, NULL);

	if (status == SHEAF_OK)
		status = sheaf_import_file(import, papers, NULL);
	if (status == SHEAF_OK)
		status = sheaf_import_finish(import, NULL, NULL);
	sheaf_import_free(import);
	return status;
}

/* The child's life. */
static void import_all(const char *path, const char *papers)
{
	sheaf_database *db;

	if (sheaf_database_open(path, SHEAF_DB_CREATE_OR_OPEN, NULL, &db, NULL) != SHEAF_OK)
		_exit(1);
	if (import_into(db, papers) != SHEAF_OK)
		_exit(2);
	sheaf_database_close(db);
	_exit(0);
}

/* Another one's: the merge that ends a large import, and the copying of a compaction. */
static void compact(const char *path, const char *papers)
{
	sheaf_database *db;

	(void)papers;
	if (sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, NULL) != SHEAF_OK)
		_exit(1);
	if (sheaf_database_compact(db, NULL) != SHEAF_OK)
		_exit(2);
	sheaf_database_close(db);
	_exit(0);
}

/* Another one's: the merge that ends a large load, which gives room free that it has read. */
static void end_load(const char *path, const char *papers)
{
	sheaf_database *db;

	(void)papers;
	if (sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, NULL) != SHEAF_OK)
		_exit(1);
	if (store_set_bulk(db, 1, NULL) != SHEAF_OK)
		_exit(2);
	/* All that is there came with this load. */
	db->bulk_from = 0;
	if (store_set_bulk(db, 0, NULL) != SHEAF_OK)
		_exit(2);
	sheaf_database_close(db);
	_exit(0);
}

typedef void life(const char *path, const char *papers);

/* Kills it a moment after it has begun; 0: never. Answers 1 where it was still running. */
static int live_and_kill(life *live, const char *path, const char *papers, long delay_us)
{
	struct timespec delay = {delay_us / 1000000, delay_us % 1000000 * 1000};
	int             outcome;
	pid_t           child = fork();

	assert_true(child >= 0);
	if (child == 0)
		live(path, papers);
	if (delay_us) {
		nanosleep(&delay, NULL);
		kill(child, SIGKILL);
	}
	assert_int_equal(waitpid(child, &outcome, 0), child);
	if (WIFSIGNALED(outcome))
		return 1;
	assert_int_equal(WEXITSTATUS(outcome), 0);
	return 0;
}

static long now_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long)t.tv_sec * 1000000 + t.tv_nsec / 1000;
}

/* Whatever papers there are, all of them are found. */
static void verify(const char *path)
{
	sheaf_database *db;
	sheaf_error     err;
	sheaf_mset     *mset;
	int64_t         count;

	must(sheaf_database_open(path, SHEAF_DB_CREATE_OR_OPEN, NULL, &db, &err), &err);
	must(sheaf_database_check(db, &err), &err);
	must(sheaf_database_get_doccount(db, &count, &err), &err);
	must(scratch_search(db, "tin OR brass", SHEAF_OP_AND, PAPERS, &mset, &err), &err);
	assert_int_equal(sheaf_mset_size(mset), count);
	sheaf_mset_free(mset);
	sheaf_database_close(db);
}

/*
 * Each kill comes at another share of the time that a whole import takes, so that all of its parts
 * are met, on a slow machine as well. One that came too late tells that it takes less, and that the next
 * import needs something left to do.
 */
static void killed_imports_leave_whole_transactions(void **state)
{
	char path[SCRATCH_PATH_SIZE], papers[SCRATCH_PATH_SIZE];
	long begin = now_us(), whole, hits = 0;
	int  hit = 0;

	(void)state;
	scratch_path(path, "kill");
	scratch_path(papers, "kill-papers");
	write_papers(papers);
	assert_false(live_and_kill(import_all, path, papers, 0));
	whole = now_us() - begin;
	for (int i = 0; i < KILLS; i++) {
		if (i % 3 == 0 || !hit)
			scratch_remove(path);
		hit = live_and_kill(import_all, path, papers, 1 + whole * (i + 1) / (KILLS + 1));
		hits += hit;
		whole -= hit ? 0 : whole / 4;
		verify(path);
	}
	assert_true(hits >= KILLS / 3);
	assert_false(live_and_kill(import_all, path, papers, 0));
	verify(path);
	scratch_remove(path);
	scratch_remove(papers);
}

static void merges_are_killed(life *merge)
{
	char path[SCRATCH_PATH_SIZE], papers[SCRATCH_PATH_SIZE];
	long begin, whole, hits = 0;
	int  hit;

	scratch_path(path, "kill");
	scratch_path(papers, "kill-papers");
	write_papers(papers);
	assert_false(live_and_kill(import_all, path, papers, 0));
	begin = now_us();
	assert_false(live_and_kill(merge, path, papers, 0));
	whole = now_us() - begin;
	for (int i = 0; i < KILLS; i++) {
		if (i % 3 == 0) {
			scratch_remove(path);
			assert_false(live_and_kill(import_all, path, papers, 0));
		}
		hit = live_and_kill(merge, path, papers, 1 + whole * (i + 1) / (KILLS + 1));
		hits += hit;
		whole -= hit ? 0 : whole / 4;
		verify(path);
	}
	assert_true(hits >= KILLS / 3);
	scratch_remove(path);
	scratch_remove(papers);
}

static void killed_merges_change_nothing(void **state)
{
	(void)state;
	merges_are_killed(compact);
	merges_are_killed(end_load);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(killed_imports_leave_whole_transactions),
		cmocka_unit_test(killed_merges_change_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
