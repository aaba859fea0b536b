/* row.h: documents to and from rows of the table `document`. */
#ifndef ROW_H
#define ROW_H

#include <sqlite3.h>

#include "analysis.h"
#include "document_private.h"

/* Fills `doc` (emptied first) from a row of STMT_DOCUMENT_GET and its kin. */
sheaf_status row_read(sqlite3_stmt *stmt, sheaf_document *doc, sheaf_error *err);

/* Packed forms that must live until the statement has run. */
typedef struct row_buffers {
	buf packed;
} row_buffers;

/*
 * Binds parameters 2 to 31 of STMT_DOCUMENT_INSERT and STMT_DOCUMENT_UPDATE; the first is cleared. `x` is
 * the analysis of `doc` as it is now: authors and terms come from its columns.
 */
sheaf_status row_bind(sqlite3_stmt *stmt, const sheaf_document *doc, sheaf_revision revision,
                      const analysis *x, row_buffers *b, sheaf_error *err);
/* Binds all parameters of STMT_DOCUMENT_SET_ASIDE. */
sheaf_status row_bind_aside(sqlite3_stmt *stmt, const sheaf_document *doc, row_buffers *b,
                            sheaf_error *err);
void         row_buffers_free(row_buffers *b);

#endif
