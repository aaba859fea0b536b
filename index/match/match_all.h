/*
 * match_all.h: what the walk over documents that have all of some words (match_best_all.c) shares with its way over
 * blocks (all_blocks.c).
 */
#ifndef MATCH_ALL_H
#define MATCH_ALL_H

#include "match_walk.h"

/* A word of the query. */
typedef struct all_word {
	walk_leaf     *leaf;
	int            plain; /* 1: its list is all there is of it, in any column */
	double         weight;
	unsigned char *places; /* by place in the block of the first word: in its own */
} all_word;

/* How many matches there are where nothing can be among the best: some stretches tell it for all. */
typedef struct all_sample {
	double  share;       /* of such revisions that are looked at, at least */
	double  weak;        /* how many such revisions there were */
	double  seen, found; /* of them, those looked at, and the matches there */
	int64_t until;       /* the stretch at hand is looked at to this revision */
} all_sample;

typedef struct all_of {
	match_walk *w;
	all_word   *words; /* the rarest first */
	size_t      count;
	int         counts;    /* 1: all matches are counted on the way */
	double      threshold; /* below it nothing is kept; -1: all is */
	double      bound;     /* that no document weighs more than, from the one at hand on */
	int64_t     until;     /* to this revision */
	all_sample  sample;
	/* Of the blocks at hand: the matches, by their places in the block of the first word. */
	unsigned char  picked[LIST_BLOCK];
	unsigned char *marks; /* a byte for each revision: where a word stands */
} all_of;

/* Moves to the first posting that is not before `revision`; answers where that is. */
static inline int64_t all_seek_word(const all_word *word, int64_t revision)
{
	walk_leaf *l = word->leaf;

	if (!word->plain) {
		if (l->revision < revision)
			walk_leaf_seek(l, revision);
		return l->revision;
	}
	list_cursor_seek(&l->cursor, revision);
	return l->revision = l->cursor.revision;
}

/* Opens the stretch in which the words' blocks at `revision` overlap. */
void all_open_stretch(all_of *a, int64_t revision);
/* Keeps the match at hand if it is among the best. */
void all_consider(all_of *a, int64_t revision);

/* ---- all_blocks.c ---- */

/* 1 where all words are plain: then blocks are looked at as a whole. */
int all_blocks_can(const all_of *a);
/* Visits those that can be among the best, and counts all, or about. */
sheaf_status all_blocks_walk(all_of *a, sheaf_error *err);

#endif
