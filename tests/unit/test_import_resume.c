/* An import that was interrupted goes on where the committed documents end, whatever lies there. */
#include <fcntl.h>
#include <sys/stat.h>

#include "buf.h"
#include "database_private.h"
#include "packed.h"
#include "scratch_db.h"
#include "store.h"

enum { LINES = 600, DAY = 86400, NOW = 1767225600 };

/* A database, a file, and an import of it now and then. */
typedef struct fixture {
	char               db_path[SCRATCH_PATH_SIZE];
	char               folder[PACKED_PATH_SIZE], path[PACKED_PATH_SIZE];
	char              *absolute;
	sheaf_database    *db;
	buf                text;
	sheaf_import_stats stats;
	int64_t            stop_at; /* records of a run; 0: never */
	int64_t            rejects; /* told, in all runs */
} fixture;

static int setup(void **state)
{
	fixture    *f = calloc(1, sizeof *f);
	sheaf_error err;

	assert_non_null(f);
	scratch_path(f->db_path, "resume");
	packed_folder(f->folder, "resume");
	packed_path(f->path, f->folder, "papers.jsonl");
	must(sheaf_database_open(f->db_path, SHEAF_DB_CREATE, NULL, &f->db, &err), &err);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	fixture *f = *state;

	sheaf_database_close(f->db);
	scratch_remove(f->db_path);
	unlink(f->path);
	assert_int_equal(rmdir(f->folder), 0);
	free(f->absolute);
	buf_free(&f->text);
	free(f);
	return 0;
}

/* ---- the file: line i is broken, or a paper, every eleventh time one of a few lines before ---- */

static int is_broken(int i)
{
	return i % 7 == 3;
}

static int paper_of(int i)
{
	return i % 11 == 10 && !is_broken(i - 5) ? i - 5 : i;
}

/* The newest datestamp is in a line near the beginning. */
static void write_line(buf *out, int i)
{
	if (is_broken(i))
		buf_printf(out, "{\"id\":%d}\n", i);
	else
		buf_printf(out,
		           "{\"id\":\"2101.%05d\",\"title\":\"lamp%d\",\"update_date\":"
		           "\"2021-03-%02d\"}\n",
		           paper_of(i) + 1, i, i == 2 ? 31 : 1 + i % 28);
	if (i % 50 == 49)
		buf_puts(out, "\n");
}

static void write_file(fixture *f)
{
	packed_write(f->path, f->text.data, f->text.len);
	free(f->absolute);
	f->absolute = realpath(f->path, NULL);
	assert_non_null(f->absolute);
}

static void make_file(fixture *f)
{
	buf_clear(&f->text);
	for (int i = 0; i < LINES; i++)
		write_line(&f->text, i);
	write_file(f);
}

static int64_t lines_in(const char *text, size_t len)
{
	int64_t n = 0;

	for (size_t i = 0; i < len; i++)
		n += text[i] == '\n';
	return n;
}

/* ---- runs ---- */

static int on_progress(void *ctx, const sheaf_import_stats *stats)
{
	fixture *f = ctx;

	return f->stop_at && stats->records >= f->stop_at;
}

static void on_reject(void *ctx, const sheaf_import_reject *reject)
{
	(void)reject;
	((fixture *)ctx)->rejects++;
}

/* `finishes` 0: as if the process had died. */
static sheaf_status run(fixture *f, sheaf_import_options options, int finishes)
{
	sheaf_import *import;
	sheaf_error   err;
	sheaf_status  status;

	options.ctx = f;
	options.progress = on_progress;
	options.reject = on_reject;
	must(sheaf_import_new(f->db, &options, &import, &err), &err);
	status = sheaf_import_file(import, f->path, NULL);
	if (finishes)
		must(sheaf_import_finish(import, &f->stats, &err), &err);
	sheaf_import_free(import);
	return status;
}

static int remembered(fixture *f, import_row *row)
{
	int found;

	must(store_import_get(f->db, f->absolute, row, &found, NULL), NULL);
	return found;
}

static int64_t documents(fixture *f)
{
	int64_t count;

	must(sheaf_database_get_doccount(f->db, &count, NULL), NULL);
	return count;
}

