/* Postings that come in any order are put in order and added up, few or many, without those that are gone. */
#include "scratch_db.h"

#include "dice.h"
#include "found_postings.h"

#include <string.h>

enum { SPAN = 200000, RUNS = 24 };

static sheaf_error error;

/* Adds `count` postings; `sums` and `gone` say what is to come of them. */
static void add_all(found_gathering *g, dice *d, size_t count, int in_order, uint32_t *sums,
                    unsigned char *gone)
{
	size_t at = 0;

	for (size_t i = 0; i < count; i++) {
		/* More than a byte can say, too. */
		uint32_t frequency = (uint32_t)dice_below(d, dice_one_in(d, 50) ? 700 : 5);

		at = in_order ? at + 1 + dice_below(d, SPAN / count - 1) : dice_below(d, SPAN);
		must(found_add(g, g->first + (int64_t)at, frequency, &error), &error);
		sums[at] += frequency;
		if (!dice_one_in(d, 50))
			continue;
		at = in_order ? at : dice_below(d, SPAN);
		must(found_note_gone(g, g->first + (int64_t)at, &error), &error);
		gone[at] = 1;
	}
}

static void compare(const found_postings *found, const uint32_t *sums, const unsigned char *gone)
{
	int64_t occurrences = 0;
	size_t  at = 0;

	for (uint32_t i = 0; i < SPAN; i++) {
		if (!sums[i] || gone[i])
			continue;
		assert_true(at < found->count);
		assert_int_equal(found->list[at].offset, i);
		assert_int_equal(found->list[at].frequency, sums[i]);
		occurrences += sums[i];
		at++;
	}
	assert_int_equal(found->count, at);
	assert_int_equal(found->occurrences, occurrences);
}

static void few_and_many(void **state)
{
	static const size_t counts[] = {1, 2, 300, 5000, 12000, 60000};
	uint32_t           *sums = test_calloc(SPAN, sizeof *sums);
	unsigned char      *gone = test_calloc(SPAN, 1);
	int                 tables = 0;

	(void)state;
	for (unsigned i = 0; i < RUNS; i++) {
		found_gathering g;
		found_postings  found = {0};
		dice            d;

		dice_start(&d, 0xF00, i, 0);
		memset(sums, 0, SPAN * sizeof *sums);
		memset(gone, 0, SPAN);
		found_begin(&g, 1 + (int64_t)i * SPAN, (int64_t)(i + 1) * SPAN);
		add_all(&g, &d, counts[i % 6], i % 2 && counts[i % 6] > 1, sums, gone);
		tables += g.table != NULL;
		must(found_take(&g, &found, &error), &error);
		compare(&found, sums, gone);
		found_postings_free(&found);
		found_end(&g);
	}
	test_free(sums);
	test_free(gone);
	assert_true(tables > 0 && tables < RUNS);
}

/* Digits of the offset are sorted apart. */
static void over_all_revisions(void **state)
{
	enum { COUNT = 3000 };
	const int64_t   span = (int64_t)1 << 32;
	found_gathering g;
	found_postings  found = {0};
	dice            d;
	int64_t         sum = 0;

	(void)state;
	dice_start(&d, 0xF01, 0, 0);
	found_begin(&g, 1, span);
	for (int i = 0; i < COUNT; i++) {
		must(found_add(&g, 1 + (int64_t)dice_below(&d, (size_t)span), 1 + i % 3, &error),
		     &error);
		sum += 1 + i % 3;
	}
	must(found_add(&g, span, 7, &error), &error);
	must(found_take(&g, &found, &error), &error);
	for (size_t i = 1; i < found.count; i++)
		assert_true(found.list[i - 1].offset < found.list[i].offset);
	assert_int_equal(found.occurrences, sum + 7);
	assert_int_equal(found.list[found.count - 1].offset, UINT32_MAX);
	found_postings_free(&found);
	found_end(&g);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_and_many),
		cmocka_unit_test(over_all_revisions),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
