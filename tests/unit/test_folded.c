/* What a caller writes as words, as the index holds them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "folded.h"

static void words_and_their_number(void **state)
{
	static const struct {
		const char *text, *folded;
		size_t      count;
	} cases[] = {
		{"", "", 0},
		{" ?! ", "", 0},
		{"Networks", "networks", 1},
		{"\xC3\x89tude", "etude", 1},
		{"Schr\\\"odinger", "schrodinger", 1},
		{"CO$_2$", "co2", 1},
		{"two  words", "two words", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf out = BUF_INIT(0);

		assert_int_equal(folded_words(cases[i].text, &out), cases[i].count);
		assert_string_equal(buf_str(&out), cases[i].folded);
		buf_free(&out);
	}
}

/* It appends; what does not fit is told by the buffer. */
static void it_appends(void **state)
{
	buf out = BUF_INIT(12);

	(void)state;
	buf_puts(&out, "=");
	folded_words("One", &out);
	assert_string_equal(buf_str(&out), "=one");
	folded_words("a word that is far too long", &out);
	assert_int_not_equal(buf_status(&out, NULL), SHEAF_OK);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_and_their_number),
		cmocka_unit_test(it_appends),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
