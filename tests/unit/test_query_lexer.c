/* Text to tokens, written as one line a text: what stands where, and with which marks. */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "query_lexer.h"
#include "query_plain.h"

static const char *const names[] = {
	[TOKEN_WORD] = "w",      [TOKEN_PHRASE] = "p",    [TOKEN_OPEN] = "(",
	[TOKEN_CLOSE] = ")",     [TOKEN_AND] = "&",       [TOKEN_OR] = "|",
	[TOKEN_NOT] = "!",       [TOKEN_NEAR] = "NEAR",   [TOKEN_XOR] = "XOR",
	[TOKEN_ADJ] = "ADJ",     [TOKEN_SYNONYM] = "SYN", [TOKEN_MAYBE] = "MAYBE",
	[TOKEN_ELITE] = "ELITE",
};

static void write_token(buf *out, const query_token *t)
{
	if (out->len)
		buf_putc(out, ' ');
	if (t->sign)
		buf_putc(out, t->sign);
	if (t->exact)
		buf_putc(out, '=');
	if (t->synonyms)
		buf_putc(out, '~');
	if (t->field)
		buf_printf(out, "%s/", t->field->name);
	if (t->unknown)
		buf_printf(out, "?%zu/", t->unknown);
	buf_puts(out, names[t->type]);
	if (t->type == TOKEN_WORD || t->type == TOKEN_PHRASE)
		buf_printf(out, "<%.*s>", (int)t->len, t->text);
	if (t->prefix)
		buf_putc(out, '*');
	if (t->suffixed)
		buf_printf(out, "s%u", t->suffix);
	if (t->type == TOKEN_NEAR || t->type == TOKEN_ADJ || t->type == TOKEN_ELITE)
		buf_printf(out, "%u", t->window);
	if (t->factor >= 0)
		buf_printf(out, "^%d", (int)(t->factor * 100));
}

static void check(const char *text, unsigned flags, const char *expected)
{
	buf         out = BUF_INIT(0);
	query_lexer lx;
	query_token t;

	query_lexer_init(&lx, text, flags, NULL);
	for (query_lexer_next(&lx, &t); t.type != TOKEN_END; query_lexer_next(&lx, &t))
		write_token(&out, &t);
	assert_string_equal(buf_str(&out), expected);
	query_lexer_next(&lx, &t);
	assert_int_equal(t.type, TOKEN_END);
	buf_free(&out);
}

typedef struct row {
	const char *text, *expected;
} row;

static void check_rows(const row *rows, size_t count)
{
	for (size_t i = 0; i < count; i++)
		check(rows[i].text, SHEAF_FLAG_DEFAULT, rows[i].expected);
}

