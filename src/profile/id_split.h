/* id_split.h: papers to learn from, and papers to measure with. */
#ifndef ID_SPLIT_H
#define ID_SPLIT_H

#include <string.h>

#include "hash.h"

/*
 * 1 for a fifth of all papers, which nothing is learnt from: those whose canonical identifier,
 * without version, has an FNV-1a hash that 5 divides.
 */
static inline int id_split_is_test(const char *id)
{
	return hash_bytes(HASH_SEED, id, strlen(id)) % 5 == 0;
}

#endif
