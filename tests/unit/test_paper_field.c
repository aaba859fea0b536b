/* Fields by choice, facets and explanations: what several formats share. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>
#include <stdlib.h>

#include "paper_field.h"
#include "writer_fixture.h"

static const sheaf_facet_count by_category[] = {{"cs.NE", 12}, {"cs.AI\x1b", 3}};
static const sheaf_facet_count by_year[] = {{"2026", 15}};
static const sheaf_facet       facets[] = {
	      {"category", by_category, 2}, {"year", by_year, 1}, {"author", NULL, 0}};

static const sheaf_explanation why[] = {
	{"loop", "title, abstract; in 12 papers", 1.0 / 3},
	{"net", "in 40 papers", 1.0 / 3},
	{"\"loop net\"\x1b", NULL, 1.0 / 3},
};

static void chosen_fields_in_their_order(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a, .weight = 0.25, .percent = 80, .rank = 3};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH};
	static const struct {
		sheaf_format format;
		const char  *fields, *expected;
	} cases[] = {
		{SHEAF_FORMAT_TSV, "title,id", "Loops in nets\t2601.22876\n"},
		{SHEAF_FORMAT_TSV, "categories, authors ,score",
	         "cs.NE cs.AI\tAda Moor, Ben Ruiz, Cleo Tan, Dov Ek\t0.25\n"},
		{SHEAF_FORMAT_CSV, "rank,categories,date",
	         "rank,categories,date\r\n3,\"cs.NE; cs.AI\",2026-01-30\r\n"},
		{SHEAF_FORMAT_JSONL, "score,doi,categories,date",
	         "{\"score\":0.25,\"doi\":null,\"categories\":[\"cs.NE\",\"cs.AI\"],"
	         "\"date\":\"2026-01-30\"}\n"},
		{SHEAF_FORMAT_JSON, "id",
	         "{\"format_version\":1,\"query\":null,\"parsed\":null,\"total\":0,\"exact\":false,"
	         "\"results\":[{\"id\":\"2601.22876\"}],\"facets\":{},\"did_you_mean\":null}\n"},
		{SHEAF_FORMAT_TEXT, "id,doi,title", "id: 2601.22876\ndoi:\ntitle: Loops in nets\n"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		char *text = written_fields(cases[i].format, cases[i].fields, &head, &item, 1);

		assert_string_equal(text, cases[i].expected);
		sheaf_free(text);
	}
	sheaf_document_free(a);
}

/* Every field has the same value as text and as JSON. */
static void every_field_can_be_had(void **state)
{
	static const char all[] =
		"id,version,url,title,authors,abstract,categories,primary_category,submitted,"
		"updated,comments,journal_ref,doi,license,withdrawn,score,percent,rank,snippet,"
		"query_id,date,section,report_no,msc_class,acm_class";
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a, .weight = 2, .percent = 9, .rank = 1, .snippet = "s"};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH, .query_id = "q7"};
	char           *line, *text;
	json_t         *o;
	const char     *key;
	json_t         *value;
	size_t          keys = 0;

	(void)state;
	set(a, SHEAF_FIELD_MSC_CLASS, "68T07");
	set(a, SHEAF_FIELD_ACM_CLASS, "I.2.6");
	set(a, SHEAF_FIELD_REPORT_NO, "R-1");
	line = written_fields(SHEAF_FORMAT_JSONL, all, &head, &item, 1);
	text = written_fields(SHEAF_FORMAT_TEXT, all, &head, &item, 1);
	o = json_loads(line, 0, NULL);
	assert_non_null(o);
	json_object_foreach(o, key, value)
	{
		char expected[256];

		keys++;
		if (!json_is_string(value) || strcmp(key, "abstract") == 0 ||
		    strcmp(key, "title") == 0)
			continue;
		snprintf(expected, sizeof expected, "%s: %s\n", key, json_string_value(value));
		has(text, expected);
	}
	assert_int_equal(keys, 25);
	has(text, "version: 2\n");
	has(text, "withdrawn: false\n");
	has(text, "score: 2\npercent: 9\nrank: 1\nsnippet: s\nquery_id: q7\n");
	json_decref(o);
	sheaf_free(line);
	sheaf_free(text);
	sheaf_document_free(a);
}

