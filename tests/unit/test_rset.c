/* Sets of relevant documents. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdlib.h>

#include "document_private.h"
#include "eset_private.h"
#include "scratch_db.h"

static sheaf_rset *new_rset(void)
{
	sheaf_rset *rset;

	must(sheaf_rset_new(&rset, NULL), NULL);
	return rset;
}

static void documents_come_and_go(void **state)
{
	sheaf_rset *r = new_rset();
	sheaf_error err;

	(void)state;
	assert_int_equal(sheaf_rset_size(r), 0);
	for (sheaf_docid d = 100; d > 0; d -= 3)
		must(sheaf_rset_add_document(r, d, 1, &err), &err);
	assert_int_equal(sheaf_rset_size(r), 34);
	for (sheaf_docid d = 0; d <= 101; d++)
		assert_int_equal(sheaf_rset_contains(r, d), d > 0 && d % 3 == 1);
	sheaf_rset_remove_document(r, 50); /* is not there */
	sheaf_rset_remove_document(r, 52);
	sheaf_rset_remove_document(r, 100);
	sheaf_rset_remove_document(r, 1);
	assert_int_equal(sheaf_rset_size(r), 31);
	assert_false(sheaf_rset_contains(r, 52));
	assert_true(sheaf_rset_contains(r, 55));
	sheaf_rset_free(r);
}

static void the_last_weight_counts(void **state)
{
	sheaf_rset *r = new_rset();
	sheaf_error err;

	(void)state;
	must(sheaf_rset_add_document(r, 7, 1, &err), &err);
	must(sheaf_rset_add_document(r, 3, 2, &err), &err);
	must(sheaf_rset_add_document(r, 7, 0.25, &err), &err);
	assert_int_equal(sheaf_rset_size(r), 2);
	assert_int_equal(r->documents[0].docid, 3);
	assert_true(r->documents[0].weight == 2);
	assert_true(r->documents[1].weight == 0.25);
	sheaf_rset_free(r);
}

static void texts_are_copied(void **state)
{
	char        text[] = "water and wax";
	sheaf_rset *r = new_rset();
	sheaf_error err;

	(void)state;
	must(sheaf_rset_add_text(r, text, 5, 1, &err), &err);
	must(sheaf_rset_add_text(r, text, SIZE_MAX, 2, &err), &err);
	text[0] = 'W';
	assert_int_equal(sheaf_rset_size(r), 2);
	assert_string_equal(r->texts[0].text, "water");
	assert_string_equal(r->texts[1].text, "water and wax");
	sheaf_rset_free(r);
}

static void nonsense_is_refused(void **state)
{
	const double bad[] = {0, -1, NAN, INFINITY};
	sheaf_rset  *r = new_rset();
	sheaf_error  err;
	char        *text = calloc(DOCUMENT_TEXT_MAX + 2, 1);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		assert_int_equal(sheaf_rset_add_document(r, 1, bad[i], &err),
		                 SHEAF_ERROR_INVALID_ARGUMENT);
		assert_int_equal(sheaf_rset_add_text(r, "a", 1, bad[i], &err),
		                 SHEAF_ERROR_INVALID_ARGUMENT);
	}
	assert_int_equal(sheaf_rset_add_document(r, 0, 1, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_rset_add_text(r, NULL, 0, 1, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_rset_add_text(r, text, DOCUMENT_TEXT_MAX + 1, 1, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_rset_size(r), 0);
	free(text);
	sheaf_rset_free(r);
	sheaf_rset_free(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(documents_come_and_go),
		cmocka_unit_test(the_last_weight_counts),
		cmocka_unit_test(texts_are_copied),
		cmocka_unit_test(nonsense_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
