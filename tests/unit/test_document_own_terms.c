/* document_own_terms.c: the caller's own terms. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>

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

static sheaf_status add(const char *term, unsigned wdf)
{
	return sheaf_document_add_term(doc, term, wdf, NULL);
}

/* All terms as "term/frequency …". */
static void expect(const char *text)
{
	buf         out = BUF_INIT(0);
	const char *term;
	unsigned    wdf;

	for (size_t i = 0; (term = sheaf_document_get_term(doc, i, &wdf)); i++)
		buf_printf(&out, "%s%s/%u", i ? " " : "", term, wdf);
	assert_int_equal(sheaf_document_term_count(doc) == 0, out.len == 0);
	assert_string_equal(buf_str(&out), text);
	buf_free(&out);
}

static void expect_boolean_terms(const char *text)
{
	buf out = BUF_INIT(0);

	document_boolean_terms(doc, &out);
	assert_string_equal(buf_str(&out), text);
	buf_free(&out);
}

static void terms_are_added_and_removed(void **state)
{
	unsigned wdf = 7;

	(void)state;
	expect("");
	add("Zebra", 1);
	add("ant", 0);
	add("XAlpha", 2);
	add("ant", 0);
	add("Zebra", 3);
	add("an", 1);
	expect("XAlpha/2 Zebra/4 an/1 ant/0");
	add("ant", 2);
	expect("XAlpha/2 Zebra/4 an/1 ant/2");
	assert_int_equal(sheaf_document_remove_term(doc, "an", NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_remove_term(doc, "an", NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_remove_term(doc, NULL, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_remove_term(NULL, "x", NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	expect("XAlpha/2 Zebra/4 ant/2");
	assert_null(sheaf_document_get_term(doc, 3, &wdf));
	assert_int_equal(wdf, 0);
	sheaf_document_clear_terms(doc);
	expect("");
	assert_int_equal(doc->terms_known, 1);
	sheaf_document_clear(doc);
	assert_int_equal(doc->terms_known, 0);
}

static void the_index_has_each_as_often_as_it_counts(void **state)
{
	(void)state;
	add("Bool", 0);
	add("once", 1);
	add("thrice", 3);
	expect_boolean_terms(
		"is:new change:new term:Bool term:once term:once term:thrice term:thrice "
		"term:thrice term:thrice");
}

static void what_is_no_term(void **state)
{
	static const char *const bad[] = {"",          " ",    "a b",      "a\nb",
	                                  "a\tb",      "\x01", "a\x7F",    "\x1F",
	                                  "a\xC2\x85", "\xFF", "half\xC3", "\xED\xA0\x80"};
	char                     longest[SHEAF_TERM_BYTES_MAX + 2];

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (add(bad[i], 1) != SHEAF_ERROR_INVALID_ARGUMENT)
			fail_msg("'%s' was taken", bad[i]);
	memset(longest, 'x', sizeof longest);
	longest[SHEAF_TERM_BYTES_MAX + 1] = 0;
	assert_int_equal(add(longest, 1), SHEAF_ERROR_INVALID_ARGUMENT);
	longest[SHEAF_TERM_BYTES_MAX] = 0;
	assert_int_equal(add(longest, 1), SHEAF_OK);
	assert_int_equal(add("gr\xC3\xBCn:\"*\xE7\xA5\x9E", 1), SHEAF_OK);
	assert_int_equal(add(NULL, 1), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_add_term(NULL, "x", 1, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_term_count(doc), 2);
}

static void how_often_and_how_many(void **state)
{
	char term[16];

	(void)state;
	assert_int_equal(add("x", SHEAF_WDF_MAX + 1), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(add("x", SHEAF_WDF_MAX), SHEAF_OK);
	assert_int_equal(add("x", 1), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(add("x", UINT32_MAX), SHEAF_ERROR_INVALID_ARGUMENT);
	for (int i = 1; i < SHEAF_WDF_SUM_MAX / SHEAF_WDF_MAX; i++) {
		snprintf(term, sizeof term, "t%d", i);
		assert_int_equal(add(term, SHEAF_WDF_MAX), SHEAF_OK);
	}
	assert_int_equal(add("y", 0), SHEAF_OK);
	assert_int_equal(add("y", 1), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_remove_term(doc, "x", NULL), SHEAF_OK);
	assert_int_equal(add("y", SHEAF_WDF_MAX - 1), SHEAF_OK);
	assert_int_equal(add("z", 1), SHEAF_OK);
	assert_int_equal(add("zz", 1), SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_document_clear_terms(doc);
	for (int i = SHEAF_TERMS_MAX; i--;) {
		snprintf(term, sizeof term, "t%05d", i);
		assert_int_equal(add(term, 1), SHEAF_OK);
	}
	assert_int_equal(add("u", 1), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(add("t00000", 1), SHEAF_OK);
}

static void packed_terms_come_back(void **state)
{
	sheaf_document *copy;
	buf             packed = BUF_INIT(0);

	(void)state;
	add("b", 12);
	add("a", 0);
	document_pack_terms(doc, &packed);
	assert_string_equal(buf_str(&packed), "0 a\n12 b");
	assert_int_equal(sheaf_document_new(&copy, NULL), SHEAF_OK);
	assert_int_equal(document_unpack_terms(copy, buf_str(&packed), NULL), SHEAF_OK);
	assert_int_equal(document_same_terms(doc, copy), 1);
	assert_int_equal(copy->wdf_sum, doc->wdf_sum);
	add("a", 1);
	assert_int_equal(document_same_terms(doc, copy), 0);
	sheaf_document_free(copy);
	buf_free(&packed);
}

static void damaged_terms(void **state)
{
	static const char *const bad[] = {"a",
	                                  "1",
	                                  "1 ",
	                                  " a",
	                                  "x a",
	                                  "-1 a",
	                                  "1001 a",
	                                  "1 a\n",
	                                  "1 a b",
	                                  "1 a\n\n1 b",
	                                  "9999999999999999999 a"};

	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		sheaf_document_clear(doc);
		if (document_unpack_terms(doc, bad[i], NULL) != SHEAF_ERROR_DATABASE_CORRUPT)
			fail_msg("'%s' was taken", bad[i]);
	}
	sheaf_document_clear(doc);
	assert_int_equal(document_unpack_terms(doc, NULL, NULL), SHEAF_OK);
	assert_int_equal(document_unpack_terms(doc, "", NULL), SHEAF_OK);
	assert_int_equal(doc->terms_known, 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(terms_are_added_and_removed),
		TEST(the_index_has_each_as_often_as_it_counts),
		TEST(what_is_no_term),
		TEST(how_often_and_how_many),
		TEST(packed_terms_come_back),
		TEST(damaged_terms),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
