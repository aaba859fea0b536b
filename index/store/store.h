/*
 * store.h: what the layers above may ask of the engine beside the public API.
 * Nothing here knows SQLite, so that another engine can stand behind it.
 */
#ifndef STORE_H
#define STORE_H

#include <sheaf/database.h>

#include "document_private.h"

/* ---- documents ---- */

/* A document analysed for the index, ready to be written by another thread. */
typedef struct analysis analysis;
/* Splits documents into terms; one a thread. */
typedef struct analyser analyser;
/* Gathers the terms of many documents; index/segments/inverter.h. */
typedef struct inverter inverter;

/* Makes an analyser with the tokenizer of `db`; it shares nothing with `db` afterwards. */
sheaf_status analyser_new(sheaf_database *db, analyser **a, sheaf_error *err);
void         analyser_free(analyser *a);
analysis    *analysis_new(void); /* NULL: out of memory */
void         analysis_free(analysis *x);
/* Analyses `doc` into `x`, which is emptied first and keeps its memory. */
sheaf_status analyser_run(analyser *a, const sheaf_document *doc, analysis *x, sheaf_error *err);
/*
 * The same, with the tokens as the next document of `v` in place of `x`: what is written plainly later is
 * analysed again. On failure but NOMEM, `v` is as before.
 */
sheaf_status analyser_invert(analyser *a, const sheaf_document *doc, analysis *x, inverter *v,
                             sheaf_error *err);

/*
 * sheaf_database_replace_document() with the work of analysing done already. `x` NULL: it is
 * done here. `doc` may be changed: it is completed with what only the stored copy knows.
 */
sheaf_status store_replace(sheaf_database *db, sheaf_document *doc, const analysis *x,
                           sheaf_docid *docid, sheaf_change *change, sheaf_error *err);

/*
 * Marks a stored paper as withdrawn, because its source says since `datestamp` that it is deleted; it stays
 * otherwise as it is. UNCHANGED where there is none, it is marked already, or it was heard of since.
 */
sheaf_status store_withdraw(sheaf_database *db, const char *id, sheaf_time datestamp,
                            sheaf_change *change, sheaf_error *err);

/* ---- batches: documents whose postings become one piece of the index, in place of one insertion each ---- */

/*
 * One thread adds documents, which numbers them from 0; the thread of the database stores them in the same
 * order meanwhile, and once all are added and stored, writes the batch. Until then the documents are rows
 * that no search finds.
 */
typedef struct store_batch store_batch;

/* *can 0: this index has a form that only single documents can be added to. */
sheaf_status store_can_batch(sheaf_database *db, int *can, sheaf_error *err);
sheaf_status store_batch_new(store_batch **batch, sheaf_error *err);
/* It must not be the one of an open transaction. */
void store_batch_free(store_batch *batch);
/* Empties it and keeps some memory. */
void store_batch_clear(store_batch *batch);

/*
 * Adds a document; *number and `x`, which gets of its analysis what a row has, are what to store it with. After a failure the batch is still good, unless
 * memory was wanting.
 */
sheaf_status store_batch_add(store_batch *batch, analyser *a, const sheaf_document *doc,
                             analysis *x, uint32_t *number, sheaf_error *err);
size_t       store_batch_documents(const store_batch *batch); /* added so far */
/*
 * Once all documents are added, on any thread, also while they are being stored: makes what store_batch_write()
 * will need if they get the revisions from `first` on, each the next; if not, this was for nothing. Whoever stores
 * one late, or writes or empties the batch, has to wait for it. `a` is for that thread alone.
 */
sheaf_status store_batch_encode(store_batch *batch, const analyser *a, sheaf_revision first,
                                sheaf_error *err);
/* 1 where it is large enough to be written, or has `most` documents (0: no matter). */
int store_batch_is_full(const store_batch *batch, int64_t most);
/* Before more are added to one that was put aside: empties it where nothing of it waits to be written. */
void store_batch_resume(sheaf_database *db, store_batch *batch);
/* While it is 1, documents may be added: the transaction cannot be committed. */
void store_batch_set_busy(store_batch *batch, int busy);

/*
 * store_replace() within a write transaction that is open, for a document of the batch. *later 1: nothing was
 * done yet; it is to be stored by store_batch_put_late(), once all documents are added, in the order in which
 * they came.
 */
