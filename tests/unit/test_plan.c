/* plan.h: which queries FTS5 runs whole, and what is left to test where it cannot. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "plan.h"
#include "query_tree.h"
#include "scratch_db.h"

static tokens_config config;

static int set_up(void **state)
{
	(void)state;
	return sheaf_stem_new("english", &config.stem, NULL) == SHEAF_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	sheaf_stem_free(config.stem);
	return 0;
}

static sheaf_query *parse(const char *text)
{
	sheaf_query_parser *parser;
	sheaf_query        *q;
	sheaf_error         err;

	must(sheaf_query_parser_new(&parser, &err), &err);
	must(sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, &q, &err), &err);
	sheaf_query_parser_free(parser);
	return q;
}

static void expect(sheaf_query *q, const char *name, const char *description)
{
	plan p = {0};
	buf  out = BUF_INIT(0);

	assert_int_equal(plan_make(&config, q, &p, NULL), SHEAF_OK);
	plan_describe(&p, &out);
	if (strcmp(buf_str(&out), description) != 0)
		fail_msg("%s:\n%s", name, buf_str(&out));
	buf_free(&out);
	plan_free(&p);
	sheaf_query_free(q);
}

#define ONE_TERM "  rank: BM25 over 1 term, best first, ties by newest\n"
#define TERMS(n) "  rank: BM25 over " n " terms, best first, ties by newest\n"
#define UNRANKED "  order: newest first (no term carries weight)\n"
#define TEST_ALL "  test each candidate against the whole query\n"
#define SWEEP "  then walk all other documents, newest first\n"

static void plans_in_words(void **state)
{
	static const struct {
		const char *query, *plan;
	} cases[] = {
		{"", "  nothing to look for\n"},
		{"ti:=a", "  find: title : \"a\"\n" ONE_TERM},
		{"ti:=a ti:=b", "  find: title : \"a\" AND title : \"b\"\n" TERMS("2")},
		{"ti:=a OR ti:=b", "  find: title : \"a\" OR title : \"b\"\n" TERMS("2")},
		{"ti:=a NOT ti:=b", "  find: title : \"a\" NOT title : \"b\"\n" ONE_TERM},
		{"cat:cs.NE", "  find: \"cat:cs.ne\"\n" UNRANKED},
		{"ti:=a cat:cs.NE", "  find: title : \"a\" AND \"cat:cs.ne\"\n" ONE_TERM},
		/* A range is tested on what the rest finds. */
		{"ti:=a submitted:2024",
	         "  find: title : \"a\"\n"
	         "  keep: submitted from 2024-01-01T00:00:00Z to 2024-12-31T23:59:59Z\n" ONE_TERM},
		{"ti:=a updated:2024-02.. submitted:..2023",
	         "  find: title : \"a\"\n"
	         "  keep: updated from 2024-02-01T00:00:00Z to the end\n"
	         "  keep: submitted from the beginning to 2023-12-31T23:59:59Z\n" ONE_TERM},
		/* A document without the term may lie in the range. */
		{"ti:=a OR submitted:2024",
	         "  candidates: title : \"a\"\n" TEST_ALL
	         "  keep: submitted from 2024-01-01T00:00:00Z to 2024-12-31T23:59:59Z\n" SWEEP
	                 ONE_TERM},
		{"submitted:2024", TEST_ALL
	         "  keep: submitted from 2024-01-01T00:00:00Z to 2024-12-31T23:59:59Z\n" SWEEP
	                 UNRANKED},
		{"NOT ti:=a", "  candidates: title : \"a\"\n" TEST_ALL SWEEP UNRANKED},
		{"*", TEST_ALL SWEEP UNRANKED},
		/* What is excluded from an AND goes to one part of it, which leaves the AND at the
	           root. */
		{"ti:=a (ti:=b OR ti:=c) NOT ti:=d",
	         "  find: (title : \"a\" NOT title : \"d\") AND (title : \"b\" OR title : \"c\")\n" TERMS(
			 "3")},
		{"ti:=a submitted:2024 NOT ti:=d",
	         "  find: title : \"a\" NOT title : \"d\"\n"
	         "  keep: submitted from 2024-01-01T00:00:00Z to 2024-12-31T23:59:59Z\n" ONE_TERM},
		/* An OR under an AND that is not the root: FTS5 would lose occurrences. */
		{"(ti:=a ti:=b) OR ti:=c",
	         "  find: (title : \"a\" AND title : \"b\") OR title : \"c\"\n" TERMS("3")},
		{"(ti:=a (ti:=b OR ti:=c)) OR ti:=d",
	         "  candidates: title : \"a\" OR title : \"b\" OR title : \"c\" OR title : \"d\"\n" TEST_ALL
	                 TERMS("4")},
		{"(ti:=a (cat:b OR cat:c)) OR ti:=d",
	         "  find: (title : \"a\" AND (\"cat:b\" OR \"cat:c\")) OR title : \"d\"\n" TERMS(
			 "2")},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect(parse(cases[i].query), cases[i].query, cases[i].plan);
	expect(NULL, "none", "  nothing to look for\n");
}

static sheaf_query *term(const char *text)
{
	return query_new_term(SHEAF_FIELD_TITLE, 0, text, strlen(text));
}

static sheaf_query *join(sheaf_op op, sheaf_query *a, sheaf_query *b)
{
	sheaf_query *subs[] = {a, b}, *q;

	must(sheaf_query_new_op(op, subs, 2, 0, &q, NULL), NULL);
	return q;
}

