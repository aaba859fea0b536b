/* escape.h: nothing from outside steers a terminal, Markdown, HTML or an address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "escape.h"
#include "utf8.h"

typedef void (*escape_fn)(buf *out, const char *text);

typedef struct escape_case {
	const char *text, *escaped;
} escape_case;

static void expect_all(escape_fn fn, const escape_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf out = BUF_INIT(0);

		/* What stands there already is no part of the text. */
		buf_puts(&out, "< ");
		fn(&out, cases[i].text);
		if (strcmp(buf_str(&out) + 2, cases[i].escaped) != 0)
			fail_msg("'%s': '%s'", cases[i].text, buf_str(&out) + 2);
		buf_free(&out);
	}
}
#define EXPECT_ALL(fn, cases) expect_all((fn), (cases), sizeof(cases) / sizeof *(cases))

static void lines(void **state)
{
	static const escape_case cases[] = {
		{NULL, ""},
		{"", ""},
		{" \n ", ""},
		{"  plain  ", "plain"},
		{"two\nlines", "two lines"},
		{"two\r\nlines", "two lines"},
		{"a\r\r\nb", "a  b"},
		{"a\n\nb", "a  b"},
		{"inner   blanks", "inner   blanks"},
		{"tab\there", "tab here"},
		{"\x1B[31mred\x1B[0m", "[31mred[0m"},
		{"bell\x07 del\x7F c1\xC2\x9B"
	         "x",
	         "bell del c1x"},
		{"\xE2\x80\xAE"
	         "reversed\xE2\x80\xAC \xE2\x81\xA7iso\xE2\x81\xA9",
	         "reversed iso"},
		{"\xE2\x80\x8Emarks\xE2\x80\x8F\xD8\x9C", "marks"},
		{"a\xE2\x80\xA8"
	         "b\xE2\x80\xA9"
	         "c",
	         "abc"},
		{"\xEF\xBB\xBF"
	         "bom",
	         "bom"},
		{"bad \xC3( \xFF", "bad \xEF\xBF\xBD( \xEF\xBF\xBD"},
		{"Erd\xC5\x91s \xF0\x9D\x9B\xBC", "Erd\xC5\x91s \xF0\x9D\x9B\xBC"},
		{"end \x1B", "end"},
		{"\x07   begin", "begin"},
	};

	(void)state;
	EXPECT_ALL(escape_line, cases);
}

static void folded_lines(void **state)
{
	static const escape_case cases[] = {
		{NULL, ""},
		{" a \n\t b\r\n\r\nc ", "a b c"},
		/* what is no character */
		{"a\xEF\xB7\x90 b\xEF\xBF\xBF", "a b"},
		{"a \x07 b", "a b"},
		{"a\xC2\xA0 b", "a\xC2\xA0 b"},
	};

	(void)state;
	EXPECT_ALL(escape_folded, cases);
}

static void markdown(void **state)
{
	static const escape_case addresses[] = {
		{"see (https://x.example/a_b/~c?d=1&e_f=2)",
	         "see (https://x.example/a_b/~c?d=1&e_f=2)"},
		{"http://x.example/_a_ /~b a_b &c=1",
	         "http://x.example/\\_a\\_ /\\~b a\\_b \\&c=1"},
		{"https://x.example/&lt;&b=1;~c*d_e",
	         "https://x.example/\\&lt;\\&b=1;\\~c\\*d\\_e"},
		{"https://x.example/a_", "https://x.example/a\\_"},
	};
	static const escape_case cases[] = {
		{NULL, ""},
		{"plain words, here", "plain words, here"},
		{"[a](http://x)", "\\[a\\](http://x)"},
		{"![a](b)", "!\\[a\\](b)"},
		{"<script>", "\\<script\\>"},
		{"*b* _i_ `c` ~s~", "\\*b\\* \\_i\\_ \\`c\\` \\~s\\~"},
		{"a | b \\ $x$", "a \\| b \\\\ \\$x\\$"},
		/* An entity would print as another character; a lone ampersand does not. */
		{"&amp; &#35; R & D &", "\\&amp; \\&#35; R & D &"},
		/* Headings, lists and rules begin a line. */
		{"# h", "\\# h"},
		{"x # h", "x # h"},
		{"- a - b", "\\- a - b"},
		{"+ a", "\\+ a"},
		{"=== a", "\\=== a"},
		{"1. x 2. y", "1\\. x 2. y"},
		{"12) x", "12\\) x"},
		{"v1. x", "v1. x"},
		{"line\n\n# break", "line  # break"},
		{"\x1B    code", "code"},
	};

	(void)state;
	EXPECT_ALL(escape_markdown, cases);
	EXPECT_ALL(escape_markdown, addresses);
}