sheaf_status store_batch_put(sheaf_database *db, store_batch *batch, uint32_t number,
                             sheaf_document *doc, const analysis *x, sheaf_change *change,
                             int *later, sheaf_error *err);
/* `x` is for scratch. */
sheaf_status store_batch_put_late(sheaf_database *db, store_batch *batch, sheaf_document *doc,
                                  analysis *x, sheaf_change *change, sheaf_error *err);
/* Writes the documents that were stored into the index, and empties the batch. */
sheaf_status store_batch_write(sheaf_database *db, store_batch *batch, sheaf_error *err);

/*
 * Tells the engine that very many documents follow, until the next call with 0, which merges the
 * index, or a part of it where little has come to much.
 */
sheaf_status store_set_bulk(sheaf_database *db, int bulk, sheaf_error *err);
/*
 * Refreshes what is derived from the index, where so much is new that it has lost its use; to be
 * called at the end of a harvest. Costs time in proportion to all documents, once their number has
 * grown by half.
 */
sheaf_status store_settle(sheaf_database *db, sheaf_error *err);
/* 1 inside a transaction. */
int store_in_transaction(const sheaf_database *db);
/* Until the end, all reading is of one moment. They nest; pair them where the first succeeds. */
sheaf_status store_begin_read(sheaf_database *db, sheaf_error *err);
void         store_end_read(sheaf_database *db);
/* The revision that the next change will get, if no other process made one since. */
sheaf_revision store_next_revision(const sheaf_database *db);

/* ---- harvest state: one row for each source, address, selection and format ---- */

typedef struct harvest_key {
	const char *source, *base_url, *selection, *metadata_prefix; /* none NULL */
} harvest_key;

typedef struct harvest_row { /* strings are owned; NULL: not known */
	char *token;         /* continues the list that was being read */
	char *high_water;    /* newest datestamp stored */
	char *list_from;     /* `from` of the list that is being read */
	char *response_date; /* the server's clock at the first page of the last complete list */
	int   complete;
	sheaf_time finished; /* SHEAF_TIME_NONE: never */
	int64_t    pages, records;
	char      *etag, *last_modified; /* of the last answer, where the source offers them */
} harvest_row;

/* An all-empty row where nothing is remembered. */
sheaf_status store_harvest_get(sheaf_database *db, const harvest_key *key, harvest_row *row,
                               sheaf_error *err);
sheaf_status store_harvest_put(sheaf_database *db, const harvest_key *key, const harvest_row *row,
                               sheaf_error *err);
void         harvest_row_clear(harvest_row *row);
typedef int (*store_harvest_fn)(void *ctx, const harvest_key *key, const harvest_row *row);
sheaf_status store_harvest_each(sheaf_database *db, store_harvest_fn fn, void *ctx,
                                sheaf_error *err);

/* ---- papers that stay out ---- */

/*
 * While it is 1, papers are taken again that were removed, and then are no longer kept out; else store_replace() and
 * batches answer KEPT_OUT.
 */
void store_set_force(sheaf_database *db, int force);

/* ---- what was announced, and what was read ---- */

/*
 * Within a transaction: a paper in the list of `category` (as in the feed's address, cs.NE) on a day. The same paper
 * once more in the same list of the day replaces what is there.
 */
sheaf_status store_announce(sheaf_database *db, const char *category, const char *id, int version,
                            const announcement *a, sheaf_error *err);
/* What was learned of a list. Stored as these numbers. */
typedef enum announcement_state {
	ANNOUNCEMENT_DAY_ANNOUNCED = 1,
	ANNOUNCEMENT_DAY_EMPTY,
	ANNOUNCEMENT_DAY_STALE,
	ANNOUNCEMENT_DAY_MADE_UP
} announcement_state;
typedef struct announcement_day {
	int64_t            day;
	announcement_state state;
	int64_t            papers;
	sheaf_time         checked;
} announcement_day;
sheaf_status store_announcement_day_put(sheaf_database *db, const char *category,
                                        const announcement_day *day, sheaf_error *err);
typedef int (*store_announcement_day_fn)(void *ctx, const char *category,
                                         const announcement_day *day);
/* By category (NULL: all), then by day. */
sheaf_status store_announcement_day_each(sheaf_database *db, const char *category,
                                         store_announcement_day_fn fn, void *ctx, sheaf_error *err);
