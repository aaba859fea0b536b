/* What is exported is what is imported again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "document_private.h"
#include "sheaf/writer.h"
#include "source.h"
#include "str.h"

static int to_buf(void *ctx, const char *bytes, size_t len)
{
	buf_append(ctx, bytes, len);
	return 0;
}

static sheaf_document *new_paper(const char *id)
{
	sheaf_document *doc;

	assert_int_equal(sheaf_document_new(&doc, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, NULL),
	                 SHEAF_OK);
	return doc;
}

static void set(sheaf_document *doc, sheaf_field field, const char *text)
{
	assert_int_equal(sheaf_document_set_text(doc, field, text, SIZE_MAX, NULL), SHEAF_OK);
}

static void add_author(sheaf_document *doc, const char *name, const char *keyname,
                       const char *forenames, const char *suffix, const char *affiliation)
{
	const sheaf_author author = {name, keyname, forenames, suffix, affiliation};

	assert_int_equal(sheaf_document_add_author(doc, &author, NULL), SHEAF_OK);
}

/* One line, without its end. The caller frees it. */
static char *exported(const sheaf_document *doc)
{
	buf           out = BUF_INIT(0);
	sheaf_item    item = {.doc = doc};
	sheaf_writer *w;

	assert_int_equal(sheaf_writer_new(SHEAF_FORMAT_SNAPSHOT, to_buf, &out, &w, NULL), SHEAF_OK);
	sheaf_writer_begin(w, NULL);
	sheaf_writer_item(w, &item);
	assert_int_equal(sheaf_writer_end(w, NULL), SHEAF_OK);
	sheaf_writer_free(w);
	assert_true(out.len && out.data[out.len - 1] == '\n');
	assert_null(memchr(out.data, '\n', out.len - 1));
	buf_truncate(&out, out.len - 1);
	return buf_take(&out);
}

static int keep(void *ctx, sheaf_document *doc, int64_t number)
{
	assert_int_equal(number, 1);
	assert_int_equal(document_copy(ctx, doc, NULL), SHEAF_OK);
	return 0;
}

static int refused(void *ctx, int64_t number, const char *reason)
{
	(void)ctx, (void)number;
	fail_msg("%s", reason);
	return 1;
}

static sheaf_document *imported(const char *line)
{
	sheaf_document *doc;
	source_parser  *parser;
	source_sink     sink = {.document = keep, .reject = refused};

	assert_int_equal(sheaf_document_new(&doc, NULL), SHEAF_OK);
	sink.ctx = doc;
	assert_int_equal(source_parser_new(SHEAF_SOURCE_JSONL, &sink, &parser, NULL), SHEAF_OK);
	assert_int_equal(source_feed(parser, line, strlen(line), NULL), SHEAF_OK);
	assert_int_equal(source_finish(parser, NULL, NULL), SHEAF_OK);
	source_parser_free(parser);
	return doc;
}

static void same_text(const char *a, const char *b)
{
	if (!str_eq(a, b))
		fail_msg("'%s' is not '%s'", a ? a : "(none)", b ? b : "(none)");
}

static void same(const sheaf_document *a, const sheaf_document *b)
{
	for (int field = SHEAF_FIELD_TITLE; field < SHEAF_FIELD_COUNT; field++) {
		same_text(a->text[field], b->text[field]);
		assert_int_equal(a->value[field], b->value[field]);
	}
	assert_int_equal(a->author_count, b->author_count);
	for (size_t i = 0; i < a->author_count; i++) {
		same_text(a->authors[i].name, b->authors[i].name);
		same_text(a->authors[i].keyname, b->authors[i].keyname);
		same_text(a->authors[i].forenames, b->authors[i].forenames);
		same_text(a->authors[i].suffix, b->authors[i].suffix);
		same_text(a->authors[i].affiliation, b->authors[i].affiliation);
	}
	assert_int_equal(a->category_count, b->category_count);
	for (size_t i = 0; i < a->category_count; i++)
		same_text(a->categories[i], b->categories[i]);
	assert_int_equal(a->version_count, b->version_count);
	for (size_t i = 0; i < a->version_count; i++) {
		assert_int_equal(a->versions[i].number, b->versions[i].number);
		assert_int_equal(a->versions[i].created, b->versions[i].created);
		same_text(a->versions[i].size, b->versions[i].size);
		same_text(a->versions[i].source_type, b->versions[i].source_type);
	}
	assert_int_equal(document_same_data(a, b), 1);
	assert_int_equal(document_same_slots(a, b), 1);
	assert_int_equal(document_same_terms(a, b), 1);
}

