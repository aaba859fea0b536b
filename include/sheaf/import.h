/* sheaf/import.h: files of records into a database. */
#ifndef SHEAF_IMPORT_H
#define SHEAF_IMPORT_H

#include <sheaf/database.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The formats that can be read. AUTO tells them from the content. */
typedef enum sheaf_source_format {
	SHEAF_SOURCE_AUTO = 0,
	SHEAF_SOURCE_JSONL, /* JSON Lines in the schema of the Kaggle snapshot */
	SHEAF_SOURCE_OAI,   /* OAI-PMH answers: arXivRaw, arXiv, arXivOld, oai_dc */
	SHEAF_SOURCE_ATOM,  /* answers of the Atom API */
	SHEAF_SOURCE_RSS    /* announcement feeds */
} sheaf_source_format;

typedef struct sheaf_import_stats {
	int64_t files;   /* files read to their end */
	int64_t records; /* records read, good or bad */
	int64_t added, updated, unchanged;
	int64_t rejected;                    /* records that could not be read, and were skipped */
	int64_t truncated;                   /* files that end before their end */
	int64_t bytes;                       /* bytes read, uncompressed */
	int64_t changes[SHEAF_CHANGE_KINDS]; /* of `added` and `updated` papers, by kind */
	int64_t kept_out;   /* papers that were removed before, and are not taken */
	int64_t resumed;    /* records of an interrupted import that were not read again */
	int64_t file_bytes; /* of the files, as they lie on disk: read so far … */
	int64_t file_size;  /* … and in all, of those that were begun; -1: not known (a pipe) */
	int resumable; /* 1: the last file was left before its end, and once this is committed its
	                       import goes on from there */
} sheaf_import_stats;

/* A record that could not be read; borrowed for the call. */
typedef struct sheaf_import_reject {
	const char *file; /* "-" for standard input */
	int64_t number;   /* line of a JSON Lines file, ordinal of the record elsewhere, from 1; 0:
	                     the file */
	int is_line;
	const char *reason; /* one line */
} sheaf_import_reject;

typedef struct sheaf_import_options { /* all-zero means the defaults */
	sheaf_source_format format;
	int jobs;   /* threads for reading, analysing and encoding beside the writer; 0: as many as
	             help; 1 at least */
	int strict; /* 1: the first rejected record ends the import of its file */
	int64_t batch; /* documents a transaction; 0: 16384 */
	void *ctx; /* for the callbacks, which the calling thread runs; a search there misses what is not
	              committed yet */
	int (*progress)(
		void *ctx,
		const sheaf_import_stats *stats); /* now and then; non-zero stops; may be NULL */
	void (*reject)(void *ctx, const sheaf_import_reject *reject); /* may be NULL */
	int force; /* 1: takes papers again that were removed */
	sheaf_time
		now; /* SHEAF_TIME_NONE or 0: not known; a complete snapshot is remembered with it */
} sheaf_import_options;

typedef struct sheaf_import sheaf_import;

/* Begins an import into `db`, opened for writing. `options` NULL: the defaults. */
SHEAF_API sheaf_status sheaf_import_new(sheaf_database *db, const sheaf_import_options *options,
                                        sheaf_import **import, sheaf_error *err);
/*
 * Reads one file, a folder (all files below it, by name), or "-" for standard
 * input; plain or compressed (gzip, zstd, xz, bzip2, zip). A leading HTTP header
 * is skipped. What was read before a failure is kept.
 * Errors: IO (missing, unreadable, unknown format, no records inside such a
 * format); PROTOCOL (a recorded error answer; the message is the source's own);
 * INTERRUPTED. A file that is cut off is no error: stats->truncated counts it.
 *
 * A file of JSON Lines that was left before its end (an interruption, a failure, the end of the process)
 * is gone on with where the committed documents end, if its path, size and time of change are the same:
 * stats->resumed. Not a folder's files, and not within a transaction of the caller's.
 * A snapshot of JSON Lines that was read wholly is remembered with `options.now`, for harvests to go on from.
 */
SHEAF_API sheaf_status sheaf_import_file(sheaf_import *import, const char *path, sheaf_error *err);
/* Commits what is left, and merges the index after a large import. `stats` may be NULL. */
SHEAF_API sheaf_status sheaf_import_finish(sheaf_import *import, sheaf_import_stats *stats,
                                           sheaf_error *err);
/* Frees an import; what was not committed is lost. Takes NULL. */
SHEAF_API void sheaf_import_free(sheaf_import *import);

#ifdef __cplusplus
}
#endif

#endif
