#include "import_queue.h"

#include <pthread.h>

#include "alloc.h"
#include "error.h"

/* An item that held more gives its memory back, lest the pool grow to the size of its guests. */
enum { KEEP_BYTES = 16 << 10 };

typedef struct chain {
	import_item *first, *last;
	size_t       count, bytes;
} chain;

typedef struct waiting_room {
	chain          items;
	int            ended;
	pthread_cond_t changed;
} waiting_room;

struct import_queue {
	pthread_mutex_t mutex;
	pthread_cond_t  has_blanks, has_batch;
	waiting_room    rooms[IMPORT_STAGES];
	import_item    *blanks;
	size_t          made;  /* items in all */
	size_t          bytes; /* of documents handed on and not yet given back */
	int             aborted;
	store_batch    *batches[IMPORT_QUEUE_BATCHES]; /* empty ones */
	size_t          batch_count;
	/* the reading side's alone */
	import_stage first;
	import_item *spare;  /* blanks taken */
	chain        filled; /* to be handed on */
	int          starved;
};

/* ---- chains ---- */

static void chain_add(chain *c, import_item *item)
{
	item->next = NULL;
	if (c->last)
		c->last->next = item;
	else
		c->first = item;
	c->last = item;
	c->count++;
	c->bytes += item->bytes;
}

static import_item *chain_shift(chain *c)
{
	import_item *item = c->first;

	c->first = item->next;
	c->count--;
	c->bytes -= item->bytes;
	if (!c->first)
		c->last = NULL;
	return item;
}

static void chain_join(chain *c, chain *more)
{
	if (!more->first)
		return;
	if (c->last)
		c->last->next = more->first;
	else
		c->first = more->first;
	c->last = more->last;
	c->count += more->count;
	c->bytes += more->bytes;
	*more = (chain){0};
}

/* ---- items and the queue ---- */

static void free_contents(import_item *item)
{
	sheaf_document_free(item->doc);
	analysis_free(item->terms);
	item->doc = NULL;
	item->terms = NULL;
}

void import_items_free(import_item *item)
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

static sheaf_status make_batches(import_queue *q, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && q->batch_count < IMPORT_QUEUE_BATCHES) {
		status = store_batch_new(&q->batches[q->batch_count], err);
		q->batch_count += status == SHEAF_OK;
	}
	return status;
}

sheaf_status import_queue_new(int batches, import_queue **queue, sheaf_error *err)
{
	import_queue *q = mem_calloc(1, sizeof *q);
	sheaf_status  status;

	*queue = NULL;
	if (!q)
		return sheaf_nomem(err);
	pthread_mutex_init(&q->mutex, NULL);
	pthread_cond_init(&q->has_blanks, NULL);
	pthread_cond_init(&q->has_batch, NULL);
	for (int i = 0; i < IMPORT_STAGES; i++)
		pthread_cond_init(&q->rooms[i].changed, NULL);
	status = batches ? make_batches(q, err) : SHEAF_OK;
	if (status == SHEAF_OK)
		*queue = q;
	else
		import_queue_free(q);
	return status;
}

void import_queue_free(import_queue *q)
{
	if (!q)
		return;
	for (int i = 0; i < IMPORT_STAGES; i++) {
		import_items_free(q->rooms[i].items.first);
		pthread_cond_destroy(&q->rooms[i].changed);
	}
	import_items_free(q->filled.first);
	import_items_free(q->spare);
	import_items_free(q->blanks);
	while (q->batch_count)
		store_batch_free(q->batches[--q->batch_count]);
	pthread_cond_destroy(&q->has_batch);
	pthread_cond_destroy(&q->has_blanks);
	pthread_mutex_destroy(&q->mutex);
	mem_free(q);
}

static void trim_batches(import_queue *q)
{
	for (size_t i = 0; i < q->batch_count; i++) {
		store_batch *small;

		if (store_batch_new(&small, NULL) != SHEAF_OK)
			return;
		store_batch_free(q->batches[i]);
		q->batches[i] = small;
	}
}

static size_t free_items(import_item *items)
{
	size_t count = 0;

	for (const import_item *item = items; item; item = item->next)
		count++;
	import_items_free(items);
	return count;
}

void import_queue_trim(import_queue *q)
{
	trim_batches(q);
	q->made -= free_items(q->blanks) + free_items(q->spare);
	q->blanks = q->spare = NULL;
}

static void add_blanks(import_queue *q, import_item *first, import_item *last)
{
	if (!first)
		return;
	last->next = q->blanks;
	q->blanks = first;
}

void import_queue_restart(import_queue *q, import_stage first)
{
	for (int i = 0; i < IMPORT_STAGES; i++) {
		add_blanks(q, q->rooms[i].items.first, q->rooms[i].items.last);
		q->rooms[i].items = (chain){0};
		q->rooms[i].ended = 0;
	}
	add_blanks(q, q->filled.first, q->filled.last);
	q->filled = (chain){0};
	q->bytes = 0;
	q->aborted = q->starved = 0;
	q->first = first;
}

/* ---- the reading side ---- */

/* An item with room for a document; NULL: out of memory. */
static import_item *furnish(import_item *item)
{
	if (!item->doc && sheaf_document_new(&item->doc, NULL) != SHEAF_OK)
		return NULL;
	if (!item->terms)
		item->terms = analysis_new();
	return item->terms ? item : NULL;
}

static void hand_on(import_queue *q, import_stage stage, chain *items)
{
	chain_join(&q->rooms[stage].items, items);
	pthread_cond_signal(&q->rooms[stage].changed);
}