static void comes_back(sheaf_document *doc)
{
	char           *line = exported(doc);
	sheaf_document *again = imported(line);
	char           *second = exported(again);

	same(doc, again);
	assert_string_equal(line, second);
	sheaf_document_free(again);
	sheaf_document_free(doc);
	sheaf_free(line);
	sheaf_free(second);
}

static sheaf_document *full_paper(void)
{
	sheaf_document *doc = new_paper("arXiv:2601.22876v3");

	set(doc, SHEAF_FIELD_TITLE, "On  $\\alpha$\n  and \"quotes\"");
	set(doc, SHEAF_FIELD_ABSTRACT, "  Two lines\nand a tab\t, a control \x01 and \xC3\xA9.\n");
	set(doc, SHEAF_FIELD_COMMENTS, "12 pages");
	set(doc, SHEAF_FIELD_JOURNAL_REF, "J. of X 1 (2026)");
	set(doc, SHEAF_FIELD_REPORT_NO, "R-1");
	set(doc, SHEAF_FIELD_DOI, "10.5555/1 10.5555/2");
	set(doc, SHEAF_FIELD_MSC_CLASS, "68T05; 92B20");
	set(doc, SHEAF_FIELD_ACM_CLASS, "I.2.6");
	set(doc, SHEAF_FIELD_LICENSE, "http://example.org/l");
	set(doc, SHEAF_FIELD_SUBMITTER, "Ada Moor");
	set(doc, SHEAF_FIELD_PROXY, "ccsd hal-1");
	sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, 1769774401, NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_UPDATED, 1769860799, NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_DATESTAMP, 1769817600, NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_WITHDRAWN, 1, NULL);
	sheaf_document_add_category(doc, "cs.NE", NULL);
	sheaf_document_add_category(doc, "math.GT", NULL);
	sheaf_document_add_version(doc, &(sheaf_document_version){1, 1769774401, "66kb", "D"},
	                           NULL);
	sheaf_document_add_version(doc, &(sheaf_document_version){2, 1769774500, NULL, NULL}, NULL);
	sheaf_document_add_version(doc, &(sheaf_document_version){3, 1769860799, "0kb", "I"}, NULL);
	return doc;
}

static void everything_comes_back(void **state)
{
	sheaf_document *doc = full_paper();

	(void)state;
	add_author(doc, "Ada Moor", "Moor", "Ada", NULL, "Inst. of Ferns; Moss Lab");
	add_author(doc, NULL, "Ruiz", "Ben", "Jr", NULL);
	comes_back(doc);
}

static void what_a_program_added_comes_back(void **state)
{
	sheaf_document *doc = full_paper();
	char            bytes[SHEAF_SLOT_VALUE_MAX];

	(void)state;
	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)i;
	sheaf_document_set_data(doc, bytes, 300, NULL);
	sheaf_document_add_slot_value(doc, 0, "x", 1, NULL);
	sheaf_document_add_slot_value(doc, UINT32_MAX, bytes, sizeof bytes, NULL);
	sheaf_document_add_term(doc, "X\"\\\xE7\xA5\x9E", 3, NULL);
	sheaf_document_add_term(doc, "bool", 0, NULL);
	comes_back(doc);
	doc = full_paper();
	sheaf_document_set_data(doc, "", 0, NULL);
	comes_back(doc);
}

/* What cannot be is passed over, and the paper is taken. */
static void odd_things_added_are_passed_over(void **state)
{
	static const char *const odd[] = {
		"\"data\":7",
		"\"data\":\"x\"",
		"\"data\":\"Zg=\"",
		"\"data\":null",
		"\"data\":[\"Zg==\"]",
		"\"slots\":7",
		"\"slots\":[7,[],[1],[1,2],[\"1\",\"Zg==\"],[-1,\"Zg==\"],[4294967296,\"Zg==\"],[1.5,\"Zg==\"],"
		"[1,\"Z\"],[1,\"\"]]",
		"\"terms\":{\"a\":1}",
		"\"terms\":[\"a\",[\"a\"],[1,1],[\"a\",\"1\"],[\"a\",-1],[\"a\",1001],[\"a b\",1],[\"\",1],"
		"[\"a\\u0000b\",1],[\"\\n\",1]]",
	};

	(void)state;
	for (size_t i = 0; i < sizeof odd / sizeof *odd; i++) {
		buf             line = BUF_INIT(0);
		sheaf_document *doc;

		buf_printf(&line, "{\"id\":\"2601.00001\",\"title\":\"T\",\"sheaf\":{%s}}", odd[i]);
		doc = imported(buf_str(&line));
		same_text(sheaf_document_get_text(doc, SHEAF_FIELD_TITLE), "T");
		if (doc->data || doc->slot_count || doc->term_count)
			fail_msg("taken from %s", odd[i]);
		sheaf_document_free(doc);
		buf_free(&line);
	}
}

