/*
 * Results in the order of dates, and what facets count, with ranking lists: the same as without,
 * and as the papers themselves have it. Papers come in any order of dates; some have none, some
 * only a month, some are gone.
 */
#include "list_answers.h"

#include <stdlib.h>

#include "buf.h"
#include "database_private.h"
#include "dice.h"

enum {
	PAPERS = 3500,
	LATER = 2600, /* changes after the lists were made */
	WORDS = 14,
	QUERIES = 700,
	KEEP = ANSWER_ITEMS,
	VALUES = 64,
	DAY = 86400,
	STEP = 256
};

static char        path[SCRATCH_PATH_SIZE];
static sheaf_error error;

/* ---- papers ---- */

static void put_words(dice *d, sheaf_document *doc, sheaf_field field, size_t most)
{
	buf text = BUF_INIT(0);

	for (size_t i = dice_below(d, most) + 1; i; i--)
		buf_printf(&text, "word%c ",
		           (char)('a' + (int)dice_below(d, dice_below(d, WORDS) + 1)));
	must(sheaf_document_set_text(doc, field, text.data, text.len, &error), &error);
	buf_free(&text);
}

/*
 * Most dates grow with the papers; some are any. Few days are there, so that many are equal, and
 * some in each block are the first or the last of all, on the edges of the steps that ranges of
 * blocks are noted in.
 */
static void put_date(dice *d, sheaf_document *doc, sheaf_field field, unsigned number)
{
	int64_t day = 4000 + number / 3;

	if (dice_one_in(d, 5))
		day = dice_one_in(d, 4) ? dice_one_in(d, 2) * 9000 : (int64_t)dice_below(d, 9000);
	if (!dice_one_in(d, 6))
		must(sheaf_document_set_value(
			     doc, field, day * 338 * STEP + (day > 4000 ? STEP - 1 : 0), &error),
		     &error);
}

static void put_paper(sheaf_database *db, dice *d, unsigned number)
{
	static const char *const categories[] = {"cs.NE", "cs.LG", "math.NA", "hep-th"};
	char                     id[32];
	sheaf_document          *doc;

	if (number % 5)
		snprintf(id, sizeof id, "paper-%05u", number);
	else
		snprintf(id, sizeof id, "%02u%02u.%05u", number % 9 + 10, number % 12 + 1, number);
	must(sheaf_document_new(&doc, &error), &error);
	must(sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, &error), &error);
	put_words(d, doc, SHEAF_FIELD_TITLE, 3);
	put_words(d, doc, SHEAF_FIELD_ABSTRACT, 8);
	put_date(d, doc, SHEAF_FIELD_SUBMITTED, number);
	put_date(d, doc, SHEAF_FIELD_UPDATED, number + 50);
	for (size_t i = dice_below(d, 3) + 1; i; i--)
		must(sheaf_document_add_category(doc, categories[dice_below(d, 4)], &error),
		     &error);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &error), &error);
	sheaf_document_free(doc);
}

static void remove_paper(sheaf_database *db, unsigned number)
{
	char id[32];

	snprintf(id, sizeof id, "paper-%05u", number);
	if (sheaf_database_delete_document(db, id, &error) != SHEAF_OK)
		assert_int_equal(error.status, SHEAF_ERROR_DOC_NOT_FOUND);
}

static int make(void **state)
{
	sheaf_database *db;
	dice            d;

	(void)state;
	dice_start(&d, 0x9E37, 0, 0);
	scratch_path(path, "match-newest");
	db = scratch_fill(path, PAPERS, put_paper, &d);
	must(sheaf_database_begin_transaction(db, &error), &error);
	for (unsigned i = 1; i <= LATER; i++)
		if (i % 4 == 0)
			remove_paper(db, (unsigned)dice_below(&d, PAPERS) + 1);
		else
			put_paper(db, &d,
			          i % 4 == 1 ? (unsigned)dice_below(&d, PAPERS) + 1 : PAPERS + i);
	must(ranking_cover(db, db->totals.revision - 300, &error), &error);
	must(sheaf_database_commit_transaction(db, &error), &error);
	sheaf_database_close(db);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	scratch_remove(path);
	return 0;
}

/* ---- answers ---- */

