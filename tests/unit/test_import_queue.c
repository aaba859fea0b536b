/* The queue between the two threads of an import. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <pthread.h>

#include "import_queue.h"

static import_queue *make(void)
{
	import_queue *q;

	assert_int_equal(import_queue_new(&q, NULL), SHEAF_OK);
	return q;
}

static void push(import_queue *q, int64_t number, size_t bytes)
{
	import_item *item = import_queue_blank(q);

	assert_non_null(item);
	assert_non_null(item->doc);
	assert_non_null(item->terms);
	item->kind = IMPORT_DOCUMENT;
	item->number = number;
	item->bytes = bytes;
	import_queue_push(q, item);
}

static void test_order(void **state)
{
	import_queue *q = make();
	import_item  *items;
	int64_t       expected = 0;

	(void)state;
	for (int64_t i = 0; i < IMPORT_QUEUE_ITEMS; i++)
		push(q, i, 1);
	import_queue_end(q);
	while ((items = import_queue_take(q))) {
		int count = 0;

		for (import_item *item = items; item; item = item->next, count++)
			assert_int_equal(item->number, expected++);
		assert_true(count <= IMPORT_QUEUE_TAKE);
		import_queue_give_back(q, items);
	}
	assert_int_equal(expected, IMPORT_QUEUE_ITEMS);
	import_queue_free(q);
}

/* Nobody waits for what will not come. */
static void test_abort(void **state)
{
	import_queue *q = make();

	(void)state;
	for (int64_t i = 0; i < IMPORT_QUEUE_ITEMS; i++)
		push(q, i, 1);
	import_queue_abort(q);
	assert_null(import_queue_blank(q));
	assert_false(import_queue_is_starved(q));
	import_queue_restart(q);
	push(q, 7, 1);
	import_queue_give_back(q, import_queue_take(q));
	import_queue_end(q);
	assert_null(import_queue_take(q));
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

/* More than fits, by count and by bytes: the writing side is waited for. */
static void flows(int64_t count, size_t bytes)
{
	producing    p = {make(), count, bytes};
	int64_t      expected = 0;
	pthread_t    thread;
	import_item *items;

	assert_int_equal(pthread_create(&thread, NULL, produce, &p), 0);
	while ((items = import_queue_take(p.queue))) {
		for (import_item *item = items; item; item = item->next)
			assert_int_equal(item->number, expected++);
		import_queue_give_back(p.queue, items);
	}
	pthread_join(thread, NULL);
	assert_int_equal(expected, count);
	import_queue_free(p.queue);
}

static void test_flow(void **state)
{
	(void)state;
	flows(20 * IMPORT_QUEUE_ITEMS, 100);
	flows(50, IMPORT_QUEUE_BYTES);
	flows(500, IMPORT_QUEUE_BYTES / 3);
}

static void test_abort_while_full(void **state)
{
	producing    p = {make(), 1000000, IMPORT_QUEUE_BYTES};
	pthread_t    thread;
	import_item *items;

	(void)state;
	assert_int_equal(pthread_create(&thread, NULL, produce, &p), 0);
	items = import_queue_take(p.queue);
	assert_non_null(items);
	import_queue_abort(p.queue);
	import_queue_give_back(p.queue, items);
	while ((items = import_queue_take(p.queue)))
		import_queue_give_back(p.queue, items);
	pthread_join(thread, NULL);
	import_queue_free(p.queue);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_abort),
		cmocka_unit_test(test_flow),
		cmocka_unit_test(test_abort_while_full),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
