/* The Snowball stemmer behind a cache: stemming every word would be 40 % of indexing. */
#include <libstemmer.h>
#include <sheaf/stem.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "hash.h"

enum {
	CACHE_ENTRIES = 32768, /* a power of two; words of abstracts repeat, so most are found */
	CACHED_MAX = 30        /* bytes; longer words are stemmed each time */
};

typedef struct cache_entry {
	unsigned char word_len, stem_len;
	char          word[CACHED_MAX], stem[CACHED_MAX];
} cache_entry;

struct sheaf_stem {
	struct sb_stemmer *snowball; /* NULL: "none" */
	cache_entry       *cache;    /* direct-mapped */
};

static const char *const languages[] = {
	"arabic",   "armenian", "basque",     "catalan", "danish",    "dutch",     "english",
	"finnish",  "french",   "german",     "greek",   "hindi",     "hungarian", "indonesian",
	"irish",    "italian",  "lithuanian", "nepali",  "norwegian", "porter",    "portuguese",
	"romanian", "russian",  "serbian",    "spanish", "swedish",   "tamil",     "turkish",
	"yiddish",  "none",     NULL,
};

const char *const *sheaf_stem_get_available_languages(void)
{
	return languages;
}

static int is_known(const char *language)
{
	for (const char *const *l = languages; *l; l++)
		if (strcmp(*l, language) == 0)
			return 1;
	return 0;
}

sheaf_status sheaf_stem_new(const char *language, sheaf_stem **out, sheaf_error *err)
{
	sheaf_stem *stem;

	*out = NULL;
	if (!language)
		language = "english";
	stem = mem_calloc(1, sizeof *stem);
	if (!stem)
		return sheaf_nomem(err);
	if (strcmp(language, "none") != 0) {
		stem->snowball = sb_stemmer_new(language, NULL);
		if (!stem->snowball) {
			sheaf_stem_free(stem);
			/*
			 * Snowball answers NULL for an unknown language and for want of memory
			 * alike.
			 */
			if (is_known(language))
				return sheaf_nomem(err);
			return sheaf_fail(
				err, SHEAF_ERROR_FEATURE_UNAVAILABLE,
				"no stemmer '%.40s'; Snowball has english, german, french …",
				language);
		}
		stem->cache = mem_calloc(CACHE_ENTRIES, sizeof *stem->cache);
		if (!stem->cache) {
			sheaf_stem_free(stem);
			return sheaf_nomem(err);
		}
	}
	*out = stem;
	return SHEAF_OK;
}

void sheaf_stem_free(sheaf_stem *stem)
{
	if (!stem)
		return;
	if (stem->snowball)
		sb_stemmer_delete(stem->snowball);
	mem_free(stem->cache);
	mem_free(stem);
}

sheaf_status sheaf_stem_word(sheaf_stem *stem, const char *word, size_t len, const char **out,
                             size_t *out_len, sheaf_error *err)
{
	cache_entry     *entry = NULL;
	const sb_symbol *stemmed;
	size_t           stemmed_len;

	*out = word;
	*out_len = len;
	if (!stem->snowball || !len || len > 1024)
		return SHEAF_OK;
	if (len <= CACHED_MAX) {
		uint64_t h = hash_bytes(HASH_SEED, word, len);

		entry = &stem->cache[(h ^ h >> 32) & (CACHE_ENTRIES - 1)];
		if (entry->word_len == len && memcmp(entry->word, word, len) == 0) {
			*out = entry->stem;
			*out_len = entry->stem_len;
			return SHEAF_OK;
		}
	}
	stemmed = sb_stemmer_stem(stem->snowball, (const sb_symbol *)word, (int)len);
	if (!stemmed)
		return sheaf_nomem(err);
	stemmed_len = (size_t)sb_stemmer_length(stem->snowball);
	*out = (const char *)stemmed;
	*out_len = stemmed_len;
	if (entry && stemmed_len <= CACHED_MAX) {
		memcpy(entry->word, word, len);
		memcpy(entry->stem, stemmed, stemmed_len);
		entry->word_len = (unsigned char)len;
		entry->stem_len = (unsigned char)stemmed_len;
	}
	return SHEAF_OK;
}
