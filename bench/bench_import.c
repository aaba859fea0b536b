/*
 * bench_import: imports a file into a new database and prints one line of figures. The import knows
 * nothing but the public headers.
 */
#include "bench_util.h"

#include <stdio.h>

static void import(const char *path, const char *data, int jobs, sheaf_import_stats *stats)
{
	sheaf_database      *db;
	sheaf_import        *import_;
	sheaf_import_options options = {0};
	sheaf_error          err;

	options.jobs = jobs;
	bench_check(sheaf_database_open(path, SHEAF_DB_CREATE, NULL, &db, &err), &err, path);
	bench_check(sheaf_import_new(db, &options, &import_, &err), &err, "import");
	bench_check(sheaf_import_file(import_, data, &err), &err, data);
	bench_check(sheaf_import_finish(import_, stats, &err), &err, "import");
	sheaf_import_free(import_);
	sheaf_database_close(db);
}

int main(int argc, char **argv)
{
	const char        *path = NULL, *data = NULL;
	int64_t            jobs = 0, instructions, documents;
	sheaf_import_stats stats;
	double             seconds;
	int                counter;

	bench_option options[] = {
		{"--db", &path, NULL, 1, "NEW-DB"},
		{"--data", &data, NULL, 1, "FILE"},
		{"--jobs", NULL, &jobs, 0, "N"},
		{0},
	};

	bench_options(argc, argv, options);
	counter = bench_instructions_start();
	seconds = bench_now();
	import(path, data, (int)jobs, &stats);
	seconds = bench_now() - seconds;
	instructions = bench_instructions_stop(counter);
	documents = stats.added + stats.updated;
	puts("documents\trejected\tseconds\tdocuments_s\tmb_s"
	     "\tindex_bytes\tdatabase_bytes\tpeak_bytes\tinstructions");
	printf("%lld\t%lld\t%.3f\t%.0f\t%.2f", (long long)documents, (long long)stats.rejected,
	       seconds, (double)documents / seconds, (double)stats.bytes / 1e6 / seconds);
	bench_print_count(bench_index_bytes(path));
	bench_print_count(bench_file_bytes(path));
	bench_print_count(bench_peak_bytes());
	bench_print_count(instructions);
	putchar('\n');
	return 0;
}
