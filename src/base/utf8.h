/* utf8.h: reading UTF-8 that may be broken. */
#ifndef UTF8_H
#define UTF8_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"

#define UTF8_REPLACEMENT 0xFFFDu

/*
 * Decodes the character at `s` (`len` > 0 bytes are left) into `*cp` and answers
 * its length in bytes. A byte that begins no valid character is U+FFFD, length 1.
 */
size_t utf8_decode(const char *s, size_t len, uint32_t *cp);
/* Writes `cp` to `out` (4 bytes) and answers its length. */
size_t utf8_put(uint32_t cp, char *out);
/* The number of bytes from the start that are valid UTF-8 without NUL. */
size_t utf8_valid_prefix(const char *s, size_t len);
/* Appends the text with broken bytes replaced by U+FFFD and NUL by a blank. */
void utf8_append_clean(buf *out, const char *s, size_t len);
/*
 * The largest length <= len that ends at a character boundary; for a cut inside a text, since
 * s[len] is read.
 */
size_t utf8_floor(const char *s, size_t len);

#endif
