/*
 * import.c: files of records into a database.
 *
 * One thread reads and parses, a second one analyses, a third one encodes what the index gets, this one writes.
 * All that touches the database, and every callback, is on the caller's thread.
 */
#include <pthread.h>
#include <signal.h>

#include "alloc.h"
#include "error.h"
#include "import_deleted.h"
#include "import_reader.h"
#include "import_resume.h"
#include "import_snapshot.h"

enum {
	BATCH = 16384,     /* documents a transaction, where the caller does not say */
	BULK_AFTER = 16384 /* documents that make an import a large one */
};

struct sheaf_import {
	sheaf_database      *db;
	sheaf_import_options options;
	import_queue        *queue;
	import_analyser      stage;            /* that analyses */
	import_encoder      *encoder;          /* NULL: this thread encodes, too */
	import_item         *late, **late_end; /* documents of the batch that wait for its end */
	analysis            *terms;            /* scratch */
	import_deleted       deleted;          /* what the files say is gone */
	import_resume        resume;           /* how far the file is stored */
	sheaf_time           newest;           /* datestamp of its snapshots; NONE: it has none */
	sheaf_import_stats   stats;
	int64_t              uncommitted; /* documents in the open transaction */
	int64_t              written;     /* documents in all */
	int                  own;         /* 1: transactions are begun and committed here */
	int                  begun;       /* 1: one of them is open */
	int                  bulk;        /* 1: the engine was told that very many follow */
};

static sheaf_status prepare(sheaf_import *import, sheaf_error *err)
{
	import_analyser *stage = &import->stage;
	sheaf_status     status = store_can_batch(import->db, &stage->batching, err);

	if (status == SHEAF_OK)
		status = analyser_new(import->db, &stage->analyser, err);
	if (status == SHEAF_OK)
		status = import_queue_new(stage->batching, &import->queue, err);
	if (status == SHEAF_OK && stage->batching && import->options.jobs != 1)
		status = import_encoder_new(import->db, &import->encoder, err);
	stage->queue = import->queue;
	stage->encoder = import->encoder;
	stage->batch_documents = import->own ? import->options.batch : 0;
	import->terms = analysis_new();
	return status == SHEAF_OK && !import->terms ? sheaf_nomem(err) : status;
}

sheaf_status sheaf_import_new(sheaf_database *db, const sheaf_import_options *options,
                              sheaf_import **out, sheaf_error *err)
{
	static const sheaf_import_options defaults;
	sheaf_import                     *import;
	sheaf_status                      status;

	if (!out)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "nowhere to put the import");
	*out = NULL;
	if (!options)
		options = &defaults;
	if (!db || options->jobs < 0 || options->batch < 0)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, or a negative number of jobs or documents");
	import = mem_calloc(1, sizeof *import);
	if (!import)
		return sheaf_nomem(err);
	import->db = db;
	import->options = *options;
	if (!import->options.batch)
		import->options.batch = BATCH;
	import->own = !store_in_transaction(db);
	import->late_end = &import->late;
	store_set_force(db, options->force);
	status = prepare(import, err);
	if (status != SHEAF_OK) {
		sheaf_import_free(import);
		return status;
	}
	*out = import;
	return SHEAF_OK;
}

/* ---- transactions ---- */

static sheaf_status begin(sheaf_import *import, sheaf_error *err)
{
	sheaf_status status;

	if (!import->own || import->begun)
		return SHEAF_OK;
	status = sheaf_database_begin_transaction(import->db, err);
	import->begun = status == SHEAF_OK;
	return status;
}

static sheaf_status commit(sheaf_import *import, sheaf_error *err)
{
	int          begun = import->begun;
	sheaf_status status = begun ? import_resume_save(&import->resume, import->db, err)
	                            : SHEAF_OK;

	if (status != SHEAF_OK)
		return status;
	import->uncommitted = 0;
	import->begun = 0;
	return begun ? sheaf_database_commit_transaction(import->db, err) : SHEAF_OK;
}

/* Between two transactions it is decided whether the import has become a large one. */
static sheaf_status end_transaction(sheaf_import *import, sheaf_error *err)
{
	sheaf_status status = commit(import, err);

	if (status == SHEAF_OK && import->own && !import->bulk && import->written >= BULK_AFTER) {
		status = store_set_bulk(import->db, 1, err);
		import->bulk = status == SHEAF_OK;
	}
	return status;
}

