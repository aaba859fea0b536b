/*
 * bench_search: times queries in one process: parsing and the ten best, no document is loaded.
 * It knows nothing but the public headers.
 */
#include "bench_util.h"

typedef struct session {
	sheaf_database     *db;
	sheaf_query_parser *parser;
	sheaf_enquire      *enquire;
} session;

static void run(void *ctx, const char *text, int64_t *hits)
{
	session     *s = ctx;
	sheaf_query *query;
	sheaf_mset  *mset;
	sheaf_error  err;

	bench_check(
		sheaf_query_parser_parse_query(s->parser, text, SHEAF_FLAG_DEFAULT, &query, &err),
		&err, text);
	sheaf_enquire_set_query(s->enquire, query);
	bench_check(sheaf_enquire_get_mset(s->enquire, 0, 10, &mset, &err), &err, text);
	if (hits)
		*hits = sheaf_mset_get_matches_estimated(mset);
	sheaf_mset_free(mset);
}

int main(int argc, char **argv)
{
	const char *path = NULL, *queries = NULL;
	int64_t     repeat = 0;
	session     s;
	sheaf_error err;

	bench_option options[] = {
		{"--db", &path, NULL, 1, "DB"},
		{"--queries", &queries, NULL, 1, "FILE"},
		{"--repeat", NULL, &repeat, 0, "N"},
		{0},
	};

	bench_options(argc, argv, options);
	bench_check(sheaf_database_open(path, SHEAF_DB_READ_ONLY, NULL, &s.db, &err), &err, path);
	bench_check(sheaf_query_parser_new(&s.parser, &err), &err, "query parser");
	bench_check(sheaf_enquire_new(s.db, &s.enquire, &err), &err, "enquire");
	bench_run_queries(queries, repeat ? repeat : 5, 0, run, &s);
	sheaf_enquire_free(s.enquire);
	sheaf_query_parser_free(s.parser);
	sheaf_database_close(s.db);
	return 0;
}
