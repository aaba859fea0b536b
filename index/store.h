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

/* Makes an analyser with the tokenizer of `db`; it shares nothing with `db` afterwards. */
sheaf_status analyser_new(sheaf_database *db, analyser **a, sheaf_error *err);
void         analyser_free(analyser *a);
analysis    *analysis_new(void); /* NULL: out of memory */
void         analysis_free(analysis *x);
/* Analyses `doc` into `x`, which is emptied first and keeps its memory. */
sheaf_status analyser_run(analyser *a, const sheaf_document *doc, analysis *x, sheaf_error *err);

/*
 * sheaf_database_replace_document() with the work of analysing done already. `x` NULL: it is
 * done here. `doc` may be changed: it is completed with what only the stored copy knows.
 */
sheaf_status store_replace(sheaf_database *db, sheaf_document *doc, const analysis *x,
                           sheaf_docid *docid, sheaf_change *change, sheaf_error *err);
/*
 * Tells the engine that very many documents follow, until the next call with 0, which merges the
 * index.
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
/* Loads a document by revision. Errors: DOC_NOT_FOUND. */
sheaf_status store_get_by_revision(sheaf_database *db, sheaf_revision revision,
                                   sheaf_document **doc, sheaf_error *err);

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

/* ---- profile sets, placements, deliveries ---- */

sheaf_status store_profile_set_put(sheaf_database *db, const char *name, const char *yaml,
                                   sheaf_error *err);
/* `yaml` becomes NULL where there is none. mem_free() it. */
sheaf_status store_profile_set_get(sheaf_database *db, const char *name, char **yaml,
                                   sheaf_error *err);
typedef int (*store_name_fn)(void *ctx, const char *name);
sheaf_status store_profile_set_each(sheaf_database *db, store_name_fn fn, void *ctx,
                                    sheaf_error *err);

/*
 * How far `profile` was classified, and the fingerprint of its text then; 0, 0 where it never was.
 */
sheaf_status store_profile_state_get(sheaf_database *db, const char *digest, const char *profile,
                                     uint64_t *fingerprint, sheaf_revision *classified,
                                     sheaf_error *err);
sheaf_status store_profile_state_put(sheaf_database *db, const char *digest, const char *profile,
                                     uint64_t fingerprint, sheaf_revision classified,
                                     sheaf_error *err);
/*
 * Forgets the profiles of `digest` that are not among `keep` (ended by NULL), with their
 * placements.
 */
sheaf_status store_profile_state_keep(sheaf_database *db, const char *digest,
                                      const char *const *keep, sheaf_error *err);

typedef struct placement_row {
	sheaf_docid    docid;
	sheaf_revision revision; /* of the document when it was placed */
	double         weight;
	int            percent;
} placement_row;
sheaf_status store_placement_put(sheaf_database *db, const char *digest, const char *profile,
                                 const placement_row *row, sheaf_error *err);
/* Removes placements: of one profile (NULL: all), of one document (0: all). */
sheaf_status store_placement_remove(sheaf_database *db, const char *digest, const char *profile,
                                    sheaf_docid docid, sheaf_error *err);
typedef int (*store_placement_fn)(void *ctx, const placement_row *row);
/* Heaviest first, then newest revision. */
sheaf_status store_placement_each(sheaf_database *db, const char *digest, const char *profile,
                                  sheaf_revision since, store_placement_fn fn, void *ctx,
                                  sheaf_error *err);

sheaf_status store_delivery_put(sheaf_database *db, const char *digest, sheaf_docid docid,
                                int version, sheaf_time now, sheaf_error *err);
/* `version` becomes the delivered version, -1 where none was. */
sheaf_status store_delivery_get(sheaf_database *db, const char *digest, sheaf_docid docid,
                                int *version, sheaf_error *err);

#endif
