/* mime_header.h: header fields of a message (RFC 5322), with any text in them (RFC 2047). */
#ifndef MIME_HEADER_H
#define MIME_HEADER_H

#include "buf.h"

enum { MIME_LINE_MAX = 76 }; /* columns, without the line break */

/*
 * Appends `Name: text`, folded. Line breaks and control characters in the text become blanks or go, so
 * that no text begins a field of its own. What is not plain ASCII goes as encoded words.
 */
void mime_header_text(buf *out, const char *name, const char *text);
/*
 * Appends `Name: address, address`, each an address or `Name <address>` with a name in any script, on
 * lines of their own. Answers NULL, else the part that is no address, borrowed and ended by a comma
 * or the text's end; nothing is appended then.
 */
const char *mime_header_addresses(buf *out, const char *name, const char *addresses);
/* Appends what follows the @ of the first address; "localhost" where that is no domain. */
void mime_domain(buf *out, const char *addresses);

#endif
