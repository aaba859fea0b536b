/* tex_value.h: text from outside as the value of a BibTeX field. */
#ifndef TEX_VALUE_H
#define TEX_VALUE_H

#include <stddef.h>

#include "buf.h"

/*
 * Appends `len` bytes of UTF-8 on one line, without delimiters. What is TeX stays TeX: math between
 * dollar signs, accents, and control words of a list of harmless ones; any other control word is
 * spelled out, so that nothing that a title says is run. TeX's special characters are escaped. The
 * braces of what is appended are balanced, as BibTeX counts them.
 */
void tex_value(buf *out, const char *text, size_t len);

#endif
