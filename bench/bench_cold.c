/*
 * bench_cold: the wall time of whole processes. Each query is asked of every command in turn, each
 * time by a new process; what they print, and say, goes nowhere.
 *
 *   bench_cold --queries FILE --repeat N -- NAME COLUMN PROGRAM [ARGUMENT]... [-- NAME COLUMN PROGRAM ...]
 *
 * The argument "{}" is the query, of column COLUMN (from 2) of FILE as bench/README.md has it; each
 * query must be there for all commands. Prints for each command: queries, the
 * median and the 90th and 99th percentile over the queries of the median of N runs.
 */
#include "bench_util.h"
#include "queries_file.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

extern char **environ;

enum { COMMANDS_MAX = 8, REPEAT_MAX = 1000 };

typedef struct command {
	const char   *name;
	char        **argv;    /* ended by NULL */
	bench_queries queries; /* those of its column */
	double       *median;  /* by query */
} command;

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Runs a program with its output thrown away and waits for it; milliseconds. */
static double spawn(const char *name, char **argv)
{
	posix_spawn_file_actions_t actions;
	pid_t                      pid;
	int                        status, rc;
	double                     begin;

	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
	begin = bench_now();
	rc = posix_spawn(&pid, argv[0], &actions, NULL, argv, environ);
	if (rc)
		bench_fail(argv[0], strerror(rc));
	if (waitpid(pid, &status, 0) < 0)
		bench_fail(argv[0], strerror(errno));
	begin = bench_now() - begin;
	posix_spawn_file_actions_destroy(&actions);
	/* 1 is "nothing found" of some. */
	if (!WIFEXITED(status) || WEXITSTATUS(status) > 1)
		bench_fail(name, "the command failed");
	return begin * 1e3;
}

static double ask(const command *c, size_t query)
{
	char **argv, *text = c->queries.list[query].text;
	size_t n = 0;
	double ms;

	while (c->argv[n])
		n++;
	argv = calloc(n + 1, sizeof *argv);
	if (!argv)
		bench_fail("cold", "out of memory");
	for (size_t i = 0; i < n; i++)
		argv[i] = strcmp(c->argv[i], "{}") ? c->argv[i] : text;
	ms = spawn(c->name, argv);
	free(argv);
	return ms;
}

/* All commands in turn, `repeat` times; a first round, which warms the page cache, is not counted. */
static void measure(command *commands, size_t count, size_t query, size_t repeat)
{
	double ms[COMMANDS_MAX][REPEAT_MAX];

	for (size_t run = 0; run <= repeat; run++)
		for (size_t i = 0; i < count; i++) {
			double spent = ask(&commands[i], query);

			if (run)
				ms[i][run - 1] = spent;
		}
	for (size_t i = 0; i < count; i++) {
		qsort(ms[i], repeat, sizeof ms[i][0], compare);
		commands[i].median[query] = ms[i][repeat / 2];
	}
}

static void report(command *c)
{
	size_t n = c->queries.count;

	qsort(c->median, n, sizeof *c->median, compare);
	printf("%s\t%zu\t%.3f\t%.3f\t%.3f\n", c->name, n, c->median[n / 2],
	       c->median[(n * 9) / 10 < n ? (n * 9) / 10 : n - 1],
	       c->median[(n * 99) / 100 < n ? (n * 99) / 100 : n - 1]);
}

/* Reads the commands behind the first "--"; how many there are. */
static size_t read_commands(char **argv, const bench_plan *plan, command *commands)
{
	size_t count = 0;

	while (*argv) {
		bench_plan own = *plan;
		command   *c = &commands[count];

		if (++count > COMMANDS_MAX || !argv[1] || !argv[2])
			bench_fail("cold", "each command is: -- NAME COLUMN PROGRAM [ARGUMENT]...");
		c->name = argv[0];
		own.column = strtol(argv[1], NULL, 10);
		c->argv = argv + 2;
		for (argv += 2; *argv && strcmp(*argv, "--"); argv++)
			;
		if (*argv)
			*argv++ = NULL;
		bench_queries_read(&own, &c->queries);
		c->median = calloc(c->queries.count + 1, sizeof *c->median);
		if (!c->median)
			bench_fail("cold", "out of memory");
	}
	return count;
}

int main(int argc, char **argv)
{
	command      commands[COMMANDS_MAX] = {0};
	bench_plan   plan = {0};
	bench_option options[] = {BENCH_PLAN_OPTIONS(plan), {0}};
	int          own = 1;
	size_t       count;

	while (own < argc && strcmp(argv[own], "--"))
		own++;
	bench_options(own, argv, options);
	if (own == argc || plan.repeat > REPEAT_MAX)
		bench_fail("cold", "no commands, or too many runs");
	count = read_commands(argv + own + 1, &plan, commands);
	for (size_t i = 0; i < count; i++)
		if (!commands[i].queries.count ||
		    commands[i].queries.count != commands[0].queries.count)
			bench_fail(commands[i].name, "has not the same queries as the others");
	for (size_t query = 0; query < commands[0].queries.count; query++)
		measure(commands, count, query, (size_t)(plan.repeat ? plan.repeat : 7));
	puts("command\tqueries\tp50_ms\tp90_ms\tp99_ms");
	for (size_t i = 0; i < count; i++) {
		report(&commands[i]);
		free(commands[i].median);
		bench_queries_free(&commands[i].queries);
	}
	return 0;
}
