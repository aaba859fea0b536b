/* stem.h: Snowball's stems, whatever the cache holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <sheaf/stem.h>

#include "stem_exceptions.h"
#include "stemmer.h"

static void expect(const char *language, const char *word, const char *expected)
{
	sheaf_stem *stem;
	const char *out;
	size_t      len;

	assert_int_equal(sheaf_stem_new(language, &stem, NULL), SHEAF_OK);
	for (int again = 0; again < 2; again++) {
		assert_int_equal(sheaf_stem_word(stem, word, strlen(word), &out, &len, NULL),
		                 SHEAF_OK);
		assert_int_equal(len, strlen(expected));
		assert_memory_equal(out, expected, len);
	}
	sheaf_stem_free(stem);
}

static void stems(void **state)
{
	(void)state;
	expect("english", "networks", "network");
	expect("english", "network", "network");
	expect("english", "computational", "comput");
	expect("english", "", "");
	expect("english", "x", "x");
	expect(NULL, "networking", "network");
	expect("german", "h\xC3\xA4user", "haus");
	expect("none", "networks", "networks");
	expect("english", "floccinaucinihilipilifications", "floccinaucinihilipilif");
	expect("english", "pneumonoultramicroscopicsilicovolcanoconiosis",
	       "pneumonoultramicroscopicsilicovolcanoconiosi");
}

static void very_long_words_are_left(void **state)
{
	char        word[3000];
	sheaf_stem *stem;
	const char *out;
	size_t      len;

	(void)state;
	memset(word, 's', sizeof word);
	assert_int_equal(sheaf_stem_new(NULL, &stem, NULL), SHEAF_OK);
	assert_int_equal(sheaf_stem_word(stem, word, sizeof word, &out, &len, NULL), SHEAF_OK);
	assert_int_equal(len, sizeof word);
	sheaf_stem_free(stem);
}

static void unknown_languages(void **state)
{
	sheaf_stem *stem = (sheaf_stem *)&stem;
	sheaf_error err;

	(void)state;
	assert_int_equal(sheaf_stem_new("klingon", &stem, &err), SHEAF_ERROR_FEATURE_UNAVAILABLE);
	assert_null(stem);
	assert_non_null(strstr(err.message, "klingon"));
	assert_int_equal(sheaf_stem_new("", &stem, NULL), SHEAF_ERROR_FEATURE_UNAVAILABLE);
	sheaf_stem_free(NULL);
}

static void every_listed_language_is_there(void **state)
{
	const char *const *languages = sheaf_stem_get_available_languages();
	int                english = 0, none = 0;

	(void)state;
	for (; *languages; languages++) {
		sheaf_stem *stem;

		if (sheaf_stem_new(*languages, &stem, NULL) != SHEAF_OK)
			fail_msg("%s", *languages);
		sheaf_stem_free(stem);
		english |= strcmp(*languages, "english") == 0;
		none |= strcmp(*languages, "none") == 0;
	}
	assert_true(english && none);
}

/*
 * Far more words than the cache holds, each stemmed with a full cache and with a fresh stemmer
 * alike.
 */
static void the_cache_changes_nothing(void **state)
{
	enum { WORDS = 100000, PROBES = 500 };
	sheaf_stem *used, *fresh;
	char        word[64];
	const char *out, *right;
	size_t      len, right_len;

	(void)state;
	assert_int_equal(sheaf_stem_new(NULL, &used, NULL), SHEAF_OK);
	for (unsigned i = 0; i < WORDS; i++) {
		int n = snprintf(word, sizeof word, "w%xations", i * 2654435761u);

		assert_int_equal(sheaf_stem_word(used, word, (size_t)n, &out, &len, NULL),
		                 SHEAF_OK);
	}
	assert_int_equal(sheaf_stem_new(NULL, &fresh, NULL), SHEAF_OK);
	for (unsigned i = 0; i < PROBES; i++) {
		int n = snprintf(word, sizeof word, "w%xations",
		                 i * (WORDS / PROBES) * 2654435761u);

		assert_int_equal(sheaf_stem_word(used, word, (size_t)n, &out, &len, NULL),
		                 SHEAF_OK);
		assert_int_equal(sheaf_stem_word(fresh, word, (size_t)n, &right, &right_len, NULL),
		                 SHEAF_OK);
		assert_int_equal(len, right_len);
		assert_memory_equal(out, right, len);
	}
	sheaf_stem_free(fresh);
	sheaf_stem_free(used);
}

