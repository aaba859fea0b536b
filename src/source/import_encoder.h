/*
 * import_encoder.h: the encoding stage of an import: what a full batch becomes in the index, made while its documents are
 * still being stored. Which revisions they will get is a guess: the next ones. Where a document turns out to be
 * known, the writing thread encodes the batch itself, and the next few are not tried.
 */
#ifndef IMPORT_ENCODER_H
#define IMPORT_ENCODER_H

#include "store.h"

typedef struct import_encoder import_encoder;

/* `db` is only used here. */
sheaf_status import_encoder_new(sheaf_database *db, import_encoder **encoder, sheaf_error *err);
void         import_encoder_free(import_encoder *encoder);

/* Before a run: the revision that the next document gets. `batch`: one that is filled partly; or NULL. */
void import_encoder_restart(import_encoder *encoder, sheaf_revision next, const store_batch *batch);
/* Works until it is told to stop. Meant for its own thread. */
void import_encoder_run(import_encoder *encoder);
void import_encoder_stop(import_encoder *encoder);

/* The analysing side: nothing more is added to a batch. */
void import_encoder_push(import_encoder *encoder, store_batch *batch);

/*
 * The writing side, for each batch that was pushed, in order: waits until nobody else has a hand on it; and, once it
 * is written, tells which revision comes next.
 */
void import_encoder_wait(import_encoder *encoder, const store_batch *batch);
void import_encoder_settle(import_encoder *encoder, const store_batch *batch, sheaf_revision next);

#endif
