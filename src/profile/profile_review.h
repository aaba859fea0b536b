/*
 * profile_review.h: all mistakes of a profile file at once. The file is read as ever, but each
 * mistake is noted and the reading goes on; then what was read is looked at as a whole.
 */
#ifndef PROFILE_REVIEW_H
#define PROFILE_REVIEW_H

#include "profile_private.h"
#include "yaml_tree.h"

enum { REVIEW_PROBLEMS_MAX = 10000 };

typedef struct review_item {
	sheaf_severity severity;
	long           line;
	size_t         order; /* as it was noted: of one line, the first comes first */
	const char    *message, *suggestion;
} review_item;

/* A profile of the file that another one, or itself, names by `query:`. */
typedef struct review_link {
	size_t from, to;
	long   line;
} review_link;

typedef struct profile_review {
	arena              arena; /* of all texts below */
	review_item       *items;
	size_t             count, size;
	int                failed; /* out of memory: something is missing */
	const char        *yaml;   /* the file */
	size_t             len;
	size_t            *lines; /* where each begins; one more, where the file ends */
	long               line_count;
	sheaf_profile_set *set;    /* what could be read of it; NULL: nothing */
	const yaml_node  **nodes;  /* of its profiles */
	size_t            *sorted; /* its profiles by name */
	const char       **names;  /* theirs, ended by NULL */
	const char **categories;   /* in lower case, ended by NULL; category_at() has them, too */
	sheaf_query_parser  *parser;
	struct review_query *at; /* the query that the parser reads */
	review_link         *links;
	size_t               link_count, link_size;
	size_t               comparisons; /* of names, that looking for near ones may still take */
} profile_review;

/* One query of the file. */
typedef struct review_query {
	profile_review  *review;
	size_t           profile; /* its place in the set; SIZE_MAX: the digest's `select` */
	const char      *key;     /* "query", "exclude", "require", "select" */
	const char      *where;   /* "digest", "profiles.hardware" */
	const char      *text;    /* NULL: there is none */
	const yaml_node *node;
	sheaf_query     *tree; /* NULL: it could not be read, or matches nothing */
} review_query;

/* Notes a mistake; `near` (may be NULL) is what was most likely meant. */
__attribute__((format(printf, 5, 6))) void review_note(profile_review *r, sheaf_severity severity,
                                                       long line, const char *near,
                                                       const char *format, ...);
/* NOMEM where something could not be noted. */
sheaf_status review_status(const profile_review *r, sheaf_error *err);
/*
 * The first line of the node in which `text` stands as a word of its own, in any case; where it does
 * not, the first line of the node.
 */
long review_line(const profile_review *r, const yaml_node *node, const char *text);
/* The name of the list that is nearest; NULL: none is, or looking took too long already. */
const char *review_near(profile_review *r, const char *name, const char *const *names,
                        size_t count);

/* Notes what follows a ^ in a query and is no weight. */
void review_weights(const review_query *q);
/* Makes the parser that review_query_read() uses. Errors: NOMEM. */
sheaf_status review_query_begin(profile_review *r, sheaf_error *err);
/* Parses a query and notes what is wrong with it. Free q->tree. */
sheaf_status review_query_read(review_query *q, sheaf_error *err);
/* Notes where a profile cannot match, or says what has no effect. `queries`: query, require, exclude. */
void review_profile(profile_review *r, size_t profile, const char *where,
                    const review_query queries[3]);
/* Notes profiles that refer to themselves. */
void review_links(profile_review *r);

#endif
