#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "commands.h"
#include "databases.h"
#include "error.h"
#include "help.h"
#include "signals.h"
#include "str.h"
#include "wallclock.h"

/*
 * A standard stream that the caller has closed must not become a database's descriptor: it is
 * opened so that using it fails.
 */
static void guard_streams(void)
{
	static const int flags[] = {O_WRONLY, O_RDONLY, O_RDONLY};

	for (int fd = 0; fd < 3; fd++)
		if (fcntl(fd, F_GETFD) < 0 && errno == EBADF && open("/dev/null", flags[fd]) < 0)
			_exit(CODE_FILE);
}

/* Runs `sheaf-NAME` from PATH in place of this process; comes back where there is none. */
static void try_extension(const session *s, char **argv)
{
	buf   name = BUF_INIT(4096);
	char *own = argv[0];

	if (strchr(own, '/') || !*own)
		return;
	buf_printf(&name, "sheaf-%s", own);
	if (buf_status(&name, NULL) == SHEAF_OK) {
		if (s->globals.dbs.count)
			setenv("SHEAF_DB", s->globals.dbs.items[0], 1);
		argv[0] = name.data;
		signals_release();
		execvp(name.data, argv);
		argv[0] = own;
	}
	buf_free(&name);
}

static sheaf_status unknown_command(const char *name, sheaf_error *err)
{
	const char *nearest = commands_nearest(name);

	if (nearest)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "unknown command '%.80s' (did you mean %s?); see sheaf help",
		                  name, nearest);
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
	                  "unknown command '%.80s'; see sheaf help", name);
}

/* Parses all arguments but the command's name, at `at`. */
static sheaf_status parse(session *s, int argc, char **argv, int at, sheaf_error *err)
{
	option_parse p = {.now = s->now, .arena = s->arena};
	char       **rest = arena_calloc(s->arena, (size_t)argc + 1, sizeof *rest);
	const size_t size = s->command ? s->command->options_size : 0;
	void        *values = arena_calloc(s->arena, 1, size + 1);
	int          count = 0;
	sheaf_status status;

	if (!rest || !values)
		return sheaf_nomem(err);
	for (int i = 1; i < argc; i++)
		if (i != at)
			rest[count++] = argv[i];
	if (size && s->command->defaults)
		memcpy(values, s->command->defaults, size);
	p.minus_ids = s->command && s->command->minus_ids;
	p.tables[0] = (option_table){s->command ? s->command->options : NULL, values};
	p.tables[1] = (option_table){commands_global_options(), &s->globals};
	status = options_parse(&p, count, rest, err);
	s->options = values;
	s->words = p.words;
	s->word_count = p.count;
	return status;
}

static void apply_globals(session *s)
{
	s->console->quiet = s->globals.quiet;
	s->console->verbose = s->globals.verbose;
}

static sheaf_status check_words(const session *s, sheaf_error *err)
{
	const command *c = s->command;

	if (c->max_words != WORDS_ANY && s->word_count > (size_t)c->max_words)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "%s: '%.80s' is one argument too many", c->name,
		                  s->words[c->max_words]);
	if (s->word_count < (size_t)c->min_words)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "%s needs %s", c->name,
		                  c->arguments);
	if (s->globals.dbs.count > 1 && !c->joins)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "%s works on one database, and --db was given %zu times", c->name,
		                  s->globals.dbs.count);
	return SHEAF_OK;
}

static sheaf_status run_command(session *s, sheaf_error *err)
{
	db_request   request = {.need = s->command->need};
	sheaf_status status = check_words(s, err);

	if (status == SHEAF_OK)
		status = settings_read(s, err);
	s->console->progress = settings_is(s, SETTING_PROGRESS, "true");
	if (status == SHEAF_OK && s->command->prepare)
		status = s->command->prepare(s, &request, err);
	if (status == SHEAF_OK)
		status = databases_open(s, &request, err);
	if (status == SHEAF_OK) {
		if (s->command->defers)
			signals_defer();
		status = s->command->run(s, err);
	}
	return status;
}

/* What is asked for without a command to run. */
static sheaf_status run_general(session *s, int argc, sheaf_error *err)
{
	buf          page = BUF_INIT(0);
	sheaf_status status;

	if (s->globals.version)
		return command_version.run(s, err);
	if (argc > 1 && !s->globals.help)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no command given; see sheaf help");
	help_overview(&page);
	if (argc > 1)
		(void)output_write(s->out, buf_str(&page), page.len);
	else if (write(STDERR_FILENO, buf_str(&page), page.len) >= 0)
		s->code = CODE_USAGE;
	status = buf_status(&page, err);
	buf_free(&page);
	return status;
}

static sheaf_status run_help(session *s, sheaf_error *err)
{
	buf          page = BUF_INIT(0);
	sheaf_status status;

	help_command(s->command, &page);
	(void)output_write(s->out, buf_str(&page), page.len);
	status = buf_status(&page, err);
	buf_free(&page);
	return status;
}

static sheaf_status dispatch(session *s, int argc, char **argv, sheaf_error *err)
{
	int          at = commands_locate(argc, argv);
	sheaf_status status;

	if (at < argc) {
		s->command = commands_find(argv[at]);
		if (!s->command) {
			/*
			 * Only what stands before the name is sheaf's; the rest is the extension's.
			 */
			status = parse(s, at, argv, at, err);
			if (status != SHEAF_OK)
				return status;
			try_extension(s, argv + at);
			return unknown_command(argv[at], err);
		}
	}
	status = parse(s, argc, argv, at, err);
	apply_globals(s);
	if (status != SHEAF_OK)
		return status;
	if (!s->command || s->globals.version)
		return run_general(s, argc, err);
	if (s->globals.help)
		return run_help(s, err);
	return run_command(s, err);
}

static exit_code finish(session *s, sheaf_status status, const sheaf_error *error)
{
	sheaf_error  lost = {0};
	sheaf_status flushed = output_flush(s->out, &lost);

	if (output_unread(s->out))
		signals_end_unread();
	/* A writer that was stopped by a full disk only knows that it was stopped. */
	if (flushed != SHEAF_OK && (status == SHEAF_OK || status == SHEAF_ERROR_INTERRUPTED)) {
		status = flushed;
		error = &lost;
	}
	if (status == SHEAF_OK)
		return s->code;
	console_error(s->console, "%s", error->message);
	return exit_worst(exit_code_of(status), s->code);
}

int main(int argc, char **argv)
{
	output       out;
	console      messages;
	arena        memory = {0};
	sheaf_error  error = {0};
	session      s = {.out = &out, .console = &messages, .arena = &memory};
	sheaf_status status;
	exit_code    code;

	guard_streams();
	signals_install();
	console_init(&messages);
	output_init(&out, STDOUT_FILENO);
	s.now = wallclock_now();
	status = dispatch(&s, argc, argv, &error);
	databases_close(&s);
	code = finish(&s, status, &error);
	output_free(&out);
	arena_free(&memory);
	return (int)code;
}
