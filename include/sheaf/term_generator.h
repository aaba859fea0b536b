/* sheaf/term_generator.h: text to terms, exactly as the index does it. */
#ifndef SHEAF_TERM_GENERATOR_H
#define SHEAF_TERM_GENERATOR_H

#include <sheaf/database.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_term_generator sheaf_term_generator;

/* A word of the text. The strings live for the call that passes it. */
typedef struct sheaf_term {
	const char *word; /* folded: lower case, no accents, TeX decoded */
	size_t word_len;
	const char *stem;
	size_t stem_len;
	size_t begin, end; /* the bytes of the source text it came from */
	uint32_t position; /* 0-based; terms of one position stand for the same word */
} sheaf_term;

/* Called for each term, in order. Non-zero stops. */
typedef int (*sheaf_term_fn)(void *ctx, const sheaf_term *term);

/* Makes a generator with the stemmer of `db`; NULL: the default stemmer, "english". */
SHEAF_API sheaf_status sheaf_term_generator_new(sheaf_database *db, sheaf_term_generator **tg,
                                                sheaf_error *err);
/* Frees a generator. Takes NULL. */
SHEAF_API void sheaf_term_generator_free(sheaf_term_generator *tg);
/*
 * Splits `len` bytes of prose into terms. Errors: INTERRUPTED where `fn` stopped.
 */
SHEAF_API sheaf_status sheaf_term_generator_index_text(sheaf_term_generator *tg, const char *text,
                                                       size_t len, sheaf_term_fn fn, void *ctx,
                                                       sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif
