#include "commands.h"

#include <string.h>

#include "str.h"

static const command *const all[] = {
	&command_init,    &command_import,
	&command_harvest, &command_search,
	&command_count,   &command_show,
	&command_similar, &command_profile,
	&command_mark,    &command_classify,
	&command_digest,  &command_export,
	&command_rm,      &command_synonym,
	&command_status,  &command_check,
	&command_compact, &command_reindex,
	&command_config,  &command_help,
	&command_version, NULL,
};

static const char *const colour_choices[] = {"auto", "always", "never", NULL};

#define AT(member) offsetof(globals, member)

static const option global_options[] = {
	OPT_VALUE("db", 0, "PATH", OPTION_LIST, AT(dbs),
                  "the database (else $SHEAF_DB, else ~/.local/share/sheaf/sheaf.db)"),
	OPT_VALUE("config", 0, "PATH", OPTION_TEXT, AT(config),
                  "the configuration file (~/.config/sheaf/config.yaml)"),
	OPT_FLAG("quiet", 'q', AT(quiet), "say nothing but errors"),
	OPT_FLAG("verbose", 'v', AT(verbose), "say more about what is done"),
	OPT_WORD("color", 0, "WHEN", AT(color), colour_choices, "auto (default), always or never"),
	OPT_FLAG("no-progress", 0, AT(no_progress), "no progress on standard error"),
	OPT_FLAG("help", 'h', AT(help), "describe the command"),
	OPT_FLAG("version", 0, AT(version), "print the versions of sheaf and its libraries"),
	{0},
};

const command *const *commands_all(void)
{
	return all;
}

const option *commands_global_options(void)
{
	return global_options;
}

const command *commands_find(const char *name)
{
	for (const command *const *c = all; *c; c++)
		if (str_eq((*c)->name, name))
			return *c;
	return NULL;
}

const char *commands_nearest(const char *name)
{
	const char *names[sizeof all / sizeof *all];

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		names[i] = all[i] ? all[i]->name : NULL;
	return str_nearest(name, names);
}

static const option *by_letter(const option *own, char letter)
{
	const option *o = options_by_letter(own, letter);

	return o ? o : options_by_letter(global_options, letter);
}

static const option *by_name(const option *own, const char *name, size_t len)
{
	const option *o = options_by_name(own, name, len);

	return o ? o : options_by_name(global_options, name, len);
}

/*
 * The option that this argument ends with for a command with these options: its name, or the
 * first of its letters that takes a value. `*attached`: 1 where the argument has the value too.
 */
static const option *option_of(const option *own, const char *arg, int *attached)
{
	*attached = 0;
	if (arg[1] == '-') {
		size_t len = strcspn(arg + 2, "=");

		*attached = arg[2 + len] == '=';
		return by_name(own, arg + 2, len);
	}
	for (const char *letter = arg + 1; *letter; letter++) {
		const option *o = by_letter(own, *letter);

		if (!o || option_takes_value(o)) {
			*attached = letter[1] != 0;
			return o;
		}
	}
	return NULL;
}

/*
 * Whether the argument after `arg` is its value. Which command an option belongs to
 * is not known yet; where it is a flag of one and takes a value in another, the next
 * argument decides: it is no value when it names a command that has the flag.
 */
static int value_follows(const char *arg, const char *next)
{
	int answer = 0;

	for (const command *const *c = all; *c; c++) {
		int           attached;
		const option *o = option_of((*c)->options, arg, &attached);

		if (!o || attached)
			continue;
		if (option_takes_value(o))
			answer = 1;
		else if (str_eq((*c)->name, next))
			return 0;
	}
	return answer;
}

int commands_locate(int argc, char *const *argv)
{
	for (int i = 1; i < argc; i++) {
		const char *arg = argv[i];

		if (str_eq(arg, "--"))
			return i + 1 < argc ? i + 1 : argc;
		if (arg[0] != '-' || !arg[1])
			return i;
		if (i + 1 < argc && value_follows(arg, argv[i + 1]))
			i++;
	}
	return argc;
}
