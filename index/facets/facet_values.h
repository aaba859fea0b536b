/* facet_values.h: values with their counts, and the most frequent of them. */
#ifndef FACET_VALUES_H
#define FACET_VALUES_H

#include <sheaf/match_spy.h>

#include "arena.h"

typedef struct facet_value {
	const char *text; /* ended by NUL */
	size_t      len;
	int64_t     count;
} facet_value;

typedef struct facet_values { /* all-zero is empty */
	arena        texts;
	facet_value *values;
	size_t       count, size;
	size_t      *table; /* places in `values`, and one, by hash; 0: free */
	size_t       table_size;
} facet_values;

/* Adds `more` to the count of a value. */
sheaf_status facet_values_add(facet_values *v, const void *text, size_t len, int64_t more,
                              sheaf_error *err);
/*
 * Shows the `max` most frequent (0: all), equals in byte order. Errors: INTERRUPTED (`fn` has
 * stopped it).
 */
sheaf_status facet_values_top(const facet_values *v, size_t max, sheaf_value_count_fn fn, void *ctx,
                              sheaf_error *err);
void         facet_values_free(facet_values *v);

#endif
