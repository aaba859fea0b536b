/* sheaf/mset.h: the ranked answer to a query. */
#ifndef SHEAF_MSET_H
#define SHEAF_MSET_H

#include <sheaf/document.h>

#ifdef __cplusplus
extern "C" {
#endif

/*
 * A snapshot of docids and weights, valid after further writes; it borrows the database for
 * documents.
 */
typedef struct sheaf_mset sheaf_mset;

/* Frees an mset and its documents. Takes NULL. */
SHEAF_API void sheaf_mset_free(sheaf_mset *mset);
/* The number of items. */
SHEAF_API size_t sheaf_mset_size(const sheaf_mset *mset);
/* The rank of item 0, from 0. */
SHEAF_API size_t sheaf_mset_get_firstitem(const sheaf_mset *mset);
/* How many documents match in all. */
SHEAF_API int64_t sheaf_mset_get_matches_estimated(const sheaf_mset *mset);
/* 1 where that number is exact. */
SHEAF_API int sheaf_mset_matches_exact(const sheaf_mset *mset);
/* The largest weight any document got. */
SHEAF_API double sheaf_mset_get_max_attained(const sheaf_mset *mset);
/* The weight that no document can pass. */
SHEAF_API double sheaf_mset_get_max_possible(const sheaf_mset *mset);

/* Item `i`, from 0; 0 past the end. */
SHEAF_API sheaf_docid sheaf_mset_get_docid(const sheaf_mset *mset, size_t i);
SHEAF_API sheaf_revision sheaf_mset_get_revision(const sheaf_mset *mset, size_t i);
/* >= 0, higher is better. */
SHEAF_API double sheaf_mset_get_weight(const sheaf_mset *mset, size_t i);
/*
 * 0 to 100, as Xapian has it: the best document gets the share of the query's
 * possible term weight that its matching terms carry, the others in proportion.
 */
SHEAF_API int sheaf_mset_get_percent(const sheaf_mset *mset, size_t i);
/* The document of item `i`, loaded at the first call; borrowed until the mset is freed. */
SHEAF_API sheaf_status sheaf_mset_get_document(sheaf_mset *mset, size_t i,
                                               const sheaf_document **doc, sheaf_error *err);
/*
 * An extract of about `words` words of the text field around the densest group of
 * matching words, whitespace folded, each match between `hi_start` and `hi_end`
 * (NULL: ""), cuts shown as "…". sheaf_free() it.
 */
SHEAF_API sheaf_status sheaf_mset_snippet(sheaf_mset *mset, size_t i, sheaf_field field,
                                          size_t words, const char *hi_start, const char *hi_end,
                                          char **text, sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif
