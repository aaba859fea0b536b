/* store.c and row.c: documents in, documents out. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "database_private.h"
#include "document_private.h"
#include "engine_fixture.h"
#include "store.h"
#include "str.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "store");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static sheaf_docid find(const char *id)
{
	sheaf_docid docid = -1;
	sheaf_error err;

	must(sheaf_database_find_document(e.db, id, &docid, &err), &err);
	return docid;
}

static sheaf_document *get(const char *id)
{
	sheaf_document *doc = NULL;
	sheaf_error     err;

	must(sheaf_database_get_document(e.db, find(id), &doc, &err), &err);
	return doc;
}

static void fill_every_field(sheaf_document *d)
{
	static const sheaf_field texts[] = {
		SHEAF_FIELD_TITLE,       SHEAF_FIELD_ABSTRACT,  SHEAF_FIELD_COMMENTS,
		SHEAF_FIELD_JOURNAL_REF, SHEAF_FIELD_REPORT_NO, SHEAF_FIELD_DOI,
		SHEAF_FIELD_MSC_CLASS,   SHEAF_FIELD_ACM_CLASS, SHEAF_FIELD_LICENSE,
		SHEAF_FIELD_SUBMITTER,   SHEAF_FIELD_PROXY,
	};
	const sheaf_author           authors[] = {{"Ada Moor", "Moor", "Ada", NULL, "Inst"},
	                                          {"Ben", NULL, NULL, NULL, NULL},
	                                          {"C. Tan Jr.", "Tan", "C.", "Jr.", NULL}};
	const sheaf_document_version versions[] = {{1, 1000, "6kb", "D"},
	                                           {2, SHEAF_TIME_NONE, NULL, NULL}};

	sheaf_document_set_text(d, SHEAF_FIELD_ID, "math.GT/0309136v2", SIZE_MAX, NULL);
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		char text[64];

		snprintf(text, sizeof text, " text of field %d\n\xC3\xA9 $x$ ", (int)texts[i]);
		sheaf_document_set_text(d, texts[i], text, SIZE_MAX, NULL);
	}
	for (size_t i = 0; i < 3; i++)
		sheaf_document_add_author(d, &authors[i], NULL);
	sheaf_document_add_category(d, "math.GT", NULL);
	sheaf_document_add_category(d, "cs.NE", NULL);
	for (size_t i = 0; i < 2; i++)
		sheaf_document_add_version(d, &versions[i], NULL);
	sheaf_document_set_value(d, SHEAF_FIELD_SUBMITTED, -5, NULL);
	sheaf_document_set_value(d, SHEAF_FIELD_UPDATED, 2000, NULL);
	sheaf_document_set_value(d, SHEAF_FIELD_DATESTAMP, 0, NULL);
	sheaf_document_set_value(d, SHEAF_FIELD_WITHDRAWN, 1, NULL);
}

static void every_field_comes_back(void **state)
{
	sheaf_document       *back;
	document_merge_result result;

	(void)state;
	fill_every_field(e.doc);
	assert_int_equal(engine_store(&e), SHEAF_ADDED);
	back = get("math/0309136");
	for (int f = SHEAF_FIELD_TITLE; f <= SHEAF_FIELD_PROXY; f++) {
		const char *put = sheaf_document_get_text(e.doc, (sheaf_field)f);

		assert_non_null(put);
		assert_true(str_eq(put, sheaf_document_get_text(back, (sheaf_field)f)));
	}
	for (int f = SHEAF_FIELD_SUBMITTED; f <= SHEAF_FIELD_WITHDRAWN; f++)
		assert_true(sheaf_document_get_value(e.doc, (sheaf_field)f) ==
		            sheaf_document_get_value(back, (sheaf_field)f));
	assert_int_equal(sheaf_document_get_value(back, SHEAF_FIELD_VERSION), 2);
	assert_int_equal(sheaf_document_get_docid(back), 1);
	assert_int_equal(sheaf_document_get_revision(back), 1);
	/* Authors with their parts, categories, versions: a merge sees no difference. */
	assert_int_equal(document_merge(back, e.doc, &result, NULL), SHEAF_OK);
	assert_int_not_equal(result, MERGE_CHANGE);
	assert_int_equal(sheaf_document_author_count(back), 3);
	sheaf_document_free(back);
	assert_int_equal(engine_store(&e), SHEAF_UNCHANGED);
}

