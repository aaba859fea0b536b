/* document_terms.c: boolean terms, and the date a document sorts by. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "datetime.h"
#include "document_private.h"

static sheaf_document *doc;

static int set_up(void **state)
{
	(void)state;
	return sheaf_document_new(&doc, NULL) == SHEAF_OK ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	sheaf_document_free(doc);
	return 0;
}

static void set(sheaf_field field, const char *text)
{
	assert_int_equal(sheaf_document_set_text(doc, field, text, SIZE_MAX, NULL), SHEAF_OK);
}

static void expect_terms(const char *terms)
{
	buf out = BUF_INIT(0), expected = BUF_INIT(0);

	/* Of a paper that is stored for the first time. */
	buf_printf(&expected, "%s change:new", terms);
	document_boolean_terms(doc, &out);
	assert_string_equal(buf_str(&out), buf_str(&expected));
	buf_free(&out);
	buf_free(&expected);
}

static void terms_of_a_document(void **state)
{
	(void)state;
	expect_terms("is:new");
	set(SHEAF_FIELD_ID, "math.GT/0309136v2");
	set(SHEAF_FIELD_TITLE, "Title words are no terms");
	document_add_category_line(doc, "math.GT q-bio.NC", NULL);
	set(SHEAF_FIELD_DOI, "10.1000/ABC.1 10.1000/def\n");
	set(SHEAF_FIELD_MSC_CLASS, "57M25 57M27; (20F36)");
	set(SHEAF_FIELD_ACM_CLASS, "I.2.6; F.2.2, I.2.7");
	expect_terms(
		"id:math/0309136 cat:math.gt cat:q-bio.nc cat:math cat:q-bio primary:math.gt primary:math doi:10.1000/abc.1 "
		"doi:10.1000/def msc:57m25 msc:57m27 msc:20f36 acm:i.2.6 "
		"acm:f.2.2 acm:i.2.7 is:updated has:doi has:msc has:acm");
}

static void states_of_a_document(void **state)
{
	const sheaf_time none = SHEAF_TIME_NONE;
	const struct {
		int         version;
		sheaf_time  submitted, updated;
		const char *is;
	} cases[] = {
		{0, none, none, "is:new"},     {1, none, none, "is:new"},
		{2, none, none, "is:updated"}, {1, 1000, 2000, "is:new"},
		{0, 1000, 2000, "is:updated"}, {0, 1000, 1000, "is:new"},
		{0, none, 2000, "is:new"},     {0, 2000, 1000, "is:new"},
		{3, 1000, 1000, "is:updated"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document_set_value(doc, SHEAF_FIELD_VERSION, cases[i].version, NULL);
		sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, cases[i].submitted, NULL);
		sheaf_document_set_value(doc, SHEAF_FIELD_UPDATED, cases[i].updated, NULL);
		expect_terms(cases[i].is);
	}
	sheaf_document_set_value(doc, SHEAF_FIELD_WITHDRAWN, 1, NULL);
	set(SHEAF_FIELD_JOURNAL_REF, "J. of Ferns 1");
	set(SHEAF_FIELD_COMMENTS, "12 pages");
	set(SHEAF_FIELD_REPORT_NO, "R-1");
	set(SHEAF_FIELD_LICENSE, "http://example.org/l");
	expect_terms("is:updated is:withdrawn has:journal has:comment has:report has:license");
}

static void empty_parts_make_no_terms(void **state)
{
	(void)state;
	set(SHEAF_FIELD_ID, "2601.00001");
	set(SHEAF_FIELD_DOI, "  \n ");
	set(SHEAF_FIELD_MSC_CLASS, "(),;");
	expect_terms("id:2601.00001 is:new has:msc");
}

static void one_value(void **state)
{
	char long_value[500], long_term[201];
	const struct {
		sheaf_field field;
		const char *value, *term;
	} cases[] = {
		{SHEAF_FIELD_CATEGORY, "cs.NE", "cs.ne"},
		{SHEAF_FIELD_CATEGORY, " cs.NE\n", "cs.ne"},
		{SHEAF_FIELD_CATEGORY, "", ""},
		{SHEAF_FIELD_CATEGORY, "  ", ""},
		{SHEAF_FIELD_CATEGORY, "two words\x01\x7F", "two_words__"},
		{SHEAF_FIELD_CATEGORY, "\"x\" OR *", "\"x\"_or_*"},
		{SHEAF_FIELD_ID, "https://arxiv.org/abs/2601.22876v2", "2601.22876"},
		{SHEAF_FIELD_ID, "math.GT/0309136", "math/0309136"},
		{SHEAF_FIELD_ID, "CORD-1", "cord-1"},
		{SHEAF_FIELD_ID, "no id", "no_id"},
		{SHEAF_FIELD_DOI, "10.1000/\xC3\x89", "10.1000/\xC3\x89"},
		{SHEAF_FIELD_DOI, long_value, long_term},
		{SHEAF_FIELD_IS, "Withdrawn", "withdrawn"},
		{SHEAF_FIELD_TERM, "XAlpha:\"*", "XAlpha:\"*"},
		{SHEAF_FIELD_TERM, " a b\n",
	         "\x7F"
	         "a"
	         "\x7F"
	         "b\x7F"},
		{SHEAF_FIELD_TERM, "", ""},
	};

	(void)state;
	memset(long_value, 'A', sizeof long_value - 1);
	long_value[sizeof long_value - 1] = 0;
	memset(long_term, 'a', sizeof long_term - 1);
	long_term[sizeof long_term - 1] = 0;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf out = BUF_INIT(0);

		boolean_term_value(cases[i].field, cases[i].value, strlen(cases[i].value), &out);
		assert_string_equal(buf_str(&out), cases[i].term);
		buf_free(&out);
	}
}

