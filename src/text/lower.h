/* lower.h: lower case for matching. */
#ifndef LOWER_H
#define LOWER_H

#include "buf.h"

/*
 * Appends `text` in lower case: each character's own mapping, whatever the
 * locale and whatever stands beside it (a final sigma stays σ); İ becomes i with
 * a dot above. Bytes that are no UTF-8 become U+FFFD.
 */
void text_lower(buf *out, const char *text);

#endif
