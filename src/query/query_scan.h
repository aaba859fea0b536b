/* query_scan.h: where words, values and quotes of a query's text end. All text is ended by NUL. */
#ifndef QUERY_SCAN_H
#define QUERY_SCAN_H

#include <stddef.h>

/* The bytes of a double quote, straight or typographic, at `p`; 0: none. */
size_t query_quote_len(const char *p);
/*
 * The end of a word of text: a blank, a parenthesis or a quote. $f(x)$, \" and {\H o} are parts
 * of a word.
 */
const char *query_word_end(const char *p);
/*
 * The end of a boolean value: a blank, a quote or a parenthesis that it did not open; DOIs have
 * pairs of them.
 */
const char *query_value_end(const char *value);
/*
 * Narrows a word by the punctuation of the sentence around it, and by signs before it that are no
 * operators.
 */
void query_trim_word(const char **text, size_t *len);
/* Reads digits with a point, at most 12, as a weight. 1 on success. */
int query_read_factor(const char *text, size_t len, double *factor);
/*
 * The length of a word without the `^2` at its end, which becomes `*factor`; `len` where there is
 * none.
 */
size_t query_cut_factor(const char *text, size_t len, double *factor);
/* 1 where the text ends inside TeX notation, which would go on with what follows it. */
int query_is_open_tex(const char *text);
/* 1 where the text has as many parentheses that open as close. */
int query_is_balanced(const char *text);

#endif
