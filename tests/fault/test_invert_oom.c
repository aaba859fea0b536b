/* Inverting documents when memory runs out: NOMEM, nothing lost, usable again. */
#include "failing_malloc.h"
#include "scratch_db.h"

#include <stdio.h>

#include "error.h"
#include "inverter.h"
#include "tokens.h"

#if FAILING_MALLOC

enum { DOCUMENTS = 300 };

static sheaf_status take_page(void *ctx, int64_t id, const void *data, size_t len, sheaf_error *err)
{
	(void)id;
	(void)data;
	(void)err;
	*(size_t *)ctx += len;
	return SHEAF_OK;
}

static sheaf_status take_index(void *ctx, const void *text, size_t len, int64_t page,
                               sheaf_error *err)
{
	(void)text;
	(void)page;
	(void)err;
	*(size_t *)ctx += len;
	return SHEAF_OK;
}

static sheaf_status fill(const tokens_config *config, inverter *v, sheaf_error *err)
{
	for (int n = 0; n < DOCUMENTS; n++) {
		char     text[2000];
		int      len = snprintf(text, sizeof text, "\001networks w%d", n);
		uint32_t positions;

		/* Words that all have, and new ones: tables and postings grow. */
		for (int i = 0; i < 20; i++)
			len += snprintf(text + len, sizeof text - (size_t)len, " of x%dy%d the", n,
			                i);
		inverter_begin(v);
		if (tokens_invert(config, text, (size_t)len, v, 0, &positions) < 0) {
			assert_int_equal(inverter_status(v), SHEAF_ERROR_NOMEM);
			return sheaf_nomem(err);
		}
		assert_int_equal(positions, 62);
	}
	return inverter_status(v);
}

static sheaf_status write_all(inverter *v, size_t *bytes, sheaf_error *err)
{
	const segment_sink sink = {bytes, take_page, take_index};
	segment_writer    *w = NULL;
	int64_t            revisions[DOCUMENTS], last;
	sheaf_status       status;

	for (int n = 0; n < DOCUMENTS; n++)
		revisions[n] = n + 1;
	status = inverter_sort(v, revisions, err);
	if (status == SHEAF_OK)
		status = segment_writer_new(4050, &sink, &w, err);
	if (status == SHEAF_OK)
		status = inverter_write(v, w, err);
	if (status == SHEAF_OK)
		status = segment_writer_finish(w, &last, err);
	segment_writer_free(w);
	return status;
}

static sheaf_status work(const tokens_config *config, inverter *v, size_t *bytes, sheaf_error *err)
{
	sheaf_status status = fill(config, v, err);

	*bytes = 0;
	if (status == SHEAF_OK)
		status = write_all(v, bytes, err);
	if (status != SHEAF_OK)
		*bytes = 0;
	inverter_clear(v);
	return status;
}

static void every_allocation_may_fail(void **state)
{
	tokens_config config = {NULL, SHEAF_STEM_SOME};
	inverter     *v;
	size_t        wanted, bytes;
	long          asked;

	(void)state;
	must(sheaf_stem_new("english", &config.stem, NULL), NULL);
	atomic_store(&memory_own_only, 1);
	memory_arm(MEMORY_ENOUGH, 0);
	must(inverter_new(&v, NULL), NULL);
	must(work(&config, v, &wanted, NULL), NULL);
	inverter_free(v);
	asked = memory_disarm();
	assert_true(asked > 10);
	for (long n = 0; n < asked; n++) {
		long         blocks = atomic_load(&memory_blocks);
		sheaf_error  err = {0};
		sheaf_status status;

		memory_arm(MEMORY_FAILS_ONCE, n);
		status = inverter_new(&v, &err);
		if (status == SHEAF_OK)
			status = work(&config, v, &bytes, &err);
		memory_disarm();
		/* Some memory only makes things faster. */
		assert_true(status == SHEAF_OK || status == SHEAF_ERROR_NOMEM);
		if (v) {
			must(work(&config, v, &bytes, NULL), NULL);
			assert_int_equal(bytes, wanted);
		}
		inverter_free(v);
		assert_true(atomic_load(&memory_blocks) <= blocks);
	}
	atomic_store(&memory_own_only, 0);
	sheaf_stem_free(config.stem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
