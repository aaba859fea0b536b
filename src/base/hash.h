/* hash.h: 64-bit hashes for tables and fingerprints. */
#ifndef HASH_H
#define HASH_H

#include <stddef.h>
#include <stdint.h>

#include "bytes.h"

#define HASH_SEED 0xCBF29CE484222325u

/*
 * FNV-1a (Fowler, Noll, Vo; RFC 9923), for what is kept: the same on any machine. Chain calls
 * through `seed`; start with HASH_SEED.
 */
static inline uint64_t hash_bytes(uint64_t seed, const void *bytes, size_t len)
{
	const unsigned char *p = bytes;

	for (size_t i = 0; i < len; i++)
		seed = (seed ^ p[i]) * 0x100000001B3u;
	return seed;
}

static inline uint64_t hash_finish(uint64_t hash)
{
	hash = (hash ^ hash >> 32) * 0xD6E8FEB86659FD93u;
	return hash ^ hash >> 32;
}

/* For tables in memory: eight bytes at a time; any bits of it serve. */
static inline uint64_t hash_key(uint64_t seed, const void *bytes, size_t len)
{
	const uint64_t       odd = 0x9E3779B97F4A7C15u;
	const unsigned char *p = bytes;
	uint64_t             hash = (seed ^ len) * odd;

	for (; len > 8; p += 8, len -= 8)
		hash = (hash ^ hash >> 32 ^ bytes_load_8(p)) * odd;
	hash = (hash ^ hash >> 32 ^ bytes_load(p, len)) * odd;
	return hash_finish(hash);
}

/*
 * hash_key(), and a copy of the bytes: what follows them in `to` is written, too, up to eight
 * bytes.
 */
static inline uint64_t hash_copy(uint64_t seed, void *to, const void *bytes, size_t len)
{
	const uint64_t       odd = 0x9E3779B97F4A7C15u;
	const unsigned char *p = bytes;
	unsigned char       *out = to;
	uint64_t             hash = (seed ^ len) * odd, last;

	for (; len > 8; p += 8, out += 8, len -= 8) {
		last = bytes_load_8(p);
		bytes_store_8(out, last);
		hash = (hash ^ hash >> 32 ^ last) * odd;
	}
	last = bytes_load(p, len);
	bytes_store_8(out, last);
	hash = (hash ^ hash >> 32 ^ last) * odd;
	return hash_finish(hash);
}

#endif
