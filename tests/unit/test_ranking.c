/* Ranking lists in the database: always what the index itself has, whatever came and went. */
#include <sqlite3.h>
#include <string.h>

#include "database_private.h"
#include "dice.h"
#include "field.h"
#include "ranking.h"
#include "ranking_write.h"
#include "sql_rows.h"
#include "store.h"

enum { PAPERS = 2500, STEPS = 1500 };

static char        path[SCRATCH_PATH_SIZE];
static sheaf_error error;

#define OK(call) must((call), &error)

/* Some words are inflected, some are the stems of others, some are names as well. */
static const char *const words[] = {"network", "networks", "networking", "spiking",    "spike",
                                    "energy",  "energies", "the",        "model",      "models",
                                    "jones",   "jone",     "generous",   "generously", "univers"};
enum { WORDS = sizeof words / sizeof *words };

static void random_text(dice *d, char *text, size_t size, size_t most)
{
	size_t len = 0;

	text[0] = 0;
	for (size_t n = dice_below(d, most); n && len + 16 < size; n--) {
		size_t i = dice_below(d, WORDS);

		/* The first ones are the commonest. */
		i = dice_below(d, i + 1);
		len += (size_t)snprintf(text + len, size - len, "%s ", words[i]);
	}
}

static void put_paper(sheaf_database *db, dice *d, size_t number)
{
	static const char *const cats[] = {"cs.LG", "cs.NE", "math.CO"};
	char                     id[32], title[200], abstract[600], rare[32];
	sheaf_author             author = {.forenames = "Ama",
	                                   .keyname = dice_one_in(d, 3) ? "Jones" : "Networks"};
	sheaf_document          *doc;

	snprintf(id, sizeof id, "2401.%05zu", number);
	snprintf(rare, sizeof rare, "rare%zu", dice_below(d, 400));
	random_text(d, title, sizeof title, 8);
	random_text(d, abstract, sizeof abstract, 30);
	OK(sheaf_document_new(&doc, &error));
	OK(scratch_paper(doc, id, title[0] ? title : "untitled", abstract, &error));
	OK(sheaf_document_set_text(doc, SHEAF_FIELD_COMMENTS, rare, SIZE_MAX, &error));
	if (dice_one_in(d, 4))
		OK(sheaf_document_add_author(doc, &author, &error));
	OK(sheaf_document_add_category(doc, cats[dice_below(d, 3)], &error));
	if (dice_one_in(d, 5))
		OK(sheaf_document_add_term(doc, "mine", 2, &error));
	OK(sheaf_database_replace_document(db, doc, NULL, NULL, &error));
	sheaf_document_free(doc);
}

static sheaf_database *open_database(void)
{
	sheaf_database *db;

	OK(sheaf_database_open(path, SHEAF_DB_CREATE_OR_OPEN, NULL, &db, &error));
	return db;
}

/* ---- what FTS5 says ---- */

typedef struct truth {
	posting *list; /* by revision */
	int64_t  size;
} truth;

static void add_token(sheaf_database *db, const char *text, size_t len, truth *t)
{
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_exec(db->sql,
	                              "CREATE VIRTUAL TABLE IF NOT EXISTS temp.occurrence "
	                              "USING fts5vocab('main', 'document_fts', 'instance')",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db->sql,
	                                    "SELECT doc, col FROM temp.occurrence WHERE term = ?1",
	                                    -1, &stmt, NULL),
	                 SQLITE_OK);
	sqlite3_bind_text(stmt, 1, text, (int)len, SQLITE_STATIC);
	while (sqlite3_step(stmt) == SQLITE_ROW) {
		posting    *p = &t->list[sqlite3_column_int64(stmt, 0)];
		const char *column = (const char *)sqlite3_column_text(stmt, 1);

		p->title += strcmp(column, "title") == 0;
		p->abstract += strcmp(column, "abstract") == 0;
		p->other += strcmp(column, "title") != 0 && strcmp(column, "abstract") != 0;
	}
	sqlite3_finalize(stmt);
}