typedef int (*store_announcement_fn)(void *ctx, const char *category, const char *id, int version,
                                     const announcement *a);
/* Of the days from `first` to `last`, by day, category (NULL: all) and id. */
sheaf_status store_announcement_each(sheaf_database *db, const char *category, int64_t first,
                                     int64_t last, store_announcement_fn fn, void *ctx,
                                     sheaf_error *err);
/* Of one paper, by day and category. */
sheaf_status store_announcement_of(sheaf_database *db, const char *id, store_announcement_fn fn,
                                   void *ctx, sheaf_error *err);

/* Days of which all is stored, both included; `first` INT64_MIN: from the beginning. */
typedef struct coverage_range {
	int64_t    first, last;
	sheaf_time read;
} coverage_range;
/* Joins the range with those it overlaps or touches. Where `first` is after `last`, nothing. */
sheaf_status store_coverage_add(sheaf_database *db, const harvest_key *key,
                                const coverage_range *range, sheaf_error *err);
/* Takes days out: they are no longer known to be complete. */
sheaf_status store_coverage_remove(sheaf_database *db, const harvest_key *key, int64_t first,
                                   int64_t last, sheaf_error *err);
typedef int (*store_coverage_fn)(void *ctx, const harvest_key *key, const coverage_range *range);
/* By key (NULL: all), then by day. */
sheaf_status store_coverage_each(sheaf_database *db, const harvest_key *key, store_coverage_fn fn,
                                 void *ctx, sheaf_error *err);

/* ---- imports that were interrupted ---- */

typedef struct import_row {
	int64_t    size, modified; /* of the file: bytes, nanoseconds since 1970 */
	int64_t    bytes;          /* uncompressed, from its beginning, whose records are stored */
	int64_t    lines;          /* or records in them */
	sheaf_time newest;         /* datestamp in them; SHEAF_TIME_NONE: none was told */
	int        exported; /* 1: some are from an export of sheaf's own, which is no snapshot */
} import_row;
/* *found 0 where nothing is remembered of that file. */
sheaf_status store_import_get(sheaf_database *db, const char *path, import_row *row, int *found,
                              sheaf_error *err);
sheaf_status store_import_put(sheaf_database *db, const char *path, const import_row *row,
                              sheaf_error *err);
sheaf_status store_import_remove(sheaf_database *db, const char *path, sheaf_error *err);

/* ---- profile sets, placements ---- */

sheaf_status store_profile_set_put(sheaf_database *db, const char *name, const char *yaml,
                                   sheaf_error *err);
/* `yaml` becomes NULL where there is none. mem_free() it. */
sheaf_status store_profile_set_get(sheaf_database *db, const char *name, char **yaml,
                                   sheaf_error *err);
/* The set alone; what was placed stays. */
sheaf_status store_profile_set_remove(sheaf_database *db, const char *name, sheaf_error *err);
typedef int (*store_name_fn)(void *ctx, const char *name);
sheaf_status store_profile_set_each(sheaf_database *db, store_name_fn fn, void *ctx,
                                    sheaf_error *err);

/* How far a profile was classified. */
typedef struct profile_state {
	uint64_t       fingerprint; /* of its text then; 0: it never was */
	sheaf_revision classified;
	char          *model; /* what was learnt of it, owned by the caller; NULL: nothing */
	size_t         model_len;
	int64_t        track; /* stands for it in placements; 0: it has no state */
} profile_state;
sheaf_status store_profile_state_get(sheaf_database *db, const char *digest, const char *profile,
                                     profile_state *state, sheaf_error *err);
/* Keeps what was learnt of a profile that has a state. */
sheaf_status store_profile_model_put(sheaf_database *db, const char *digest, const char *profile,
                                     const void *model, size_t len, sheaf_error *err);
/*
 * With another fingerprint, what was learnt is forgotten. With `classified` 0 its placements do not
 * count any more, and go with the next store_placement_sweep().
 */
sheaf_status store_profile_state_put(sheaf_database *db, const char *digest, const char *profile,
                                     uint64_t fingerprint, sheaf_revision classified,
                                     sheaf_error *err);
/*
 * Forgets the profiles of `digest` that are not among the `count` of `keep`, which are in the order
 * of strcmp(), with their placements.
 */
sheaf_status store_profile_state_keep(sheaf_database *db, const char *digest,
                                      const char *const *keep, size_t count, sheaf_error *err);

