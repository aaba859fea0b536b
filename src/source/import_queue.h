/*
 * import_queue.h: what the reading thread hands to the writing one, bounded by count and bytes.
 *
 * Items are made once and go round: blank → filled and pushed → taken → given back.
 */
#ifndef IMPORT_QUEUE_H
#define IMPORT_QUEUE_H

#include "store.h"

enum {
	IMPORT_QUEUE_ITEMS = 512,
	IMPORT_QUEUE_BYTES = 32 << 20, /* of the documents that are under way */
	IMPORT_QUEUE_TAKE = 32         /* at once */
};

typedef enum import_kind {
	IMPORT_DOCUMENT = 0,
	IMPORT_REJECT, /* a record, or a file (number 0) */
	IMPORT_STREAM, /* a file has ended */
	IMPORT_TICK    /* nothing but the chance to stop */
} import_kind;

typedef struct import_item import_item;
struct import_item {
	import_item    *next;
	import_kind     kind;
	int64_t         total_bytes; /* read so far, of all files */
	sheaf_document *doc;         /* DOCUMENT */
	analysis       *terms;       /* of `doc` */
	size_t          bytes;       /* what `doc` takes, about */
	int64_t         number;      /* DOCUMENT, REJECT: line or ordinal */
	int             is_line;
	int             truncated; /* STREAM: it ended before its end */
	buf             file;      /* DOCUMENT, REJECT, STREAM */
	buf             reason;    /* REJECT; STREAM: why it is truncated */
};

typedef struct import_queue import_queue;

sheaf_status import_queue_new(import_queue **queue, sheaf_error *err);
/* Neither side may be inside a call. */
void import_queue_free(import_queue *queue);
/* Empties it for another file. */
void import_queue_restart(import_queue *queue);

/* The reading side. */

/* Waits for a blank item. NULL: aborted, or out of memory. */
import_item *import_queue_blank(import_queue *queue);
void         import_queue_push(import_queue *queue, import_item *item);
/* 1 where memory for an item was wanting. */
int import_queue_is_starved(const import_queue *queue);
/* Nothing more will come. */
void import_queue_end(import_queue *queue);

/* The writing side. */

/* Waits for items and takes some, in order, linked by `next`. NULL: the end. */
import_item *import_queue_take(import_queue *queue);
void         import_queue_give_back(import_queue *queue, import_item *items);
/* No more is wanted: blank items end. */
void import_queue_abort(import_queue *queue);

#endif
