/* document_copy.c: copies, and what a new record does to a stored one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "document_private.h"

static sheaf_document *stored, *doc;

static void fill(sheaf_document *d)
{
	const sheaf_author           author = {"Ada Moor", "Moor", "Ada", NULL, "Inst"};
	const sheaf_document_version one = {1, 100, "6kb", "D"}, two = {2, 200, NULL, NULL};

	sheaf_document_set_text(d, SHEAF_FIELD_ID, "2601.00001v2", SIZE_MAX, NULL);
	sheaf_document_set_text(d, SHEAF_FIELD_TITLE, "Title", SIZE_MAX, NULL);
	sheaf_document_set_text(d, SHEAF_FIELD_DOI, "10.5555/1", SIZE_MAX, NULL);
	sheaf_document_set_text(d, SHEAF_FIELD_LICENSE, "http://x/", SIZE_MAX, NULL);
	sheaf_document_set_value(d, SHEAF_FIELD_SUBMITTED, 100, NULL);
	sheaf_document_set_value(d, SHEAF_FIELD_UPDATED, 200, NULL);
	sheaf_document_add_author(d, &author, NULL);
	d->parsed_names = 1;
	sheaf_document_add_category(d, "cs.NE", NULL);
	sheaf_document_add_category(d, "cs.AI", NULL);
	sheaf_document_add_version(d, &one, NULL);
	sheaf_document_add_version(d, &two, NULL);
}

static int set_up(void **state)
{
	(void)state;
	if (sheaf_document_new(&stored, NULL) != SHEAF_OK ||
	    sheaf_document_new(&doc, NULL) != SHEAF_OK)
		return -1;
	fill(stored);
	stored->docid = 3;
	stored->revision = 9;
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	sheaf_document_free(stored);
	sheaf_document_free(doc);
	return 0;
}

static void documents_change_places(void **state)
{
	(void)state;
	sheaf_document_set_text(doc, SHEAF_FIELD_COMMENTS, "stays with its paper", SIZE_MAX, NULL);
	document_swap(doc, stored);
	assert_string_equal(sheaf_document_get_text(stored, SHEAF_FIELD_COMMENTS),
	                    "stays with its paper");
	assert_null(sheaf_document_get_text(stored, SHEAF_FIELD_TITLE));
	assert_int_equal(sheaf_document_author_count(stored), 0);
	assert_int_equal(doc->docid, 3);
	/* Each goes on by itself. */
	sheaf_document_clear(stored);
	fill(stored);
	sheaf_document_add_category(doc, "cs.LG", NULL);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_AUTHOR), "Ada Moor");
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_CATEGORY),
	                    "cs.NE cs.AI cs.LG");
	assert_string_equal(sheaf_document_get_text(stored, SHEAF_FIELD_CATEGORY), "cs.NE cs.AI");
}

static int merge(void)
{
	document_merge_result result;

	assert_int_equal(document_merge(doc, stored, &result, NULL), SHEAF_OK);
	return result == MERGE_CHANGE;
}

static void new_record(const char *id)
{
	assert_int_equal(sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, NULL),
	                 SHEAF_OK);
}

static void copies_are_whole_and_apart(void **state)
{
	(void)state;
	sheaf_document_set_text(doc, SHEAF_FIELD_COMMENTS, "goes", SIZE_MAX, NULL);
	assert_int_equal(document_copy(doc, stored, NULL), SHEAF_OK);
	assert_null(sheaf_document_get_text(doc, SHEAF_FIELD_COMMENTS));
	assert_int_equal(doc->docid, 3);
	assert_int_equal(doc->revision, 9);
	assert_int_equal(doc->parsed_names, 1);
	assert_int_equal(merge(), 0);
	sheaf_document_clear(stored);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_TITLE), "Title");
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_AUTHOR), "Ada Moor");
	assert_string_equal(sheaf_document_get_author(doc, 0)->affiliation, "Inst");
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_CATEGORY), "cs.NE cs.AI");
	assert_string_equal(sheaf_document_get_version(doc, 0)->size, "6kb");
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_VERSION), 2);
}

