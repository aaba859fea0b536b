/* settings.h: what may be set by flag, environment or file, in that order of precedence. */
#ifndef SETTINGS_H
#define SETTINGS_H

#include "buf.h"

typedef struct session session;

typedef enum setting_id {
	SETTING_DB = 0,
	SETTING_COLOR,
	SETTING_PROGRESS,
	SETTING_COUNT
} setting_id;

typedef enum setting_origin {
	ORIGIN_DEFAULT = 0,
	ORIGIN_FILE,
	ORIGIN_ENVIRONMENT,
	ORIGIN_FLAG
} setting_origin;

/* What the file says; NULL where it says nothing. */
typedef struct settings {
	const char
		*path; /* of the file, whether it is there or not; NULL: there is no home for it */
	const char *values[SETTING_COUNT];
	long        lines[SETTING_COUNT]; /* where in the file */
} settings;

/*
 * Reads the session's configuration file: --config, else sheaf/config.yaml in $XDG_CONFIG_HOME
 * or ~/.config; only the one that is named must be there. Errors: CONFIG with file:line and the
 * nearest known key; IO.
 */
sheaf_status settings_read(session *s, sheaf_error *err);
/* Appends the value that holds. `origin` (may be NULL): where it comes from. */
sheaf_status settings_get(const session *s, setting_id id, buf *value, setting_origin *origin,
                          sheaf_error *err);
/* 1 where the setting has this value. */
int settings_is(const session *s, setting_id id, const char *value);
/* The names of all settings in the order of their ids, ended by NULL. Static storage. */
const char *const *settings_names(void);

#endif
