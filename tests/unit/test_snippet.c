/* snippet.h and highlight.h: the part of a text that shows why it was found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alloc.h"
#include "engine_fixture.h"
#include "passage.h"
#include "snippet.h"
#include "utf8.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "snippet");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static highlight *look_for(const char *text)
{
	sheaf_query_parser *parser;
	sheaf_query        *q;
	highlight          *h;

	must(sheaf_query_parser_new(&parser, NULL), NULL);
	must(sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, &q, NULL), NULL);
	must(highlight_new(e.db, q, &h, NULL), NULL);
	sheaf_query_free(q);
	sheaf_query_parser_free(parser);
	return h;
}

static void expect(const char *query, sheaf_field field, size_t words, const char *source,
                   const char *snippet)
{
	const sheaf_snippet_options options = {.words = words, .hi_start = "[", .hi_end = "]"};
	highlight                  *h = look_for(query);
	char                       *text;

	must(snippet_make(h, field, source, &options, &text, NULL), NULL);
	if (strcmp(text, snippet) != 0)
		fail_msg("%s in '%s': '%s'", query, source, text);
	mem_free(text);
	highlight_free(h);
}

#define ELLIPSIS "\xE2\x80\xA6"

static void matches_are_marked(void **state)
{
	static const struct {
		const char *query, *source, *snippet;
	} cases[] = {
		{"network", "Networks of networking things", "[Networks] of [networking] things"},
		{"=networks", "Networks of networking things", "[Networks] of networking things"},
		{"\"networks of\"", "Networks of things of", "[Networks] [of] things [of]"},
		{"comput*", "Computing computers count", "[Computing] [computers] count"},
		{"Schrodinger", "the Schr\\\"odinger cat", "the [Schr\\\"odinger] cat"},
		{"erdos", "Erd\xC5\x91s numbers", "[Erd\xC5\x91s] numbers"},
		{"event-based", "An event-based, eventbased event",
	         "An [event]-[based], [eventbased] [event]"},
		{"cat:cs.NE", "cs NE", "cs NE"},
		{"things NOT network", "network things", "network [things]"},
		{"ti:network things", "network things", "network [things]"},
		{"abs:network things", "network things", "[network] [things]"},
		{"nothing", "network things", "network things"},
		{"", "network things", "network things"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect(cases[i].query, SHEAF_FIELD_ABSTRACT, 30, cases[i].source, cases[i].snippet);
	/* Names are not stemmed, but a word in any field is looked for by its stem. */
	expect("au:jones", SHEAF_FIELD_AUTHOR, 30, "Jones\nJone", "[Jones] Jone");
	expect("au:jone", SHEAF_FIELD_AUTHOR, 30, "Jones\nJone", "Jones [Jone]");
}

static void white_space_is_folded(void **state)
{
	(void)state;
	expect("b", SHEAF_FIELD_ABSTRACT, 30, "  a \n\n b\tc  ", "a [b] c");
	expect("a", SHEAF_FIELD_ABSTRACT, 30, "\n\na\n\n", "[a]");
	expect("x", SHEAF_FIELD_ABSTRACT, 30, "", "");
	expect("x", SHEAF_FIELD_ABSTRACT, 30, " \n ", "");
	expect("x", SHEAF_FIELD_ABSTRACT, 30, " ... !", "... !");
}

