/* bench_util.h: what the benchmark programs share. */
#ifndef BENCH_UTIL_H
#define BENCH_UTIL_H

#include <sheaf/sheaf.h>

#ifdef __cplusplus
extern "C" {
#endif

/* One `--name VALUE` of a program; a table of them ends with a NULL name. */
typedef struct bench_option {
	const char  *name;   /* with the dashes */
	const char **text;   /* where its text goes, or NULL */
	int64_t     *number; /* where its number (> 0) goes, or NULL */
	int          required;
	const char  *help; /* what VALUE is */
} bench_option;

/* Reads the options. After a wrong one it prints what there are and ends the program, status 2. */
void bench_options(int argc, char **argv, const bench_option *options);

/* Prints `what` and ends the program with status 1, unless `status` is SHEAF_OK. */
void bench_check(sheaf_status status, const sheaf_error *err, const char *what);
/* The same for failures that have no status. */
void bench_fail(const char *what, const char *why);

/* Seconds of a clock that only goes forward. */
double bench_now(void);
/* The largest memory the process has held so far, in bytes. */
int64_t bench_peak_bytes(void);
/*
 * The memory it holds now that is no page of a file, in bytes; -1 where the system does not tell.
 */
int64_t bench_anonymous_bytes(void);
/* The size of a file; 0 where there is none. */
int64_t bench_file_bytes(const char *path);
/*
 * Bytes of the pages of the SQLite file `path` that do not hold the papers as stored (the tables
 * `document` and `paper`): all that searching needs. -1 where SQLite was built without its dbstat
 * table.
 */
int64_t bench_index_bytes(const char *path);

/* Counts the instructions that this process and its threads run; a handle to read them by. */
int bench_instructions_start(void);
/* -1 where the machine does not count them. */
int64_t bench_instructions_stop(int handle);
/* A number for a TSV cell: "-" for -1. */
void bench_print_count(int64_t count);

/*
 * An engine that answers queries. Each ends the program when it cannot do its work. `hits`, where it
 * is not NULL, becomes the number of matches, or what the engine knows of it.
 */
typedef struct bench_engine {
	void (*open)(void *ctx);
	void (*close)(void *ctx);
	void (*run)(void *ctx, const char *kind, const char *text, int64_t *hits);
	void *ctx;
} bench_engine;

/* Where queries come from and how often they are asked. */
typedef struct bench_plan {
	const char *path;   /* one a line: class<TAB>query for one engine<TAB>for the next ... */
	int64_t     column; /* which cell is the query, from 2; 0: the line is, its class is "-" */
	int64_t     repeat; /* timed runs of each; 0: 7 */
	int64_t     per_class; /* the first so many of a class; 0: all */
	int64_t     budget_ms; /* no further run of a query that has taken this long; 0: 4000 */
} bench_plan;

/* The options of a search program that fill a plan, to stand in its table. */
#define BENCH_PLAN_OPTIONS(plan)                                                                  \
	{"--queries", &(plan).path, NULL, 1, "FILE"}, {"--column", NULL, &(plan).column, 0, "N"}, \
		{"--repeat", NULL, &(plan).repeat, 0, "N"},                                       \
		{"--per-class", NULL, &(plan).per_class, 0, "N"},                                 \
	{                                                                                         \
		"--budget-ms", NULL, &(plan).budget_ms, 0, "N"                                    \
	}

/*
 * Asks all queries once through one handle, which warms the page cache; then, through a fresh
 * handle, once more (first_ms), and each `repeat` times in a row. Prints for each: class, query,
 * hits, first_ms, min_ms and median_ms, parted by tabs; and a last line, "# memory", with the peak
 * and the most that was held beside pages of files after a query. Empty lines, lines that begin
 * with # and queries that are "-" are skipped.
 */
void bench_run_queries(const bench_plan *plan, const bench_engine *engine);

#ifdef __cplusplus
}
#endif

#endif
