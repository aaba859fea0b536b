#include "paths.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "error.h"
#include "file.h"

/*
 * Appends `name` in the folder of `variable`, or in `fallback` below the home. The specification
 * has relative folders ignored. `instead` says what to do where there is no home.
 */
static sheaf_status in_folder(const char *variable, const char *fallback, const char *name,
                              const char *instead, buf *path, sheaf_error *err)
{
	const char *folder = getenv(variable), *home = getenv("HOME");

	if (folder && *folder == '/')
		buf_puts(path, folder);
	else if (home && *home)
		buf_printf(path, "%s/%s", home, fallback);
	else
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "HOME is not set; %s",
		                  instead);
	buf_puts(path, name);
	return buf_status(path, err);
}

sheaf_status paths_database(buf *path, sheaf_error *err)
{
	return in_folder("XDG_DATA_HOME", ".local/share", "/sheaf/sheaf.db",
	                 "name the database with --db", path, err);
}

sheaf_status paths_config(buf *path, sheaf_error *err)
{
	return in_folder("XDG_CONFIG_HOME", ".config", "/sheaf/config.yaml",
	                 "name the file with --config", path, err);
}

sheaf_status paths_state(buf *path, sheaf_error *err)
{
	return in_folder("XDG_STATE_HOME", ".local/state", "/sheaf",
	                 "set XDG_STATE_HOME to a folder of your own", path, err);
}

int paths_exists(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0;
}

sheaf_status paths_make_parent(const char *path, sheaf_error *err)
{
	const char  *slash = strrchr(path, '/');
	buf          folder = BUF_INIT(4096);
	sheaf_status status = SHEAF_OK;

	if (!slash || slash == path)
		return SHEAF_OK;
	buf_append(&folder, path, (size_t)(slash - path));
	status = buf_status(&folder, err);
	if (status == SHEAF_OK)
		status = file_make_folders(folder.data, err);
	buf_free(&folder);
	return status;
}