/* The database has what the first `bytes` bytes of the file have, and nothing else. */
static void expect_stored(fixture *f, size_t bytes)
{
	int64_t     papers = 0;
	buf         text = BUF_INIT(0);
	sheaf_error err;

	for (int i = 0; i < LINES && text.len < bytes; i++) {
		papers += !is_broken(i) && paper_of(i) == i;
		write_line(&text, i);
	}
	assert_int_equal(documents(f), papers);
	buf_free(&text);
	must(sheaf_database_check(f->db, &err), &err);
}

static void expect_at(fixture *f, const import_row *row)
{
	assert_true(row->bytes > 0 && row->bytes <= (int64_t)f->text.len);
	assert_int_equal(row->size, f->text.len);
	assert_int_equal(row->lines, lines_in(f->text.data, (size_t)row->bytes));
	assert_int_equal(f->text.data[row->bytes - 1], '\n');
	expect_stored(f, (size_t)row->bytes);
}

/* Interrupts again and again, until the file is read. Answers how often. */
static int with_interruptions(fixture *f, sheaf_import_options options, int finishes)
{
	import_row row = {0};
	int        times = 0;

	f->stop_at = 70;
	while (run(f, options, finishes) == SHEAF_ERROR_INTERRUPTED) {
		int64_t before = row.lines;
		int     found = remembered(f, &row);

		assert_true(times++ < LINES);
		if (finishes) {
			assert_true(found && f->stats.resumable);
			assert_int_equal(f->stats.resumed, before);
			assert_true(row.lines > before);
		}
		if (found)
			expect_at(f, &row);
		else
			assert_int_equal(documents(f), 0);
	}
	return times;
}

static void empty(fixture *f)
{
	for (int i = 0; i < LINES; i++) {
		char id[16];

		snprintf(id, sizeof id, "2101.%05d", i + 1);
		if (!is_broken(i) && paper_of(i) == i)
			must(sheaf_database_delete_document(f->db, id, NULL), NULL);
	}
	assert_int_equal(documents(f), 0);
}

static void test_goes_on(void **state)
{
	static const int     jobs[] = {0, 1, 2};
	static const int64_t batches[] = {1, 13, 0};
	fixture             *f = *state;
	import_row           row;

	make_file(f);
	for (size_t i = 0; i < 9; i++) {
		sheaf_import_options options = {.jobs = jobs[i % 3], .batch = batches[i / 3]};

		assert_true(with_interruptions(f, options, 1) >= 3);
		expect_stored(f, f->text.len);
		assert_false(remembered(f, &row));
		assert_false(f->stats.resumable);
		empty(f);
	}
}

/* What was not committed is read again, and what was is not. */
static void test_dies(void **state)
{
	fixture   *f = *state;
	import_row row;

	make_file(f);
	f->stop_at = 120;
	for (int i = 0; i < 4; i++)
		assert_int_equal(run(f, (sheaf_import_options){.batch = 40}, 0),
		                 SHEAF_ERROR_INTERRUPTED);
	assert_true(remembered(f, &row));
	expect_at(f, &row);
	f->stop_at = 0;
	must(run(f, (sheaf_import_options){0}, 1), NULL);
	assert_int_equal(f->stats.resumed, row.lines);
	expect_stored(f, f->text.len);
}

/* Long after the last document was committed: each is told once, in the run that reads it. */
static void test_rejects_only(void **state)
{
	enum { BROKEN = 5000 };
	fixture   *f = *state;
	int64_t    read = 0, lines = 0;
	import_row row;
	int        times = 0;

	buf_puts(&f->text, "{\"id\":\"2101.00001\"}\n");
	for (int i = 0; i < BROKEN; i++)
		buf_puts(&f->text, "broken\n");
	write_file(f);
	f->stop_at = 64;
	while (run(f, (sheaf_import_options){.batch = 1}, 1) == SHEAF_ERROR_INTERRUPTED) {
		times++;
		read += f->stats.records;
		assert_int_equal(f->stats.resumed, lines);
		assert_true(remembered(f, &row) && f->stats.resumable);
		lines = row.lines;
		assert_int_equal(lines, read);
		assert_int_equal(f->rejects, read - 1);
	}
	assert_true(times >= 3);
	assert_int_equal(f->rejects, BROKEN);
	assert_int_equal(read + f->stats.records, BROKEN + 1);
}

