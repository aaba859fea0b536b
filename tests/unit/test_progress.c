/* progress.c: what is said of how far a long command is. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "progress.h"

enum { PLAIN_MS = 10000 };

static const progress_state state = {"records", 12345, 3400000, -1};

/* Runs an update with standard error caught in `said`. */
static void update(progress *p, char *said, size_t size)
{
	FILE  *caught = tmpfile();
	int    before = dup(STDERR_FILENO);
	size_t n;

	assert_non_null(caught);
	assert_true(before >= 0);
	assert_true(dup2(fileno(caught), STDERR_FILENO) >= 0);
	progress_update(p, &state);
	assert_true(dup2(before, STDERR_FILENO) >= 0);
	close(before);
	rewind(caught);
	n = fread(said, 1, size - 1, caught);
	said[n] = 0;
	fclose(caught);
}

static console plain(void)
{
	return (console){.progress = 1, .columns = 200};
}

/* Where lines stay there is one after ten seconds, and then not at once another. */
static void test_a_line_now_and_then(void **state_)
{
	console  c = plain();
	progress p;
	char     said[400];

	(void)state_;
	progress_begin(&p, &c);
	update(&p, said, sizeof said);
	assert_string_equal(said, "");
	p.started_ms -= PLAIN_MS;
	update(&p, said, sizeof said);
	assert_memory_equal(said, "sheaf: 12,345 records  3.4 MB  ", 31);
	assert_null(strchr(said, '%'));
	update(&p, said, sizeof said);
	assert_string_equal(said, "");
	p.drawn_ms -= PLAIN_MS;
	update(&p, said, sizeof said);
	assert_string_not_equal(said, "");
}

static void test_silence(void **state_)
{
	console  quiet = {.progress = 1, .quiet = 1}, none = {.progress = 0};
	progress p;
	char     said[400];

	(void)state_;
	progress_begin(&p, &quiet);
	p.started_ms -= PLAIN_MS;
	update(&p, said, sizeof said);
	assert_string_equal(said, "");
	progress_begin(&p, &none);
	p.started_ms -= PLAIN_MS;
	update(&p, said, sizeof said);
	assert_string_equal(said, "");
}

/* A quarter in half a minute: a minute and a half is left. */
static void test_part(void **state_)
{
	console  c = plain();
	progress p;
	char     said[400];

	(void)state_;
	progress_begin(&p, &c);
	progress_part(&p, 250, 1000);
	p.started_ms -= 30000;
	p.part_ms -= 30000;
	update(&p, said, sizeof said);
	assert_non_null(strstr(said, "  25%  1:"));
	/* What is passed over is no measure. */
	progress_part_skipped(&p);
	progress_part(&p, 500, 1000);
	p.drawn_ms -= PLAIN_MS;
	p.part_ms -= 5000;
	update(&p, said, sizeof said);
	assert_non_null(strstr(said, "  50%  0:1"));
	/* More than there was, since the file grows. */
	progress_part(&p, 1500, 1000);
	p.drawn_ms -= PLAIN_MS;
	update(&p, said, sizeof said);
	assert_non_null(strstr(said, "  100%  0:00 left"));
}

static void test_terminal(void **state_)
{
	console  c = {.progress = 1, .rewrites = 1, .columns = 200};
	progress p;
	char     said[400];

	(void)state_;
	progress_begin(&p, &c);
	progress_part(&p, 370, 1000);
	update(&p, said, sizeof said);
	assert_memory_equal(said, "\r12,345 records", 15);
	assert_non_null(strstr(said, "  37%"));
	assert_null(strchr(said, '\n'));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_a_line_now_and_then),
		cmocka_unit_test(test_silence),
		cmocka_unit_test(test_part),
		cmocka_unit_test(test_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
