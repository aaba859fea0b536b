/*
 * Stemmers, stop lists and term generators when memory runs out: NOMEM, nothing lost, usable again.
 */
#include "failing_malloc.h"
#include "scratch_db.h"

#include <string.h>

#if FAILING_MALLOC

static int same(void *ctx, const char *text, size_t len, char *out)
{
	(void)ctx;
	memcpy(out, text, len);
	return (int)len;
}

static int count(void *ctx, const sheaf_term *t)
{
	(void)t;
	++*(int *)ctx;
	return 0;
}

static sheaf_status stop_list(sheaf_stopper **stopper, sheaf_error *err)
{
	sheaf_status status = sheaf_stopper_new(1, stopper, err);
	char         text[32];

	for (int i = 0; status == SHEAF_OK && i < 200; i++) {
		snprintf(text, sizeof text, "w%dx a%dy", i, i);
		status = sheaf_stopper_add_list(*stopper, text, strlen(text), err);
	}
	return status;
}

static sheaf_status work(sheaf_error *err)
{
	sheaf_stem           *stem = NULL;
	sheaf_stopper        *stopper = NULL;
	sheaf_term_generator *tg = NULL;
	int                   seen = 0;
	sheaf_status          status = sheaf_stem_new_custom("same", same, NULL, &stem, err);

	if (status == SHEAF_OK)
		status = stop_list(&stopper, err);
	if (status == SHEAF_OK)
		status = sheaf_term_generator_new(NULL, &tg, err);
	if (status == SHEAF_OK)
		status = sheaf_term_generator_set_stemmer(tg, stem, err);
	if (status == SHEAF_OK) {
		sheaf_term_generator_set_stopper_fn(tg, sheaf_stopper_is_stop_word, stopper);
		status = sheaf_term_generator_index_text(tg, "the w7x networks", 16, count, &seen,
		                                         err);
	}
	if (status == SHEAF_OK)
		assert_int_equal(seen, 1);
	sheaf_term_generator_free(tg);
	sheaf_stopper_free(stopper);
	sheaf_stem_free(stem);
	return status;
}

static void every_allocation_may_fail(void **state)
{
	long blocks = atomic_load(&memory_blocks), asked;

	(void)state;
	atomic_store(&memory_own_only, 1);
	memory_arm(MEMORY_ENOUGH, 0);
	assert_int_equal(work(NULL), SHEAF_OK);
	asked = memory_disarm();
	assert_true(asked > 10);
	for (long n = 0; n < asked; n++) {
		sheaf_error  err = {0};
		sheaf_status status;

		memory_arm(MEMORY_FAILS_ONCE, n);
		status = work(&err);
		memory_disarm();
		assert_int_equal(status, SHEAF_ERROR_NOMEM);
		assert_int_equal(err.status, SHEAF_ERROR_NOMEM);
		assert_int_equal(atomic_load(&memory_blocks), blocks);
	}
	atomic_store(&memory_own_only, 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
