/* paths.h: where things are by the XDG base directory specification. */
#ifndef PATHS_H
#define PATHS_H

#include "buf.h"

/*
 * The database where nothing names another: sheaf/sheaf.db in $XDG_DATA_HOME or
 * ~/.local/share. Errors: INVALID_ARGUMENT where there is no home.
 */
sheaf_status paths_database(buf *path, sheaf_error *err);
/* The configuration file: sheaf/config.yaml in $XDG_CONFIG_HOME or ~/.config. */
sheaf_status paths_config(buf *path, sheaf_error *err);
/* The folder for locks and paces: sheaf in $XDG_STATE_HOME or ~/.local/state. */
sheaf_status paths_state(buf *path, sheaf_error *err);
/* 1 where something has this path. */
int paths_exists(const char *path);
/* Makes the folders above `path`. */
sheaf_status paths_make_parent(const char *path, sheaf_error *err);

#endif
