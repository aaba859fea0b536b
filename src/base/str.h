/* str.h: small things about strings. ASCII rules, whatever the locale. */
#ifndef STR_H
#define STR_H

#include <stddef.h>
#include <stdint.h>

int  str_is_space(unsigned char c); /* blank, tab, line breaks */
int  str_is_digit(unsigned char c);
int  str_is_alpha(unsigned char c);
char str_lower(char c);
/* NULL-safe: NULL equals only NULL. */
int str_eq(const char *a, const char *b);
/* Compare without regard to ASCII case. */
int str_ieq(const char *a, const char *b);
int str_ieq_n(const char *a, const char *b, size_t n);
int str_starts(const char *s, const char *prefix);
int str_istarts(const char *s, const char *prefix);
/* Narrows [*s, *s + *len) by the white space at both ends. */
void str_trim(const char **s, size_t *len);
/* A whole decimal number and nothing else; 1 on success. */
int str_to_int64(const char *s, int64_t *value);
/* A whole finite number and nothing else, with '.' whatever the locale; 1 on success. */
int str_to_double(const char *s, double *value);
/*
 * The candidate nearest to `word` by Damerau-Levenshtein distance (optimal string
 * alignment), NULL where none is within a third of its length and one. `names` ends with NULL.
 */
const char *str_nearest(const char *word, const char *const *names);

#endif
