/* snippet.h and highlight.h: the part of a text that shows why it was found. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "alloc.h"
#include "engine_fixture.h"
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
	const snippet_options options = {words, "[", "]"};
	highlight            *h = look_for(query);
	char                 *text;

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
		const snippet_options options = {1 + (size_t)round % 7, "", ""};
		buf                   source = BUF_INIT(0), folded = BUF_INIT(0);
		char                 *text, *middle;
		size_t                len;

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
		cmocka_unit_test(strategies),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
