/*
 * Ranking lists are only an acceleration: every answer is the same with and without them, to the last bit of
 * the weight. Thousands of random queries over random papers, with papers deleted, rewritten and added after
 * the lists were made.
 */
#include "list_answers.h"

#include <stdlib.h>

#include "buf.h"
#include "database_private.h"
#include "dice.h"

enum { PAPERS = 2600, LATER = 700, WORDS = 400, QUERIES = 2000, KEEP = 30 };

static char        path[SCRATCH_PATH_SIZE];
static sheaf_error error;

/* ---- papers ---- */

/* The commoner, the lower its number; with endings, so that families have several words. */
static void put_word(dice *d, buf *text)
{
	static const char *const endings[] = {"", "", "", "s", "ing", "ed"};
	size_t                   n = dice_below(d, dice_below(d, dice_below(d, WORDS) + 1) + 1);

	buf_printf(text, "w%c%c%s ", (char)('a' + (int)(n / 20)), (char)('a' + (int)(n % 20)),
	           endings[dice_below(d, 6)]);
}

static void put_text(dice *d, sheaf_document *doc, sheaf_field field, size_t most)
{
	buf text = BUF_INIT(0);

	for (size_t i = dice_below(d, most + 1) + 1; i; i--)
		put_word(d, &text);
	must(sheaf_document_set_text(doc, field, text.data, text.len, &error), &error);
	buf_free(&text);
}

static void put_paper(sheaf_database *db, dice *d, unsigned number)
{
	static const char *const categories[] = {"cs.NE", "cs.LG", "math.NA", "hep-th", "q-bio.NC"};
	char                     id[32];
	buf                      name = BUF_INIT(0);
	sheaf_author             author = {.forenames = "Ada"};
	sheaf_document          *doc;

	snprintf(id, sizeof id, "24%02u.%05u", number % 12 + 1, number);
	must(sheaf_document_new(&doc, &error), &error);
	must(sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, &error), &error);
	put_text(d, doc, SHEAF_FIELD_TITLE, 8);
	put_text(d, doc, SHEAF_FIELD_ABSTRACT, dice_one_in(d, 4) ? 6 : 60);
	if (dice_one_in(d, 3))
		put_text(d, doc, SHEAF_FIELD_COMMENTS, 5);
	if (dice_one_in(d, 5))
		put_text(d, doc, SHEAF_FIELD_JOURNAL_REF, 2);
	put_word(d, &name);
	author.keyname = name.data;
	must(sheaf_document_add_author(doc, &author, &error), &error);
	for (size_t i = dice_below(d, 3); i; i--)
		must(sheaf_document_add_category(
			     doc, categories[dice_below(d, dice_below(d, 5) + 1)], &error),
		     &error);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &error), &error);
	buf_free(&name);
	sheaf_document_free(doc);
}

static int make(void **state)
{
	sheaf_database *db;
	dice            d;

	(void)state;
	dice_start(&d, 0x11575, 0, 0);
	scratch_path(path, "match-lists");
	db = scratch_fill(path, PAPERS, put_paper, &d);
	for (unsigned i = 1; i <= LATER; i++) {
		unsigned number = (unsigned)dice_below(&d, PAPERS) + 1;
		char     id[32];

		snprintf(id, sizeof id, "24%02u.%05u", number % 12 + 1, number);
		if (i % 3 == 0)
			put_paper(db, &d, PAPERS + i);
		else if (i % 3 == 1)
			put_paper(db, &d, number);
		else if (sheaf_database_delete_document(db, id, &error) != SHEAF_OK)
			assert_int_equal(error.status, SHEAF_ERROR_DOC_NOT_FOUND);
	}
	sheaf_database_close(db);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	scratch_remove(path);
	return 0;
}

/* ---- queries ---- */

