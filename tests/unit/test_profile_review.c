#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <sheaf/profile.h>

#include "buf.h"

/* "line: message (suggestion)", warnings with a `?` before them. */
static int list(void *ctx, const sheaf_profile_problem *problem)
{
	buf_printf(ctx, "%s%ld: %s", problem->severity == SHEAF_SEVERITY_WARNING ? "?" : "",
	           problem->line, problem->message);
	if (problem->suggestion)
		buf_printf(ctx, " (%s)", problem->suggestion);
	buf_putc(ctx, '\n');
	return 0;
}

static void expect(const char *yaml, const char *expected)
{
	buf         found = BUF_INIT(0);
	sheaf_error err;

	assert_int_equal(sheaf_profile_check(yaml, strlen(yaml), "t.yaml", list, &found, &err),
	                 SHEAF_OK);
	assert_string_equal(buf_str(&found), expected);
	buf_free(&found);
}

static void a_good_file_has_no_problems(void **state)
{
	(void)state;
	expect("digest:\n  name: x\n  score: weights\n  fallback: Rest\n"
	       "profiles:\n"
	       "  a: {query: 'cat:cs.NE OR cat:cs.* OR cat:math OR cat:grp_physics OR cat:hep-th',"
	       " bias: -2, must: ['2601.00001', 'math/0309136', 0704.0001]}\n"
	       "  b: {query: 'ti:lamp AND query:a', exclude: 'query:x/a', mustnot: ['2601.00001']}\n",
	       "");
}

static void every_mistake_of_the_reader_is_told(void **state)
{
	(void)state;
	expect("digest:\n  assign: Best\n  limits: 3\n  escape: perhaps\n"
	       "profile: {}\n"
	       "profiles:\n"
	       "  a:\n    hedding: X\n    query: y\n    min_percent: 200\n"
	       "    include:\n      - new\n      - crosss\n      - old\n"
	       "    must: ['', [x]]\n"
	       "  b:\n"
	       "  c: {query: [x]}\n"
	       "  a:\n    query: z\n    query: z\n"
	       "  d: text\n"
	       "  e: {query: ''}\n",
	       "2: 'assign' in digest must be one of best, all, not 'Best' (best)\n"
	       "3: unknown key 'limits' in digest (limit)\n"
	       "4: 'escape' in digest must be true or false, not 'perhaps'\n"
	       "5: unknown key 'profile' in the file (profiles)\n"
	       "8: unknown key 'hedding' in profiles.a (heading)\n"
	       "10: 'min_percent' in profiles.a must be a whole number from 0 to 100, not '200'\n"
	       "13: 'include' in profiles.a must be one of new, cross, replace, not 'crosss' (cross)\n"
	       "14: 'include' in profiles.a must be one of new, cross, replace, not 'old'\n"
	       "15: an empty entry in 'must' of profiles.a\n"
	       "15: 'must' in profiles.a must be a list of texts, not a list\n"
	       "16: profiles.b has no 'query'\n"
	       "17: 'query' in profiles.c must be a text, not a list\n"
	       "18: key 'a' is given twice, first in line 7\n"
	       "?18: profiles.a has the heading of profiles.a: 'a'\n"
	       "20: key 'query' is given twice, first in line 19\n"
	       "21: profiles.d must be a map of keys, not a text\n"
	       "22: profiles.e has no 'query'\n");
}

static void what_is_no_yaml_is_one_mistake(void **state)
{
	(void)state;
	expect("profiles:\n  a: [1\n", "3: did not find expected ',' or ']'\n");
	expect("a: *x\n", "1: aliases (*…) are not supported\n");
	expect("- a\n",
	       "1: a profile file must be a map with 'digest' and 'profiles', not a list\n");
	expect("", "1: no profiles: the map 'profiles' is missing or empty\n");
}

static void queries_are_read_at_their_lines(void **state)
{
	(void)state;
	expect("profiles:\n"
	       "  a:\n"
	       "    query: |\n"
	       "      lamp OR title:x OR\n"
	       "      xtitel:a OR titel:light OR\n"
	       "      titel:again OR is:newish\n"
	       "    exclude: >-\n"
	       "      cat:cs.ne OR\n"
	       "      primary:cs.NEE OR cat:zz.*\n"
	       "    require:\n"
	       "      updated:2w..\n",
	       "5: 'query' in profiles.a: unknown field 'xtitel': taken as a word (title)\n"
	       "5: 'query' in profiles.a: unknown field 'titel': taken as a word (title)\n"
	       "6: 'query' in profiles.a: 'is:newish' is not known: taken as words (new)\n"
	       "9: 'exclude' in profiles.a: there is no category 'cs.NEE' (cs.NE)\n"
	       "9: 'exclude' in profiles.a: there is no category 'zz.*'\n"
	       "11: 'require' in profiles.a: no date in 'updated:2w..': taken as words\n");
}

