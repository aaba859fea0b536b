/* mset.h: what an answer holds, and that it stays as it was. */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine_fixture.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "mset");
	engine_put(&e, "p1", "Spiking networks", "A quiet abstract.");
	engine_put(&e, "p2", "Networks", "Spiking spiking spiking networks.");
	engine_put(&e, "p3", "Lattices", "Networks of lattices.");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static sheaf_mset *search(const char *text, size_t most)
{
	sheaf_mset *mset;
	sheaf_error err;

	must(scratch_search(e.db, text, SHEAF_OP_OR, most, &mset, &err), &err);
	return mset;
}

static void items_and_what_lies_past_them(void **state)
{
	sheaf_mset           *mset = search("networks", 2);
	const sheaf_document *doc = (const sheaf_document *)mset;
	sheaf_error           err;
	char                 *text = (char *)&text;

	(void)state;
	assert_int_equal(sheaf_mset_size(mset), 2);
	assert_int_equal(sheaf_mset_get_matches_estimated(mset), 3);
	for (size_t i = 2; i < 5; i++) {
		assert_int_equal(sheaf_mset_get_docid(mset, i), 0);
		assert_int_equal(sheaf_mset_get_revision(mset, i), 0);
		assert_true(sheaf_mset_get_weight(mset, i) <= 0);
		assert_int_equal(sheaf_mset_get_percent(mset, i), 0);
		assert_int_equal(sheaf_mset_get_document(mset, i, &doc, &err),
		                 SHEAF_ERROR_INVALID_ARGUMENT);
		assert_null(doc);
		assert_int_equal(
			sheaf_mset_snippet(mset, i, SHEAF_FIELD_TITLE, 5, NULL, NULL, &text, &err),
			SHEAF_ERROR_INVALID_ARGUMENT);
		assert_null(text);
	}
	assert_int_equal(sheaf_mset_get_docid(mset, SIZE_MAX), 0);
	sheaf_mset_free(mset);
}

static void no_mset_is_empty(void **state)
{
	(void)state;
	assert_int_equal(sheaf_mset_size(NULL), 0);
	assert_int_equal(sheaf_mset_get_firstitem(NULL), 0);
	assert_int_equal(sheaf_mset_get_matches_estimated(NULL), 0);
	assert_int_equal(sheaf_mset_matches_exact(NULL), 0);
	assert_int_equal(sheaf_mset_get_docid(NULL, 0), 0);
	assert_int_equal(sheaf_mset_get_percent(NULL, 0), 0);
	sheaf_mset_free(NULL);
}

static void documents_are_loaded_once(void **state)
{
	sheaf_mset           *mset = search("lattices", 10);
	const sheaf_document *doc, *again;

	(void)state;
	must(sheaf_mset_get_document(mset, 0, &doc, NULL), NULL);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_ID), "p3");
	must(sheaf_mset_get_document(mset, 0, &again, NULL), NULL);
	assert_ptr_equal(doc, again);
	assert_int_equal(sheaf_document_get_revision(doc), sheaf_mset_get_revision(mset, 0));
	sheaf_mset_free(mset);
}

static void documents_can_be_let_go(void **state)
{
	sheaf_mset           *mset = search("lattices", 10);
	const sheaf_document *doc;

	(void)state;
	sheaf_mset_release_document(NULL, 0);
	sheaf_mset_release_document(mset, SIZE_MAX);
	sheaf_mset_release_document(mset, 0); /* not loaded yet */
	for (int again = 0; again < 2; again++) {
		must(sheaf_mset_get_document(mset, 0, &doc, NULL), NULL);
		assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_ID), "p3");
		sheaf_mset_release_document(mset, 0);
	}
	sheaf_mset_free(mset);
}

static void an_answer_is_a_snapshot(void **state)
{
	sheaf_mset *mset = search("spiking OR networks", 10);
	double      weight = sheaf_mset_get_weight(mset, 0);
	sheaf_docid docid = sheaf_mset_get_docid(mset, 0), gone = sheaf_mset_get_docid(mset, 2);
	const sheaf_document *doc;
	char                 *text;

	(void)state;
	engine_put(&e, "p9", "Spiking", NULL);
	must(sheaf_database_delete_document(e.db,
	                                    gone == 3   ? "p3"
	                                    : gone == 2 ? "p2"
	                                                : "p1",
	                                    NULL),
	     NULL);
	assert_int_equal(sheaf_mset_get_docid(mset, 0), docid);
	assert_true(fabs(sheaf_mset_get_weight(mset, 0) - weight) < 1e-15);
	assert_int_equal(sheaf_mset_size(mset), 3);
	assert_int_equal(sheaf_mset_get_document(mset, 2, &doc, NULL), SHEAF_ERROR_DOC_NOT_FOUND);
	assert_null(doc);
	must(sheaf_mset_get_document(mset, 0, &doc, NULL), NULL);
	assert_int_equal(sheaf_document_get_docid(doc), docid);
	must(sheaf_mset_snippet(mset, 0, SHEAF_FIELD_TITLE, 5, "[", "]", &text, NULL), NULL);
	sheaf_free(text);
	sheaf_mset_free(mset);
}

