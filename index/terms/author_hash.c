#include "author_hash.h"

#include "hash.h"
#include "words.h"

static int add_word(void *ctx, const word *w)
{
	uint64_t *hash = ctx;

	*hash = hash_bytes(*hash ? *hash : HASH_SEED, w->text, w->len);
	*hash = hash_bytes(*hash, " ", 1);
	return 0;
}

uint64_t author_hash(const char *name, size_t len)
{
	uint64_t         hash = 0;
	const words_sink sink = {&hash, add_word, NULL};

	words_split(name, len, WORDS_NAMES, &sink);
	if (!hash)
		return 0;
	/* FNV mixes little into its upper bits. */
	hash = (hash ^ hash >> 29) * 0x9E3779B97F4A7C15u >> (64 - AUTHOR_HASH_BITS);
	return hash ? hash : 1;
}
