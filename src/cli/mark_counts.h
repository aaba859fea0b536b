/* mark_counts.h: how many papers were marked for each profile. */
#ifndef MARK_COUNTS_H
#define MARK_COUNTS_H

#include <sheaf/profile.h>

#include "command.h"

typedef struct mark_count {
	const char *profile;
	int64_t     belong, against; /* marked as belonging, and as not */
} mark_count;

/* By profile. All-zero is empty. */
typedef struct mark_counts {
	mark_count *items; /* live as long as the session */
	size_t      count, size;
} mark_counts;

/* Errors: those of reading. */
sheaf_status mark_counts_read(session *s, mark_counts *counts, sheaf_error *err);
/* Zeros where nothing was marked. */
mark_count mark_counts_of(const mark_counts *counts, const char *profile);

#endif
