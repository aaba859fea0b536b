/* snippet.h: the part of a text that shows best why it was found. */
#ifndef SNIPPET_H
#define SNIPPET_H

#include <sheaf/mset.h>

#include "highlight.h"

/*
 * The extract of `source`, the text of `field`, as sheaf_mset_snippet_with() has it. mem_free() what it
 * gives.
 */
sheaf_status snippet_make(highlight *h, sheaf_field field, const char *source,
                          const sheaf_snippet_options *options, char **text, sheaf_error *err);

#endif
