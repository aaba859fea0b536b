#include "bench_util.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

static void usage(const char *program, const bench_option *options)
{
	fprintf(stderr, "usage: %s", program);
	for (; options->name; options++)
		fprintf(stderr, options->required ? " %s %s" : " [%s %s]", options->name,
		        options->help);
	fputc('\n', stderr);
	exit(2);
}

static int take(const bench_option *option, const char *value)
{
	char *end;

	if (option->text) {
		*option->text = value;
		return 1;
	}
	errno = 0;
	*option->number = strtoll(value, &end, 10);
	return end != value && !*end && !errno && *option->number > 0;
}

static int given(const bench_option *option)
{
	return option->text ? *option->text != NULL : *option->number > 0;
}

void bench_options(int argc, char **argv, const bench_option *options)
{
	for (int i = 1; i < argc; i += 2) {
		const bench_option *o = options;

		while (o->name && strcmp(o->name, argv[i]))
			o++;
		if (!o->name || i + 1 == argc || !take(o, argv[i + 1]))
			usage(argv[0], options);
	}
	for (const bench_option *o = options; o->name; o++)
		if (o->required && !given(o))
			usage(argv[0], options);
}

void bench_fail(const char *what, const char *why)
{
	fprintf(stderr, "%s: %s\n", what, why);
	exit(1);
}

void bench_check(sheaf_status status, const sheaf_error *err, const char *what)
{
	if (status != SHEAF_OK)
		bench_fail(what, err->message);
}

double bench_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

int64_t bench_peak_bytes(void)
{
	struct rusage used;

	getrusage(RUSAGE_SELF, &used);
	return (int64_t)used.ru_maxrss * 1024;
}

int64_t bench_anonymous_bytes(void)
{
	char    line[256];
	FILE   *file = fopen("/proc/self/status", "r");
	int64_t bytes = -1;

	while (file && fgets(line, sizeof line, file))
		if (!strncmp(line, "RssAnon:", 8))
			bytes = strtoll(line + 8, NULL, 10) * 1024;
	if (file)
		fclose(file);
	return bytes;
}

int64_t bench_file_bytes(const char *path)
{
	struct stat st;

	return stat(path, &st) == 0 ? (int64_t)st.st_size : 0;
}

void bench_print_count(int64_t count)
{
	if (count < 0)
		fputs("\t-", stdout);
	else
		printf("\t%lld", (long long)count);
}
