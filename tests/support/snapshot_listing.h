/* snapshot_listing.h: the papers of a snapshot in JSON Lines, served in the place of invented ones. */
#ifndef SNAPSHOT_LISTING_H
#define SNAPSHOT_LISTING_H

#include "listing.h"

/*
 * Reads l->options.file into a listing that is empty; its days become those of the file. Errors: IO (no file, or no paper
 * in it, or a line that is none), NOMEM.
 */
sheaf_status snapshot_open(listing *l, sheaf_error *err);
void         snapshot_close(snapshot *s);
/* As listing_paper(). */
sheaf_status snapshot_paper(const listing *l, size_t index, size_t version, arena *a, paper *p,
                            sheaf_error *err);
/* As listing_find(). */
int snapshot_find(const snapshot *s, const char *id, size_t *index);

#endif