/* ---- what comes from the other threads ---- */

static void tell_reject(sheaf_import *import, const import_item *item, const char *reason)
{
	const sheaf_import_reject reject = {buf_str(&item->file), item->number, item->is_line,
	                                    reason};

	if (import->options.reject)
		import->options.reject(import->options.ctx, &reject);
}

/* Counts a document that was stored, or could not be and is passed over. */
static sheaf_status count_document(sheaf_import *import, const import_item *item,
                                   sheaf_status status, sheaf_change change, const sheaf_error *why,
                                   sheaf_error *err)
{
	int64_t *counts[] = {&import->stats.unchanged, &import->stats.added, &import->stats.updated,
	                     &import->stats.kept_out};

	import->uncommitted++;
	if (status == SHEAF_ERROR_INVALID_ARGUMENT) {
		import->stats.records++;
		import->stats.rejected++;
		tell_reject(import, item, why->message);
		return SHEAF_OK;
	}
	if (status != SHEAF_OK) {
		if (err)
			*err = *why;
		return status;
	}
	import->stats.records++;
	++*counts[change];
	if (change == SHEAF_ADDED)
		import->stats.changes[SHEAF_CHANGE_NEW]++;
	else if (change == SHEAF_UPDATED)
		import->stats.changes[item->doc->value[SHEAF_FIELD_CHANGE]]++;
	import->written += change == SHEAF_ADDED || change == SHEAF_UPDATED;
	return SHEAF_OK;
}

/* Keeps what is needed of an item that goes back to the queue. */
static sheaf_status keep_late(sheaf_import *import, import_item *item, sheaf_error *err)
{
	import_item *late = mem_calloc(1, sizeof *late);

	if (!late)
		return sheaf_nomem(err);
	late->doc = item->doc;
	late->number = item->number;
	late->is_line = item->is_line;
	late->file = item->file;
	item->doc = NULL;
	item->file = (buf)BUF_INIT(0);
	*import->late_end = late;
	import->late_end = &late->next;
	return SHEAF_OK;
}

static void drop_late(sheaf_import *import)
{
	import_items_free(import->late);
	import->late = NULL;
	import->late_end = &import->late;
}

static sheaf_status store_late(sheaf_import *import, store_batch *batch, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	store_batch_set_busy(batch, 0);
	for (import_item *item = import->late; item && status == SHEAF_OK; item = item->next) {
		sheaf_error  why = {0};
		sheaf_change change;

		status = store_batch_put_late(import->db, batch, item->doc, import->terms, &change,
		                              &why);
		status = count_document(import, item, status, change, &why, err);
	}
	if (status != SHEAF_OK)
		import_resume_lose(&import->resume);
	drop_late(import);
	return status;
}

/*
 * All documents of a batch are there. What was stored is written even where the rest could not be: rows that
 * no search finds must not be committed.
 */
static sheaf_status end_batch(sheaf_import *import, import_item *item, sheaf_error *err)
{
	sheaf_status status, written;

	if (import->encoder)
		import_encoder_wait(import->encoder, item->batch);
	status = store_late(import, item->batch, err);
	written = store_batch_write(import->db, item->batch, status == SHEAF_OK ? err : NULL);
	if (import->encoder)
		import_encoder_settle(import->encoder, item->batch,
		                      store_next_revision(import->db));
	import_queue_give_batch(import->queue, item->batch);
	item->ends_batch = 0;
	return status == SHEAF_OK ? written : status;
}

static sheaf_status store_document(sheaf_import *import, import_item *item, sheaf_error *err)
{
	sheaf_error  why = {0};
	sheaf_change change = SHEAF_UNCHANGED;
	int          later = 0;
	sheaf_status status = begin(import, &why);

	if (status == SHEAF_OK && item->batch) {
		store_batch_set_busy(item->batch, 1);
		status = store_batch_put(import->db, item->batch, item->batch_number, item->doc,
		                         item->terms, &change, &later, &why);
	} else if (status == SHEAF_OK) {
		status = store_replace(import->db, item->doc, item->terms, NULL, &change, &why);
	}
	if (status == SHEAF_OK && later)
		return keep_late(import, item, err);
	return count_document(import, item, status, change, &why, err);
}

