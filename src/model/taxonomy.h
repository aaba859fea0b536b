/* taxonomy.h: arXiv's names for the same category, its archives and its groups. */
#ifndef TAXONOMY_H
#define TAXONOMY_H

#include <stddef.h>

/* Called with a category's name in arXiv's spelling. Non-zero stops. */
typedef int (*taxonomy_fn)(void *ctx, const char *category);

/*
 * Calls `fn` for each other name that a filter for `category` (any case) has to meet as well:
 * aliases (cs.NA and math.NA), archives that were subsumed by it (cmp-lg by cs.CL) or that it was
 * subsumed by, and for a group ("physics", "grp_physics") its archives. Answers what `fn` stopped
 * with, else 0.
 */
int taxonomy_each_other(const char *category, size_t len, taxonomy_fn fn, void *ctx);

#endif
