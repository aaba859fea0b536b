/*
 * paper_text.h: what a synthetic paper says: title, abstract, people, categories and the small
 * fields.
 */
#ifndef PAPER_TEXT_H
#define PAPER_TEXT_H

#include "listing.h"

/* The streams of dice of one paper, so that a field added to one leaves the others as they are. */
enum { PART_HISTORY, PART_SIZES, PART_TOPIC, PART_TEXT, PART_PEOPLE, PART_NOTES };

/* Fills in all but id, dates and versions, which are there already. 0 when out of memory. */
int paper_text_fill(paper *p, uint64_t seed, int published, arena *a);

#endif