typedef struct value_count {
	char    value[16];
	int64_t count;
} value_count;

typedef struct answer {
	list_answer items;
	int64_t     seen;
	size_t      value_count;
	value_count values[VALUES];
} answer;

/* What is asked for beside the query. */
typedef struct manner {
	sheaf_field sort, facet;
	int         reverse, oldest, then_relevance, by_relevance, counts;
	size_t      keep;
} manner;

static manner choose_manner(dice *d)
{
	static const sheaf_field dates[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
	                                    SHEAF_FIELD_DATE};
	static const sheaf_field facets[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_DATE,
	                                     SHEAF_FIELD_CATEGORY, SHEAF_FIELD_PRIMARY_CATEGORY};

	return (manner){.sort = dates[dice_below(d, 3)],
	                .facet = facets[dice_below(d, 4)],
	                .reverse = dice_one_in(d, 3),
	                .oldest = dice_one_in(d, 3),
	                .then_relevance = dice_one_in(d, 4),
	                .by_relevance = dice_one_in(d, 6),
	                .counts = dice_one_in(d, 3),
	                .keep = dice_one_in(d, 4) ? 3 : KEEP};
}

static void put_query(dice *d, buf *text)
{
	static const char *const shapes[] = {
		"%s",           "%s",        "%s OR %s",     "%s OR %s",
		"%s AND %s",    "%s NOT %s", "%s %s",        "ti:%s",
		"%s OR abs:%s", "cat:cs.NE", "cat:cs.NE %s", "cat:cs.LG OR cat:hep-th"};
	static const char *const ranges[] = {" submitted:1984", " date:1982..1985-06",
	                                     " updated:..1983-02-11", " submitted:1990.."};
	const char              *shape = shapes[dice_below(d, 12)];

	for (; *shape; shape++) {
		if (*shape == '%')
			buf_printf(text, "word%c", (char)('a' + (int)dice_below(d, WORDS)));
		else if (shape[0] != 's' || shape[-1] != '%')
			buf_putc(text, *shape);
	}
	if (dice_one_in(d, 3))
		buf_puts(text, ranges[dice_below(d, 4)]);
}

static int take_value(void *ctx, const char *value, size_t len, int64_t count)
{
	answer *a = ctx;

	assert_true(a->value_count < VALUES && len < sizeof a->values->value);
	memcpy(a->values[a->value_count].value, value, len + 1);
	a->values[a->value_count++].count = count;
	return 0;
}

static void set_up(sheaf_enquire *e, const manner *m)
{
	if (m->then_relevance)
		sheaf_enquire_set_sort_by_value_then_relevance(e, m->sort, m->reverse);
	else if (!m->by_relevance)
		sheaf_enquire_set_sort_by_value(e, m->sort, m->reverse);
	if (m->oldest)
		sheaf_enquire_set_docid_order(e, SHEAF_DOCID_ASCENDING);
}

/* The `number`-th query, in the manner that it is asked for. */
static manner ask(sheaf_database *db, unsigned number, buf *text, answer *a)
{
	dice                d;
	manner              m;
	sheaf_query_parser *qp;
	sheaf_query        *query;
	sheaf_enquire      *e;
	sheaf_match_spy    *spy;
	sheaf_mset         *mset;

	memset(a, 0, sizeof *a);
	dice_start(&d, 0x5EED, number, 0);
	buf_clear(text);
	put_query(&d, text);
	m = choose_manner(&d);
	must(sheaf_query_parser_new(&qp, &error), &error);
	must(sheaf_query_parser_parse_query(qp, text->data, SHEAF_FLAG_DEFAULT, &query, &error),
	     &error);
	must(sheaf_enquire_new(db, &e, &error), &error);
	must(sheaf_value_count_match_spy_new(db, m.facet, &spy, &error), &error);
	sheaf_enquire_set_query(e, query);
	set_up(e, &m);
	if (m.counts)
		must(sheaf_enquire_add_matchspy(e, spy, &error), &error);
	must(sheaf_enquire_get_mset(e, 0, m.keep, &mset, &error), &error);
	list_answer_read(mset, &a->items);
	a->seen = sheaf_match_spy_get_total(spy);
	if (m.counts)
		must(sheaf_match_spy_top_values(spy, 0, take_value, a, &error), &error);
	sheaf_mset_free(mset);
	sheaf_match_spy_free(spy);
	sheaf_enquire_free(e);
	sheaf_query_parser_free(qp);
	return m;
}

