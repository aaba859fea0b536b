#include "import_queue.h"

#include <pthread.h>

#include "alloc.h"
#include "error.h"

/* An item that held more gives its memory back, lest the pool grow to the size of its guests. */
enum { KEEP_BYTES = 128 << 10 };

struct import_queue {
	pthread_mutex_t mutex;
	pthread_cond_t  has_items, has_blanks;
	import_item    *first, *last; /* pushed */
	import_item    *blanks;
	size_t          made;  /* items in all */
	size_t          bytes; /* of documents pushed and not yet given back */
	int             ended, aborted;
	int             starved; /* the reading side's alone */
};

sheaf_status import_queue_new(import_queue **queue, sheaf_error *err)
{
	import_queue *q = mem_calloc(1, sizeof *q);

	*queue = NULL;
	if (!q)
		return sheaf_nomem(err);
	pthread_mutex_init(&q->mutex, NULL);
	pthread_cond_init(&q->has_items, NULL);
	pthread_cond_init(&q->has_blanks, NULL);
	*queue = q;
	return SHEAF_OK;
}

static void free_contents(import_item *item)
{
	sheaf_document_free(item->doc);
	analysis_free(item->terms);
	item->doc = NULL;
	item->terms = NULL;
}

static void free_items(import_item *item)
{
	while (item) {
		import_item *next = item->next;

		free_contents(item);
		buf_free(&item->file);
		buf_free(&item->reason);
		mem_free(item);
		item = next;
	}
}

void import_queue_free(import_queue *q)
{
	if (!q)
		return;
	free_items(q->first);
	free_items(q->blanks);
	pthread_cond_destroy(&q->has_blanks);
	pthread_cond_destroy(&q->has_items);
	pthread_mutex_destroy(&q->mutex);
	mem_free(q);
}

void import_queue_restart(import_queue *q)
{
	while (q->first) {
		import_item *item = q->first;

		q->first = item->next;
		item->next = q->blanks;
		q->blanks = item;
	}
	q->last = NULL;
	q->bytes = 0;
	q->ended = q->aborted = q->starved = 0;
}

/* An item with room for a document; NULL: out of memory. */
static import_item *furnish(import_item *item)
{
	if (!item->doc && sheaf_document_new(&item->doc, NULL) != SHEAF_OK)
		return NULL;
	if (!item->terms)
		item->terms = analysis_new();
	return item->terms ? item : NULL;
}

static int must_wait(const import_queue *q)
{
	if (q->bytes >= IMPORT_QUEUE_BYTES)
		return 1;
	return !q->blanks && q->made == IMPORT_QUEUE_ITEMS;
}

import_item *import_queue_blank(import_queue *q)
{
	import_item *item = NULL;

	pthread_mutex_lock(&q->mutex);
	while (!q->aborted && must_wait(q))
		pthread_cond_wait(&q->has_blanks, &q->mutex);
	if (!q->aborted && q->blanks) {
		item = q->blanks;
		q->blanks = item->next;
		item->next = NULL;
	} else if (!q->aborted) {
		item = mem_calloc(1, sizeof *item);
		q->made += item != NULL;
	}
	q->starved |= !item && !q->aborted;
	pthread_mutex_unlock(&q->mutex);
	if (item && !furnish(item)) {
		import_queue_give_back(q, item);
		q->starved = 1;
		return NULL;
	}
	return item;
}

int import_queue_is_starved(const import_queue *q)
{
	return q->starved;
}

void import_queue_push(import_queue *q, import_item *item)
{
	item->next = NULL;
	if (item->kind != IMPORT_DOCUMENT)
		item->bytes = 0;
	pthread_mutex_lock(&q->mutex);
	if (q->last)
		q->last->next = item;
	else
		q->first = item;
	q->last = item;
	q->bytes += item->bytes;
	pthread_cond_signal(&q->has_items);
	pthread_mutex_unlock(&q->mutex);
}

void import_queue_end(import_queue *q)
{
	pthread_mutex_lock(&q->mutex);
	q->ended = 1;
	pthread_cond_signal(&q->has_items);
	pthread_mutex_unlock(&q->mutex);
}

import_item *import_queue_take(import_queue *q)
{
	import_item *first, *last;

	pthread_mutex_lock(&q->mutex);
	while (!q->first && !q->ended)
		pthread_cond_wait(&q->has_items, &q->mutex);
	first = last = q->first;
	for (int i = 1; i < IMPORT_QUEUE_TAKE && last && last->next; i++)
		last = last->next;
	if (last) {
		q->first = last->next;
		if (!q->first)
			q->last = NULL;
		last->next = NULL;
	}
	pthread_mutex_unlock(&q->mutex);
	return first;
}

void import_queue_give_back(import_queue *q, import_item *items)
{
	size_t       bytes = 0;
	import_item *last = items;

	for (import_item *item = items; item; item = item->next) {
		bytes += item->bytes;
		if (item->bytes > KEEP_BYTES)
			free_contents(item);
		item->bytes = 0;
		last = item;
	}
	if (!last)
		return;
	pthread_mutex_lock(&q->mutex);
	last->next = q->blanks;
	q->blanks = items;
	q->bytes -= bytes;
	pthread_cond_signal(&q->has_blanks);
	pthread_mutex_unlock(&q->mutex);
}

void import_queue_abort(import_queue *q)
{
	pthread_mutex_lock(&q->mutex);
	q->aborted = 1;
	pthread_cond_signal(&q->has_blanks);
	pthread_mutex_unlock(&q->mutex);
}
