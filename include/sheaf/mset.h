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
/* How many documents match in all; about, where the number is not exact. */
SHEAF_API int64_t sheaf_mset_get_matches_estimated(const sheaf_mset *mset);
/*
 * That number is at least, and at most, this. All three are the same unless a time limit struck, or
 * the query is of words that very many documents have (sheaf_enquire_set_check_at_least()).
 */
SHEAF_API int64_t sheaf_mset_get_matches_lower_bound(const sheaf_mset *mset);
SHEAF_API int64_t sheaf_mset_get_matches_upper_bound(const sheaf_mset *mset);
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
/* The percentage that `weight` would have in this mset. */
SHEAF_API int sheaf_mset_convert_to_percent(const sheaf_mset *mset, double weight);
/*
 * How many documents have the query's leaf that is described so ("network", "title:network"), and
 * what it can add at most; 0 where the query has none.
 */
SHEAF_API int64_t sheaf_mset_get_termfreq(const sheaf_mset *mset, const char *term);
SHEAF_API double sheaf_mset_get_termweight(const sheaf_mset *mset, const char *term);
/*
 * The document of item `i`, loaded at the first call; borrowed until the mset is freed or lets go
 * of it.
 */
SHEAF_API sheaf_status sheaf_mset_get_document(sheaf_mset *mset, size_t i,
                                               const sheaf_document **doc, sheaf_error *err);
/*
 * Frees the document of item `i`, if it is loaded: for walks over more documents than should be in
 * memory at once. sheaf_mset_get_document() loads it again.
 */
SHEAF_API void sheaf_mset_release_document(sheaf_mset *mset, size_t i);
/* How a snippet is escaped; the markers are not. */
typedef enum sheaf_snippet_escape {
	SHEAF_SNIPPET_PLAIN = 0, /* control characters become blanks */
	SHEAF_SNIPPET_HTML,
	SHEAF_SNIPPET_MARKDOWN
} sheaf_snippet_escape;

typedef struct sheaf_snippet_options { /* all-zero means the defaults */
	size_t words;                  /* about how many; 0: 30 */
	const char *hi_start, *hi_end; /* around each match; NULL: "" */
	const char *omit;              /* where text was left out; NULL: "…" */
	sheaf_snippet_escape escape;
} sheaf_snippet_options;
/*
 * The extract of the text field that shows best why item `i` was found: the window whose different
 * matching words weigh the most together, white space folded. sheaf_free() it.
 */
SHEAF_API sheaf_status sheaf_mset_snippet_with(sheaf_mset *mset, size_t i, sheaf_field field,
                                               const sheaf_snippet_options *options, char **text,
                                               sheaf_error *err);
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
