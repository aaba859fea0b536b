/* category_numbers.h: the number that stands for each category in the value lists. */
#ifndef CATEGORY_NUMBERS_H
#define CATEGORY_NUMBERS_H

#include <sheaf/database.h>

#include "arena.h"

enum { CATEGORY_NUMBER_MAX = 65535 };

typedef struct category_numbers { /* all-zero is empty */
	arena        texts;
	const char **names; /* by number; NULL: a number that is not given */
	size_t       count; /* of `names`: the largest number, and one */
	size_t       size;
	uint32_t    *table; /* numbers by hash of their name; 0: free */
	size_t       table_size;
	int          loaded;
} category_numbers;

/* The number of a category; 0 where it has none. */
sheaf_status category_number_find(sheaf_database *db, const char *name, unsigned *number,
                                  sheaf_error *err);
/*
 * The same, and gives it the next number where it has none; inside a transaction. 0 where all
 * numbers are given: no more categories can be told apart then.
 */
sheaf_status category_number_give(sheaf_database *db, const char *name, unsigned *number,
                                  sheaf_error *err);
/* The category with a number, borrowed from the handle. Errors: DATABASE_CORRUPT (none). */
sheaf_status category_number_name(sheaf_database *db, unsigned number, const char **name,
                                  sheaf_error *err);
/* Forgets everything read. */
void category_numbers_clear(category_numbers *c);

#endif
