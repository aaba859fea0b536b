/* digest_manifest.h: which files of a folder are a digest's: stale ones go, others stay. */
#ifndef DIGEST_MANIFEST_H
#define DIGEST_MANIFEST_H

#include "arena.h"
#include "buf.h"

/* Names of files in one folder. */
typedef struct manifest {
	const char **files;
	size_t       count, size;
} manifest;

/* Adds a name, which is borrowed, unless it is there. 0: out of memory. */
int manifest_add(manifest *m, const char *file, arena *a);
/* Adds what the folder's manifest names; nothing where it has none. Errors: IO, NOMEM. */
sheaf_status manifest_read(manifest *m, const char *folder, arena *a, sheaf_error *err);
/* Replaces the folder's manifest. Errors: IO, NOMEM. */
sheaf_status manifest_write(const manifest *m, const char *folder, sheaf_error *err);
/* Removes from the folder what `before` names and `now` does not. Errors: IO. */
sheaf_status manifest_remove_stale(const manifest *before, const manifest *now, const char *folder,
                                   sheaf_error *err);

#endif