/* Words without a letter ask for nothing, and are left out of what they stand in. */
static void empty_leaves_are_left_out(void **state)
{
	(void)state;
	expect(term("..."), "...", "  nothing to look for\n");
	expect(join(SHEAF_OP_AND, term("a"), term("...")), "a AND ...",
	       "  find: title : \"a\"\n" ONE_TERM);
	expect(join(SHEAF_OP_OR, term("!"), term("a")), "! OR a",
	       "  find: title : \"a\"\n" ONE_TERM);
	expect(join(SHEAF_OP_AND_NOT, term("a"), term("!")), "a NOT !",
	       "  find: title : \"a\"\n" ONE_TERM);
	expect(join(SHEAF_OP_AND_NOT, term("!"), term("a")), "! NOT a",
	       "  candidates: title : \"a\"\n" TEST_ALL SWEEP UNRANKED);
	expect(join(SHEAF_OP_OR, term("!"), term("?")), "! OR ?", "  nothing to look for\n");
}

/* A part that can match nothing goes, and takes its terms with it. */
static void impossible_parts_are_dropped(void **state)
{
	sheaf_query *range;

	(void)state;
	must(sheaf_query_new_range(SHEAF_FIELD_DATE, 5, 4, &range, NULL), NULL);
	expect(join(SHEAF_OP_OR, join(SHEAF_OP_AND, term("b"), range), term("a")),
	       "impossible OR a", "  find: title : \"a\"\n" ONE_TERM);
	must(sheaf_query_new_range(SHEAF_FIELD_DATE, 5, 4, &range, NULL), NULL);
	expect(join(SHEAF_OP_AND, term("a"), range), "a AND impossible", "  nothing to look for\n");
	must(sheaf_query_new_range(SHEAF_FIELD_DATE, 5, 4, &range, NULL), NULL);
	expect(join(SHEAF_OP_AND_NOT, term("a"), range), "a NOT impossible",
	       "  find: title : \"a\"\n" ONE_TERM);
}

static void filters_carry_no_weight(void **state)
{
	sheaf_query *scaled;

	(void)state;
	expect(join(SHEAF_OP_FILTER, term("a"), term("b")), "a FILTER b",
	       "  find: title : \"a\" AND title : \"b\"\n" ONE_TERM);
	must(sheaf_query_new_scale(term("a"), 0, &scaled, NULL), NULL);
	expect(scaled, "a^0", "  find: title : \"a\"\n" UNRANKED);
}

/* Operators that take turns, `depth` of them. */
static sheaf_query *chain(int depth)
{
	sheaf_query *q = term("a");

	for (int i = 0; i < depth; i++)
		q = join(i & 1 ? SHEAF_OP_OR : SHEAF_OP_AND, q, term("b"));
	return q;
}

static void deep_trees(void **state)
{
	plan         p = {0};
	sheaf_query *q;

	(void)state;
	q = chain(1);
	assert_int_equal(plan_make(&config, q, &p, NULL), SHEAF_OK);
	assert_int_equal(p.exact, 1);
	plan_free(&p);
	sheaf_query_free(q);
	/* As deep as constructors make it. */
	q = chain(QUERY_TREE_DEPTH_MAX);
	assert_int_equal(plan_make(&config, q, &p, NULL), SHEAF_OK);
	assert_int_equal(p.exact, 0);
	assert_int_equal(p.sweep, 0);
	assert_ptr_equal(p.residual, p.root);
	plan_free(&p);
	sheaf_query_free(q);
}

static void wide_trees(void **state)
{
	enum { MANY = 3000 };
	static sheaf_query *subs[PLAN_LEAVES_MAX + 1];
	sheaf_query        *q;
	plan                p = {0};
	char                word[16];

	(void)state;
	for (int i = 0; i < MANY; i++) {
		snprintf(word, sizeof word, "w%d", i);
		subs[i] = term(word);
	}
	must(sheaf_query_new_op(SHEAF_OP_OR, subs, MANY, 0, &q, NULL), NULL);
	assert_int_equal(plan_make(&config, q, &p, NULL), SHEAF_OK);
	assert_int_equal(p.exact, 1);
	assert_int_equal(p.leaf_count, MANY);
	for (size_t i = 0; i < MANY; i++)
		assert_int_equal(p.leaves[i].first, i);
	plan_free(&p);
	sheaf_query_free(q);
	for (int i = 0; i <= PLAN_LEAVES_MAX; i++) {
		snprintf(word, sizeof word, "w%d", i);
		subs[i] = term(word);
	}
	must(sheaf_query_new_op(SHEAF_OP_OR, subs, PLAN_LEAVES_MAX + 1, 0, &q, NULL), NULL);
	assert_int_equal(plan_make(&config, q, &p, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	plan_free(&p);
	sheaf_query_free(q);
}

/* What is asked for twice is looked up once, and weighs twice. */
static void repeated_words(void **state)
{
	sheaf_query *subs[3] = {term("w"), term("v"), term("w")}, *q;
	plan         p = {0};

	(void)state;
	must(sheaf_query_new_op(SHEAF_OP_AND, subs, 3, 0, &q, NULL), NULL);
	assert_int_equal(plan_make(&config, q, &p, NULL), SHEAF_OK);
	assert_int_equal(p.leaf_count, 2);
	assert_true(p.leaves[0].factor == 2 && p.leaves[1].factor == 1);
	plan_free(&p);
	sheaf_query_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plans_in_words),
		cmocka_unit_test(repeated_words),
		cmocka_unit_test(empty_leaves_are_left_out),
		cmocka_unit_test(impossible_parts_are_dropped),
		cmocka_unit_test(filters_carry_no_weight),
		cmocka_unit_test(deep_trees),
		cmocka_unit_test(wide_trees),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
