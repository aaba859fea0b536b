/* words.h: text to words, in prose and in names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "utf8.h"
#include "words.h"

static int put_word(void *ctx, const word *w)
{
	buf *out = ctx;

	if (out->len)
		buf_putc(out, ' ');
	buf_append(out, w->text, w->len);
	return 0;
}

static int put_line(void *ctx)
{
	buf_puts(ctx, " /");
	return 0;
}

static void expect(words_mode mode, const char *text, const char *words)
{
	buf              out = BUF_INIT(0);
	const words_sink sink = {&out, put_word, put_line};

	assert_int_equal(words_split(text, strlen(text), mode, &sink), 0);
	if (strcmp(buf_str(&out), words) != 0)
		fail_msg("'%s': '%s'", text, buf_str(&out));
	buf_free(&out);
}

static void prose(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{"", ""},
		{" \n\t.,;", ""},
		{"Spiking Neural NETWORKS", "spiking neural networks"},
		{"one\ntwo\r\nthree", "one two three"},
		{"event-based", "event based"},
		{"GPT-4o v2.0", "gpt 4o v2 0"},
		{"a_1 b^2", "a1 b2"},
		/* Accents, by TeX or not. */
		{"Schr\\\"odinger", "schrodinger"},
		{"Schr\\\"{o}dinger", "schrodinger"},
		{"Schr{\\\"o}dinger", "schrodinger"},
		{"Schr\xC3\xB6"
	         "dinger",
	         "schrodinger"},
		{"Schro\xCC\x88"
	         "dinger",
	         "schrodinger"},
		{"L\\'evy Erd\\H{o}s", "levy erdos"},
		{"Poincar\\'e", "poincare"},
		{"\\v{S}koda \\v Skoda", "skoda skoda"},
		{"K\\\"ahler--Einstein", "kahler einstein"},
		{"\\O{}rsted {\\o}re Stra\\ss e", "orsted ore strasse"},
		{"na\\\"\\i ve", "naive"},
		/* Formulas. */
		{"$\\alpha$-decay", "alpha decay"},
		{"\\beta-function", "beta function"},
		{"\xCE\xB1-decay", "alpha decay"},
		{"\xCE\xB1\xCE\xB2", "\xCE\xB1\xCE\xB2"},
		{"CO$_2$", "co2"},
		{"CO$_{2}$", "co2"},
		{"CO\xE2\x82\x82", "co2"},
		{"$L^p$ spaces", "lp spaces"},
		{"$\\mathcal{O}(n)$", "o n"},
		{"$\\alpha_s$ and $\\alpha x$", "alphas and alpha x"},
		{"$x \\times y$", "x y"},
		{"\\emph{very} \\textbf{bold}", "very bold"},
		{"\\Omega", "omega"},
		{"a\\\\b", "a b"},
		{"100\\% of R\\&D", "100 of r d"},
		/* Possessives. */
		{"Bell's theorem", "bell theorem"},
		{"Bell\xE2\x80\x99s theorem", "bell theorem"},
		{"BELL'S", "bell"},
		{"don't", "don t"},
		{"'s", "s"},
		{"it'sy", "it sy"},
		{"x's's", "x s"},
		/* Han and kana are words of their own. */
		{"\xE7\xA5\x9E\xE7\xBB\x8F net", "\xE7\xA5\x9E \xE7\xBB\x8F net"},
		{"a\xE7\xA5\x9E"
	         "b",
	         "a \xE7\xA5\x9E b"},
		{"\xD1\x81\xD0\xB5\xD1\x82\xD1\x8C", "\xD1\x81\xD0\xB5\xD1\x82\xD1\x8C"},
		/* Broken bytes end a word. */
		{"ab\xFF"
	         "cd",
	         "ab cd"},
		{"ab\xC3", "ab"},
		{"\xEF\xBF\xBD", ""},
		/* Nothing a person types can look like a marker. */
		{"\x04net \x05"
	         "cat:cs \x06",
	         "net cat cs"},
		{"\\", ""},
		{"a\\", "a"},
		{"{}{}$$", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect(WORDS_PROSE, cases[i].text, cases[i].words);
}

typedef struct example {
	const char *text, *words;
} example;

static void expect_all(const example *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		expect(WORDS_PROSE, cases[i].text, cases[i].words);
}

