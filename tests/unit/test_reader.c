/* Files as streams of plain bytes, whatever they are packed in. */
#include "packed.h"

#include "buf.h"
#include "reader.h"

enum { BIG = 700000 };

typedef struct reader_case {
	const char *name;
	int         filter;
} reader_case;

static const reader_case filters[] = {
	{"plain", ARCHIVE_FILTER_NONE},  {"gzip", ARCHIVE_FILTER_GZIP},
	{"zstd", ARCHIVE_FILTER_ZSTD},   {"xz", ARCHIVE_FILTER_XZ},
	{"bzip2", ARCHIVE_FILTER_BZIP2},
};

enum { FILTERS = sizeof filters / sizeof *filters };

/* Bytes that do not repeat, so that a cut is felt. */
static char *noise(size_t len)
{
	char    *bytes = malloc(len);
	uint64_t x = 88172645463325252u;

	assert_non_null(bytes);
	for (size_t i = 0; i < len; i++) {
		x ^= x << 13;
		x ^= x >> 7;
		x ^= x << 17;
		bytes[i] = (char)('a' + x % 26);
	}
	return bytes;
}

/* Reads one stream to its end; 1 where it is damaged. */
static int read_stream(reader *r, buf *out)
{
	sheaf_error err = {0};
	const char *bytes, *damage;
	size_t      len;

	do {
		assert_int_equal(reader_read(r, &bytes, &len, &damage, &err), SHEAF_OK);
		buf_append(out, bytes, len);
	} while (len);
	return damage != NULL;
}

static void test_filters(void **state)
{
	char folder[PACKED_PATH_SIZE], path[PACKED_PATH_SIZE], *bytes = noise(BIG);

	(void)state;
	packed_folder(folder, "filters");
	for (size_t i = 0; i < FILTERS; i++) {
		sheaf_error err = {0};
		const char *name;
		buf         out = BUF_INIT(0);
		reader     *r;

		/* The name tells nothing. */
		packed_path(path, folder, "file.txt");
		packed_compress(path, filters[i].filter, bytes, BIG);
		assert_int_equal(reader_open(path, NULL, &r, &err), SHEAF_OK);
		assert_int_equal(reader_next(r, &name, &err), SHEAF_OK);
		assert_string_equal(name, path);
		assert_false(reader_is_archive(r));
		assert_false(read_stream(r, &out));
		assert_int_equal(out.len, BIG);
		assert_memory_equal(out.data, bytes, BIG);
		assert_int_equal(reader_bytes(r), BIG);
		assert_int_equal(reader_next(r, &name, &err), SHEAF_OK);
		assert_null(name);
		reader_close(r);
		buf_free(&out);
		unlink(path);
	}
	rmdir(folder);
	free(bytes);
}

/* What comes before a cut is good. */
static void test_cut(void **state)
{
	char folder[PACKED_PATH_SIZE], path[PACKED_PATH_SIZE], *bytes = noise(BIG);

	(void)state;
	packed_folder(folder, "cut");
	packed_path(path, folder, "cut");
	for (size_t i = 1; i < FILTERS; i++) {
		sheaf_error err = {0};
		const char *name;
		buf         out = BUF_INIT(0);
		reader     *r;

		packed_compress(path, filters[i].filter, bytes, BIG);
		packed_cut(path, -5);
		assert_int_equal(reader_open(path, NULL, &r, &err), SHEAF_OK);
		assert_int_equal(reader_next(r, &name, &err), SHEAF_OK);
		if (!read_stream(r, &out))
			fail_msg("%s: the cut was not felt", filters[i].name);
		assert_true(out.len <= BIG);
		assert_memory_equal(buf_str(&out), bytes, out.len);
		reader_close(r);
		buf_free(&out);
		unlink(path);
	}
	rmdir(folder);
	free(bytes);
}

static void read_members(const char *path, const char *expected)
{
	sheaf_error err = {0};
	const char *name;
	reader     *r;
	buf         out = BUF_INIT(0);

	assert_int_equal(reader_open(path, NULL, &r, &err), SHEAF_OK);
	while (assert_int_equal(reader_next(r, &name, &err), SHEAF_OK), name) {
		assert_true(reader_is_archive(r));
		assert_memory_equal(name, path, strlen(path));
		buf_puts(&out, name + strlen(path));
		buf_putc(&out, '=');
		assert_false(read_stream(r, &out));
		buf_putc(&out, '\n');
	}
	assert_string_equal(buf_str(&out), expected);
	reader_close(r);
	buf_free(&out);
}

