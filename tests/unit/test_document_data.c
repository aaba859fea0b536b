/* document_data.c: the caller's payload. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "alloc.h"
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

static void expect(const void *data, size_t len)
{
	size_t      found = 99;
	const void *bytes = sheaf_document_get_data(doc, &found);

	assert_int_equal(found, len);
	assert_int_equal(!bytes, !data);
	if (data)
		assert_memory_equal(bytes, data, len);
	assert_ptr_equal(sheaf_document_get_data(doc, NULL), bytes);
}

static void any_bytes_are_kept(void **state)
{
	char bytes[] = "a\0b\xFF\n";

	(void)state;
	expect(NULL, 0);
	assert_int_equal(sheaf_document_set_data(doc, bytes, sizeof bytes, NULL), SHEAF_OK);
	memset(bytes, 'x', sizeof bytes);
	expect("a\0b\xFF\n", sizeof bytes);
	/* Nothing is something else than none. */
	assert_int_equal(sheaf_document_set_data(doc, "", 0, NULL), SHEAF_OK);
	expect("", 0);
	assert_int_equal(sheaf_document_set_data(doc, NULL, 7, NULL), SHEAF_OK);
	expect(NULL, 0);
	sheaf_document_set_data(doc, "more", 4, NULL);
	sheaf_document_clear(doc);
	expect(NULL, 0);
	assert_int_equal(doc->data_known, 0);
}

static void too_much_is_refused(void **state)
{
	const size_t most = 1 << 20;
	char        *bytes = mem_calloc(most + 1, 1);
	sheaf_error  err;

	(void)state;
	assert_non_null(bytes);
	assert_int_equal(sheaf_document_set_data(doc, bytes, most, &err), SHEAF_OK);
	expect(bytes, most);
	assert_int_equal(sheaf_document_set_data(doc, bytes, most + 1, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_non_null(strstr(err.message, "1048577"));
	expect(bytes, most);
	mem_free(bytes);
	assert_int_equal(sheaf_document_set_data(NULL, "", 0, NULL), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_null(sheaf_document_get_data(NULL, NULL));
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(any_bytes_are_kept),
		TEST(too_much_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
