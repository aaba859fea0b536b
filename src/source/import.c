/*
 * import.c: files of records into a database.
 *
 * A second thread reads, parses and analyses; this one writes. All that touches the
 * database, and every callback, is on the caller's thread.
 */
#include <pthread.h>
#include <signal.h>

#include "alloc.h"
#include "error.h"
#include "import_queue.h"
#include "import_reader.h"

enum {
	BATCH = 20000,     /* documents a transaction, where the caller does not say */
	BULK_AFTER = 20000 /* documents that make an import a large one */
};

struct sheaf_import {
	sheaf_database      *db;
	sheaf_import_options options;
	import_queue        *queue;
	analyser            *analyser;
	sheaf_import_stats   stats;
	int64_t              uncommitted; /* documents in the open transaction */
	int64_t              written;     /* documents in all */
	int                  own;         /* 1: transactions are begun and committed here */
	int                  begun;       /* 1: one of them is open */
	int                  bulk;        /* 1: the engine was told that very many follow */
};

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
	status = import_queue_new(&import->queue, err);
	if (status == SHEAF_OK)
		status = analyser_new(db, &import->analyser, err);
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
	int begun = import->begun;

	import->uncommitted = 0;
	import->begun = 0;
	return begun ? sheaf_database_commit_transaction(import->db, err) : SHEAF_OK;
}

/* Between two transactions it is decided whether the import has become a large one. */
static sheaf_status end_batch(sheaf_import *import, sheaf_error *err)
{
	sheaf_status status = commit(import, err);

	if (status == SHEAF_OK && import->own && !import->bulk && import->written >= BULK_AFTER) {
		status = store_set_bulk(import->db, 1, err);
		import->bulk = status == SHEAF_OK;
	}
	return status;
}

/* ---- what comes from the reading thread ---- */

static void tell_reject(sheaf_import *import, const import_item *item, const char *reason)
{
	const sheaf_import_reject reject = {buf_str(&item->file), item->number, item->is_line,
	                                    reason};

	if (import->options.reject)
		import->options.reject(import->options.ctx, &reject);
}

static sheaf_status take_document(sheaf_import *import, import_item *item, sheaf_error *err)
{
	sheaf_error  why = {0};
	sheaf_change change = SHEAF_UNCHANGED;
	int64_t     *counts[] = {&import->stats.unchanged, &import->stats.added,
	                         &import->stats.updated};
	sheaf_status status = begin(import, &why);

	if (status == SHEAF_OK)
		status = store_replace(import->db, item->doc, item->terms, NULL, &change, &why);
	if (status == SHEAF_ERROR_INVALID_ARGUMENT) {
		import->stats.records++;
		import->stats.rejected++;
		tell_reject(import, item, why.message);
		return SHEAF_OK;
	}
	if (status == SHEAF_OK) {
		import->stats.records++;
		++*counts[change];
		import->written += change != SHEAF_UNCHANGED;
		if (++import->uncommitted >= import->options.batch)
			status = end_batch(import, &why);
	}
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

static sheaf_status take_reject(sheaf_import *import, import_item *item, sheaf_error *err)
{
	(void)err;
	/* Number 0 is a file. */
	import->stats.records += item->number > 0;
	import->stats.rejected++;
	tell_reject(import, item, buf_str(&item->reason));
	return SHEAF_OK;
}

static sheaf_status take_stream(sheaf_import *import, import_item *item, sheaf_error *err)
{
	(void)err;
	import->stats.files += !item->truncated;
	import->stats.truncated += item->truncated;
	if (item->truncated)
		tell_reject(import, item, buf_str(&item->reason));
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
		[IMPORT_DOCUMENT] = take_document,
		[IMPORT_REJECT] = take_reject,
		[IMPORT_STREAM] = take_stream,
		[IMPORT_TICK] = take_tick,
	};
	const sheaf_import_options *o = &import->options;
	sheaf_status                status = SHEAF_OK;

	for (import_item *item = items; item && status == SHEAF_OK; item = item->next) {
		import->stats.bytes = item->total_bytes;
		status = take[item->kind](import, item, err);
	}
	if (status == SHEAF_OK && o->progress && o->progress(o->ctx, &import->stats))
		status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	return status;
}

/* ---- the two threads ---- */

static void *reading_thread(void *ctx)
{
	import_reader_run(ctx);
	return NULL;
}

/* Signals are the caller's business: the new thread takes none. */
static sheaf_status start(pthread_t *thread, import_reader *reader, sheaf_error *err)
{
	sigset_t all, before;
	int      failed;

	sigfillset(&all);
	pthread_sigmask(SIG_SETMASK, &all, &before);
	failed = pthread_create(thread, NULL, reading_thread, reader);
	pthread_sigmask(SIG_SETMASK, &before, NULL);
	if (failed)
		return sheaf_fail(err, SHEAF_ERROR_NOMEM, "no thread could be started");
	return SHEAF_OK;
}

sheaf_status sheaf_import_file(sheaf_import *import, const char *path, sheaf_error *err)
{
	import_reader reader;
	import_item  *items;
	pthread_t     thread;
	sheaf_status  status;

	if (!import || !path)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no import or no path");
	reader = (import_reader){.path = path,
	                         .format = import->options.format,
	                         .strict = import->options.strict,
	                         .queue = import->queue,
	                         .analyser = import->analyser,
	                         .bytes = import->stats.bytes};
	import_queue_restart(import->queue);
	status = start(&thread, &reader, err);
	if (status != SHEAF_OK)
		return status;
	while ((items = import_queue_take(import->queue))) {
		if (status == SHEAF_OK) {
			status = take_items(import, items, err);
			if (status != SHEAF_OK)
				import_queue_abort(import->queue);
		}
		import_queue_give_back(import->queue, items);
	}
	pthread_join(thread, NULL);
	import->stats.bytes = reader.bytes;
	if (status == SHEAF_OK && reader.status != SHEAF_OK) {
		status = reader.status;
		if (err)
			*err = reader.error;
	}
	return status;
}

sheaf_status sheaf_import_finish(sheaf_import *import, sheaf_import_stats *stats, sheaf_error *err)
{
	sheaf_status status;

	if (stats)
		*stats = (sheaf_import_stats){0};
	if (!import)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no import");
	status = commit(import, err);
	if (status == SHEAF_OK && import->bulk) {
		import->bulk = 0;
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
	analyser_free(import->analyser);
	import_queue_free(import->queue);
	mem_free(import);
}