/* ---- with lists and without ---- */

static void compare(unsigned number, const buf *text, const answer *a, const answer *b)
{
	list_answers_equal(number, text->data, &a->items, &b->items);
	if (a->seen != b->seen)
		fail_msg("query %u: %s: seen %lld, without lists %lld", number, text->data,
		         (long long)a->seen, (long long)b->seen);
	assert_int_equal(a->value_count, b->value_count);
	assert_memory_equal(a->values, b->values, sizeof a->values);
}

static void answers_are_the_same(void **state)
{
	answer            *with = calloc(QUERIES, sizeof *with), without;
	buf                text = BUF_INIT(0);
	sheaf_database    *db;
	const ranking_run *runs;
	size_t             count;
	int64_t            hits = 0, seen = 0;

	(void)state;
	assert_non_null(with);
	must(sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, &error), &error);
	must(sheaf_database_check(db, &error), &error);
	must(database_begin_read(db, &error), &error);
	must(ranking_runs(db, &runs, &count, &error), &error);
	assert_true(count > 1 && runs[count - 1].last < db->totals.revision);
	assert_true(db->ranking.dead > 0);
	database_end_read(db);
	for (unsigned i = 0; i < QUERIES; i++)
		ask(db, i, &text, &with[i]);
	db = reopen_without_lists(db, path);
	for (unsigned i = 0; i < QUERIES; i++) {
		ask(db, i, &text, &without);
		compare(i, &text, &with[i], &without);
		hits += without.items.hits;
		seen += without.seen;
	}
	assert_true(hits > (int64_t)QUERIES * 100 && seen > QUERIES);
	sheaf_database_close(db);
	buf_free(&text);
	free(with);
}

/* ---- against the papers themselves ---- */

static sheaf_time date_of(sheaf_database *db, sheaf_docid docid, sheaf_field field)
{
	sheaf_document *doc;
	sheaf_time      time;

	must(sheaf_database_get_document(db, docid, &doc, &error), &error);
	time = document_get_date(doc, field).time;
	sheaf_document_free(doc);
	return time;
}

/* What has no date comes last, whichever way it goes. */
static void results_are_in_order(void **state)
{
	buf             text = BUF_INIT(0);
	sheaf_database *db;
	answer          a;

	(void)state;
	must(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, &error), &error);
	for (unsigned i = 0; i < 60; i++) {
		manner     m = ask(db, i, &text, &a);
		sheaf_time before = SHEAF_TIME_NONE;

		for (size_t j = 0; j < a.items.count && (!m.by_relevance || m.then_relevance);
		     j++) {
			sheaf_time time = date_of(db, a.items.docid[j], m.sort);

			if (j && time != SHEAF_TIME_NONE)
				assert_true(before != SHEAF_TIME_NONE &&
				            (m.reverse ? before <= time : before >= time));
			before = time;
		}
	}
	sheaf_database_close(db);
	buf_free(&text);
}

/* ---- years of whole blocks ---- */

enum { FIRST_YEAR = 1023, BOTH_YEARS = 2200 }; /* papers that are there by then */

static void put_dated(sheaf_database *db, sheaf_document *doc, unsigned number, int64_t time)
{
	char id[32];

	snprintf(id, sizeof id, "paper-%05u", number);
	must(scratch_paper(doc, id, "lamps", "light", &error), &error);
	if (time)
		must(sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, time, &error), &error);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &error), &error);
}