/* A stem that is handed back in lives in the cache, which may just grow out of its memory. */
static void stems_can_be_stemmed(void **state)
{
	enum { WORDS = 5000 };
	sheaf_stem *stem, *fresh;
	char        word[64];
	const char *once, *twice, *right;
	size_t      len, twice_len, right_len;

	(void)state;
	assert_int_equal(sheaf_stem_new(NULL, &stem, NULL), SHEAF_OK);
	assert_int_equal(sheaf_stem_new(NULL, &fresh, NULL), SHEAF_OK);
	for (unsigned i = 0; i < WORDS; i++) {
		int  n = snprintf(word, sizeof word, "w%xingings", i * 2654435761u);
		char copy[64];

		assert_int_equal(sheaf_stem_word(stem, word, (size_t)n, &once, &len, NULL),
		                 SHEAF_OK);
		memcpy(copy, once, len);
		assert_int_equal(sheaf_stem_word(stem, once, len, &twice, &twice_len, NULL),
		                 SHEAF_OK);
		assert_int_equal(sheaf_stem_word(fresh, copy, len, &right, &right_len, NULL),
		                 SHEAF_OK);
		assert_int_equal(twice_len, right_len);
		assert_memory_equal(twice, right, right_len);
	}
	sheaf_stem_free(fresh);
	sheaf_stem_free(stem);
}

/* Stems `word`; answers whether its stem says that words like it may have it. */
static int first_is_marked(sheaf_stem *stem, const char *word, size_t len)
{
	unsigned char firsts[256] = {0};
	const char   *out;
	size_t        out_len;

	assert_int_equal(sheaf_stem_word(stem, word, len, &out, &out_len, NULL), SHEAF_OK);
	stem_mark_firsts(stem, out, out_len, firsts);
	return firsts[(unsigned char)*word];
}

/* Beginnings that rules and exceptions of English look at, with endings that they take away. */
static void check_made_words(sheaf_stem *stem)
{
	static const char        letters[] = "abcdefghijklmnopqrstuvwxyz0'";
	static const char *const endings[] = {"",     "s",       "ies",  "ied",   "ing",
	                                      "y",    "'s",      "eed",  "ingly", "ying",
	                                      "ates", "fulness", "sses", "logi",  "e"};
	char                     word[32];

	for (const char *a = letters; *a; a++)
		for (const char *b = letters; *b; b++)
			for (size_t e = 0; e < sizeof endings / sizeof *endings; e++) {
				int n = snprintf(word, sizeof word, "%c%c%s", *a, *b, endings[e]);

				if (!first_is_marked(stem, word, (size_t)n))
					fail_msg("%s", word);
			}
}

static void stems_tell_how_their_words_begin(void **state)
{
	const char *const *language = sheaf_stem_get_available_languages();
	sheaf_stem        *stem;
	unsigned char      firsts[256] = {0};

	(void)state;
	for (; *language; language++) {
		assert_int_equal(sheaf_stem_new(*language, &stem, NULL), SHEAF_OK);
		check_made_words(stem);
		assert_true(first_is_marked(stem, "\xC3\xA9t\xC3\xA9s", 6));
		sheaf_stem_free(stem);
	}
	assert_int_equal(sheaf_stem_new("english", &stem, NULL), SHEAF_OK);
	for (size_t i = 0; i < stem_word_count; i++)
		assert_true(first_is_marked(stem, stem_words[i].from, strlen(stem_words[i].from)));
	for (size_t i = 0; i < stem_beginning_count; i++)
		assert_true(first_is_marked(stem, stem_beginnings[i].from,
		                            strlen(stem_beginnings[i].from)));
	stem_mark_firsts(stem, "network", 7, firsts);
	assert_true(firsts['n'] && !firsts['m']);
	sheaf_stem_free(stem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stems),
		cmocka_unit_test(very_long_words_are_left),
		cmocka_unit_test(unknown_languages),
		cmocka_unit_test(every_listed_language_is_there),
		cmocka_unit_test(the_cache_changes_nothing),
		cmocka_unit_test(stems_can_be_stemmed),
		cmocka_unit_test(stems_tell_how_their_words_begin),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
