/* stopper.h: lists of stop words. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <sheaf/stopper.h>

static sheaf_stopper *make(int builtin)
{
	sheaf_stopper *stopper;

	assert_int_equal(sheaf_stopper_new(builtin, &stopper, NULL), SHEAF_OK);
	return stopper;
}

static int has(sheaf_stopper *stopper, const char *text)
{
	return sheaf_stopper_is_stop_word(stopper, text, strlen(text));
}

static void words_are_added_folded(void **state)
{
	sheaf_stopper *stopper = make(0);

	(void)state;
	assert_false(has(stopper, "the"));
	assert_int_equal(sheaf_stopper_add(stopper, "\xC3\x89tude", NULL), SHEAF_OK);
	assert_int_equal(sheaf_stopper_add(stopper, " Novel. ", NULL), SHEAF_OK);
	assert_int_equal(sheaf_stopper_add(stopper, "novel", NULL), SHEAF_OK);
	assert_true(has(stopper, "etude"));
	assert_true(has(stopper, "novel"));
	assert_false(has(stopper, "nove"));
	assert_false(has(stopper, "novels"));
	assert_false(has(stopper, ""));
	/* The length counts, not where the text ends. */
	assert_true(sheaf_stopper_is_stop_word(stopper, "novels", 5));
	sheaf_stopper_free(stopper);
	sheaf_stopper_free(NULL);
}

static void what_is_not_one_word_is_refused(void **state)
{
	static const char *const texts[] = {"", " ", "--", "don't", "two words"};
	sheaf_stopper           *stopper = make(0);
	sheaf_error              err;

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		assert_int_equal(sheaf_stopper_add(stopper, texts[i], &err),
		                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_stopper_add(stopper, NULL, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_false(has(stopper, "two"));
	assert_false(has(stopper, "don"));
	sheaf_stopper_free(stopper);
}

static void the_builtin_list(void **state)
{
	sheaf_stopper *stopper = make(1);
	char           longest[80];

	(void)state;
	assert_true(has(stopper, "the"));
	assert_true(has(stopper, "yours"));
	assert_false(has(stopper, "quantum"));
	memset(longest, 'a', sizeof longest);
	assert_false(sheaf_stopper_is_stop_word(stopper, longest, sizeof longest));
	assert_int_equal(sheaf_stopper_add(stopper, "quantum", NULL), SHEAF_OK);
	assert_true(has(stopper, "quantum"));
	sheaf_stopper_free(stopper);
}

static void lists(void **state)
{
	static const char list[] = " | an English list\n"
				   "i  me\tmy | pronouns\n"
				   "# nothing here: what\n"
				   "\r\n"
				   "don't NOVEL\r\n"
				   "last";
	sheaf_stopper    *stopper = make(0);

	(void)state;
	assert_int_equal(sheaf_stopper_add_list(stopper, list, sizeof list - 1, NULL), SHEAF_OK);
	assert_true(has(stopper, "i") && has(stopper, "me") && has(stopper, "my"));
	assert_true(has(stopper, "novel") && has(stopper, "last"));
	assert_false(has(stopper, "pronouns") || has(stopper, "what") || has(stopper, "english"));
	assert_false(has(stopper, "don") || has(stopper, "t"));
	assert_int_equal(sheaf_stopper_add_list(stopper, NULL, 0, NULL), SHEAF_OK);
	assert_int_equal(sheaf_stopper_add_list(stopper, list, (1u << 20) + 1, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_stopper_free(stopper);
}

/* NUL and broken bytes end words, as everywhere. */
static void any_bytes(void **state)
{
	static const char list[] = "a\0b \xFF\xFE one\xFF\n\0\n two";
	sheaf_stopper    *stopper = make(0);

	(void)state;
	assert_int_equal(sheaf_stopper_add_list(stopper, list, sizeof list - 1, NULL), SHEAF_OK);
	assert_true(has(stopper, "one") && has(stopper, "two"));
	assert_false(has(stopper, "a") || has(stopper, "b"));
	sheaf_stopper_free(stopper);
}

static void thousands_of_words(void **state)
{
	enum { WORDS = 5000 };
	sheaf_stopper *stopper = make(0);
	char           text[32];

	(void)state;
	for (int i = 0; i < WORDS; i++) {
		snprintf(text, sizeof text, "w%dx", i);
		assert_int_equal(sheaf_stopper_add(stopper, text, NULL), SHEAF_OK);
	}
	for (int i = 0; i < WORDS; i++) {
		snprintf(text, sizeof text, "w%dx", i);
		assert_true(has(stopper, text));
		snprintf(text, sizeof text, "w%dy", i);
		assert_false(has(stopper, text));
	}
	sheaf_stopper_free(stopper);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_are_added_folded),
		cmocka_unit_test(what_is_not_one_word_is_refused),
		cmocka_unit_test(the_builtin_list),
		cmocka_unit_test(lists),
		cmocka_unit_test(any_bytes),
		cmocka_unit_test(thousands_of_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
