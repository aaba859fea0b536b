/* query_pattern.h: words with `*` and `?` in them. */
#ifndef QUERY_PATTERN_H
#define QUERY_PATTERN_H

#include <stddef.h>

#include "query_tree.h"

/* 1 for one word, of letters and digits alone but for some `*` and `?` behind the first. */
int query_is_pattern(const char *text, size_t len);
/*
 * The simplest leaf for what query_is_pattern() takes: a word without a wildcard in it, the
 * beginning of a word, or a WILDCARD. `max` 0: the limits of sheaf_query_new_wildcard(). NULL: out
 * of memory.
 */
sheaf_query *query_pattern(sheaf_field field, const char *pattern, size_t len, unsigned max,
                           sheaf_wildcard_limit limit);

#endif