/* Of one word, or of any. */
static void put_prefix(dice *d, buf *text)
{
	size_t start = text->len;

	put_word(d, text);
	buf_truncate(text,
	             start + (dice_one_in(d, 12) ? 1 : 2 + dice_below(d, text->len - start - 2)));
	buf_puts(text, "* ");
}

/* A phrase, words near each other or in order, or joined by a hyphen: few and common ones, so that they meet. */
static void put_sequence(dice *d, buf *text)
{
	static const char *const joins[] = {" ", " ", " NEAR/3 ", " NEAR/8 ", " ADJ/4 ", "-"};
	static const char *const endings[] = {"", "", "s", "ing"};
	const char              *join = joins[dice_below(d, 6)];
	size_t                   count = *join == '-' ? 2 : 2 + dice_below(d, 2);

	if (!join[1] && *join == ' ')
		buf_puts(text, "\"");
	for (size_t i = 0; i < count; i++)
		buf_printf(text, "%swa%c%s", i ? join : "",
		           (char)('a' + (int)dice_below(d, dice_one_in(d, 3) ? 6 : 2)),
		           endings[dice_below(d, 4)]);
	buf_puts(text, !join[1] && *join == ' ' ? "\" " : " ");
}

static void put_leaf(dice *d, buf *text)
{
	static const char *const conditions[] = {
		"cat:cs.NE",     "cat:cs.LG",   "cat:math.NA",
		"cat:cs.*",      "cat:m*",      "submitted:2024-03",
		"id:2401.00012", "-cat:hep-th", "submitted:2024-02..2024-09",
		"id:24*",        "-cat:q*",     "-id:2402.00013"};
	static const char *const fields[] = {
		"", "", "", "", "ti:", "abs:", "au:", "co:", "=", "jr:"};

	if (dice_one_in(d, 6)) {
		buf_printf(text, "%s ", conditions[dice_below(d, 12)]);
		return;
	}
	buf_puts(text, fields[dice_below(d, 10)]);
	if (dice_one_in(d, 8))
		put_prefix(d, text);
	else if (dice_one_in(d, 6))
		put_sequence(d, text);
	else
		put_word(d, text);
}

static void put_query(dice *d, buf *text, int depth)
{
	static const char *const joins[] = {"", "", "OR ", "OR ", "AND ", "NOT ", "AND_MAYBE "};
	const char              *join = joins[dice_below(d, 7)];
	size_t                   parts = dice_below(d, 4) + 1;

	for (size_t i = 0; i < parts; i++) {
		if (i)
			buf_puts(text, *join ? join : "");
		if (depth && dice_one_in(d, 4)) {
			buf_puts(text, "(");
			put_query(d, text, depth - 1);
			buf_puts(text, ") ");
		} else {
			put_leaf(d, text);
		}
	}
}

static void set_up(dice *d, sheaf_enquire *e)
{
	sheaf_revision begin = (sheaf_revision)dice_below(d, PAPERS);

	switch (dice_below(d, 12)) {
	case 0: sheaf_enquire_set_sort_by_value(e, SHEAF_FIELD_SUBMITTED, dice_one_in(d, 2)); break;
	case 1: sheaf_enquire_set_revision_range(e, begin, begin + 900); break;
	case 2: sheaf_enquire_set_revision_range(e, begin, 0); break;
	case 3: sheaf_enquire_set_cutoff_percent(e, 40); break;
	case 4: sheaf_enquire_set_cutoff(e, 2.5); break;
	case 5: sheaf_enquire_set_docid_order(e, SHEAF_DOCID_ASCENDING); break;
	case 6: sheaf_enquire_set_bool_weighting(e); break;
	case 7: sheaf_enquire_set_sort_by_relevance_then_value(e, SHEAF_FIELD_UPDATED, 0); break;
	default: break;
	}
}

