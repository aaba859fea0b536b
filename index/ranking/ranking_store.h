/* ranking_store.h: rows of the tables of ranking lists, for the files that write and check them. */
#ifndef RANKING_STORE_H
#define RANKING_STORE_H

#include "buf.h"
#include "database_private.h"
#include "list_row.h"
#include "list_writer.h"

/* Runs have numbers from 1; a row's id is the run's number and one in it. */
enum { RANKING_RUN_MAX = (1 << 19) - 2 }; /* one more still fits a row id */
static inline int64_t ranking_id(int64_t run, int64_t number)
{
	return run << LIST_HASH_BITS | number;
}

/* Forgets what was read of runs, so that it is read again. */
void ranking_unload(ranking *r);

/*
 * Where a writer's rows go: the tables, under a run's number. It must live as long as the writer.
 */
typedef struct ranking_target {
	sheaf_database *db;
	int64_t         run;
} ranking_target;
list_sink ranking_sink(ranking_target *target);

/* A number that no run has. Errors: INVALID_OPERATION where all are in use. */
sheaf_status ranking_new_number(sheaf_database *db, int64_t *run, sheaf_error *err);
/* Writes the row of a run whose lists are written. */
sheaf_status ranking_put_run(sheaf_database *db, const ranking_run *run, sheaf_error *err);
/* Removes what runs from number `first` up to, but not `end` have. */
sheaf_status ranking_delete_runs(sheaf_database *db, int64_t first, int64_t end, sheaf_error *err);

/* Walks all lists of a run in their order. */
typedef struct ranking_walk {
	sheaf_database *db;
	ranking_run     run;
	buf             row;
	size_t          at;    /* in it */
	int64_t         next;  /* the row behind it */
	list_entry      entry; /* the list at hand */
	int             more;  /* 0: the end */
} ranking_walk;
/* Stands before the first list. Free it with buf_free(&w->row). */
void ranking_walk_init(ranking_walk *w, sheaf_database *db, const ranking_run *run);
/* Moves to the next list; `more` 0 at the end. Errors: DATABASE_CORRUPT. */
sheaf_status ranking_walk_next(ranking_walk *w, sheaf_error *err);
/* Opens the list at hand. Close the cursor, whatever the outcome. */
sheaf_status ranking_walk_open(const ranking_walk *w, list_cursor *c, sheaf_error *err);

/* How many documents there are of the revisions from `first` to `last`. */
sheaf_status ranking_count_live(sheaf_database *db, int64_t first, int64_t last, int64_t *count,
                                sheaf_error *err);

/* How many of them are gone, but still in lists. */
sheaf_status ranking_count_dead(sheaf_database *db, int64_t first, int64_t last, int64_t *dead,
                                sheaf_error *err);

/*
 * The blob in a column of a row: *data is NULL where it is empty. 0: it is none, which is damage.
 * It asks for no memory.
 */
int ranking_blob(sqlite3_stmt *stmt, int column, const unsigned char **data, size_t *len);

/* Where a run's pages are. */
list_source ranking_source(sheaf_database *db, const ranking_run *run);

/* ---- losses ---- */

/* Adds to what documents that are gone have of a key, in the table. Errors: DATABASE_CORRUPT. */
sheaf_status ranking_lose(sheaf_database *db, const char *key, size_t len,
                          const list_counts *counts, int sign, sheaf_error *err);
/* What is noted of a key. */
sheaf_status ranking_read_loss(sheaf_database *db, const char *key, size_t len, list_counts *counts,
                               sheaf_error *err);
/* Calls for each key that lost something. */
typedef sheaf_status (*ranking_loss_fn)(void *ctx, const char *key, size_t len,
                                        const list_counts *counts, sheaf_error *err);
sheaf_status ranking_each_loss(sheaf_database *db, ranking_loss_fn fn, void *ctx, sheaf_error *err);

#endif
