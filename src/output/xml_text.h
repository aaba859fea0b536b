/* xml_text.h: text inside XML elements, so that a parser gives it back as it was. */
#ifndef XML_TEXT_H
#define XML_TEXT_H

#include "buf.h"

/*
 * Appends `text` with markup and all that steers a terminal or gets lost on the way as references;
 * what XML cannot hold at all becomes a blank, or U+FFFD.
 */
void xml_text(buf *out, const char *text);
/* The same as an element without attributes; nothing for NULL. */
void xml_element_text(buf *out, const char *name, const char *text);

#endif