static void the_window_is_where_the_matches_are(void **state)
{
	static const struct {
		size_t      words;
		const char *snippet;
	} cases[] = {
		{1, "[x1]" ELLIPSIS}, /* the first of equals */
		{2, ELLIPSIS "[x1] [x2]" ELLIPSIS},
		{4, ELLIPSIS "w8 [x1] [x2] w9" ELLIPSIS},
		{5, ELLIPSIS "w8 [x1] [x2] w9 w10" ELLIPSIS},
		{9, ELLIPSIS "w6 w7 w8 [x1] [x2] w9 w10 w11 w12" ELLIPSIS},
		{17, "[x1] w1 w2 w3 w4 w5 w6 w7 w8 [x1] [x2] w9 w10 w11 w12 w13. w14" ELLIPSIS},
		{18, "[x1] w1 w2 w3 w4 w5 w6 w7 w8 [x1] [x2] w9 w10 w11 w12 w13. w14 w15."},
		{1000, "[x1] w1 w2 w3 w4 w5 w6 w7 w8 [x1] [x2] w9 w10 w11 w12 w13. w14 w15."},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect("x1 OR x2", SHEAF_FIELD_ABSTRACT, cases[i].words,
		       "x1 w1 w2 w3 w4 w5 w6 w7 w8 x1 x2 w9 w10 w11 w12 w13. w14 w15.",
		       cases[i].snippet);
}

static void windows_at_the_ends(void **state)
{
	(void)state;
	expect("x", SHEAF_FIELD_ABSTRACT, 3, "x a b c d e", "[x] a b" ELLIPSIS);
	expect("x", SHEAF_FIELD_ABSTRACT, 3, "a b c d e x", ELLIPSIS "d e [x]");
	expect("x", SHEAF_FIELD_ABSTRACT, 3, "a b c d e x!)", ELLIPSIS "d e [x]!)");
	/* Without a match, the beginning. */
	expect("x", SHEAF_FIELD_ABSTRACT, 3, "(a b c d e", "(a b c" ELLIPSIS);
}

static void a_window_of_no_size_is_a_usual_one(void **state)
{
	char   source[600] = "";
	buf    expected = BUF_INIT(0);
	size_t len = 0;

	(void)state;
	for (int i = 0; i < 60; i++) {
		len += (size_t)snprintf(source + len, sizeof source - len, "%sw%d", i ? " " : "",
		                        i);
		if (i < 30)
			buf_printf(&expected, "%sw%d", i ? " " : "", i);
	}
	buf_puts(&expected, ELLIPSIS);
	expect("x", SHEAF_FIELD_ABSTRACT, 0, source, buf_str(&expected));
	buf_free(&expected);
}

/* Whatever the text: clean UTF-8, and with the marks taken out a part of it. */
static void any_text_gives_a_part_of_it(void **state)
{
	static const char *const pieces[] = {
		"network ", "a",  " ", "\xC3\xA9", "\xE7\xA5\x9E", "\\\"o",           "{", "$",
		"\xCC\x88", "\n", "-", "'s ",      "\xE2\x80\xA6", "\xF0\x9D\x9B\xBC"};
	enum { PIECES = sizeof pieces / sizeof *pieces };
	highlight *h = look_for("network OR a*");
	uint32_t   seed = 11;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		const sheaf_snippet_options options = {.words = 1 + (size_t)round % 7};
		buf                         source = BUF_INIT(0), folded = BUF_INIT(0);
		char                       *text, *middle;
		size_t                      len;

		for (int i = 0; i < round % 40; i++) {
			seed = seed * 1664525u + 1013904223u;
			buf_puts(&source, pieces[(seed >> 16) % PIECES]);
		}
		must(snippet_make(h, SHEAF_FIELD_ABSTRACT, buf_str(&source), &options, &text, NULL),
		     NULL);
		len = strlen(text);
		assert_int_equal(utf8_valid_prefix(text, len), len);
		assert_null(strchr(text, '\n'));
		for (size_t i = 0; i < source.len; i++)
			if (source.data[i] != ' ' && source.data[i] != '\n')
				buf_putc(&folded, source.data[i]);
			else if (folded.len && folded.data[folded.len - 1] != ' ')
				buf_putc(&folded, ' ');
		/* Cuts are marked as the text may have it, too. */
		middle = text;
		if (!strstr(buf_str(&folded), middle) && strncmp(middle, ELLIPSIS, 3) == 0)
			middle += 3;
		if (!strstr(buf_str(&folded), middle)) {
			assert_true(strlen(middle) >= 3);
			middle[strlen(middle) - 3] = 0;
		}
		if (!strstr(buf_str(&folded), middle))
			fail_msg("'%s' is no part of '%s'", middle, buf_str(&folded));
		mem_free(text);
		buf_free(&source);
		buf_free(&folded);
	}
	highlight_free(h);
}

/* Papers in which `rare` says more than `usual`. */
static void put_vocabulary(void)
{
	for (int i = 0; i < 40; i++) {
		char id[16];

		snprintf(id, sizeof id, "2601.%05d", i + 1);
		engine_put(&e, id, i ? "usual" : "usual rare", NULL);
	}
}

static void rare_words_weigh_more(void **state)
{
	(void)state;
	put_vocabulary();
	/* Two usual words in one window, a rare one in another. */
	expect("usual OR often OR rare", SHEAF_FIELD_ABSTRACT, 3,
	       "usual a usual b c d e rare f g h usual", ELLIPSIS "e [rare] f" ELLIPSIS);
	/* Different words before the same one again. */
	expect("usual OR rare", SHEAF_FIELD_ABSTRACT, 4,
	       "rare rare rare b c d e usual rare f g h i", ELLIPSIS "e [usual] [rare] f" ELLIPSIS);
}

static void neighbours_weigh_more(void **state)
{
	(void)state;
	expect("\"x1 x2\"", SHEAF_FIELD_ABSTRACT, 4, "x1 a x2 b c d e f x1 x2 g h i",
	       ELLIPSIS "f [x1] [x2] g" ELLIPSIS);
	expect("x1 OR x2", SHEAF_FIELD_ABSTRACT, 4, "x2 a x1 b c d e f x1 x2 g h i",
	       ELLIPSIS "f [x1] [x2] g" ELLIPSIS);
	/* In the order of the query. */
	expect("x2 OR x1", SHEAF_FIELD_ABSTRACT, 4, "x1 x2 a b c d e f x2 x1 g h i",
	       ELLIPSIS "f [x2] [x1] g" ELLIPSIS);
}

static void whole_sentences_where_they_fit(void **state)
{
	static const struct {
		size_t      words;
		const char *source, *snippet;
	} cases[] = {
		{6, "One two three four. Five (x six). Seven eight nine ten.",
	         ELLIPSIS " Five ([x] six). " ELLIPSIS},
		{7, "One two three four. Five x six? \"Seven eight nine ten.\" Eleven twelve",
	         ELLIPSIS " Five [x] six? \"Seven eight nine ten.\" " ELLIPSIS},
		/* No sentence ends there. */
		{7, "One two three. See Smith et al. Then five x six seven eight.",
	         ELLIPSIS " See Smith et al. Then five [x]" ELLIPSIS},
		{5, "One two three. At approx. five x six ten twenty.",
	         ELLIPSIS " At approx. five [x] six" ELLIPSIS},
		{5, "One two three. By J. Five x six ten twenty.",
	         ELLIPSIS " By J. Five [x] six" ELLIPSIS},
		/* The beginning, without a match. */
		{6, "One two three four. Five six seven eight.", "One two three four. " ELLIPSIS},
		{6, "One two. Three four five six seven.", "One two. Three four five six" ELLIPSIS},
		/* Ideographs are words, and their stop needs no blank. */
		{6,
	         "\xE7\xA5\x9E\xE7\xBB\x8F\xE7\xBD\x91\xE3\x80\x82\xE5\xAD\xA6\xE4\xB9\xA0 x "
	         "\xE5\xA5\xBD\xE3\x80\x82\xE4\xBA\xBA\xE4\xBA\xBA\xE4\xBA\xBA",
	         ELLIPSIS " \xE5\xAD\xA6\xE4\xB9\xA0 [x] \xE5\xA5\xBD\xE3\x80\x82 " ELLIPSIS},
		/* What opens belongs to its word. */
		{3, "a b c d e f g $x$-means h i j k l", ELLIPSIS "g $[x]$-means" ELLIPSIS},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect("x", SHEAF_FIELD_ABSTRACT, cases[i].words, cases[i].source,
		       cases[i].snippet);
}

/*
 * What words [from, to) are worth where all weigh the same: 2 for each of the three, 1 for each
 * pair.
 */
static int worth(const passage *p, size_t from, size_t to)
{
	int seen[4] = {0}, pairs[4] = {0};

	for (size_t i = from; i < to; i++) {
		size_t number = p->words[i].number;

		seen[number] = number != 0;
		if (i > from && number > 1 && p->words[i - 1].number + 1 == number)
			pairs[number] = 1;
	}
	return 2 * (seen[1] + seen[2] + seen[3]) + pairs[2] + pairs[3];
}

/* However it is moved and cut, what is shown is worth as much as any window of its length. */
static void no_other_window_is_better(void **state)
{
	static const char *const pieces[] = {"q1 ",   "q2 ",    "q3 ",  "word ",
	                                     "word ", "word. ", "Word "};
	highlight               *h = look_for("q1 OR q2 OR q3");
	uint32_t                 seed = 5;

	(void)state;
	for (int round = 0; round < 3000; round++) {
		buf     source = BUF_INIT(0);
		passage p = {0};
		size_t  most = 1 + (size_t)round % 9;
		int     best = 0;

		for (int i = 0; i < round % 30; i++) {
			seed = seed * 1664525u + 1013904223u;
			buf_puts(&source, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
		}
		must(passage_find(h, SHEAF_FIELD_ABSTRACT, buf_str(&source), most, &p, NULL), NULL);
		assert_true(p.to - p.from <= most);
		for (size_t i = 0; i + most <= p.count; i++)
			if (worth(&p, i, i + most) > best)
				best = worth(&p, i, i + most);
		if (p.count > most && worth(&p, p.from, p.to) != best)
			fail_msg("words %zu to %zu of '%s'", p.from, p.to, buf_str(&source));
		passage_free(&p);
		buf_free(&source);
	}
	highlight_free(h);
}

static void expect_escaped(sheaf_snippet_escape escape, const char *omit, const char *source,
                           const char *snippet)
{
	const sheaf_snippet_options options = {
		.words = 4, .hi_start = "<b>", .hi_end = "</b>", .escape = escape, .omit = omit};
	highlight *h = look_for("x");
	char      *text;

	must(snippet_make(h, SHEAF_FIELD_ABSTRACT, source, &options, &text, NULL), NULL);
	assert_string_equal(text, snippet);
	mem_free(text);
	highlight_free(h);
}

static void the_source_is_escaped_and_the_markers_are_not(void **state)
{
	(void)state;
	expect_escaped(SHEAF_SNIPPET_PLAIN, NULL, "<i>x</i> & *y*", "<i><b>x</b></i> & *y*");
	expect_escaped(SHEAF_SNIPPET_HTML, NULL, "<i>x</i> & *y*",
	               "&lt;i&gt;<b>x</b>&lt;/i&gt; &amp; *y*");
	expect_escaped(SHEAF_SNIPPET_MARKDOWN, NULL, "# x [a](b) <i>",
	               "\\# <b>x</b> \\[a\\](b) \\<i\\>");
	expect_escaped(SHEAF_SNIPPET_HTML, "<hr>", "a b c d e f x g h i j k l",
	               "<hr>f <b>x</b> g h<hr>");
	expect_escaped(SHEAF_SNIPPET_PLAIN, "", "a b c d e f x g h i j k l", "f <b>x</b> g h");
}

static void no_text_can_mark_itself(void **state)
{
	static const sheaf_snippet_escape ways[] = {SHEAF_SNIPPET_PLAIN, SHEAF_SNIPPET_HTML,
	                                            SHEAF_SNIPPET_MARKDOWN};

	(void)state;
	for (size_t i = 0; i < sizeof ways / sizeof *ways; i++)
		expect_escaped(ways[i], NULL,
		               "\xEE\x80\x80"
		               "a\xEE\x80\x81 x\xEE\x80\x81 \xEE\x80\x80\xEE\x80\x80",
		               "a <b>x</b>");
}

static void controls_become_blanks(void **state)
{
	(void)state;
	expect_escaped(SHEAF_SNIPPET_PLAIN, NULL, "a\x1b[1m x\x07\x07y\x7F\xC2\x9B \xE2\x80\xAE.",
	               "a [1m <b>x</b> y .");
	expect_escaped(SHEAF_SNIPPET_PLAIN, NULL, "x\r\n\tx", "<b>x</b> <b>x</b>");
}

/* Each word of the query has a number of its own, also where it comes again. */
static void words_have_numbers(void **state)
{
	highlight    *h = look_for("usual rare OR ti:usual OR rar*");
	const double *weights, *again;

	(void)state;
	assert_int_equal(highlight_count(h), 4);
	must(highlight_weights(h, &weights, NULL), NULL);
	must(highlight_weights(h, &again, NULL), NULL);
	assert_ptr_equal(weights, again);
	assert_true(weights[2] > weights[1]);
	assert_true(weights[4] > 0.99 && weights[4] < 1.01);
	assert_true(highlight_are_neighbours(h, 1, 2));
	assert_true(highlight_are_neighbours(h, 2, 1));
	assert_false(highlight_are_neighbours(h, 1, 3));
	highlight_free(h);
}

/* Nothing is counted for a word that is alone, or comes again. */
static void one_word_needs_no_weight(void **state)
{
	highlight    *h = look_for("rare OR rare");
	const double *weights;

	(void)state;
	must(highlight_weights(h, &weights, NULL), NULL);
	for (size_t i = 1; i <= highlight_count(h); i++)
		assert_true(weights[i] > 0.99 && weights[i] < 1.01);
	highlight_free(h);
}

/* A text of any length is shown by its part. */
static void a_long_text(void **state)
{
	buf source = BUF_INIT(0);

	(void)state;
	for (int i = 0; i < 100000; i++)
		buf_puts(&source, i == 70000 ? "x1 " : i == 70001 ? "x2 " : "word ");
	expect("x1 OR x2", SHEAF_FIELD_ABSTRACT, 4, buf_str(&source),
	       ELLIPSIS "word [x1] [x2] word" ELLIPSIS);
	buf_free(&source);
}

static void strategies(void **state)
{
	static const struct {
		sheaf_stem_strategy strategy;
		const char         *snippet;
	} cases[] = {{SHEAF_STEM_ALL, "[Networks] [network]"},
	             {SHEAF_STEM_NONE, "[Networks] network"}};

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		const sheaf_database_options options = {.stem_strategy = cases[i].strategy};

		must(sheaf_database_reindex(e.db, &options, NULL), NULL);
		expect("networks", SHEAF_FIELD_TITLE, 9, "Networks network", cases[i].snippet);
	}
	must(sheaf_database_reindex(e.db, &(sheaf_database_options){0}, NULL), NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(matches_are_marked),
		cmocka_unit_test(white_space_is_folded),
		cmocka_unit_test(the_window_is_where_the_matches_are),
		cmocka_unit_test(windows_at_the_ends),
		cmocka_unit_test(a_window_of_no_size_is_a_usual_one),
		cmocka_unit_test(any_text_gives_a_part_of_it),
		cmocka_unit_test(rare_words_weigh_more),
		cmocka_unit_test(neighbours_weigh_more),
		cmocka_unit_test(whole_sentences_where_they_fit),
		cmocka_unit_test(no_other_window_is_better),
		cmocka_unit_test(the_source_is_escaped_and_the_markers_are_not),
		cmocka_unit_test(no_text_can_mark_itself),
		cmocka_unit_test(controls_become_blanks),
		cmocka_unit_test(words_have_numbers),
		cmocka_unit_test(one_word_needs_no_weight),
		cmocka_unit_test(a_long_text),
		cmocka_unit_test(strategies),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
