/* profile_write.h: parts of a profile file, as YAML. */
#ifndef PROFILE_WRITE_H
#define PROFILE_WRITE_H

#include "buf.h"

/* Appends `text` (UTF-8) as a key or value on one line, in quotes where it needs them. */
void profile_write_text(buf *out, const char *text);
/* Appends a number with so many decimals and a point, whatever the locale. */
void profile_write_number(buf *out, double number, int decimals);
/*
 * Appends it as the value of a key, with the line's end: where it has several lines, as a block whose
 * lines begin with `indent`.
 */
void profile_write_query(buf *out, const char *indent, const char *text);

#endif
