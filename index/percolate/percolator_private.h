/* percolator_private.h: the tables of a percolator, and where a document has what they hold. */
#ifndef PERCOLATOR_PRIVATE_H
#define PERCOLATOR_PRIVATE_H

#include "field.h"
#include "leaf_pattern.h"
#include "number_lists.h"
#include "percolator.h"
#include "sequence_places.h"
#include "text_table.h"

/* A leaf, once for all queries that have it. */
typedef struct pterm {
	leaf_pattern pattern;
	uint32_t    *tokens;   /* numbers of the pattern's tokens, in its order */
	int          own_term; /* of the caller's terms, which stand once more than they count */
} pterm;

typedef struct pnode {
	plan_type     type;
	uint32_t      leaf;  /* LEAF: its place in the query */
	plan_node     range; /* RANGE, SLOT_RANGE: the field and its bounds */
	sheaf_query  *slot;  /* SLOT_RANGE; owned by the percolator */
	size_t        count;
	struct pnode *sub;
} pnode;

typedef struct pquery {
	pnode          *root;         /* NULL: flat, any of its leaves */
	size_t          first, count; /* leaves */
	int             driven;
	percolator_norm norm;
	double          saturation; /* k1 + 1 */
	/* of the document at hand */
	double   weight, length; /* length: k1 * L */
	uint32_t seen;           /* the document's serial where something of it is there */
	uint32_t matched;        /* the same where it matches */
} pquery;

/* Where a token of the queries stands in the document. */
typedef struct place_node {
	uint64_t place;
	uint32_t next; /* + 1; 0: the last */
} place_node;

typedef struct token_places {
	uint32_t serial;      /* of the document they are of */
	uint32_t first, last; /* + 1 */
} token_places;

struct percolator {
	const tokens_config *config;
	arena                arena;
	text_table           tokens;   /* with their markers */
	text_table           prefixes; /* beginnings of tokens */
	uint64_t             prefix_lengths[4];
	text_table           keys; /* of terms */
	pterm               *terms;
	size_t               term_size;
	number_lists         token_terms, prefix_terms; /* the terms that a token leads to */
	number_lists         postings;                  /* leaves of driven queries by term */
	percolator_leaf     *leaves;
	uint32_t            *leaf_query;
	size_t               leaf_count, leaf_size;
	pquery              *queries;
	size_t               query_count, query_size;
	uint32_t            *bare; /* queries that match without any leaf */
	size_t               bare_count, bare_size;
	sheaf_query        **slots; /* owned copies */
	size_t               slot_count, slot_size;

	/* the document at hand */
	uint32_t        serial;
	percolator_view view;
	uint32_t        positions[COLUMN_COUNT];
	int             column;
	token_places   *places, *prefix_places; /* by number */
	size_t          places_size, prefix_places_size;
	place_node     *nodes;
	size_t          node_count, node_size;
	uint32_t       *touched; /* tokens, and prefixes with PERCOLATOR_PREFIX */
	size_t          touched_count, touched_size;
	uint32_t       *hit_of; /* by term: its hit + 1 */
	uint32_t       *term_seen;
	size_t          term_room;
	percolator_hit *hits;
	size_t          hit_count, hit_size;
	uint32_t       *candidates, *matches;
	size_t          candidate_count, candidate_size, match_count, match_size;
	place_list      scratch;
	near_part      *parts;
	size_t          part_size;
};

/* In lists of both, what is a prefix has this bit. */
#define PERCOLATOR_PREFIX 0x80000000u

/* percolate_leaf.c: 1 and the hit where the document has the term; -1: out of memory. */
int percolate_term(percolator *p, uint32_t term_number, percolator_hit *hit);
/* percolate_tree.c */
int percolate_matches(percolator *p, const pquery *q, const pnode *n);
/* The same, and adds what matched to *sum; `only`: of this leaf alone, UINT32_MAX: of all. */
int    percolate_weigh(percolator *p, const pquery *q, const pnode *n, uint32_t only, double *sum);
double percolate_saturate(const pquery *q, double frequency);

#endif