static void test_archives(void **state)
{
	static const packed_file files[] = {{"b.json", "one", 3},
	                                    {"sub/", "", 0},
	                                    {"sub/a.xml", "two", 3},
	                                    {"sub/.hidden", "x", 1},
	                                    {"empty", "", 0}};
	char                     folder[PACKED_PATH_SIZE], path[PACKED_PATH_SIZE];

	(void)state;
	packed_folder(folder, "archives");
	packed_path(path, folder, "x");
	packed_archive(path, ARCHIVE_FORMAT_ZIP, ARCHIVE_FILTER_NONE, files, 5);
	read_members(path, ":b.json=one\n:sub/a.xml=two\n:empty=\n");
	packed_archive(path, ARCHIVE_FORMAT_TAR_USTAR, ARCHIVE_FILTER_XZ, files, 5);
	read_members(path, ":b.json=one\n:sub/a.xml=two\n:empty=\n");
	unlink(path);
	rmdir(folder);
}

static void test_missing(void **state)
{
	sheaf_error err = {0};
	reader     *r;

	(void)state;
	assert_int_equal(reader_open("no/such/file", NULL, &r, &err), SHEAF_ERROR_IO);
	assert_null(r);
	assert_non_null(strstr(err.message, "no/such/file: "));
	assert_int_equal(reader_open(".", NULL, &r, &err), SHEAF_ERROR_IO);
	assert_null(r);
}

static int count_down(void *ctx)
{
	return --*(int *)ctx < 0;
}

/* A pipe that says nothing is waited for, but not against the watch. */
static void test_stop(void **state)
{
	int                asked = 2, ends[2], old = dup(STDIN_FILENO);
	const reader_watch watch = {&asked, count_down};
	sheaf_error        err = {0};
	reader            *r;

	(void)state;
	assert_int_equal(pipe(ends), 0);
	assert_true(dup2(ends[0], STDIN_FILENO) >= 0);
	assert_int_equal(reader_open("-", &watch, &r, &err), SHEAF_ERROR_INTERRUPTED);
	assert_null(r);
	assert_int_equal(asked, -1);
	dup2(old, STDIN_FILENO);
	close(old);
	close(ends[0]);
	close(ends[1]);
}

/* A few bytes that become very many. */
static void test_bomb(void **state)
{
	enum { CHUNK = 16 << 20, CHUNKS = 24 };
	char            folder[PACKED_PATH_SIZE], path[PACKED_PATH_SIZE], *same = malloc(CHUNK);
	struct archive *a = archive_write_new();
	sheaf_error     err = {0};
	const char     *name, *bytes, *damage;
	size_t          len = 1;
	reader         *r;
	sheaf_status    status = SHEAF_OK;

	(void)state;
	assert_non_null(same);
	memset(same, 'a', CHUNK);
	packed_folder(folder, "bomb");
	packed_path(path, folder, "bomb");
	archive_write_set_format_raw(a);
	archive_write_add_filter_zstd(a);
	assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
	{
		struct archive_entry *entry = archive_entry_new();

		archive_entry_set_pathname(entry, "data");
		archive_entry_set_filetype(entry, AE_IFREG);
		assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
		for (int i = 0; i < CHUNKS; i++)
			assert_int_equal(archive_write_data(a, same, CHUNK), CHUNK);
		archive_entry_free(entry);
	}
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
	assert_int_equal(reader_open(path, NULL, &r, &err), SHEAF_OK);
	assert_int_equal(reader_next(r, &name, &err), SHEAF_OK);
	while (status == SHEAF_OK && len)
		status = reader_read(r, &bytes, &len, &damage, &err);
	assert_int_equal(status, SHEAF_ERROR_IO);
	assert_true(reader_bytes(r) < (int64_t)CHUNK * CHUNKS);
	reader_close(r);
	unlink(path);
	rmdir(folder);
	free(same);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_filters),  cmocka_unit_test(test_cut),
		cmocka_unit_test(test_archives), cmocka_unit_test(test_missing),
		cmocka_unit_test(test_stop),     cmocka_unit_test(test_bomb),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
