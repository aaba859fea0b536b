/* Merging runs. */
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "list_merge.h"
#include "ranking_store.h"
#include "ranking_write.h"

enum {
	DEAD_SHARE = 8, /* a run of which more than one in so many is gone is written anew */
	MERGE_MAX = 256 /* runs that are merged in one step */
};

typedef struct merging {
	sheaf_database *db;
	ranking_walk   *walks;   /* of the runs that are merged, oldest first */
	list_cursor    *cursors; /* as many */
	size_t          count;
	int             all;   /* 1: no other run is left */
	int             whole; /* 1: none of their documents is gone */
	ranking_run     run;   /* what they become; its number is given where it is stored */
	list_writer    *writer;
} merging;

static int64_t get_length(void *ctx, int64_t revision, sheaf_status *status, sheaf_error *err)
{
	return values_get_length(ctx, revision, status, err);
}

/* The order of lists in a run. */
static int compare_entries(const list_entry *a, const list_entry *b)
{
	size_t len = a->key_len < b->key_len ? a->key_len : b->key_len;
	int    order;

	if (a->hash != b->hash)
		return a->hash < b->hash ? -1 : 1;
	order = memcmp(a->key, b->key, len);
	return order ? order : (a->key_len > b->key_len) - (a->key_len < b->key_len);
}

/* The walk whose list comes next. NULL: all are at their end. */
static const ranking_walk *first_walk(const merging *m)
{
	const ranking_walk *best = NULL;

	for (size_t i = 0; i < m->count; i++)
		if (m->walks[i].more &&
		    (!best || compare_entries(&m->walks[i].entry, &best->entry) < 0))
			best = &m->walks[i];
	return best;
}

/* Opens the key's list in each run that has it, and moves those runs on. */
static sheaf_status open_lists(merging *m, const char *key, size_t len, uint64_t hash,
                               size_t *opened, sheaf_error *err)
{
	list_entry   e = {.key = key, .key_len = len, .hash = hash};
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < m->count; i++) {
		ranking_walk *w = &m->walks[i];

		if (!w->more || compare_entries(&w->entry, &e) != 0)
			continue;
		status = ranking_walk_open(w, &m->cursors[(*opened)++], err);
		if (status == SHEAF_OK)
			status = ranking_walk_next(w, err);
	}
	return status;
}

static sheaf_status merge_key(merging *m, const list_entry *first, sheaf_error *err)
{
	list_lengths lengths = {m->db, get_length, m->whole};
	list_counts  gone;
	char         key[LIST_KEY_MAX];
	size_t       len = first->key_len, opened = 0;
	sheaf_status status;

	memcpy(key, first->key, len);
	status = list_writer_begin(m->writer, key, len, err);
	if (status == SHEAF_OK)
		status = open_lists(m, key, len, first->hash, &opened, err);
	if (status == SHEAF_OK)
		status = list_merge(m->cursors, opened, &lengths, m->writer, &gone, err);
	for (size_t i = 0; i < opened; i++)
		list_cursor_close(&m->cursors[i]);
	if (status == SHEAF_OK)
		status = list_writer_end(m->writer, err);
	if (status == SHEAF_OK && !m->all && gone.documents)
		status = ranking_lose(m->db, key, len, &gone, -1, err);
	return status;
}

static sheaf_status merge_lists(merging *m, sheaf_error *err)
{
	const ranking_walk *w;
	sheaf_status        status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < m->count; i++)
		status = ranking_walk_next(&m->walks[i], err);
	while (status == SHEAF_OK && (w = first_walk(m)))
		status = merge_key(m, &w->entry, err);
	return status == SHEAF_OK ? list_writer_finish(m->writer, err) : status;
}

static sheaf_status forget_dead(merging *m, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(m->db, STMT_RANKING_DEAD_DELETE, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, m->run.first);
	sqlite3_bind_int64(stmt, 2, m->run.last);
	status = statement_run(m->db, stmt, err);
	if (status == SHEAF_OK && m->all)
		status = statement_exec(m->db, STMT_RANKING_LOSS_CLEAR, err);
	return status;
}

/* The new run is written; the old ones go. */
static sheaf_status exchange_runs(merging *m, sheaf_error *err)
{
	sheaf_status status = forget_dead(m, err);

	for (size_t i = 0; status == SHEAF_OK && i < m->count; i++) {
		int64_t number = m->walks[i].run.run;

		status = ranking_delete_runs(m->db, number, number + 1, err);
	}
	return status == SHEAF_OK ? ranking_put_run(m->db, &m->run, err) : status;
}

