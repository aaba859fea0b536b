/* stem.h: Snowball's stems, whatever the cache holds. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <sheaf/stem.h>

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

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(stems),
		cmocka_unit_test(very_long_words_are_left),
		cmocka_unit_test(unknown_languages),
		cmocka_unit_test(every_listed_language_is_there),
		cmocka_unit_test(the_cache_changes_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