static truth find_truth(sheaf_database *db, char marker, const char *key)
{
	truth t = {NULL, db->totals.revision + 1};
	char  marked[64];

	t.list = test_calloc((size_t)t.size, sizeof *t.list);
	snprintf(marked, sizeof marked, "%c%s", marker ? marker : TOKEN_STEM, key);
	add_token(db, marked, strlen(marked), &t);
	if (!marker)
		add_token(db, key, strlen(key), &t);
	return t;
}

/* ---- and what lists say ---- */

/* Moves over documents that are gone. */
static void skip_gone(sheaf_database *db, list_cursor *c)
{
	sheaf_status status = SHEAF_OK;

	while (c->revision != LIST_END && values_get_length(db, c->revision, &status, &error) < 0)
		list_cursor_next(c);
	OK(status);
}

static void compare_key(sheaf_database *db, char marker, const char *key)
{
	const ranking_run *runs;
	size_t             count;
	truth              t = find_truth(db, marker, key);
	list_counts        sum = {0}, counts = {0}, lost;
	int64_t            before = 0;

	OK(ranking_runs(db, &runs, &count, &error));
	for (size_t i = 0; i < count; i++) {
		list_cursor c;

		assert_true(runs[i].first > before);
		OK(ranking_open(db, &runs[i], marker, key, strlen(key), &c, &error));
		list_counts_sum(&counts, &c.counts, 1);
		list_cursor_next(&c);
		skip_gone(db, &c);
		for (int64_t r = before + 1; r <= runs[i].last; r++) {
			posting *p = &t.list[r];

			if (!p->title && !p->abstract && !p->other)
				continue;
			if (c.revision != r)
				fail_msg("%s: %lld in place of %lld", key, (long long)c.revision,
				         (long long)r);
			list_cursor_read(&c);
			assert_true(c.title == p->title && c.abstract == p->abstract &&
			            c.other == p->other);
			list_counts_add(&sum, p, 1);
			list_cursor_next(&c);
			skip_gone(db, &c);
		}
		assert_true(c.revision == LIST_END && c.status == SHEAF_OK);
		list_cursor_close(&c);
		before = runs[i].last;
	}
	OK(ranking_lost(db, marker, key, strlen(key), &lost, &error));
	list_counts_sum(&counts, &lost, -1);
	assert_memory_equal(&counts, &sum, sizeof sum);
	test_free(t.list);
}

static void compare_all(sheaf_database *db)
{
	static const struct {
		char        marker;
		const char *key;
	} keys[] = {
		{0, "network"},
		{0, "spike"},
		{0, "energi"},
		{0, "the"},
		{0, "model"},
		{0, "jone"},
		{0, "generous"},
		{0, "univers"},
		{0, "rare7"},
		{0, "rare200"},
		{0, "nowhere"},
		{0, "ama"},
		{TOKEN_NAME, "jones"},
		{TOKEN_NAME, "networks"},
		{TOKEN_NAME, "models"},
		{TOKEN_BOOLEAN, "cat:cs.lg"},
		{TOKEN_BOOLEAN, "cat:cs"},
		{TOKEN_BOOLEAN, "is:new"},
		{TOKEN_BOOLEAN, "term:mine"},
	};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (ranking_has(db, keys[i].marker, keys[i].key, strlen(keys[i].key)))
			compare_key(db, keys[i].marker, keys[i].key);
	OK(ranking_check(db, &error));
}