static void expect_years(sheaf_database *db, const char *query, const value_count *years,
                         size_t count)
{
	answer           a = {0};
	sheaf_match_spy *spy;
	sheaf_enquire   *e;
	sheaf_mset      *mset;
	sheaf_query     *q;

	must(sheaf_query_new_term(SHEAF_FIELD_ANY, query, 0, &q, &error), &error);
	must(sheaf_enquire_new(db, &e, &error), &error);
	must(sheaf_value_count_match_spy_new(db, SHEAF_FIELD_SUBMITTED, &spy, &error), &error);
	sheaf_enquire_set_query(e, q);
	must(sheaf_enquire_add_matchspy(e, spy, &error), &error);
	must(sheaf_enquire_get_mset(e, 0, 5, &mset, &error), &error);
	must(sheaf_match_spy_top_values(spy, 0, take_value, &a, &error), &error);
	assert_int_equal(a.value_count, count);
	for (size_t i = 0; i < count; i++) {
		assert_string_equal(a.values[i].value, years[i].value);
		assert_int_equal(a.values[i].count, years[i].count);
	}
	sheaf_mset_free(mset);
	sheaf_enquire_free(e);
	sheaf_match_spy_free(spy);
}

/*
 * The first block is all of 1970, the next of 1971 but for one paper without a date, the last of
 * both.
 */
static void years_of_whole_blocks(void **state)
{
	static const value_count years[] = {{"1971", 1099}, {"1970", 1100}};
	char                     own[SCRATCH_PATH_SIZE];
	sheaf_database          *db;
	sheaf_document          *doc;

	(void)state;
	scratch_path(own, "match-years");
	must(sheaf_database_open(own, SHEAF_DB_CREATE, NULL, &db, &error), &error);
	must(sheaf_document_new(&doc, &error), &error);
	must(sheaf_database_begin_transaction(db, &error), &error);
	for (unsigned i = 1; i <= BOTH_YEARS; i++)
		put_dated(db, doc, i,
		          DAY * (int64_t)(i <= FIRST_YEAR ? 100 + i % 200
		                          : i == 1500     ? 0
		                          : i < 2048      ? 400
		                                          : 300 + i % 2 * 100));
	must(sheaf_database_commit_transaction(db, &error), &error);
	expect_years(db, "light", years, 2);
	must(sheaf_database_compact(db, &error), &error);
	expect_years(db, "light", years, 2);
	sheaf_document_free(doc);
	sheaf_database_close(db);
	scratch_remove(own);
}

/*
 * The first block has the latest paper, and fills the heap; of those with the next date, the newest
 * are in the second.
 */
static void equal_dates_in_several_blocks(void **state)
{
	enum { SECOND = STEP * 1000 - 1, LATEST = STEP * 2000 - 1, EARLY = STEP * 10 };
	char            own[SCRATCH_PATH_SIZE];
	list_answer     a = {0};
	sheaf_database *db;
	sheaf_document *doc;
	sheaf_query    *q;
	sheaf_enquire  *e;
	sheaf_mset     *mset;

	(void)state;
	scratch_path(own, "match-equal");
	must(sheaf_database_open(own, SHEAF_DB_CREATE, NULL, &db, &error), &error);
	must(sheaf_document_new(&doc, &error), &error);
	must(sheaf_database_begin_transaction(db, &error), &error);
	for (unsigned i = 1; i <= BOTH_YEARS; i++)
		put_dated(db, doc, i, i == 500 ? LATEST : i < 2048 ? SECOND : EARLY);
	must(sheaf_database_commit_transaction(db, &error), &error);
	must(sheaf_database_compact(db, &error), &error);
	must(sheaf_query_new_term(SHEAF_FIELD_ANY, "light", 0, &q, &error), &error);
	must(sheaf_enquire_new(db, &e, &error), &error);
	sheaf_enquire_set_query(e, q);
	sheaf_enquire_set_sort_by_value(e, SHEAF_FIELD_SUBMITTED, 0);
	must(sheaf_enquire_get_mset(e, 0, 5, &mset, &error), &error);
	list_answer_read(mset, &a);
	assert_int_equal(a.count, 5);
	assert_int_equal(a.docid[0], 500);
	for (size_t i = 1; i < 5; i++)
		assert_int_equal(a.docid[i], 2048 - i);
	sheaf_mset_free(mset);
	sheaf_enquire_free(e);
	sheaf_document_free(doc);
	sheaf_database_close(db);
	scratch_remove(own);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(results_are_in_order),
		cmocka_unit_test(answers_are_the_same),
		cmocka_unit_test(years_of_whole_blocks),
		cmocka_unit_test(equal_dates_in_several_blocks),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
