/* quoted_printable.h: text in lines that any mail server passes on (RFC 2045, section 6.7). */
#ifndef QUOTED_PRINTABLE_H
#define QUOTED_PRINTABLE_H

#include "buf.h"

/*
 * Appends text of which each line feed is a line break, in lines of at most 76 columns. `*column` is
 * where the last line stands: 0 to begin with, and passed on from piece to piece of a long text.
 * What a mail program could take for its own is encoded as well: a full stop and a From at the beginning
 * of a line, blanks at its end.
 */
void quoted_printable(buf *out, const char *text, size_t len, size_t *column);

#endif
