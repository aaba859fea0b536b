/* digest_coverage.h: what a digest says of the lists behind it. */
#ifndef DIGEST_COVERAGE_H
#define DIGEST_COVERAGE_H

#include <sheaf/database.h>

#include "arena.h"

/*
 * One line on the announcements that were read: for each list, from which day to which, and which
 * days are missing. *line NULL where none was read.
 */
sheaf_status digest_coverage(sheaf_database *db, arena *a, const char **line, sheaf_error *err);

#endif
