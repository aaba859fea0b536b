/*
 * Neighbouring words of queries in a database so large that their documents are counted in a sample: a count is
 * the same whatever was counted before it, and with ranking lists as without.
 */
#include "list_answers.h"

#include <stdlib.h>

#include "buf.h"
#include "dice.h"

/* More revisions than are all looked at. Sentences come again and again, so that words are neighbours often. */
enum { PAPERS = 18000, WORDS = 150, SENTENCES = 400, WORDS_EACH = 6, QUERIES = 150, KEEP = 30 };

static char            path[SCRATCH_PATH_SIZE];
static sheaf_error     error;
static sheaf_database *db;

/* The i-th word of a sentence; the commoner, the lower its number. */
static void put_word(buf *text, unsigned sentence, size_t i)
{
	dice   d;
	size_t n;

	dice_start(&d, 0x5E17, sentence, (unsigned)i);
	n = dice_below(&d, dice_below(&d, WORDS) + 1);
	buf_printf(text, "w%c%c ", (char)('a' + (int)(n / 20)), (char)('a' + (int)(n % 20)));
}

static void put_paper(sheaf_database *to, dice *d, unsigned number)
{
	char id[32];
	buf  title = BUF_INIT(0), abstract = BUF_INIT(0);

	snprintf(id, sizeof id, "2401.%05u", number);
	put_word(&title, number, 0);
	for (size_t sentences = 1 + dice_below(d, 3); sentences; sentences--) {
		unsigned sentence = (unsigned)dice_below(d, dice_one_in(d, 2) ? SENTENCES
		                                                              : SENTENCES / 8);

		for (size_t i = 0; i < WORDS_EACH; i++)
			put_word(&abstract, sentence, i);
	}
	scratch_put(to, id, title.data, abstract.data);
	buf_free(&title);
	buf_free(&abstract);
}

static int make(void **state)
{
	dice d;

	(void)state;
	dice_start(&d, 0xFA125, 0, 0);
	scratch_path(path, "match-pairs");
	db = scratch_fill(path, PAPERS, put_paper, &d);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	sheaf_database_close(db);
	scratch_remove(path);
	return 0;
}

/* Three or four words as they stand in a sentence, some as written; in every fourth query of the newest revisions only. */
static void ask(unsigned number, buf *text, list_answer *a)
{
	dice           d;
	sheaf_enquire *e;
	sheaf_mset    *mset;
	size_t         count = 3 + number / 2 % 2;
	unsigned       sentence;

	dice_start(&d, 0xA5C, number, 0);
	sentence = (unsigned)dice_below(&d, SENTENCES);
	buf_clear(text);
	for (size_t i = dice_below(&d, WORDS_EACH - count + 1); count; i++, count--) {
		buf_puts(text, number % 2 ? "=" : "");
		put_word(text, sentence, i);
	}
	must(scratch_enquire(db, text->data, number % 3 ? SHEAF_OP_OR : SHEAF_OP_AND, &e, &error),
	     &error);
	if (dice_one_in(&d, 4))
		sheaf_enquire_set_revision_range(e, PAPERS - 2000, 0);
	must(sheaf_enquire_get_mset(e, 0, KEEP, &mset, &error), &error);
	memset(a, 0, sizeof *a);
	list_answer_read(mset, a);
	sheaf_mset_free(mset);
	sheaf_enquire_free(e);
}

/* Forgets what was counted. */
static void reopen(void)
{
	sheaf_database_close(db);
	must(sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, &error), &error);
}

static void ask_all(list_answer *answers)
{
	buf text = BUF_INIT(0);

	for (unsigned i = 0; i < QUERIES; i++)
		ask(i, &text, &answers[i]);
	buf_free(&text);
}

static void compare_all(const list_answer *a, const list_answer *b)
{
	for (unsigned i = 0; i < QUERIES; i++)
		list_answers_equal(i, "neighbours", &a[i], &b[i]);
}

static void answers_are_the_same(void **state)
{
	list_answer *with = calloc(QUERIES, sizeof *with);
	list_answer *other = calloc(QUERIES, sizeof *other);
	buf          text = BUF_INIT(0);
	int64_t      matches = 0;

	(void)state;
	assert_non_null(with);
	assert_non_null(other);
	reopen();
	ask_all(with);
	for (unsigned i = QUERIES; i-- > 0;) {
		if (i % 10 == 9)
			reopen();
		ask(i, &text, &other[i]);
		matches += other[i].hits;
	}
	assert_true(matches > (int64_t)QUERIES * KEEP);
	compare_all(with, other);
	db = reopen_without_lists(db, path);
	ask_all(other);
	compare_all(with, other);
	buf_free(&text);
	free(with);
	free(other);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(answers_are_the_same),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
