/*
 * import_queue.h: what the threads of an import hand on, bounded by count and bytes.
 *
 * Items are made once and go round: blank → filled by the reading thread → analysed → taken by the writing
 * thread → given back. They are handed on several at a time, linked by `next`, since each time costs a lock.
 */
#ifndef IMPORT_QUEUE_H
#define IMPORT_QUEUE_H

#include "store.h"

enum {
	IMPORT_QUEUE_ITEMS = 16384,
	IMPORT_QUEUE_BYTES = 32 << 20, /* of the documents that are under way */
	IMPORT_QUEUE_TAKE = 32,        /* at once */
	IMPORT_QUEUE_BATCHES = 2       /* one is filled while the other is written */
};

typedef enum import_kind {
	IMPORT_DOCUMENT = 0,
	IMPORT_REJECT,  /* a record, or a file (number 0) */
	IMPORT_STREAM,  /* a file has ended */
	IMPORT_TICK,    /* nothing but the chance to stop */
	IMPORT_DELETED, /* a record that says its paper is gone: document with id and datestamp */
	IMPORT_RESUMED  /* `number` lines of the file need not be read again */
} import_kind;

/* Where items wait: for the analysing thread, for the writing one. */
typedef enum import_stage { IMPORT_READ = 0, IMPORT_ANALYSED, IMPORT_STAGES } import_stage;

typedef struct import_item import_item;
struct import_item {
	import_item    *next;
	import_kind     kind;
	int64_t         total_bytes; /* read so far, of all files */
	int64_t         file_bytes;  /* of them as they lie on disk … */
	int64_t         file_size;   /* … and of how many; -1: not known */
	import_row      at;    /* what is stored once this and all before is; `bytes` 0: not told */
	sheaf_document *doc;   /* DOCUMENT */
	analysis       *terms; /* of `doc` */
	store_batch    *batch; /* that its postings are in; NULL: they are in `terms` */
	uint32_t        batch_number;
	int             ends_batch; /* nothing more is added to it */
	size_t          bytes;      /* what `doc` takes, about */
	int64_t         number;     /* DOCUMENT, REJECT: line or ordinal; RESUMED */
	int             is_line;
	int             truncated; /* STREAM: it ended before its end */
	int snapshot; /* STREAM: of JSON Lines, and all of it was read: `at` is of it all */
	buf file;     /* DOCUMENT, REJECT, STREAM */
	buf reason;   /* REJECT; STREAM: why it is truncated */
};

/* Frees items with what they hold. Takes NULL. */
void import_items_free(import_item *items);

typedef struct import_queue import_queue;

/* `batches` 1: with batches. */
sheaf_status import_queue_new(int batches, import_queue **queue, sheaf_error *err);
/* No thread may be inside a call. */
void import_queue_free(import_queue *queue);
/* Gives memory back that only waits for use. No thread may be inside a call. */
void import_queue_trim(import_queue *queue);
/* Empties it for another file. What the reading side pushes waits for `first`. */
void import_queue_restart(import_queue *queue, import_stage first);

/* The reading side. */

/* Waits for a blank item. NULL: aborted, or out of memory. */
import_item *import_queue_blank(import_queue *queue);
/* Hands an item on: at once where it is no document or ends a batch, else with some that follow. */
void import_queue_push(import_queue *queue, import_item *item);
/* 1 where memory for an item was wanting. */
int import_queue_is_starved(const import_queue *queue);
/* Nothing more will come from the reading side. */
void import_queue_end(import_queue *queue);

/* The analysing side, beside import_queue_take(). */

/* Waits for an empty batch. NULL: aborted. */
store_batch *import_queue_take_batch(import_queue *queue);
/* Hands items on to the writing side. */
void import_queue_pass(import_queue *queue, import_item *items);
void import_queue_end_stage(import_queue *queue, import_stage stage);

/* The writing side. */

/* Waits for items and takes some, in order. NULL: the end, or, for the analysing side, aborted. */
import_item *import_queue_take(import_queue *queue, import_stage stage);
void         import_queue_give_back(import_queue *queue, import_item *items);
void         import_queue_give_batch(import_queue *queue, store_batch *batch);

/* Tells the other sides to stop, and drops what has not been analysed; take on until the end. */
void import_queue_abort(import_queue *queue);

#endif
