/* store_coverage.c and store_ledger.c: days that are complete, and what was announced. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "dice.h"
#include "engine_fixture.h"
#include "store.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "coverage");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static const harvest_key key = {"oai", "http://localhost/oai", "cs", "arXivRaw"};

static void add(const harvest_key *k, int64_t first, int64_t last, sheaf_time read)
{
	coverage_range range = {first, last, read};

	must(store_coverage_add(e.db, k, &range, NULL), NULL);
}

static int write_range(void *ctx, const harvest_key *k, const coverage_range *range)
{
	buf *out = ctx;

	(void)k;
	if (range->first == INT64_MIN)
		buf_printf(out, "-");
	else
		buf_printf(out, "%lld", (long long)range->first);
	buf_printf(out, "..%lld@%lld ", (long long)range->last, (long long)range->read);
	return 0;
}

static void expect(const harvest_key *k, const char *text)
{
	buf out = BUF_INIT(4096);

	must(store_coverage_each(e.db, k, write_range, &out, NULL), NULL);
	assert_string_equal(buf_str(&out), text);
	buf_free(&out);
}

static void ranges_join(void **state)
{
	(void)state;
	expect(&key, "");
	add(&key, 10, 12, 1);
	add(&key, 20, 22, 2);
	expect(&key, "10..12@1 20..22@2 ");
	add(&key, 13, 13, 3); /* touches */
	expect(&key, "10..13@3 20..22@2 ");
	add(&key, 12, 19, 4); /* and closes the gap; the last day is as old as it was */
	expect(&key, "10..22@2 ");
	add(&key, 15, 22, 5);
	expect(&key, "10..22@5 ");
	add(&key, 11, 12, 9); /* days in the middle do not make the last one newer */
	expect(&key, "10..22@5 ");
	add(&key, 30, 29, 9); /* nothing */
	expect(&key, "10..22@5 ");
	add(&key, INT64_MIN, 5, 6);
	expect(&key, "-..5@6 10..22@5 ");
	add(&key, INT64_MIN, 9, 7);
	expect(&key, "-..22@5 ");
}

static void days_are_taken_out(void **state)
{
	(void)state;
	add(&key, INT64_MIN, 30, 1);
	must(store_coverage_remove(e.db, &key, 10, 12, NULL), NULL);
	expect(&key, "-..9@1 13..30@1 ");
	must(store_coverage_remove(e.db, &key, 9, 13, NULL), NULL);
	expect(&key, "-..8@1 14..30@1 ");
	must(store_coverage_remove(e.db, &key, 30, 40, NULL), NULL);
	expect(&key, "-..8@1 14..29@1 ");
	must(store_coverage_remove(e.db, &key, 5, 4, NULL), NULL);
	must(store_coverage_remove(e.db, &key, 14, 29, NULL), NULL);
	expect(&key, "-..8@1 ");
	must(store_coverage_remove(e.db, &key, INT64_MIN, INT64_MAX, NULL), NULL);
	expect(&key, "");
}

static void keys_are_apart(void **state)
{
	harvest_key other = key;

	(void)state;
	other.selection = "math";
	add(&key, 1, 2, 1);
	add(&other, 3, 4, 1);
	expect(&key, "1..2@1 ");
	expect(&other, "3..4@1 ");
	expect(NULL, "1..2@1 3..4@1 ");
	must(store_coverage_remove(e.db, &other, 1, 9, NULL), NULL);
	expect(NULL, "1..2@1 ");
}

enum { DAYS = 64 };

static int mark_range(void *ctx, const harvest_key *k, const coverage_range *range)
{
	char *days = ctx;

	(void)k;
	/* No range touches the one before it. */
	assert_true(range->first <= range->last && range->first >= 0 && range->last < DAYS);
	assert_true(!range->first || !days[range->first - 1]);
	for (int64_t i = range->first; i <= range->last; i++)
		days[i] = 1;
	return 0;
}

static void ranges_are_sets_of_days(void **state)
{
	char days[DAYS] = {0};
	dice d;

	(void)state;
	dice_start(&d, 7, 0, 0);
	for (int round = 0; round < 400; round++) {
		char    found[DAYS] = {0};
		int64_t first = (int64_t)dice_below(&d, DAYS);
		int64_t last = first + (int64_t)dice_below(&d, 8);
		int     put = dice_below(&d, 2) != 0;

		last = last < DAYS ? last : DAYS - 1;
		if (put)
			add(&key, first, last, round);
		else
			must(store_coverage_remove(e.db, &key, first, last, NULL), NULL);
		memset(days + first, put, (size_t)(last - first + 1));
		must(store_coverage_each(e.db, &key, mark_range, found, NULL), NULL);
		assert_memory_equal(found, days, DAYS);
	}
}

/* ---- the ledger ---- */

