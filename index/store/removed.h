/* removed.h: papers that were taken out, and stay out. */
#ifndef REMOVED_H
#define REMOVED_H

#include <sheaf/database.h>

#include "document_private.h"

/*
 * Of a paper that is not there, inside a transaction: *out 1 where it is kept out; with force it is
 * taken, and from then on like any other. Costs nothing where nothing was ever removed.
 */
sheaf_status removed_admit(sheaf_database *db, const sheaf_document *doc, int *out,
                           sheaf_error *err);

#endif
