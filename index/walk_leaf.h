/*
 * walk_leaf.h: the postings of one leaf of a query in one run of revisions: those of its ranking list, and
 * beside them a few that are in memory.
 */
#ifndef WALK_LEAF_H
#define WALK_LEAF_H

#include "leaf_tokens.h"
#include "list_cursor.h"
#include "match_run.h"
#include "posting.h"
#include "ranking.h"

#define WALK_END LIST_END /* the revision of what has no more postings */

typedef struct walk_leaf {
	int64_t     revision; /* at hand; WALK_END: no more */
	list_cursor cursor;   /* at its end where there is no list */
	posting    *postings; /* beside it; owned */
	size_t      count, at;
	int         column; /* occurrences in this one alone count; -1: in any text */
	int         used;
	list_counts counts; /* of all: of the list with documents that are gone */
	double      weight; /* of the leaf */
	double      block_most; /* that any posting of the block looked at last can weigh */
	int64_t     block_last; /* which ends here */
	int64_t     block_from; /* and was looked at for this revision */
} walk_leaf;

/* 1 where lists can answer a leaf. */
int walk_leaf_can(const plan_leaf *leaf);
/* Opens it, at its first posting from `first` on. Close it whatever the outcome. Errors: DATABASE_CORRUPT. */
sheaf_status walk_leaf_open(walk_leaf *l, sheaf_database *db, const ranking_run *run,
                            const leaf_tokens *tokens, int64_t first, sheaf_error *err);
void         walk_leaf_close(walk_leaf *l);
/* Moves it back to the first posting from `first` on. */
void walk_leaf_rewind(walk_leaf *l, int64_t first);

/* Moves to the first posting that is not before `revision`; never back. */
void walk_leaf_seek(walk_leaf *l, int64_t revision);
/* To the next one. */
void walk_leaf_next(walk_leaf *l);
/* How often the leaf occurs in the posting at hand, by default weights. */
uint32_t walk_leaf_frequency(walk_leaf *l);
/* 1 where a posting beside the list may be in [from, until]. */
int walk_leaf_has_more(const walk_leaf *l, int64_t from, int64_t until);

#endif
