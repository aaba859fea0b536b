/* inverter_private.h: the inside of an inverter, for the files that fill and read it. */
#ifndef INVERTER_PRIVATE_H
#define INVERTER_PRIVATE_H

#include "inverter.h"
#include "pool.h"

typedef struct inverter_slot {
	uint64_t       hash;
	inverter_term *term; /* NULL: empty */
} inverter_slot;

struct inverter {
	pool            memory;     /* terms and their postings */
	inverter_slot  *slots;      /* NULL: none yet */
	size_t          slot_count; /* a power of two */
	size_t          count;      /* of terms */
	uint64_t        seed;       /* so that nobody can choose words that meet in one slot */
	uint32_t        documents;
	int             failed; /* 1: there was no memory for something */
	inverter_term **order;  /* once sorted; NULL: not */
	size_t          order_count;
	const int64_t  *revisions;
};

enum {
	INVERTER_COLUMN_MARK = 1,
	/* A gap or position below takes two bytes at most, with 2 added. */
	INVERTER_SHORT = 0x3FF0,
	/* What such an occurrence takes at most: gap, size, column mark and column, position. */
	INVERTER_SHORT_ROOM = 7,
	/* Bytes of a posting with its size, up to which the size stays one byte with such an occurrence more. */
	INVERTER_SHORT_LEN = 0x30
};

/* What inverter_add() does where the numbers are large, the posting is long or room is short. */
void inverter_add_long(inverter *v, inverter_term *t, unsigned column, uint32_t position);

#endif
