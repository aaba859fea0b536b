/* cmd_config.c: what is configured, and where it comes from. */
#include "command.h"
#include "error.h"
#include "settings.h"
#include "str.h"
#include "verb.h"

typedef struct config_options {
	int origin;
} config_options;

#define AT(member) offsetof(config_options, member)

static const option options[] = {
	OPT_FLAG("origin", 0, AT(origin), "with list: where each value comes from"),
	{0},
};

static void print_origin(session *s, size_t id, setting_origin origin)
{
	static const char *const texts[] = {[ORIGIN_DEFAULT] = "default",
	                                    [ORIGIN_FILE] = "file",
	                                    [ORIGIN_ENVIRONMENT] = "environment",
	                                    [ORIGIN_FLAG] = "flag"};

	output_printf(s->out, "\t%s", texts[origin]);
	if (origin != ORIGIN_FILE)
		return;
	output_puts(s->out, " ");
	output_line(s->out, s->settings.path);
	output_printf(s->out, ":%ld", s->settings.lines[id]);
}

static sheaf_status print_value(session *s, size_t id, setting_origin *origin, sheaf_error *err)
{
	buf          value = BUF_INIT(8192);
	sheaf_status status = settings_get(s, (setting_id)id, &value, origin, err);

	if (status == SHEAF_OK)
		output_line(s->out, buf_str(&value));
	buf_free(&value);
	return status;
}

static sheaf_status run_list(session *s, sheaf_error *err)
{
	const config_options *o = s->options;
	const char *const    *names = settings_names();
	sheaf_status          status = SHEAF_OK;

	for (size_t id = 0; names[id] && status == SHEAF_OK; id++) {
		setting_origin origin;

		output_printf(s->out, "%s\t", names[id]);
		status = print_value(s, id, &origin, err);
		if (status == SHEAF_OK && o->origin)
			print_origin(s, id, origin);
		output_puts(s->out, "\n");
	}
	return status;
}

static sheaf_status run_get(session *s, sheaf_error *err)
{
	const char *const *names = settings_names();
	const char        *nearest, *name = s->words[1];

	for (size_t id = 0; names[id]; id++) {
		if (!str_eq(names[id], name))
			continue;

		sheaf_status status = print_value(s, id, NULL, err);

		output_puts(s->out, "\n");
		return status;
	}
	nearest = str_nearest(name, names);
	if (nearest)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no setting '%.40s' (did you mean %s?)", name, nearest);
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
	                  "no setting '%.40s'; see sheaf config list", name);
}

static sheaf_status run_path(session *s, sheaf_error *err)
{
	if (!s->settings.path)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "HOME is not set; name the configuration file with --config");
	output_line(s->out, s->settings.path);
	output_puts(s->out, "\n");
	return SHEAF_OK;
}

static const verb verbs[] = {
	{"list", 0, 0, run_list, DB_NONE, NULL},
	{"get", 1, 1, run_get, DB_NONE, NULL},
	{"path", 0, 0, run_path, DB_NONE, NULL},
	{0},
};

static sheaf_status run(session *s, sheaf_error *err)
{
	return verb_run(s, verbs, err);
}

const command command_config = {
	.name = "config",
	.summary = "Show what is configured",
	.arguments = "list | get KEY | path",
	.details = "  list      every setting with its value, divided by tabs\n"
		   "  get KEY   one value\n"
		   "  path      the configuration file",
	.options = options,
	.options_size = sizeof(config_options),
	.min_words = 1,
	.max_words = 2,
	.run = run,
};
