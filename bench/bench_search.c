/*
 * bench_search: times queries in one process: parsing and the ten best, no document is loaded.
 * It knows nothing but the public headers.
 */
#include "bench_util.h"

#include <string.h>

typedef struct session {
	const char         *path;
	sheaf_database     *db;
	sheaf_query_parser *parser;
	sheaf_enquire      *enquire;
	sheaf_match_spy    *spies[2]; /* for the class "facets" */
} session;

static const sheaf_field facets[2] = {SHEAF_FIELD_PRIMARY_CATEGORY, SHEAF_FIELD_DATE};

static void open_session(void *ctx)
{
	session    *s = ctx;
	sheaf_error err;

	bench_check(sheaf_database_open(s->path, SHEAF_DB_READ_ONLY, NULL, &s->db, &err), &err,
	            s->path);
	bench_check(sheaf_query_parser_new(&s->parser, &err), &err, "query parser");
	bench_check(sheaf_enquire_new(s->db, &s->enquire, &err), &err, "enquire");
	for (int i = 0; i < 2; i++)
		bench_check(sheaf_value_count_match_spy_new(s->db, facets[i], &s->spies[i], &err),
		            &err, "facets");
}

static void close_session(void *ctx)
{
	session *s = ctx;

	sheaf_enquire_free(s->enquire);
	for (int i = 0; i < 2; i++)
		sheaf_match_spy_free(s->spies[i]);
	sheaf_query_parser_free(s->parser);
	sheaf_database_close(s->db);
}

/* The classes whose way of searching is not in the query: counts by value, order by date. */
static void prepare(session *s, int counting, int by_date)
{
	sheaf_error err;

	sheaf_enquire_clear_matchspies(s->enquire);
	for (int i = 0; i < 2 && counting; i++)
		bench_check(sheaf_enquire_add_matchspy(s->enquire, s->spies[i], &err), &err,
		            "facets");
	if (by_date)
		sheaf_enquire_set_sort_by_value(s->enquire, SHEAF_FIELD_DATE, 0);
	else
		sheaf_enquire_set_sort_by_relevance(s->enquire);
}

static int see(void *ctx, const char *value, size_t len, int64_t count)
{
	(void)value;
	*(int64_t *)ctx += count + (int64_t)len;
	return 0;
}

static void count_values(session *s)
{
	int64_t     seen = 0;
	sheaf_error err;

	for (int i = 0; i < 2; i++)
		bench_check(sheaf_match_spy_top_values(s->spies[i], 10, see, &seen, &err), &err,
		            "facets");
}

static void run(void *ctx, const char *kind, const char *text, int64_t *hits)
{
	session     *s = ctx;
	int          counting = !strcmp(kind, "facets");
	sheaf_query *query;
	sheaf_mset  *mset;
	sheaf_error  err;

	prepare(s, counting, !strcmp(kind, "bydate"));
	bench_check(
		sheaf_query_parser_parse_query(s->parser, text, SHEAF_FLAG_DEFAULT, &query, &err),
		&err, text);
	sheaf_enquire_set_query(s->enquire, query);
	bench_check(sheaf_enquire_get_mset(s->enquire, 0, 10, &mset, &err), &err, text);
	if (counting)
		count_values(s);
	if (hits)
		*hits = sheaf_mset_get_matches_estimated(mset);
	sheaf_mset_free(mset);
}

int main(int argc, char **argv)
{
	session      s = {0};
	bench_plan   plan = {0};
	bench_engine engine = {open_session, close_session, run, &s};

	bench_option options[] = {
		{"--db", &s.path, NULL, 1, "DB"},
		BENCH_PLAN_OPTIONS(plan),
		{0},
	};

	bench_options(argc, argv, options);
	bench_run_queries(&plan, &engine);
	return 0;
}
