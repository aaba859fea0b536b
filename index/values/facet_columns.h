/* facet_columns.h: the value lists of a document: its categories and its authors. */
#ifndef FACET_COLUMNS_H
#define FACET_COLUMNS_H

#include <sheaf/database.h>

/* Sets both lists of a revision; inside a transaction. */
sheaf_status facet_columns_put(sheaf_database *db, sheaf_revision revision,
                               const sheaf_document *doc, sheaf_error *err);
/* Errors: DATABASE_CORRUPT where the stored lists of the document's revision are not its own. */
sheaf_status facet_columns_check(sheaf_database *db, const sheaf_document *doc, sheaf_error *err);

#endif
