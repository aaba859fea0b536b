/* sheaf/document.h: one paper's descriptive metadata. */
#ifndef SHEAF_DOCUMENT_H
#define SHEAF_DOCUMENT_H

#include <sheaf/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_document sheaf_document;

/* The fields of a paper. The numbers are append-only. */
typedef enum sheaf_field {
	SHEAF_FIELD_ANY = 0, /* in queries: every text field */
	/* text: searched word by word */
	SHEAF_FIELD_TITLE,
	SHEAF_FIELD_ABSTRACT,
	SHEAF_FIELD_AUTHOR, /* set with sheaf_document_add_author() */
	SHEAF_FIELD_COMMENTS,
	SHEAF_FIELD_JOURNAL_REF,
	SHEAF_FIELD_REPORT_NO,
	/* boolean: one term a value, matched whole */
	SHEAF_FIELD_ID,               /* arXiv id without version: 2601.22876, math/0309136 */
	SHEAF_FIELD_CATEGORY,         /* set with sheaf_document_add_category() */
	SHEAF_FIELD_PRIMARY_CATEGORY, /* in queries; the first category of a document */
	SHEAF_FIELD_DOI,
	SHEAF_FIELD_MSC_CLASS,
	SHEAF_FIELD_ACM_CLASS,
	/* stored only */
	SHEAF_FIELD_LICENSE, /* an URL */
	SHEAF_FIELD_SUBMITTER,
	SHEAF_FIELD_PROXY,
	/* values: 64-bit numbers, for ranges and sorting */
	SHEAF_FIELD_SUBMITTED, /* sheaf_time: the first version */
	SHEAF_FIELD_UPDATED,   /* sheaf_time: the version described */
	SHEAF_FIELD_DATESTAMP, /* sheaf_time: the record's last change at its source (OAI-PMH) */
	SHEAF_FIELD_VERSION,   /* number of the version described; 0: unknown */
	SHEAF_FIELD_WITHDRAWN, /* 0 or 1 */
	SHEAF_FIELD_LENGTH,    /* in values of a database: document length for ranking */
	SHEAF_FIELD_DATE,      /* in queries: submitted, else updated, else the id's month */
	/* boolean again */
	SHEAF_FIELD_IS,   /* in queries: withdrawn; new (version 1); updated (a later version) */
	SHEAF_FIELD_HAS,  /* in queries: doi, journal, comment, report, license, msc, acm */
	SHEAF_FIELD_TERM, /* the caller's own terms, byte by byte: sheaf_document_add_term() */
	/* values again */
	SHEAF_FIELD_ANNOUNCED,      /* sheaf_time: the day of the first announcement, at 0:00 UTC */
	SHEAF_FIELD_ANNOUNCED_SEEN, /* 1: that day was told by an announcement; 0: it is inferred */
	/* boolean again */
	SHEAF_FIELD_CHANGE, /* in queries: new, version, metadata, category, withdrawn; the last change,
	                       as a value: a sheaf_change_kind */
	SHEAF_FIELD_COUNT
} sheaf_field;

/* What the last change of a stored paper was; of several at once the last in this list. */
typedef enum sheaf_change_kind {
	SHEAF_CHANGE_UNKNOWN = 0, /* stored by a release that did not tell */
	SHEAF_CHANGE_NEW,
	SHEAF_CHANGE_METADATA, /* same version, same categories */
	SHEAF_CHANGE_CATEGORY,
	SHEAF_CHANGE_VERSION,
	SHEAF_CHANGE_WITHDRAWN,
	SHEAF_CHANGE_KINDS
} sheaf_change_kind;

/* One author. Strings not known are NULL; `name` is never NULL in what a document returns. */
typedef struct sheaf_author {
	const char *name;    /* as printed, given names first */
	const char *keyname; /* family name */
	const char *forenames;
	const char *suffix;      /* Jr, III */
	const char *affiliation; /* several are joined by "; " */
} sheaf_author;

