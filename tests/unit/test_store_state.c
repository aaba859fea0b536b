/* store_harvest.c and store_profile.c: what is remembered beside the papers. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "alloc.h"
#include "engine_fixture.h"
#include "store.h"
#include "str.h"

static engine e;

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "state");
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

/* ---- harvests ---- */

static const harvest_key key = {"oai", "http://localhost/oai", "cs", "arXivRaw"};

static void an_unknown_harvest_is_all_empty(void **state)
{
	harvest_row row;

	(void)state;
	must(store_harvest_get(e.db, &key, &row, NULL), NULL);
	assert_null(row.token);
	assert_null(row.high_water);
	assert_null(row.list_from);
	assert_null(row.response_date);
	assert_true(row.finished == SHEAF_TIME_NONE);
	assert_int_equal(row.complete + row.pages + row.records, 0);
	harvest_row_clear(&row);
}

static void harvests_go_round(void **state)
{
	char        token[] = "t|1'; --", water[] = "2026-01-02", from[] = "2026-01-01";
	char        answered[] = "2026-01-03T00:00:00Z";
	harvest_row row = {token, water, from, answered, 1, 0, 7, 7000, NULL, NULL}, back;
	harvest_key other = key;

	(void)state;
	must(store_harvest_put(e.db, &key, &row, NULL), NULL);
	must(store_harvest_get(e.db, &key, &back, NULL), NULL);
	assert_string_equal(back.token, token);
	assert_string_equal(back.high_water, water);
	assert_string_equal(back.list_from, from);
	assert_string_equal(back.response_date, answered);
	assert_int_equal(back.complete, 1);
	assert_int_equal(back.finished, 0);
	assert_int_equal(back.pages, 7);
	assert_int_equal(back.records, 7000);
	harvest_row_clear(&back);
	assert_null(back.token);
	assert_true(back.finished == SHEAF_TIME_NONE);
	/* The same key again replaces. */
	row = (harvest_row){.finished = SHEAF_TIME_NONE, .pages = 8};
	must(store_harvest_put(e.db, &key, &row, NULL), NULL);
	must(store_harvest_get(e.db, &key, &back, NULL), NULL);
	assert_null(back.token);
	assert_true(back.finished == SHEAF_TIME_NONE);
	assert_int_equal(back.pages, 8);
	harvest_row_clear(&back);
	/* Each part of the key counts. */
	for (int part = 0; part < 4; part++) {
		other = key;
		*(part == 0   ? &other.source
		  : part == 1 ? &other.base_url
		  : part == 2 ? &other.selection
		              : &other.metadata_prefix) = "x";
		must(store_harvest_get(e.db, &other, &back, NULL), NULL);
		assert_int_equal(back.pages, 0);
		harvest_row_clear(&back);
	}
}

typedef struct seen_harvests {
	buf names;
	int stop;
} seen_harvests;

static int see_harvest(void *ctx, const harvest_key *k, const harvest_row *row)
{
	seen_harvests *seen = ctx;

	buf_printf(&seen->names, "%s/%s:%d ", k->source, k->selection, (int)row->pages);
	return seen->stop;
}