static void test_changed_file(void **state)
{
	struct timespec times[2] = {{1600000000, 5}, {1600000000, 6}};
	fixture        *f = *state;

	make_file(f);
	f->stop_at = 70;
	assert_int_equal(run(f, (sheaf_import_options){0}, 1), SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(utimensat(AT_FDCWD, f->path, times, 0), 0);
	assert_int_equal(run(f, (sheaf_import_options){0}, 1), SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(f->stats.resumed, 0);
	times[1].tv_nsec++;
	assert_int_equal(utimensat(AT_FDCWD, f->path, times, 0), 0);
	assert_int_equal(run(f, (sheaf_import_options){0}, 1), SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(f->stats.resumed, 0);
	buf_puts(&f->text, "{\"id\":\"2102.00001\"}\n");
	write_file(f);
	assert_int_equal(utimensat(AT_FDCWD, f->path, times, 0), 0);
	f->stop_at = 0;
	must(run(f, (sheaf_import_options){0}, 1), NULL);
	assert_int_equal(f->stats.resumed, 0);
}

/* ---- what is known of a snapshot ---- */

static int see_coverage(void *ctx, const harvest_key *key, const coverage_range *range)
{
	coverage_range *seen = ctx;

	assert_string_equal(key->source, "snapshot");
	*seen = *range;
	return 0;
}

static coverage_range coverage(fixture *f)
{
	coverage_range seen = {0};

	must(store_coverage_each(f->db, NULL, see_coverage, &seen, NULL), NULL);
	return seen;
}

/* The newest datestamp of all counts, and it is in the part that is not read again. */
static void test_snapshot(void **state)
{
	fixture       *f = *state;
	coverage_range range;

	make_file(f);
	assert_true(with_interruptions(f, (sheaf_import_options){.now = NOW}, 1) > 0);
	range = coverage(f);
	assert_true(range.first == INT64_MIN);
	assert_int_equal(range.last, 1617148800 / DAY); /* 2021-03-31 */
	assert_int_equal(range.read, NOW);
}

/* One slip must not have harvests begin in a year to come; nor is it what the snapshot ends with. */
static void test_dates_to_come(void **state)
{
	fixture *f = *state;

	make_file(f);
	buf_puts(&f->text, "{\"id\":\"2102.00001\",\"update_date\":\"2099-01-05\"}\n");
	buf_puts(&f->text, "{\"id\":\"2102.00002\",\"update_date\":\"2021-04-01\"}\n");
	write_file(f);
	must(run(f, (sheaf_import_options){.now = NOW}, 1), NULL);
	assert_int_equal(coverage(f).last, 1617235200 / DAY); /* 2021-04-01 */
}

static void test_no_snapshot(void **state)
{
	fixture *f = *state;

	make_file(f);
	f->stop_at = 70;
	assert_int_equal(run(f, (sheaf_import_options){.now = NOW}, 1), SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(coverage(f).read, 0);
	f->stop_at = 0;
	must(run(f, (sheaf_import_options){.now = SHEAF_TIME_NONE}, 1), NULL);
	assert_int_equal(coverage(f).read, 0);
	must(run(f, (sheaf_import_options){.now = NOW, .strict = 1}, 1), NULL);
	assert_int_equal(coverage(f).read, 0);
	/* An export: told by a line that an interrupted import has stored. */
	buf_clear(&f->text);
	buf_puts(&f->text, "{\"id\":\"2102.00001\",\"sheaf\":{}}\n");
	for (int i = 0; i < LINES; i++)
		write_line(&f->text, i);
	write_file(f);
	f->stop_at = 70;
	while (run(f, (sheaf_import_options){.now = NOW}, 1) == SHEAF_ERROR_INTERRUPTED)
		;
	assert_true(f->stats.resumed > 0);
	assert_int_equal(coverage(f).read, 0);
}

/* ---- how far it is ---- */

static void test_file_bytes(void **state)
{
	fixture *f = *state;

	make_file(f);
	must(run(f, (sheaf_import_options){0}, 1), NULL);
	assert_int_equal(f->stats.file_bytes, f->text.len);
	assert_int_equal(f->stats.file_size, f->text.len);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(test_goes_on),      TEST(test_dies),       TEST(test_rejects_only),
		TEST(test_changed_file), TEST(test_snapshot),   TEST(test_dates_to_come),
		TEST(test_no_snapshot),  TEST(test_file_bytes),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
