/* document_private.h: the inside of a document, for the layers that fill and store it. */
#ifndef DOCUMENT_PRIVATE_H
#define DOCUMENT_PRIVATE_H

#include <sheaf/document.h>

#include "arena.h"
#include "buf.h"

enum {
	DOCUMENT_TEXT_MAX = 1 << 20,  /* bytes of one field */
	DOCUMENT_AUTHORS_MAX = 20000, /* large collaborations have thousands */
	DOCUMENT_CATEGORIES_MAX = 64,
	DOCUMENT_VERSIONS_MAX = 1000,
	DOCUMENT_VERSION_MAX = 1000000 /* number of a version */
};

#define DOCUMENT_TIME_MAX \
	((int64_t)1 << 59) /* seconds, either side of 1970, that a date may lie \
	                                      */

typedef struct document_slot {
	uint32_t    number;
	const char *value; /* bytes */
	size_t      len;   /* 1 to SHEAF_SLOT_VALUE_MAX */
} document_slot;

typedef struct document_term {
	const char *text;
	size_t      len;
	unsigned    wdf; /* 0: boolean */
} document_term;

/* Where a copy comes from, and how it is written in databases and exports. Append-only. */
typedef enum document_source {
	DOCUMENT_SOURCE_NONE = 0, /* a caller's own; in a database of an older release: not known */
	DOCUMENT_SOURCE_OAI_DC,
	DOCUMENT_SOURCE_RSS,
	DOCUMENT_SOURCE_API,
	DOCUMENT_SOURCE_ARXIV_OLD,
	DOCUMENT_SOURCE_ARXIV,
	DOCUMENT_SOURCE_SNAPSHOT,
	DOCUMENT_SOURCE_ARXIV_RAW,
	DOCUMENT_SOURCES
} document_source;

/* The copy that a field was taken from, or that was without it. */
typedef struct document_origin {
	unsigned char source;    /* a document_source */
	int32_t       version;   /* 0: not told */
	sheaf_time    datestamp; /* SHEAF_TIME_NONE: not told */
	int64_t       day;       /* since 1970, of the version it describes; INT64_MIN: not told */
} document_origin;

/* How a list announces a paper. Stored as these numbers. */
typedef enum announcement_kind {
	ANNOUNCEMENT_NONE = 0,
	ANNOUNCEMENT_NEW,
	ANNOUNCEMENT_CROSS,
	ANNOUNCEMENT_REPLACE,
	ANNOUNCEMENT_REPLACE_CROSS,
	ANNOUNCEMENT_KINDS
} announcement_kind;

/* A paper in the list of a day. */
typedef struct announcement {
	announcement_kind kind;
	int64_t           day; /* on the east coast, since 1970; INT64_MIN: not told */
} announcement;

struct sheaf_document {
	arena          arena; /* all strings below */
	sheaf_docid    docid;
	sheaf_revision revision;
	const char    *text[SHEAF_FIELD_COUNT]; /* of the fields with one text; NULL: not known */
	size_t         text_len[SHEAF_FIELD_COUNT];
	int64_t        value[SHEAF_FIELD_COUNT]; /* of the value fields */

	sheaf_author           *authors;
	size_t                  author_count, author_size;
	const char            **categories;
	size_t                  category_count, category_size;
	sheaf_document_version *versions;
	size_t                  version_count, version_size;
	buf                     author_text;               /* names joined ", " */
	buf                     category_text;             /* categories joined " " */
	document_source         source;                    /* of a copy that is not stored yet */
	document_origin         origin[SHEAF_FIELD_COUNT]; /* of a stored one's fields */
	int          merged;    /* 1: origins differ from `source`, its version and datestamp */
	announcement announced; /* of a copy from a list; not stored with the document */
	int parsed_names; /* 1: keyname and forenames came from the source, not from a guess */

	/*
	 * The caller's own. Where one of these is not known to be there or not, a merge keeps what
	 * is stored.
	 */
	const char    *data; /* NULL: none */
	size_t         data_len;
	int            data_known;
	document_slot *slots; /* in ascending order */
	size_t         slot_count, slot_size;
	int            slots_known;
	document_term *terms; /* in byte order */
	size_t         term_count, term_size;
	size_t         wdf_sum; /* of all terms */
	int            terms_known;

	buf scratch;
};

/* Room for one more element in `array`, which has room for *size; NULL where there is no memory. */
void *document_grow(void *array, size_t count, size_t *size, size_t element);

/*
 * A copy in the document's memory for what is stored in lines: broken UTF-8 repaired, control
 * characters as blanks, none at the ends. NULL: nothing is left, or `text` is NULL, or there is no
 * memory (*failed is then 1).
 */
char *document_keep_line(sheaf_document *doc, const char *text, size_t len, int *failed);
/* Takes the blanks from both ends of a text that may be changed; NULL: nothing is left. */
char *document_trim(char *text, size_t len);
/* Adds an author, whose name is there and whose strings are document_keep_line()'s. */
sheaf_status document_add_kept_author(sheaf_document *doc, const sheaf_author *author,
                                      sheaf_error *err);
