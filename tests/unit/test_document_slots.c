/* document_slots.c: the caller's value slots. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

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

static sheaf_status put(uint32_t slot, const char *value)
{
	return sheaf_document_add_slot_value(doc, slot, value, strlen(value), NULL);
}

static void expect(uint32_t slot, const char *value)
{
	size_t      len = 99;
	const char *found = sheaf_document_get_slot_value(doc, slot, &len);

	assert_int_equal(len, strlen(value));
	assert_int_equal(!found, !*value);
	if (found)
		assert_memory_equal(found, value, len);
}

static void slots_are_filled_changed_and_emptied(void **state)
{
	(void)state;
	expect(0, "");
	put(UINT32_MAX, "last");
	put(7, "seven");
	put(0, "none");
	put(7, "eight");
	expect(0, "none");
	expect(7, "eight");
	expect(UINT32_MAX, "last");
	expect(8, "");
	assert_int_equal(sheaf_document_slot_value_count(doc), 3);
	assert_int_equal(sheaf_document_get_slot(doc, 0), 0);
	assert_int_equal(sheaf_document_get_slot(doc, 1), 7);
	assert_int_equal(sheaf_document_get_slot(doc, 2), UINT32_MAX);
	assert_int_equal(sheaf_document_get_slot(doc, 3), 0);
	put(7, "");
	put(8, "");
	expect(7, "");
	expect(UINT32_MAX, "last");
	assert_int_equal(sheaf_document_slot_value_count(doc), 2);
	sheaf_document_clear_slot_values(doc);
	assert_int_equal(sheaf_document_slot_value_count(doc), 0);
	expect(0, "");
	assert_int_equal(doc->slots_known, 1);
	sheaf_document_clear(doc);
	assert_int_equal(doc->slots_known, 0);
}

static void too_many_and_too_long(void **state)
{
	char        bytes[SHEAF_SLOT_VALUE_MAX + 1] = {0};
	sheaf_error err;

	(void)state;
	for (uint32_t i = SHEAF_SLOTS_MAX; i--;)
		assert_int_equal(sheaf_document_add_slot_value(doc, i * 3, bytes,
		                                               SHEAF_SLOT_VALUE_MAX, &err),
		                 SHEAF_OK);
	assert_int_equal(sheaf_document_add_slot_value(doc, 1, "x", 1, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(put(3, "changed"), SHEAF_OK);
	expect(3, "changed");
	assert_int_equal(sheaf_document_add_slot_value(doc, 3, bytes, sizeof bytes, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	expect(3, "changed");
	assert_int_equal(put(6, ""), SHEAF_OK);
	assert_int_equal(put(1, "room again"), SHEAF_OK);
	for (size_t i = 1; i < sheaf_document_slot_value_count(doc); i++)
		assert_true(sheaf_document_get_slot(doc, i - 1) < sheaf_document_get_slot(doc, i));
	assert_int_equal(sheaf_document_add_slot_value(doc, 1, NULL, 1, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_document_add_slot_value(NULL, 1, "x", 1, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_document_clear_slot_values(NULL);
	assert_int_equal(sheaf_document_slot_value_count(NULL), 0);
	assert_int_equal(sheaf_document_get_slot(NULL, 0), 0);
	assert_null(sheaf_document_get_slot_value(NULL, 0, NULL));
}

static void packed_slots_come_back(void **state)
{
	char            bytes[SHEAF_SLOT_VALUE_MAX];
	buf             packed = BUF_INIT(0), again = BUF_INIT(0);
	sheaf_document *copy;

	(void)state;
	memset(bytes, 0xFE, sizeof bytes);
	put(0x01020304, "\x1F\n");
	put(UINT32_MAX, "last");
	sheaf_document_add_slot_value(doc, 5, bytes, sizeof bytes, NULL);
	document_pack_slots(doc, &packed);
	assert_int_equal(sheaf_document_new(&copy, NULL), SHEAF_OK);
	assert_int_equal(document_unpack_slots(copy, packed.data, packed.len, NULL), SHEAF_OK);
	assert_int_equal(document_same_slots(doc, copy), 1);
	document_pack_slots(copy, &again);
	assert_int_equal(packed.len, again.len);
	assert_memory_equal(packed.data, again.data, again.len);
	/* Cut anywhere but between two values, it is damaged. */
	for (size_t len = 0; len < packed.len; len++) {
		sheaf_status status;

		sheaf_document_clear(copy);
		status = document_unpack_slots(copy, packed.data, len, NULL);
		if (len == 0 || len == 6 + sizeof bytes || len == 6 + sizeof bytes + 8)
			assert_int_equal(status, SHEAF_OK);
		else
			assert_int_equal(status, SHEAF_ERROR_DATABASE_CORRUPT);
	}
	sheaf_document_free(copy);
	buf_free(&packed);
	buf_free(&again);
}

static void damaged_slots(void **state)
{
	static const struct {
		const char *bytes;
		size_t      len;
	} cases[] = {
		{"\0\0\0\1\0\0", 6}, /* an empty value */
		{"\0\0\0\1\xFF\xFF"
	         "x",
	         7}, /* longer than what is there */
		{"\0\0\0\1\0", 5},
	};
	buf many = BUF_INIT(0);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document_clear(doc);
		assert_int_equal(document_unpack_slots(doc, cases[i].bytes, cases[i].len, NULL),
		                 SHEAF_ERROR_DATABASE_CORRUPT);
	}
	sheaf_document_clear(doc);
	for (int i = 0; i <= SHEAF_SLOTS_MAX; i++) {
		const char one[7] = {0, 0, 0, (char)i, 0, 1, 'x'};

		buf_append(&many, one, sizeof one);
	}
	assert_int_equal(document_unpack_slots(doc, many.data, many.len, NULL),
	                 SHEAF_ERROR_DATABASE_CORRUPT);
	buf_free(&many);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(slots_are_filled_changed_and_emptied),
		TEST(too_many_and_too_long),
		TEST(packed_slots_come_back),
		TEST(damaged_slots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
