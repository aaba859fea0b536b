/*
 * The best of the papers that have any of some words are the same, to the last bit of the weight, whether
 * frequent words are added up a window at a time or papers are looked at one by one; and with lists as without.
 */
#include "scratch_db.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "database_private.h"
#include "dice.h"
#include "ranking.h"
#include "ranking_write.h"

enum { PAPERS = 5000, LATER = 300, WORDS = 120, QUERIES = 150, KEEP = 120 };

static char        path[SCRATCH_PATH_SIZE];
static sheaf_error error;

/* ---- papers ---- */

/* The commoner, the lower its number: from words that most papers have to those that few do. */
static void put_word(dice *d, buf *text)
{
	static const char *const endings[] = {"", "", "", "s", "ed"};
	size_t                   n = dice_below(d, dice_below(d, dice_below(d, WORDS) + 1) + 1);

	buf_printf(text, "w%c%c%s ", (char)('a' + (int)(n / 20)), (char)('a' + (int)(n % 20)),
	           endings[dice_below(d, 5)]);
}

/* Sometimes one word again and again, more often than lists have codes for, or than fit a byte. */
static void put_text(dice *d, buf *text, size_t most)
{
	size_t times = dice_one_in(d, 40) ? dice_below(d, dice_one_in(d, 10) ? 400 : 30) : 0;

	for (size_t i = dice_below(d, most + 1) + 1; i; i--)
		put_word(d, text);
	for (; times; times--)
		buf_puts(text, "waf ");
}

static void put_paper(sheaf_database *db, dice *d, unsigned number)
{
	char            id[32];
	buf             title = BUF_INIT(0), abstract = BUF_INIT(0), name = BUF_INIT(0);
	sheaf_author    author = {.forenames = "Ada"};
	sheaf_document *doc;

	snprintf(id, sizeof id, "24%02u.%05u", number % 12 + 1, number);
	put_word(d, &name);
	author.keyname = name.data;
	put_text(d, &title, 6);
	put_text(d, &abstract, dice_one_in(d, 4) ? 4 : 40);
	must(sheaf_document_new(&doc, &error), &error);
	must(scratch_paper(doc, id, title.data, abstract.data, &error), &error);
	must(sheaf_document_add_author(doc, &author, &error), &error);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &error), &error);
	buf_free(&title);
	buf_free(&abstract);
	buf_free(&name);
	sheaf_document_free(doc);
}

static int make(void **state)
{
	sheaf_database *db;
	dice            d;

	(void)state;
	dice_start(&d, 0xA17, 0, 0);
	scratch_path(path, "match-any");
	db = scratch_fill(path, PAPERS, put_paper, &d);
	for (unsigned i = 1; i <= LATER; i++)
		put_paper(db, &d, (unsigned)dice_below(&d, PAPERS + LATER) + 1);
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

typedef struct answer {
	int64_t     hits;
	size_t      count;
	sheaf_docid docid[KEEP];
	double      weight[KEEP], most;
} answer;

/* Up to 70 words, some of them twice, in a field, in one form, with a weight of their own, or the start of one. */
static void put_query(dice *d, buf *text)
{
	static const char *const fields[] = {"", "", "", "", "", "ti:", "abs:", "="};
	static const char *const factors[] = {
		"^0.001 ", "^0.000000000000000000000000000000000000000000001 ", "^7 ", " ", " ",
		" "};
	size_t words = dice_one_in(d, 12) ? 70 : dice_below(d, 9) + 1;

	for (; words; words--) {
		size_t field = dice_below(d, 8);

		buf_puts(text, fields[field]);
		put_word(d, text);
		buf_truncate(text, text->len - 1);
		if (dice_one_in(d, 15)) {
			buf_truncate(text, text->len - 1);
			buf_puts(text, "*");
		}
		buf_puts(text, factors[dice_below(d, 6)]);
	}
}

/* The `number`-th query; what it is depends on that alone. */
static void ask(sheaf_database *db, unsigned number, buf *text, answer *a)
{
	/* However often a word is there; what is short counts no more. */
	static const sheaf_weighting flat = {.b = 0.75, .burst = 0.25, .adjacency = 0.3};
	dice                         d;
	sheaf_mset                  *mset;

	memset(a, 0, sizeof *a);
	dice_start(&d, 0xA05, number, 0);
	buf_clear(text);
	put_query(&d, text);
	must(scratch_search_weighed(db, text->data, SHEAF_OP_OR, dice_one_in(&d, 2) ? 3 : KEEP,
	                            dice_one_in(&d, 4) ? &flat : NULL, &mset, &error),
	     &error);
	a->hits = sheaf_mset_get_matches_estimated(mset);
	a->most = sheaf_mset_get_max_attained(mset);
	a->count = sheaf_mset_size(mset);
	for (size_t i = 0; i < a->count; i++) {
		a->docid[i] = sheaf_mset_get_docid(mset, i);
		a->weight[i] = sheaf_mset_get_weight(mset, i);
	}
	sheaf_mset_free(mset);
}

static void compare(unsigned number, const buf *text, const answer *a, const answer *b)
{
	for (size_t i = 0; i < KEEP; i++)
		if (a->docid[i] != b->docid[i] ||
		    memcmp(&a->weight[i], &b->weight[i], sizeof *a->weight) != 0)
			fail_msg("query %u: %s: item %zu: %lld %.17g, without lists %lld %.17g",
			         number, text->data, i, (long long)a->docid[i], a->weight[i],
			         (long long)b->docid[i], b->weight[i]);
	if (a->hits != b->hits || a->count != b->count ||
	    memcmp(&a->most, &b->most, sizeof a->most) != 0)
		fail_msg("query %u: %s: hits %lld, without lists %lld; most %.17g, %.17g", number,
		         text->data, (long long)a->hits, (long long)b->hits, a->most, b->most);
}

/* Lengths are known by codes from the second question on; one that comes first looks at papers one by one. */
static void first_is_as_later(void **state)
{
	answer         *first = calloc(1, sizeof *first), *later = calloc(1, sizeof *later);
	buf             text = BUF_INIT(0);
	sheaf_database *db;

	(void)state;
	assert_true(first && later);
	for (unsigned i = 0; i < 12; i++) {
		must(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, &error), &error);
		ask(db, i, &text, first);
		ask(db, i, &text, later);
		ask(db, i, &text, later);
		compare(i, &text, later, first);
		sheaf_database_close(db);
	}
	buf_free(&text);
	free(first);
	free(later);
}

static void answers_are_the_same(void **state)
{
	answer         *with = calloc(QUERIES, sizeof *with), *without = calloc(1, sizeof *without);
	buf             text = BUF_INIT(0);
	sheaf_database *db;

	(void)state;
	assert_true(with && without);
	must(sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, &error), &error);
	for (unsigned i = 0; i < QUERIES; i++)
		ask(db, i, &text, &with[i]);
	assert_true(db->ranking.dead > 0);
	must(sheaf_database_begin_transaction(db, &error), &error);
	must(ranking_drop(db, &error), &error);
	must(sheaf_database_commit_transaction(db, &error), &error);
	/* Nor may counts be remembered. */
	sheaf_database_close(db);
	must(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &db, &error), &error);
	for (unsigned i = 0; i < QUERIES; i++) {
		ask(db, i, &text, without);
		compare(i, &text, &with[i], without);
	}
	sheaf_database_close(db);
	buf_free(&text);
	free(with);
	free(without);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(first_is_as_later),
		cmocka_unit_test(answers_are_the_same),
	};

	return cmocka_run_group_tests(tests, make, clean);
}
