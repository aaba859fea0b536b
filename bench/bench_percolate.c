/*
 * bench_percolate: classifies what a database has that is new to a file of profiles, as `sheaf
 * classify` does, and prints one line of figures; seconds are those of the processor.
 *
 *   bench_percolate --db FILE --profiles FILE [--searches N]
 *
 * With --searches, N of the profiles, evenly spread, are then searched for instead, among the same
 * papers, each query by itself; `search_s` is what all profiles would take.
 */
#include "bench_util.h"

#include <stdio.h>
#include <time.h>

enum { NEW_MAX = 1 << 20 };

static double cpu_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void search(sheaf_database *db, const char *text, sheaf_revision since, sheaf_revision to)
{
	sheaf_query_parser *parser;
	sheaf_query        *query;
	sheaf_enquire      *enquire;
	sheaf_mset         *mset;
	sheaf_error         err;

	bench_check(sheaf_query_parser_new(&parser, &err), &err, "parser");
	bench_check(sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, &query, &err),
	            &err, text);
	bench_check(sheaf_enquire_new(db, &enquire, &err), &err, "enquire");
	sheaf_enquire_set_query(enquire, query);
	sheaf_enquire_set_revision_range(enquire, since, to);
	bench_check(sheaf_enquire_get_mset(enquire, 0, NEW_MAX, &mset, &err), &err, text);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	sheaf_query_parser_free(parser);
}

/* What searching for each profile takes, from that of `count`. */
static double search_all(sheaf_database *db, const sheaf_profile_set *set, sheaf_revision since,
                         sheaf_revision to, size_t count)
{
	size_t size = sheaf_profile_set_size(set);
	double begin = cpu_now();

	for (size_t i = 0; i < count; i++)
		search(db, sheaf_profile_set_get(set, size * i / count)->query, since, to);
	return (cpu_now() - begin) * (double)size / (double)count;
}

int main(int argc, char **argv)
{
	const char          *path = NULL, *profiles = NULL;
	int64_t              searches = 0, peak;
	sheaf_database      *db;
	sheaf_profile_set   *set;
	sheaf_classify_stats stats;
	sheaf_revision       newest;
	sheaf_error          err;
	double               begin = cpu_now(), read;
	const bench_option   options[] = {
		  {"--db", &path, NULL, 1, "FILE"},
		  {"--profiles", &profiles, NULL, 1, "FILE"},
		  {"--searches", NULL, &searches, 0, "N"},
		  {0},
        };

	bench_options(argc, argv, options);
	bench_check(sheaf_database_open(path, SHEAF_DB_OPEN, NULL, &db, &err), &err, path);
	bench_check(sheaf_profile_set_read(profiles, &set, &err), &err, profiles);
	bench_check(sheaf_profile_set_store(db, set, &err), &err, profiles);
	read = cpu_now() - begin;
	bench_check(sheaf_classify(db, set, 0, &stats, &err), &err, "classify");
	begin = cpu_now() - begin;
	peak = bench_peak_bytes();
	bench_check(sheaf_database_get_revision(db, &newest, &err), &err, path);
	puts("profiles\tpapers\tplacements\tread_s\tseconds\tpeak_bytes\tsearch_s");
	printf("%lld\t%lld\t%lld\t%.3f\t%.3f\t%lld\t", (long long)stats.profiles,
	       (long long)stats.documents, (long long)stats.matches, read, begin, (long long)peak);
	if (searches)
		printf("%.3f\n", search_all(db, set, newest - (sheaf_revision)stats.documents,
		                            newest, (size_t)searches));
	else
		puts("-");
	sheaf_profile_set_free(set);
	sheaf_database_close(db);
	return 0;
}
