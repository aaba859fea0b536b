/* document.h: setting, getting, cleaning, limits. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "document_private.h"
#include "field.h"
#include "utf8.h"

static sheaf_document *doc; /* an empty one for each test */

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

static sheaf_status set(sheaf_field field, const char *text)
{
	return sheaf_document_set_text(doc, field, text, SIZE_MAX, NULL);
}

static void expect_text(sheaf_field field, const char *text)
{
	const char *got = sheaf_document_get_text(doc, field);

	if (!text)
		assert_null(got);
	else
		assert_string_equal(got, text);
}

static void an_empty_document_knows_nothing(void **state)
{
	(void)state;
	for (int f = -1; f <= SHEAF_FIELD_COUNT; f++) {
		int64_t expected = SHEAF_TIME_NONE;

		if (f == SHEAF_FIELD_VERSION || f == SHEAF_FIELD_WITHDRAWN ||
		    f == SHEAF_FIELD_ANNOUNCED_SEEN)
			expected = 0;
		else if (f == SHEAF_FIELD_CHANGE)
			expected = SHEAF_CHANGE_NEW;
		assert_null(sheaf_document_get_text(doc, (sheaf_field)f));
		assert_true(sheaf_document_get_value(doc, (sheaf_field)f) == expected);
	}
	assert_int_equal(sheaf_document_author_count(doc), 0);
	assert_int_equal(sheaf_document_category_count(doc), 0);
	assert_int_equal(sheaf_document_version_count(doc), 0);
	assert_null(sheaf_document_get_author(doc, 0));
	assert_null(sheaf_document_get_category(doc, 0));
	assert_null(sheaf_document_get_version(doc, 0));
	assert_int_equal(sheaf_document_get_docid(doc), 0);
	assert_int_equal(sheaf_document_get_revision(doc), 0);
}

static void no_document_is_no_crash(void **state)
{
	const sheaf_author           author = {.name = "A"};
	const sheaf_document_version version = {.number = 1};

	(void)state;
	sheaf_document_free(NULL);
	assert_null(sheaf_document_get_text(NULL, SHEAF_FIELD_TITLE));
	assert_true(sheaf_document_get_value(NULL, SHEAF_FIELD_SUBMITTED) == SHEAF_TIME_NONE);
	assert_int_equal(sheaf_document_author_count(NULL), 0);
	assert_null(sheaf_document_get_author(NULL, 0));
	assert_int_equal(sheaf_document_get_docid(NULL), 0);
	assert_int_equal(sheaf_document_set_text(NULL, SHEAF_FIELD_TITLE, "x", 1, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_set_value(NULL, SHEAF_FIELD_VERSION, 1, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_add_author(NULL, &author, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_add_author(doc, NULL, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_add_category(doc, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_add_version(NULL, &version, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

static void each_field_with_one_text_keeps_it(void **state)
{
	(void)state;
	for (int f = 0; f < SHEAF_FIELD_COUNT; f++) {
		const field_info *info = field_get((sheaf_field)f);
		int               one = info->kind != FIELD_VALUE && f != SHEAF_FIELD_ANY &&
		          f != SHEAF_FIELD_AUTHOR && f != SHEAF_FIELD_CATEGORY &&
		          f != SHEAF_FIELD_PRIMARY_CATEGORY && f != SHEAF_FIELD_IS &&
		          f != SHEAF_FIELD_HAS && f != SHEAF_FIELD_TERM && f != SHEAF_FIELD_CHANGE;

		assert_int_equal(set((sheaf_field)f, "text"),
		                 one ? SHEAF_OK : SHEAF_ERROR_INVALID_ARGUMENT);
		expect_text((sheaf_field)f, one ? "text" : NULL);
		if (!one)
			continue;
		assert_int_equal(set((sheaf_field)f, NULL), SHEAF_OK);
		expect_text((sheaf_field)f, NULL);
	}
	assert_int_equal(set((sheaf_field)99, "x"), SHEAF_ERROR_INVALID_ARGUMENT);
}

static void texts_are_copied_and_cleaned(void **state)
{
	char source[] = "Title";

	(void)state;
	set(SHEAF_FIELD_TITLE, source);
	source[0] = 'X';
	expect_text(SHEAF_FIELD_TITLE, "Title");
	set(SHEAF_FIELD_TITLE, "");
	expect_text(SHEAF_FIELD_TITLE, NULL);
	sheaf_document_set_text(doc, SHEAF_FIELD_TITLE,
	                        "a\0b\xFF"
	                        "c",
	                        5, NULL);
	expect_text(SHEAF_FIELD_TITLE, "a b\xEF\xBF\xBD"
	                               "c");
	sheaf_document_set_text(doc, SHEAF_FIELD_TITLE, "two\nlines", 3, NULL);
	expect_text(SHEAF_FIELD_TITLE, "two");
	set(SHEAF_FIELD_ABSTRACT, "  as it\n is ");
	expect_text(SHEAF_FIELD_ABSTRACT, "  as it\n is ");
}

static void texts_have_a_limit(void **state)
{
	size_t      len = DOCUMENT_TEXT_MAX + 100;
	char       *text = malloc(len);
	const char *kept;

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < len; i++)
		text[i] = i % 3 == 0 ? '\xE2' : i % 3 == 1 ? '\x82' : '\xAC';
	assert_int_equal(sheaf_document_set_text(doc, SHEAF_FIELD_ABSTRACT, text, len, NULL),
	                 SHEAF_OK);
	kept = sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT);
	assert_int_equal(strlen(kept), DOCUMENT_TEXT_MAX / 3 * 3);
	assert_int_equal(utf8_valid_prefix(kept, strlen(kept)), strlen(kept));
	free(text);
}

static void identifiers_are_canonical(void **state)
{
	sheaf_error err;

	(void)state;
	assert_int_equal(set(SHEAF_FIELD_ID, "https://arxiv.org/abs/math.GT/0309136v2"), SHEAF_OK);
	expect_text(SHEAF_FIELD_ID, "math/0309136");
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_VERSION), 2);
	/* An identifier without a version leaves the version. */
	assert_int_equal(set(SHEAF_FIELD_ID, "2601.22876"), SHEAF_OK);
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_VERSION), 2);
	assert_int_equal(
		sheaf_document_set_text(doc, SHEAF_FIELD_ID, "two words\x1B", SIZE_MAX, &err),
		SHEAF_ERROR_INVALID_ARGUMENT);
	assert_non_null(strstr(err.message, "two words"));
	assert_null(strchr(err.message, '\x1B'));
	expect_text(SHEAF_FIELD_ID, "2601.22876");
	assert_int_equal(set(SHEAF_FIELD_ID, ""), SHEAF_ERROR_INVALID_ARGUMENT);
}

static void values(void **state)
{
	static const struct {
		sheaf_field  field;
		int64_t      value;
		sheaf_status status;
	} cases[] = {
		{SHEAF_FIELD_SUBMITTED, 1175541522, SHEAF_OK},
		{SHEAF_FIELD_SUBMITTED, -1, SHEAF_OK},
		{SHEAF_FIELD_SUBMITTED, DOCUMENT_TIME_MAX, SHEAF_OK},
		{SHEAF_FIELD_SUBMITTED, -DOCUMENT_TIME_MAX, SHEAF_OK},
		{SHEAF_FIELD_SUBMITTED, DOCUMENT_TIME_MAX + 1, SHEAF_ERROR_INVALID_ARGUMENT},
		{SHEAF_FIELD_UPDATED, INT64_MAX, SHEAF_ERROR_INVALID_ARGUMENT},
		{SHEAF_FIELD_UPDATED, INT64_MIN + 1, SHEAF_ERROR_INVALID_ARGUMENT},
		{SHEAF_FIELD_DATESTAMP, 0, SHEAF_OK},
		{SHEAF_FIELD_VERSION, 7, SHEAF_OK},
		{SHEAF_FIELD_VERSION, -1, SHEAF_ERROR_INVALID_ARGUMENT},
		{SHEAF_FIELD_VERSION, (int64_t)1 << 40, SHEAF_ERROR_INVALID_ARGUMENT},
		{SHEAF_FIELD_WITHDRAWN, 1, SHEAF_OK},
		{SHEAF_FIELD_WITHDRAWN, 2, SHEAF_ERROR_INVALID_ARGUMENT},
		{SHEAF_FIELD_LENGTH, 1, SHEAF_ERROR_INVALID_ARGUMENT},
		{SHEAF_FIELD_DATE, 1, SHEAF_ERROR_INVALID_ARGUMENT},
		{SHEAF_FIELD_TITLE, 1, SHEAF_ERROR_INVALID_ARGUMENT},
		{SHEAF_FIELD_COUNT, 1, SHEAF_ERROR_INVALID_ARGUMENT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		int64_t before = sheaf_document_get_value(doc, cases[i].field);

		assert_int_equal(
			sheaf_document_set_value(doc, cases[i].field, cases[i].value, NULL),
			cases[i].status);
		assert_true(sheaf_document_get_value(doc, cases[i].field) ==
		            (cases[i].status == SHEAF_OK ? cases[i].value : before));
		if (cases[i].status != SHEAF_OK)
			continue;
		assert_int_equal(
			sheaf_document_set_value(doc, cases[i].field, SHEAF_TIME_NONE, NULL),
			SHEAF_OK);
		assert_true(sheaf_document_get_value(doc, cases[i].field) ==
		            (cases[i].field == SHEAF_FIELD_VERSION ||
		                             cases[i].field == SHEAF_FIELD_WITHDRAWN
		                     ? 0
		                     : SHEAF_TIME_NONE));
	}
}

static void authors(void **state)
{
	static const struct {
		sheaf_author author;
		const char  *name;
	} cases[] = {
		{{"Ada Lovelace", "Lovelace", "Ada", NULL, "Analytical Engines"}, "Ada Lovelace"},
		{{NULL, "King", "Martin Luther", "Jr.", NULL}, "Martin Luther King Jr."},
		{{NULL, "Plato", NULL, NULL, NULL}, "Plato"},
		{{NULL, NULL, "Teller", NULL, NULL}, "Teller"},
		{{" Two\nLines\x1F ", NULL, "", NULL, " "}, "Two Lines"},
	};
	const size_t count = sizeof cases / sizeof *cases;

	(void)state;
	for (size_t i = 0; i < count; i++)
		assert_int_equal(sheaf_document_add_author(doc, &cases[i].author, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_author_count(doc), count);
	for (size_t i = 0; i < count; i++)
		assert_string_equal(sheaf_document_get_author(doc, i)->name, cases[i].name);
	assert_string_equal(sheaf_document_get_author(doc, 0)->affiliation, "Analytical Engines");
	assert_null(sheaf_document_get_author(doc, 4)->forenames);
	assert_null(sheaf_document_get_author(doc, 4)->affiliation);
	assert_null(sheaf_document_get_author(doc, count));
	expect_text(SHEAF_FIELD_AUTHOR,
	            "Ada Lovelace, Martin Luther King Jr., Plato, Teller, Two Lines");
}

static void an_author_without_a_name_is_none(void **state)
{
	const sheaf_author nobody = {.name = " \n", .affiliation = "Somewhere"};

	(void)state;
	assert_int_equal(sheaf_document_add_author(doc, &nobody, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_author_count(doc), 0);
	expect_text(SHEAF_FIELD_AUTHOR, NULL);
}

static void categories(void **state)
{
	static const char *const added[] = {"cs.NE", " q-bio.NC ", "cs.NE", "", "cs.AI", "cs.ne"};

	(void)state;
	for (size_t i = 0; i < sizeof added / sizeof *added; i++)
		assert_int_equal(sheaf_document_add_category(doc, added[i], NULL), SHEAF_OK);
	expect_text(SHEAF_FIELD_CATEGORY, "cs.NE q-bio.NC cs.AI cs.ne");
	expect_text(SHEAF_FIELD_PRIMARY_CATEGORY, "cs.NE");
	assert_string_equal(sheaf_document_get_category(doc, 1), "q-bio.NC");
	assert_null(sheaf_document_get_category(doc, 4));
}

static void versions(void **state)
{
	char                   size[] = "66kb";
	sheaf_document_version v = {2, 1175541522, size, "D"};

	(void)state;
	assert_int_equal(sheaf_document_add_version(doc, &v, NULL), SHEAF_OK);
	size[0] = 'x';
	assert_string_equal(sheaf_document_get_version(doc, 0)->size, "66kb");
	assert_string_equal(sheaf_document_get_version(doc, 0)->source_type, "D");
	assert_int_equal(sheaf_document_get_version(doc, 0)->number, 2);
	v = (sheaf_document_version){1, SHEAF_TIME_NONE, NULL, NULL};
	assert_int_equal(sheaf_document_add_version(doc, &v, NULL), SHEAF_OK);
	assert_true(sheaf_document_get_version(doc, 1)->created == SHEAF_TIME_NONE);
	assert_null(sheaf_document_get_version(doc, 1)->size);
	v.number = 0;
	assert_int_equal(sheaf_document_add_version(doc, &v, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_version_count(doc), 2);
}

static void lists_have_limits(void **state)
{
	const sheaf_author           author = {.name = "N"};
	const sheaf_document_version version = {.number = 1};
	char                         category[16];

	(void)state;
	for (int i = 0; i < DOCUMENT_AUTHORS_MAX + 10; i++)
		assert_int_equal(sheaf_document_add_author(doc, &author, NULL), SHEAF_OK);
	for (int i = 0; i < DOCUMENT_CATEGORIES_MAX + 10; i++) {
		snprintf(category, sizeof category, "c%d", i);
		assert_int_equal(sheaf_document_add_category(doc, category, NULL), SHEAF_OK);
	}
	for (int i = 0; i < DOCUMENT_VERSIONS_MAX + 10; i++)
		assert_int_equal(sheaf_document_add_version(doc, &version, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_author_count(doc), DOCUMENT_AUTHORS_MAX);
	assert_int_equal(sheaf_document_category_count(doc), DOCUMENT_CATEGORIES_MAX);
	assert_int_equal(sheaf_document_version_count(doc), DOCUMENT_VERSIONS_MAX);
}

static void clearing_makes_it_new(void **state)
{
	const sheaf_author author = {.name = "A"};

	(void)state;
	for (int round = 0; round < 3; round++) {
		set(SHEAF_FIELD_ID, "2601.00001v4");
		set(SHEAF_FIELD_TITLE, "T");
		sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, 1, NULL);
		sheaf_document_set_value(doc, SHEAF_FIELD_WITHDRAWN, 1, NULL);
		sheaf_document_add_author(doc, &author, NULL);
		sheaf_document_add_category(doc, "cs.NE", NULL);
		expect_text(SHEAF_FIELD_AUTHOR, "A");
		doc->docid = doc->revision = 7;
		sheaf_document_clear(doc);
		an_empty_document_knows_nothing(NULL);
	}
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(an_empty_document_knows_nothing),
		TEST(no_document_is_no_crash),
		TEST(each_field_with_one_text_keeps_it),
		TEST(texts_are_copied_and_cleaned),
		TEST(texts_have_a_limit),
		TEST(identifiers_are_canonical),
		TEST(values),
		TEST(authors),
		TEST(an_author_without_a_name_is_none),
		TEST(categories),
		TEST(versions),
		TEST(lists_have_limits),
		TEST(clearing_makes_it_new),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
