/* The queue between the threads of an import. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "import_queue.h"

static import_queue *make(import_stage first)
{
	import_queue *q;

	assert_int_equal(import_queue_new(0, &q, NULL), SHEAF_OK);
	import_queue_restart(q, first);
	return q;
}

static void push(import_queue *q, int64_t number, size_t bytes)
{
	import_item *item = import_queue_blank(q);

	assert_non_null(item);
	assert_non_null(item->doc);
	assert_non_null(item->terms);
	assert_null(item->batch);
	item->kind = IMPORT_DOCUMENT;
	item->number = number;
	item->bytes = bytes;
	import_queue_push(q, item);
}

static void test_order(void **state)
{
	import_queue *q = make(IMPORT_ANALYSED);
	import_item  *items;
	int64_t       expected = 0;

	(void)state;
	for (int64_t i = 0; i < IMPORT_QUEUE_ITEMS; i++)
		push(q, i, 1);
	import_queue_end(q);
	while ((items = import_queue_take(q, IMPORT_ANALYSED))) {
		int count = 0;

		for (import_item *item = items; item; item = item->next, count++)
			assert_int_equal(item->number, expected++);
		assert_true(count <= IMPORT_QUEUE_TAKE);
		import_queue_give_back(q, items);
	}
	assert_int_equal(expected, IMPORT_QUEUE_ITEMS);
	import_queue_free(q);
}

/* What is no document is not held back, and takes along what is before it. */
static void test_ticks(void **state)
{
	import_queue *q = make(IMPORT_READ);
	import_item  *tick, *items;

	(void)state;
	push(q, 1, 1);
	tick = import_queue_blank(q);
	assert_non_null(tick);
	tick->kind = IMPORT_TICK;
	import_queue_push(q, tick);
	items = import_queue_take(q, IMPORT_READ);
	assert_non_null(items);
	assert_int_equal(items->number, 1);
	assert_ptr_equal(items->next, tick);
	import_queue_give_back(q, items);
	import_queue_free(q);
}

/* Nobody waits for what will not come. */
static void test_abort(void **state)
{
	import_queue *q = make(IMPORT_READ);

	(void)state;
	for (int64_t i = 0; i < IMPORT_QUEUE_ITEMS; i++)
		push(q, i, 1);
	import_queue_abort(q);
	assert_null(import_queue_blank(q));
	assert_null(import_queue_take(q, IMPORT_READ));
	assert_null(import_queue_take_batch(q));
	assert_false(import_queue_is_starved(q));
	import_queue_restart(q, IMPORT_ANALYSED);
	push(q, 7, 1);
	import_queue_end(q);
	import_queue_give_back(q, import_queue_take(q, IMPORT_ANALYSED));
	assert_null(import_queue_take(q, IMPORT_ANALYSED));
	import_queue_free(q);
}

typedef struct producing {
	import_queue *queue;
	int64_t       count;
	size_t        bytes;
} producing;

static void *produce(void *ctx)
{
	producing *p = ctx;

	for (int64_t i = 0; i < p->count; i++) {
		import_item *item = import_queue_blank(p->queue);

		if (!item)
			break;
		item->kind = IMPORT_DOCUMENT;
		item->number = i;
		item->bytes = p->bytes;
		import_queue_push(p->queue, item);
	}
	import_queue_end(p->queue);
	return NULL;
}

static void *pass_on(void *ctx)
{
	producing   *p = ctx;
	import_item *items;

	while ((items = import_queue_take(p->queue, IMPORT_READ)))
		import_queue_pass(p->queue, items);
	import_queue_end_stage(p->queue, IMPORT_ANALYSED);
	return NULL;
}

/* More than fits, by count and by bytes: the last stage is waited for. */
static void flows(int64_t count, size_t bytes, import_stage first)
{
	producing    p = {make(first), count, bytes};
	int64_t      expected = 0;
	pthread_t    thread, between;
	import_item *items;

	assert_int_equal(pthread_create(&thread, NULL, produce, &p), 0);
	if (first == IMPORT_READ)
		assert_int_equal(pthread_create(&between, NULL, pass_on, &p), 0);
	while ((items = import_queue_take(p.queue, IMPORT_ANALYSED))) {
		for (import_item *item = items; item; item = item->next)
			assert_int_equal(item->number, expected++);
		import_queue_give_back(p.queue, items);
	}
	pthread_join(thread, NULL);
	if (first == IMPORT_READ)
		pthread_join(between, NULL);
	assert_int_equal(expected, count);
	import_queue_free(p.queue);
}

static void test_flow(void **state)
{
	(void)state;
	for (int first = 0; first < IMPORT_STAGES; first++) {
		flows(3 * IMPORT_QUEUE_ITEMS, 100, (import_stage)first);
		flows(50, IMPORT_QUEUE_BYTES, (import_stage)first);
		flows(500, IMPORT_QUEUE_BYTES / 3, (import_stage)first);
	}
}

static void test_abort_while_full(void **state)
{
	producing    p = {make(IMPORT_READ), 1000000, IMPORT_QUEUE_BYTES};
	pthread_t    thread, between;
	import_item *items;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, produce, &p), 0);
	assert_int_equal(pthread_create(&between, NULL, pass_on, &p), 0);
	items = import_queue_take(p.queue, IMPORT_ANALYSED);
	assert_non_null(items);
	import_queue_abort(p.queue);
	import_queue_give_back(p.queue, items);
	while ((items = import_queue_take(p.queue, IMPORT_ANALYSED)))
		import_queue_give_back(p.queue, items);
	pthread_join(thread, NULL);
	pthread_join(between, NULL);
	import_queue_free(p.queue);
}

static void *take_batch(void *ctx)
{
	return import_queue_take_batch(ctx);
}

/* A batch is waited for until one is given back, or until there is no use in it. */
static void test_batches(void **state)
{
	import_queue *q;
	store_batch  *batches[IMPORT_QUEUE_BATCHES];
	pthread_t     thread;
	void         *got;

	(void)state;
	assert_int_equal(import_queue_new(1, &q, NULL), SHEAF_OK);
	import_queue_restart(q, IMPORT_READ);
	for (int i = 0; i < IMPORT_QUEUE_BATCHES; i++) {
		batches[i] = import_queue_take_batch(q);
		assert_non_null(batches[i]);
	}
	assert_ptr_not_equal(batches[0], batches[1]);
	assert_int_equal(pthread_create(&thread, NULL, take_batch, q), 0);
	import_queue_give_batch(q, batches[1]);
	pthread_join(thread, &got);
	assert_ptr_equal(got, batches[1]);
	assert_int_equal(pthread_create(&thread, NULL, take_batch, q), 0);
	import_queue_abort(q);
	pthread_join(thread, &got);
	assert_null(got);
	for (int i = 0; i < IMPORT_QUEUE_BATCHES; i++)
		import_queue_give_batch(q, batches[i]);
	import_queue_free(q);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_ticks),
		cmocka_unit_test(test_abort),
		cmocka_unit_test(test_flow),
		cmocka_unit_test(test_abort_while_full),
		cmocka_unit_test(test_batches),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
