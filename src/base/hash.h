/* hash.h: a 64-bit hash for tables and fingerprints. */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

#define HASH_SEED 0xCBF29CE484222325u

/* FNV-1a (Fowler, Noll, Vo; RFC 9923). Chain calls through `seed`; start with HASH_SEED. */
static inline uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i++)
		seed = (seed ^ p[i]) * 0x100000001B3u;
	return seed;
}

#endif