/* One submitted version. */
typedef struct sheaf_document_version {
	int number;              /* from 1 */
	sheaf_time created;      /* SHEAF_TIME_NONE: unknown */
	const char *size;        /* as the source prints it ("66kb"), or NULL */
	const char *source_type; /* arXiv's letters ("D"; "I" marks a withdrawal), or NULL */
} sheaf_document_version;

/* Makes an empty document. Ownership: free it with sheaf_document_free(). */
SHEAF_API sheaf_status sheaf_document_new(sheaf_document **doc, sheaf_error *err);
/* Frees a document and all it returned. Takes NULL. */
SHEAF_API void sheaf_document_free(sheaf_document *doc);
/* Empties a document for another paper; its memory is kept and reused. */
SHEAF_API void sheaf_document_clear(sheaf_document *doc);

/*
 * Sets a text, boolean or stored field that has one value (not AUTHOR, not
 * CATEGORY: INVALID_ARGUMENT). `text` NULL removes it. `len` in bytes; SIZE_MAX:
 * up to the NUL. Bytes that are not UTF-8 become U+FFFD, NUL a blank; at most
 * 1 MiB is kept. An id may carry prefix and version ("arXiv:math.GT/0309136v2",
 * an abs URL): it is stored in its canonical form, and its version, if any, sets
 * SHEAF_FIELD_VERSION; what is none of arXiv's but a plain token of at most 64 bytes is kept as a
 * local id. Errors: INVALID_ARGUMENT for anything else.
 */
SHEAF_API sheaf_status sheaf_document_set_text(sheaf_document *doc, sheaf_field field,
                                               const char *text, size_t len, sheaf_error *err);
/*
 * Borrowed until the document changes; NULL where it is not known. AUTHOR: names joined by commas.
 */
SHEAF_API const char *sheaf_document_get_text(const sheaf_document *doc, sheaf_field field);

/*
 * Sets a value field. SHEAF_TIME_NONE removes it. Errors: INVALID_ARGUMENT (not a
 * value field, or one that is only read: LENGTH, DATE; a value that cannot be).
 */
SHEAF_API sheaf_status sheaf_document_set_value(sheaf_document *doc, sheaf_field field,
                                                int64_t value, sheaf_error *err);
/* SHEAF_TIME_NONE where the value is not known (0 for VERSION and WITHDRAWN). */
SHEAF_API int64_t sheaf_document_get_value(const sheaf_document *doc, sheaf_field field);

/* Appends an author; strings are copied. `name` NULL: made from forenames, keyname and suffix. */
SHEAF_API sheaf_status sheaf_document_add_author(sheaf_document *doc, const sheaf_author *author,
                                                 sheaf_error *err);
SHEAF_API size_t sheaf_document_author_count(const sheaf_document *doc);
/* Borrowed until the document changes; NULL past the end. */
SHEAF_API const sheaf_author *sheaf_document_get_author(const sheaf_document *doc, size_t i);

/* Appends a category, the primary one first; one that is there already is not added again. */
SHEAF_API sheaf_status sheaf_document_add_category(sheaf_document *doc, const char *category,
                                                   sheaf_error *err);
SHEAF_API size_t sheaf_document_category_count(const sheaf_document *doc);
SHEAF_API const char *sheaf_document_get_category(const sheaf_document *doc, size_t i);

/* Appends a version; strings are copied. */
SHEAF_API sheaf_status sheaf_document_add_version(sheaf_document *doc,
                                                  const sheaf_document_version *version,
                                                  sheaf_error *err);
SHEAF_API size_t sheaf_document_version_count(const sheaf_document *doc);
SHEAF_API const sheaf_document_version *sheaf_document_get_version(const sheaf_document *doc,
                                                                   size_t i);

/*
 * Sets a payload of the caller's: any bytes, at most 1 MiB, kept as they are and never searched.
 * `data` NULL removes it. Errors: INVALID_ARGUMENT (too long).
 *
 * Payload, slots and terms are kept by sheaf_database_replace_document() as the other fields are:
 * where none of a kind was ever set, cleared or removed on the new copy, those of the stored one
 * stay.
 */
