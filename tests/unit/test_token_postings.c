/*
 * Postings read from the index's pages are those that FTS5's own vocabulary table has, for single tokens, any of
 * several and prefixes; pages that are damaged end in an answer.
 */
#include "scratch_db.h"

#include <sqlite3.h>
#include <string.h>

#include "buf.h"
#include "database_private.h"
#include "dice.h"
#include "field.h"
#include "ranking.h"
#include "segment_structure.h"
#include "token_postings.h"

enum { PAPERS = 1500, LATER = 120, WORDS = 60, TRIES = 600, DAMAGES = 1500 };

static char            path[SCRATCH_PATH_SIZE];
static sheaf_error     error;
static sheaf_database *db;

#define OK(call) must((call), &error)

/* ---- papers ---- */

/* Of families, so that words and their stems share places; the lower its number the commoner. */
static void put_word(dice *d, buf *text)
{
	static const char *const endings[] = {"", "s", "ing", "ed"};
	size_t                   n = dice_below(d, dice_below(d, WORDS) + 1);

	buf_printf(text, "w%c%c%s ", (char)('a' + (int)(n / 6)), (char)('a' + (int)(n % 6)),
	           endings[dice_below(d, 4)]);
}

static void put_text(dice *d, sheaf_document *doc, sheaf_field field, size_t most)
{
	buf text = BUF_INIT(0);

	for (size_t i = dice_below(d, most) + 1; i; i--)
		put_word(d, &text);
	OK(sheaf_document_set_text(doc, field, text.data, text.len, &error));
	buf_free(&text);
}

static void put_paper(sheaf_database *to, dice *d, unsigned number)
{
	static const char *const categories[] = {"cs.NE", "cs.LG", "math.NA"};
	sheaf_author             author = {.forenames = "Ada", .keyname = "Wabs"};
	char                     id[32];
	sheaf_document          *doc;

	snprintf(id, sizeof id, "2401.%05u", number);
	OK(sheaf_document_new(&doc, &error));
	OK(sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, &error));
	put_text(d, doc, SHEAF_FIELD_TITLE, 6);
	/* Some have positions of more than a byte. */
	put_text(d, doc, SHEAF_FIELD_ABSTRACT, dice_one_in(d, 50) ? 900 : 40);
	if (dice_one_in(d, 2))
		put_text(d, doc, SHEAF_FIELD_COMMENTS, 6);
	if (dice_one_in(d, 4))
		OK(sheaf_document_add_author(doc, &author, &error));
	OK(sheaf_document_add_category(doc, categories[dice_below(d, 3)], &error));
	OK(sheaf_database_replace_document(to, doc, NULL, NULL, &error));
	sheaf_document_free(doc);
}