static int write_paper(void *ctx, const char *category, const char *id, int version,
                       const announcement *a)
{
	buf_printf(ctx, "%lld %s %s v%d %d\n", (long long)a->day, category, id, version, a->kind);
	return 0;
}

static int write_day(void *ctx, const char *category, const announcement_day *day)
{
	buf_printf(ctx, "%s %lld %d %lld %lld\n", category, (long long)day->day, day->state,
	           (long long)day->papers, (long long)day->checked);
	return 0;
}

static void expect_papers(const char *category, int64_t first, int64_t last, const char *text)
{
	buf out = BUF_INIT(4096);

	must(store_announcement_each(e.db, category, first, last, write_paper, &out, NULL), NULL);
	assert_string_equal(buf_str(&out), text);
	buf_free(&out);
}

static void announcements_go_round(void **state)
{
	announcement a = {ANNOUNCEMENT_NEW, 100}, b = {ANNOUNCEMENT_REPLACE, 101};

	(void)state;
	must(store_announce(e.db, "cs.NE", "2601.00002", 1, &a, NULL), NULL);
	must(store_announce(e.db, "cs.NE", "2601.00001", 1, &a, NULL), NULL);
	must(store_announce(e.db, "cs.AI", "2601.00001", 1, &a, NULL), NULL);
	must(store_announce(e.db, "cs.NE", "2601.00001", 2, &b, NULL), NULL);
	expect_papers("cs.NE", 100, 100, "100 cs.NE 2601.00001 v1 1\n100 cs.NE 2601.00002 v1 1\n");
	expect_papers("cs.NE", 101, 200, "101 cs.NE 2601.00001 v2 3\n");
	expect_papers(NULL, 0, 100,
	              "100 cs.AI 2601.00001 v1 1\n100 cs.NE 2601.00001 v1 1\n"
	              "100 cs.NE 2601.00002 v1 1\n");
	/* Once more in the same list: replaced. */
	a.kind = ANNOUNCEMENT_CROSS;
	must(store_announce(e.db, "cs.NE", "2601.00002", 3, &a, NULL), NULL);
	expect_papers("cs.NE", 100, 100, "100 cs.NE 2601.00001 v1 1\n100 cs.NE 2601.00002 v3 2\n");
}

static void days_go_round(void **state)
{
	announcement_day day = {100, ANNOUNCEMENT_DAY_STALE, 3, 1000};
	buf              out = BUF_INIT(4096);

	(void)state;
	must(store_announcement_day_put(e.db, "cs.NE", &day, NULL), NULL);
	must(store_announcement_day_put(e.db, "cs", &day, NULL), NULL);
	day = (announcement_day){100, ANNOUNCEMENT_DAY_ANNOUNCED, 5, 2000};
	must(store_announcement_day_put(e.db, "cs.NE", &day, NULL), NULL);
	day = (announcement_day){99, ANNOUNCEMENT_DAY_EMPTY, 0, 3000};
	must(store_announcement_day_put(e.db, "cs.NE", &day, NULL), NULL);
	must(store_announcement_day_each(e.db, "cs.NE", write_day, &out, NULL), NULL);
	assert_string_equal(buf_str(&out), "cs.NE 99 2 0 3000\ncs.NE 100 1 5 2000\n");
	buf_clear(&out);
	must(store_announcement_day_each(e.db, NULL, write_day, &out, NULL), NULL);
	assert_string_equal(buf_str(&out),
	                    "cs 100 3 3 1000\ncs.NE 99 2 0 3000\ncs.NE 100 1 5 2000\n");
	buf_free(&out);
}

static void validators_go_round(void **state)
{
	char        etag[] = "\"5a-1\"", modified[] = "Mon, 23 Nov 2026 05:00:00 GMT";
	harvest_row row = {.finished = SHEAF_TIME_NONE, .etag = etag, .last_modified = modified};
	harvest_row back;

	(void)state;
	must(store_harvest_put(e.db, &key, &row, NULL), NULL);
	must(store_harvest_get(e.db, &key, &back, NULL), NULL);
	assert_string_equal(back.etag, etag);
	assert_string_equal(back.last_modified, modified);
	harvest_row_clear(&back);
	assert_null(back.etag);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(ranges_join, set_up, tear_down),
		cmocka_unit_test_setup_teardown(days_are_taken_out, set_up, tear_down),
		cmocka_unit_test_setup_teardown(keys_are_apart, set_up, tear_down),
		cmocka_unit_test_setup_teardown(ranges_are_sets_of_days, set_up, tear_down),
		cmocka_unit_test_setup_teardown(announcements_go_round, set_up, tear_down),
		cmocka_unit_test_setup_teardown(days_go_round, set_up, tear_down),
		cmocka_unit_test_setup_teardown(validators_go_round, set_up, tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