static void a_paper_of_which_only_the_id_is_known(void **state)
{
	sheaf_document *back;

	(void)state;
	assert_int_equal(engine_put(&e, "2601.00001", NULL, NULL), SHEAF_ADDED);
	back = get("2601.00001");
	for (int f = SHEAF_FIELD_TITLE; f <= SHEAF_FIELD_PROXY; f++)
		if (f != SHEAF_FIELD_ID)
			assert_null(sheaf_document_get_text(back, (sheaf_field)f));
	assert_true(sheaf_document_get_value(back, SHEAF_FIELD_SUBMITTED) == SHEAF_TIME_NONE);
	sheaf_document_free(back);
	engine_finds(e.db, "id:2601.00001", "2601.00001");
	must(sheaf_database_check(e.db, NULL), NULL);
}

static void an_update_keeps_the_docid_and_takes_a_revision(void **state)
{
	sheaf_document *doc;
	sheaf_docid     docid;
	sheaf_change    change;

	(void)state;
	engine_put(&e, "2601.00001", "Old title", "words");
	engine_put(&e, "2601.00002", "Other", NULL);
	must(scratch_paper(e.doc, "2601.00001v2", "New title", NULL, NULL), NULL);
	must(sheaf_database_replace_document(e.db, e.doc, &docid, &change, NULL), NULL);
	assert_int_equal(change, SHEAF_UPDATED);
	assert_int_equal(docid, 1);
	doc = get("2601.00001");
	assert_int_equal(sheaf_document_get_revision(doc), 3);
	assert_int_equal(sheaf_document_get_value(doc, SHEAF_FIELD_VERSION), 2);
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_TITLE), "New title");
	assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT), "words");
	sheaf_document_free(doc);
	engine_finds(e.db, "old", "");
	engine_finds(e.db, "new words", "2601.00001");
	must(sheaf_database_check(e.db, NULL), NULL);
}

static void what_brings_nothing_new_takes_no_revision(void **state)
{
	sheaf_docid    docid;
	sheaf_change   change;
	sheaf_revision revision;

	(void)state;
	engine_put(&e, "2601.00001v2", "Title", "words");
	assert_int_equal(engine_put(&e, "2601.00001v2", "Title", "words"), SHEAF_UNCHANGED);
	assert_int_equal(engine_put(&e, "2601.00001", NULL, NULL), SHEAF_UNCHANGED);
	must(scratch_paper(e.doc, "2601.00001v1", "Older", "other", NULL), NULL);
	must(sheaf_database_replace_document(e.db, e.doc, &docid, &change, NULL), NULL);
	assert_int_equal(change, SHEAF_UNCHANGED);
	assert_int_equal(docid, 1);
	must(sheaf_database_get_revision(e.db, &revision, NULL), NULL);
	assert_int_equal(revision, 1);
	engine_finds(e.db, "older", "");
}

/* The document that is passed in stays as it is; the other form may complete it. */
static void documents_that_are_passed_in(void **state)
{
	sheaf_docid  docid;
	sheaf_change change;

	(void)state;
	engine_put(&e, "2601.00001", "Title", "words");
	must(scratch_paper(e.doc, "2601.00001", "Other", NULL, NULL), NULL);
	must(sheaf_database_replace_document(e.db, e.doc, NULL, NULL, NULL), NULL);
	assert_null(sheaf_document_get_text(e.doc, SHEAF_FIELD_ABSTRACT));
	assert_int_equal(sheaf_document_get_docid(e.doc), 0);
	must(scratch_paper(e.doc, "2601.00001", "Third", NULL, NULL), NULL);
	must(store_replace(e.db, e.doc, NULL, &docid, &change, NULL), NULL);
	assert_string_equal(sheaf_document_get_text(e.doc, SHEAF_FIELD_ABSTRACT), "words");
	assert_int_equal(sheaf_document_get_docid(e.doc), docid);
	assert_int_equal(sheaf_document_get_revision(e.doc), 3);
}