static void the_same_again_changes_nothing(void **state)
{
	(void)state;
	fill(doc);
	assert_int_equal(merge(), 0);
}

static void nothing_new_changes_nothing(void **state)
{
	(void)state;
	new_record("2601.00001");
	assert_int_equal(merge(), 0);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_TITLE), "Title");
	assert_int_equal(sheaf_document_version_count(doc), 2);
}

static void what_is_not_known_keeps_what_is_stored(void **state)
{
	(void)state;
	new_record("2601.00001v3");
	sheaf_document_set_text(doc, SHEAF_FIELD_TITLE, "New", SIZE_MAX, NULL);
	assert_int_equal(merge(), 1);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_TITLE), "New");
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_DOI), "10.5555/1");
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_VERSION), 3);
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_SUBMITTED), 100);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_AUTHOR), "Ada Moor");
	assert_int_equal(doc->parsed_names, 1);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_CATEGORY), "cs.NE cs.AI");
}

static void own(sheaf_document *d)
{
	assert_int_equal(sheaf_document_set_data(d, "pay\0load", 8, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_add_slot_value(d, 3, "\0three", 6, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_add_slot_value(d, 9, "nine", 4, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_add_term(d, "Xfern", 2, NULL), SHEAF_OK);
}

static void what_a_program_added_is_copied(void **state)
{
	(void)state;
	own(stored);
	assert_int_equal(document_copy(doc, stored, NULL), SHEAF_OK);
	sheaf_document_clear(stored);
	assert_memory_equal(sheaf_document_get_data(doc, NULL), "pay\0load", 8);
	assert_memory_equal(sheaf_document_get_slot_value(doc, 3, NULL), "\0three", 6);
	assert_int_equal(sheaf_document_slot_value_count(doc), 2);
	assert_string_equal(sheaf_document_get_term(doc, 0, NULL), "Xfern");
}

/* Each kind by itself: what was not touched on the new copy stays, what was is a change. */
static void what_a_program_added_is_merged(void **state)
{
	(void)state;
	own(stored);
	new_record("2601.00001");
	assert_int_equal(merge(), 0);
	assert_int_equal(sheaf_document_term_count(doc), 1);

	sheaf_document_clear(doc);
	new_record("2601.00001");
	sheaf_document_set_data(doc, "other", 5, NULL);
	assert_int_equal(merge(), 1);
	assert_int_equal(sheaf_document_slot_value_count(doc), 2);
	assert_int_equal(sheaf_document_term_count(doc), 1);

	sheaf_document_clear(doc);
	new_record("2601.00001");
	sheaf_document_add_slot_value(doc, 9, "nine", 4, NULL);
	assert_int_equal(merge(), 1);
	assert_int_equal(sheaf_document_slot_value_count(doc), 1);
	assert_non_null(sheaf_document_get_data(doc, NULL));

	sheaf_document_clear(doc);
	new_record("2601.00001");
	sheaf_document_add_term(doc, "Xfern", 3, NULL);
	assert_int_equal(merge(), 1);
	assert_int_equal(sheaf_document_term_count(doc), 1);

	sheaf_document_clear(doc);
	new_record("2601.00001");
	own(doc);
	assert_int_equal(merge(), 0);
}

static void what_is_said_to_be_none_goes(void **state)
{
	(void)state;
	own(stored);
	new_record("2601.00001");
	sheaf_document_set_data(doc, NULL, 0, NULL);
	assert_int_equal(merge(), 1);
	assert_null(sheaf_document_get_data(doc, NULL));
	assert_int_equal(sheaf_document_slot_value_count(doc), 2);

	assert_int_equal(document_copy(doc, stored, NULL), SHEAF_OK);
	sheaf_document_clear_slot_values(doc);
	sheaf_document_remove_term(doc, "Xfern", NULL);
	assert_int_equal(merge(), 1);
	assert_int_equal(sheaf_document_slot_value_count(doc), 0);
	assert_int_equal(sheaf_document_term_count(doc), 0);
	assert_non_null(sheaf_document_get_data(doc, NULL));
}

static void an_older_version_changes_nothing(void **state)
{
	(void)state;
	new_record("2601.00001v1");
	sheaf_document_set_text(doc, SHEAF_FIELD_TITLE, "Old", SIZE_MAX, NULL);
	sheaf_document_set_text(doc, SHEAF_FIELD_REPORT_NO, "R-1", SIZE_MAX, NULL);
	assert_int_equal(merge(), 0);
}

static void a_record_without_version_is_of_the_stored_one(void **state)
{
	(void)state;
	new_record("2601.00001");
	sheaf_document_set_text(doc, SHEAF_FIELD_JOURNAL_REF, "J. 1", SIZE_MAX, NULL);
	assert_int_equal(merge(), 1);
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_VERSION), 2);
}

static void lists_are_replaced_as_a_whole(void **state)
{
	const sheaf_author           author = {.name = "Ben Ruiz"};
	const sheaf_document_version three = {3, 300, NULL, NULL};

	(void)state;
	new_record("2601.00001v3");
	sheaf_document_add_author(doc, &author, NULL);
	sheaf_document_add_category(doc, "cs.AI", NULL);
	sheaf_document_add_version(doc, &three, NULL);
	assert_int_equal(merge(), 1);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_AUTHOR), "Ben Ruiz");
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_CATEGORY), "cs.AI");
	assert_int_equal(sheaf_document_version_count(doc), 1);
}

