/* text_cell.h: text from outside in a column of a table. */
#ifndef TEXT_CELL_H
#define TEXT_CELL_H

#include "output.h"

/* Characters that it takes as one line, control characters removed. */
size_t text_cell_width(const char *text);
/*
 * Prints it in `width` columns: what is longer is cut, and ends with an ellipsis (`utf8` 0: two
 * stops); what is shorter is filled with blanks.
 */
void text_cell_print(output *out, const char *text, size_t width, int utf8);

#endif