static int must_wait(const import_queue *q)
{
	if (q->bytes >= IMPORT_QUEUE_BYTES)
		return 1;
	return !q->blanks && q->made == IMPORT_QUEUE_ITEMS;
}

/* Moves some blanks, or makes one. Whoever waits holds nothing back that others wait for. */
static void fetch_spare(import_queue *q)
{
	pthread_mutex_lock(&q->mutex);
	if (!q->aborted && must_wait(q) && q->filled.first) {
		q->bytes += q->filled.bytes;
		hand_on(q, q->first, &q->filled);
	}
	while (!q->aborted && must_wait(q))
		pthread_cond_wait(&q->has_blanks, &q->mutex);
	for (int i = 0; !q->aborted && q->blanks && i < IMPORT_QUEUE_TAKE; i++) {
		import_item *item = q->blanks;

		q->blanks = item->next;
		item->next = q->spare;
		q->spare = item;
	}
	if (!q->aborted && !q->spare) {
		q->spare = mem_calloc(1, sizeof *q->spare);
		q->made += q->spare != NULL;
		q->starved |= !q->spare;
	}
	pthread_mutex_unlock(&q->mutex);
}

import_item *import_queue_blank(import_queue *q)
{
	import_item *item;

	if (!q->spare)
		fetch_spare(q);
	item = q->spare;
	if (!item)
		return NULL;
	if (!furnish(item)) {
		q->starved = 1;
		return NULL;
	}
	q->spare = item->next;
	item->next = NULL;
	item->batch = NULL;
	item->ends_batch = 0;
	item->bytes = 0;
	return item;
}

int import_queue_is_starved(const import_queue *q)
{
	return q->starved;
}

static void push_filled(import_queue *q)
{
	pthread_mutex_lock(&q->mutex);
	q->bytes += q->filled.bytes;
	hand_on(q, q->first, &q->filled);
	/* What is handed on counts from now on, and an end of all has to be noticed here, too. */
	while (!q->aborted && q->bytes >= IMPORT_QUEUE_BYTES)
		pthread_cond_wait(&q->has_blanks, &q->mutex);
	pthread_mutex_unlock(&q->mutex);
}

void import_queue_push(import_queue *q, import_item *item)
{
	if (item->kind != IMPORT_DOCUMENT)
		item->bytes = 0;
	chain_add(&q->filled, item);
	if (q->filled.count >= IMPORT_QUEUE_TAKE || item->kind != IMPORT_DOCUMENT ||
	    item->ends_batch || q->filled.bytes >= IMPORT_QUEUE_BYTES / IMPORT_QUEUE_TAKE)
		push_filled(q);
}

void import_queue_end_stage(import_queue *q, import_stage stage)
{
	pthread_mutex_lock(&q->mutex);
	q->rooms[stage].ended = 1;
	pthread_cond_signal(&q->rooms[stage].changed);
	pthread_mutex_unlock(&q->mutex);
}

void import_queue_end(import_queue *q)
{
	if (q->filled.first)
		push_filled(q);
	import_queue_end_stage(q, q->first);
}

/* ---- the other sides ---- */

import_item *import_queue_take(import_queue *q, import_stage stage)
{
	waiting_room *room = &q->rooms[stage];
	chain         taken = {0};

	pthread_mutex_lock(&q->mutex);
	while (!room->items.first && !room->ended && !(stage == IMPORT_READ && q->aborted))
		pthread_cond_wait(&room->changed, &q->mutex);
	for (int i = 0; i < IMPORT_QUEUE_TAKE && room->items.first; i++)
		chain_add(&taken, chain_shift(&room->items));
	pthread_mutex_unlock(&q->mutex);
	return taken.first;
}

void import_queue_pass(import_queue *q, import_item *items)
{
	chain c = {0};

	while (items) {
		import_item *next = items->next;

		chain_add(&c, items);
		items = next;
	}
	pthread_mutex_lock(&q->mutex);
	hand_on(q, IMPORT_ANALYSED, &c);
	pthread_mutex_unlock(&q->mutex);
}

store_batch *import_queue_take_batch(import_queue *q)
{
	store_batch *batch = NULL;

	pthread_mutex_lock(&q->mutex);
	while (!q->aborted && !q->batch_count)
		pthread_cond_wait(&q->has_batch, &q->mutex);
	if (!q->aborted)
		batch = q->batches[--q->batch_count];
	pthread_mutex_unlock(&q->mutex);
	return batch;
}

void import_queue_give_batch(import_queue *q, store_batch *batch)
{
	pthread_mutex_lock(&q->mutex);
	q->batches[q->batch_count++] = batch;
	pthread_cond_signal(&q->has_batch);
	pthread_mutex_unlock(&q->mutex);
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
	add_blanks(q, items, last);
	q->bytes -= bytes;
	pthread_cond_signal(&q->has_blanks);
	pthread_mutex_unlock(&q->mutex);
}

void import_queue_abort(import_queue *q)
{
	chain dropped = {0};

	pthread_mutex_lock(&q->mutex);
	q->aborted = 1;
	chain_join(&dropped, &q->rooms[IMPORT_READ].items);
	q->bytes -= dropped.bytes;
	add_blanks(q, dropped.first, dropped.last);
	pthread_cond_broadcast(&q->has_blanks);
	pthread_cond_broadcast(&q->has_batch);
	for (int i = 0; i < IMPORT_STAGES; i++)
		pthread_cond_broadcast(&q->rooms[i].changed);
	pthread_mutex_unlock(&q->mutex);
}