static void every_kind_of_difference_counts(void **state)
{
	static const struct {
		sheaf_field field;
		const char *text;
		int64_t     value;
	} cases[] = {
		{SHEAF_FIELD_TITLE, "title", 0},  {SHEAF_FIELD_LICENSE, "http://y/", 0},
		{SHEAF_FIELD_PROXY, "new", 0},    {SHEAF_FIELD_SUBMITTED, NULL, 101},
		{SHEAF_FIELD_UPDATED, NULL, 201}, {SHEAF_FIELD_VERSION, NULL, 3},
		{SHEAF_FIELD_WITHDRAWN, NULL, 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document_clear(doc);
		fill(doc);
		if (cases[i].text)
			sheaf_document_set_text(doc, cases[i].field, cases[i].text, SIZE_MAX, NULL);
		else
			sheaf_document_set_value(doc, cases[i].field, cases[i].value, NULL);
		if (!merge())
			fail_msg("case %zu", i);
	}
	sheaf_document_clear(doc);
	fill(doc);
	doc->authors[0].affiliation = "Other";
	assert_int_equal(merge(), 1);
	sheaf_document_clear(doc);
	fill(doc);
	doc->versions[1].size = "7kb";
	assert_int_equal(merge(), 1);
	sheaf_document_clear(doc);
	fill(doc);
	sheaf_document_add_category(doc, "cs.LG", NULL);
	assert_int_equal(merge(), 1);
}

static void a_withdrawal_stands_until_a_newer_version(void **state)
{
	(void)state;
	sheaf_document_set_value(stored, SHEAF_FIELD_WITHDRAWN, 1, NULL);
	new_record("2601.00001v2");
	assert_int_equal(merge(), 0);
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_WITHDRAWN), 1);
	sheaf_document_clear(doc);
	new_record("2601.00001");
	assert_int_equal(merge(), 0);
	sheaf_document_clear(doc);
	new_record("2601.00001v3");
	assert_int_equal(merge(), 1);
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_WITHDRAWN), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(copies_are_whole_and_apart),
		TEST(documents_change_places),
		TEST(the_same_again_changes_nothing),
		TEST(nothing_new_changes_nothing),
		TEST(what_is_not_known_keeps_what_is_stored),
		TEST(what_a_program_added_is_copied),
		TEST(what_a_program_added_is_merged),
		TEST(what_is_said_to_be_none_goes),
		TEST(an_older_version_changes_nothing),
		TEST(a_record_without_version_is_of_the_stored_one),
		TEST(lists_are_replaced_as_a_whole),
		TEST(every_kind_of_difference_counts),
		TEST(a_withdrawal_stands_until_a_newer_version),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
