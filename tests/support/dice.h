/* dice.h: numbers that look random and are the same on every machine. */
#ifndef DICE_H
#define DICE_H

#include <stddef.h>
#include <stdint.h>

typedef struct dice {
	uint64_t state;
} dice;

/* Starts the stream `part` of the thing number `index`; streams do not depend on each other. */
void     dice_start(dice *d, uint64_t seed, uint64_t index, uint64_t part);
uint64_t dice_next(dice *d);
/* 0 … n - 1; 0 for n = 0. */
size_t dice_below(dice *d, size_t n);
/* lo … hi, both included. */
size_t dice_between(dice *d, size_t lo, size_t hi);
/* 1 once in n times. */
int dice_one_in(dice *d, size_t n);

#endif
