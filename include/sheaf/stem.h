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
 * "english"; "none" leaves words as they are. English has a list of exceptions on top of Snowball's
 * rules (docs/stemming.md).
 * Errors: FEATURE_UNAVAILABLE (no such stemmer).
 * Source: Snowball, https://snowballstem.org/.
 */
SHEAF_API sheaf_status sheaf_stem_new(const char *language, sheaf_stem **stem, sheaf_error *err);
/*
 * Stems one folded word of `len` bytes (at most 1024) into `out`, which has room for `len` + 16
 * bytes; answers the stem's bytes. The word stays as it is where the answer is not 1 to `len` + 16,
 * or where the stem has control characters.
 */
typedef int (*sheaf_stem_fn)(void *ctx, const char *word, size_t len, char *out);
/*
 * Makes a stemmer of the caller's, for sheaf_database_options and term generators. The same word
 * must always give the same stem, and `fn` is called from several threads at once. `name`: 1 to 32
 * letters, digits and `-`, none of Snowball's names. Errors: INVALID_ARGUMENT.
 */
SHEAF_API sheaf_status sheaf_stem_new_custom(const char *name, sheaf_stem_fn fn, void *ctx,
                                             sheaf_stem **stem, sheaf_error *err);
/* The name it was made with ("english"). Borrowed; NULL for NULL. */
SHEAF_API const char *sheaf_stem_get_name(const sheaf_stem *stem);
/* 1 where it leaves words as they are. */
SHEAF_API int sheaf_stem_is_none(const sheaf_stem *stem);
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