/* A term never holds what divides terms. */
static void terms_have_no_blanks_inside(void **state)
{
	char value[2] = {0};

	(void)state;
	for (int c = 1; c < 256; c++) {
		buf out = BUF_INIT(0);

		value[0] = (char)c;
		boolean_term_value(SHEAF_FIELD_CATEGORY, value, 1, &out);
		for (size_t i = 0; i < out.len; i++)
			assert_true((unsigned char)out.data[i] > 0x20);
		buf_free(&out);
	}
}

/* Nor does what is asked for in place of one meet a term that a document can have. */
static void too_long_a_term_meets_none(void **state)
{
	char value[SHEAF_TERM_BYTES_MAX + 2];
	buf  out = BUF_INIT(0);

	(void)state;
	memset(value, 'x', sizeof value);
	boolean_term_value(SHEAF_FIELD_TERM, value, SHEAF_TERM_BYTES_MAX, &out);
	assert_int_equal(out.len, SHEAF_TERM_BYTES_MAX);
	assert_memory_equal(out.data, value, out.len);
	buf_clear(&out);
	boolean_term_value(SHEAF_FIELD_TERM, value, sizeof value, &out);
	assert_int_equal(out.len, SHEAF_TERM_BYTES_MAX);
	assert_non_null(memchr(out.data, 0x7F, out.len));
	buf_free(&out);
}

static void expect_date(sheaf_field field, sheaf_time time, int month_only)
{
	document_date date = document_get_date(doc, field);

	assert_true(date.time == time);
	assert_int_equal(date.month_only, month_only);
}

static void dates_and_what_stands_in_for_them(void **state)
{
	const sheaf_time submitted = 1000, updated = 2000, month = date_days(2003, 9, 1) * 86400;
	const sheaf_time none = SHEAF_TIME_NONE;
	const struct {
		const char *id;
		sheaf_time  submitted, updated;
		struct {
			sheaf_time time;
			int        month_only;
		} dates[3]; /* SUBMITTED, UPDATED, DATE */
	} cases[] = {
		{"doc-1", none, none, {{none, 0}, {none, 0}, {none, 0}}},
		{"math/0309136", none, none, {{month, 1}, {month, 1}, {month, 1}}},
		{"math/0309136", submitted, none, {{submitted, 0}, {submitted, 0}, {submitted, 0}}},
		{"math/0309136", none, updated, {{month, 1}, {updated, 0}, {updated, 0}}},
		{"math/0309136",
	         submitted,
	         updated,
	         {{submitted, 0}, {updated, 0}, {submitted, 0}}},
		{"doc-1", none, updated, {{none, 0}, {updated, 0}, {updated, 0}}},
		{"doc-1", 0, none, {{0, 0}, {0, 0}, {0, 0}}},
	};
	static const sheaf_field fields[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
	                                     SHEAF_FIELD_DATE};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document_clear(doc);
		set(SHEAF_FIELD_ID, cases[i].id);
		sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, cases[i].submitted, NULL);
		sheaf_document_set_value(doc, SHEAF_FIELD_UPDATED, cases[i].updated, NULL);
		for (size_t f = 0; f < 3; f++)
			expect_date(fields[f], cases[i].dates[f].time,
			            cases[i].dates[f].month_only);
		assert_true(sheaf_document_get_value(doc, SHEAF_FIELD_DATE) ==
		            cases[i].dates[2].time);
	}
	sheaf_document_clear(doc);
	expect_date(SHEAF_FIELD_DATE, none, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(terms_of_a_document),
		TEST(states_of_a_document),
		TEST(too_long_a_term_meets_none),
		TEST(empty_parts_make_no_terms),
		TEST(one_value),
		TEST(terms_have_no_blanks_inside),
		TEST(dates_and_what_stands_in_for_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
