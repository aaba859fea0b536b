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
	const char *stem; /* the word itself where it is not stemmed: in names, without a stemmer */
	size_t stem_len;
	size_t begin, end; /* the bytes of the source text it came from */
	uint32_t position; /* of the word; what is left out keeps its place */
} sheaf_term;

/* Called for each term, in order. Non-zero stops. */
typedef int (*sheaf_term_fn)(void *ctx, const sheaf_term *term);
/* Answers 1 for a folded word that is to be left out; sheaf_stopper_is_stop_word() fits. */
typedef int (*sheaf_term_stopper_fn)(void *ctx, const char *word, size_t len);

/* What becomes of stop words. */
typedef enum sheaf_stop_strategy {
	SHEAF_STOP_ALL = 0, /* they are left out */
	SHEAF_STOP_STEMMED  /* they are passed, but not stemmed */
} sheaf_stop_strategy;

/* How text is read. */
typedef enum sheaf_text_kind {
	SHEAF_TEXT_PROSE = 0, /* TeX, possessives, formulas; stemmed */
	SHEAF_TEXT_NAMES      /* people, one a line; not stemmed */
} sheaf_text_kind;

/* Makes a generator with the stemmer of `db`, which may go afterwards; NULL: "english". */
SHEAF_API sheaf_status sheaf_term_generator_new(sheaf_database *db, sheaf_term_generator **tg,
                                                sheaf_error *err);
/* Frees a generator. Takes NULL. */
SHEAF_API void sheaf_term_generator_free(sheaf_term_generator *tg);
/* Stems as `stem` does, which may go afterwards; NULL: as "none". */
SHEAF_API sheaf_status sheaf_term_generator_set_stemmer(sheaf_term_generator *tg,
                                                        const sheaf_stem *stem, sheaf_error *err);
/*
 * SOME (the default): words and stems; ALL: stems as the words, too; NONE: words as the stems, too.
 */
SHEAF_API void sheaf_term_generator_set_stemming_strategy(sheaf_term_generator *tg,
                                                          sheaf_stem_strategy strategy);
/* Asks `fn` (NULL: nobody) which words of prose are stop words. Default: none are. */
SHEAF_API void sheaf_term_generator_set_stopper_fn(sheaf_term_generator *tg,
                                                   sheaf_term_stopper_fn fn, void *ctx);
SHEAF_API void sheaf_term_generator_set_stopper_strategy(sheaf_term_generator *tg,
                                                         sheaf_stop_strategy strategy);
/* Leaves out folded words of more bytes; 0: none, the default. The index cuts words at 64 bytes. */
SHEAF_API void sheaf_term_generator_set_max_word_length(sheaf_term_generator *tg, size_t bytes);
/* How the next texts are read. Default: PROSE. */
SHEAF_API void sheaf_term_generator_set_text_kind(sheaf_term_generator *tg, sheaf_text_kind kind);
/* The position of the next word: 0 at first, and counted on from text to text. */
SHEAF_API uint32_t sheaf_term_generator_get_termpos(const sheaf_term_generator *tg);
SHEAF_API void sheaf_term_generator_set_termpos(sheaf_term_generator *tg, uint32_t position);
/* Leaves a gap, so that no phrase runs from one text into the next; 100 is Xapian's. */
SHEAF_API void sheaf_term_generator_increase_termpos(sheaf_term_generator *tg, uint32_t by);
/*
 * Splits `len` bytes of text into terms. Errors: INTERRUPTED where `fn` stopped.
 */
SHEAF_API sheaf_status sheaf_term_generator_index_text(sheaf_term_generator *tg, const char *text,
                                                       size_t len, sheaf_term_fn fn, void *ctx,
                                                       sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif
