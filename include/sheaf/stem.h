/* sheaf/stem.h: Snowball stemming of single words. */
#ifndef SHEAF_STEM_H
#define SHEAF_STEM_H

#include <sheaf/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_stem sheaf_stem;

/*
 * Makes a stemmer. `language` in Snowball's names ("english", "german"); NULL:
 * "english"; "none" leaves words as they are.
 * Errors: FEATURE_UNAVAILABLE (no such stemmer).
 * Source: Snowball, https://snowballstem.org/.
 */
SHEAF_API sheaf_status sheaf_stem_new(const char *language, sheaf_stem **stem, sheaf_error *err);
/* Frees a stemmer. Takes NULL. */
SHEAF_API void sheaf_stem_free(sheaf_stem *stem);
/*
 * Stems one folded word of `len` bytes. `*out` is borrowed and lives until the
 * next call on the same stemmer.
 */
SHEAF_API sheaf_status sheaf_stem_word(sheaf_stem *stem, const char *word, size_t len,
                                       const char **out, size_t *out_len, sheaf_error *err);
/* The names sheaf_stem_new() takes, ended by NULL. Static storage. */
SHEAF_API const char *const *sheaf_stem_get_available_languages(void);

#ifdef __cplusplus
}
#endif

#endif
