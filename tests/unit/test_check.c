/* check.c: planted contradictions are found, and reindexing mends what it can. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "alloc.h"
#include "engine_fixture.h"
#include "value_numbers.h"

static engine e;

static void fill(void)
{
	static const char *const titles[] = {"Spiking networks", "Quiet networks", "Loud lattices",
	                                     "Networks of lattices", "Ferns"};
	char                     id[32];

	for (int i = 0; i < 5; i++) {
		snprintf(id, sizeof id, "2601.%05d", i + 1);
		must(scratch_paper(e.doc, id, titles[i], "Some words of an abstract.", NULL), NULL);
		sheaf_document_add_category(e.doc, i & 1 ? "cs.NE" : "math.CO", NULL);
		sheaf_document_set_value(e.doc, SHEAF_FIELD_SUBMITTED, 1000 * i, NULL);
		if (i == 3) {
			const sheaf_author author = {.name = "Ben Ruiz"};

			sheaf_document_add_author(e.doc, &author, NULL);
			sheaf_document_add_slot_value(e.doc, 7, "seven", 5, NULL);
			sheaf_document_add_term(e.doc, "Xterm", 2, NULL);
		}
		engine_store(&e);
	}
	engine_put(&e, "2601.00002v2", "Quiet networks again", NULL);
}

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "check");
	fill();
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static sheaf_status check(sheaf_error *err)
{
	return sheaf_database_check(e.db, err);
}

/* SQL: with_length(block, revision, number): the block with another number there. */
static void with_length(sqlite3_context *ctx, int argc, sqlite3_value **argv)
{
	unsigned char  bytes[VALUE_NUMBERS_BYTES];
	value_numbers *numbers, *wide;
	size_t         len;

	(void)argc;
	assert_int_equal(value_numbers_decode(sqlite3_value_blob(argv[0]),
	                                      (size_t)sqlite3_value_bytes(argv[0]), &numbers),
	                 1);
	wide = value_numbers_widen(numbers, VALUE_NUMBERS_SHORT);
	assert_non_null(wide);
	value_numbers_set(wide, (size_t)sqlite3_value_int64(argv[1]),
	                  (uint64_t)sqlite3_value_int64(argv[2]));
	len = value_numbers_encode(wide, 0, bytes);
	sqlite3_result_blob(ctx, bytes, (int)len, SQLITE_TRANSIENT);
	mem_free(wide);
	mem_free(numbers);
}

