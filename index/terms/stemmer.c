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
	/* Powers of two. Words of abstracts repeat, so most are found; a search asks for few. */
	CACHE_FIRST = 256,
	CACHE_LAST = 131072,
	CACHED_MAX = 30,    /* bytes; longer words are stemmed each time */
	STEMMED_MAX = 1024, /* bytes; longer words are left as they are */
	ROOM = 16,          /* by which a stem may be longer than its word */
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
	cache_entry       *cache;   /* direct-mapped; NULL: words are their own stems */
	size_t             cache_size;
	size_t             misses; /* since the cache has this size */
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
	stem->cache = mem_calloc(CACHE_FIRST, sizeof *stem->cache);
	if (!stem->cache) {
		sheaf_stem_free(stem);
		return sheaf_nomem(err);
	}
	stem->cache_size = CACHE_FIRST;
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

static void mark_exceptions(const stem_exception *table, size_t count, char first,
                            unsigned char firsts[256])
{
	for (size_t i = 0; i < count; i++)
		if (*table[i].to == first)
			firsts[(unsigned char)*table[i].from] = 1;
}

void stem_mark_firsts(const sheaf_stem *stem, const char *text, size_t len,
                      unsigned char firsts[256])
{
	/* Rules of other languages take beginnings away; of the caller's nothing is known. */
	if (!len || !(stem->english || sheaf_stem_is_none(stem))) {
		memset(firsts, 1, 256);
		return;
	}
	/* Snowball's English rules touch no beginning but an apostrophe. */
	firsts[(unsigned char)*text] = firsts['\''] = 1;
	if (stem->english) {
		mark_exceptions(stem_words, stem_word_count, *text, firsts);
		mark_exceptions(stem_beginnings, stem_beginning_count, *text, firsts);
	}
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

/* Where the word is, or would be. */
static cache_entry *slot_of(const sheaf_stem *stem, const char *word, size_t len)
{
	return &stem->cache[(size_t)hash_key(HASH_SEED, word, len) & (stem->cache_size - 1)];
}

/*
 * Twice the cache, once a quarter as many words were missed as it holds: all of it at once would be
 * eight megabytes of fresh memory for a process that stems a dozen words. Where there is no memory
 * for it, the small one does.
 */
static void grow_cache(sheaf_stem *stem)
{
	size_t       old_size = stem->cache_size;
	cache_entry *old = stem->cache;
	cache_entry *larger = mem_calloc(old_size * 2, sizeof *larger);

	stem->misses = 0;
	if (!larger)
		return;
	stem->cache = larger;
	stem->cache_size = old_size * 2;
	for (size_t i = 0; i < old_size; i++)
		if (old[i].word_len)
			*slot_of(stem, old[i].word, old[i].word_len) = old[i];
	mem_free(old);
}

/*
 * Answers the copy. What comes in may point into the cache: a stem that is stemmed again is copied
 * before the cache it came from is freed.
 */
static const char *keep_stem(sheaf_stem *stem, const char *word, size_t len, const char *found,
                             size_t found_len)
{
	cache_entry fresh, *entry;

	fresh.word_len = (unsigned char)len;
	fresh.stem_len = (unsigned char)found_len;
	memcpy(fresh.word, word, len);
	memcpy(fresh.stem, found, found_len);
	if (++stem->misses > stem->cache_size / 4 && stem->cache_size < CACHE_LAST)
		grow_cache(stem);
	entry = slot_of(stem, fresh.word, len);
	*entry = fresh;
	return entry->stem;
}

sheaf_status sheaf_stem_word(sheaf_stem *stem, const char *word, size_t len, const char **out,
                             size_t *out_len, sheaf_error *err)
{
	sheaf_status status;

	*out = word;
	*out_len = len;
	if (!stem->cache || !len || len > STEMMED_MAX)
		return SHEAF_OK;
	if (len <= CACHED_MAX) {
		const cache_entry *entry = slot_of(stem, word, len);

		if (entry->word_len == len && memcmp(entry->word, word, len) == 0) {
			*out = entry->stem;
			*out_len = entry->stem_len;
			return SHEAF_OK;
		}
	}
	status = find_stem(stem, out, out_len, err);
	if (status == SHEAF_OK && len <= CACHED_MAX && *out_len <= CACHED_MAX)
		*out = keep_stem(stem, word, len, *out, *out_len);
	return status;
}
