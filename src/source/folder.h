/* folder.h: the files below a folder. */
#ifndef FOLDER_H
#define FOLDER_H

#include <sheaf/status.h>

#include "arena.h"

enum { FOLDER_DEPTH_MAX = 32 };

typedef struct folder_files {
	arena        names; /* the paths are here */
	const char **paths;
	size_t       count, size;
} folder_files;

/* 1 where `path` is a folder. */
int folder_is(const char *path);
/*
 * Lists the files below a folder: recursively, each folder sorted by name. What begins with a dot,
 * links to folders and what is no file are passed over. `files` starts all-zero; free it also after
 * a failure. Errors: IO (not readable, nested too deep); NOMEM.
 */
sheaf_status folder_list(const char *path, folder_files *files, sheaf_error *err);
void         folder_free(folder_files *files);

#endif
