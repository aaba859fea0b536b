#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base64.h"
#include "mime_header.h"
#include "utf8.h"

/* What a mail program reads: folds undone, encoded words decoded, blanks between two of them gone. */
static char *read_back(const char *field)
{
	buf         out = BUF_INIT(0);
	const char *p = strchr(field, ':') + 1;

	while (*p && *p != '\n') {
		const char *end;

		p += strspn(p, " \n");
		if (!*p)
			break;
		end = p + strcspn(p, " \n");
		if (strncmp(p, "=?UTF-8?B?", 10) == 0) {
			size_t start = out.len;

			assert_true((size_t)(end - p) <= 75);
			assert_memory_equal(end - 2, "?=", 2);
			assert_true(base64_decode(p + 10, (size_t)(end - p) - 12, &out));
			/* Each word has whole characters. */
			assert_int_equal(utf8_valid_prefix(out.data + start, out.len - start),
			                 out.len - start);
		} else {
			if (out.len)
				buf_putc(&out, ' ');
			buf_append(&out, p, (size_t)(end - p));
		}
		p = *end == '\n' && end[1] == ' ' ? end + 1 : end;
	}
	return buf_take(&out);
}

static void lines_are_short(const char *field)
{
	for (const char *p = field; *p;) {
		size_t len = strcspn(p, "\n");

		assert_in_range(len, 1, MIME_LINE_MAX);
		assert_int_equal(p[len], '\n');
		assert_true(p == field || *p == ' ');
		p += len + 1;
	}
}

static void any_text_comes_back(void **state)
{
	static const struct {
		const char *text, *read;
	} cases[] = {
		{"Lamps of the day", NULL},
		{"Gr\xC3\xBC\xC3\x9F"
	         "e \xE4\xB8\xAD\xE6\x96\x87 \xF0\x9F\x98\xB4",
	         NULL},
		{"a\r\nBcc: everybody@example.org\r\n\r\nbody",
	         "a Bcc: everybody@example.org body"},
		{"a\nb\x1b[31m\x07 \xE2\x80\xAE c", "a b[31m c"},
		{"=?UTF-8?Q?no?= word", NULL},
		{"What is long enough to be folded, since it goes on and on, and on and on and on, is folded",
	         NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf   out = BUF_INIT(0);
		char *back;

		mime_header_text(&out, "Subject", cases[i].text);
		lines_are_short(buf_str(&out));
		back = read_back(buf_str(&out));
		assert_string_equal(back, cases[i].read ? cases[i].read : cases[i].text);
		sheaf_free(back);
		buf_free(&out);
	}
}

static void long_words_are_cut(void **state)
{
	buf   text = BUF_INIT(0), out = BUF_INIT(0);
	char *back;

	(void)state;
	for (int i = 0; i < 5000; i++)
		buf_puts(&text, i % 3 ? "x" : "\xC3\xA9");
	mime_header_text(&out, "Subject", buf_str(&text));
	lines_are_short(buf_str(&out));
	back = read_back(buf_str(&out));
	assert_string_equal(back, buf_str(&text));
	sheaf_free(back);
	buf_clear(&out);
	for (size_t i = 0; i < text.len; i++)
		text.data[i] = 'x';
	mime_header_text(&out, "Subject", buf_str(&text));
	lines_are_short(buf_str(&out));
	buf_free(&text);
	buf_free(&out);
}

static void addresses_are_written(void **state)
{
	static const struct {
		const char *from, *written;
	} cases[] = {
		{"ada@example.org", "To: ada@example.org\n"},
		{"root", "To: root\n"},
		{" a@b.example ,, c@d.example ,", "To: a@b.example,\n c@d.example\n"},
		{"Ada Quist <ada@example.org>", "To: \"Ada Quist\" <ada@example.org>\n"},
		{"\"Quist, \\\"A.\\\"\" <ada@example.org>",
	         "To: \"Quist, \\\"A.\\\"\" <ada@example.org>\n"},
		{"<ada@example.org>", "To: ada@example.org\n"},
		{"\xC3\x81"
	         "da <ada@example.org>",
	         "To: =?UTF-8?B?w4FkYQ==?= <ada@example.org>\n"},
		{"A\r\nBcc: b@c.example\r\n <ada@example.org>",
	         "To: \"A Bcc: b@c.example\" <ada@example.org>\n"},
		{"", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf out = BUF_INIT(0);

		assert_null(mime_header_addresses(&out, "To", cases[i].from));
		assert_string_equal(buf_str(&out), cases[i].written);
		buf_free(&out);
	}
}

static void what_is_no_address_is_refused(void **state)
{
	static const char *const cases[] = {"ada quist@example.org",
	                                    "ada@example.org\nBcc: b@c.example",
	                                    "ada@",
	                                    "@example.org",
	                                    "a@b@c",
	                                    "-oQ/tmp@example.org",
	                                    "\xC3\xA1@example.org",
	                                    "Ada <ada@example.org> Quist",
	                                    "Ada ada@example.org>",
	                                    "team: a@b.example;",
	                                    "<>",
	                                    "Ada <a@b.example\r\nBcc: c@d.example>",
	                                    "a@b.example, \"un, closed@b.example"};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf out = BUF_INIT(0);

		if (!mime_header_addresses(&out, "To", cases[i]))
			fail_msg("taken: %s as %s", cases[i], buf_str(&out));
		assert_int_equal(out.len, 0);
		buf_free(&out);
	}
}

static void the_domain_is_that_of_the_first(void **state)
{
	static const char *const cases[][2] = {
		{"Ada <a@lamps.example>, b@c.example", "lamps.example"},
		{"a@lamps.example", "lamps.example"},
		{"root", "localhost"},
		{"a@[127.0.0.1]", "localhost"},
		{"a@b_c", "localhost"},
		{NULL, "localhost"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf out = BUF_INIT(0);

		mime_domain(&out, cases[i][0]);
		assert_string_equal(buf_str(&out), cases[i][1]);
		buf_free(&out);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_text_comes_back),
		cmocka_unit_test(long_words_are_cut),
		cmocka_unit_test(addresses_are_written),
		cmocka_unit_test(what_is_no_address_is_refused),
		cmocka_unit_test(the_domain_is_that_of_the_first),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
