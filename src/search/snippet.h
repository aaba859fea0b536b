/* snippet.h: the part of a text that shows best why it was found. */
#ifndef SNIPPET_H
#define SNIPPET_H

#include "highlight.h"

typedef struct snippet_options {
	size_t      words;          /* about how many */
	const char *before, *after; /* around each match; none NULL */
} snippet_options;

/* mem_free() what it gives. */
sheaf_status snippet_make(highlight *h, sheaf_field field, const char *source,
                          const snippet_options *options, char **text, sheaf_error *err);

#endif
