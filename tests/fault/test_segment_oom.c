/* Reading, seeking, merging and writing segments when memory runs out: NOMEM, and nothing lost. */
#include "failing_malloc.h"
#include "segment_table.h"

#include "segment_image.h"
#include "segment_merge.h"

#if FAILING_MALLOC

enum { READERS_MAX = 4, PAGE_SIZE = 64 };

static segment_table t;

static int fill(void **state)
{
	uint64_t seed = 2;

	(void)state;
	segment_table_begin(&t, PAGE_SIZE, ", content = ''");
	for (int part = 0; part < 2; part++) {
		segment_sql(&t, "BEGIN");
		for (int i = 1; i <= 150; i++)
			segment_put_row(&t, &seed, part * 200 + i, 5, 60, i % 40 ? 0 : 200);
		segment_sql(&t, "COMMIT");
	}
	return 0;
}

static int clean(void **state)
{
	(void)state;
	segment_table_end(&t);
	return 0;
}

static sheaf_status read_structure(segment_range **list, size_t *count, sheaf_error *err)
{
	const unsigned char *data;
	size_t               len;
	segment_structure    s = {0};
	segment_range        added = {1999, 1, 1};
	buf                  out = BUF_INIT(0);
	sheaf_status         status;

	segment_page_of(&t, SEGMENT_ROW_STRUCTURE, &data, &len, NULL);
	status = segment_structure_read(data, len, &s, err);
	sqlite3_reset(t.page);
	if (status == SHEAF_OK)
		status = segment_structure_list(&s, list, count, err);
	if (status == SHEAF_OK)
		status = segment_structure_add(&s, &added, err);
	if (status == SHEAF_OK) {
		segment_structure_write(&s, &out);
		status = buf_status(&out, err);
	}
	buf_free(&out);
	segment_structure_free(&s);
	return status;
}

static sheaf_status seek(segment_reader *r, const char *term, int64_t row, sheaf_error *err)
{
	segment_posting p;
	int             found = 0;
	sheaf_status    status = segment_reader_seek(r, term, strlen(term), row, &p, &found, err);

	if (status == SHEAF_OK)
		assert_true(found);
	return status;
}

static sheaf_status merge(segment_reader *const *readers, size_t count, segment_image *image,
                          sheaf_error *err)
{
	segment_sink    sink = segment_image_sink(image);
	segment_writer *w = NULL;
	int64_t         last;
	sheaf_status    status = segment_writer_new(PAGE_SIZE, &sink, &w, err);

	if (status == SHEAF_OK)
		status = segment_merge(readers, count, w, err);
	if (status == SHEAF_OK)
		status = segment_writer_finish(w, &last, err);
	segment_writer_free(w);
	return status;
}

static sheaf_status work(sheaf_error *err)
{
	segment_source  source = segment_table_source(&t);
	segment_range  *ranges = NULL;
	segment_reader *readers[READERS_MAX] = {NULL};
	segment_image  *image = NULL;
	size_t          count = 0;
	sheaf_status    status = read_structure(&ranges, &count, err);

	assert_true(count <= READERS_MAX);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		status = segment_reader_new(&source, &ranges[i], &readers[i], err);
	if (status == SHEAF_OK)
		status = seek(readers[0], "common", 77, err);
	/* Of so many positions that they run over pages. */
	if (status == SHEAF_OK)
		status = seek(readers[0], "heavy", 80, err);
	if (status == SHEAF_OK)
		status = segment_reader_start(readers[0], "", 0, err);
	if (status == SHEAF_OK)
		status = segment_image_new(&image, err);
	if (status == SHEAF_OK)
		status = merge(readers, count, image, err);
	for (size_t i = 0; i < READERS_MAX; i++)
		segment_reader_free(readers[i]);
	segment_image_free(image);
	mem_free(ranges);
	return status;
}

static void every_allocation_may_fail(void **state)
{
	long blocks, asked;

	(void)state;
	atomic_store(&memory_own_only, 1);
	/* SQLite keeps what it needs for the next time. */
	assert_int_equal(work(NULL), SHEAF_OK);
	blocks = atomic_load(&memory_blocks);
	memory_arm(MEMORY_ENOUGH, 0);
	assert_int_equal(work(NULL), SHEAF_OK);
	asked = memory_disarm();
	assert_true(asked > 30);
	for (long n = 0; n < asked; n++) {
		for (int mode = MEMORY_FAILS_ONCE; mode <= MEMORY_FAILS_ON; mode++) {
			sheaf_error  err = {0};
			sheaf_status status;

			memory_arm((memory_mode)mode, n);
			status = work(&err);
			memory_disarm();
			assert_int_equal(status, SHEAF_ERROR_NOMEM);
			assert_int_equal(err.status, SHEAF_ERROR_NOMEM);
		}
	}
	assert_int_equal(work(NULL), SHEAF_OK);
	assert_int_equal(atomic_load(&memory_blocks), blocks);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};

	return cmocka_run_group_tests(tests, fill, clean);
}

#endif