/* Runs SQL on the file behind sheaf's back, then opens it again as `sheaf reindex` does. */
static void alter(const char *sql)
{
	const sheaf_database_options options = {.for_reindex = 1};
	sqlite3                     *raw;
	char                        *why = NULL;
	sheaf_error                  err;

	sheaf_database_close(e.db);
	assert_int_equal(sqlite3_open(e.path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_create_function(raw, "with_length", 3, SQLITE_UTF8, NULL,
	                                         with_length, NULL, NULL),
	                 SQLITE_OK);
	if (sqlite3_exec(raw, sql, NULL, NULL, &why) != SQLITE_OK)
		fail_msg("%s: %s", sql, why);
	sqlite3_close(raw);
	must(sheaf_database_open(e.path, SHEAF_DB_OPEN, &options, &e.db, &err), &err);
}

static void a_healthy_database_passes(void **state)
{
	sheaf_error err;

	(void)state;
	must(check(&err), &err);
	must(sheaf_database_delete_document(e.db, "2601.00003", &err), &err);
	must(check(&err), &err);
	must(sheaf_database_compact(e.db, &err), &err);
	must(check(&err), &err);
	must(sheaf_database_reindex(e.db, NULL, &err), &err);
	must(check(&err), &err);
	engine_finds(e.db, "networks", "2601.00001 2601.00002 2601.00004");
	/* Also inside a transaction, with what is not committed yet. */
	must(sheaf_database_begin_transaction(e.db, &err), &err);
	engine_put(&e, "2601.00009", "Uncommitted", NULL);
	must(check(&err), &err);
	must(sheaf_database_commit_transaction(e.db, &err), &err);
	must(check(&err), &err);
}

/* Found by check, gone after a reindex; the documents' own tables are what a reindex believes. */
static void contradictions_are_found_and_mended(void **state)
{
	static const struct {
		const char *sql, *found;
	} cases[] = {
		{"UPDATE value_block SET data = zeroblob(4096) WHERE id = 0", "length"},
		{"UPDATE value_block SET data = with_length(data, 3, 255) WHERE id = 0", "length"},
		/* No document has this revision any more. */
		{"UPDATE value_block SET data = with_length(data, 2, 255) WHERE id = 0",
	         "value blocks know"},
		{"UPDATE value_block SET data = zeroblob(8192) WHERE id = 1 << 40", "date"},
		{"UPDATE value_block SET data = zeroblob(8192) WHERE id = 2 << 40", "date"},
		{"UPDATE value_block SET data = zeroblob(1) WHERE id = 0", "value block"},
		{"DELETE FROM value_block", "length"},
		{"UPDATE meta SET value = value + 1 WHERE key = 'documents'",
	         "number of documents"},
		{"UPDATE meta SET value = value - 1 WHERE key = 'documents'",
	         "number of documents"},
		{"UPDATE meta SET value = value + 1 WHERE key = 'length'", "sum of lengths"},
		{"UPDATE meta SET value = 2 WHERE key = 'revision'", "newer than"},
		{"UPDATE document SET title = 'Other words here' WHERE docid = 1", "length"},
		{"UPDATE document SET title = 'Spiking lattices' WHERE docid = 1",
	         "index contradicts"},
		{"UPDATE document SET authors = 'Ada Moor' WHERE docid = 1", "authors counted"},
		{"UPDATE document SET own_terms = '1 Xterm' WHERE docid = 4", "other terms"},
		{"UPDATE document SET own_values = NULL WHERE docid = 4", "number of slot values"},
		{"UPDATE document SET own_values = x'00000007000178' WHERE docid = 4", "slot 7"},
		{"UPDATE slot_value SET value = 'eight'", "slot 7"},
		{"UPDATE slot_value SET value = zeroblob(5000)", "slot 7"},
		{"UPDATE slot_value SET revision = 5", "slot 7"},
		{"DELETE FROM slot_value", "slot 7"},
		{"INSERT INTO slot_value VALUES(7, 2, 'x')", "number of slot values"},
		{"UPDATE category_number SET category = 'cs.XX' WHERE number = 1",
	         "categories counted"},
		{"UPDATE category_number SET number = 70000 WHERE number = 1", "category number"},
		{"DELETE FROM category_number", "categories counted"},
		{"DELETE FROM value_block WHERE id = 3 << 40", "categories counted"},
		{"UPDATE value_block SET data = x'00' WHERE id = 4 << 40", "authors counted"},
		{"UPDATE value_block SET data = x'FF' WHERE id = 4 << 40", "value block"},
		{"UPDATE document SET terms = 'cat:q-fin.st' WHERE docid = 1", "other terms"},
		{"UPDATE document SET categories = 'q-fin.ST' WHERE docid = 1",
	         "categories counted"},
		{"UPDATE document SET submitted = 77 WHERE docid = 1", "date"},
		{"DELETE FROM document WHERE docid = 3", "number of documents"},
		{"UPDATE document SET revision = 40 WHERE docid = 5", "newer than"},
		{"UPDATE document_fts_data SET block = x'00000000000000000000' WHERE id = 10",
	         NULL},
		{"UPDATE document_fts_data SET block = zeroblob(length(block)) WHERE id > 100",
	         NULL},
		{"DELETE FROM document_fts_data WHERE id > 100", NULL},
		{"UPDATE document_fts_idx SET pgno = 400", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_error err = {SHEAF_OK, -1, ""};

		engine_end(&e);
		engine_begin(&e, "check");
		fill();
		alter(cases[i].sql);
		if (check(&err) != SHEAF_ERROR_DATABASE_CORRUPT)
			fail_msg("%s: %s", cases[i].sql, err.message);
		if (cases[i].found && !strstr(err.message, cases[i].found))
			fail_msg("%s: %s", cases[i].sql, err.message);
		assert_non_null(strstr(err.message, e.path));
		if (sheaf_database_reindex(e.db, NULL, &err) != SHEAF_OK || check(&err) != SHEAF_OK)
			fail_msg("%s: after reindexing: %s", cases[i].sql, err.message);
	}
}

static void what_open_refuses_is_mended_by_a_reindex(void **state)
{
	static const struct {
		const char  *sql;
		sheaf_status status;
	} cases[] = {
		{"UPDATE meta SET value = -1 WHERE key = 'documents'",
	         SHEAF_ERROR_DATABASE_CORRUPT},
		{"UPDATE meta SET value = 1000 WHERE key = 'documents'",
	         SHEAF_ERROR_DATABASE_CORRUPT},
		{"UPDATE meta SET value = -1 WHERE key = 'length'", SHEAF_ERROR_DATABASE_CORRUPT},
		{"UPDATE meta SET value = -1 WHERE key = 'revision'", SHEAF_ERROR_DATABASE_CORRUPT},
		{"UPDATE meta SET value = 1 << 40 WHERE key = 'revision'",
	         SHEAF_ERROR_DATABASE_CORRUPT},
		{"UPDATE meta SET value = value + 1 WHERE key = 'fingerprint'",
	         SHEAF_ERROR_DATABASE_VERSION},
		{"UPDATE meta SET value = 'german' WHERE key = 'stemmer'",
	         SHEAF_ERROR_DATABASE_VERSION},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_database *db;
		sheaf_error     err;
		sheaf_revision  revision;

		engine_end(&e);
		engine_begin(&e, "check");
		fill();
		alter(cases[i].sql);
		assert_int_equal(sheaf_database_open(e.path, SHEAF_DB_READ_ONLY, NULL, &db, &err),
		                 cases[i].status);
		assert_non_null(strstr(err.message, "reindex"));
		must(sheaf_database_reindex(e.db, NULL, &err), &err);
		sheaf_database_close(e.db);
		e.db = engine_open(e.path, SHEAF_DB_OPEN);
		must(check(&err), &err);
		must(sheaf_database_get_revision(e.db, &revision, &err), &err);
		assert_int_equal(revision, 6);
	}
}

/* What a reindex cannot know: statuses, and no crash. */
static void damage_beyond_repair_is_told(void **state)
{
	static const char *const cases[] = {
		"UPDATE document SET id = 'no id' WHERE docid = 1",
		"UPDATE document SET id = x'00FF' WHERE docid = 1",
		"UPDATE document SET revision = 1 << 50 WHERE docid = 1",
		"UPDATE document SET revision = -4 WHERE docid = 1",
		"UPDATE document SET revision = 'many' WHERE docid = 1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_error err;

		engine_end(&e);
		engine_begin(&e, "check");
		fill();
		alter(cases[i]);
		if (check(&err) != SHEAF_ERROR_DATABASE_CORRUPT)
			fail_msg("%s", cases[i]);
	}
}

/* Columns of the wrong kind are read as far as they go. */
static void columns_of_the_wrong_kind(void **state)
{
	static const char *const cases[] = {
		"UPDATE document SET title = 7, abstract = x'FF00FE', authors = 1.5 WHERE docid = 1",
		"UPDATE document SET submitted = 'when', updated = x'00', withdrawn = 'no' WHERE docid = 1",
		"UPDATE document SET version = 1 << 60, datestamp = -9223372036854775807 WHERE docid = 1",
		"UPDATE document SET versions = char(31, 31, 10, 31), author_parts = char(10, 31) "
		"WHERE docid = 1",
		"UPDATE document SET categories = char(0), authors = char(10, 10, 65) WHERE docid = 1",
		"UPDATE document SET submitted = 9223372036854775807 WHERE docid = 1",
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document *doc;
		sheaf_error     err;

		engine_end(&e);
		engine_begin(&e, "check");
		fill();
		alter(cases[i]);
		must(sheaf_database_get_document(e.db, 1, &doc, &err), &err);
		assert_string_equal(sheaf_document_get_text(doc, SHEAF_FIELD_ID), "2601.00001");
		sheaf_document_free(doc);
		engine_finds(e.db, "networks", "2601.00001 2601.00002 2601.00004");
		check(&err);
		must(sheaf_database_reindex(e.db, NULL, &err), &err);
		engine_finds(e.db, "id:2601.00001", "2601.00001");
	}
}

/* The index names a revision that no document has: a search says so. */
static void a_search_over_a_contradiction(void **state)
{
	sheaf_mset *mset;
	sheaf_error err;

	(void)state;
	alter("DELETE FROM document WHERE docid = 1");
	assert_int_equal(scratch_search(e.db, "spiking", SHEAF_OP_AND, 10, &mset, &err),
	                 SHEAF_ERROR_DATABASE_CORRUPT);
	assert_null(mset);
	assert_non_null(strstr(err.message, "reindex"));
	alter("UPDATE value_block SET data = zeroblob(4096) WHERE id = 0");
	assert_int_equal(scratch_search(e.db, "networks", SHEAF_OP_AND, 10, &mset, &err),
	                 SHEAF_ERROR_DATABASE_CORRUPT);
	assert_non_null(strstr(err.message, "reindex"));
}

/* A newest revision far beyond all documents costs neither time nor memory. */
static void a_far_newest_revision(void **state)
{
	sheaf_error err;

	(void)state;
	alter("UPDATE meta SET value = 1 << 26 WHERE key = 'revision'");
	must(check(&err), &err);
	engine_finds(e.db, "NOT networks", "2601.00003 2601.00005");
	engine_finds(e.db, "*", "2601.00001 2601.00002 2601.00003 2601.00004 2601.00005");
	engine_put(&e, "2601.00006", "After the gap", NULL);
	engine_finds(e.db, "gap", "2601.00006");
	must(check(&err), &err);
}

static void reindexing_with_another_stemmer(void **state)
{
	sheaf_database_options options = {.stemmer = "none", .stem_strategy = SHEAF_STEM_NONE};
	sheaf_error            err;

	(void)state;
	must(sheaf_database_reindex(e.db, &options, &err), &err);
	assert_string_equal(sheaf_database_get_stemmer(e.db), "none");
	engine_finds(e.db, "network", "");
	engine_finds(e.db, "networks", "2601.00001 2601.00002 2601.00004");
	sheaf_database_close(e.db);
	e.db = engine_open(e.path, SHEAF_DB_OPEN);
	assert_string_equal(sheaf_database_get_stemmer(e.db), "none");
	must(check(&err), &err);
	options = (sheaf_database_options){.stemmer = "english", .stem_strategy = SHEAF_STEM_ALL};
	must(sheaf_database_reindex(e.db, &options, &err), &err);
	engine_finds(e.db, "network", "2601.00001 2601.00002 2601.00004");
	must(check(&err), &err);
	options.stemmer = "klingon";
	assert_int_equal(sheaf_database_reindex(e.db, &options, &err),
	                 SHEAF_ERROR_FEATURE_UNAVAILABLE);
	options = (sheaf_database_options){.stem_strategy = (sheaf_stem_strategy)9};
	assert_int_equal(sheaf_database_reindex(e.db, &options, &err),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	engine_finds(e.db, "network", "2601.00001 2601.00002 2601.00004");
	must(check(&err), &err);
}

static void compacting_shrinks_the_file(void **state)
{
	long        before, after;
	FILE       *file;
	sheaf_error err;
	char        id[32];

	(void)state;
	for (int i = 100; i < 300; i++) {
		snprintf(id, sizeof id, "2601.%05d", i);
		engine_put(&e, id, "Many papers that come and go",
		           "with words enough to fill some pages");
	}
	for (int i = 100; i < 300; i++) {
		snprintf(id, sizeof id, "2601.%05d", i);
		must(sheaf_database_delete_document(e.db, id, &err), &err);
	}
	sheaf_database_close(e.db);
	file = fopen(e.path, "rb");
	fseek(file, 0, SEEK_END);
	before = ftell(file);
	fclose(file);
	e.db = engine_open(e.path, SHEAF_DB_OPEN);
	must(sheaf_database_compact(e.db, &err), &err);
	sheaf_database_close(e.db);
	file = fopen(e.path, "rb");
	fseek(file, 0, SEEK_END);
	after = ftell(file);
	fclose(file);
	assert_true(after < before);
	e.db = engine_open(e.path, SHEAF_DB_OPEN);
	must(check(&err), &err);
	engine_finds(e.db, "networks", "2601.00001 2601.00002 2601.00004");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(a_healthy_database_passes),
		TEST(contradictions_are_found_and_mended),
		TEST(what_open_refuses_is_mended_by_a_reindex),
		TEST(damage_beyond_repair_is_told),
		TEST(columns_of_the_wrong_kind),
		TEST(a_search_over_a_contradiction),
		TEST(a_far_newest_revision),
		TEST(reindexing_with_another_stemmer),
		TEST(compacting_shrinks_the_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