/* Words that count as one, some of them of one family, as they are or in any form. */
static sheaf_query *make_synonym(dice *d)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_ANY, SHEAF_FIELD_ANY, SHEAF_FIELD_TITLE,
	                                     SHEAF_FIELD_ABSTRACT, SHEAF_FIELD_COMMENTS};
	static const char *const endings[] = {"", "s", "ing", "ed"};
	sheaf_field              field = fields[dice_below(d, 5)];
	size_t                   count = 1 + dice_below(d, 4);
	char                     first = (char)('a' + (int)dice_below(d, 20));
	sheaf_query             *subs[4], *q;

	for (size_t i = 0; i < count; i++) {
		char word_text[16];

		snprintf(word_text, sizeof word_text, "wa%c%s",
		         dice_one_in(d, 2) ? first : (char)('a' + (int)dice_below(d, 20)),
		         endings[dice_below(d, 4)]);
		must(sheaf_query_new_term(field, word_text,
		                          dice_one_in(d, 2) ? SHEAF_TERM_STEMMED : 0, &subs[i],
		                          &error),
		     &error);
	}
	must(sheaf_query_new_op(SHEAF_OP_SYNONYM, subs, count, 0, &q, &error), &error);
	return q;
}

/* Joins a query with a synonym. */
static sheaf_query *with_synonym(dice *d, sheaf_query *query)
{
	static const sheaf_op ops[] = {SHEAF_OP_OR, SHEAF_OP_OR, SHEAF_OP_AND, SHEAF_OP_AND_NOT,
	                               SHEAF_OP_AND_MAYBE};
	sheaf_query          *subs[] = {query, make_synonym(d)}, *q;

	must(sheaf_query_new_op(ops[dice_below(d, 5)], subs, 2, 0, &q, &error), &error);
	return q;
}

/* The `number`-th query; what it is depends on that alone. */
static void ask(sheaf_database *db, unsigned number, buf *text, list_answer *a)
{
	dice                d;
	sheaf_query_parser *qp;
	sheaf_query        *query;
	sheaf_enquire      *e;
	sheaf_mset         *mset;

	memset(a, 0, sizeof *a);
	dice_start(&d, 0xA5C, number, 0);
	buf_clear(text);
	put_query(&d, text, 2);
	must(sheaf_query_parser_new(&qp, &error), &error);
	sheaf_query_parser_set_stopper(qp, NULL);
	if (sheaf_query_parser_parse_query(qp, text->data, SHEAF_FLAG_DEFAULT, &query, &error) !=
	    SHEAF_OK) {
		sheaf_query_parser_free(qp);
		return;
	}
	if (dice_one_in(&d, 6))
		query = with_synonym(&d, query);
	must(sheaf_enquire_new(db, &e, &error), &error);
	sheaf_enquire_set_query(e, query);
	set_up(&d, e);
	must(sheaf_enquire_get_mset(e, 0, dice_one_in(&d, 3) ? 3 : KEEP, &mset, &error), &error);
	list_answer_read(mset, a);
	sheaf_mset_free(mset);
	sheaf_enquire_free(e);
	sheaf_query_parser_free(qp);
}

static void answers_are_the_same(void **state)
{
	list_answer    *with = calloc(QUERIES, sizeof *with), without;
	buf             text = BUF_INIT(0);
	sheaf_database *db;
	sheaf_revision  until;
	int64_t         matches = 0;

	(void)state;
	assert_non_null(with);
	must(sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, &error), &error);
	must(database_begin_read(db, &error), &error);
	must(ranking_until(db, &until, &error), &error);
	assert_true(until >= PAPERS && until < db->totals.revision);
	assert_true(db->ranking.dead > 0);
	database_end_read(db);
	for (unsigned i = 0; i < QUERIES; i++)
		ask(db, i, &text, &with[i]);
	db = reopen_without_lists(db, path);
	for (unsigned i = 0; i < QUERIES; i++) {
		ask(db, i, &text, &without);
		list_answers_equal(i, text.data, &with[i], &without);
		matches += without.hits;
	}
	assert_true(matches > QUERIES);
	sheaf_database_close(db);
	buf_free(&text);
	free(with);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_the_same),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
