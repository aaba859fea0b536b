/* field.h: the table of fields that parser, indexer and writers share. */
#ifndef FIELD_H
#define FIELD_H

#include <sheaf/document.h>

typedef enum field_kind {
	FIELD_PROSE = 1, /* words and stems */
	FIELD_NAME,      /* words, never stemmed */
	FIELD_BOOLEAN,   /* whole values as terms */
	FIELD_STORED,
	FIELD_VALUE
} field_kind;

enum {
	FIELD_NAMES_MAX = 4,
	FIELD_TITLE_WEIGHT =
		3 /* by default, of a word of the title in frequencies and lengths; others count 1 */
};

typedef struct field_info {
	sheaf_field field;
	field_kind  kind;
	int         column;                 /* of the index, from 0; -1: none */
	const char *name;                   /* as descriptions print it */
	const char *names[FIELD_NAMES_MAX]; /* as queries may write it, ended by NULL */
} field_info;

/*
 * Columns of the index, in order: the text fields, the longest first, which FTS5 stores most compactly;
 * then the boolean terms.
 */
enum {
	COLUMN_ABSTRACT = 0,
	COLUMN_TITLE,
	COLUMN_AUTHORS,
	COLUMN_COMMENTS,
	COLUMN_JOURNAL_REF,
	COLUMN_REPORT_NO,
	COLUMN_TERMS,
	COLUMN_COUNT,
	COLUMN_TEXT_COUNT = COLUMN_TERMS
};

/* NULL for what is no field. */
const field_info *field_get(sheaf_field field);
/* The field that a query names so, in any case ("ti", "title", "all"); NULL: none. */
const field_info *field_find(const char *name, size_t len);
/* 1 for the dates that a range may be of and results may be sorted by. */
int field_is_date(sheaf_field field);
/* The values that `is:` and `has:` know, ended by NULL; NULL: a field of any values. */
const char *const *field_values(sheaf_field field);

#endif
