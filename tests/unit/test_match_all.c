/*
 * All of some words where so many papers have them that they are counted about: the best are the same as without
 * ranking lists, and what is said of the total holds. Some papers are gone.
 */
#include "list_answers.h"

#include <stdlib.h>

#include "buf.h"
#include "dice.h"

enum { PAPERS = 24000, ONE_GONE_IN = 8, WORDS = 8, QUERIES = 200, KEEP = 10, TEXT_SIZE = 64 };

static char            path[SCRATCH_PATH_SIZE];
static sheaf_error     error;
static sheaf_database *db;

/* Of a hundred papers, how many have each word. */
static const size_t shares[WORDS] = {99, 98, 96, 93, 85, 50, 8, 1};

/* A paper has a word up to seven times; in later papers more often, so that the best are not spread evenly. */
static void put_words(buf *text, dice *d, unsigned number)
{
	for (size_t i = 0; i < WORDS; i++) {
		size_t most = dice_one_in(d, 40) ? 7 : 1 + number / 12000;

		if (dice_below(d, 100) >= shares[i])
			continue;
		for (size_t k = dice_below(d, most) + 1; k; k--)
			buf_printf(text, "word%c ", (char)('a' + (int)i));
	}
	for (size_t k = dice_below(d, 30); k; k--)
		buf_puts(text, "filling ");
}

static void put_paper(sheaf_database *to, dice *d, unsigned number)
{
	char            id[32];
	sheaf_document *doc;
	buf             title = BUF_INIT(0), abstract = BUF_INIT(0);

	snprintf(id, sizeof id, "2401.%05u", number);
	buf_puts(&title, dice_one_in(d, 9) ? "worda" : "other");
	put_words(&abstract, d, number);
	must(sheaf_document_new(&doc, &error), &error);
	must(scratch_paper(doc, id, title.data, buf_str(&abstract), &error), &error);
	must(sheaf_document_add_category(doc, dice_one_in(d, 5) ? "cs.NE" : "cs.LG", &error),
	     &error);
	must(sheaf_database_replace_document(to, doc, NULL, NULL, &error), &error);
	buf_free(&title);
	buf_free(&abstract);
	sheaf_document_free(doc);
}

static void remove_some(dice *d)
{
	must(sheaf_database_begin_transaction(db, &error), &error);
	for (unsigned i = 1; i <= PAPERS; i++) {
		char id[32];

		snprintf(id, sizeof id, "2401.%05u", i);
		if (dice_one_in(d, ONE_GONE_IN))
			must(sheaf_database_delete_document(db, id, &error), &error);
	}
	must(sheaf_database_commit_transaction(db, &error), &error);
}

/* Two to four words, each once; some only of a category, or of the title. */
static void write_query(unsigned number, char text[TEXT_SIZE])
{
	dice     d;
	size_t   count = 2 + number % 3, len = 0;
	unsigned used = 0;

	dice_start(&d, 0xA12, number, 0);
	while (count) {
		size_t i = dice_below(&d, dice_below(&d, WORDS) + 1);

		if (used >> i & 1)
			continue;
		used |= 1u << i;
		count--;
		len += (size_t)snprintf(text + len, TEXT_SIZE - len, "word%c ",
		                        (char)('a' + (int)i));
	}
	if (number % 7 == 6)
		snprintf(text + len, TEXT_SIZE - len, "cat:cs.NE");
	else if (number % 7 == 5)
		snprintf(text + len, TEXT_SIZE - len, "ti:worda");
}

static void ask_all(list_answer *answers, size_t least)
{
	for (unsigned i = 0; i < QUERIES; i++) {
		char           text[TEXT_SIZE];
		sheaf_enquire *e;
		sheaf_mset    *mset;

		write_query(i, text);
		must(scratch_enquire(db, text, SHEAF_OP_AND, &e, &error), &error);
		sheaf_enquire_set_check_at_least(e, least);
		if (i % 5 == 4)
			sheaf_enquire_set_revision_range(e, PAPERS / 7, 0);
		must(sheaf_enquire_get_mset(e, 0, KEEP, &mset, &error), &error);
		memset(&answers[i], 0, sizeof answers[i]);
		list_answer_read(mset, &answers[i]);
		sheaf_mset_free(mset);
		sheaf_enquire_free(e);
	}
}

static list_answer with[QUERIES], exactly[QUERIES], without[QUERIES];

static void the_best_are_the_same(void **state)
{
	(void)state;
	for (unsigned i = 0; i < QUERIES; i++) {
		list_answer best = with[i];

		best.hits = best.low = best.high = without[i].hits;
		list_answers_equal(i, "about", &best, &without[i]);
	}
}

static void an_exact_total_is_to_be_had(void **state)
{
	(void)state;
	for (unsigned i = 0; i < QUERIES; i++)
		list_answers_equal(i, "exactly", &exactly[i], &without[i]);
}

static void what_is_said_of_the_total_holds(void **state)
{
	size_t estimated = 0;

	(void)state;
	for (unsigned i = 0; i < QUERIES; i++) {
		int64_t hits = without[i].hits;

		assert_in_range(hits, with[i].low, with[i].high);
		assert_in_range(with[i].hits, with[i].low, with[i].high);
		assert_in_range(with[i].hits, hits - hits / 10, hits + hits / 10);
		estimated += with[i].low < with[i].high;
	}
	assert_true(estimated > QUERIES / 10);
	assert_true(estimated < QUERIES);
}

static void ask_every_way(void)
{
	ask_all(with, 0);
	ask_all(exactly, SIZE_MAX);
	db = reopen_without_lists(db, path);
	ask_all(without, 0);
}

static int make(void **state)
{
	dice d;

	(void)state;
	dice_start(&d, 0xA11, 0, 0);
	scratch_path(path, "match-all");
	db = scratch_fill(path, PAPERS, put_paper, &d);
	remove_some(&d);
	ask_every_way();
	return 0;
}

static int clean(void **state)
{
	(void)state;
	sheaf_database_close(db);
	scratch_remove(path);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_best_are_the_same),
		cmocka_unit_test(an_exact_total_is_to_be_had),
		cmocka_unit_test(what_is_said_of_the_total_holds),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