static sheaf_status take_document(sheaf_import *import, import_item *item, sheaf_error *err)
{
	int          whole = !item->batch || item->ends_batch;
	sheaf_status status = store_document(import, item, err);

	if (status == SHEAF_OK && item->ends_batch)
		status = end_batch(import, item, err);
	if (status == SHEAF_OK)
		import_resume_advance(&import->resume, &item->at);
	if (status == SHEAF_OK && whole && import->uncommitted >= import->options.batch)
		status = end_transaction(import, err);
	return status;
}

static sheaf_status take_reject(sheaf_import *import, import_item *item, sheaf_error *err)
{
	(void)err;
	/* Number 0 is a file. */
	import->stats.records += item->number > 0;
	import->stats.rejected++;
	import_resume_advance(&import->resume, &item->at);
	tell_reject(import, item, buf_str(&item->reason));
	return SHEAF_OK;
}

static sheaf_status take_deleted(sheaf_import *import, import_item *item, sheaf_error *err)
{
	return import_deleted_add(&import->deleted,
	                          sheaf_document_get_text(item->doc, SHEAF_FIELD_ID),
	                          sheaf_document_get_value(item->doc, SHEAF_FIELD_DATESTAMP), err);
}

static sheaf_status take_stream(sheaf_import *import, import_item *item, sheaf_error *err)
{
	(void)err;
	import->stats.files += !item->truncated;
	import->stats.truncated += item->truncated;
	if (item->truncated)
		tell_reject(import, item, buf_str(&item->reason));
	if (item->snapshot)
		import_snapshot_meet(&import->newest, &item->at);
	return SHEAF_OK;
}

static sheaf_status take_resumed(sheaf_import *import, import_item *item, sheaf_error *err)
{
	(void)err;
	import->stats.resumed += item->number;
	return SHEAF_OK;
}

static sheaf_status take_tick(sheaf_import *import, import_item *item, sheaf_error *err)
{
	(void)import, (void)item, (void)err;
	return SHEAF_OK;
}

static sheaf_status take_items(sheaf_import *import, import_item *items, sheaf_error *err)
{
	static sheaf_status (*const take[])(sheaf_import *, import_item *, sheaf_error *) = {
		[IMPORT_DOCUMENT] = take_document, [IMPORT_REJECT] = take_reject,
		[IMPORT_STREAM] = take_stream,     [IMPORT_TICK] = take_tick,
		[IMPORT_DELETED] = take_deleted,   [IMPORT_RESUMED] = take_resumed,
	};
	const sheaf_import_options *o = &import->options;
	sheaf_status                status = SHEAF_OK;

	for (import_item *item = items; item && status == SHEAF_OK; item = item->next) {
		import->stats.bytes = item->total_bytes;
		import->stats.file_bytes = item->file_bytes;
		import->stats.file_size = item->file_size;
		status = take[item->kind](import, item, err);
	}
	if (status == SHEAF_OK && o->progress && o->progress(o->ctx, &import->stats))
		status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	return status;
}

/* ---- the threads ---- */

static void *reading_thread(void *ctx)
{
	import_reader_run(ctx);
	return NULL;
}

static void *analysing_thread(void *ctx)
{
	import_analyser_run_all(ctx);
	return NULL;
}

static void *encoding_thread(void *ctx)
{
	import_encoder_run(ctx);
	return NULL;
}

/* Signals are the caller's business: the new thread takes none. */
static sheaf_status start(pthread_t *thread, void *(*run)(void *), void *ctx, sheaf_error *err)
{
	sigset_t all, before;
	int      failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(thread, NULL, run, ctx);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed)
		return sheaf_fail(err, SHEAF_ERROR_NOMEM, "no thread could be started");
	return SHEAF_OK;
}

/* After a failure there may be ends of batches among the items. */
static void give_back(sheaf_import *import, import_item *items)
{
	for (import_item *item = items; item; item = item->next)
		if (item->ends_batch)
			end_batch(import, item, NULL);
	import_queue_give_back(import->queue, items);
}

/* Takes until the end, also what nobody wants any more after a failure. */
static sheaf_status take_all(sheaf_import *import, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	import_item *items;

	while ((items = import_queue_take(import->queue, IMPORT_ANALYSED))) {
		if (status == SHEAF_OK) {
			status = take_items(import, items, err);
			if (status != SHEAF_OK)
				import_queue_abort(import->queue);
		}
		give_back(import, items);
	}
	return status;
}