/* One large segment, and several small ones with marks of what is gone. */
static int fill(void **state)
{
	dice d;

	(void)state;
	dice_start(&d, 0x70C, 0, 0);
	scratch_path(path, "token-postings");
	db = scratch_fill(path, PAPERS, put_paper, &d);
	for (unsigned i = 0; i < LATER; i++) {
		unsigned number = (unsigned)dice_below(&d, PAPERS) + 1;
		char     id[32];

		snprintf(id, sizeof id, "2401.%05u", number);
		if (i % 3)
			put_paper(db, &d, i % 3 == 1 ? number : PAPERS + i);
		else if (sheaf_database_delete_document(db, id, &error) != SHEAF_OK)
			assert_int_equal(error.status, SHEAF_ERROR_DOC_NOT_FOUND);
	}
	assert_int_equal(sqlite3_exec(db->sql,
	                              "CREATE VIRTUAL TABLE temp.occurrence "
	                              "USING fts5vocab('main', 'document_fts', 'instance')",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	sheaf_database_close(db);
	scratch_remove(path);
	return 0;
}

/* ---- what to look for ---- */

/* Room for the texts that tokens point to. */
typedef struct wanted {
	leaf_tokens tokens;
	char        texts[LEAF_TOKENS_MAX][16];
} wanted;

static void add_wanted(wanted *w, char marker, const char *text)
{
	size_t      i = w->tokens.count++;
	leaf_token *t = &w->tokens.list[i];

	snprintf(w->texts[i], sizeof w->texts[i], "%s", text);
	*t = (leaf_token){marker, w->texts[i], strlen(w->texts[i])};
}

static void choose_word(dice *d, wanted *w)
{
	static const char markers[] = {0, 0, TOKEN_STEM, TOKEN_NAME};
	buf               text = BUF_INIT(0);

	put_word(d, &text);
	buf_truncate(&text, text.len - 1);
	add_wanted(w, markers[dice_below(d, 4)], buf_str(&text));
	buf_free(&text);
}

/* Tokens in some column, or the beginning of one. */
static void choose(dice *d, wanted *w)
{
	size_t count = dice_one_in(d, 2) ? 1 : 1 + dice_below(d, 5);

	memset(w, 0, sizeof *w);
	w->tokens.column = dice_one_in(d, 2) ? -1 : (int)dice_below(d, COLUMN_TEXT_COUNT);
	if (dice_one_in(d, 10))
		add_wanted(w, TOKEN_BOOLEAN, "cat:cs.NE");
	while (w->tokens.count < count)
		choose_word(d, w);
	if (w->tokens.count == 1 && dice_one_in(d, 2)) {
		leaf_token *t = &w->tokens.list[0];

		w->tokens.prefix = 1;
		t->len -= dice_below(d, t->len);
	}
	if (dice_one_in(d, 12)) {
		memset(w, 0, sizeof *w);
		w->tokens.column = -1;
		w->tokens.prefix = dice_one_in(d, 2);
		add_wanted(w, TOKEN_BOOLEAN, w->tokens.prefix ? "cat:cs." : "cat:cs.LG");
	}
}

/* ---- what FTS5 says ---- */

/* Notes the places of one token; each counts once. */
static void look_up(const wanted *w, size_t i)
{
	const leaf_token *t = &w->tokens.list[i];
	char              low[24], high[24];
	int               len = 0;
	sqlite3_stmt     *stmt;

	if (t->marker)
		low[len++] = t->marker;
	memcpy(low + len, t->text, t->len);
	len += (int)t->len;
	memcpy(high, low, (size_t)len);
	/* Above any letter. */
	high[len] = 0x7F;
	assert_int_equal(
		sqlite3_prepare_v2(db->sql,
	                           "INSERT OR IGNORE INTO temp.place SELECT doc, col, offset FROM "
	                           "temp.occurrence WHERE term >= ?1 AND term <= ?2",
	                           -1, &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_text(stmt, 1, low, len, SQLITE_STATIC);
	sqlite3_bind_text(stmt, 2, w->tokens.prefix ? high : low, len + w->tokens.prefix,
	                  SQLITE_STATIC);
	assert_int_equal(sqlite3_step(stmt), SQLITE_DONE);
	sqlite3_finalize(stmt);
}

static void must_run(const char *sql)
{
	if (sqlite3_exec(db->sql, sql, NULL, NULL, NULL) != SQLITE_OK)
		fail_msg("%s: %s", sql, sqlite3_errmsg(db->sql));
}

/* What documents of the range have of the places, in the column asked for. */
static sqlite3_stmt *ask_places(const wanted *w, const ranking_run *run)
{
	sqlite3_stmt *stmt;

	assert_int_equal(
		sqlite3_prepare_v2(
			db->sql,
			"SELECT doc, sum(CASE col WHEN 'title' THEN 3 ELSE 1 END) FROM "
			"temp.place WHERE doc BETWEEN ?1 AND ?2 AND (?3 IS NULL OR col = ?3) "
			"GROUP BY doc ORDER BY doc",
			-1, &stmt, NULL),
		SQLITE_OK);
	sqlite3_bind_int64(stmt, 1, run->first);
	sqlite3_bind_int64(stmt, 2, run->last);
	if (w->tokens.column >= 0)
		sqlite3_bind_text(stmt, 3, leaf_column_name(w->tokens.column), -1, SQLITE_STATIC);
	return stmt;
}

static size_t compare(const wanted *w, const ranking_run *run, const found_postings *found)
{
	sqlite3_stmt *stmt;
	int64_t       occurrences = 0;
	size_t        i = 0;

	must_run("CREATE TABLE temp.place(doc, col, offset, PRIMARY KEY(doc, col, offset))");
	for (size_t j = 0; j < w->tokens.count; j++)
		look_up(w, j);
	stmt = ask_places(w, run);
	for (; sqlite3_step(stmt) == SQLITE_ROW; i++) {
		assert_true(i < found->count);
		assert_int_equal(run->first + found->list[i].offset, sqlite3_column_int64(stmt, 0));
		assert_int_equal(found->list[i].frequency, sqlite3_column_int64(stmt, 1));
		occurrences += sqlite3_column_int64(stmt, 1);
	}
	sqlite3_finalize(stmt);
	assert_int_equal(found->count, i);
	assert_int_equal(found->occurrences, occurrences);
	must_run("DROP TABLE temp.place");
	return i;
}

static ranking_run choose_run(dice *d)
{
	int64_t first = 1 + (int64_t)dice_below(d, (size_t)db->totals.revision);

	if (dice_one_in(d, 2))
		return (ranking_run){.first = 1, .last = db->totals.revision};
	return (ranking_run){
		.first = first,
		.last = first + (int64_t)dice_below(d, (size_t)(db->totals.revision - first + 1))};
}

static void postings_are_those_of_the_index(void **state)
{
	dice   d;
	size_t all = 0, large = 0;
	int    known;

	(void)state;
	OK(database_begin_read(db, &error));
	OK(positions_known(db, &known, &error));
	assert_true(known);
	assert_true(db->positions.count > 2);
	for (unsigned i = 0; i < TRIES; i++) {
		wanted         w;
		ranking_run    run;
		found_postings found;
		size_t         count;

		dice_start(&d, 0xF0D, i, 0);
		choose(&d, &w);
		run = choose_run(&d);
		OK(token_postings_find(db, run.first, run.last, &w.tokens, &found, &error));
		count = compare(&w, &run, &found);
		all += count;
		large += count > PAPERS / 2;
		found_postings_free(&found);
	}
	database_end_read(db);
	assert_true(all > TRIES * 10);
	assert_true(large > 5);
}

static void what_is_not_there(void **state)
{
	char           text[TOKEN_MAX + 8];
	found_postings found;
	leaf_tokens    t = {.column = -1, .count = 1};

	(void)state;
	memset(text, 'w', sizeof text);
	OK(database_begin_read(db, &error));
	for (t.prefix = 0; t.prefix < 2; t.prefix++)
		for (size_t len = TOKEN_MAX - 2; len < sizeof text; len++)
			for (char marker = 0; marker <= TOKEN_STEM; marker += TOKEN_STEM) {
				t.list[0] = (leaf_token){marker, text, len};
				OK(token_postings_find(db, 1, db->totals.revision, &t, &found,
				                       &error));
				assert_int_equal(found.count, 0);
				found_postings_free(&found);
			}
	database_end_read(db);
}

/* ---- damage ---- */

/* The page with this row id, with some bytes changed. */
static void damage(dice *d, int64_t id)
{
	sqlite3_stmt *read, *write;
	unsigned char block[1 << 14];
	size_t        len;

	assert_int_equal(sqlite3_prepare_v2(db->sql,
	                                    "SELECT block FROM document_fts_data WHERE id = ?1", -1,
	                                    &read, NULL),
	                 SQLITE_OK);
	sqlite3_bind_int64(read, 1, id);
	assert_int_equal(sqlite3_step(read), SQLITE_ROW);
	len = (size_t)sqlite3_column_bytes(read, 0);
	assert_true(len > 0 && len <= sizeof block);
	memcpy(block, sqlite3_column_blob(read, 0), len);
	sqlite3_finalize(read);
	for (size_t i = 1 + dice_below(d, 4); i; i--)
		block[dice_below(d, dice_one_in(d, 3) ? 8 : len)] = (unsigned char)dice_next(d);
	len = dice_one_in(d, 6) ? dice_below(d, len) : len;
	assert_int_equal(sqlite3_prepare_v2(db->sql,
	                                    "UPDATE document_fts_data SET block = ?2 WHERE id = ?1",
	                                    -1, &write, NULL),
	                 SQLITE_OK);
	sqlite3_bind_int64(write, 1, id);
	sqlite3_bind_blob(write, 2, block, (int)len, SQLITE_STATIC);
	assert_int_equal(sqlite3_step(write), SQLITE_DONE);
	sqlite3_finalize(write);
}

/* A page of the largest segment. */
static int64_t choose_page(dice *d)
{
	const segment_range *largest = &db->positions.ranges[0];

	for (size_t i = 1; i < db->positions.count; i++)
		if (db->positions.ranges[i].last_page > largest->last_page)
			largest = &db->positions.ranges[i];
	return (int64_t)largest->segment << SEGMENT_SHIFT |
	       (largest->first_page +
	        (int64_t)dice_below(d, (size_t)(largest->last_page - largest->first_page + 1)));
}

static void damaged_pages_end_in_an_answer(void **state)
{
	int  known, damaged = 0;
	dice d;

	(void)state;
	OK(database_begin_read(db, &error));
	OK(positions_known(db, &known, &error));
	database_end_read(db);
	assert_int_equal(sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL), SQLITE_OK);
	for (unsigned i = 0; i < DAMAGES; i++) {
		wanted         w;
		found_postings found;
		sheaf_status   status;

		dice_start(&d, 0xDA3, i, 0);
		choose(&d, &w);
		must_run("BEGIN");
		damage(&d, choose_page(&d));
		status = token_postings_find(db, 1, db->totals.revision, &w.tokens, &found, &error);
		must_run("ROLLBACK");
		for (size_t j = 0; j < found.count; j++) {
			assert_true(found.list[j].offset < db->totals.revision);
			assert_true(!j || found.list[j - 1].offset < found.list[j].offset);
		}
		found_postings_free(&found);
		if (status != SHEAF_OK)
			assert_int_equal(status, SHEAF_ERROR_DATABASE_CORRUPT);
		damaged += status != SHEAF_OK;
	}
	assert_true(damaged > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(postings_are_those_of_the_index),
		cmocka_unit_test(what_is_not_there),
		cmocka_unit_test(damaged_pages_end_in_an_answer),
	};

	return cmocka_run_group_tests(tests, fill, clean);
}