/* Whatever the outcome, to be followed by release(). */
static sheaf_status prepare(merging *m, const ranking_run *runs, const list_sink *sink,
                            sheaf_error *err)
{
	int64_t      dead = 0;
	sheaf_status status;

	m->walks = mem_calloc(m->count, sizeof *m->walks);
	m->cursors = mem_calloc(m->count, sizeof *m->cursors);
	if (!m->walks || !m->cursors)
		return sheaf_nomem(err);
	for (size_t i = 0; i < m->count; i++)
		ranking_walk_init(&m->walks[i], m->db, &runs[i]);
	m->run.first = runs[0].first;
	m->run.last = runs[m->count - 1].last;
	status = ranking_count_live(m->db, m->run.first, m->run.last, &m->run.documents, err);
	if (status == SHEAF_OK)
		status = ranking_count_dead(m->db, m->run.first, m->run.last, &dead, err);
	m->whole = !dead;
	if (status == SHEAF_OK)
		status = list_writer_new(m->run.first, m->run.last, sink, &m->writer, err);
	return status;
}

static void release(merging *m)
{
	/* The page that was read last; nothing may be open when the file is made anew. */
	statement_reset(m->db->statements[STMT_RANKING_PAGE_GET]);
	for (size_t i = 0; m->walks && i < m->count; i++)
		buf_free(&m->walks[i].row);
	list_writer_free(m->writer);
	mem_free(m->walks);
	mem_free(m->cursors);
}

/* Merges `count` runs from number `from` on, in their order. */
static sheaf_status merge_runs(sheaf_database *db, size_t from, size_t count, sheaf_error *err)
{
	merging            m = {.db = db, .count = count};
	ranking_target     target = {db, 0};
	list_sink          sink = ranking_sink(&target);
	const ranking_run *runs;
	size_t             all;
	sheaf_status       status = ranking_runs(db, &runs, &all, err);

	if (status != SHEAF_OK)
		return status;
	m.all = count == all;
	status = prepare(&m, runs + from, &sink, err);
	if (status == SHEAF_OK)
		status = ranking_new_number(db, &m.run.run, err);
	target.run = m.run.run;
	if (status == SHEAF_OK)
		status = merge_lists(&m, err);
	if (status == SHEAF_OK)
		status = exchange_runs(&m, err);
	release(&m);
	return status;
}

/*
 * The same for any number, most of them many at a time: each step looks at all runs that it
 * merges.
 */
static sheaf_status merge_many(sheaf_database *db, size_t from, size_t count, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && count > MERGE_MAX) {
		size_t left = count, done = 0;

		for (; status == SHEAF_OK && left; done++) {
			size_t part = left < MERGE_MAX ? left : MERGE_MAX;

			status = merge_runs(db, from + done, part, err);
			left -= part;
		}
		count = done;
	}
	return status == SHEAF_OK ? merge_runs(db, from, count, err) : status;
}

/* ---- which ---- */

static int tier_of(const ranking_run *run)
{
	int tier = 0;

	for (int64_t n = run->documents / RANKING_TAIL_MAX; n; n /= RANKING_TIER_FACTOR)
		tier++;
	return tier;
}

/* How many of the newest runs are not above the tier of the last one. */
static size_t count_low(const ranking_run *runs, size_t count)
{
	size_t low = 0;

	while (low < count && tier_of(&runs[count - 1 - low]) <= tier_of(&runs[count - 1]))
		low++;
	return low;
}

static sheaf_status merge_tiers(sheaf_database *db, sheaf_error *err)
{
	const ranking_run *runs;
	size_t             count, low;
	sheaf_status       status = ranking_runs(db, &runs, &count, err);

	while (status == SHEAF_OK && count && (low = count_low(runs, count)) > RANKING_TIER_RUNS) {
		status = merge_many(db, count - low, low, err);
		if (status == SHEAF_OK)
			status = ranking_runs(db, &runs, &count, err);
	}
	return status;
}