/* The stages that read and analyse, and this thread's. */
static sheaf_status run_queue(sheaf_import *import, import_reader *reader, sheaf_error *err)
{
	import_analyser *stage = &import->stage;
	int              alone = import->options.jobs == 1;
	pthread_t        reading, analysing;
	sheaf_status     status;

	stage->status = SHEAF_OK;
	import_queue_restart(import->queue, alone ? IMPORT_ANALYSED : IMPORT_READ);
	if (!alone && start(&analysing, analysing_thread, stage, NULL) != SHEAF_OK) {
		alone = 1;
		import_queue_restart(import->queue, IMPORT_ANALYSED);
	}
	reader->analyser = alone ? stage : NULL;
	status = start(&reading, reading_thread, reader, err);
	if (status != SHEAF_OK) {
		import_queue_abort(import->queue);
		if (!alone)
			pthread_join(analysing, NULL);
		return status;
	}
	status = take_all(import, err);
	if (!alone)
		pthread_join(analysing, NULL);
	pthread_join(reading, NULL);
	return status;
}

/* Without a thread of its own, this one encodes. */
static void drop_encoder(sheaf_import *import)
{
	import_encoder_free(import->encoder);
	import->encoder = import->stage.encoder = NULL;
}

/* Runs all stages over one file. The first failure, in the order of what is written, is told. */
static sheaf_status run_stages(sheaf_import *import, import_reader *reader, sheaf_error *err)
{
	import_encoder *encoder = import->encoder;
	pthread_t       encoding;
	sheaf_status    status;

	if (encoder) {
		import_encoder_restart(encoder, store_next_revision(import->db),
		                       import->stage.batch);
		if (start(&encoding, encoding_thread, encoder, NULL) != SHEAF_OK)
			drop_encoder(import);
	}
	status = run_queue(import, reader, err);
	if (!import->encoder)
		return status;
	import_encoder_stop(encoder);
	pthread_join(encoding, NULL);
	return status;
}

/*
 * What was taken of the batch that is not full yet stays with it, for the next file to go on with; within
 * the caller's transaction it is written.
 */
static sheaf_status end_batches(sheaf_import *import, sheaf_error *err)
{
	store_batch *batch = import->stage.batch;
	sheaf_status status, written = SHEAF_OK;

	if (!batch)
		return SHEAF_OK;
	status = store_late(import, batch, err);
	if (!import->own)
		written = store_batch_write(import->db, batch, status == SHEAF_OK ? err : NULL);
	return status == SHEAF_OK ? written : status;
}

/* Of a file that was read to its end: what is known of it now. */
static sheaf_status end_whole_file(sheaf_import *import, sheaf_error *err)
{
	int          remembered = import_resume_is_remembered(&import->resume);
	sheaf_status status = SHEAF_OK;

	if (remembered || import->newest != SHEAF_TIME_NONE)
		status = begin(import, err);
	if (status == SHEAF_OK && remembered)
		status = import_resume_forget(&import->resume, import->db, err);
	if (status == SHEAF_OK)
		status = import_snapshot_cover(import->db, import->newest, import->options.now,
		                               err);
	return status;
}

/* Also where nothing but rejected records came since the last transaction: they have been told, once. */
static sheaf_status save_resume(sheaf_import *import, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (import->resume.changed)
		status = begin(import, err);
	return status == SHEAF_OK ? import_resume_save(&import->resume, import->db, err) : status;
}

/* `whole` 0: it ends before its end, and is gone on with where it was left, if it can be. */
static sheaf_status end_file(sheaf_import *import, int whole, sheaf_error *err)
{
	sheaf_status status = end_batches(import, err);

	if (status == SHEAF_OK && whole) {
		status = end_whole_file(import, err);
	} else if (status == SHEAF_OK && import->own) {
		status = save_resume(import, err);
		import->stats.resumable = import_resume_is_remembered(&import->resume);
	}
	import_resume_end(&import->resume);
	return status;
}

