/*
 * Whatever is pasted parses, and what it was understood as reads back to itself. The texts come
 * from a generator with a fixed seed.
 */
#include <stdarg.h>
#include <stddef.h>
#include <setjmp.h>
#include <stdint.h>

#include <cmocka.h>
#include <sheaf/query_parser.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "query_private.h"
#include "utf8.h"

typedef struct fixture {
	sheaf_query_parser *qp;    /* as people use it */
	sheaf_query_parser *again; /* for descriptions: the stop words are gone already */
	uint64_t            seed;
} fixture;

enum { LONGEST = 65536 };

static int setup(void **state)
{
	fixture *f = mem_calloc(1, sizeof *f);

	if (!f || sheaf_query_parser_new(&f->qp, NULL) != SHEAF_OK ||
	    sheaf_query_parser_new(&f->again, NULL) != SHEAF_OK)
		return 1;
	f->seed = 0x9E3779B97F4A7C15u;
	sheaf_query_parser_set_now(f->qp, 1700000000);
	sheaf_query_parser_set_max_length(f->qp, LONGEST);
	sheaf_query_parser_set_max_length(f->again, 64 * LONGEST);
	sheaf_query_parser_set_stopper(f->again, NULL);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	fixture *f = *state;

	sheaf_query_parser_free(f->qp);
	sheaf_query_parser_free(f->again);
	mem_free(f);
	return 0;
}

/* Marsaglia's xorshift. */
static unsigned pick(fixture *f, unsigned count)
{
	f->seed ^= f->seed << 13;
	f->seed ^= f->seed >> 7;
	f->seed ^= f->seed << 17;
	return (unsigned)((f->seed >> 32) % count);
}

static int is_operator(query_type type)
{
	return type >= QUERY_AND && type <= QUERY_ELITE;
}

/* These are never nested in themselves. */
static int is_flat(query_type type)
{
	return type == QUERY_AND || type == QUERY_OR || type == QUERY_XOR || type == QUERY_SYNONYM;
}

/* Where ALL may stand: before what restricts it. */
static int may_hold_all(const sheaf_query *parent, const sheaf_query *q)
{
	return (parent->type == QUERY_AND_NOT || parent->type == QUERY_MAYBE) &&
	       parent->sub[0] == q;
}

static void check_text(const char *text)
{
	assert_true(*text);
	assert_int_equal(utf8_valid_prefix(text, strlen(text)), strlen(text));
	for (const char *p = text; *p; p++)
		assert_true((unsigned char)*p >= 0x20 && *p != 0x7F);
}

/* Flat, without only children, its constants resolved, no text that could steer a terminal. */
static void check_shape(const sheaf_query *q, const sheaf_query *parent)
{
	if (parent && is_flat(q->type))
		assert_int_not_equal(parent->type, q->type);
	if (parent)
		assert_int_not_equal(q->type, QUERY_NOTHING);
	if (q->type == QUERY_ALL && parent && !may_hold_all(parent, q))
		fail_msg("everything below an operator %d", (int)parent->type);
	assert_int_equal(is_operator(q->type), q->count > 0);
	if (q->type == QUERY_SCALE)
		assert_int_equal(q->count, 1);
	else if (is_operator(q->type))
		assert_true(q->count > 1);
	if (q->type == QUERY_NEAR || q->type == QUERY_PHRASE)
		assert_true(q->window >= q->count);
	if (q->type == QUERY_ELITE)
		assert_true(q->window && q->window < q->count);
	assert_int_equal(q->text != NULL, q->type == QUERY_TERM || q->type == QUERY_WILDCARD);
	if (q->text)
		check_text(q->text);
	for (size_t i = 0; i < q->count; i++) {
		assert_true(q->sub[i]->depth < q->depth);
		check_shape(q->sub[i], q);
	}
}

/* Parses; `deep`: nested beyond the limit, where a description need not read back. */
static void check(fixture *f, const char *text, unsigned flags, int deep)
{
	sheaf_query *query, *second;
	char        *description, *repeated;

	assert_int_equal(sheaf_query_parser_parse_query(f->qp, text, flags, &query, NULL),
	                 SHEAF_OK);
	check_shape(query, NULL);
	assert_int_equal(sheaf_query_get_description(query, &description, NULL), SHEAF_OK);
	if (!deep && query->type != QUERY_NOTHING) {
		assert_int_equal(sheaf_query_parser_parse_query(f->again, description,
		                                                SHEAF_FLAG_DEFAULT, &second, NULL),
		                 SHEAF_OK);
		assert_int_equal(sheaf_query_get_description(second, &repeated, NULL), SHEAF_OK);
		if (strcmp(repeated, description) != 0)
			print_error("query %s\n", text);
		assert_string_equal(repeated, description);
		sheaf_free(repeated);
		sheaf_query_free(second);
	}
	sheaf_free(description);
	sheaf_query_free(query);
}

