/*
 * Digests, whichever allocation fails: the failure is told, and either all of its papers are delivered
 * or none.
 */
#include "database_private.h"
#include "failing_malloc.h"
#include "profile_fixture.h"

#if FAILING_MALLOC

#include "store.h"

enum { PAPERS = 4, STEP = 3 };

static const char yaml[] =
	"digest: {name: daily, assign: all, fallback: Rest}\n"
	"profiles:\n"
	"  garden: {query: garden, require: 'cat:cs.* OR cat:math.NA', include: [new, replace]}\n"
	"  lamp: {query: lamp, max: 2}\n";

/* No digest is written with bytes that there is no memory for. */
static int take_bytes(void *ctx, const char *bytes, size_t len)
{
	(void)bytes;
	*(size_t *)ctx += len;
	return 0;
}

static void put_papers(sheaf_database *db)
{
	announcement a = {ANNOUNCEMENT_NEW, 20000};

	for (int i = 1; i <= PAPERS; i++) {
		char id[16];

		snprintf(id, sizeof id, "2601.%05d", i);
		fixture_put(db, id, i % 2 ? "Garden" : "Garden lamp", "Words.", "2026-01-01",
		            "cs.NA");
		must(store_announce(db, "cs.NA", id, 1, &a, NULL), NULL);
	}
}

static sheaf_status write_both(sheaf_digest *d, sheaf_writer *writer, sheaf_error *err)
{
	sheaf_status status = sheaf_digest_write_chosen(d, NULL, writer, NULL, err);

	if (status == SHEAF_OK)
		status = sheaf_digest_write_newest(d, SHEAF_DIGEST_ALL, 3, NULL, writer, err);
	if (status == SHEAF_OK)
		status = sheaf_digest_write_newest(d, 1, 3, NULL, writer, err);
	return status;
}

static sheaf_status deliver(sheaf_database *db, const sheaf_digest_options *options)
{
	size_t        bytes = 0;
	sheaf_digest *d = NULL;
	sheaf_writer *writer = NULL;
	sheaf_error   err = {0};
	sheaf_status  status = sheaf_writer_new(SHEAF_FORMAT_MARKDOWN, take_bytes, &bytes, &writer,
	                                        &err);

	if (status == SHEAF_OK)
		status = sheaf_digest_new(db, options, &d, &err);
	if (status == SHEAF_OK)
		status = write_both(d, writer, &err);
	if (status == SHEAF_OK)
		status = sheaf_digest_promise(d, "receipt", &err);
	if (status == SHEAF_OK)
		status = sheaf_digest_deliver(d, &err);
	assert_true(status == SHEAF_OK ? bytes > 0 : err.message[0] != 0);
	sheaf_digest_free(d);
	sheaf_writer_free(writer);
	return status;
}

static int delivered(sheaf_database *db)
{
	int count = 0;

	for (int i = 1; i <= PAPERS; i++) {
		int  version;
		char id[16];

		snprintf(id, sizeof id, "2601.%05d", i);
		must(store_delivery_get(db, "daily", id, 0, &version, NULL), NULL);
		count += version >= 0;
	}
	return count;
}

static void start_anew(sheaf_database *db)
{
	assert_int_equal(sqlite3_exec(db->sql, "DELETE FROM delivery", NULL, NULL, NULL),
	                 SQLITE_OK);
}

/* One round with the n-th request failing; answers how many there were. */
static long round_of(sheaf_database *db, const sheaf_digest_options *options, memory_mode mode,
                     long n)
{
	sheaf_status status;
	long         asked;
	int          count;

	start_anew(db);
	memory_arm(mode, n);
	status = deliver(db, options);
	asked = memory_disarm();
	count = delivered(db);
	if (status == SHEAF_OK)
		assert_int_equal(count, PAPERS);
	else
		assert_int_equal(status, SHEAF_ERROR_NOMEM);
	assert_true(count == 0 || count == PAPERS);
	return asked;
}

static void every_allocation_may_fail(void **state)
{
	char                 path[SCRATCH_PATH_SIZE];
	sheaf_database      *db = fixture_open(path, "digest-oom");
	sheaf_profile_set   *set = fixture_profiles(yaml);
	sheaf_digest_options options = {
		.profiles = set, .since_last = 1, .mark_delivered = 1, .now = 1};
	long count;

	(void)state;
	put_papers(db);
	fixture_classify(db, set, 0);
	(void)round_of(db, &options, MEMORY_ENOUGH, 0);
	count = round_of(db, &options, MEMORY_ENOUGH, 0);
	assert_true(count > 0);
	for (long n = 0; n < count; n += STEP)
		(void)round_of(db, &options, MEMORY_FAILS_ONCE, n);
	(void)round_of(db, &options, MEMORY_ENOUGH, 0);
	sheaf_profile_set_free(set);
	fixture_close(db, path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
