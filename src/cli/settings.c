#include "settings.h"

#include <stdlib.h>
#include <string.h>

#include "command.h"
#include "error.h"
#include "file.h"
#include "paths.h"
#include "str.h"
#include "yaml_tree.h"

/* How one setting is found outside the file. NULL from a function: it says nothing. */
typedef struct rule {
	const char *(*flag)(const globals *g);
	const char *(*environment)(void);
	sheaf_status (*fallback)(buf *value, sheaf_error *err);
	const char *const *choices; /* NULL: any text */
} rule;

static const char *db_flag(const globals *g)
{
	return g->dbs.count ? g->dbs.items[0] : NULL;
}

static const char *db_environment(void)
{
	const char *path = getenv("SHEAF_DB");

	return path && *path ? path : NULL;
}

static const char *color_flag(const globals *g)
{
	return g->color;
}

static const char *color_environment(void)
{
	const char *no = getenv("NO_COLOR"), *force = getenv("CLICOLOR_FORCE");

	if (no && *no)
		return "never";
	return force && *force && !str_eq(force, "0") ? "always" : NULL;
}

static sheaf_status color_fallback(buf *value, sheaf_error *err)
{
	buf_puts(value, "auto");
	return buf_status(value, err);
}

static const char *progress_flag(const globals *g)
{
	return g->no_progress ? "false" : NULL;
}

static const char *progress_environment(void)
{
	return NULL;
}

static sheaf_status progress_fallback(buf *value, sheaf_error *err)
{
	buf_puts(value, "true");
	return buf_status(value, err);
}

static const char *const names[SETTING_COUNT + 1] = {"db", "color", "progress", NULL};
static const char *const colours[] = {"auto", "always", "never", NULL};
static const char *const booleans[] = {"true", "false", NULL};

static const rule rules[SETTING_COUNT] = {
	[SETTING_DB] = {db_flag, db_environment, paths_database, NULL},
	[SETTING_COLOR] = {color_flag, color_environment, color_fallback, colours},
	[SETTING_PROGRESS] = {progress_flag, progress_environment, progress_fallback, booleans},
};

const char *const *settings_names(void)
{
	return names;
}

/* ---- the file ---- */

static sheaf_status unknown_key(const char *path, const yaml_node *node, sheaf_error *err)
{
	const char *nearest = str_nearest(node->key, names);

	if (nearest)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG,
		                  "%s:%ld: unknown key '%.40s' (did you mean %s?)", path,
		                  node->key_line, node->key, nearest);
	return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s:%ld: unknown key '%.40s'", path,
	                  node->key_line, node->key);
}

static int allowed(const char *const *choices, const char *value)
{
	if (!choices)
		return *value != 0;
	while (*choices && !str_eq(*choices, value))
		choices++;
	return *choices != NULL;
}

/* `~/` at the beginning of a path is the home, as in a shell. */
static const char *expand(session *s, const char *text)
{
	const char *home = getenv("HOME");
	buf         whole = BUF_INIT(8192);
	const char *kept;

	if (!str_starts(text, "~/") || !home)
		return arena_strdup(s->arena, text);
	buf_printf(&whole, "%s%s", home, text + 1);
	kept = whole.status == SHEAF_OK ? arena_strdup(s->arena, buf_str(&whole)) : NULL;
	buf_free(&whole);
	return kept;
}

static sheaf_status take_key(session *s, const yaml_node *node, sheaf_error *err)
{
	settings *to = &s->settings;
	size_t    id = 0;

	while (names[id] && !str_eq(names[id], node->key))
		id++;
	if (!names[id])
		return unknown_key(to->path, node, err);
	if (yaml_is_null(node))
		return SHEAF_OK;
	if (node->type != YAML_TEXT || !allowed(rules[id].choices, node->text))
		return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s:%ld: no value that %s can have",
		                  to->path, node->line, names[id]);
	to->values[id] = expand(s, node->text);
	to->lines[id] = node->line;
	return to->values[id] ? SHEAF_OK : sheaf_nomem(err);
}

static sheaf_status take_file(session *s, const buf *text, sheaf_error *err)
{
	yaml_tree       *tree = NULL;
	const yaml_node *root;
	sheaf_status     status = yaml_tree_parse(buf_str(text), text->len, s->settings.path, &tree,
	                                          err);

	if (status != SHEAF_OK)
		return status;
	root = yaml_tree_root(tree);
	if (root->type != YAML_MAP)
		status = sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s:%ld: keys and values are expected",
		                    s->settings.path, root->line);
	for (const yaml_node *node = root->type == YAML_MAP ? root->first : NULL;
	     node && status == SHEAF_OK; node = node->next)
		status = take_key(s, node, err);
	yaml_tree_free(tree);
	return status;
}

static sheaf_status find_file(session *s, sheaf_error *err)
{
	buf          path = BUF_INIT(8192);
	sheaf_status status = SHEAF_OK;

	if (s->globals.config)
		buf_puts(&path, s->globals.config);
	else if (paths_config(&path, NULL) != SHEAF_OK)
		buf_clear(&path);
	if (path.len) {
		s->settings.path = arena_strdup(s->arena, buf_str(&path));
		status = s->settings.path ? SHEAF_OK : sheaf_nomem(err);
	}
	buf_free(&path);
	return status;
}

sheaf_status settings_read(session *s, sheaf_error *err)
{
	buf          text = BUF_INIT(YAML_SIZE_MAX);
	sheaf_status status = find_file(s, err);

	if (status == SHEAF_OK && s->settings.path &&
	    (s->globals.config || paths_exists(s->settings.path))) {
		status = file_read(s->settings.path, &text, err);
		if (status == SHEAF_OK)
			status = take_file(s, &text, err);
	}
	buf_free(&text);
	return status;
}

/* ---- what holds ---- */

sheaf_status settings_get(const session *s, setting_id id, buf *value, setting_origin *origin,
                          sheaf_error *err)
{
	const char    *candidates[] = {rules[id].flag(&s->globals), rules[id].environment(),
	                               s->settings.values[id]};
	setting_origin origins[] = {ORIGIN_FLAG, ORIGIN_ENVIRONMENT, ORIGIN_FILE};

	for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
		if (!candidates[i])
			continue;
		if (origin)
			*origin = origins[i];
		buf_puts(value, candidates[i]);
		return buf_status(value, err);
	}
	if (origin)
		*origin = ORIGIN_DEFAULT;
	return rules[id].fallback(value, err);
}

int settings_is(const session *s, setting_id id, const char *value)
{
	buf found = BUF_INIT(8192);
	int is = settings_get(s, id, &found, NULL, NULL) == SHEAF_OK &&
	         str_eq(buf_str(&found), value);

	buf_free(&found);
	return is;
}
