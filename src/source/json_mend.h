/* json_mend.h: what a strict JSON parser refuses in a line, mended. */
#ifndef JSON_MEND_H
#define JSON_MEND_H

#include "buf.h"

/*
 * Appends `line` with control characters as blanks, broken UTF-8 as U+FFFD, and escapes of
 * half a surrogate pair (`\ud800`) as `\ufffd`. Lines that are good are not changed by it.
 */
void json_mend(buf *out, const char *line, size_t len);

#endif
