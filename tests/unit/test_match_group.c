/*
 * Several databases as one against brute force: the same sets and scores as if all papers were in
 * one file; and counts of values over all matches.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "naive_compare.h"

enum { QUERIES = 500, SPIES = 5 };

/* An item is the paper that its docid in the group says. */
static void look_at_documents(world *w, const expectation *x, sheaf_mset *mset)
{
	for (size_t i = 0; i < sheaf_mset_size(mset) && i < 5; i++) {
		size_t                at = paper_of(&w->corpus, sheaf_mset_get_docid(mset, i));
		const sheaf_document *doc;

		must(sheaf_mset_get_document(mset, i, &doc, NULL), NULL);
		if (strcmp(sheaf_document_get_text(doc, SHEAF_FIELD_ID),
		           x->w->corpus.papers[at].id) != 0)
			complain(x, "document", (double)i, (double)at);
	}
}

static void three_files_are_as_one(void **state)
{
	world *w = naive_open(SHEAF_STEM_SOME, NAIVE_DATABASES, 40);

	(void)state;
	assert_int_equal(sheaf_database_size(w->db[0]), NAIVE_DATABASES);
	for (int tried = 0; tried < QUERIES / 2;)
		tried += naive_try(w, naive_ask_list(w), NULL, look_at_documents);
	for (int tried = 0; tried < QUERIES;)
		tried += naive_try(w, naive_ask_tree(w, 1 + (int)below(w, 3)), NULL,
		                   look_at_documents);
	for (int tried = 0; tried < QUERIES / 2;)
		tried += naive_try(w, naive_ask_any_leaf(w), NULL, look_at_documents);
	naive_close(w);
}

/* ---- facets ---- */

typedef struct count_check {
	const expectation *x;
	sheaf_field        field; /* ANY: the slot */
	int64_t            values, last;
} count_check;

/* The year of a date, by counting; every date here is of 2023 to 2026. */
static int year_of(sheaf_time date)
{
	int year = 2022;

	while (date >= date_days(year + 1, 1, 1) * 86400)
		year++;
	return year;
}

static int has_value(const naive_paper *p, sheaf_field field, const char *value, size_t len)
{
	char       text[16];
	sheaf_time date;

	if (field == SHEAF_FIELD_ANY)
		return p->slot_len == len && memcmp(p->slot, value, len) == 0;
	snprintf(text, sizeof text, "%.*s", (int)len, value);
	if (field == SHEAF_FIELD_CATEGORY)
		return naive_has_category(p, text);
	date = naive_date(p, field);
	return date != SHEAF_TIME_NONE && year_of(date) == (int)strtol(text, NULL, 10);
}

static int check_count(void *ctx, const char *value, size_t len, int64_t count)
{
	count_check       *k = ctx;
	const expectation *x = k->x;
	int64_t            right = 0;

	for (size_t i = 0; i < x->w->corpus.count; i++)
		right += x->matches[i] && has_value(&x->w->corpus.papers[i], k->field, value, len);
	if (count != right || count < 1)
		complain(x, "count of a value", (double)count, (double)right);
	k->values += count;
	return 0;
}

static const sheaf_field spied[SPIES] = {SHEAF_FIELD_CATEGORY, SHEAF_FIELD_SUBMITTED,
                                         SHEAF_FIELD_UPDATED, SHEAF_FIELD_DATE, SHEAF_FIELD_ANY};

/* How many values the matches have in all. */
static int64_t count_values(const expectation *x, sheaf_field field)
{
	int64_t n = 0;

	for (size_t i = 0; i < x->w->corpus.count; i++) {
		const naive_paper *p = &x->w->corpus.papers[i];

		if (!x->matches[i])
			continue;
		if (field == SHEAF_FIELD_ANY)
			n += p->slot_len > 0;
		else if (field != SHEAF_FIELD_CATEGORY)
			n += naive_date(p, field) != SHEAF_TIME_NONE;
		for (unsigned c = 0; field == SHEAF_FIELD_CATEGORY && c < NAIVE_CATEGORIES; c++)
			n += p->categories >> c & 1;
	}
	return n;
}

/* The spies of the run at hand; NULL ends them. */
static sheaf_match_spy *spies[SPIES + 1];

static void look_at_counts(world *w, const expectation *x, sheaf_mset *mset)
{
	(void)w;
	for (size_t i = 0; i < SPIES; i++) {
		count_check k = {x, spied[i], 0, 0};

		assert_int_equal(sheaf_match_spy_get_total(spies[i]),
		                 sheaf_mset_get_matches_estimated(mset));
		must(sheaf_match_spy_top_values(spies[i], 0, check_count, &k, NULL), NULL);
		if (k.values != count_values(x, spied[i]))
			complain(x, "values", (double)k.values, (double)count_values(x, spied[i]));
	}
}

static void count_all(size_t databases, int queries)
{
	world *w = naive_open(SHEAF_STEM_SOME, databases, 50 + (unsigned)databases);

	for (size_t i = 0; i < SPIES; i++)
		must(spied[i] == SHEAF_FIELD_ANY
		             ? sheaf_slot_count_match_spy_new(w->db[0], NAIVE_SLOT, &spies[i], NULL)
		             : sheaf_value_count_match_spy_new(w->db[0], spied[i], &spies[i], NULL),
		     NULL);
	for (int tried = 0; tried < queries;)
		tried += naive_try(w, naive_ask_tree(w, (int)below(w, 3)), spies, look_at_counts);
	for (size_t i = 0; i < SPIES; i++)
		sheaf_match_spy_free(spies[i]);
	naive_close(w);
}

static void values_are_counted(void **state)
{
	(void)state;
	count_all(1, QUERIES);
	count_all(NAIVE_DATABASES, QUERIES / 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(three_files_are_as_one),
		cmocka_unit_test(values_are_counted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
