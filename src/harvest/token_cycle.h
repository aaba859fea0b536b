/* token_cycle.h: notices a list that leads back to where it has been. */
#ifndef TOKEN_CYCLE_H
#define TOKEN_CYCLE_H

#include <stdint.h>
#include <string.h>

#include "hash.h"

/*
 * Brent's cycle detection over hashes of resumption tokens: one of them is kept, and replaced
 * after 1, 2, 4 … steps, so that a cycle of any length is met in the end. All-zero is the start.
 */
typedef struct token_cycle {
	uint64_t kept;
	uint64_t steps, limit;
} token_cycle;

/* Takes the next token; 1 where it has been met before. */
static inline int token_cycle_add(token_cycle *cycle, const char *token)
{
	uint64_t hash = hash_bytes(HASH_SEED, token, strlen(token));

	if (cycle->limit && hash == cycle->kept)
		return 1;
	if (cycle->steps++ == cycle->limit) {
		cycle->kept = hash;
		cycle->steps = 0;
		cycle->limit = cycle->limit ? cycle->limit * 2 : 1;
	}
	return 0;
}

#endif
