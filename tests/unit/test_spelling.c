/* "Did you mean": what is suggested, what is left alone, and the dictionary behind it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "database_private.h"
#include "engine_fixture.h"
#include "spelling.h"
#include "store.h"

static engine      e;
static sheaf_error error;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "spelling");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void put(int number, const char *abstract)
{
	char id[32];

	snprintf(id, sizeof id, "2401.%05d", number);
	engine_put(&e, id, "Notes", abstract);
}

/* Papers `first` to `last` of the same text. */
static void put_many(int first, int last, const char *abstract)
{
	for (int i = first; i <= last; i++)
		put(i, abstract);
}

static void build(void)
{
	int own;

	must(database_begin_write(e.db, &own, &error), &error);
	must(database_end_write(e.db, own, spelling_build(e.db, &error), &error), &error);
}

static void run_sql(const char *sql)
{
	sqlite3 *raw;

	assert_int_equal(sqlite3_open(e.path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
}

/* NULL: nothing. */
static void expect_within(const char *word, unsigned edits, const char *suggestion)
{
	char *got;

	must(sheaf_database_get_spelling_suggestion(e.db, word, edits, &got, &error), &error);
	if (!suggestion && got)
		fail_msg("%s: '%s'", word, got);
	if (suggestion && (!got || strcmp(got, suggestion) != 0))
		fail_msg("%s: '%s', not '%s'", word, got ? got : "nothing", suggestion);
	sheaf_free(got);
}

static void expect(const char *word, const char *suggestion)
{
	expect_within(word, 0, suggestion);
}

static void slips_of_all_kinds(void **state)
{
	(void)state;
	must(sheaf_database_begin_transaction(e.db, &error), &error);
	put_many(1, 20, "spiking networks with memristive synapses and boolean gates");
	must(sheaf_database_commit_transaction(e.db, &error), &error);
	build();
	expect("netwroks", "networks"); /* exchanged */
	expect("ntworks", "networks");  /* left out */
	expect("neetworks", "networks");
	expect("nutworks", "networks");
	expect("Netwroks", "networks"); /* suggestions are folded */
	expect("memrstve", "memristive");
	expect_within("memrstve", 1, NULL);
	expect_within("memristve", 1, "memristive");
	expect_within("memrstve", 2, "memristive");
	expect("xynapses", "synapses");
	/* Three are too many. */
	expect("mmrstve", NULL);
	/* Of a short word two are too many as well. */
	expect("gaets", "gates");
	expect("agets", NULL);
}

static void what_is_left_alone(void **state)
{
	static const char *const alone[] = {
		"networks", "network", "networking", "networkings", "gat", "gtes1",    "2401",
		"",         "  ",      "two words",  "?",           "wit", "zzzzzzzz",
	};

	(void)state;
	put_many(1, 20, "spiking networks with memristive synapses and gates");
	build();
	for (size_t i = 0; i < sizeof alone / sizeof *alone; i++)
		expect(alone[i], NULL);
}

static void the_frequent_and_the_near_come_first(void **state)
{
	(void)state;
	must(sheaf_database_begin_transaction(e.db, &error), &error);
	put_many(1, 3, "plasmon");
	put_many(4, 40, "plasmin");
	put_many(41, 90, "flasmxn");
	must(sheaf_database_commit_transaction(e.db, &error), &error);
	build();
	/* Each is one slip away; more papers have the second. */
	expect("plasmn", "plasmin");
	/* One slip, although a more frequent one is two away. */
	expect("plasmoon", "plasmon");
}

static void a_rare_word_beside_a_frequent_one(void **state)
{
	(void)state;
	must(sheaf_database_begin_transaction(e.db, &error), &error);
	put_many(1, 300, "superconductor");
	put(301, "supercondutor");
	put(302, "thermalisation");
	put_many(303, 320, "thermalization");
	must(sheaf_database_commit_transaction(e.db, &error), &error);
	build();
	expect("supercondutor", "superconductor");
	expect("superconductor", NULL);
	/* Not so much more frequent that it must be a slip. */
	expect("thermalisation", NULL);
}

static void words_of_names_and_other_scripts(void **state)
{
	const sheaf_author author = {.forenames = "Ada",
	                             .keyname = "Schr\xC3\xB6"
	                                        "dinger"};

	(void)state;
	must(scratch_paper(
		     e.doc, "2401.00001",
		     "\xD1\x81\xD0\xB5\xD1\x82\xD1\x8C \xD0\xBD\xD0\xB5\xD0\xB9\xD1\x80\xD0\xBE\xD0\xBD",
		     NULL, &error),
	     &error);
	must(sheaf_document_add_author(e.doc, &author, &error), &error);
	engine_store(&e);
	build();
	expect("schrodigner", "schrodinger");
	expect("Schr\xC3\xB6"
	       "digner",
	       "schrodinger");
	/* The fifth and the sixth letter exchanged. */
	expect("\xD0\xBD\xD0\xB5\xD0\xB9\xD1\x80\xD0\xBD\xD0\xBE",
	       "\xD0\xBD\xD0\xB5\xD0\xB9\xD1\x80\xD0\xBE\xD0\xBD");
}

static void without_a_dictionary_nothing_is_suggested(void **state)
{
	(void)state;
	put_many(1, 5, "networks");
	expect("netwroks", NULL);
	build();
	expect("netwroks", "networks");
	run_sql("DELETE FROM spelling");
	expect("netwroks", NULL);
}

static void words_newer_than_the_dictionary_are_known(void **state)
{
	(void)state;
	must(sheaf_database_begin_transaction(e.db, &error), &error);
	put_many(1, 5, "transfomer");
	put_many(6, 30, "transformer");
	must(sheaf_database_commit_transaction(e.db, &error), &error);
	build();
	expect("transfoemer", "transformer");
	put_many(31, 45, "transfoemer");
	expect("transfoemer", NULL);
}

/*
 * What ends a bulk load, a reindex and compaction make the dictionary; a harvest does once it has
 * grown.
 */
static void when_it_is_made(void **state)
{
	(void)state;
	put_many(1, 4, "networks");
	must(sheaf_database_reindex(e.db, NULL, &error), &error);
	expect("netwroks", "networks");
	put(5, "synapses");
	must(sheaf_database_compact(e.db, &error), &error);
	expect("synpases", "synapses");
	put(6, "memristors");
	must(store_settle(e.db, &error), &error);
	expect("mermistors", NULL);
	put_many(7, 9, "memristors");
	must(store_settle(e.db, &error), &error);
	expect("mermistors", "memristors");
	must(sheaf_database_check(e.db, &error), &error);
}

static void stems_are_no_suggestions(void **state)
{
	const sheaf_database_options options = {.stem_strategy = SHEAF_STEM_ALL};

	(void)state;
	put_many(1, 4, "computational");
	must(sheaf_database_reindex(e.db, &options, &error), &error);
	expect("comptuational", NULL);
	expect("comupt", NULL);
	must(sheaf_database_check(e.db, &error), &error);
}

static void groups_share_their_words(void **state)
{
	engine other;

	(void)state;
	engine_begin(&other, "spelling-other");
	put_many(1, 3, "networks");
	build();
	engine_put(&other, "2402.00001", "Synapses", "of synapses");
	must(sheaf_database_reindex(other.db, NULL, &error), &error);
	expect("synpases", NULL);
	must(sheaf_database_add_database(e.db, other.db, &error), &error);
	expect("synpases", "synapses");
	expect("netwroks", "networks");
	sheaf_database_close(e.db);
	e.db = NULL;
	engine_end(&other);
}

/* ---- damage ---- */

static void damage(void **state)
{
	static const char *const rows[] = {
		"x''",                 /* an empty row */
		"x'6e'",               /* cut off in a word */
		"x'6e6574776f726b73'", /* without a count */
		"x'6e6574776f726b73ff'",
		"x'6e6574776f726b73ffffffffffffff01'",
		"x'6e6574776f726b7300'", /* in no document */
		"zeroblob(100)",
		"'text'",
		"x'6e6574776f726b730173'",
		/* control characters where letters should be */
		"x'6e6574771b5b6b7303'",
		"x'6e6574770a726b7303'",
	};

	(void)state;
	put_many(1, 4, "networks");
	build();
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		char  sql[200];
		char *got;

		snprintf(sql, sizeof sql, "UPDATE spelling SET data = %s WHERE length >> 21 = 8",
		         rows[i]);
		run_sql(sql);
		if (sheaf_database_get_spelling_suggestion(e.db, "netwroks", 2, &got, &error) ==
		    SHEAF_OK)
			assert_true(!got || spelling_letters(got, strlen(got)) == 8);
		sheaf_free(got);
		if (sheaf_database_check(e.db, &error) != SHEAF_ERROR_DATABASE_CORRUPT)
			fail_msg("%s: not found", rows[i]);
	}
	build();
	must(sheaf_database_check(e.db, &error), &error);
}

static void check_finds_what_is_missing_or_too_much(void **state)
{
	static const char *const changes[] = {
		"DELETE FROM spelling WHERE length >> 21 = 8",
		"INSERT INTO spelling VALUES((6 << 21) + 103, x'67617465737301')",
		"INSERT INTO spelling VALUES((5 << 21) + 103, x'676174657301')",
		"INSERT INTO spelling VALUES((99 << 21) + 103, x'676174657301')",
		"INSERT INTO spelling VALUES(-1, x'676174657301')",
		/* under another first letter */
		"UPDATE spelling SET length = length + 1 WHERE length >> 21 = 8",
		"UPDATE spelling SET data = x'6e6574776f726b7303' WHERE length >> 21 = 8",
		"UPDATE meta SET value = 99 WHERE key = 'spelled_until'",
		"UPDATE meta SET value = -1 WHERE key = 'spelled_until'",
	};

	(void)state;
	put_many(1, 4, "networks");
	build();
	for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
		run_sql(changes[i]);
		if (sheaf_database_check(e.db, &error) != SHEAF_ERROR_DATABASE_CORRUPT)
			fail_msg("%s: not found", changes[i]);
		build();
		must(sheaf_database_check(e.db, &error), &error);
	}
	/* Once the index has changed, only the form can be told. */
	put(5, "synapses");
	must(sheaf_database_check(e.db, &error), &error);
	run_sql("UPDATE spelling SET data = x'6e6574776f726b730173' WHERE length >> 21 = 8");
	assert_int_equal(sheaf_database_check(e.db, &error), SHEAF_ERROR_DATABASE_CORRUPT);
}