static void some_keys_have_no_lists(void **state)
{
	sheaf_database *db;

	(void)state;
	scratch_path(path, "ranking");
	db = open_database();
	OK(database_begin_read(db, &error));
	assert_true(ranking_has(db, 0, "network", 7));
	assert_false(ranking_has(db, 0, "networks", 8));
	assert_true(ranking_has(db, TOKEN_NAME, "networks", 8));
	assert_true(ranking_has(db, TOKEN_BOOLEAN, "cat:cs.ne", 9));
	assert_false(ranking_has(db, TOKEN_BOOLEAN, "id:2601.00001", 13));
	assert_false(ranking_has(db, TOKEN_KEY, "quill_a", 7));
	assert_false(ranking_has(db, 0, "", 0));
	database_end_read(db);
	sheaf_database_close(db);
	scratch_remove(path);
}

static void lists_follow_the_index(void **state)
{
	dice               d;
	sheaf_database    *db;
	const ranking_run *runs;
	size_t             count, most = 0;

	(void)state;
	dice_start(&d, 4, 4, 4);
	scratch_path(path, "ranking");
	db = open_database();
	OK(sheaf_database_begin_transaction(db, &error));
	for (size_t i = 1; i <= PAPERS; i++)
		put_paper(db, &d, i);
	OK(ranking_runs(db, &runs, &count, &error));
	assert_int_equal(count, 0);
	OK(ranking_settle(db, &error));
	compare_all(db);
	for (size_t step = 0; step < STEPS; step++) {
		size_t number = 1 + dice_below(&d, PAPERS * 3 / 2);
		char   id[32];

		snprintf(id, sizeof id, "2401.%05zu", number);
		if (dice_one_in(&d, 3))
			(void)sheaf_database_delete_document(db, id, NULL);
		else
			put_paper(db, &d, number);
		if (step % 150 == 149) {
			OK(sheaf_database_commit_transaction(db, &error));
			OK(sheaf_database_begin_transaction(db, &error));
			/* Short of the usual length, so that there are runs to merge. */
			OK(ranking_cover(db, db->totals.revision, &error));
			if (step % 300 == 299)
				OK(ranking_settle(db, &error));
			OK(ranking_runs(db, &runs, &count, &error));
			most = count > most ? count : most;
			compare_all(db);
		}
	}
	assert_true(most > 1);
	OK(ranking_merge_all(db, &error));
	compare_all(db);
	OK(ranking_runs(db, &runs, &count, &error));
	assert_true(count == 1 && runs[0].first == 1 && runs[0].last == db->totals.revision);
	assert_int_equal(db->ranking.dead, 0);
	OK(sheaf_database_commit_transaction(db, &error));
	sheaf_database_close(db);
}

/* All bytes of the tables, by a sum. */
static uint64_t sum_rows(sheaf_database *db)
{
	return rows_sum(db->sql,
	                "SELECT data FROM (SELECT 1 AS part, id % (1 << 44) AS n, data FROM "
	                "ranking_list UNION ALL SELECT 2, id % (1 << 44), data FROM "
	                "ranking_chunk) ORDER BY part, n");
}

static void merging_is_building_anew(void **state)
{
	sheaf_database *db = open_database();
	uint64_t        merged;

	(void)state;
	OK(sheaf_database_begin_transaction(db, &error));
	merged = sum_rows(db);
	OK(ranking_drop(db, &error));
	OK(ranking_merge_all(db, &error));
	assert_true(sum_rows(db) == merged);
	OK(sheaf_database_commit_transaction(db, &error));
	sheaf_database_close(db);
}

static void what_is_cancelled_was_not(void **state)
{
	sheaf_database *db = open_database();
	uint64_t        before = sum_rows(db);
	dice            d;

	(void)state;
	dice_start(&d, 5, 5, 5);
	OK(sheaf_database_begin_transaction(db, &error));
	for (size_t i = 1; i <= 200; i++)
		put_paper(db, &d, i);
	OK(ranking_merge_all(db, &error));
	put_paper(db, &d, 7);
	assert_true(db->ranking.loss != NULL);
	sheaf_database_cancel_transaction(db);
	assert_true(db->ranking.loss == NULL);
	assert_true(sum_rows(db) == before);
	OK(sheaf_database_begin_transaction(db, &error));
	compare_all(db);
	OK(sheaf_database_commit_transaction(db, &error));
	sheaf_database_close(db);
}

