/* edit_distance.h: how many slips of a typist lie between two words. */
#ifndef EDIT_DISTANCE_H
#define EDIT_DISTANCE_H

#include <stddef.h>
#include <stdint.h>

enum { EDIT_LETTERS_MAX = 64 };

/*
 * The least number of letters that are inserted, left out, changed or exchanged with their
 * neighbour to make `b` of `a`, no place being touched twice (optimal string alignment, after
 * Damerau, CACM 1964); max + 1 where it is more than `max`. At most EDIT_LETTERS_MAX letters each.
 */
unsigned edit_distance(const uint32_t *a, size_t a_count, const uint32_t *b, size_t b_count,
                       unsigned max);

#endif