static void unknown_fields_are_refused(void **state)
{
	static const struct {
		sheaf_format format;
		const char  *names, *message;
	} cases[] = {
		{SHEAF_FORMAT_CSV, "id,titel",
	         "no field 'titel', did you mean 'title'?; there are id, "},
		{SHEAF_FORMAT_TSV, "xyzzyxyzzy", "no field 'xyzzyxyzzy'; there are id, version, "},
		{SHEAF_FORMAT_JSON, "id,,title", "no field ''"},
		{SHEAF_FORMAT_JSONL, "id, title,id", "field 'id' is named twice"},
		{SHEAF_FORMAT_MARKDOWN, "id", "format markdown has no choice of fields"},
		{SHEAF_FORMAT_BIBTEX, "id", "format bibtex has no choice of fields"},
		{SHEAF_FORMAT_IDS, "id", "format ids has no choice of fields"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf           out = BUF_INIT(0);
		sheaf_writer *w;
		sheaf_error   err;

		assert_int_equal(sheaf_writer_new(cases[i].format, to_buf, &out, &w, NULL),
		                 SHEAF_OK);
		assert_int_equal(sheaf_writer_set_fields(w, cases[i].names, &err),
		                 SHEAF_ERROR_INVALID_ARGUMENT);
		has(err.message, cases[i].message);
		/* Nothing chosen is always possible, and nothing is what stays chosen. */
		assert_int_equal(sheaf_writer_set_fields(w, NULL, NULL), SHEAF_OK);
		assert_int_equal(sheaf_writer_set_fields(w, "", NULL), SHEAF_OK);
		sheaf_writer_free(w);
		buf_free(&out);
	}
	assert_int_equal(sheaf_writer_set_fields(NULL, "id", NULL), SHEAF_ERROR_INVALID_ARGUMENT);
}

/* The message names all fields, whatever the error holds of it. */
static void the_list_of_fields_is_whole(void **state)
{
	buf           out = BUF_INIT(0);
	sheaf_writer *w;
	sheaf_error   err;
	char          long_name[300];

	(void)state;
	memset(long_name, 'x', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = 0;
	assert_int_equal(sheaf_writer_new(SHEAF_FORMAT_CSV, to_buf, &out, &w, NULL), SHEAF_OK);
	assert_int_equal(sheaf_writer_set_fields(w, long_name, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	has(err.message, ", acm_class");
	sheaf_writer_free(w);
}

static void facets_in_json(void **state)
{
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH, .facets = facets, .facet_count = 3};
	char           *text = written(SHEAF_FORMAT_JSON, &head, NULL, 0);
	json_t         *o = json_loads(text, 0, NULL);

	(void)state;
	assert_non_null(o);
	has(text,
	    "\"facets\":{\"category\":[{\"value\":\"cs.NE\",\"count\":12},"
	    "{\"value\":\"cs.AI\\u001B\",\"count\":3}],\"year\":[{\"value\":\"2026\",\"count\":15}],"
	    "\"author\":[]}");
	json_decref(o);
	sheaf_free(text);
}

static void facets_in_text(void **state)
{
	sheaf_list_head head = {
		.kind = SHEAF_LIST_SEARCH, .facets = facets, .facet_count = 3, .width = 40};

	(void)state;
	writes(SHEAF_FORMAT_TEXT, &head, NULL, 0,
	       "category\n    cs.NE (12), cs.AI (3)\nyear\n    2026 (15)\nauthor\n    none\n");
}

static void explanations_in_json(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a, .weight = 1, .explanations = why, .explanation_count = 3};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH};
	char           *text = written_fields(SHEAF_FORMAT_JSONL, "id,score", &head, &item, 1);

	(void)state;
	assert_string_equal(
		text,
		"{\"id\":\"2601.22876\",\"score\":1.0,\"explain\":["
		"{\"term\":\"loop\",\"detail\":\"title, abstract; in 12 papers\",\"weight\":"
		"0.3333333333333333},"
		"{\"term\":\"net\",\"detail\":\"in 40 papers\",\"weight\":0.3333333333333333},"
		"{\"term\":\"\\\"loop net\\\"\\u001B\",\"detail\":null,\"weight\":"
		"0.3333333333333333}]}\n");
	sheaf_free(text);
	/* Asked for, and there is nothing to say. */
	item.explanation_count = 0;
	text = written_fields(SHEAF_FORMAT_JSONL, "id", &head, &item, 1);
	assert_string_equal(text, "{\"id\":\"2601.22876\",\"explain\":[]}\n");
	sheaf_free(text);
	sheaf_document_free(a);
}

static void explanations_in_text_add_up(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a, .weight = 1, .explanations = why, .explanation_count = 3};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH};
	char           *text = written(SHEAF_FORMAT_TEXT, &head, &item, 1);
	const char     *p = strstr(text, "        0.");
	double          sum = 0;

	(void)state;
	has(text, "        0.333 loop: title, abstract; in 12 papers\n");
	has(text, " \"loop net\"\n        1.000 = score\n");
	for (int i = 0; i < 3; i++) {
		assert_non_null(p);
		sum += strtod(p, NULL);
		p = strstr(p + 1, "        0.");
	}
	assert_true(sum > 0.9999 && sum < 1.0001);
	sheaf_free(text);
	sheaf_document_free(a);
}

/* What has the marks of snippets in a title is text like any other. */
static void only_snippets_are_marked(void **state)
{
	sheaf_document *a = paper("2601.00001",
	                          "a \xEE\x80\x80"
	                          "b\xEE\x80\x81",
	                          NULL, NULL);
	sheaf_item      item = {.doc = a,
	                        .rank = 1,
	                        .snippet = "\xEE\x80\x80"
	                                        "c\xEE\x80\x81"};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH, .colour = 1};
	char           *text = written(SHEAF_FORMAT_TEXT, &head, &item, 1);

	(void)state;
	has(text, "\x1b[1m 1. a b\n\x1b[0m");
	has(text, "    \x1b[1mc\x1b[0m\n");
	sheaf_free(text);
	sheaf_document_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chosen_fields_in_their_order),
		cmocka_unit_test(every_field_can_be_had),
		cmocka_unit_test(unknown_fields_are_refused),
		cmocka_unit_test(the_list_of_fields_is_whole),
		cmocka_unit_test(facets_in_json),
		cmocka_unit_test(facets_in_text),
		cmocka_unit_test(explanations_in_json),
		cmocka_unit_test(explanations_in_text_add_up),
		cmocka_unit_test(only_snippets_are_marked),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
