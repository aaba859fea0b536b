/*
 * Every allocation of what a database tells of its words may fail: the dictionary, suggestions,
 * walks over terms, synonyms and keys. Each call ends with NOMEM or as ever, leaks nothing and
 * leaves a database that passes its check.
 */
#include <string.h>

#include "failing_malloc.h"
#include "hash.h"
#include "scratch_db.h"

#include <sqlite3.h>

#if FAILING_MALLOC

enum { EACH = 150, SPREAD = 100 }; /* the first allocations one by one, of the rest so many */

static char     path[SCRATCH_PATH_SIZE];
static uint64_t outcome; /* a hash of what the walks have met */

static void produced(const char *bytes, size_t len)
{
	outcome = hash_bytes(outcome, bytes, len);
}

static int take_term(void *ctx, const sheaf_term_info *term)
{
	(void)ctx;
	produced(term->text, term->len);
	produced((const char *)&term->wdf, sizeof term->wdf);
	return 0;
}

static int take_key(void *ctx, const char *key)
{
	(void)ctx;
	produced(key, strlen(key));
	return 0;
}

static int take_synonym(void *ctx, const char *term, const char *synonym)
{
	take_key(ctx, term);
	return take_key(ctx, synonym);
}

static sheaf_status suggest(sheaf_database *db, sheaf_error *err)
{
	char        *word;
	sheaf_status status = sheaf_database_get_spelling_suggestion(db, "lichnes", 2, &word, err);

	if (word)
		produced(word, strlen(word));
	sheaf_free(word);
	return status;
}

static sheaf_status walk(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = sheaf_database_each_synonym(db, "fern", take_synonym, NULL, err);

	if (status == SHEAF_OK)
		status = sheaf_database_each_metadata_key(db, "a", take_key, NULL, err);
	if (status == SHEAF_OK)
		status = sheaf_database_each_term(db, SHEAF_FIELD_ANY, "f", take_term, NULL, err);
	if (status == SHEAF_OK)
		status = sheaf_database_each_term(db, SHEAF_FIELD_ID, NULL, take_term, NULL, err);
	return status == SHEAF_OK ? sheaf_database_each_document_term(db, 1, take_term, NULL, err)
	                          : status;
}

static sheaf_status use(sheaf_error *err)
{
	sheaf_database *db = NULL;
	int64_t         count = 0;
	sheaf_status    status = sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, err);

	if (status == SHEAF_OK)
		status = sheaf_database_compact(db, err);
	if (status == SHEAF_OK)
		status = suggest(db, err);
	if (status == SHEAF_OK)
		status = sheaf_database_add_synonym(db, "fern", "bracken", err);
	if (status == SHEAF_OK)
		status = walk(db, err);
	if (status == SHEAF_OK)
		status = sheaf_database_get_collection_freq(db, "ferns", &count, err);
	produced((const char *)&count, sizeof count);
	sheaf_database_close(db);
	return status;
}

/* Answers the blocks that are held afterwards and were not before. */
static long use_once(memory_mode mode, long n, long *asked, sheaf_status *status)
{
	sheaf_error err = {0};
	long        before = atomic_load(&memory_blocks);

	outcome = HASH_SEED;
	memory_arm(mode, n);
	*status = use(&err);
	*asked = memory_disarm();
	if (*status != SHEAF_OK && *status != SHEAF_ERROR_NOMEM)
		fail_msg("allocation %ld, mode %d: %s", n, (int)mode, err.message);
	assert_int_equal(err.status, *status);
	return atomic_load(&memory_blocks) - before;
}

static void refuse(memory_mode mode, long n, uint64_t expected)
{
	sheaf_database *db;
	sheaf_status    status;
	sheaf_error     err;
	long            asked, kept = use_once(mode, n, &asked, &status);

	/* Libraries keep what they set up once; what leaks does so each time. */
	for (int i = 0; kept > 0 && i < 2; i++)
		kept = use_once(mode, n, &asked, &status);
	if (kept > 0)
		fail_msg("allocation %ld, mode %d: %ld blocks leaked", n, (int)mode, kept);
	if (status == SHEAF_OK && outcome != expected)
		fail_msg("allocation %ld, mode %d: success, but with another outcome", n,
		         (int)mode);
	must(sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, &err), &err);
	must(sheaf_database_check(db, &err), &err);
	sheaf_database_close(db);
}

static void fill(void)
{
	sheaf_database *db;
	sheaf_document *doc;
	sheaf_error     err;

	scratch_path(path, "words-oom");
	must(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &err), &err);
	must(sheaf_document_new(&doc, &err), &err);
	must(scratch_paper(doc, "2001.00001", "Ferns", "Ferns, mosses and lichens.", &err), &err);
	must(sheaf_database_replace_document(db, doc, NULL, NULL, &err), &err);
	must(sheaf_database_set_metadata(db, "a key", "x", &err), &err);
	sheaf_document_free(doc);
	sheaf_database_close(db);
}

static void each_allocation_may_fail(void **state)
{
	sheaf_status status;
	uint64_t     expected;
	long         count = 0, stride;

	(void)state;
	fill();
	for (int i = 0; i < 2; i++) {
		use_once(MEMORY_ENOUGH, 0, &count, &status);
		assert_int_equal(status, SHEAF_OK);
	}
	expected = outcome;
	assert_true(count > EACH);
	stride = (count - EACH) / SPREAD + 1;
	for (long n = 0; n < count; n += n < EACH ? 1 : stride) {
		refuse(MEMORY_FAILS_ONCE, n, expected);
		refuse(MEMORY_FAILS_ON, n, expected);
	}
	scratch_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(each_allocation_may_fail)};

	/* Else small blocks come from memory that SQLite has set aside. */
	sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0);
	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