sheaf_status document_add_category_n(sheaf_document *doc, const char *category, size_t len,
                                     sheaf_error *err);

/* Reads "A, B (Inst) and C" into authors; arXivRaw, arXivOld and the snapshot write names so. */
sheaf_status document_add_author_line(sheaf_document *doc, const char *line, sheaf_error *err);
/* Reads blank-separated categories. */
sheaf_status document_add_category_line(sheaf_document *doc, const char *line, sheaf_error *err);

/* Storage forms. An author or version a line, parts divided by U+001F. */
void document_pack_author_names(const sheaf_document *doc, buf *out);
/* The parts beside the names; nothing at all where no author has any. */
void         document_pack_author_parts(const sheaf_document *doc, buf *out);
sheaf_status document_unpack_authors(sheaf_document *doc, const char *names, const char *parts,
                                     sheaf_error *err);
void         document_pack_versions(const sheaf_document *doc, buf *out);
sheaf_status document_unpack_versions(sheaf_document *doc, const char *packed, sheaf_error *err);

/*
 * Slots, in ascending order: number (4 bytes), length (2 bytes), both with the high byte first,
 * value.
 * Terms, in byte order: frequency, blank, term, one a line.
 * Unpacking adds to what is there. Errors: DATABASE_CORRUPT.
 */
void         document_pack_slots(const sheaf_document *doc, buf *out);
sheaf_status document_unpack_slots(sheaf_document *doc, const void *packed, size_t len,
                                   sheaf_error *err);
void         document_pack_terms(const sheaf_document *doc, buf *out);
sheaf_status document_unpack_terms(sheaf_document *doc, const char *packed, sheaf_error *err);

/* Copies a text or a list of `from` into a document without any. */
sheaf_status document_copy_text(sheaf_document *to, const sheaf_document *from, sheaf_field field,
                                sheaf_error *err);
sheaf_status document_copy_authors(sheaf_document *to, const sheaf_document *from,
                                   sheaf_error *err);
sheaf_status document_copy_categories(sheaf_document *to, const sheaf_document *from,
                                      sheaf_error *err);
sheaf_status document_copy_versions(sheaf_document *to, const sheaf_document *from,
                                    sheaf_error *err);
/* Copies the payload, the slots or the terms of `from` into a document without any. */
sheaf_status document_copy_data(sheaf_document *to, const sheaf_document *from, sheaf_error *err);
sheaf_status document_copy_slots(sheaf_document *to, const sheaf_document *from, sheaf_error *err);
sheaf_status document_copy_terms(sheaf_document *to, const sheaf_document *from, sheaf_error *err);
/* 1 where both have the same data, slots or terms. */
int document_same_data(const sheaf_document *a, const sheaf_document *b);
int document_same_slots(const sheaf_document *a, const sheaf_document *b);
int document_same_terms(const sheaf_document *a, const sheaf_document *b);

/*
 * The boolean terms of the document, blank-separated, as the index holds them: `id:2601.22876
 * cat:cs.ne …`. The caller's own are there once more than their frequency says.
 */
void document_boolean_terms(const sheaf_document *doc, buf *out);
/*
 * One value of a boolean field in the form of its term, without the field's name: lower case,
 * trimmed, blanks as `_`; identifiers in canonical form; the caller's own terms as they are, and
 * what cannot be one in a form that meets none. Nothing is appended for an empty value.
 */
void boolean_term_value(sheaf_field field, const char *value, size_t len, buf *out);

/* The kind of its last change as `change:` has it; NULL: not known. */
const char *document_change_name(const sheaf_document *doc);

/* A date for sorting and ranges, and how exactly it is known. */
typedef struct document_date {
	sheaf_time time;       /* SHEAF_TIME_NONE: not at all */
	int        month_only; /* 1: `time` is the first second of the month that the id names */
} document_date;
/*
 * SUBMITTED: else the id's month. UPDATED: else SUBMITTED's. DATE: submitted, else updated, else
 * the id's month. ANNOUNCED as it is.
 */
document_date document_get_date(const sheaf_document *doc, sheaf_field field);

/* What a copy does to what is stored. */
typedef enum document_merge_result {
	MERGE_NOTHING = 0,
	MERGE_ASIDE, /* only where fields are from, when the source touched them, when it was announced */
	MERGE_CHANGE /* the paper is another one */
} document_merge_result;
/*
 * Makes of `doc`, which is a copy, the whole new state: field by field, the newer copy's or the better source's, so
 * that it does not matter in which order copies come. ARCHITECTURE.md has the rules. *result NOTHING: `doc` is
 * of no more use.
 */
sheaf_status document_merge(sheaf_document *doc, const sheaf_document *stored,
                            document_merge_result *result, sheaf_error *err);
/* Completes a copy of a paper that is not stored: its origins, its announcement, its change. */
void document_settle(sheaf_document *doc);

/* Exchanges all that two documents hold, which takes no copies. */
void document_swap(sheaf_document *a, sheaf_document *b);
/* Copies everything of `from` into `to`, which is emptied first. */
sheaf_status document_copy(sheaf_document *to, const sheaf_document *from, sheaf_error *err);

#endif
