/* author_line.h: the authors of a paper on one line, as arXivRaw and the snapshot have them. */
#ifndef AUTHOR_LINE_H
#define AUTHOR_LINE_H

#include "document_private.h"

/* Appends "A (Inst), B". */
void author_line(const sheaf_document *doc, buf *out);
/* 1 where the line, read again, gives the same authors. `*bad` becomes 1 where there is no memory. */
int author_line_says_all(const sheaf_document *doc, const char *line, int *bad);

#endif