/* A run of which much is gone is written anew. */
static void runs_are_renewed(void **state)
{
	sheaf_database    *db = open_database();
	const ranking_run *runs;
	size_t             count;
	dice               d;

	(void)state;
	dice_start(&d, 6, 6, 6);
	OK(sheaf_database_begin_transaction(db, &error));
	for (size_t i = 1; i <= 900; i++)
		put_paper(db, &d, i);
	assert_true(db->ranking.dead > 0);
	OK(ranking_settle(db, &error));
	assert_int_equal(db->ranking.dead, 0);
	OK(ranking_runs(db, &runs, &count, &error));
	compare_all(db);
	assert_int_equal(db->ranking.dead, 0);
	OK(sheaf_database_commit_transaction(db, &error));
	sheaf_database_close(db);
}

/* Very many runs, as a load in small steps leaves them, one of which has lost all its documents. */
static void many_runs_are_merged(void **state)
{
	enum { RUNS = 600, LOST = 400 };
	sheaf_database    *db;
	const ranking_run *runs;
	size_t             count;
	dice               d;
	char               id[32];

	(void)state;
	scratch_remove(path);
	dice_start(&d, 9, 9, 9);
	db = open_database();
	OK(sheaf_database_begin_transaction(db, &error));
	for (size_t i = 1; i <= RUNS; i++) {
		put_paper(db, &d, i);
		OK(ranking_cover(db, db->totals.revision, &error));
	}
	OK(ranking_runs(db, &runs, &count, &error));
	assert_int_equal(count, RUNS);
	snprintf(id, sizeof id, "2401.%05d", (int)LOST);
	OK(sheaf_database_delete_document(db, id, &error));
	compare_all(db);
	OK(ranking_merge_all(db, &error));
	OK(ranking_runs(db, &runs, &count, &error));
	assert_int_equal(count, 1);
	compare_all(db);
	OK(sheaf_database_commit_transaction(db, &error));
	sheaf_database_close(db);
}

/* ---- damage ---- */

static void change(const char *sql)
{
	sqlite3 *raw;

	assert_int_equal(sqlite3_open(path, &raw), SQLITE_OK);
	assert_int_equal(sqlite3_exec(raw, sql, NULL, NULL, NULL), SQLITE_OK);
	sqlite3_close(raw);
}

static void check_finds(const char *sql)
{
	sheaf_database *db;

	change("CREATE TABLE kept1 AS SELECT * FROM ranking_list;"
	       "CREATE TABLE kept2 AS SELECT * FROM ranking_chunk;"
	       "CREATE TABLE kept3 AS SELECT * FROM ranking_run");
	change(sql);
	db = open_database();
	if (sheaf_database_check(db, &error) != SHEAF_ERROR_DATABASE_CORRUPT)
		fail_msg("not found: %s", sql);
	assert_non_null(strstr(error.message, "ranking list"));
	sheaf_database_close(db);
	change("DELETE FROM ranking_list; DELETE FROM ranking_chunk; DELETE FROM ranking_run;"
	       "INSERT INTO ranking_list SELECT * FROM kept1;"
	       "INSERT INTO ranking_chunk SELECT * FROM kept2;"
	       "INSERT INTO ranking_run SELECT * FROM kept3;"
	       "DELETE FROM ranking_dead; DELETE FROM ranking_loss;"
	       "DROP TABLE kept1; DROP TABLE kept2; DROP TABLE kept3");
}

