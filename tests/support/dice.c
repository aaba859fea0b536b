#include "dice.h"

/* Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014), SplitMix. */
static uint64_t mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

void dice_start(dice *d, uint64_t seed, uint64_t index, uint64_t part)
{
	d->state = mix(mix(mix(seed + 1) ^ (index + 1)) ^ (part + 1));
}

uint64_t dice_next(dice *d)
{
	d->state += 0x9E3779B97F4A7C15u;
	return mix(d->state);
}

size_t dice_below(dice *d, size_t n)
{
	uint64_t drawn = dice_next(d);

	return n ? (size_t)(drawn % n) : 0;
}

size_t dice_between(dice *d, size_t lo, size_t hi)
{
	return lo + dice_below(d, hi - lo + 1);
}

int dice_one_in(dice *d, size_t n)
{
	return dice_below(d, n) == 0;
}
