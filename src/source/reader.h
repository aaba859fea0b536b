/*
 * reader.h: a file, plain or compressed, as streams of plain bytes.
 *
 * gzip, zstd, xz, bzip2, and zip or tar archives, whose members are one stream each; which
 * it is, is told from the content. Nothing is held but a block, whatever the size.
 */
#ifndef READER_H
#define READER_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

enum {
	/* More bytes than this from one are an attack, no metadata; 256 MB are free. */
	READER_GROWTH_MAX = 2000
};

/* Asked before each block, and five times a second while waiting for input. Non-zero stops. */
typedef struct reader_watch {
	void *ctx;
	int (*stop)(void *ctx);
} reader_watch;

typedef struct reader reader;

/*
 * Opens a file, or "-" for standard input. `path` and `watch` are borrowed.
 * Errors: IO; INTERRUPTED; NOMEM.
 */
sheaf_status reader_open(const char *path, const reader_watch *watch, reader **r, sheaf_error *err);
/*
 * Goes to the next stream. `*name` (borrowed until the next call) is the path, `path:member` in an
 * archive, NULL after the last. Errors: IO; INTERRUPTED; NOMEM.
 */
sheaf_status reader_next(reader *r, const char **name, sheaf_error *err);
/*
 * Reads on. `*len` is 0 at the end; `*bytes` is borrowed until the next call. Where the stream
 * ends before its end, `*damage` (borrowed) says why, and is NULL otherwise.
 * Errors: IO; INTERRUPTED.
 */
sheaf_status reader_read(reader *r, const char **bytes, size_t *len, const char **damage,
                         sheaf_error *err);
/*
 * Where the stream is the file itself, goes to that byte of it, which is quick: *done 1. Else nothing
 * happens, and the bytes have to be read. Not once something was read. Errors: IO.
 */
sheaf_status reader_seek(reader *r, int64_t bytes, int *done, sheaf_error *err);

typedef struct reader_file {
	int64_t size;     /* bytes, as it lies on disk; -1: it is no file (a pipe, a terminal) */
	int64_t modified; /* nanoseconds since 1970 */
} reader_file;
/* What file it is. */
void reader_tell(const reader *r, reader_file *file);
/* How much of it was read, as it lies on disk; 0 where it is no file. */
int64_t reader_position(const reader *r);
/* Plain bytes read so far, of all streams. */
int64_t reader_bytes(const reader *r);
/* 1 where the last failure was that a compressed input ends too early. */
int reader_is_cut_off(const reader *r);
/* 1 where the file is an archive of members. */
int  reader_is_archive(const reader *r);
void reader_close(reader *r);

#endif
