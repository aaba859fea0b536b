/* archive_library.h: what reader.c calls of libarchive, which the first import loads. */
#ifndef ARCHIVE_LIBRARY_H
#define ARCHIVE_LIBRARY_H

#include <archive.h>
#include <archive_entry.h>
#include <sheaf/status.h>

/* libarchive's functions, under their names without `archive_`. */
typedef struct archive_library {
	struct archive *(*read_new)(void);
	int (*read_support_filter_gzip)(struct archive *a);
	int (*read_support_filter_zstd)(struct archive *a);
	int (*read_support_filter_xz)(struct archive *a);
	int (*read_support_filter_bzip2)(struct archive *a);
	int (*read_support_format_zip)(struct archive *a);
	int (*read_support_format_tar)(struct archive *a);
	int (*read_support_format_empty)(struct archive *a);
	int (*read_support_format_raw)(struct archive *a);
	int (*read_set_read_callback)(struct archive *a, archive_read_callback *fn);
	int (*read_set_callback_data)(struct archive *a, void *ctx);
	int (*read_set_seek_callback)(struct archive *a, archive_seek_callback *fn);
	int (*read_open1)(struct archive *a);
	int (*read_next_header)(struct archive *a, struct archive_entry **entry);
	int (*read_data_block)(struct archive *a, const void **block, size_t *len,
	                       la_int64_t *offset);
	int (*read_free)(struct archive *a);
	int (*format)(struct archive *a);
	int (*filter_code)(struct archive *a, int filter);
	la_int64_t (*filter_bytes)(struct archive *a, int filter);
	const char *(*error_string)(struct archive *a);
	void (*set_error)(struct archive *a, int number, const char *format, ...);
	mode_t (*entry_filetype)(struct archive_entry *entry);
	const char *(*entry_pathname)(struct archive_entry *entry);
} archive_library;

/* Loads libarchive. Errors: FEATURE_UNAVAILABLE: it is not installed. */
sheaf_status archive_library_load(archive_library *archive, sheaf_error *err);

#endif
