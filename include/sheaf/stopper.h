/* sheaf/stopper.h: a list of words to leave out. */
#ifndef SHEAF_STOPPER_H
#define SHEAF_STOPPER_H

#include <sheaf/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_stopper sheaf_stopper;

/* Makes an empty list; `builtin` 1: with the words that query parsers drop from English text. */
SHEAF_API sheaf_status sheaf_stopper_new(int builtin, sheaf_stopper **stopper, sheaf_error *err);
/* Frees a list. Takes NULL. */
SHEAF_API void sheaf_stopper_free(sheaf_stopper *stopper);
/*
 * Adds a word; it is folded as the index folds it. Errors: INVALID_ARGUMENT where that is not one
 * word ("", "don't").
 */
SHEAF_API sheaf_status sheaf_stopper_add(sheaf_stopper *stopper, const char *word,
                                         sheaf_error *err);
/*
 * Adds the words of a list: one or more a line, `#` and `|` begin a comment (Snowball's format).
 * What the index reads as several words is passed over. `len` in bytes, at most 1 MiB. Errors:
 * INVALID_ARGUMENT (longer).
 */
SHEAF_API sheaf_status sheaf_stopper_add_list(sheaf_stopper *stopper, const char *text, size_t len,
                                              sheaf_error *err);
/*
 * 1 where the folded word is on the list. `stopper` is a sheaf_stopper: it fits
 * sheaf_query_parser_set_stopper_fn().
 */
SHEAF_API int sheaf_stopper_is_stop_word(void *stopper, const char *word, size_t len);

#ifdef __cplusplus
}
#endif

#endif
