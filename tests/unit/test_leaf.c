/* leaf.h: the leaves of a query as FTS5 expressions, every token spelled out and quoted. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "leaf.h"
#include "query_tree.h"

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

/*
 * The private bytes in readable form: ^ begins a spelled-out string, _ a token, | one at the same
 * place.
 */
static char readable(char c)
{
	return c == MODE_TOKENS     ? '^'
	       : c == TOKENS_NEXT   ? '_'
	       : c == TOKENS_SAME   ? '|'
	       : c == TOKEN_STEM    ? '~'
	       : c == TOKEN_NAME    ? '@'
	       : c == TOKEN_BOOLEAN ? '#'
	                            : c;
}

static void expect_shape(const sheaf_query *q, const char *fts, size_t phrases, size_t counted,
                         size_t window)
{
	buf        out = BUF_INIT(0);
	leaf_shape shape = {77, 77, 77};

	buf_puts(&out, "before ");
	assert_int_equal(leaf_write(&config, q, &out, &shape, NULL, NULL), SHEAF_OK);
	for (size_t i = 0; i < out.len; i++)
		out.data[i] = readable(out.data[i]);
	if (strcmp(buf_str(&out) + 7, fts) != 0)
		fail_msg("'%s': %s", q->text ? q->text : "", buf_str(&out) + 7);
	assert_int_equal(shape.phrases, phrases);
	assert_int_equal(shape.counted, counted);
	assert_int_equal(shape.window, window);
	buf_free(&out);
}

static void expect_fts(const sheaf_query *q, const char *fts, size_t phrases, size_t counted)
{
	expect_shape(q, fts, phrases, counted, 0);
}

static void expect(sheaf_field field, unsigned flags, const char *text, const char *fts)
{
	sheaf_query *q = query_new_term(field, flags, text, strlen(text));

	assert_non_null(q);
	expect_fts(q, fts, *fts ? 1 + (strstr(fts, " OR ") != NULL) : 0,
	           *fts ? 1 + (strstr(fts, " OR ") != NULL) : 0);
	sheaf_query_free(q);
}

static const sheaf_field ANY = SHEAF_FIELD_ANY, TI = SHEAF_FIELD_TITLE, AU = SHEAF_FIELD_AUTHOR;
enum { STEM = SHEAF_TERM_STEMMED, PREFIX = SHEAF_TERM_PREFIX };

static void words(void **state)
{
	(void)state;
	expect(TI, 0, "Networks", "title : \"^_networks\"");
	expect(TI, STEM, "networks", "title : \"^_network|~network\"");
	expect(TI, STEM, "network", "title : \"^_network|~network\"");
	expect(TI, PREFIX, "Comput", "title : \"^_comput\" *");
	/* A prefix is met as it is written. */
	expect(TI, PREFIX | STEM, "computing", "title : \"^_computing\" *");
	/* In any field a name may be the word itself, which is marked where its stem differs. */
	expect(ANY, STEM, "networks", "\"^_network|~network|@networks\"");
	expect(ANY, STEM, "network", "\"^_network|~network\"");
	expect(ANY, 0, "networks", "\"^_networks\"");
	expect(AU, 0, "Jones", "authors : \"^_jones\"");
	expect(SHEAF_FIELD_REPORT_NO, STEM, "Reports", "report_no : \"^_reports\"");
	expect(SHEAF_FIELD_ABSTRACT, 0, "x", "abstract : \"^_x\"");
	expect(SHEAF_FIELD_COMMENTS, 0, "x", "comments : \"^_x\"");
	expect(SHEAF_FIELD_JOURNAL_REF, 0, "x", "journal_ref : \"^_x\"");
	expect(TI, STEM, "", "");
	expect(TI, STEM, " ... \"\" ", "");
	expect(ANY, PREFIX, "*", "");
}

static void phrases_and_joined_words(void **state)
{
	(void)state;
	expect(TI, 0, "spiking neural", "title : \"^_spiking_neural\"");
	expect(TI, STEM, "spiking nets", "title : \"^_spike|~spike_net|~net\"");
	expect(TI, PREFIX, "spiking neur", "title : \"^_spiking_neur\" *");
	expect(TI, STEM, "non-invasive",
	       "title : (\"^_non|~non_invas|~invas\" OR \"^_noninvas|~noninvas\")");
	expect(TI, STEM,
	       "non\xE2\x80\x90"
	       "invasive",
	       "title : (\"^_non|~non_invas|~invas\" OR \"^_noninvas|~noninvas\")");
	/* Exact words are taken as written; other gaps are no hyphens. */
	expect(TI, 0, "non-invasive", "title : \"^_non_invasive\"");
	expect(TI, STEM, "non - invasive", "title : \"^_non|~non_invas|~invas\"");
	expect(TI, STEM, "a-b c", "title : \"^_a|~a_b|~b_c|~c\"");
}

static void nothing_becomes_syntax(void **state)
{
	(void)state;
	expect(TI, 0, "a\" OR title:\"b", "title : \"^_a_or_title_b\"");
	expect(TI, 0, "NEAR(a b)", "title : \"^_near_a_b\"");
	expect(SHEAF_FIELD_CATEGORY, 0, "x\" OR \"y", "\"^_#cat:x\"\"_or_\"\"y\"");
	expect(SHEAF_FIELD_DOI, PREFIX, "10.1/\"*\x1F\x1E\x05", "\"^_#doi:10.1/\"\"*___\" *");
	expect(SHEAF_FIELD_CATEGORY, 0, "cs.ne\x7F", "\"^_#cat:cs.ne_\"");
}

static void boolean_terms(void **state)
{
	(void)state;
	expect(SHEAF_FIELD_CATEGORY, 0, "cs.NE", "\"^_#cat:cs.ne\"");
	expect(SHEAF_FIELD_PRIMARY_CATEGORY, 0, "cs.NE", "\"^_#primary:cs.ne\"");
	expect(SHEAF_FIELD_ID, 0, "arXiv:math.GT/0309136v3", "\"^_#id:math/0309136\"");
	expect(SHEAF_FIELD_CATEGORY, PREFIX, "cs.", "\"^_#cat:cs.\" *");
	expect(SHEAF_FIELD_CATEGORY, PREFIX, "", "\"^_#cat:\" *");
	expect(SHEAF_FIELD_CATEGORY, 0, " ", "");
	/* The caller's terms are taken as they are. */
	expect(SHEAF_FIELD_TERM, 0, "Tag:\"One", "\"^_#term:Tag:\"\"One\"");
}

static void strategies(void **state)
{
	(void)state;
	config.strategy = SHEAF_STEM_ALL;
	expect(TI, STEM, "networks", "title : \"^_network\"");
	expect(TI, 0, "networks", "title : \"^_network\"");
	expect(ANY, STEM, "networks", "\"^_network|@networks\"");
	expect(AU, 0, "Networks", "authors : \"^_networks\"");
	config.strategy = SHEAF_STEM_NONE;
	expect(TI, STEM, "networks", "title : \"^_networks\"");
	config.strategy = SHEAF_STEM_SOME;
}

/* A sequence of words in a field, as PHRASE or NEAR. */
static void expect_sequence(query_type type, unsigned window, sheaf_field field, const char *fts,
                            size_t phrases)
{
	static const char *const texts[] = {"spiking", "neural nets", "..."};
	query_list               list = {0};
	sheaf_query             *q;

	for (size_t i = 0; i < 3; i++)
		query_list_push(&list, query_new_term(field, STEM, texts[i], strlen(texts[i])));
	q = query_near(type, &list, window);
	assert_non_null(q);
	expect_fts(q, fts, phrases, phrases != 0);
	sheaf_query_free(q);
}

static void sequences(void **state)
{
	(void)state;
	expect_sequence(QUERY_PHRASE, 0, TI, "title : \"^_spike|~spike_neural|~neural_net|~net\"",
	                1);
	expect_sequence(QUERY_PHRASE, 3, TI, "title : \"^_spike|~spike_neural|~neural_net|~net\"",
	                1);
	expect_sequence(QUERY_NEAR, 5, AU, "authors : NEAR( \"^_spiking\" \"^_neural_nets\", 3)",
	                2);
	expect_sequence(QUERY_NEAR, 5, ANY,
	                "NEAR( \"^_spike|~spike|@spiking\" \"^_neural|~neural_net|~net|@nets\", 3)",
	                2);
}

/* In order within a window: FTS5 finds them near, and what is found is tested. */
static void windows_in_order(void **state)
{
	query_list   list = {0};
	sheaf_query *q;

	(void)state;
	query_list_push(&list, query_new_term(TI, 0, "a", 1));
	query_list_push(&list, query_new_term(TI, 0, "b", 1));
	q = query_near(QUERY_PHRASE, &list, 7);
	expect_shape(q, "title : NEAR( \"^_a\" \"^_b\", 5)", 2, 1, 7);
	q->window = 2;
	expect_fts(q, "title : \"^_a_b\"", 1, 1);
	q->type = QUERY_NEAR;
	expect_fts(q, "title : NEAR( \"^_a\" \"^_b\", 0)", 2, 1);
	sheaf_query_free(q);
}

/* Single words of one field stand at one place; other parts are an OR. */
static void synonyms(void **state)
{
	query_list   list = {0};
	sheaf_query *q;

	(void)state;
	query_list_push(&list, query_new_term(TI, 0, "cats", 4));
	query_list_push(&list, query_new_term(TI, STEM, "dogs", 4));
	q = query_synonym(&list);
	expect_fts(q, "title : \"^_cats|dog|~dog\"", 1, 1);
	q->sub[0]->field = ANY;
	expect_fts(q, "(\"^_cats\" OR title : \"^_dog|~dog\")", 2, 2);
	q->sub[0]->field = TI;
	q->sub[0]->flags = PREFIX;
	expect_fts(q, "(title : \"^_cats\" * OR title : \"^_dog|~dog\")", 2, 2);
	sheaf_query_free(q);
}

static void words_to_highlight(void **state)
{
	leaf_words   list = {NULL, 0, 0};
	leaf_shape   shape;
	buf          out = BUF_INIT(0);
	sheaf_query *q = query_new_term(TI, STEM, "event-based sensors", 19);

	(void)state;
	assert_int_equal(leaf_write(&config, q, &out, &shape, &list, NULL), SHEAF_OK);
	assert_int_equal(list.count, 3);
	assert_string_equal(list.list[0].text, "event");
	assert_string_equal(list.list[2].text, "sensor");
	assert_true(list.list[2].stemmed && !list.list[2].prefix);
	assert_int_equal(list.list[2].field, TI);
	leaf_words_free(&list);
	assert_int_equal(list.count, 0);
	sheaf_query_free(q);
	q = query_new_term(ANY, PREFIX, "Comput", 6);
	assert_int_equal(leaf_write(&config, q, &out, &shape, &list, NULL), SHEAF_OK);
	assert_string_equal(list.list[0].text, "comput");
	assert_true(list.list[0].prefix && !list.list[0].stemmed);
	leaf_words_free(&list);
	sheaf_query_free(q);
	buf_free(&out);
}

static void very_long_leaves_are_cut(void **state)
{
	char         text[QUERY_TERM_MAX + 1];
	leaf_shape   shape;
	buf          out = BUF_INIT(0);
	sheaf_query *q;
	size_t       tokens = 0;

	(void)state;
	for (size_t i = 0; i < QUERY_TERM_MAX; i++)
		text[i] = i & 1 ? ' ' : 'x';
	text[QUERY_TERM_MAX] = 0;
	q = query_new_term(TI, STEM, text, QUERY_TERM_MAX);
	assert_int_equal(leaf_write(&config, q, &out, &shape, NULL, NULL), SHEAF_OK);
	for (size_t i = 0; i < out.len; i++)
		tokens += out.data[i] == TOKENS_NEXT;
	assert_int_equal(tokens, LEAF_WORDS_MAX);
	sheaf_query_free(q);
	buf_free(&out);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words),
		cmocka_unit_test(phrases_and_joined_words),
		cmocka_unit_test(nothing_becomes_syntax),
		cmocka_unit_test(boolean_terms),
		cmocka_unit_test(strategies),
		cmocka_unit_test(sequences),
		cmocka_unit_test(windows_in_order),
		cmocka_unit_test(synonyms),
		cmocka_unit_test(words_to_highlight),
		cmocka_unit_test(very_long_leaves_are_cut),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
