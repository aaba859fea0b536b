/* document_origin.h: which source is better for a field, and which of two copies is newer. */
#ifndef DOCUMENT_ORIGIN_H
#define DOCUMENT_ORIGIN_H

#include "document_private.h"

/* The fields that have an origin, in the order in which they are packed. */
enum { ORIGIN_FIELDS = 16 };
extern const sheaf_field origin_fields[ORIGIN_FIELDS];

/* The origin of a field of a copy that is not stored yet; one that was exported brings its own. */
document_origin origin_of(const sheaf_document *doc, sheaf_field field);
/* 1 where nothing told of the field. */
int origin_is_unknown(const document_origin *origin);
int origin_is_same(const document_origin *a, const document_origin *b);
/* < 0: `a` is older than `b`; > 0: newer; 0: neither is known. */
int origin_compare(const document_origin *a, const document_origin *b);
/* The same of the versions of the paper that they describe, whose metadata may have changed since. */
int origin_compare_versions(const document_origin *a, const document_origin *b);
/* The greater, the better `source` knows the field; 0 for a caller's own. */
int origin_rank(document_source source, sheaf_field field);
/* 1 where a copy from there without the field says that the paper has none. */
int origin_tells_absence(document_source source, sheaf_field field);

/* 1 where the document has the field. */
int document_has(const sheaf_document *doc, sheaf_field field);
/* Gives each field of a copy that is to be stored the copy's own origin. */
void document_set_origins(sheaf_document *doc);
/* Tells whether they differ from the document's own, for one that was merged. */
void document_fold_origins(sheaf_document *doc);

/*
 * As stored: the letter of the source where all fields come from one copy, of the version and dates of
 * the document; else, for each copy, its letter, version, `@`, datestamp, `/`, day, `:` and the letters of its
 * fields, divided by blanks. Nothing where all is a caller's own.
 */
void document_pack_origins(const sheaf_document *doc, buf *out);
/* Once all fields are there. `packed` NULL: a caller's own. What cannot be read is not known. */
void document_unpack_origins(sheaf_document *doc, const char *packed);

#endif
