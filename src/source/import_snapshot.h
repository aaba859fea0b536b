/* import_snapshot.h: files of all papers up to a day, from which a harvest goes on. */
#ifndef IMPORT_SNAPSHOT_H
#define IMPORT_SNAPSHOT_H

#include "store.h"

/* A file of JSON Lines was read wholly: `newest` becomes its newest datestamp, where it is a snapshot with a newer one. */
void import_snapshot_meet(sheaf_time *newest, const import_row *file);
/*
 * Within a transaction: remembers that all is stored up to the day of `newest`. NONE: nothing; neither where it is
 * not known when `now` is.
 */
sheaf_status import_snapshot_cover(sheaf_database *db, sheaf_time newest, sheaf_time now,
                                   sheaf_error *err);

#endif