static void test_words(void **state)
{
	static const row rows[] = {
		{"", ""},
		{" ", ""},
		{"deep network", "w<deep> w<network>"},
		{"C++ non-invasive AT&T", "w<C++> w<non-invasive> w<AT&T>"},
		{"Schr\\\"odinger", "w<Schr\\\"odinger>"},
		{"Schr{\\\"o}dinger", "w<Schr{\\\"o}dinger>"},
		{"{\\H o}s x", "w<{\\H o}s> w<x>"},
		{"{\\H oooooooooooooooooooooooo}", "w<{\\H> w<oooooooooooooooooooooooo}>"},
		{"{x y}", "w<{x> w<y}>"},
		{"$f(x)$ y", "w<$f(x)$> w<y>"},
		{"$f(x) y$", "w<$f> ( w<x> ) w<y$>"},
		{"$5 and $10", "w<$5> w<and> w<$10>"},
		{"\\(x\\)", "w<\\(x\\)>"},
		{"f(x)", "w<f> ( w<x> )"},
		{"back\\", "w<back\\>"},
		{"=", "w<=>"},
		{"- + =", "w<-> w<+> w<=>"},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

static void test_phrases(void **state)
{
	static const row rows[] = {
		{"\"deep network\"", "p<deep network>"},
		{"\"\"", "p<>"},
		{"\"deep", "w<deep>"},
		{"deep\" network", "w<deep> w<network>"},
		{"\"a\" \"b", "p<a> w<b>"},
		{"\"G\\\"odel\"", "p<G\\\"odel>"},
		{"x\"a b\"y", "w<x> p<a b> w<y>"},
		{"\xE2\x80\x9C"
	         "a b\xE2\x80\x9D",
	         "p<a b>"},
		{"\"a b\"*", "p<a b>*"},
		{"\"a b\":stem", "p<a b>s1"},
		{"\"a b\":stemmed", "p<a b> w<:stemmed>"},
		{"\"a b\"^2", "p<a b>^200"},
		{"\"a b\":stem^2", "p<a b>s1^200"},
		{"\"a b\"^x", "p<a b> w<^x>"},
		{"ti:\"a b\"", "title/p<a b>"},
		{"ti:\"a b", "title/w<a> w<b>"},
		{"ti:\"", "title/w<>"},
		{"=\"a\"", "=p<a>"},
		{"-ti:=\"a\"", "-=title/p<a>"},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

static void test_operators(void **state)
{
	static const row rows[] = {
		{"a AND b OR c NOT d ANDNOT e", "w<a> & w<b> | w<c> ! w<d> ! w<e>"},
		{"a and b Or c", "w<a> w<and> w<b> w<Or> w<c>"},
		{"ANDROID ORB", "w<ANDROID> w<ORB>"},
		{"a NEAR b NEAR/3 c", "w<a> NEAR10 w<b> NEAR3 w<c>"},
		{"NEAR/ NEAR/x NEAR/3x NEAR/12345 AND/3",
	         "w<NEAR/> w<NEAR/x> w<NEAR/3x> w<NEAR/12345> w<AND/3>"},
		{"NEAR/9999", "NEAR1000"},
		{"(a OR b)", "( w<a> | w<b> )"},
		{"(a)^2 (b)^0.5) (c)^x", "( w<a> )^200 ( w<b> )^50 ) ( w<c> ) w<^x>"},
		{"NOT(a)", "! ( w<a> )"},
		{"-AND =OR", "-w<AND> =w<OR>"},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

static void test_signs(void **state)
{
	static const row rows[] = {
		{"+a -b", "+w<a> -w<b>"},
		{"a+b a-b", "w<a+b> w<a-b>"},
		{"(-a)", "( -w<a> )"},
		{"(a)-b", "( w<a> ) w<-b>"},
		{"\"a\"-b", "p<a> w<-b>"},
		{"--a -+b", "w<--a> w<-+b>"},
		{"-(a) +\"b\"", "-( w<a> ) +p<b>"},
		{"-ti:a +ti:(b)", "-title/w<a> +title/( w<b> )"},
		{"=a -=b ==c", "=w<a> -=w<b> w<==c>"},
		{"- a", "w<-> w<a>"},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

static void test_fields(void **state)
{
	static const row rows[] = {
		{"ti:a TI:a title:a", "title/w<a> title/w<a> title/w<a>"},
		{"ti:(a b)", "title/( w<a> w<b> )"},
		{"ti: a", "title/w<a>"},
		{"title: a", "w<title:> w<a>"},
		{"ti: OR a", "w<ti:> | w<a>"},
		{"ti:", "w<ti:>"},
		{"(ti:)", "( w<ti:> )"},
		{"ti:au:a", "title/w<au:a>"},
		{"foo:a", "?3/w<foo:a>"},
		{"foo: a foo::a foo://a", "w<foo:> w<a> w<foo::a> w<foo://a>"},
		{"10:30 -x:1", "w<10:30> -?1/w<x:1>"},
		{"license:x withdrawn:1", "?7/w<license:x> ?9/w<withdrawn:1>"},
		{"cat:cs.NE) doi:10.1/(a)b(c", "cat/w<cs.NE> ) doi/w<10.1/(a)b(c>"},
		{"cat:cs.NE, cat:cs.AI;", "cat/w<cs.NE> w<,> cat/w<cs.AI> w<;>"},
		{"submittedDate:[2024 TO 2025] a", "submitted/w<[2024 TO 2025]> w<a>"},
		{"ti:[a b]", "title/w<[a> w<b]>"},
		{"date:2024-01-01T00:00:00Z..", "date/w<2024-01-01T00:00:00Z..>"},
		{"arXiv:2601.22876 arxiv:math/0309136v1, arXiv:nonsense",
	         "id/w<2601.22876> id/w<math/0309136v1> w<,> ?5/w<arXiv:nonsense>"},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

static void test_weights(void **state)
{
	static const row rows[] = {
		{"a^2 a^2.5 a^0.25", "w<a>^200 w<a>^250 w<a>^25"},
		{"a^0 10^5 ^2 a^ a^b a^2b", "w<a^0> w<10^5> w<^2> w<a^> w<a^b> w<a^2b>"},
		{"a^1.2.3 a^1234567890123", "w<a^1.2.3> w<a^1234567890123>"},
		{"a^9999999", "w<a>^100000000"},
		{"ti:a*^2", "title/w<a*>^200"},
		{"$L^2$ x^2$", "w<$L^2$> w<x^2$>"},
	};

	(void)state;
	check_rows(rows, sizeof rows / sizeof *rows);
}

static void test_flags(void **state)
{
	(void)state;
	check("a AND (b OR \"c d\") -e f*", 0, "w<a> w<AND> w<b> w<OR> w<c> w<d> w<-e> w<f*>");
	check("ti:(a)", 0, "title/w<> w<a>");
	check("\"a b\"*", SHEAF_FLAG_PHRASE, "p<a b> w<*>");
	check("-a (b)", SHEAF_FLAG_LOVEHATE, "-w<a> w<b>");
	check("a OR \"b c\"", SHEAF_FLAG_BOOLEAN, "w<a> | w<b> w<c>");
}

static void test_clean(void **state)
{
	static const row rows[] = {
		{"", ""},
		{" a \t\r\n b ", "a b"},
		{"a\xC2\xA0"
	         "b\xE3\x80\x80"
	         "c",
	         "a b c"},
		{"a\x01\x7F\x1B"
	         "b",
	         "ab"},
		{"a\xE2\x80\xAE"
	         "b\xEF\xBB\xBF",
	         "ab"},
		{"\xC3\xA9\xFF", "\xC3\xA9\xEF\xBF\xBD"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf out = BUF_INIT(0);

		query_clean(&out, rows[i].text);
		assert_string_equal(buf_str(&out), rows[i].expected);
		buf_free(&out);
	}
}

static void test_plain(void **state)
{
	static const char *const words[] = {"a",        "C++", "non-invasive", "Schr\\\"odinger",
	                                    "{\\H o}s", "a:b", "x^0"};
	static const char *const not_words[] = {
		"",    "a b", "AND",  "NEAR/3",           "(a)", "\"a\"", "-a",  "=a",
		"a^2", "a*",  "ti:a", "arXiv:2601.22876", "*",   "+",     "a\"b"};
	static const char *const values[] = {"cs.NE", "10.1/a(b)c", "a:b", "-x", "AND"};
	static const char *const not_values[] = {"",   "a b", "a)",  "(a)", "\"a", "a*",
	                                         "a,", "a;",  "a^2", "=a",  "[a"};

	(void)state;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++)
		assert_true(query_is_plain_word(words[i]));
	for (size_t i = 0; i < sizeof not_words / sizeof *not_words; i++)
		assert_false(query_is_plain_word(not_words[i]));
	for (size_t i = 0; i < sizeof values / sizeof *values; i++)
		assert_true(query_is_plain_value(values[i]));
	for (size_t i = 0; i < sizeof not_values / sizeof *not_values; i++)
		assert_false(query_is_plain_value(not_values[i]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_words),     cmocka_unit_test(test_phrases),
		cmocka_unit_test(test_operators), cmocka_unit_test(test_signs),
		cmocka_unit_test(test_fields),    cmocka_unit_test(test_weights),
		cmocka_unit_test(test_flags),     cmocka_unit_test(test_clean),
		cmocka_unit_test(test_plain),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
