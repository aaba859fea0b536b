/*
 * sequence_places.h: where phrases stand in a document, and which of several stand near each other, as FTS5 has
 * it. Places are numbers that ascend: the column above PLACE_SHIFT, the word's place in it below.
 */
#ifndef SEQUENCE_PLACES_H
#define SEQUENCE_PLACES_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

enum { PLACE_SHIFT = 32 };

typedef struct place_list { /* all-zero is empty */
	uint64_t *items;
	size_t    count, size;
} place_list;

void place_list_free(place_list *list);
/*
 * Adds the positions of a posting, those of one column where that is not below 0. `columns`: how many there are.
 * *fine 0: they make no sense. Errors: NOMEM.
 */
sheaf_status place_list_read(place_list *list, const unsigned char *positions, size_t len,
                             int column, int columns, int *fine, sheaf_error *err);
/* Takes in what `more` has: each place once. Errors: NOMEM. */
sheaf_status place_list_unite(place_list *list, const place_list *more, sheaf_error *err);
/* Keeps of `starts` what `word` has `behind` places later. */
void place_list_follow(place_list *starts, const place_list *word, uint64_t behind);

/* A phrase of a NEAR. */
typedef struct near_part {
	place_list starts;
	size_t     words;
	size_t     at, kept; /* while places are sorted out */
} near_part;

/*
 * Keeps of the parts' places those that stand together: one of each part, none of which ends more than `distance`
 * positions before another begins. From one such group to the next that part moves on whose next place comes first.
 */
void near_keep(near_part *parts, size_t count, size_t distance);
/*
 * Of the places that are left, keeps the first part's from which all others follow in order, each as near as can be,
 * the last within `window` positions.
 */
void near_keep_ordered(near_part *parts, size_t count, size_t window);

#endif
