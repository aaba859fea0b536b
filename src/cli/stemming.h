/* stemming.h: the options that fix how a database is indexed. */
#ifndef STEMMING_H
#define STEMMING_H

#include <sheaf/database.h>

#include "options.h"

typedef struct stemming {
	const char *stemmer;  /* NULL: as the library has it */
	const char *strategy; /* some, all, none; NULL: as the library has it */
} stemming;

/* The table of the options that fill a `stemming`. Static storage. */
extern const option stemming_options[];

/* Fills what the options name. Errors: INVALID_ARGUMENT with the nearest language. */
sheaf_status stemming_apply(const stemming *from, sheaf_database_options *to, sheaf_error *err);

#endif