SHEAF_API sheaf_status sheaf_document_set_data(sheaf_document *doc, const void *data, size_t len,
                                               sheaf_error *err);
/* The payload, borrowed until the document changes; `len` (may be NULL) in bytes. NULL: none. */
SHEAF_API const void *sheaf_document_get_data(const sheaf_document *doc, size_t *len);

enum {
	SHEAF_SLOTS_MAX = 64,       /* value slots a document may fill, with any 32-bit numbers */
	SHEAF_SLOT_VALUE_MAX = 4096 /* bytes of a slot's value */
};

/*
 * Fills one of the caller's value slots, for sorting, ranges and facets. Values are bytes, compared
 * as memcmp() does; numbers go through sheaf_sortable_serialise(). An empty value removes the slot.
 * Errors: INVALID_ARGUMENT (too long, too many slots).
 */
SHEAF_API sheaf_status sheaf_document_add_slot_value(sheaf_document *doc, uint32_t slot,
                                                     const void *value, size_t len,
                                                     sheaf_error *err);
/* Borrowed until the document changes; NULL and 0 where the slot is empty. */
SHEAF_API const void *sheaf_document_get_slot_value(const sheaf_document *doc, uint32_t slot,
                                                    size_t *len);
SHEAF_API void sheaf_document_clear_slot_values(sheaf_document *doc);
SHEAF_API size_t sheaf_document_slot_value_count(const sheaf_document *doc);
/* The number of the `i`-th filled slot, in ascending order; 0 past the end. */
SHEAF_API uint32_t sheaf_document_get_slot(const sheaf_document *doc, size_t i);

enum {
	SHEAF_TERMS_MAX = 10000, /* terms of its own that a document may have */
	SHEAF_TERM_BYTES_MAX = 200,
	SHEAF_WDF_MAX = 1000,      /* of one term */
	SHEAF_WDF_SUM_MAX = 100000 /* of all terms of a document */
};

/*
 * Adds a term of the caller's (SHEAF_FIELD_TERM), `wdf_inc` times: it is found byte by byte, weighs
 * by its frequency, has no position and does not count in the document's length. `wdf_inc` 0: a
 * boolean term, which filters and never weighs. Errors: INVALID_ARGUMENT (empty, too long, too
 * many, too often, no UTF-8, blanks or control characters in it).
 */
SHEAF_API sheaf_status sheaf_document_add_term(sheaf_document *doc, const char *term,
                                               unsigned wdf_inc, sheaf_error *err);
/* Errors: INVALID_ARGUMENT where the document has no such term. */
SHEAF_API sheaf_status sheaf_document_remove_term(sheaf_document *doc, const char *term,
                                                  sheaf_error *err);
SHEAF_API void sheaf_document_clear_terms(sheaf_document *doc);
SHEAF_API size_t sheaf_document_term_count(const sheaf_document *doc);
/*
 * The `i`-th term in byte order, and its frequency (0: boolean; `wdf` may be NULL); NULL past the
 * end.
 */
SHEAF_API const char *sheaf_document_get_term(const sheaf_document *doc, size_t i, unsigned *wdf);

enum { SHEAF_SORTABLE_SIZE = 8 };

/*
 * A number as 8 bytes whose memcmp() order is the numbers' order; NaN counts as the lowest.
 */
SHEAF_API void sheaf_sortable_serialise(double number, unsigned char out[SHEAF_SORTABLE_SIZE]);
/* The number again; 0 where `len` is not SHEAF_SORTABLE_SIZE. */
SHEAF_API double sheaf_sortable_unserialise(const void *bytes, size_t len);

/* The docid of a document that came from a database, else 0. */
SHEAF_API sheaf_docid sheaf_document_get_docid(const sheaf_document *doc);
/* The revision at which the database last changed it, else 0. */
SHEAF_API sheaf_revision sheaf_document_get_revision(const sheaf_document *doc);

#ifdef __cplusplus
}
#endif

#endif