static void check_compares(void **state)
{
	static const char *const damages[] = {
		"UPDATE ranking_list SET data = substr(data, 1, length(data) - 1) WHERE id = (SELECT max(id) "
		"FROM ranking_list)",
		"UPDATE ranking_list SET data = x'ffffffffffff'",
		"UPDATE ranking_list SET data = x''",
		"UPDATE ranking_list SET data = 7",
		"DELETE FROM ranking_list WHERE id = (SELECT max(id) FROM ranking_list)",
		"DELETE FROM ranking_chunk",
		"UPDATE ranking_chunk SET data = substr(data, 9)",
		"UPDATE ranking_run SET first = first + 1",
		"UPDATE ranking_run SET last = last + 1000000",
		"UPDATE ranking_run SET run = 1000000",
		"UPDATE ranking_run SET documents = documents + 1",
		"INSERT INTO ranking_run SELECT run + 1, first, last, documents FROM ranking_run",
		"INSERT INTO ranking_dead(revision) SELECT last FROM ranking_run",
		"INSERT INTO ranking_loss(id, data) VALUES(1, x'0161010101010101')",
		"INSERT INTO ranking_loss(id, data) VALUES(1, x'ff')",
	};
	sheaf_database *db = open_database();

	(void)state;
	OK(sheaf_database_begin_transaction(db, &error));
	OK(ranking_merge_all(db, &error));
	OK(sheaf_database_commit_transaction(db, &error));
	OK(sheaf_database_check(db, &error));
	sheaf_database_close(db);
	for (size_t i = 0; i < sizeof damages / sizeof *damages; i++)
		check_finds(damages[i]);
	db = open_database();
	OK(sheaf_database_check(db, &error));
	sheaf_database_close(db);
}

static void reindexing_mends(void **state)
{
	sheaf_database *db;

	(void)state;
	change("UPDATE ranking_run SET last = -1; UPDATE ranking_list SET data = x'00'");
	db = open_database();
	OK(sheaf_database_reindex(db, NULL, &error));
	OK(sheaf_database_check(db, &error));
	sheaf_database_close(db);
	scratch_remove(path);
}

/* Lists are of words with marked stems. */
static void other_strategies_have_none(void **state)
{
	sheaf_database_options o = {.stem_strategy = SHEAF_STEM_ALL};
	sheaf_database        *db;
	const ranking_run     *runs;
	size_t                 count;
	dice                   d;

	(void)state;
	dice_start(&d, 8, 8, 8);
	scratch_path(path, "ranking");
	OK(sheaf_database_open(path, SHEAF_DB_CREATE_OR_OPEN, &o, &db, &error));
	OK(sheaf_database_begin_transaction(db, &error));
	for (size_t i = 1; i <= 20; i++)
		put_paper(db, &d, i);
	OK(ranking_merge_all(db, &error));
	OK(ranking_runs(db, &runs, &count, &error));
	assert_int_equal(count, 0);
	assert_false(ranking_has(db, 0, "network", 7));
	OK(sheaf_database_commit_transaction(db, &error));
	o.stem_strategy = SHEAF_STEM_SOME;
	OK(sheaf_database_reindex(db, &o, &error));
	OK(ranking_runs(db, &runs, &count, &error));
	assert_int_equal(count, 1);
	OK(sheaf_database_check(db, &error));
	o.stem_strategy = SHEAF_STEM_NONE;
	OK(sheaf_database_reindex(db, &o, &error));
	OK(ranking_runs(db, &runs, &count, &error));
	assert_int_equal(count, 0);
	OK(sheaf_database_check(db, &error));
	sheaf_database_close(db);
	scratch_remove(path);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(some_keys_have_no_lists),
		cmocka_unit_test(lists_follow_the_index),
		cmocka_unit_test(merging_is_building_anew),
		cmocka_unit_test(what_is_cancelled_was_not),
		cmocka_unit_test(runs_are_renewed),
		cmocka_unit_test(many_runs_are_merged),
		cmocka_unit_test(check_compares),
		cmocka_unit_test(reindexing_mends),
		cmocka_unit_test(other_strategies_have_none),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