static void wrong_arguments(void **state)
{
	char *got = (char *)"";

	(void)state;
	assert_int_equal(sheaf_database_get_spelling_suggestion(NULL, "word", 0, &got, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(got);
	assert_int_equal(sheaf_database_get_spelling_suggestion(e.db, NULL, 0, &got, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_get_spelling_suggestion(e.db, "word", 3, &got, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

/* ---- a random vocabulary against a scan of all its words ---- */

enum { VOCABULARY = 600, ASKED = 4000, LETTERS = 12 };

static unsigned random_below(uint64_t *seed, unsigned limit)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % limit;
}

static void random_word(uint64_t *seed, char word[LETTERS + 1])
{
	size_t n = 4 + random_below(seed, LETTERS - 5);

	for (size_t i = 0; i < n; i++)
		word[i] = (char)('a' + random_below(seed, 6));
	word[n] = 0;
}

static unsigned naive_distance(const char *a, const char *b)
{
	unsigned d[LETTERS + 2][LETTERS + 2];
	size_t   n = strlen(a), m = strlen(b);

	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j <= m; j++) {
			unsigned best = (unsigned)(i + j);

			if (i && j && d[i - 1][j - 1] + (a[i - 1] != b[j - 1]) < best)
				best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
			if (i && d[i - 1][j] + 1 < best)
				best = d[i - 1][j] + 1;
			if (j && d[i][j - 1] + 1 < best)
				best = d[i][j - 1] + 1;
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    d[i - 2][j - 2] + 1 < best)
				best = d[i - 2][j - 2] + 1;
			d[i][j] = best;
		}
	return d[n][m];
}

/* All words are in one paper, so of those with the same first letter the nearest is suggested. */
static void check_suggestion(char words[][LETTERS + 1], const char *asked, const char *got)
{
	unsigned nearest = 99, allowed = strlen(asked) < 6 ? 1 : 2, edits = 0;
	int      known = 0;

	for (size_t i = 0; i < VOCABULARY; i++) {
		unsigned d = naive_distance(asked, words[i]);

		known |= d == 0;
		if (d && d < nearest && words[i][0] == asked[0])
			nearest = d;
		if (got && strcmp(words[i], got) == 0)
			edits = d;
	}
	if (got && (!edits || edits > allowed || edits > nearest || known))
		fail_msg("%s: '%s' is %u away, the nearest %u", asked, got, edits, nearest);
	if (!got && !known && nearest <= allowed)
		fail_msg("%s: nothing, but a word is %u away", asked, nearest);
}

static void random_words(void **state)
{
	static char                  words[VOCABULARY][LETTERS + 1];
	const sheaf_database_options options = {.stemmer = "none"};
	buf                          text = BUF_INIT(0);
	uint64_t                     seed = 4711;

	(void)state;
	for (size_t i = 0; i < VOCABULARY; i++) {
		random_word(&seed, words[i]);
		buf_printf(&text, "%s ", words[i]);
	}
	put(1, text.data);
	buf_free(&text);
	must(sheaf_database_reindex(e.db, &options, &error), &error);
	for (int i = 0; i < ASKED; i++) {
		char  asked[LETTERS + 1];
		char *got;

		random_word(&seed, asked);
		must(sheaf_database_get_spelling_suggestion(e.db, asked, 2, &got, &error), &error);
		check_suggestion(words, asked, got);
		sheaf_free(got);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(slips_of_all_kinds),
		TEST(what_is_left_alone),
		TEST(the_frequent_and_the_near_come_first),
		TEST(a_rare_word_beside_a_frequent_one),
		TEST(words_of_names_and_other_scripts),
		TEST(without_a_dictionary_nothing_is_suggested),
		TEST(words_newer_than_the_dictionary_are_known),
		TEST(when_it_is_made),
		TEST(stems_are_no_suggestions),
		TEST(groups_share_their_words),
		TEST(damage),
		TEST(check_finds_what_is_missing_or_too_much),
		TEST(wrong_arguments),
		TEST(random_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