/* clang-format off */
static const char *const pieces[] = {
	"network", "deep", "the", "of", "AND", "OR", "NOT", "ANDNOT", "NEAR", "NEAR/3", "FILTER",
	"XOR", "ADJ", "ADJ/2", "SYNONYM", "AND_MAYBE", "ELITE/2", "ELITE", "(", "(", ")", ")", "\"", "\"", "+", "-", "=", "*", "^2", "^0.5", "^", ":", "ti:",
	"au:", "abs:(", "cat:", "cat:cs.*", "cat:cs.NE", "id:2601.22876", "doi:10.1/a(b)",
	"submitted:2024", "updated:..2024", "date:2w..", "submittedDate:[", " TO ", "2024", "]",
	"foo:", "$", "$L^2$", "{\\H o}", "\\\"", "\\", "C++", "non-invasive", "\xE2\x80\x9C",
	"\xE2\x80\x9D", "\xCE\xB3", "\xC3\xA9", "\xFF", "\xE2\x80", "\x01", "\n", "\t", "...",
	",", ";", "'", "`", "~", "/", "&", "|", "!", "[", "{", "}", "<", ">", ":stem",
	":phrase", ":name", ":whole", "neuro*phic", "organi?ation", "~deep", "~\"deep network\"",
	"is:new", "is:foo", "has:doi", "term:Xa", "query:x", "au:=", "au:\"Y LeCun\"", "au:del_maestro",
	"slot:1:a..b", "%22", "+AND+", "search_query=", "\"deep network\"", "all:", "arXiv:", "lattice", "gr*", "all", "10^5", "B^0", "\xC2\xA0",
};
/* clang-format on */

static void append_pieces(fixture *f, buf *text, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		buf_puts(text, pieces[pick(f, sizeof pieces / sizeof *pieces)]);
		if (pick(f, 3))
			buf_putc(text, ' ');
	}
}

/* Mostly the common ones. */
static sheaf_op default_op(fixture *f, int i)
{
	static const sheaf_op rare[] = {SHEAF_OP_ELITE_SET, SHEAF_OP_SYNONYM, SHEAF_OP_NEAR,
	                                SHEAF_OP_PHRASE};

	if (i % 3 == 0)
		return i % 2 ? rare[pick(f, 4)] : SHEAF_OP_OR;
	return SHEAF_OP_AND;
}

static void test_pieces(void **state)
{
	fixture *f = *state;
	buf      text = BUF_INIT(0);

	for (int i = 0; i < 12000; i++) {
		sheaf_query_parser_set_default_op(f->qp, default_op(f, i));
		buf_clear(&text);
		append_pieces(f, &text, 1 + pick(f, 24));
		check(f, buf_str(&text), i % 3 ? SHEAF_FLAG_DEFAULT : pick(f, 512), 0);
	}
	buf_free(&text);
}

static void test_bytes(void **state)
{
	fixture *f = *state;
	char     text[128];

	for (int i = 0; i < 8000; i++) {
		size_t len = pick(f, sizeof text - 1);

		for (size_t j = 0; j < len; j++)
			text[j] = (char)(pick(f, 4) ? 32 + pick(f, 95) : 1 + pick(f, 255));
		text[len] = 0;
		check(f, text, SHEAF_FLAG_DEFAULT, 0);
	}
}

/* A well-formed query of `depth` levels at most. */
static void append_formed(fixture *f, buf *text, unsigned depth)
{
	static const char *const leaves[] = {
		"network",
		"\"deep network\"",
		"=graph",
		"gr*",
		"ti:lattice",
		"au:\"Y LeCun\"",
		"cat:cs.NE",
		"cat:math.*",
		"submitted:2024..2025-06",
		"tree^2",
		"abs:\"spin glass\"^3",
		"id:math/0309136",
		"-tree",
		"+ti:graph",
		"*",
		"gr?ph",
		"au:=\"Ada Quist\"",
		"is:withdrawn",
		"~tree",
	};
	static const char *const joints[] = {" ",         " AND ",       " OR ",     " NOT ",
	                                     " AND NOT ", " NEAR/4 ",    " ADJ ",    " XOR ",
	                                     " SYNONYM ", " AND_MAYBE ", " ELITE/1 "};
	unsigned                 count = 2 + pick(f, 3);

	if (!depth || !pick(f, 3)) {
		buf_puts(text, leaves[pick(f, sizeof leaves / sizeof *leaves)]);
		return;
	}
	buf_puts(text, pick(f, 4) ? "(" : "ti:(");
	for (unsigned i = 0; i < count; i++) {
		if (i)
			buf_puts(text, joints[pick(f, sizeof joints / sizeof *joints)]);
		append_formed(f, text, depth - 1);
	}
	buf_puts(text, pick(f, 4) ? ")" : ")^1.5");
}