/* The first failure of all stages, in the order of what is written. */
static sheaf_status read_file(sheaf_import *import, const char *path, const import_row *from,
                              sheaf_error *err)
{
	import_reader reader = {.path = path,
	                        .format = import->options.format,
	                        .strict = import->options.strict,
	                        .now = import->options.now,
	                        .queue = import->queue,
	                        .bytes = import->stats.bytes,
	                        .disk_bytes = import->stats.file_bytes,
	                        .disk_size = import->stats.file_size,
	                        .from = *from};
	sheaf_status  status;

	if (import->stage.batch)
		store_batch_resume(import->db, import->stage.batch);
	status = run_stages(import, &reader, err);
	import->stats.bytes = reader.bytes;
	import->stats.file_bytes = reader.disk_bytes;
	import->stats.file_size = reader.disk_size;
	if (status == SHEAF_OK && import->stage.status != SHEAF_OK) {
		status = import->stage.status;
		*err = import->stage.error;
	} else if (status == SHEAF_OK && reader.status != SHEAF_OK) {
		status = reader.status;
		*err = reader.error;
	}
	return status;
}

/* Only JSON Lines are gone on with, and only in transactions that are the import's own. */
static sheaf_status begin_file(sheaf_import *import, const char *path, import_row *from,
                               sheaf_error *err)
{
	sheaf_source_format format = import->options.format;

	import->newest = SHEAF_TIME_NONE;
	import->stats.resumable = 0;
	*from = (import_row){.newest = SHEAF_TIME_NONE};
	if (!import->own || (format != SHEAF_SOURCE_AUTO && format != SHEAF_SOURCE_JSONL))
		return SHEAF_OK;
	return import_resume_begin(&import->resume, import->db, path, from, err);
}

sheaf_status sheaf_import_file(sheaf_import *import, const char *path, sheaf_error *err)
{
	import_row   from;
	sheaf_error  why = {0};
	sheaf_status status, ended;

	if (!import || !path)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no import or no path");
	status = begin_file(import, path, &from, err);
	if (status != SHEAF_OK)
		return status;
	status = read_file(import, path, &from, &why);
	ended = end_file(import, status == SHEAF_OK, status == SHEAF_OK ? &why : NULL);
	if (status == SHEAF_OK)
		status = ended;
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

/* The merge of all needs memory of its own. */
static void trim(sheaf_import *import)
{
	if (import->stage.batch)
		import_queue_give_batch(import->queue, import->stage.batch);
	import->stage.batch = NULL;
	import_queue_trim(import->queue);
}

/* After all papers: each may have come in this import. Only those that are marked now are counted. */
static sheaf_status mark_deleted(sheaf_import *import, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	if (import->deleted.count)
		status = commit(import, err);
	if (import->deleted.count && status == SHEAF_OK)
		status = begin(import, err);
	for (size_t i = 0; i < import->deleted.count && status == SHEAF_OK; i++) {
		const import_deletion *d = &import->deleted.list[i];
		sheaf_change           change;

		status = store_withdraw(import->db, d->id, d->datestamp, &change, err);
		if (status == SHEAF_OK && change == SHEAF_UPDATED) {
			import->stats.records++;
			import->stats.updated++;
			import->stats.changes[SHEAF_CHANGE_WITHDRAWN]++;
		}
	}
	import->deleted.count = 0;
	return status;
}

sheaf_status sheaf_import_finish(sheaf_import *import, sheaf_import_stats *stats, sheaf_error *err)
{
	sheaf_status status;

	if (stats)
		*stats = (sheaf_import_stats){0};
	if (!import)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no import");
	status = mark_deleted(import, err);
	if (status == SHEAF_OK)
		status = commit(import, err);
	if (status == SHEAF_OK && import->bulk) {
		import->bulk = 0;
		trim(import);
		status = store_set_bulk(import->db, 0, err);
	} else if (status == SHEAF_OK && import->own) {
		status = store_settle(import->db, err);
	}
	if (stats)
		*stats = import->stats;
	return status;
}

void sheaf_import_free(sheaf_import *import)
{
	if (!import)
		return;
	if (import->begun)
		sheaf_database_cancel_transaction(import->db);
	if (import->bulk)
		store_set_bulk(import->db, 0, NULL);
	store_set_force(import->db, 0);
	drop_late(import);
	import_deleted_free(&import->deleted);
	import_resume_end(&import->resume);
	store_batch_free(import->stage.batch);
	analyser_free(import->stage.analyser);
	import_encoder_free(import->encoder);
	analysis_free(import->terms);
	import_queue_free(import->queue);
	mem_free(import);
}
