/* packed.h: small files, plain, compressed and in archives, in a folder that a test throws away. */
#ifndef PACKED_H
#define PACKED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <archive.h>
#include <archive_entry.h>
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PACKED_PATH_SIZE = 160 };

typedef struct packed_file {
	const char *name, *bytes;
	size_t      len;
} packed_file;

/* Makes an empty folder with a name that no other process uses. */
static inline void packed_folder(char path[PACKED_PATH_SIZE], const char *name)
{
	snprintf(path, PACKED_PATH_SIZE, "packed-%s-XXXXXX", name);
	assert_non_null(mkdtemp(path));
}

/* `folder`/`name`. */
static inline void packed_path(char path[PACKED_PATH_SIZE], const char *folder, const char *name)
{
	assert_true(snprintf(path, PACKED_PATH_SIZE, "%s/%s", folder, name) < PACKED_PATH_SIZE);
}

static inline void packed_write(const char *path, const char *bytes, size_t len)
{
	FILE *f = fopen(path, "wb");

	assert_non_null(f);
	assert_int_equal(fwrite(bytes, 1, len, f), len);
	assert_int_equal(fclose(f), 0);
}

/* Writes `files` into an archive of `format`, through `filter`. */
static inline void packed_archive(const char *path, int format, int filter,
                                  const packed_file *files, size_t count)
{
	struct archive *a = archive_write_new();

	assert_non_null(a);
	assert_int_equal(archive_write_set_format(a, format), ARCHIVE_OK);
	assert_int_equal(archive_write_add_filter(a, filter), ARCHIVE_OK);
	assert_int_equal(archive_write_open_filename(a, path), ARCHIVE_OK);
	for (size_t i = 0; i < count; i++) {
		struct archive_entry *entry = archive_entry_new();
		int                   is_folder = files[i].name[strlen(files[i].name) - 1] == '/';

		archive_entry_set_pathname(entry, files[i].name);
		archive_entry_set_filetype(entry, is_folder ? AE_IFDIR : AE_IFREG);
		archive_entry_set_perm(entry, is_folder ? 0755 : 0644);
		archive_entry_set_size(entry, (la_int64_t)files[i].len);
		assert_int_equal(archive_write_header(a, entry), ARCHIVE_OK);
		assert_int_equal(archive_write_data(a, files[i].bytes, files[i].len), files[i].len);
		archive_entry_free(entry);
	}
	assert_int_equal(archive_write_close(a), ARCHIVE_OK);
	archive_write_free(a);
}

/* Writes one file through `filter`. */
static inline void packed_compress(const char *path, int filter, const char *bytes, size_t len)
{
	const packed_file file = {"data", bytes, len};

	packed_archive(path, ARCHIVE_FORMAT_RAW, filter, &file, 1);
}

/* Cuts a file to `len` bytes, or by `-len` bytes at its end. */
static inline void packed_cut(const char *path, long len)
{
	struct stat st;

	assert_int_equal(stat(path, &st), 0);
	assert_int_equal(truncate(path, len < 0 ? st.st_size + len : len), 0);
}

#endif
