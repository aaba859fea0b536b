/* The encoding stage: batches are made ahead in order, and not when that was for nothing. */
#include "import_encoder.h"

#include <pthread.h>

#include "engine_fixture.h"
#include "store_batch.h"

enum { DOCUMENTS = 10 };

static engine          e;
static import_encoder *encoder;
static analyser       *a;
static analysis       *x;
static store_batch    *batches[2];

static void *work(void *ctx)
{
	import_encoder_run(ctx);
	return NULL;
}

static int setup(void **state)
{
	sheaf_error err;

	(void)state;
	engine_begin(&e, "encoder");
	must(import_encoder_new(e.db, &encoder, &err), &err);
	must(analyser_new(e.db, &a, &err), &err);
	x = analysis_new();
	for (int i = 0; i < 2; i++)
		must(store_batch_new(&batches[i], &err), &err);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	for (int i = 0; i < 2; i++)
		store_batch_free(batches[i]);
	analysis_free(x);
	analyser_free(a);
	import_encoder_free(encoder);
	import_encoder_free(NULL);
	engine_end(&e);
	return 0;
}

static void fill(store_batch *b)
{
	uint32_t    number;
	sheaf_error err;

	store_batch_clear(b);
	for (int i = 0; i < DOCUMENTS; i++) {
		must(scratch_paper(e.doc, "2601.00001", "Lamps", "of brass", &err), &err);
		must(store_batch_add(b, a, e.doc, x, &number, &err), &err);
	}
}

/* Pushes a batch and settles it; answers the first revision it was made for, 0: it was not. */
static int64_t pass(store_batch *b, sheaf_revision next)
{
	int64_t first;

	fill(b);
	import_encoder_push(encoder, b);
	import_encoder_wait(encoder, b);
	first = b->image.ready ? b->image.revisions[0] : 0;
	import_encoder_settle(encoder, b, next);
	return first;
}

static void revisions_are_foretold(void **state)
{
	pthread_t thread;

	(void)state;
	import_encoder_restart(encoder, 100, NULL);
	assert_int_equal(pthread_create(&thread, NULL, work, encoder), 0);
	assert_int_equal(pass(batches[0], 110), 100);
	assert_int_equal(pass(batches[1], 120), 110);
	/* Wrong ones are made up for: once, then twice as many batches are left out. */
	assert_int_equal(pass(batches[0], 125), 120);
	assert_int_equal(pass(batches[1], 135), 0);
	assert_int_equal(pass(batches[0], 140), 135);
	assert_int_equal(pass(batches[1], 150), 0);
	assert_int_equal(pass(batches[0], 160), 0);
	assert_int_equal(pass(batches[1], 170), 160);
	assert_int_equal(pass(batches[0], 180), 170);
	import_encoder_stop(encoder);
	pthread_join(thread, NULL);
}

/* The second waits for the first to be written, since only then its revisions are certain. */
static void one_batch_after_the_other(void **state)
{
	pthread_t thread;

	(void)state;
	import_encoder_restart(encoder, 7, NULL);
	assert_int_equal(pthread_create(&thread, NULL, work, encoder), 0);
	fill(batches[0]);
	fill(batches[1]);
	import_encoder_push(encoder, batches[0]);
	import_encoder_push(encoder, batches[1]);
	import_encoder_wait(encoder, batches[0]);
	assert_int_equal(batches[0]->image.revisions[0], 7);
	assert_false(batches[1]->image.ready);
	import_encoder_settle(encoder, batches[0], 17);
	import_encoder_wait(encoder, batches[1]);
	assert_int_equal(batches[1]->image.revisions[0], 17);
	import_encoder_settle(encoder, batches[1], 27);
	import_encoder_stop(encoder);
	pthread_join(thread, NULL);
}

/* What a file before left in the batch has its revisions already. */
static void a_batch_goes_on_with_the_next_file(void **state)
{
	pthread_t thread;

	(void)state;
	fill(batches[0]);
	import_encoder_restart(encoder, 50, batches[0]);
	assert_int_equal(pthread_create(&thread, NULL, work, encoder), 0);
	import_encoder_push(encoder, batches[0]);
	import_encoder_wait(encoder, batches[0]);
	assert_int_equal(batches[0]->image.revisions[0], 50 - DOCUMENTS);
	import_encoder_settle(encoder, batches[0], 50);
	import_encoder_stop(encoder);
	pthread_join(thread, NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(revisions_are_foretold, setup, teardown),
		cmocka_unit_test_setup_teardown(one_batch_after_the_other, setup, teardown),
		cmocka_unit_test_setup_teardown(a_batch_goes_on_with_the_next_file, setup,
	                                        teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
