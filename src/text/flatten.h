/* flatten.h: text of several lines on one line. What is white space follows Unicode. */
#ifndef FLATTEN_H
#define FLATTEN_H

#include "buf.h"

/* Appends `text` with each run of white space as one blank, and none at its ends. */
void flatten_words(buf *out, const char *text);
/* Appends `text` with each line break as one blank, trimmed; other white space inside is kept. */
void flatten_lines(buf *out, const char *text);

#endif