/* Forgets one profile, with its placements. */
sheaf_status store_profile_state_remove(sheaf_database *db, const char *digest, const char *profile,
                                        sheaf_error *err);

/* A paper in a profile. */
typedef struct placement_row {
	sheaf_docid    docid;
	int64_t        track;    /* the profile's */
	sheaf_revision revision; /* of the document when it was placed */
	double         weight;
	int            percent;
} placement_row;
/* In the order of docids and tracks it is much faster than in another. */
sheaf_status store_placement_put(sheaf_database *db, const placement_row *rows, size_t count,
                                 sheaf_error *err);
/* Removes the placements of profiles that are gone, or are classified up to 0. */
sheaf_status store_placement_sweep(sheaf_database *db, sheaf_error *err);
typedef int (*store_placement_fn)(void *ctx, const placement_row *row);
/* Those of all profiles of a digest, of revisions after `since`; by docid, then track. */
sheaf_status store_placement_each(sheaf_database *db, const char *digest, sheaf_revision since,
                                  store_placement_fn fn, void *ctx, sheaf_error *err);

/* How many papers a profile has, and how many of them its digest has delivered in some version. */
typedef int (*store_placement_count_fn)(void *ctx, const char *profile, int64_t papers,
                                        int64_t delivered);
/* `profile` NULL: of all that have any, in one look at the table. */
sheaf_status store_placement_count(sheaf_database *db, const char *digest, const char *profile,
                                   store_placement_count_fn fn, void *ctx, sheaf_error *err);

/* ---- what people said of papers ---- */

typedef struct mark_row {
	const char *profile, *id; /* live for the call */
	int         belongs;
	sheaf_time  marked;
} mark_row;
/* `id` is canonical. */
sheaf_status store_mark_put(sheaf_database *db, const mark_row *row, sheaf_error *err);
/* `id` NULL: all of the profile. `removed`: how many there were. */
sheaf_status store_mark_remove(sheaf_database *db, const char *profile, const char *id,
                               int64_t *removed, sheaf_error *err);
typedef int (*store_mark_fn)(void *ctx, const mark_row *row);
/* `profile` NULL: of all, by profile; then by id. `fn` does not use the database. */
sheaf_status store_mark_each(sheaf_database *db, const char *profile, store_mark_fn fn, void *ctx,
                             sheaf_error *err);

/*
 * ---- deliveries: what each digest has shown, by identifier, so that it is known of a paper that was removed and
 * came again ----
 */

sheaf_status store_delivery_put(sheaf_database *db, const char *digest, const char *id, int version,
                                sheaf_time now, sheaf_error *err);
/*
 * `version` becomes the delivered version, -1 where none was. `attempted` 1: what is in the digest's attempt counts
 * as delivered.
 */
sheaf_status store_delivery_get(sheaf_database *db, const char *digest, const char *id,
                                int attempted, int *version, sheaf_error *err);
typedef int (*store_docid_fn)(void *ctx, sheaf_docid docid);
/* Stored papers that were delivered and have had no newer version since, by docid. */
sheaf_status store_delivery_each_settled(sheaf_database *db, const char *digest, store_docid_fn fn,
                                         void *ctx, sheaf_error *err);
/* When the digest delivered anything last; SHEAF_TIME_NONE: never. */
sheaf_status store_delivery_last(sheaf_database *db, const char *digest, sheaf_time *last,
                                 sheaf_error *err);

/*
 * An attempt is a digest that is ready and about to be put in place; whether it came to that, who reads the receipt
 * can tell, also when the process that wrote it has died. One at a time of each digest: a new one forgets the one
 * before.
 */
sheaf_status store_attempt_begin(sheaf_database *db, const char *digest, const char *receipt,
                                 sheaf_time now, sheaf_error *err);
sheaf_status store_attempt_put(sheaf_database *db, const char *digest, const char *id, int version,
                               sheaf_error *err);
/* `receipt` becomes NULL where there is no attempt. mem_free() it. */
sheaf_status store_attempt_get(sheaf_database *db, const char *digest, char **receipt,
                               sheaf_error *err);
/* Ends the attempt: `arrived` 1: its papers are delivered; 0: they are not. */
sheaf_status store_attempt_end(sheaf_database *db, const char *digest, int arrived,
                               sheaf_error *err);

#endif
