/*
 * record.h: gathers what a source tells of one paper, piece by piece and in any order.
 */
#ifndef RECORD_H
#define RECORD_H

#include "document_private.h"

enum {
	RECORD_SHORT_MAX = 32,     /* with the NUL: a size, a source type */
	RECORD_NUMBER_MAX = 999999 /* of a version */
};

/* The parts of an author. */
typedef enum author_part {
	AUTHOR_NAME = 0,
	AUTHOR_KEYNAME,
	AUTHOR_FORENAMES,
	AUTHOR_SUFFIX,
	AUTHOR_AFFILIATION, /* several are joined by "; " */
	AUTHOR_PARTS
} author_part;

typedef struct record_version {
	int        number; /* 0: not known */
	sheaf_time created;
	char       size[RECORD_SHORT_MAX], type[RECORD_SHORT_MAX];
} record_version;

/* All-zero, then record_init(). */
typedef struct record {
	sheaf_document *doc;
	buf             author[AUTHOR_PARTS];
	record_version *versions;
	size_t          version_count, version_size;
	int             exported; /* 1: from an export of sheaf's own */
} record;

sheaf_status record_init(record *r, sheaf_error *err);
void         record_free(record *r);
/* Empties it for the next paper. */
void record_clear(record *r);

/*
 * Takes a text field: trimmed (an abstract as it is), nothing where it is blank. A field that
 * comes again is joined by a blank where it holds identifiers, by "; " where it holds
 * classes; of the others the first stays. Errors: NOMEM.
 */
sheaf_status record_set(record *r, sheaf_field field, const char *text, size_t len,
                        sheaf_error *err);
/*
 * The field of a class that stands among categories. ACM: `I.2.6`. MSC: `68T05`, `Primary 68T05`.
 */
sheaf_field record_class_field(const char *text, size_t len);
/* Takes an identifier in any form; `*good` is 0 where it is none. Errors: NOMEM. */
sheaf_status record_set_id(record *r, const char *text, size_t len, int *good, sheaf_error *err);
/* Takes a time in any form; what cannot be read is passed over. */
sheaf_status record_set_time(record *r, sheaf_field field, const char *text, size_t len,
                             sheaf_error *err);

/* Adds to a part of the author that is being read; blank text is nothing. */
void record_author_part(record *r, author_part part, const char *text, size_t len);
/* Forgets the authors so far. */
void record_drop_authors(record *r);
/* The author is complete; one without any name is passed over. */
sheaf_status record_author_end(record *r, sheaf_error *err);

/*
 * Begins a version, e.g. "v2"; without a number it is the one after the last. `*version` is
 * borrowed until the next one, and NULL where there are too many. Errors: NOMEM.
 */
sheaf_status record_add_version(record *r, const char *number, size_t len, record_version **version,
                                sheaf_error *err);
/* The version with this number, or NULL. Borrowed until the next one is added. */
record_version *record_find_version(record *r, int64_t number);
/* Reads a time in any form; SHEAF_TIME_NONE where it cannot be read. */
void record_read_time(sheaf_time *time, const char *text, size_t len);
/* Copies what fits, trimmed. */
void record_version_text(char out[RECORD_SHORT_MAX], const char *text, size_t len);
/*
 * All versions are there: they go into the document by number. The first one's date becomes
 * SUBMITTED, the newest one's UPDATED, its number VERSION, its source type tells WITHDRAWN.
 */
sheaf_status record_close_versions(record *r, sheaf_error *err);

#endif
