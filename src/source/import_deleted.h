/* import_deleted.h: papers that an import's files say are gone, kept until all others are stored. */
#ifndef IMPORT_DELETED_H
#define IMPORT_DELETED_H

#include <sheaf/status.h>

#include "arxiv_id.h"

typedef struct import_deletion {
	char       id[ARXIV_ID_SIZE];
	sheaf_time datestamp; /* SHEAF_TIME_NONE: not told */
} import_deletion;

/* All-zero is an empty list. */
typedef struct import_deleted {
	import_deletion *list;
	size_t           count, size;
} import_deleted;

/* Errors: NOMEM. */
sheaf_status import_deleted_add(import_deleted *d, const char *id, sheaf_time datestamp,
                                sheaf_error *err);
void         import_deleted_free(import_deleted *d);

#endif