static void references_are_followed(void **state)
{
	(void)state;
	expect("digest: {name: set}\n"
	       "profiles:\n"
	       "  lamps:\n    query: query:set/light\n"
	       "  light:\n    query: x OR query:dark\n"
	       "  dark:\n    query: |\n      y\n      OR query:lamps\n"
	       "  own:\n    query: z OR query:own\n"
	       "  lost:\n    query: query:lamp OR query:light\n",
	       "10: profiles.lamps leads back to itself: lamps → light → dark → lamps\n"
	       "12: profiles.own leads back to itself: own → own\n"
	       "14: 'query' in profiles.lost: 'query:lamp' names no profile of the file (lamps)\n");
}

static void what_cannot_match_is_told(void **state)
{
	(void)state;
	expect("profiles:\n"
	       "  a:\n    query: lamp OR light^3\n    exclude: light OR lamp OR dark\n"
	       "  b:\n    query: (lamp AND cat:cs.NE) OR light\n    exclude: lamp OR light\n"
	       "  c:\n    query: lamp OR bulb\n    exclude: lamp\n"
	       "  d:\n    query: bulb\n    require: cat:cs.NE\n    exclude: cat:cs.NE\n"
	       "  e: {query: e, must: [2601.00001, x], mustnot: ['arXiv:2601.00001v2', 2601.1234]}\n",
	       "4: profiles.a can match nothing: its 'exclude' takes all that its 'query' finds\n"
	       "7: profiles.b can match nothing: its 'exclude' takes all that its 'query' finds\n"
	       "14: profiles.d can match nothing: its 'exclude' takes all that its 'require' finds\n"
	       "?15: 'must' in profiles.e: 'x' is no arXiv id, only a paper of that name is meant\n"
	       "15: 2601.00001 is in both 'must' and 'mustnot' of profiles.e\n"
	       "15: 'mustnot' in profiles.e: '2601.1234' is no arXiv id\n");
}

static void what_has_no_effect_is_a_warning(void **state)
{
	(void)state;
	expect("digest: {fallback: Rest}\n"
	       "profiles:\n"
	       "  a: {query: lamp, heading: One}\n"
	       "  b: {query: lamp, exclude: dark}\n"
	       "  c: {query: dark, exclude: x, heading: One}\n"
	       "  d: {query: dark, heading: Rest}\n"
	       "  e: {query: rest, bias: 2}\n",
	       "?4: profiles.b is never reached: profiles.a has the same query and comes first\n"
	       "?5: profiles.c has the heading of profiles.a: 'One'\n"
	       "?6: profiles.d has the heading of the fallback\n"
	       "?7: 'bias' in profiles.e counts only with 'score: weights' in digest\n");
	expect("digest: {assign: all}\n"
	       "profiles:\n  a: {query: lamp}\n  b: {query: lamp}\n",
	       "");
	expect("digest: {match: keywords}\n"
	       "profiles:\n  a: {keywords: [lamp, ai, 光子, 光子学]}\n  b: {keywords: [bulb]}\n",
	       "?3: the keyword 'ai' of profiles.a is so short that it is found inside other words\n"
	       "?3: the keyword '光子' of profiles.a is so short that it is found inside other words\n");
}

static int stop(void *ctx, const sheaf_profile_problem *problem)
{
	(void)problem;
	++*(int *)ctx;
	return 1;
}

static void a_caller_may_stop(void **state)
{
	int         calls = 0;
	sheaf_error err;

	(void)state;
	assert_int_equal(sheaf_profile_check("a: 1\nb: 2\n", 10, "t", stop, &calls, &err),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(calls, 1);
	assert_int_equal(sheaf_profile_check(NULL, 0, "t", stop, &calls, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

static size_t count_lines(const char *text)
{
	size_t count = 0;

	for (; *text; text++)
		count += *text == '\n';
	return count;
}

/* Long chains of references cost no stack, many mistakes no more than their cap. */
static void many_of_everything_is_borne(void **state)
{
	enum { PROFILES = 20000 };
	buf         text = BUF_INIT(0), found = BUF_INIT(0);
	sheaf_error err;

	(void)state;
	buf_puts(&text, "profiles:\n");
	for (int i = 0; i < PROFILES; i++)
		buf_printf(&text, "  p%d: {query: 'query:p%d', hedding: x}\n", i, i + 1);
	assert_int_equal(sheaf_profile_check(text.data, text.len, "t", list, &found, &err),
	                 SHEAF_OK);
	assert_int_equal(count_lines(found.data), 10000);
	buf_free(&text);
	buf_free(&found);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_good_file_has_no_problems),
		cmocka_unit_test(every_mistake_of_the_reader_is_told),
		cmocka_unit_test(what_is_no_yaml_is_one_mistake),
		cmocka_unit_test(queries_are_read_at_their_lines),
		cmocka_unit_test(references_are_followed),
		cmocka_unit_test(what_cannot_match_is_told),
		cmocka_unit_test(what_has_no_effect_is_a_warning),
		cmocka_unit_test(a_caller_may_stop),
		cmocka_unit_test(many_of_everything_is_borne),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
