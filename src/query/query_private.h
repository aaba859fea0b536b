/* query_private.h: the inside of a query tree, for the layers that run it. */
#ifndef QUERY_PRIVATE_H
#define QUERY_PRIVATE_H

#include <sheaf/query.h>

enum {
	QUERY_DEPTH_MAX = 64, /* parentheses that a query's text may nest; deeper is taken flat */
	QUERY_TREE_DEPTH_MAX = 1024, /* levels of a tree: what recursion over one may cost */
	QUERY_LENGTH_MAX = 4096,     /* bytes, by default */
	QUERY_TERM_MAX = 4096,       /* bytes of one leaf's text */
	QUERY_WINDOW_DEFAULT = 10,   /* positions between neighbours in NEAR */
	QUERY_WINDOW_MAX = 1000,
	QUERY_ELITE_DEFAULT = 10,
	QUERY_EXPANSION_DEFAULT = 1000 /* words that a wildcard may stand for */
};

#define QUERY_FACTOR_MAX 1e6 /* the most that a weight is multiplied by */

typedef enum query_type {
	QUERY_NOTHING = 0,
	QUERY_ALL,   /* every document */
	QUERY_TERM,  /* `text` in `field`; several words are a phrase */
	QUERY_RANGE, /* `begin` <= value of `field` <= `end` */
	QUERY_AND,
	QUERY_OR,
	QUERY_AND_NOT, /* sub[0], and none of the rest */
	QUERY_FILTER,  /* sub[0], and all of the rest, which add no weight */
	QUERY_PHRASE,  /* sub are QUERY_TERMs of one field, in order within `window` positions */
	QUERY_NEAR,  /* sub are QUERY_TERMs of one field, in any order within `window` positions */
	QUERY_SCALE, /* sub[0] with its weight times `factor` */
	QUERY_XOR,   /* an odd number of sub */
	QUERY_MAYBE, /* sub[0]; the rest only add weight */
	QUERY_SYNONYM,   /* any of sub, which are TERM, adjacent PHRASE or WILDCARD, as one term */
	QUERY_ELITE,     /* any of the `window` sub that can weigh the most */
	QUERY_WILDCARD,  /* words of `field` that fit the pattern `text` */
	QUERY_SLOT_RANGE /* low <= value of `slot` <= high, as bytes */
} query_type;

struct sheaf_query {
	query_type  type;
	sheaf_field field; /* TERM, RANGE, WILDCARD */
	unsigned    flags; /* TERM: SHEAF_TERM_* */
	char  *text;  /* TERM, WILDCARD: as it was written, without operators and quotes; owned */
	size_t count; /* of subqueries */
	sheaf_query        **sub;        /* owned */
	unsigned             window;     /* PHRASE, NEAR, ELITE */
	int64_t              begin, end; /* RANGE */
	double               factor;     /* SCALE */
	unsigned             max;        /* WILDCARD: words it may stand for; 0: any number */
	sheaf_wildcard_limit limit;      /* WILDCARD: what is done where there are more */
	uint32_t             slot;       /* SLOT_RANGE */
	char                *low, *high; /* SLOT_RANGE: bytes, owned; NULL: open */
	size_t               low_len, high_len;
	unsigned             depth; /* levels of operators below and with this one; a leaf has 0 */
};

#endif
