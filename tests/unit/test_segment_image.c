/* An image gives back what it was given: pages first, then idx rows, each in its order. */
#include "segment_table.h"

#include "segment_image.h"

enum { RECORDS = 3000, LONG = 300, LONG_BYTES = 3 << 20 };

typedef struct expected {
	int pages, rows;
} expected;

/* What record `i` has: one byte again and again, one of them more bytes than the image's blocks. */
static size_t record_len(int i)
{
	return i == LONG ? LONG_BYTES : (size_t)i * 7919 % 5000;
}

static void check_bytes(const unsigned char *bytes, size_t len, int i)
{
	assert_int_equal(len, record_len(i));
	for (size_t k = 0; k < len; k++) {
		if (bytes[k] != (unsigned char)i)
			fail_msg("byte %zu of record %d", k, i);
	}
}

static sheaf_status take_page(void *ctx, int64_t id, const void *data, size_t len, sheaf_error *err)
{
	expected *x = ctx;

	(void)err;
	assert_int_equal(x->rows, 0);
	assert_int_equal(id, (int64_t)x->pages << 30);
	check_bytes(data, len, x->pages++);
	return SHEAF_OK;
}

static sheaf_status take_row(void *ctx, const void *term, size_t len, int64_t page,
                             sheaf_error *err)
{
	expected *x = ctx;

	(void)err;
	assert_int_equal(page, x->rows * 2 + 1);
	check_bytes(term, len, x->rows++);
	return SHEAF_OK;
}

static void put_records(segment_image *image, int count)
{
	static unsigned char bytes[LONG_BYTES];
	segment_sink         sink = segment_image_sink(image);
	sheaf_error          err;

	for (int i = 0; i < count; i++) {
		memset(bytes, i & 0xFF, record_len(i));
		must(sink.index(sink.ctx, bytes, record_len(i), i * 2 + 1, &err), &err);
		must(sink.page(sink.ctx, (int64_t)i << 30, bytes, record_len(i), &err), &err);
	}
}

static void check_image(const segment_image *image, int count)
{
	expected           x = {0};
	const segment_sink sink = {&x, take_page, take_row};
	sheaf_error        err;

	must(segment_image_replay(image, &sink, &err), &err);
	assert_int_equal(x.pages, count);
	assert_int_equal(x.rows, count);
}

static void gives_back(void **state)
{
	segment_image *image;
	sheaf_error    err;

	(void)state;
	must(segment_image_new(&image, &err), &err);
	check_image(image, 0);
	put_records(image, RECORDS);
	check_image(image, RECORDS);
	segment_image_clear(image);
	check_image(image, 0);
	put_records(image, RECORDS);
	check_image(image, RECORDS);
	segment_image_free(image);
	segment_image_free(NULL);
}

static sheaf_status refuse_page(void *ctx, int64_t id, const void *data, size_t len,
                                sheaf_error *err)
{
	expected *x = ctx;

	(void)id;
	(void)data;
	(void)len;
	(void)err;
	return ++x->pages < 5 ? SHEAF_OK : SHEAF_ERROR_IO;
}

/* What the other sink answers is passed on, and ends it. */
static void passes_errors_on(void **state)
{
	segment_image     *image;
	expected           x = {0};
	const segment_sink sink = {&x, refuse_page, take_row};
	sheaf_error        err;

	(void)state;
	must(segment_image_new(&image, &err), &err);
	put_records(image, 20);
	assert_int_equal(segment_image_replay(image, &sink, &err), SHEAF_ERROR_IO);
	assert_int_equal(x.pages, 5);
	assert_int_equal(x.rows, 0);
	segment_image_free(image);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(gives_back),
		cmocka_unit_test(passes_errors_on),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
