/* group.h: several databases that answer as one. */
#ifndef GROUP_H
#define GROUP_H

#include "database_private.h"

/* The database at a place: 0 is `db` itself. */
sheaf_database *group_member(sheaf_database *db, size_t place);
size_t          group_count(const sheaf_database *db);
/* Begins to read all of them; pair with group_end_read(). */
sheaf_status group_begin_read(sheaf_database *db, sheaf_error *err);
void         group_end_read(sheaf_database *db);
/* Documents and lengths of all of them; while they are read. */
database_totals group_totals(sheaf_database *db);
/* The docid in the group of a document of the member at `place`. */
sheaf_docid group_docid(const sheaf_database *db, size_t place, sheaf_docid own);
/* The member that a docid of the group is in, and its docid there. */
sheaf_database *group_own_docid(sheaf_database *db, sheaf_docid docid, sheaf_docid *own);
/* The docid of a revision in one database. */
sheaf_status group_docid_of(sheaf_database *db, sheaf_revision revision, sheaf_docid *docid,
                            sheaf_error *err);

#endif