/* Snippets after the stemmer was exchanged: the one they began with is gone. */
static void an_answer_outlives_a_reindex(void **state)
{
	const sheaf_database_options german = {.stemmer = "german"};
	sheaf_mset                  *mset = search("spiking", 10);
	char                        *text;

	(void)state;
	must(sheaf_mset_snippet(mset, 0, SHEAF_FIELD_TITLE, 5, "[", "]", &text, NULL), NULL);
	sheaf_free(text);
	must(sheaf_database_reindex(e.db, &german, NULL), NULL);
	must(sheaf_mset_snippet(mset, 0, SHEAF_FIELD_ABSTRACT, 5, "[", "]", &text, NULL), NULL);
	sheaf_free(text);
	sheaf_mset_free(mset);
}

/* The best paper gets the share of the query's weight that its terms carry. */
static void percentages(void **state)
{
	sheaf_mset *mset = search("networks", 10);

	(void)state;
	assert_int_equal(sheaf_mset_get_percent(mset, 0), 100);
	for (size_t i = 1; i < sheaf_mset_size(mset); i++) {
		double share = sheaf_mset_get_weight(mset, i) / sheaf_mset_get_weight(mset, 0);

		assert_int_equal(sheaf_mset_get_percent(mset, i), (int)floor(100 * share + 0.5));
	}
	sheaf_mset_free(mset);
	/* A term that no paper has weighs most of all: nobody gets far. */
	mset = search("networks OR nowhere", 10);
	assert_true(sheaf_mset_get_percent(mset, 0) > 0 && sheaf_mset_get_percent(mset, 0) < 50);
	sheaf_mset_free(mset);
	/* Without weights all match fully. */
	mset = search("id:p1 OR id:p2", 10);
	assert_int_equal(sheaf_mset_get_percent(mset, 0), 100);
	assert_int_equal(sheaf_mset_get_percent(mset, 1), 100);
	sheaf_mset_free(mset);
	mset = search("nowhere", 10);
	assert_int_equal(sheaf_mset_get_percent(mset, 0), 0);
	assert_true(sheaf_mset_get_max_attained(mset) <= 0);
	assert_true(sheaf_mset_get_max_possible(mset) > 0);
	sheaf_mset_free(mset);
}

static void whatever_matches_is_worth_one_percent(void **state)
{
	sheaf_enquire *enquire;
	sheaf_query   *query;
	sheaf_mset    *mset;

	(void)state;
	must(sheaf_enquire_new(e.db, &enquire, NULL), NULL);
	must(sheaf_query_new_term(SHEAF_FIELD_ANY, "networks", 0, &query, NULL), NULL);
	sheaf_enquire_set_query(enquire, query);
	/* p1 has it in the title alone. */
	sheaf_enquire_set_field_weight(enquire, SHEAF_FIELD_TITLE, 0);
	must(sheaf_enquire_get_mset(enquire, 0, 10, &mset, NULL), NULL);
	assert_int_equal(sheaf_mset_size(mset), 3);
	assert_int_equal(sheaf_mset_get_docid(mset, 2), 1);
	assert_true(sheaf_mset_get_weight(mset, 2) <= 0);
	assert_int_equal(sheaf_mset_get_percent(mset, 2), 1);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
}

static void only_text_has_snippets(void **state)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_ANY,       SHEAF_FIELD_CATEGORY,
	                                     SHEAF_FIELD_DOI,       SHEAF_FIELD_LICENSE,
	                                     SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_COUNT};
	sheaf_mset              *mset = search("lattices", 10);
	char                    *text;

	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		assert_int_equal(sheaf_mset_snippet(mset, 0, fields[i], 5, NULL, NULL, &text, NULL),
		                 SHEAF_ERROR_INVALID_ARGUMENT);
	/* A text that is not known is empty. */
	must(sheaf_mset_snippet(mset, 0, SHEAF_FIELD_COMMENTS, 5, "[", "]", &text, NULL), NULL);
	assert_string_equal(text, "");
	sheaf_free(text);
	must(sheaf_mset_snippet(mset, 0, SHEAF_FIELD_TITLE, 5, NULL, NULL, &text, NULL), NULL);
	assert_string_equal(text, "Lattices");
	sheaf_free(text);
	sheaf_mset_free(mset);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(items_and_what_lies_past_them),
		TEST(no_mset_is_empty),
		TEST(documents_are_loaded_once),
		TEST(documents_can_be_let_go),
		TEST(an_answer_is_a_snapshot),
		TEST(an_answer_outlives_a_reindex),
		TEST(percentages),
		TEST(only_text_has_snippets),
		TEST(whatever_matches_is_worth_one_percent),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