static void harvests_are_listed_in_order(void **state)
{
	harvest_row   row = {.finished = SHEAF_TIME_NONE};
	harvest_key   k = key;
	seen_harvests seen = {BUF_INIT(0), 0};

	(void)state;
	must(store_harvest_each(e.db, see_harvest, &seen, NULL), NULL);
	assert_string_equal(buf_str(&seen.names), "");
	for (int i = 3; i; i--) {
		k.selection = i == 3 ? "q-bio" : i == 2 ? "cs" : "";
		row.pages = i;
		must(store_harvest_put(e.db, &k, &row, NULL), NULL);
	}
	must(store_harvest_each(e.db, see_harvest, &seen, NULL), NULL);
	assert_string_equal(buf_str(&seen.names), "oai/:1 oai/cs:2 oai/q-bio:3 ");
	buf_clear(&seen.names);
	seen.stop = 1;
	assert_int_equal(store_harvest_each(e.db, see_harvest, &seen, NULL),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_string_equal(buf_str(&seen.names), "oai/:1 ");
	buf_free(&seen.names);
}

static void a_harvest_row_is_part_of_its_transaction(void **state)
{
	harvest_row row = {.finished = SHEAF_TIME_NONE, .pages = 5};

	(void)state;
	must(sheaf_database_begin_transaction(e.db, NULL), NULL);
	must(store_harvest_put(e.db, &key, &row, NULL), NULL);
	sheaf_database_cancel_transaction(e.db);
	must(store_harvest_get(e.db, &key, &row, NULL), NULL);
	assert_int_equal(row.pages, 0);
	harvest_row_clear(&row);
}

/* ---- profiles ---- */

static int see_name(void *ctx, const char *name)
{
	buf_printf(ctx, "%s ", name);
	return 0;
}

static int stop_at_once(void *ctx, const char *name)
{
	(void)ctx, (void)name;
	return 1;
}

static void profile_sets(void **state)
{
	char *yaml = (char *)&yaml;
	buf   names = BUF_INIT(0);

	(void)state;
	must(store_profile_set_get(e.db, "daily", &yaml, NULL), NULL);
	assert_null(yaml);
	must(store_profile_set_put(e.db, "weekly", "w: 1", NULL), NULL);
	must(store_profile_set_put(e.db, "daily", "d: 1\n", NULL), NULL);
	must(store_profile_set_put(e.db, "daily", "d: 2\n", NULL), NULL);
	must(store_profile_set_get(e.db, "daily", &yaml, NULL), NULL);
	assert_string_equal(yaml, "d: 2\n");
	mem_free(yaml);
	must(store_profile_set_each(e.db, see_name, &names, NULL), NULL);
	assert_string_equal(buf_str(&names), "daily weekly ");
	assert_int_equal(store_profile_set_each(e.db, stop_at_once, NULL, NULL),
	                 SHEAF_ERROR_INTERRUPTED);
	buf_free(&names);
}

static void expect_profile(const char *profile, uint64_t fingerprint, sheaf_revision classified)
{
	profile_state state;

	must(store_profile_state_get(e.db, "daily", profile, &state, NULL), NULL);
	assert_true(state.fingerprint == fingerprint);
	assert_int_equal(state.classified, classified);
	assert_null(state.model);
}

static int64_t track_of(const char *digest, const char *profile)
{
	profile_state state;

	must(store_profile_state_get(e.db, digest, profile, &state, NULL), NULL);
	mem_free(state.model);
	return state.track;
}

static int see_placement(void *ctx, const placement_row *row)
{
	char which = row->track == track_of("daily", "a") ? 'a' : 'b';

	buf_printf(ctx, "%c%d@%d:%d%% ", which, (int)row->docid, (int)row->revision, row->percent);
	return 0;
}

static void expect_placements(sheaf_revision since, const char *expected)
{
	buf seen = BUF_INIT(0);

	must(store_placement_each(e.db, "daily", since, see_placement, &seen, NULL), NULL);
	assert_string_equal(buf_str(&seen), expected);
	buf_free(&seen);
}

static int see_count(void *ctx, const char *profile, int64_t papers, int64_t delivered)
{
	buf_printf(ctx, "%s %d %d, ", profile, (int)papers, (int)delivered);
	return 0;
}

static void expect_counts(const char *profile, const char *expected)
{
	buf seen = BUF_INIT(0);

	must(store_placement_count(e.db, "daily", profile, see_count, &seen, NULL), NULL);
	assert_string_equal(buf_str(&seen), expected);
	buf_free(&seen);
}

static void place(const char *profile, sheaf_docid docid, sheaf_revision revision, double weight)
{
	const placement_row row = {docid, track_of("daily", profile), revision, weight,
	                           (int)(weight * 10)};

	assert_true(row.track > 0);
	must(store_placement_put(e.db, &row, 1, NULL), NULL);
}

static void profile_states(void **state)
{
	static const char *const keep[] = {"b", NULL};

	(void)state;
	expect_profile("a", 0, 0);
	must(store_profile_state_put(e.db, "daily", "a", UINT64_MAX, 5, NULL), NULL);
	must(store_profile_state_put(e.db, "daily", "b", 7, 6, NULL), NULL);
	must(store_profile_state_put(e.db, "daily", "b", 8, 7, NULL), NULL);
	must(store_profile_state_put(e.db, "weekly", "a", 9, 9, NULL), NULL);
	expect_profile("a", UINT64_MAX, 5);
	expect_profile("b", 8, 7);
	place("a", 1, 1, 1);
	place("b", 1, 1, 1);
	must(store_profile_state_keep(e.db, "daily", keep, 1, NULL), NULL);
	expect_profile("a", 0, 0);
	expect_profile("b", 8, 7);
	expect_placements(0, "b1@1:10% ");
	{
		profile_state weekly;

		must(store_profile_model_put(e.db, "weekly", "a", "m\0d", 3, NULL), NULL);
		must(store_profile_state_put(e.db, "weekly", "a", 9, 10, NULL), NULL);
		must(store_profile_state_get(e.db, "weekly", "a", &weekly, NULL), NULL);
		assert_int_equal(weekly.classified, 10);
		assert_int_equal(weekly.model_len, 3);
		assert_memory_equal(weekly.model, "m\0d", 3);
		mem_free(weekly.model);
	}
}

static void placements_are_by_paper(void **state)
{
	(void)state;
	must(store_profile_state_put(e.db, "daily", "a", 1, 5, NULL), NULL);
	must(store_profile_state_put(e.db, "daily", "b", 1, 5, NULL), NULL);
	must(store_profile_state_put(e.db, "weekly", "a", 1, 5, NULL), NULL);
	place("b", 1, 1, 1);
	place("a", 3, 3, 2.5);
	place("a", 1, 1, 2.5);
	expect_placements(0, "a1@1:25% b1@1:10% a3@3:25% ");
	expect_placements(1, "a3@3:25% ");
	place("a", 1, 9, 9.5);
	expect_placements(0, "a1@9:95% b1@1:10% a3@3:25% ");
	expect_counts(NULL, "");
}

/* Enough for several at once, and some over; then others in their place. */
static void many_placements(void **state)
{
	placement_row rows[37];
	buf           expected = BUF_INIT(0);

	(void)state;
	must(store_profile_state_put(e.db, "daily", "a", 1, 5, NULL), NULL);
	for (int turn = 1; turn <= 2; turn++) {
		buf_clear(&expected);
		for (int i = 0; i < 37; i++) {
			rows[i] = (placement_row){i + 1, track_of("daily", "a"), 2 * i + turn, i,
			                          i};
			buf_printf(&expected, "a%d@%d:%d%% ", i + 1, 2 * i + turn, i);
		}
		must(store_placement_put(e.db, rows, 37, NULL), NULL);
		expect_placements(0, buf_str(&expected));
	}
	buf_free(&expected);
}

/* Whose number a new profile takes over, is not what it takes over. */
static void placements_go_with_their_profile(void **state)
{
	(void)state;
	must(store_profile_state_put(e.db, "daily", "a", 1, 5, NULL), NULL);
	must(store_profile_state_put(e.db, "daily", "b", 1, 5, NULL), NULL);
	place("a", 1, 1, 1);
	place("b", 1, 1, 1);
	place("b", 2, 2, 1);
	must(store_placement_sweep(e.db, NULL), NULL);
	expect_placements(0, "a1@1:10% b1@1:10% b2@2:10% ");
	must(store_profile_state_put(e.db, "daily", "a", 1, 0, NULL), NULL);
	must(store_placement_sweep(e.db, NULL), NULL);
	expect_placements(0, "b1@1:10% b2@2:10% ");
	must(store_profile_state_remove(e.db, "daily", "b", NULL), NULL);
	must(store_profile_state_put(e.db, "daily", "c", 1, 5, NULL), NULL);
	expect_placements(0, "");
}

static void expect_delivered(const char *id, int version)
{
	int got = 77;

	must(store_delivery_get(e.db, "daily", id, 0, &got, NULL), NULL);
	assert_int_equal(got, version);
}

static void expect_attempted(const char *id, int version)
{
	int got = 77;

	must(store_delivery_get(e.db, "daily", id, 1, &got, NULL), NULL);
	assert_int_equal(got, version);
}

static void expect_last(sheaf_time expected)
{
	sheaf_time last = 77;

	must(store_delivery_last(e.db, "daily", &last, NULL), NULL);
	assert_int_equal(last, expected);
}

static void deliveries(void **state)
{
	(void)state;
	expect_delivered("a", -1);
	expect_last(SHEAF_TIME_NONE);
	must(store_delivery_put(e.db, "daily", "a", 0, 100, NULL), NULL);
	expect_delivered("a", 0);
	must(store_delivery_put(e.db, "daily", "a", 2, 200, NULL), NULL);
	must(store_delivery_put(e.db, "weekly", "b", 2, 300, NULL), NULL);
	expect_delivered("a", 2);
	expect_delivered("b", -1);
	expect_last(200);
}

static void expect_receipt(const char *expected)
{
	char *receipt;

	must(store_attempt_get(e.db, "daily", &receipt, NULL), NULL);
	if (expected)
		assert_string_equal(receipt, expected);
	else
		assert_null(receipt);
	sheaf_free(receipt);
}

static void begin_attempt(const char *receipt, const char *id, int version)
{
	must(store_attempt_begin(e.db, "daily", receipt, 300, NULL), NULL);
	must(store_attempt_put(e.db, "daily", id, version, NULL), NULL);
	expect_receipt(receipt);
}

static void attempts(void **state)
{
	(void)state;
	expect_receipt(NULL);
	must(store_delivery_put(e.db, "daily", "a", 1, 100, NULL), NULL);
	begin_attempt("one", "a", 2);
	expect_delivered("a", 1);
	expect_attempted("a", 2);
	must(store_attempt_end(e.db, "daily", 0, NULL), NULL);
	expect_receipt(NULL);
	expect_attempted("a", 1);
	begin_attempt("two", "b", 1);
	/* What the one before had is forgotten. */
	begin_attempt("three", "c", 1);
	must(store_attempt_end(e.db, "weekly", 1, NULL), NULL);
	expect_receipt("three");
	must(store_attempt_end(e.db, "daily", 1, NULL), NULL);
	expect_receipt(NULL);
	expect_delivered("b", -1);
	expect_delivered("c", 1);
	expect_last(300);
}

/* A change sends a paper back to classification; of a removed one only stays that it was delivered. */
static void papers_take_their_state_with_them(void **state)
{
	(void)state;
	engine_put(&e, "2601.00001", "First", NULL);
	engine_put(&e, "2601.00002", "Second", NULL);
	for (int i = 1; i <= 2; i++) {
		must(store_profile_state_put(e.db, "daily", "a", 1, 5, NULL), NULL);
		place("a", i, i, i);
	}
	must(store_delivery_put(e.db, "daily", "2601.00001", 1, 100, NULL), NULL);
	must(store_delivery_put(e.db, "daily", "2601.00002", 1, 100, NULL), NULL);
	engine_put(&e, "2601.00001v2", "Changed", NULL);
	expect_placements(0, "a2@2:20% ");
	expect_counts("a", "a 1 1, ");
	expect_counts("b", "");
	expect_delivered("2601.00001", 1);
	must(sheaf_database_delete_document(e.db, "2601.00002", NULL), NULL);
	expect_placements(0, "");
	expect_delivered("2601.00002", 1);
	expect_delivered("2601.00001", 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(an_unknown_harvest_is_all_empty),
		TEST(harvests_go_round),
		TEST(harvests_are_listed_in_order),
		TEST(a_harvest_row_is_part_of_its_transaction),
		TEST(profile_sets),
		TEST(profile_states),
		TEST(placements_are_by_paper),
		TEST(many_placements),
		TEST(placements_go_with_their_profile),
		TEST(deliveries),
		TEST(attempts),
		TEST(papers_take_their_state_with_them),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