#define EXPECT_ALL(cases) expect_all(cases, sizeof(cases) / sizeof *(cases))

static void formulas(void **state)
{
	static const example cases[] = {
		/* Arguments are apart. */
		{"$\\frac{a}{b}$", "a b"},
		{"$\\frac{\\frac{a}{b}}{c}$ x", "a b c x"},
		{"\\frac12 \\tfrac{1}{2} \\binom{n}{k}", "1 2 1 2 n k"},
		{"\\textcolor{red}{text} \\stackrel{a}{b}", "red text a b"},
		{"{a}{b} \\frac", "ab"},
		/* What only formats. */
		{"\\emph{very} \\textit {much} {\\em bold}er \\bm{x}", "very much bolder x"},
		{"$\\mathbb{R}^n$ $\\mathbb R^n$ $\\hat x$ $\\bar{x}$", "rn rn x x"},
		{"hy\\-phen\\-ation a~b--c R\\&D \\$5", "hyphenation a b c r d 5"},
		{"$SU(2)\\times U(1)$, $a\\le b \\subset c$", "su 2 u 1 a b c"},
		/* Scripts belong to their base where they are short. */
		{"H_2O H$_2$O $T_c$ $x_{ij}$ $x_i^2$ $L^{2}$", "h2o h2o tc x ij xi2 l2"},
		{"$E_{max}$ $f_{\\rm NL}$ f_NL $D_{KL}$", "e max f nl f nl d kl"},
		{"$\\Lambda_{\\rm QCD}$ $\\Lambda_{QCD}$ Lambda_QCD",
	         "lambda qcd lambda qcd lambda qcd"},
		{"scikit_learn scikit\\_learn", "scikit learn scikit learn"},
		{"$^{87}$Rb $^4$He s$^{-1}$ $e^+e^-$", "87rb 4he s 1 e e"},
		{"$\\alpha_s$ $\\alpha_{\\rm s}$ {\\alpha}_s", "alphas alphas alphas"},
		{"$C^*$-algebra $A_\\infty$-algebra H_ x^", "c algebra a infinity algebra h x"},
		{"$\\ell_1$ \xE2\x84\x93"
	         "1 $\\ell^2$",
	         "l1 l1 l2"},
		{"$\\mathbb{Z}_2^2$", "z2 2"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void symbols(void **state)
{
	static const example cases[] = {
		/* However it is written, it is one word. */
		{"H$\\alpha$ H\xCE\xB1 H-alpha", "h alpha h alpha h alpha"},
		{"0$\\nu\\beta\\beta$ 0\xCE\xBD\xCE\xB2\xCE\xB2", "0 nu beta beta 0 nu beta beta"},
		{"$\\beta_2$ \xCE\xB2"
	         "2 \xCE\xB2\xE2\x82\x82",
	         "beta2 beta2 beta2"},
		{"$\\chi^2$ \xCF\x87\xC2\xB2 \xCF\x87^2", "chi2 chi2 chi2"},
		{"$\\mu$m \xCE\xBCm \xC2\xB5m", "mu m mu m mu m"},
		{"$\\Delta t$ \xCE\x94t", "delta t delta t"},
		{"$\\varepsilon$-greedy \xCE\xB5-greedy \xCF\xB5-greedy",
	         "epsilon greedy epsilon greedy epsilon greedy"},
		{"$H_\\infty$ H\xE2\x88\x9E", "h infinity h infinity"},
		/* Greek words stay words, composed or not. */
		{"\xCE\xBB\xCF\x8C\xCE\xB3\xCE\xBF\xCF\x82",
	         "\xCE\xBB\xCE\xBF\xCE\xB3\xCE\xBF\xCF\x83"},
		{"\xCE\xBB\xCE\xBF\xCC\x81\xCE\xB3\xCE\xBF\xCF\x82",
	         "\xCE\xBB\xCE\xBF\xCE\xB3\xCE\xBF\xCF\x83"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void numbers(void **state)
{
	static const example cases[] = {
		{"3.14 2.5D", "3 14 2 5d"},
		{"1,000 12,345,678 $1{,}000$ 20\\,000", "1000 12345678 1000 20000"},
		{"1,00 1,0000 0,100 x,100 1234,567 1, 000",
	         "1 00 1 0000 0 100 x 100 1234 567 1 000"},
		{"a1,000", "a1 000"},
		{"10^6 10^{-3} 10$^{12}$ 10\xE2\x81\xB5 10\xC2\xB2", "10 6 10 3 10 12 10 5 10 2"},
		{"2^n n^2 m\xC2\xB2 CO\xE2\x82\x82", "2n n2 m2 co2"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void programming_languages(void **state)
{
	static const example cases[] = {
		{"C++ C/C++, (C++) C\\+\\+", "c++ c c++ c++ c++"},
		{"C++11 C# C\\# F#.", "c++ 11 c# c# f#"},
		{"a+b c+++ CC++ C#x e^{++} H^{++} 1++", "a b c cc c x e h 1"},
		{"C ++ #", "c"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void signs_inside_words(void **state)
{
	static const example cases[] = {
		{"l'H\xC3\xB4pital O'Brien don't", "l hopital o brien don t"},
		{"Bell\xC2\xB4s Bell\xCA\xBCs", "bell bell"},
		{"soft\xC2\xADhyphen zero\xE2\x80\x8Bwidth zw\xE2\x80\x8Cnj \xEF\xBB\xBFstart",
	         "softhyphen zero width zwnj start"},
		{"\xEF\xAC\x81nite \xEF\xBC\xA6\xEF\xBD\x95ll", "finite full"},
		{"Schr\xC2\xA8odinger Poincar\xC2\xB4"
	         "e Hawai\xCA\xBBi",
	         "schrodinger poincare hawaii"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void scripts_of_the_world(void **state)
{
	static const example cases[] = {
		/* Without blanks between words, each letter is a word: Thai, kana. */
		{"\xE0\xB8\x81\xE0\xB8\xB2", "\xE0\xB8\x81 \xE0\xB8\xB2"},
		{"\xE3\x81\x8C\xE3\x83\x91", "\xE3\x81\x8C \xE3\x83\x91"},
		/* Vowels of Devanagari are letters, points of Arabic are not. */
		{"\xE0\xA4\x95\xE0\xA4\xBE\xE0\xA4\xAE", "\xE0\xA4\x95\xE0\xA4\xBE\xE0\xA4\xAE"},
		{"\xD9\x85\xD9\x8F\xD8\xAD", "\xD9\x85\xD8\xAD"},
		/* Short i in one character or two; io is ie. */
		{"\xD0\x99\xD0\xBE\xD0\xB4 \xD0\xB8\xCC\x86\xD0\xBE\xD0\xB4",
	         "\xD0\xB9\xD0\xBE\xD0\xB4 \xD0\xB9\xD0\xBE\xD0\xB4"},
		{"\xD1\x91\xD0\xBB\xD0\xBA\xD0\xB0", "\xD0\xB5\xD0\xBB\xD0\xBA\xD0\xB0"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void names(void **state)
{
	static const struct {
		const char *text, *words;
	} cases[] = {
		{"", ""},
		{"Ada Lovelace\nAlan Turing", "ada lovelace / alan turing"},
		{"Ada\n\nAlan\n", "ada / / alan /"},
		{"Erd\\H{o}s, P.", "erdos p"},
		{"O'Neil", "o neil"},
		/* No possessive, no Greek name, no subscript among names. */
		{"Marx's", "marx s"},
		{"\xCE\xB1", "\xCE\xB1"},
		{"ANL_HEP^2", "anl hep 2"},
		{"C++ 1,000 H\xCE\xB1", "c 1 000 h\xCE\xB1"},
		{"van der Waals-Smith", "van der waals smith"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect(WORDS_NAMES, cases[i].text, cases[i].words);
}

typedef struct seen_word {
	size_t begin, end;
} seen_word;

static int keep_place(void *ctx, const word *w)
{
	seen_word **next = ctx;

	*(*next)++ = (seen_word){w->begin, w->end};
	return 0;
}

static void words_know_their_bytes(void **state)
{
	static const char text[] =
		"  Schr\\\"{o}dinger's $\\alpha$ o\xCC\x88 CO$_2$. C++ 1,000 H\xCE\xB1";
	const seen_word  places[] = {{2, 17},  {21, 27}, {29, 32}, {33, 38},
	                             {41, 44}, {45, 50}, {51, 52}, {52, 54}};
	seen_word        seen[8], *next = seen;
	const words_sink sink = {&next, keep_place, NULL};

	(void)state;
	assert_int_equal(words_split(text, sizeof text - 1, WORDS_PROSE, &sink), 0);
	assert_int_equal(next - seen, 8);
	for (size_t i = 0; i < 8; i++) {
		assert_int_equal(seen[i].begin, places[i].begin);
		assert_int_equal(seen[i].end, places[i].end);
	}
}

static int stop_at_third(void *ctx, const word *w)
{
	int *left = ctx;

	(void)w;
	return --*left ? 0 : 42;
}

static int stop_at_line(void *ctx)
{
	(void)ctx;
	return 43;
}

static void the_sink_can_stop(void **state)
{
	int        left = 3;
	words_sink sink = {&left, stop_at_third, NULL};

	(void)state;
	assert_int_equal(words_split("a b c d e", 9, WORDS_PROSE, &sink), 42);
	assert_int_equal(left, 0);
	left = 1;
	assert_int_equal(words_split("last", 4, WORDS_PROSE, &sink), 42);
	left = 9;
	sink.line = stop_at_line;
	assert_int_equal(words_split("a\nb", 3, WORDS_NAMES, &sink), 43);
	assert_int_equal(left, 8);
}

static int measure(void *ctx, const word *w)
{
	size_t *longest = ctx;

	assert_int_equal(utf8_valid_prefix(w->text, w->len), w->len);
	assert_true(w->len <= WORD_MAX);
	if (w->len > *longest)
		*longest = w->len;
	return 0;
}

static void long_words_are_cut_alike(void **state)
{
	char       text[4000];
	size_t     longest = 0;
	words_sink sink = {&longest, measure, NULL};

	(void)state;
	memset(text, 'x', sizeof text);
	words_split(text, sizeof text, WORDS_PROSE, &sink);
	assert_int_equal(longest, WORD_MAX);
	for (size_t i = 0; i + 1 < sizeof text; i += 2)
		memcpy(text + i, "\xD0\xB6", 2);
	longest = 0;
	words_split(text + 1, sizeof text - 1, WORDS_PROSE, &sink);
	assert_int_equal(longest, WORD_MAX);
	memset(text, 'a', sizeof text);
	text[0] = '\\';
	longest = 0;
	words_split(text, sizeof text, WORDS_PROSE, &sink);
	assert_int_equal(longest, WORD_MAX);
}

/* Words stand in order, within the text, apart from each other; whatever the bytes. */
typedef struct order {
	size_t end, len;
} order;

static int check_order(void *ctx, const word *w)
{
	order *o = ctx;

	assert_true(w->len > 0 && w->len <= WORD_MAX);
	assert_true(w->begin >= o->end && w->end > w->begin && w->end <= o->len);
	for (size_t i = 0; i < w->len; i++)
		assert_true((unsigned char)w->text[i] > 0x20 && w->text[i] != '"');
	o->end = w->end;
	return 0;
}

static void any_bytes_give_words_in_order(void **state)
{
	static const char alphabet[] =
		"ab1 \\\"'{}$_^-\ns,+#\xC3\xA9\xCC\x88\xE7\xA5\x9E\xCE\xB1\xC2\xB2\xFF";
	uint32_t seed = 7;
	char     text[48];

	(void)state;
	for (int round = 0; round < 40000; round++) {
		order            o = {0, (size_t)round % sizeof text};
		const words_sink sink = {&o, check_order, NULL};

		for (size_t i = 0; i < o.len; i++) {
			seed = seed * 1664525u + 1013904223u;
			text[i] = alphabet[(seed >> 16) % (sizeof alphabet - 1)];
		}
		words_split(text, o.len, round & 1 ? WORDS_PROSE : WORDS_NAMES, &sink);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(prose),
		cmocka_unit_test(formulas),
		cmocka_unit_test(symbols),
		cmocka_unit_test(numbers),
		cmocka_unit_test(programming_languages),
		cmocka_unit_test(signs_inside_words),
		cmocka_unit_test(scripts_of_the_world),
		cmocka_unit_test(names),
		cmocka_unit_test(words_know_their_bytes),
		cmocka_unit_test(the_sink_can_stop),
		cmocka_unit_test(long_words_are_cut_alike),
		cmocka_unit_test(any_bytes_give_words_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
