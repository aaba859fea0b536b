#include "ranking.h"

#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "field.h"
#include "ranking_keys.h"
#include "ranking_loss.h"
#include "ranking_store.h"
#include "ranking_write.h"

_Static_assert((int)LIST_TITLE_WEIGHT == (int)FIELD_TITLE_WEIGHT, "lists weigh as ranking does");

void ranking_unload(ranking *r)
{
	mem_free(r->runs);
	r->runs = NULL;
	r->run_count = 0;
	r->loaded = 0;
}

void ranking_clear(ranking *r)
{
	ranking_unload(r);
	ranking_loss_free(r->loss);
	memset(r, 0, sizeof *r);
}

sheaf_status ranking_damaged(const sheaf_database *db, sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "%s: ranking lists are damaged; run 'sheaf reindex'", db->path);
}

/* ---- runs ---- */

/* Runs neither overlap nor go beyond what there is. */
static int is_possible(const sheaf_database *db, const ranking_run *run)
{
	const ranking *r = &db->ranking;
	int64_t        before = r->run_count ? r->runs[r->run_count - 1].last : 0;

	return run->run >= 1 && run->run <= RANKING_RUN_MAX && run->first > before &&
	       run->first <= run->last && run->last <= db->totals.revision &&
	       run->last <= REVISION_MAX && run->documents >= 0;
}

static sheaf_status add_run(sheaf_database *db, const ranking_run *run, sheaf_error *err)
{
	ranking     *r = &db->ranking;
	ranking_run *grown;

	if (!is_possible(db, run))
		return ranking_damaged(db, err);
	grown = mem_realloc_array(r->runs, r->run_count + 1, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	r->runs = grown;
	r->runs[r->run_count++] = *run;
	return SHEAF_OK;
}

static sheaf_status load_runs(sheaf_database *db, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 1;
	sheaf_status  status = statement_get(db, STMT_RANKING_RUNS, &stmt, err);

	while (status == SHEAF_OK) {
		ranking_run run;

		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		run = (ranking_run){sqlite3_column_int64(stmt, 0), sqlite3_column_int64(stmt, 1),
		                    sqlite3_column_int64(stmt, 2), sqlite3_column_int64(stmt, 3)};
		status = add_run(db, &run, err);
	}
	if (status != SHEAF_OK)
		return status;
	return ranking_count_dead(db, INT64_MIN, INT64_MAX, &db->ranking.dead, err);
}

static sheaf_status load(sheaf_database *db, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status;

	if (db->ranking.loaded)
		return SHEAF_OK;
	status = load_runs(db, err);
	if (status == SHEAF_OK) {
		db->ranking.loaded = 1;
		return SHEAF_OK;
	}
	ranking_unload(&db->ranking);
	if (statement_get(db, STMT_RANKING_RUNS, &stmt, NULL) == SHEAF_OK)
		statement_reset(stmt);
	return status;
}

sheaf_status ranking_runs(sheaf_database *db, const ranking_run **runs, size_t *count,
                          sheaf_error *err)
{
	sheaf_status status;

	*runs = NULL;
	*count = 0;
	if (db->tokenizer.config.strategy != SHEAF_STEM_SOME)
		return SHEAF_OK;
	status = load(db, err);
	if (status != SHEAF_OK)
		return status;
	*runs = db->ranking.runs;
	*count = db->ranking.run_count;
	return SHEAF_OK;
}

sheaf_status ranking_until(sheaf_database *db, sheaf_revision *until, sheaf_error *err)
{
	const ranking_run *runs;
	size_t             count;
	sheaf_status       status = ranking_runs(db, &runs, &count, err);

	*until = status == SHEAF_OK && count ? runs[count - 1].last : 0;
	return status;
}

/* ---- lists ---- */

int ranking_has(sheaf_database *db, char marker, const char *key, size_t len)
{
	char        marked[TOKEN_MAX];
	const char *stem;
	size_t      stem_len;

	if (db->tokenizer.config.strategy != SHEAF_STEM_SOME || !len || len >= sizeof marked)
		return 0;
	if (marker) {
		marked[0] = marker;
		memcpy(marked + 1, key, len);
		return ranking_kind_of(marked, len + 1) == RANKING_MARKED;
	}
	if (ranking_kind_of(key, len) != RANKING_WORD)
		return 0;
	/* Lists have a word where it is its own stem. */
	if (sheaf_stem_word(db->tokenizer.config.stem, key, len, &stem, &stem_len, NULL) !=
	    SHEAF_OK)
		return -1;
	return stem_len == len && memcmp(stem, key, len) == 0;
}

/* The key as lists have it. 0: too long for any. */
static size_t make_key(char marker, const char *key, size_t len, char out[LIST_KEY_MAX])
{
	size_t marked = marker != 0;

	if (len + marked > LIST_KEY_MAX)
		return 0;
	out[0] = marker;
	memcpy(out + marked, key, len);
	return len + marked;
}

static sheaf_status get_page(void *ctx, int64_t run, int64_t number, const unsigned char **data,
                             size_t *len, sheaf_error *err)
{
	sheaf_database *db = ctx;
	sqlite3_stmt   *stmt;
	int             row = 0;
	sheaf_status    status = statement_get(db, STMT_RANKING_PAGE_GET, &stmt, err);

	*data = NULL;
	*len = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, ranking_id(run, number));
	status = statement_step(db, stmt, &row, err);
	if (status != SHEAF_OK || !row)
		return status;
	return ranking_blob(stmt, 0, data, len) ? SHEAF_OK : ranking_damaged(db, err);
}

list_source ranking_source(sheaf_database *db, const ranking_run *run)
{
	return (list_source){db, run->run, get_page};
}

/* Opens what `stmt`, a row, has of a key. */
static sheaf_status open_in_row(sheaf_database *db, const ranking_run *run, sqlite3_stmt *stmt,
                                const char *key, size_t len, list_cursor *c, sheaf_error *err)
{
	list_source          source = ranking_source(db, run);
	const unsigned char *row;
	size_t               row_len;
	list_entry           e;
	int                  found = -1;

	if (ranking_blob(stmt, 0, &row, &row_len) && row_len)
		found = list_row_find(row, row_len, key, len, &e);
	if (found < 0)
		return ranking_damaged(db, err);
	return found ? list_cursor_open(e.list, e.list_len, run->first, run->last, &source, c, err)
	             : SHEAF_OK;
}

sheaf_status ranking_open(sheaf_database *db, const ranking_run *run, char marker, const char *text,
                          size_t len, list_cursor *c, sheaf_error *err)
{
	char          key[LIST_KEY_MAX];
	size_t        key_len = make_key(marker, text, len, key);
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status;

	list_cursor_empty(c);
	if (!key_len)
		return SHEAF_OK;
	status = statement_get(db, STMT_RANKING_LIST_FIND, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, ranking_id(run->run, 0));
	sqlite3_bind_int64(stmt, 2, ranking_id(run->run, (int64_t)list_hash(key, key_len)));
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row)
		status = open_in_row(db, run, stmt, key, key_len, c, err);
	statement_reset(stmt);
	return status;
}

sheaf_status ranking_lost(sheaf_database *db, char marker, const char *text, size_t len,
                          list_counts *counts, sheaf_error *err)
{
	char         key[LIST_KEY_MAX];
	size_t       key_len = make_key(marker, text, len, key);
	sheaf_status status = ranking_flush(db, err);

	*counts = (list_counts){0};
	if (status == SHEAF_OK)
		status = load(db, err);
	if (status != SHEAF_OK || !key_len || !db->ranking.dead)
		return status;
	return ranking_read_loss(db, key, key_len, counts, err);
}
