/* store_read.h: documents by their keys, for the files that write them, too. */
#ifndef STORE_READ_H
#define STORE_READ_H

#include <sheaf/database.h>
#include <sqlite3.h>

#include "arxiv_id.h"
#include "document_private.h"

/* Loads the one row that `stmt` gives into `doc`; *found 0 where there is none. */
sheaf_status store_load(sheaf_database *db, sqlite3_stmt *stmt, sheaf_document *doc, int *found,
                        sheaf_error *err);
/* The docid of a canonical identifier in one database; 0 where there is none. */
sheaf_status store_find_docid(sheaf_database *db, const char *id, sheaf_docid *docid,
                              sheaf_error *err);
/* The canonical form of an identifier. Errors: INVALID_ARGUMENT. */
sheaf_status store_parse_id(const char *text, arxiv_id *id, sheaf_error *err);

#endif
