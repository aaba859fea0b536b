/* How many documents match where they are too many to be counted one by one: what is said holds. */
#include "scratch_db.h"

#include <string.h>

#include "buf.h"
#include "database_private.h"

/* So many postings that they are not all read to count them. */
enum { PAPERS = 9000, WORDS = 30, TITLED = 100 };

static char            path[SCRATCH_PATH_SIZE];
static sheaf_error     error;
static sheaf_database *db;

static void put_word(buf *text, size_t n)
{
	buf_printf(text, "x%c%c ", (char)('a' + (int)(n / 20)), (char)('a' + (int)(n % 20)));
}

/* All papers have all words in the abstract; one in TITLED has one of them in the title. */
static void put_paper(sheaf_database *to, dice *d, unsigned number)
{
	char id[32];
	buf  title = BUF_INIT(0), abstract = BUF_INIT(0);

	(void)d;
	snprintf(id, sizeof id, "2401.%05u", number);
	buf_puts(&title, "other ");
	if (number % TITLED == 0)
		put_word(&title, number / TITLED % WORDS);
	for (size_t i = 0; i < WORDS; i++)
		put_word(&abstract, i);
	scratch_put(to, id, title.data, abstract.data);
	buf_free(&title);
	buf_free(&abstract);
}

static int make(void **state)
{
	(void)state;
	scratch_path(path, "match-total");
	db = scratch_fill(path, PAPERS, put_paper, NULL);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	sheaf_database_close(db);
	scratch_remove(path);
	return 0;
}

/* The matches of an OR of all words in a field; `exact`: it is said that they are so many. */
static void ask(const char *field, int64_t matches, int exact)
{
	buf         text = BUF_INIT(0);
	sheaf_mset *mset;

	for (size_t i = 0; i < WORDS; i++) {
		buf_puts(&text, field);
		put_word(&text, i);
	}
	must(scratch_search(db, text.data, SHEAF_OP_OR, 10, &mset, &error), &error);
	assert_int_equal(sheaf_mset_size(mset), 10);
	assert_in_range(matches, sheaf_mset_get_matches_lower_bound(mset),
	                sheaf_mset_get_matches_upper_bound(mset));
	assert_in_range(sheaf_mset_get_matches_estimated(mset),
	                sheaf_mset_get_matches_lower_bound(mset),
	                sheaf_mset_get_matches_upper_bound(mset));
	assert_int_equal(sheaf_mset_matches_exact(mset), exact);
	sheaf_mset_free(mset);
	/* Where there is room for all that match, they are counted. */
	must(scratch_search(db, text.data, SHEAF_OP_OR, PAPERS + 1, &mset, &error), &error);
	assert_int_equal(sheaf_mset_size(mset), matches);
	assert_int_equal(sheaf_mset_get_matches_estimated(mset), matches);
	assert_int_equal(sheaf_mset_matches_exact(mset), 1);
	sheaf_mset_free(mset);
	buf_free(&text);
}

static void words_anywhere(void **state)
{
	(void)state;
	/* The most frequent word has them all, and more there are not. */
	ask("", PAPERS, 1);
}

static void words_in_the_abstract(void **state)
{
	(void)state;
	ask("abs:", PAPERS, 1);
}

/* Where a word stands elsewhere does not count. */
static void words_in_the_title(void **state)
{
	(void)state;
	ask("ti:", PAPERS / TITLED, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_anywhere),
		cmocka_unit_test(words_in_the_abstract),
		cmocka_unit_test(words_in_the_title),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
