/*
 * walk_leaf.h: the postings of one leaf of a query in one run of revisions: those of its ranking list, and
 * beside them a few that are in memory. Where a leaf has no list, all are in memory, from the index's pages.
 */
#ifndef WALK_LEAF_H
#define WALK_LEAF_H

#include "leaf_tokens.h"
#include "list_cursor.h"
#include "match_run.h"
#include "posting.h"
#include "ranking.h"
#include "token_postings.h"

#define WALK_END LIST_END /* the revision of what has no more postings */

enum { WALK_FREQUENCIES = 12 };

typedef struct walk_leaf {
	int64_t              revision; /* at hand; WALK_END: no more */
	list_cursor          cursor;   /* at its end where there is no list */
	const found_posting *postings; /* beside it */
	found_posting       *own;      /* they, where they are the leaf's own; owned */
	size_t               count, at;
	int64_t              base; /* the revision that their offsets count from */
	int all;    /* 1: there is no list, these are all; none is of a document that is gone */
	int unread; /* 1: they are not, and not counted */
	int partly; /* 1: some of them, not counted */
	int column; /* of the list: occurrences in this one alone count; -1: in any text */
	int used;
	list_counts counts;       /* of all: of the list with documents that are gone */
	double      weight;       /* of the leaf */
	double      block_most;   /* that any posting of the block looked at last can weigh */
	int64_t     block_last;   /* which ends here */
	int64_t     block_from;   /* and was looked at for this revision */
	list_bounds bounds;       /* of the block */
	double      stretch_most; /* the same of a stretch of blocks */
	int64_t     stretch_last, stretch_from;
	int         known;                /* 1: the next holds */
	double most_at[WALK_FREQUENCIES]; /* that a posting of this frequency can weigh there */
} walk_leaf;

/* What the index's pages have of a leaf in the revisions of some runs, read once for all of them. */
typedef struct leaf_pages {         /* all-zero has not been read */
	int64_t        first, last; /* to be set */
	int            partly;      /* 1: these are not all: how many there are is known already */
	int            read;
	found_postings found;
} leaf_pages;

/* 1 where a leaf can be walked. */
int walk_leaf_can(const plan_leaf *leaf);
/* 1 where it has lists; else it is walked by pages. */
int walk_leaf_has_lists(sheaf_database *db, const leaf_tokens *tokens);
/*
 * Opens it, at its first posting from `first` on. Close it whatever the outcome. `pages`: of the leaf, for all of the
 * run, which may be one without lists (number 0); NULL: it has lists. `counted`: 1 where it is not to be walked, and
 * its counts are known already. Errors: DATABASE_CORRUPT.
 */
sheaf_status walk_leaf_open(walk_leaf *l, sheaf_database *db, const ranking_run *run,
                            const leaf_tokens *tokens, leaf_pages *pages, int64_t first,
                            int counted, sheaf_error *err);
void         walk_leaf_close(walk_leaf *l);
/* Moves it back to the first posting from `first` on. */
void walk_leaf_rewind(walk_leaf *l, int64_t first);

/* Moves to the first posting that is not before `revision`; never back. */
void walk_leaf_seek(walk_leaf *l, int64_t revision);
/* To the next one. */
void walk_leaf_next(walk_leaf *l);
/* How often the leaf occurs in the posting at hand, by default weights. */
uint32_t walk_leaf_frequency(walk_leaf *l);
/* 1 where a posting in memory is in [from, until], which does not begin before the one at hand. */
int walk_leaf_has_more(const walk_leaf *l, int64_t from, int64_t until);
/*
 * Without moving: what no posting from `revision`, not before the one at hand, on to *last exceeds; *last moves down
 * to the end of that block. What stands beside a list is left out.
 */
sheaf_status walk_leaf_block(walk_leaf *l, sheaf_database *db, int64_t revision, int64_t *last,
                             list_bounds *bounds, sheaf_error *err);

#endif
