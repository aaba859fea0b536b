/*
 * The best few of one word, or of a prefix, are the first of all its documents in order, with the same weights,
 * in whichever column and range of revisions, with documents gone and lengths in bytes or not.
 */
#include "scratch_db.h"

#include <string.h>

#include "buf.h"
#include "database_private.h"
#include "dice.h"

enum { PAPERS = 4000, GONE = 150, WORDS = 30, FEW = 7 };

static char            path[SCRATCH_PATH_SIZE];
static sheaf_error     error;
static sheaf_database *db;

#define OK(call) must((call), &error)

/* The commoner, the lower its number. */
static void put_word(dice *d, buf *text)
{
	static const char *const endings[] = {"", "s", "ing"};
	size_t                   n = dice_below(d, dice_below(d, WORDS) + 1);

	buf_printf(text, "w%c%c%s ", (char)('a' + (int)(n / 6)), (char)('a' + (int)(n % 6)),
	           endings[dice_below(d, 3)]);
}

/* `most` words or fewer; now and then one many times, so that no common code says how often. */
static void put_text(dice *d, sheaf_document *doc, sheaf_field field, size_t most)
{
	size_t times = dice_one_in(d, 60) ? dice_below(d, 300) : 0;
	buf    text = BUF_INIT(0);

	for (size_t i = dice_below(d, most) + 1; i; i--)
		put_word(d, &text);
	for (; times; times--)
		buf_puts(&text, "wab ");
	OK(sheaf_document_set_text(doc, field, text.data, text.len, &error));
	buf_free(&text);
}

static void put_paper(sheaf_database *to, dice *d, unsigned number)
{
	sheaf_author    author = {.forenames = "Ada", .keyname = dice_one_in(d, 3) ? "Wab" : "Wcd"};
	char            id[32];
	sheaf_document *doc;

	snprintf(id, sizeof id, "2401.%05u", number);
	OK(sheaf_document_new(&doc, &error));
	OK(sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, &error));
	put_text(d, doc, SHEAF_FIELD_TITLE, 5);
	put_text(d, doc, SHEAF_FIELD_ABSTRACT, dice_one_in(d, 3) ? 5 : 80);
	OK(sheaf_document_add_author(doc, &author, &error));
	OK(sheaf_database_replace_document(to, doc, NULL, NULL, &error));
	sheaf_document_free(doc);
}

static int make(void **state)
{
	dice d;

	(void)state;
	dice_start(&d, 0x10E, 0, 0);
	scratch_path(path, "match-one");
	db = scratch_fill(path, PAPERS, put_paper, &d);
	for (unsigned i = 0; i < GONE; i++) {
		char id[32];

		snprintf(id, sizeof id, "2401.%05u", i * (PAPERS / GONE) + 1);
		OK(sheaf_database_delete_document(db, id, &error));
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

static sheaf_mset *ask(const char *text, sheaf_revision after, sheaf_revision until, size_t keep)
{
	sheaf_query_parser *qp;
	sheaf_query        *query;
	sheaf_enquire      *e;
	sheaf_mset         *mset;

	OK(sheaf_query_parser_new(&qp, &error));
	sheaf_query_parser_set_stopper(qp, NULL);
	OK(sheaf_query_parser_parse_query(qp, text, SHEAF_FLAG_DEFAULT, &query, &error));
	OK(sheaf_enquire_new(db, &e, &error));
	sheaf_enquire_set_query(e, query);
	sheaf_enquire_set_revision_range(e, after, until);
	OK(sheaf_enquire_get_mset(e, 0, keep, &mset, &error));
	sheaf_enquire_free(e);
	sheaf_query_parser_free(qp);
	return mset;
}

/* Answers how many documents were left out of the few. */
static size_t compare(const char *text, sheaf_revision after, sheaf_revision until)
{
	/* All are kept, so none is passed over. */
	sheaf_mset *all = ask(text, after, until, PAPERS), *few = ask(text, after, until, FEW);
	size_t      count = sheaf_mset_size(all), least = count < FEW ? count : FEW;

	assert_int_equal(sheaf_mset_size(few), least);
	assert_int_equal(sheaf_mset_get_matches_estimated(all), count);
	assert_int_equal(sheaf_mset_get_matches_estimated(few), count);
	for (size_t i = 0; i < least; i++) {
		double a = sheaf_mset_get_weight(all, i), b = sheaf_mset_get_weight(few, i);

		if (sheaf_mset_get_docid(all, i) != sheaf_mset_get_docid(few, i) ||
		    memcmp(&a, &b, sizeof a) != 0)
			fail_msg("%s (%lld to %lld), item %zu: %.17g, of all %.17g", text,
			         (long long)after, (long long)until, i, b, a);
	}
	sheaf_mset_free(few);
	sheaf_mset_free(all);
	return count - least;
}

static void few_are_the_first_of_all(void **state)
{
	static const char *const queries[] = {"waa",     "wab",     "wabs",   "ti:waa",  "ti:wab",
	                                      "abs:wab", "abs:wbc", "au:wab", "=wab",    "=wabs",
	                                      "wa*",     "w*",      "ti:w*",  "abs:wb*", "wee"};
	size_t                   left = 0;

	(void)state;
	OK(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, &error));
	/* At first lengths are read as numbers; from the second time on there are bytes for them. */
	for (int round = 0; round < 3; round++)
		for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
			left += compare(queries[i], 0, 0);
			left += compare(queries[i], 700, 0);
			left += compare(queries[i], 1023, 2048);
			left += compare(queries[i], 0, 1500);
		}
	assert_true(db->ranking.dead > 0 && db->values.codes.blocks > 1);
	assert_int_equal(db->values.codes.seen[1], LENGTH_CODED);
	assert_true(left > PAPERS);
	sheaf_database_close(db);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(few_are_the_first_of_all),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