/* Runs of which much is gone are written anew. */
static sheaf_status renew(sheaf_database *db, sheaf_error *err)
{
	const ranking_run *runs;
	size_t             count;
	sheaf_status       status = ranking_runs(db, &runs, &count, err);

	if (!db->ranking.dead)
		return status;
	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		int64_t dead;

		status = ranking_count_dead(db, runs[i].first, runs[i].last, &dead, err);
		if (status == SHEAF_OK && dead > runs[i].documents / DEAD_SHARE) {
			status = merge_runs(db, i, 1, err);
			if (status == SHEAF_OK)
				status = ranking_runs(db, &runs, &count, err);
		}
	}
	return status;
}

sheaf_status ranking_settle(sheaf_database *db, sheaf_error *err)
{
	sheaf_revision until;
	sheaf_status   status = ranking_flush(db, err);

	if (status == SHEAF_OK)
		status = ranking_until(db, &until, err);
	if (status != SHEAF_OK || db->tokenizer.config.strategy != SHEAF_STEM_SOME)
		return status;
	if (db->totals.revision - until > RANKING_TAIL_MAX)
		status = ranking_cover(db, db->totals.revision, err);
	if (status == SHEAF_OK)
		status = renew(db, err);
	return status == SHEAF_OK ? merge_tiers(db, err) : status;
}

sheaf_status ranking_complete(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = ranking_flush(db, err);

	return status == SHEAF_OK ? ranking_cover(db, db->totals.revision, err) : status;
}

sheaf_status ranking_merge_all(sheaf_database *db, sheaf_error *err)
{
	const ranking_run *runs;
	size_t             count = 0;
	sheaf_status       status = ranking_complete(db, err);

	if (status == SHEAF_OK)
		status = ranking_runs(db, &runs, &count, err);
	if (status == SHEAF_OK && (count > 1 || (count && db->ranking.dead)))
		status = merge_many(db, 0, count, err);
	return status;
}

/* ---- in two halves ---- */

static int are_same(const ranking_run *a, const ranking_run *b)
{
	return a->run == b->run && a->first == b->first && a->last == b->last &&
	       a->documents == b->documents;
}

sheaf_status ranking_can_split_merge(sheaf_database *db, sheaf_database *reader, int *can,
                                     sheaf_error *err)
{
	const ranking_run *here, *there;
	size_t             count = 0, other = 0;
	sheaf_status       status = ranking_runs(db, &here, &count, err);

	*can = 0;
	if (status == SHEAF_OK)
		status = ranking_runs(reader, &there, &other, err);
	if (status != SHEAF_OK || count < 2 || count > MERGE_MAX || count != other ||
	    db->ranking.dead != reader->ranking.dead)
		return status;
	for (size_t i = 0; i < count; i++)
		if (!are_same(&here[i], &there[i]))
			return SHEAF_OK;
	*can = 1;
	return SHEAF_OK;
}

sheaf_status ranking_read_merged(sheaf_database *reader, const list_sink *sink, ranking_run *merged,
                                 sheaf_error *err)
{
	merging            m = {.db = reader, .all = 1};
	const ranking_run *runs;
	sheaf_status       status = ranking_runs(reader, &runs, &m.count, err);

	if (status != SHEAF_OK)
		return status;
	status = prepare(&m, runs, sink, err);
	if (status == SHEAF_OK)
		status = merge_lists(&m, err);
	*merged = m.run;
	release(&m);
	return status;
}

sheaf_status ranking_write_merged(sheaf_database *db, ranking_rows_fn rows, void *ctx,
                                  sheaf_error *err)
{
	ranking_run    run = {0};
	ranking_target target = {db, 0};
	list_sink      sink = ranking_sink(&target);
	sheaf_status   status = ranking_new_number(db, &target.run, err);

	if (status == SHEAF_OK)
		status = ranking_drop(db, err);
	if (status == SHEAF_OK)
		status = rows(ctx, &sink, &run, err);
	run.run = target.run;
	return status == SHEAF_OK ? ranking_put_run(db, &run, err) : status;
}

sheaf_status ranking_drop(sheaf_database *db, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = ranking_delete_runs(db, 0, RANKING_RUN_MAX + 1, err);

	ranking_clear(&db->ranking);
	if (status == SHEAF_OK)
		status = statement_get(db, STMT_RANKING_DEAD_DELETE, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, INT64_MIN);
	sqlite3_bind_int64(stmt, 2, INT64_MAX);
	status = statement_run(db, stmt, err);
	return status == SHEAF_OK ? statement_exec(db, STMT_RANKING_LOSS_CLEAR, err) : status;
}
