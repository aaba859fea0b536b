/* signs.h: what signs among the letters of prose do to the word that they touch. */
#ifndef SIGNS_H
#define SIGNS_H

#include <stddef.h>

/*
 * Each looks at `s`, of which `len` > 0 bytes are left, and answers how many of them belong to what
 * it is named after; 0: it is something else. Bytes past `len` are not read.
 */

/* "'s" at the end of a word, with any of the apostrophes in use. */
size_t sign_possessive(const char *s, size_t len);
/* The gap in "12,000", "12{,}000" and "12\,000": three digits and no fourth stand behind it. */
size_t sign_thousands(const char *s, size_t len);
/* The "++" of "C++" and the "#" of "C#", also with TeX's backslashes. */
size_t sign_language(const char *s, size_t len);
/* A digit that is a subscript or a superscript by itself. */
size_t sign_low_digit(const char *s, size_t len);
size_t sign_high_digit(const char *s, size_t len);

/*
 * 1 where the subscript or superscript whose `_` or `^` stands at `s` belongs to its base, which
 * ends in `last`: digits and a single letter do (CO_2, T_c, L^p), longer words are words of their
 * own (E_{max}), and a power is not part of its number (10^6).
 */
int sign_script_joins(const char *s, size_t len, char last);

#endif
