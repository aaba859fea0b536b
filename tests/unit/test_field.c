/* field.h: one table, without holes. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "field.h"
#include "str.h"

static void every_field_has_a_row(void **state)
{
	(void)state;
	for (int f = 0; f < SHEAF_FIELD_COUNT; f++) {
		const field_info *info = field_get((sheaf_field)f);

		assert_non_null(info);
		assert_int_equal(info->field, f);
		assert_true(info->kind >= FIELD_PROSE && info->kind <= FIELD_VALUE);
		assert_true(info->name && *info->name);
		for (int other = 0; other < f; other++)
			assert_string_not_equal(info->name, field_get((sheaf_field)other)->name);
	}
	assert_null(field_get(SHEAF_FIELD_COUNT));
	assert_null(field_get((sheaf_field)-1));
}

static void columns_agree_with_kinds(void **state)
{
	int of_column[COLUMN_TEXT_COUNT] = {0};

	(void)state;
	for (int f = 0; f < SHEAF_FIELD_COUNT; f++) {
		const field_info *info = field_get((sheaf_field)f);

		if (info->kind == FIELD_BOOLEAN)
			assert_int_equal(info->column, COLUMN_TERMS);
		else if (f != SHEAF_FIELD_ANY && info->kind <= FIELD_NAME)
			of_column[info->column]++;
		else
			assert_int_equal(info->column, -1);
	}
	for (int i = 0; i < COLUMN_TEXT_COUNT; i++)
		assert_int_equal(of_column[i], 1);
}

static void names_find_their_field(void **state)
{
	static const struct {
		const char *name;
		int         field;
	} cases[] = {
		{"ti", SHEAF_FIELD_TITLE},
		{"title", SHEAF_FIELD_TITLE},
		{"abs", SHEAF_FIELD_ABSTRACT},
		{"au", SHEAF_FIELD_AUTHOR},
		{"AUTHOR", SHEAF_FIELD_AUTHOR},
		{"cat", SHEAF_FIELD_CATEGORY},
		{"primary", SHEAF_FIELD_PRIMARY_CATEGORY},
		{"co", SHEAF_FIELD_COMMENTS},
		{"comments", SHEAF_FIELD_COMMENTS},
		{"jr", SHEAF_FIELD_JOURNAL_REF},
		{"rn", SHEAF_FIELD_REPORT_NO},
		{"id", SHEAF_FIELD_ID},
		{"doi", SHEAF_FIELD_DOI},
		{"msc", SHEAF_FIELD_MSC_CLASS},
		{"acm", SHEAF_FIELD_ACM_CLASS},
		{"all", SHEAF_FIELD_ANY},
		{"submittedDate", SHEAF_FIELD_SUBMITTED},
		{"submitteddate", SHEAF_FIELD_SUBMITTED},
		{"lastUpdatedDate", SHEAF_FIELD_UPDATED},
		{"date", SHEAF_FIELD_DATE},
		{"license", -1},
		{"submitter", -1},
		{"length", -1},
		{"t", -1},
		{"titles", -1},
		{"", -1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const field_info *info = field_find(cases[i].name, strlen(cases[i].name));

		if ((info ? (int)info->field : -1) != cases[i].field)
			fail_msg("'%s'", cases[i].name);
	}
	assert_int_equal(field_find("title:x", 5)->field, SHEAF_FIELD_TITLE);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_field_has_a_row),
		cmocka_unit_test(columns_agree_with_kinds),
		cmocka_unit_test(names_find_their_field),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
