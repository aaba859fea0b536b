/* stem_accents.h: accents that endings get back for Snowball. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sheaf/stem.h>

#include "stem_accents.h"

static void endings(void **state)
{
	static const char *const cases[][3] = {
		{"french", "mesuree",
	         "mesur\xC3\xA9"
	         "e"},
		{"french", "mesurees",
	         "mesur\xC3\xA9"
	         "es"},
		{"spanish", "aplicacion", "aplicaci\xC3\xB3n"},
		{"portuguese", "aplicacoes",
	         "aplica\xC3\xA7\xC3\xB5"
	         "es"},
		{"catalan", "comunicacio", "comunicaci\xC3\xB3"},
		{"french", "mesure", ""},
		{"french", "fee", ""},
		{"spanish", "aplicacao", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char   out[64];
		size_t len = strlen(cases[i][1]),
		       n = stem_accents_restore(stem_accents_of(cases[i][0]), cases[i][1], len,
		                                out);

		assert_int_equal(n, strlen(cases[i][2]));
		assert_memory_equal(out, cases[i][2], n);
		assert_true(n <= len + STEM_ACCENTS_ROOM);
	}
	assert_null(stem_accents_of("english"));
	assert_null(stem_accents_of(""));
}

static void stems_are_folded_again(void **state)
{
	static const char *const cases[][2] = {
		{"", ""}, {"abc", "abc"}, {"id\xC3\xA9", "ide"}, {"\xC3\xA7\xC3\xA3o", "cao"}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char   out[16];
		size_t n = stem_accents_fold(cases[i][0], strlen(cases[i][0]), out);

		assert_int_equal(n, strlen(cases[i][1]));
		assert_memory_equal(out, cases[i][1], n);
	}
}

/* With the accent or without, a word has one stem, and it is folded. */
static void forms_meet(void **state)
{
	static const char *const families[][4] = {
		{"french", "mesure", "mesuree", "mesurees"},
		{"spanish", "aplicar", "aplicacion", "aplicaciones"},
		{"portuguese", "aplicar", "aplicacao", "aplicacoes"},
		{"catalan", "comunicacio", "comunicacions", "comunicacions"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof families / sizeof *families; i++) {
		sheaf_stem *stem;
		const char *out;
		char        first[64];
		size_t      len, first_len = 0;

		assert_int_equal(sheaf_stem_new(families[i][0], &stem, NULL), SHEAF_OK);
		for (size_t j = 1; j < 4; j++) {
			const char *text = families[i][j];

			assert_int_equal(
				sheaf_stem_word(stem, text, strlen(text), &out, &len, NULL),
				SHEAF_OK);
			if (j == 1) {
				assert_true(len < sizeof first);
				memcpy(first, out, len);
				first_len = len;
			}
			assert_int_equal(len, first_len);
			assert_memory_equal(out, first, len);
			for (size_t k = 0; k < len; k++)
				assert_true((unsigned char)out[k] < 0x80);
		}
		sheaf_stem_free(stem);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(endings),
		cmocka_unit_test(stems_are_folded_again),
		cmocka_unit_test(forms_meet),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
