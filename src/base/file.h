/* file.h: files, folders, and locks that die with their process. */
#ifndef FILE_H
#define FILE_H

#include "buf.h"

/*
 * Reads a whole file into `out`, at most out->cap bytes. Errors: IO, NOMEM; the message names the
 * path.
 */
sheaf_status file_read(const char *path, buf *out, sheaf_error *err);
/*
 * Writes `path` whole: a temporary file beside it, flushed to disk, then renamed, and the folder
 * flushed, so that on failure it stays as it was, and after success it is there whatever happens.
 * It keeps its permissions. A link stays one, and what it leads to is replaced or made; what is no
 * regular file (a device, a pipe) is written to. Errors: IO, also where all was written and only the
 * folder could not be flushed; NOMEM.
 */
sheaf_status file_write_atomic(const char *path, const char *bytes, size_t len, sheaf_error *err);
/*
 * Appends the absolute path of the file that file_write_atomic() would replace or make, behind all
 * links; its folder must be there. Errors: IO, NOMEM.
 */
sheaf_status file_resolve(const char *path, buf *out, sheaf_error *err);
/* 1 where the path is free or a regular file, which is replaced and not written into. */
int file_is_replaced(const char *path);
/*
 * Removes from a folder what file_write_atomic() left there in processes that were killed. What
 * cannot be removed stays.
 */
void file_remove_leftovers(const char *folder);
/* 1 for a folder, also by a link. */
int file_is_folder(const char *path);
/* Makes a folder and the folders above it; those that are there stay. Errors: IO. */
sheaf_status file_make_folders(const char *path, sheaf_error *err);

/* A lock on a file, held until closed or until the process ends, however it ends. */
typedef struct file_lock {
	int fd; /* -1: not held */
} file_lock;

#define FILE_LOCK_INIT \
	{              \
		-1     \
	}

/*
 * Takes an exclusive lock on `path` (made when missing; no link is followed), trying for
 * `timeout_ms`
 * (<= 0: once), and writes this process's number into it.
 * Errors: DATABASE_LOCKED, `holder` (may be NULL) is the other's number or 0; IO.
 */
sheaf_status file_lock_take(file_lock *lock, const char *path, long timeout_ms, long *holder,
                            sheaf_error *err);
/* Releases the lock. The file stays: removing it would let two processes hold "the" lock. */
void file_lock_release(file_lock *lock);

#endif
