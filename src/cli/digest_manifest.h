/* digest_manifest.h: which files of a folder are a digest's: stale ones go, others stay. */
#ifndef DIGEST_MANIFEST_H
#define DIGEST_MANIFEST_H

#include "buf.h"
#include "text_table.h"

/* Names of files in one folder. All-zero is empty; the texts are in the arena of who adds them. */
typedef struct manifest {
	text_table files;
} manifest;

void manifest_free(manifest *m);
/* Adds a name unless it is there. 0: out of memory. */
int manifest_add(manifest *m, const char *file, arena *a);
/* Adds what the folder's manifest names; nothing where it has none. Errors: IO, NOMEM. */
sheaf_status manifest_read(manifest *m, const char *folder, arena *a, sheaf_error *err);
/* Adds what another one has. 0: out of memory. */
int manifest_add_all(manifest *m, const manifest *other, arena *a);
/* Replaces the folder's manifest. Errors: IO, NOMEM. */
sheaf_status manifest_write(const manifest *m, const char *folder, sheaf_error *err);
/*
 * Errors: IO where `now` names a file that is in the folder, is not of `before`, and is nothing that a
 * digest writes.
 */
sheaf_status manifest_check(const manifest *before, const manifest *now, const char *folder,
                            sheaf_error *err);
/* Removes from the folder what `before` names and `now` does not. Errors: IO. */
sheaf_status manifest_remove_stale(const manifest *before, const manifest *now, const char *folder,
                                   sheaf_error *err);

#endif
