/* bench_util.h: what the benchmark programs share. */
#ifndef BENCH_UTIL_H
#define BENCH_UTIL_H

#include <sheaf/sheaf.h>

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
/* The size of a file; 0 where there is none. */
int64_t bench_file_bytes(const char *path);
/*
 * Bytes of the pages that hold full-text tables and value blocks in the SQLite file `path`; -1
 * where SQLite was built without its dbstat table.
 */
int64_t bench_index_bytes(const char *path);

/* Counts the instructions that this process and its threads run; a handle to read them by. */
int bench_instructions_start(void);
/* -1 where the machine does not count them. */
int64_t bench_instructions_stop(int handle);
/* A number for a TSV cell: "-" for -1. */
void bench_print_count(int64_t count);

/* The times of one query, in milliseconds. */
typedef struct bench_times {
	double min, median;
} bench_times;

/*
 * Runs a query once and ends the program when it cannot. In timed runs `hits` is NULL; one more
 * run, which is not timed, asks for the number of matches.
 */
typedef void (*bench_query_fn)(void *ctx, const char *query, int64_t *hits);

/*
 * Reads a file of queries, one a line, and for each prints query, hits, least and median
 * milliseconds of `repeat` runs, parted by tabs. Empty lines and lines that begin with # are
 * skipped.
 * In `LEFT<TAB>RIGHT`, RIGHT is run; LEFT is what is printed where `print_left` is set, else RIGHT.
 */
void bench_run_queries(const char *path, int64_t repeat, int print_left, bench_query_fn fn,
                       void *ctx);

#endif