static void html(void **state)
{
	static const escape_case cases[] = {
		{NULL, ""},
		{"<a href=\"x\" b='y'> & &amp;",
	         "&lt;a href=&quot;x&quot; b=&#39;y&#39;&gt; &amp; &amp;amp;"},
		{"a\nb\x1B", "a b"},
	};

	(void)state;
	EXPECT_ALL(escape_html, cases);
}

static void addresses(void **state)
{
	static const escape_case cases[] = {
		{NULL, ""},
		{"https://arxiv.org/abs/math/0309136?a=b&c=%20#d",
	         "https://arxiv.org/abs/math/0309136?a=b&c=%20#d"},
		{"a b\tc\nd\x7F", "a%20b%09c%0Ad%7F"},
		{"x)(<y>\"'`", "x%29%28%3Cy%3E%22%27%60"},
		{"\\{|}^", "%5C%7B%7C%7D%5E"},
		{"\xC3\xA9", "%C3%A9"},
	};

	(void)state;
	EXPECT_ALL(escape_url, cases);
}

static void query_parts(void **state)
{
	static const escape_case cases[] = {
		{NULL, ""},
		{"AZaz09-._~", "AZaz09-._~"},
		{"a b&c=d/e?f+g%h", "a%20b%26c%3Dd%2Fe%3Ff%2Bg%25h"},
		{"\xC3\xA9\x01", "%C3%A9%01"},
	};

	(void)state;
	EXPECT_ALL(escape_query, cases);
}

/*
 * Whatever the bytes: one line of clean UTF-8, and in HTML nothing that opens a tag or ends an
 * attribute.
 */
static void any_bytes_come_out_clean(void **state)
{
	static const escape_fn line_forms[] = {escape_line, escape_folded, escape_markdown,
	                                       escape_html};
	uint32_t               seed = 20261;
	char                   text[64];

	(void)state;
	for (int round = 0; round < 20000; round++) {
		size_t len = seed % (sizeof text - 1);

		for (size_t i = 0; i < len; i++) {
			seed = seed * 1664525u + 1013904223u;
			text[i] = (char)(seed >> 24 ? seed >> 24 : 1);
		}
		seed = seed * 1664525u + 1013904223u;
		text[len] = 0;
		for (size_t f = 0; f < sizeof line_forms / sizeof *line_forms; f++) {
			buf out = BUF_INIT(0);

			line_forms[f](&out, text);
			assert_int_equal(utf8_valid_prefix(buf_str(&out), out.len), out.len);
			for (size_t i = 0; i < out.len; i++)
				assert_true((unsigned char)out.data[i] >= 0x20 &&
				            out.data[i] != 0x7F);
			if (line_forms[f] == escape_html)
				assert_null(strpbrk(buf_str(&out), "<>\"'"));
			buf_free(&out);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lines),
		cmocka_unit_test(folded_lines),
		cmocka_unit_test(markdown),
		cmocka_unit_test(html),
		cmocka_unit_test(addresses),
		cmocka_unit_test(query_parts),
		cmocka_unit_test(any_bytes_come_out_clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
