/* The synthetic listing: the same for a seed, growing with its days, and whole. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "datetime.h"
#include "listing.h"
#include "str.h"

static listing make(uint64_t seed, size_t papers, size_t per_day, int64_t days)
{
	int64_t         from = date_days(2026, 10, 28);
	listing_options o = {seed, papers, per_day, from, from + days - 1, NULL};
	listing         l;
	sheaf_error     err;

	assert_int_equal(listing_init(&l, &o, &err), SHEAF_OK);
	return l;
}

static void assert_same(const paper *a, const paper *b)
{
	assert_string_equal(a->id, b->id);
	assert_string_equal(a->title, b->title);
	assert_int_equal(a->author_count, b->author_count);
	for (size_t i = 0; i < a->author_count; i++) {
		assert_string_equal(a->authors[i].keyname, b->authors[i].keyname);
		assert_string_equal(a->authors[i].forenames_tex, b->authors[i].forenames_tex);
	}
	assert_int_equal(a->versions[0].date, b->versions[0].date);
	assert_int_equal(a->versions[0].size_kb, b->versions[0].size_kb);
}

static void same_seed_same_papers(void **state)
{
	listing a = make(7, 80, 10, 30), b = make(7, 80, 10, 30), c = make(8, 80, 10, 30);
	arena   texts = {NULL, 0};
	size_t  different = 0;

	(void)state;
	assert_int_equal(a.count, 80);
	for (size_t i = 0; i < a.count; i++) {
		paper p, q, other;

		assert_int_equal(listing_paper(&a, i, 0, &texts, &p, NULL), SHEAF_OK);
		assert_int_equal(listing_paper(&b, i, 0, &texts, &q, NULL), SHEAF_OK);
		assert_int_equal(listing_paper(&c, i, 0, &texts, &other, NULL), SHEAF_OK);
		assert_same(&p, &q);
		assert_string_equal(p.abstract, q.abstract);
		assert_int_equal(p.datestamp, q.datestamp);
		different += !str_eq(p.abstract, other.abstract);
	}
	assert_true(different > 70);
	arena_free(&texts);
	listing_free(&a);
	listing_free(&b);
	listing_free(&c);
}

static void later_day_only_adds(void **state)
{
	listing early = make(3, 1000, 10, 20), late = make(3, 1000, 10, 60);
	arena   texts = {NULL, 0};
	size_t  touched = 0;

	(void)state;
	assert_int_equal(early.count, 200);
	assert_int_equal(late.count, 600);
	for (size_t i = 0; i < early.count; i++) {
		paper before, after, again;

		assert_int_equal(listing_paper(&early, i, 0, &texts, &before, NULL), SHEAF_OK);
		assert_int_equal(listing_paper(&late, i, 0, &texts, &after, NULL), SHEAF_OK);
		assert_int_equal(
			listing_paper(&late, i, before.version_count, &texts, &again, NULL),
			SHEAF_OK);
		assert_same(&before, &after);
		assert_string_equal(before.abstract, again.abstract);
		assert_true(after.version_count >= before.version_count);
		assert_true(after.datestamp >= before.datestamp);
		if (after.datestamp != before.datestamp) {
			assert_true(after.datestamp > early.options.to_day);
			touched++;
		} else {
			assert_string_equal(before.abstract, after.abstract);
			assert_true(str_eq(before.journal_ref, after.journal_ref));
		}
	}
	assert_true(touched > 20);
	arena_free(&texts);
	listing_free(&early);
	listing_free(&late);
}

static void assert_whole(const paper *p)
{
	assert_true(p->title && *p->title);
	assert_true(p->abstract && strlen(p->abstract) > 100);
	assert_null(strstr(p->title, "{o}"));
	assert_null(strstr(p->abstract, "{o}"));
	assert_in_range(p->category_count, 1, LISTING_MAX_CATEGORIES);
	assert_in_range(p->author_count, 1, LISTING_MAX_AUTHORS);
	assert_in_range(p->version_count, 1, LISTING_MAX_VERSIONS);
	for (size_t i = 1; i < p->version_count; i++)
		assert_true(p->versions[i].date > p->versions[i - 1].date);
	if (p->withdrawn)
		assert_string_equal(p->versions[p->version_count - 1].source_type, "I");
	if (p->doi)
		assert_true(str_starts(p->doi, "10.5555/"));
}

static void papers_are_whole_and_found(void **state)
{
	listing l = make(1, 3000, 50, 90);
	arena   texts = {NULL, 0};
	size_t  withdrawn = 0, published = 0, revised = 0, index;
	char    last[16] = "";

	(void)state;
	for (size_t i = 0; i < l.count; i++) {
		paper p;

		arena_clear(&texts);
		assert_int_equal(listing_paper(&l, i, 0, &texts, &p, NULL), SHEAF_OK);
		assert_whole(&p);
		assert_true(strcmp(p.id, last) > 0);
		assert_true(listing_find(&l, p.id, &index));
		assert_int_equal(index, i);
		memcpy(last, p.id, sizeof last);
		withdrawn += (size_t)p.withdrawn;
		published += p.doi || p.journal_ref;
		revised += p.version_count > 1;
	}
	assert_true(withdrawn > 5 && published > 200 && revised > 500);
	arena_free(&texts);
	listing_free(&l);
}

static void order_is_by_datestamp(void **state)
{
	listing l = make(5, 500, 10, 50);

	(void)state;
	for (size_t i = 1; i < l.count; i++)
		assert_true(l.order[i - 1].datestamp < l.order[i].datestamp ||
		            (l.order[i - 1].datestamp == l.order[i].datestamp &&
		             l.order[i - 1].index < l.order[i].index));
	listing_free(&l);
}

static void strange_ids_are_not_found(void **state)
{
	static const char *const ids[] = {"",           "2610",       "2610.00001",
	                                  "2610.50000", "9912.50001", "2613.50001",
	                                  "2610.-0001", "2610.5000x", "math/0309136",
	                                  "2610.99999", "2609.50001"};
	listing                  l = make(1, 100, 10, 20);
	size_t                   index;

	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++)
		assert_false(listing_find(&l, ids[i], &index));
	assert_true(listing_find(&l, "2610.50001", &index));
	assert_true(listing_find(&l, "2611.50001", &index));
	listing_free(&l);
}

static void bad_options_are_refused(void **state)
{
	int64_t               day = date_days(2026, 1, 1);
	const listing_options bad[] = {
		{1, 10, 0, day, day, NULL},
		{1, 10, LISTING_MAX_PER_DAY + 1, day, day, NULL},
		{1, 10, 10, day, day - 1, NULL},
		{1, 10, 10, date_days(2001, 1, 1), day, NULL},
		{1, 10, 10, day, date_days(2200, 1, 1), NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		sheaf_error err;
		listing     l;

		assert_int_equal(listing_init(&l, &bad[i], &err), SHEAF_ERROR_INVALID_ARGUMENT);
		assert_true(*err.message);
		listing_free(&l);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(same_seed_same_papers),
		cmocka_unit_test(later_day_only_adds),
		cmocka_unit_test(papers_are_whole_and_found),
		cmocka_unit_test(order_is_by_datestamp),
		cmocka_unit_test(strange_ids_are_not_found),
		cmocka_unit_test(bad_options_are_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
