/* sheaf/status.h: what a call answers, and the error that explains it. */
#ifndef SHEAF_STATUS_H
#define SHEAF_STATUS_H

#include <stddef.h>
#include <stdint.h>

#if defined(__GNUC__)
#define SHEAF_API __attribute__((visibility("default")))
#else
#define SHEAF_API
#endif

#ifdef __cplusplus
extern "C" {
#endif

/* Numbers are append-only: a retired status keeps its place. */
typedef enum sheaf_status {
	SHEAF_OK = 0,
	SHEAF_ERROR_NOMEM,
	SHEAF_ERROR_INVALID_ARGUMENT,   /* the caller broke a precondition */
	SHEAF_ERROR_INVALID_OPERATION,  /* e.g. a write through a read-only handle */
	SHEAF_ERROR_DATABASE_NOT_FOUND, /* no file there */
	SHEAF_ERROR_DATABASE_OPENING,   /* there, but not a sheaf database */
	SHEAF_ERROR_DATABASE_LOCKED,    /* another writer; retry later */
	SHEAF_ERROR_DATABASE_VERSION,   /* another schema or tokenizer: reindex */
	SHEAF_ERROR_DATABASE_CORRUPT,   /* the file contradicts itself */
	SHEAF_ERROR_DOC_NOT_FOUND,
	SHEAF_ERROR_QUERY_PARSER,        /* err->offset points into the query */
	SHEAF_ERROR_FEATURE_UNAVAILABLE, /* e.g. no such stemmer */
	SHEAF_ERROR_NETWORK,             /* the source could not be reached, or refused */
	SHEAF_ERROR_NETWORK_TIMEOUT,
	SHEAF_ERROR_PROTOCOL,     /* bad XML, an OAI-PMH <error>, an API error entry */
	SHEAF_ERROR_IO,           /* a file could not be read or written */
	SHEAF_ERROR_INTERRUPTED,  /* a callback asked to stop */
	SHEAF_ERROR_COOLING_DOWN, /* the source asked for a pause; offset holds the seconds left */
	SHEAF_ERROR_CONFIG        /* a profile file is wrong; message names file:line */
} sheaf_status;

/*
 * Why a call did not answer SHEAF_OK. The call that detects the failure fills
 * it; nothing touches it on success. Pass NULL where the reason does not matter.
 */
typedef struct sheaf_error {
	sheaf_status status;
	long offset;       /* byte offset into the input, or -1 */
	char message[512]; /* one line, UTF-8, no trailing newline */
} sheaf_error;

typedef int64_t sheaf_docid;    /* > 0, never reused */
typedef int64_t sheaf_revision; /* grows by one with each document added, changed or removed */
typedef int64_t sheaf_time;     /* seconds since 1970-01-01T00:00:00Z */

/* A time that is not known. */
#define SHEAF_TIME_NONE INT64_MIN

/* A short English name for the status. Never NULL; static storage. */
SHEAF_API const char *sheaf_status_string(sheaf_status status);

/* The library's version, e.g. "0.1.0". Static storage. */
SHEAF_API const char *sheaf_version_string(void);

/*
 * The versions of the libraries that sheaf runs on, one `name version` a line
 * (SQLite, libcurl, libxml2, Snowball as found when sheaf was configured).
 * Ownership: the caller frees the answer with sheaf_free(). NULL: out of memory.
 */
SHEAF_API char *sheaf_components(void);

/* Frees what a call handed over as `char *`. Takes NULL. */
SHEAF_API void sheaf_free(void *ptr);

#ifdef __cplusplus
}
#endif

#endif
