#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "quoted_printable.h"

static void texts_are_encoded(void **state)
{
	static const char *const cases[][2] = {
		{"", ""},
		{"a b\n", "a b\n"},
		{"a=b\n", "a=3Db\n"},
		{"\xC3\xA9\n", "=C3=A9\n"},
		{"a \nb\t\n", "a=20\nb=09\n"},
		{"a ", "a=20"},
		{".\n..\na.\n", "=2E\n=2E.\na.\n"},
		{"From here\nFor all\nFrom\n", "=46rom here\nFor all\nFrom\n"},
		{"a\r\nb\x1b\x7F", "a=0D\nb=1B=7F"},
		{"--=_x\n", "--=3D_x\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf    out = BUF_INIT(0);
		size_t column = 0;

		quoted_printable(&out, cases[i][0], strlen(cases[i][0]), &column);
		assert_string_equal(buf_str(&out), cases[i][1]);
		buf_free(&out);
	}
}

static int hex(char c)
{
	const char *digits = "0123456789ABCDEF", *at = strchr(digits, c);

	assert_true(c && at);
	return (int)(at - digits);
}

/* Decoded as RFC 2045 has it; lines of more than 76 columns, and what no reader keeps, fail. */
static void decode(const char *text, buf *out)
{
	while (*text) {
		size_t len = strcspn(text, "\n");

		assert_true(len <= 76);
		assert_true(!len || (text[len - 1] != ' ' && text[len - 1] != '\t'));
		assert_true(*text != '.');
		for (size_t i = 0; i < len; i++) {
			if (text[i] != '=') {
				assert_in_range((unsigned char)text[i], 0x20, 0x7E);
				buf_putc(out, text[i]);
			} else if (i + 1 < len) {
				buf_putc(out, (char)(hex(text[i + 1]) * 16 + hex(text[i + 2])));
				i += 2;
			}
		}
		if (text[len] && (!len || text[len - 1] != '='))
			buf_putc(out, '\n');
		text += len + (text[len] != 0);
	}
}

/* Any bytes, in pieces of any length. */
static void any_text_comes_back(void **state)
{
	static const char alphabet[] = "aaaaaaa .F\n=\xC3\xA9\r\x1b_-";

	(void)state;
	srand(7);
	for (int round = 0; round < 400; round++) {
		buf    text = BUF_INIT(0), out = BUF_INIT(0), back = BUF_INIT(0);
		size_t len = (size_t)(rand() % 400), column = 0;

		for (size_t i = 0; i < len; i++)
			buf_putc(&text, alphabet[(size_t)rand() % (sizeof alphabet - 1)]);
		for (size_t at = 0; at < len;) {
			size_t n = (size_t)(rand() % 90) + 1;

			n = n < len - at ? n : len - at;
			quoted_printable(&out, text.data + at, n, &column);
			at += n;
		}
		decode(buf_str(&out), &back);
		assert_int_equal(back.len, len);
		assert_memory_equal(buf_str(&back), buf_str(&text), len);
		buf_free(&text);
		buf_free(&out);
		buf_free(&back);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_are_encoded),
		cmocka_unit_test(any_text_comes_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