static void a_document_without_an_id(void **state)
{
	sheaf_docid  docid = 7;
	sheaf_change change = SHEAF_UPDATED;
	sheaf_error  err;

	(void)state;
	sheaf_document_set_text(e.doc, SHEAF_FIELD_TITLE, "Nameless", SIZE_MAX, NULL);
	assert_int_equal(sheaf_database_replace_document(e.db, e.doc, &docid, &change, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(docid, 0);
	assert_int_equal(change, SHEAF_UNCHANGED);
	assert_int_equal(sheaf_database_replace_document(e.db, NULL, NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_replace_document(NULL, e.doc, NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

static void finding_takes_every_form_of_an_id(void **state)
{
	static const char *const forms[] = {"math/0309136", "math.GT/0309136v7",
	                                    "arXiv:MATH/0309136",
	                                    "https://arxiv.org/abs/math/0309136v1"};
	sheaf_docid              docid = 7;

	(void)state;
	engine_put(&e, "math/0309136", "T", NULL);
	for (size_t i = 0; i < sizeof forms / sizeof *forms; i++)
		assert_int_equal(find(forms[i]), 1);
	assert_int_equal(sheaf_database_find_document(e.db, "2601.00001", &docid, NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	assert_int_equal(docid, 0);
	assert_int_equal(sheaf_database_find_document(e.db, "no id", &docid, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_database_find_document(e.db, NULL, &docid, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

static void a_deleted_paper_is_gone_and_its_docid_with_it(void **state)
{
	sheaf_document *doc = NULL;
	sheaf_revision  revision;
	int64_t         count;

	(void)state;
	engine_put(&e, "2601.00001", "First words", NULL);
	engine_put(&e, "2601.00002", "Second words", NULL);
	must(sheaf_database_delete_document(e.db, "arXiv:2601.00002v1", NULL), NULL);
	engine_finds(e.db, "words", "2601.00001");
	engine_finds(e.db, "*", "2601.00001");
	engine_finds(e.db, "id:2601.00002", "");
	assert_int_equal(sheaf_database_get_document(e.db, 2, &doc, NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	assert_int_equal(sheaf_database_delete_document(e.db, "2601.00002", NULL),
	                 SHEAF_ERROR_DOC_NOT_FOUND);
	assert_int_equal(sheaf_database_delete_document(e.db, "no id", NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	must(sheaf_database_get_revision(e.db, &revision, NULL), NULL);
	assert_int_equal(revision, 3);
	must(sheaf_database_get_doccount(e.db, &count, NULL), NULL);
	assert_int_equal(count, 1);
	assert_int_equal(engine_put(&e, "2601.00002", "Second again", NULL), SHEAF_ADDED);
	assert_int_equal(find("2601.00002"), 3);
	must(sheaf_database_check(e.db, NULL), NULL);
}

typedef struct walked {
	sheaf_revision revisions[8];
	int            count, stop_at;
} walked;

static int walk(void *ctx, const sheaf_document *doc)
{
	walked *w = ctx;

	w->revisions[w->count++] = sheaf_document_get_revision(doc);
	return w->count == w->stop_at;
}

static void walking(void **state)
{
	walked      w = {{0}, 0, 0};
	sheaf_error err;

	(void)state;
	engine_put(&e, "2601.00001", "First", NULL);
	engine_put(&e, "2601.00002", "Second", NULL);
	engine_put(&e, "2601.00003", "Third", NULL);
	engine_put(&e, "2601.00001v2", "First again", NULL);
	must(sheaf_database_each_document(e.db, 0, walk, &w, &err), &err);
	assert_int_equal(w.count, 3);
	assert_int_equal(w.revisions[0], 2);
	assert_int_equal(w.revisions[2], 4);
	w = (walked){{0}, 0, 0};
	must(sheaf_database_each_document(e.db, 3, walk, &w, &err), &err);
	assert_int_equal(w.count, 1);
	w = (walked){{0}, 0, 0};
	must(sheaf_database_each_document(e.db, 4, walk, &w, &err), &err);
	assert_int_equal(w.count, 0);
	w.stop_at = 2;
	assert_int_equal(sheaf_database_each_document(e.db, 0, walk, &w, &err),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(w.count, 2);
	assert_int_equal(sheaf_database_each_document(e.db, 0, NULL, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	/* After a walk that stopped, another is free to begin. */
	w = (walked){{0}, 0, 0};
	must(sheaf_database_each_document(e.db, 0, walk, &w, &err), &err);
	assert_int_equal(w.count, 3);
}

/*
 * What another thread analysed is what would be analysed here, also where the stored copy fills
 * gaps.
 */
static void analysing_ahead_changes_nothing(void **state)
{
	analyser    *a;
	analysis    *x = analysis_new();
	sheaf_change change;
	sheaf_error  err;

	(void)state;
	assert_non_null(x);
	must(analyser_new(e.db, &a, &err), &err);
	fill_every_field(e.doc);
	must(analyser_run(a, e.doc, x, &err), &err);
	must(store_replace(e.db, e.doc, x, NULL, &change, &err), &err);
	assert_int_equal(change, SHEAF_ADDED);
	must(sheaf_database_check(e.db, &err), &err);
	/* The new record lacks what the stored one has: the analysis of it alone would be wrong. */
	must(scratch_paper(e.doc, "math/0309136v3", "Quite another title", NULL, &err), &err);
	must(analyser_run(a, e.doc, x, &err), &err);
	must(store_replace(e.db, e.doc, x, NULL, &change, &err), &err);
	assert_int_equal(change, SHEAF_UPDATED);
	engine_finds(e.db, "another au:moor cat:cs.NE", "math/0309136");
	must(sheaf_database_check(e.db, &err), &err);
	analysis_free(x);
	analyser_free(a);
	analysis_free(NULL);
	analyser_free(NULL);
}

static void huge_texts_are_stored_and_found(void **state)
{
	size_t len = (1 << 20) + 5004; /* of five-byte words */
	char  *text = malloc(len + 1);

	(void)state;
	assert_non_null(text);
	for (size_t i = 0; i < len; i += 5)
		memcpy(text + i, "word ", 5);
	memcpy(text + (1 << 20) - 8, " last ", 6);
	text[len] = 0;
	engine_put(&e, "2601.00001", "Huge", text);
	engine_finds(e.db, "last", "2601.00001");
	must(sheaf_database_check(e.db, NULL), NULL);
	free(text);
}

static int automerge(void)
{
	sqlite3_stmt *stmt;
	int           value;

	assert_int_equal(
		sqlite3_prepare_v2(e.db->sql,
	                           "SELECT v FROM document_fts_config WHERE k = 'automerge'", -1,
	                           &stmt, NULL),
		SQLITE_OK);
	value = sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_int(stmt, 0) : -1;
	sqlite3_finalize(stmt);
	return value;
}

static void a_bulk_load_that_was_killed_is_mended(void **state)
{
	(void)state;
	must(store_set_bulk(e.db, 1, NULL), NULL);
	must(store_set_bulk(e.db, 1, NULL), NULL);
	assert_int_equal(automerge(), 0);
	engine_put(&e, "2601.00001", "Loaded", NULL);
	must(store_set_bulk(e.db, 0, NULL), NULL);
	assert_true(automerge() > 0);
	must(store_set_bulk(e.db, 1, NULL), NULL);
	engine_put(&e, "2601.00002", "Loaded too", NULL);
	/* No end to it: the process is gone. */
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_READ_ONLY);
	assert_int_equal(automerge(), 0);
	engine_finds(e.db, "loaded", "2601.00001 2601.00002");
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_OPEN);
	assert_true(automerge() > 0);
	must(sheaf_database_check(e.db, NULL), NULL);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(every_field_comes_back),
		TEST(a_paper_of_which_only_the_id_is_known),
		TEST(an_update_keeps_the_docid_and_takes_a_revision),
		TEST(what_brings_nothing_new_takes_no_revision),
		TEST(documents_that_are_passed_in),
		TEST(a_document_without_an_id),
		TEST(finding_takes_every_form_of_an_id),
		TEST(a_deleted_paper_is_gone_and_its_docid_with_it),
		TEST(walking),
		TEST(analysing_ahead_changes_nothing),
		TEST(huge_texts_are_stored_and_found),
		TEST(a_bulk_load_that_was_killed_is_mended),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
