/*
 * Snowball's stemmers and the caller's behind a cache: stemming every word would be 40 % of
 * indexing.
 */
#include "stemmer.h"

#include <libstemmer.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "hash.h"
#include "stem_accents.h"
#include "stem_exceptions.h"
#include "str.h"

enum {
	CACHE_ENTRIES = 32768, /* a power of two; words of abstracts repeat, so most are found */
	CACHED_MAX = 30,       /* bytes; longer words are stemmed each time */
	STEMMED_MAX = 1024,    /* bytes; longer words are left as they are */
	ROOM = 16,             /* by which a stem may be longer than its word */
	NAME_MAX_LEN = 32
};

typedef struct cache_entry {
	unsigned char word_len, stem_len;
	char          word[CACHED_MAX], stem[CACHED_MAX];
} cache_entry;

struct sheaf_stem {
	struct sb_stemmer *snowball; /* NULL: "none", or the caller's */
	sheaf_stem_fn      fn;       /* the caller's, or NULL */
	void              *ctx;
	int                english; /* 1: with exceptions */
	const stem_accent *accents; /* of the language, to be put back; NULL: none */
	cache_entry       *cache;   /* direct-mapped */
	char               setting[sizeof STEM_CUSTOM_PREFIX + NAME_MAX_LEN];
	char               out[STEMMED_MAX + ROOM];
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

static sheaf_status no_stemmer(const char *language, sheaf_error *err)
{
	/* Snowball answers NULL for an unknown language and for want of memory alike. */
	if (is_known(language))
		return sheaf_nomem(err);
	return sheaf_fail(err, SHEAF_ERROR_FEATURE_UNAVAILABLE,
	                  "no stemmer '%.40s'; Snowball has english, german, french …", language);
}

/* `prefix` and `name` fit: Snowball's names are short, the caller's are checked. */
static sheaf_stem *make(const char *prefix, const char *name)
{
	sheaf_stem *stem = mem_calloc(1, sizeof *stem);
	size_t      len = strlen(prefix), name_len = strlen(name);

	if (!stem)
		return NULL;
	if (name_len > NAME_MAX_LEN)
		name_len = NAME_MAX_LEN;
	memcpy(stem->setting, prefix, len);
	memcpy(stem->setting + len, name, name_len);
	return stem;
}

static sheaf_status add_cache(sheaf_stem *stem, sheaf_stem **out, sheaf_error *err)
{
	stem->cache = mem_calloc(CACHE_ENTRIES, sizeof *stem->cache);
	if (!stem->cache) {
		sheaf_stem_free(stem);
		return sheaf_nomem(err);
	}
	*out = stem;
	return SHEAF_OK;
}

sheaf_status sheaf_stem_new(const char *language, sheaf_stem **out, sheaf_error *err)
{
	sheaf_stem *stem;

	*out = NULL;
	if (!language)
		language = "english";
	stem = make("", language);
	if (!stem)
		return sheaf_nomem(err);
	if (strcmp(language, "none") == 0) {
		*out = stem;
		return SHEAF_OK;
	}
	stem->snowball = sb_stemmer_new(language, NULL);
	if (!stem->snowball) {
		sheaf_stem_free(stem);
		return no_stemmer(language, err);
	}
	stem->english = str_eq(language, "english");
	stem->accents = stem_accents_of(language);
	return add_cache(stem, out, err);
}

static int is_custom_name(const char *name)
{
	size_t             len = name ? strlen(name) : 0;
	struct sb_stemmer *snowball;

	if (!len || len > NAME_MAX_LEN)
		return 0;
	for (size_t i = 0; i < len; i++)
		if (!str_is_alpha((unsigned char)name[i]) &&
		    !str_is_digit((unsigned char)name[i]) && name[i] != '-')
			return 0;
	if (is_known(name))
		return 0;
	snowball = sb_stemmer_new(name, NULL);
	if (!snowball)
		return 1;
	sb_stemmer_delete(snowball);
	return 0;
}

sheaf_status sheaf_stem_new_custom(const char *name, sheaf_stem_fn fn, void *ctx, sheaf_stem **out,
                                   sheaf_error *err)
{
	sheaf_stem *stem;

	*out = NULL;
	if (!fn || !is_custom_name(name))
		return sheaf_fail(
			err, SHEAF_ERROR_INVALID_ARGUMENT,
			"not a name for a stemmer: '%.40s'; 1 to 32 letters, digits and '-', "
			"none of Snowball's names",
			name ? name : "");
	stem = make(STEM_CUSTOM_PREFIX, name);
	if (!stem)
		return sheaf_nomem(err);
	stem->fn = fn;
	stem->ctx = ctx;
	return add_cache(stem, out, err);
}

sheaf_status stem_clone(const sheaf_stem *stem, sheaf_stem **copy, sheaf_error *err)
{
	if (stem->fn)
		return sheaf_stem_new_custom(sheaf_stem_get_name(stem), stem->fn, stem->ctx, copy,
		                             err);
	return sheaf_stem_new(stem->setting, copy, err);
}

const char *stem_setting(const sheaf_stem *stem)
{
	return stem->setting;
}

const char *sheaf_stem_get_name(const sheaf_stem *stem)
{
	if (!stem)
		return NULL;
	return stem->setting + (stem->fn ? sizeof STEM_CUSTOM_PREFIX - 1 : 0);
}

int sheaf_stem_is_none(const sheaf_stem *stem)
{
	return stem && !stem->snowball && !stem->fn;
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

/* What the index uses as markers must not come in through a stem. */
static int has_controls(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if ((unsigned char)text[i] < 0x20)
			return 1;
	return 0;
}

static void ask_caller(sheaf_stem *stem, const char **word, size_t *len)
{
	int n = stem->fn(stem->ctx, *word, *len, stem->out);

	if (n <= 0 || (size_t)n > *len + ROOM || has_controls(stem->out, (size_t)n))
		return;
	*word = stem->out;
	*len = (size_t)n;
}

static sheaf_status ask_snowball(sheaf_stem *stem, const char **word, size_t *len, sheaf_error *err)
{
	const sb_symbol *stemmed = sb_stemmer_stem(stem->snowball, (const sb_symbol *)*word,
	                                           (int)*len);

	if (!stemmed)
		return sheaf_nomem(err);
	*word = (const char *)stemmed;
	*len = (size_t)sb_stemmer_length(stem->snowball);
	return SHEAF_OK;
}

static sheaf_status ask_accented(sheaf_stem *stem, const char **word, size_t *len, sheaf_error *err)
{
	size_t       restored = stem_accents_restore(stem->accents, *word, *len, stem->out);
	sheaf_status status;

	if (!restored)
		return ask_snowball(stem, word, len, err);
	*word = stem->out;
	*len = restored;
	status = ask_snowball(stem, word, len, err);
	if (status != SHEAF_OK)
		return status;
	*len = stem_accents_fold(*word, *len, stem->out);
	*word = stem->out;
	return SHEAF_OK;
}

/* Narrows a word to its stem, the exceptions before the rules. */
static sheaf_status find_stem(sheaf_stem *stem, const char **word, size_t *len, sheaf_error *err)
{
	const char *known = NULL;
	size_t      respelled;

	if (stem->fn) {
		ask_caller(stem, word, len);
		return SHEAF_OK;
	}
	if (stem->english) {
		known = stem_exception_find(*word, *len);
		respelled = known ? 0
		                  : stem_exception_respell(*word, *len, stem->out,
		                                           sizeof stem->out);
		if (respelled) {
			*word = stem->out;
			*len = respelled;
			known = stem_exception_find(*word, *len);
		}
	}
	if (!known)
		return stem->accents ? ask_accented(stem, word, len, err)
		                     : ask_snowball(stem, word, len, err);
	*word = known;
	*len = strlen(known);
	return SHEAF_OK;
}

sheaf_status sheaf_stem_word(sheaf_stem *stem, const char *word, size_t len, const char **out,
                             size_t *out_len, sheaf_error *err)
{
	cache_entry *entry = NULL;
	sheaf_status status;

	*out = word;
	*out_len = len;
	if (!stem->cache || !len || len > STEMMED_MAX)
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
	status = find_stem(stem, out, out_len, err);
	if (status == SHEAF_OK && entry && *out_len <= CACHED_MAX) {
		memcpy(entry->word, word, len);
		memcpy(entry->stem, *out, *out_len);
		entry->word_len = (unsigned char)len;
		entry->stem_len = (unsigned char)*out_len;
	}
	return status;
}
