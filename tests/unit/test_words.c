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
	static const char text[] = "  Schr\\\"{o}dinger's $\\alpha$ o\xCC\x88 CO$_2$.";
	const seen_word   places[] = {{2, 17}, {21, 27}, {29, 32}, {33, 38}};
	seen_word         seen[8], *next = seen;
	const words_sink  sink = {&next, keep_place, NULL};

	(void)state;
	assert_int_equal(words_split(text, sizeof text - 1, WORDS_PROSE, &sink), 0);
	assert_int_equal(next - seen, 4);
	for (size_t i = 0; i < 4; i++) {
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
	static const char alphabet[] = "ab1 \\\"'{}$_^-\ns\xC3\xA9\xCC\x88\xE7\xA5\x9E\xFF";
	uint32_t          seed = 7;
	char              text[48];

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
		cmocka_unit_test(names),
		cmocka_unit_test(words_know_their_bytes),
		cmocka_unit_test(the_sink_can_stop),
		cmocka_unit_test(long_words_are_cut_alike),
		cmocka_unit_test(any_bytes_give_words_in_order),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