static void test_formed(void **state)
{
	fixture *f = *state;
	buf      text = BUF_INIT(0);

	for (int i = 0; i < 4000; i++) {
		sheaf_query_parser_set_default_op(f->qp, i % 2 ? SHEAF_OP_AND : SHEAF_OP_OR);
		buf_clear(&text);
		append_formed(f, &text, 4);
		check(f, buf_str(&text),
		      i % 3 ? SHEAF_FLAG_DEFAULT : SHEAF_FLAG_DEFAULT | SHEAF_FLAG_ARXIV, 0);
	}
	buf_free(&text);
}

/* As long as a profile's query may be, made to hurt what looks ahead, goes back or goes down. */
static void test_long(void **state)
{
	/* clang-format off */
	static const char *const units[] = {
		"(", ")", "()", "( ", "x(", "\"", "\\\"", "\" ", "$", "$ ", "{\\", "-", "+",
		"-(", "=", "*", "^", "^2", ":", "a:", "ti:", "ti:(", "cat:", "cat:(", "cat:a ",
		"doi:((", "AND ", "OR ", "NOT ", "NEAR ", "FILTER ", "(* FILTER (", "a FILTER (",
		"x ", "x OR ", "x NOT ", "-x ", "(x ", "(x OR ", "x NEAR y ", "the ",
		"submittedDate:[", "[", "x", "\xE2\x80\x9C", "\xE2\x80", "\xFF", "a\\", "x* ",
		"x^2 ", "(x AND y OR ", "submitted:2024 ", ", ", "a-", "a_", "x XOR ", "XOR ", "x ADJ y ",
		"x SYNONYM ", "x AND_MAYBE ", "x ELITE/2 ", "x AND y OR z ANDNOT ", "x*y ", "x?", "~x ",
		"is:x ", "+AND+", "%22", "search_query=", "au:x_y ", "x NOT ",
	};
	/* clang-format on */
	fixture *f = *state;
	buf      text = BUF_INIT(LONGEST);

	for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
		size_t n = strlen(units[i]);

		buf_clear(&text);
		while (text.len + n <= LONGEST)
			buf_puts(&text, units[i]);
		check(f, buf_str(&text), SHEAF_FLAG_DEFAULT, 1);
		check(f, buf_str(&text), SHEAF_FLAG_DEFAULT | SHEAF_FLAG_ARXIV, 1);
	}
	buf_free(&text);
}

/* Parentheses within the limit group; those beyond are as if they were not there. */
static void test_nesting(void **state)
{
	static const struct {
		unsigned    depth;
		const char *inner, *expected;
	} rows[] = {
		{QUERY_DEPTH_MAX - 1, "(deep OR network) graph", "((deep OR network) AND graph)"},
		{QUERY_DEPTH_MAX, "(deep OR network) graph", "(deep OR (network AND graph))"},
		{2000, "(deep OR network) graph", "(deep OR (network AND graph))"},
	};
	fixture *f = *state;

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		buf          text = BUF_INIT(0);
		sheaf_query *query;
		char        *description;

		for (unsigned j = 0; j < rows[i].depth; j++)
			buf_putc(&text, '(');
		buf_puts(&text, rows[i].inner);
		for (unsigned j = 0; j < rows[i].depth; j++)
			buf_putc(&text, ')');
		assert_int_equal(sheaf_query_parser_parse_query(f->qp, buf_str(&text),
		                                                SHEAF_FLAG_DEFAULT, &query, NULL),
		                 SHEAF_OK);
		assert_int_equal(sheaf_query_get_description(query, &description, NULL), SHEAF_OK);
		assert_string_equal(description, rows[i].expected);
		sheaf_free(description);
		sheaf_query_free(query);
		buf_free(&text);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_pieces, setup, teardown),
		cmocka_unit_test_setup_teardown(test_bytes, setup, teardown),
		cmocka_unit_test_setup_teardown(test_formed, setup, teardown),
		cmocka_unit_test_setup_teardown(test_long, setup, teardown),
		cmocka_unit_test_setup_teardown(test_nesting, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