static void a_line_of_authors_comes_back(void **state)
{
	sheaf_document *doc = full_paper();

	(void)state;
	assert_int_equal(document_add_author_line(
				 doc, "Ada Moor (Fern Inst.), B. Ruiz, Jr. and Cleo Tan", NULL),
	                 SHEAF_OK);
	comes_back(doc);
}

static void odd_names_come_back(void **state)
{
	static const char *const names[] = {"Moor, Ada",
	                                    "Salt and Pepper",
	                                    "A (B",
	                                    "a) b",
	                                    "X; Y",
	                                    "Jr",
	                                    "III",
	                                    "The Big (Small) Collaboration",
	                                    "\xE5\xAD\x97 \xE5\xAD\x97",
	                                    "and"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		sheaf_document *doc = new_paper("2601.00001");

		add_author(doc, names[i], NULL, NULL, NULL,
		           i % 2 ? "Lab (of sorts), A and B" : NULL);
		add_author(doc, "Cleo Tan", NULL, NULL, NULL, NULL);
		comes_back(doc);
	}
}

static void a_bare_paper_comes_back(void **state)
{
	(void)state;
	comes_back(new_paper("hep-th/9901001"));
}

static void odd_categories_come_back(void **state)
{
	sheaf_document *doc = new_paper("2601.00001v2");

	(void)state;
	sheaf_document_add_category(doc, "cs.NE", NULL);
	sheaf_document_add_category(doc, "68T05 (Primary) I.2", NULL);
	comes_back(doc);
}

static void other_programs_find_the_schema(void **state)
{
	static const char *const keys[] = {"id",          "submitter",      "authors",  "title",
	                                   "comments",    "journal-ref",    "doi",      "report-no",
	                                   "categories",  "license",        "abstract", "versions",
	                                   "update_date", "authors_parsed", "sheaf"};
	sheaf_document          *doc = full_paper();
	char                    *line;
	json_t                  *json;
	size_t                   i = 0;
	const char              *key;
	json_t                  *value;

	(void)state;
	add_author(doc, "Ada Moor", "Moor", "Ada", NULL, "Fern Inst.");
	line = exported(doc);
	json = json_loads(line, 0, NULL);
	assert_non_null(json);
	json_object_foreach(json, key, value)
	{
		assert_true(i < sizeof keys / sizeof *keys);
		assert_string_equal(key, keys[i++]);
	}
	assert_int_equal(i, sizeof keys / sizeof *keys);
	assert_string_equal(json_string_value(json_object_get(json, "categories")),
	                    "cs.NE math.GT");
	assert_string_equal(json_string_value(json_object_get(json, "authors")),
	                    "Ada Moor (Fern Inst.)");
	assert_string_equal(json_string_value(json_object_get(json, "update_date")), "2026-01-31");
	assert_non_null(
		strstr(line, "\"authors_parsed\":[[\"Moor\",\"Ada\",\"\",\"Fern Inst.\"]]"));
	assert_non_null(
		strstr(line, "{\"version\":\"v1\",\"created\":\"Fri, 30 Jan 2026 12:00:01 GMT\"}"));
	json_decref(json);
	sheaf_free(line);
	sheaf_document_free(doc);
	doc = new_paper("2601.00001");
	line = exported(doc);
	assert_string_equal(
		line, "{\"id\":\"2601.00001\",\"submitter\":null,\"authors\":null,\"title\":null,"
		      "\"comments\":null,\"journal-ref\":null,\"doi\":null,\"report-no\":null,"
		      "\"categories\":null,\"license\":null,\"abstract\":null,\"versions\":[],"
		      "\"update_date\":null,\"authors_parsed\":null,\"sheaf\":{}}");
	sheaf_free(line);
	sheaf_document_free(doc);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(everything_comes_back),
		cmocka_unit_test(what_a_program_added_comes_back),
		cmocka_unit_test(odd_things_added_are_passed_over),
		cmocka_unit_test(a_line_of_authors_comes_back),
		cmocka_unit_test(odd_names_come_back),
		cmocka_unit_test(a_bare_paper_comes_back),
		cmocka_unit_test(odd_categories_come_back),
		cmocka_unit_test(other_programs_find_the_schema),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
