/* base64.h: bytes as text (RFC 4648, section 4). */
#ifndef BASE64_H
#define BASE64_H

#include "buf.h"

void base64_encode(const void *bytes, size_t len, buf *out);
/*
 * Appends the bytes; 1 on success. 0 where the text is not exactly what an encoder writes; nothing
 * is appended then. A failure of `out` is its own.
 */
int base64_decode(const char *text, size_t len, buf *out);

#endif
