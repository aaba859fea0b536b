/* corpus_random.h: random numbers that are the same on every machine. */
#ifndef CORPUS_RANDOM_H
#define CORPUS_RANDOM_H

#include <stdint.h>

/* Any value is a seed; each call moves it on. */
typedef struct corpus_random {
	uint64_t state;
} corpus_random;

/* The output function of SplitMix64 (Steele, Lea, Flood, OOPSLA 2014): a good hash of 64 bits. */
static inline uint64_t corpus_mix(uint64_t z)
{
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
	z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
	return z ^ (z >> 31);
}

static inline uint64_t corpus_random_next(corpus_random *r)
{
	return corpus_mix(r->state += 0x9E3779B97F4A7C15u);
}

/* In [0, 1). */
static inline double corpus_random_unit(corpus_random *r)
{
	return (double)(corpus_random_next(r) >> 11) / 9007199254740992.0;
}

/* In [0, limit); `limit` > 0. */
static inline unsigned corpus_random_below(corpus_random *r, unsigned limit)
{
	return (unsigned)(((corpus_random_next(r) >> 32) * limit) >> 32);
}

#endif
