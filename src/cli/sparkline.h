/* sparkline.h: numbers as a line of small columns. */
#ifndef SPARKLINE_H
#define SPARKLINE_H

#include "output.h"

/*
 * Prints `count` numbers, none of them negative, in as few columns as `width` allows: each is the sum
 * of so many numbers as the call answers (0: there are none). The lowest sign is for nothing at all,
 * the highest for the largest. `utf8` 0: by signs of ASCII.
 */
size_t sparkline_print(output *out, const int64_t *numbers, size_t count, size_t width, int utf8);

#endif
