/*
 * classify.c: new revisions against every profile, window by window. Placements and
 * marks move in one transaction a window, so that a run that was cut off at any moment
 * is continued by the next.
 */
#include <string.h>

#include "alloc.h"
#include "classify_private.h"
#include "error.h"
#include "store.h"

/* Takes `base` also on failure; `text` NULL: *query is `base`. */
static sheaf_status narrow(const sheaf_profile_set *set, sheaf_query *base, sheaf_op op,
                           const char *text, sheaf_query **query, sheaf_error *err)
{
	sheaf_query *subs[2] = {base, NULL};
	sheaf_status status;

	*query = base;
	if (!text)
		return SHEAF_OK;
	*query = NULL;
	status = profile_parse_query(set, text, &subs[1], err);
	if (status != SHEAF_OK) {
		sheaf_query_free(base);
		return status;
	}
	return sheaf_query_new_op(op, subs, 2, 0, query, err);
}

/* `text` (NULL: every document) within `select` and `require` and without `exclude`. */
static sheaf_status make_enquire(classify_run *run, const char *text, const char *require,
                                 const char *exclude, sheaf_enquire **enquire, sheaf_error *err)
{
	const sheaf_profile_set *set = run->set;
	sheaf_query             *query = NULL;
	sheaf_status             status;

	*enquire = NULL;
	status = text ? profile_parse_query(set, text, &query, err)
	              : sheaf_query_new_match_all(&query, err);
	if (status == SHEAF_OK)
		status = narrow(set, query, SHEAF_OP_FILTER, set->digest.select, &query, err);
	if (status == SHEAF_OK)
		status = narrow(set, query, SHEAF_OP_FILTER, require, &query, err);
	if (status == SHEAF_OK)
		status = narrow(set, query, SHEAF_OP_AND_NOT, exclude, &query, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_new(run->db, enquire, err);
	if (status == SHEAF_OK)
		sheaf_enquire_set_query(*enquire, query);
	else
		sheaf_query_free(query);
	return status;
}

static sheaf_status make_every(classify_run *run, sheaf_error *err)
{
	sheaf_query *query = NULL;
	sheaf_status status = sheaf_query_new_match_all(&query, err);

	if (status == SHEAF_OK)
		status = sheaf_enquire_new(run->db, &run->every, err);
	if (status == SHEAF_OK)
		sheaf_enquire_set_query(run->every, query);
	else
		sheaf_query_free(query);
	return status;
}

static sheaf_status make_enquires(classify_run *run, sheaf_error *err)
{
	int          keywords = run->set->digest.match == SHEAF_MATCH_KEYWORDS;
	sheaf_status status = make_every(run, err);

	if (status == SHEAF_OK && run->set->digest.select)
		status = make_enquire(run, NULL, NULL, NULL, &run->chosen, err);
	for (size_t i = 0; status == SHEAF_OK && i < run->set->count; i++) {
		const sheaf_profile *p = &run->set->profiles[i];

		if (keywords && !p->require && !p->exclude)
			continue;
		status = make_enquire(run, keywords ? NULL : p->query, p->require, p->exclude,
		                      &run->tracks[i].enquire, err);
	}
	return status;
}

static void run_free(classify_run *run)
{
	for (size_t i = 0; run->tracks && i < run->count; i++)
		sheaf_enquire_free(run->tracks[i].enquire);
	mem_free(run->tracks);
	sheaf_enquire_free(run->every);
	sheaf_enquire_free(run->chosen);
}

/* The next span that some track has not seen; it ends where another one joins. 0: there is none. */
static int next_window(const classify_run *run, sheaf_revision newest, sheaf_revision *begin,
                       sheaf_revision *end)
{
	*begin = newest;
	for (size_t i = 0; i < run->count; i++)
		if (run->tracks[i].mark < *begin)
			*begin = run->tracks[i].mark;
	*end = newest - *begin > CLASSIFY_WINDOW ? *begin + CLASSIFY_WINDOW : newest;
	for (size_t i = 0; i < run->count; i++)
		if (run->tracks[i].mark > *begin && run->tracks[i].mark < *end)
			*end = run->tracks[i].mark;
	return *begin < *end;
}

/* A caller's own transaction is used as it is. */
static sheaf_status begin(classify_run *run, int *own, sheaf_error *err)
{
	*own = !store_in_transaction(run->db);
	return *own ? sheaf_database_begin_transaction(run->db, err) : SHEAF_OK;
}

static sheaf_status finish(classify_run *run, int own, sheaf_status status, sheaf_error *err)
{
	if (!own)
		return status;
	if (status == SHEAF_OK)
		return sheaf_database_commit_transaction(run->db, err);
	sheaf_database_cancel_transaction(run->db);
	return status;
}

static sheaf_status run_load(classify_run *run, int all, sheaf_error *err)
{
	int          own;
	sheaf_status status = begin(run, &own, err);

	if (status == SHEAF_OK)
		status = finish(run, own, classify_load(run, all, err), err);
	return status;
}

static sheaf_status run_windows(classify_run *run, sheaf_error *err)
{
	sheaf_revision from, to, newest;
	sheaf_status   status = sheaf_database_get_revision(run->db, &newest, err);

	while (status == SHEAF_OK && next_window(run, newest, &from, &to)) {
		int own;

		status = begin(run, &own, err);
		if (status == SHEAF_OK)
			status = finish(run, own, classify_window(run, from, to, err), err);
	}
	return status;
}

sheaf_status sheaf_classify(sheaf_database *db, const sheaf_profile_set *set, int all,
                            sheaf_classify_stats *stats, sheaf_error *err)
{
	classify_run run;
	sheaf_status status;

	memset(&run, 0, sizeof run);
	if (stats)
		*stats = run.stats;
	if (!db || !set)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no profiles");
	run.db = db;
	run.set = set;
	run.stats.profiles = (int64_t)set->count;
	status = run_load(&run, all, err);
	if (status == SHEAF_OK)
		status = make_enquires(&run, err);
	if (status == SHEAF_OK)
		status = run_windows(&run, err);
	if (stats)
		*stats = run.stats;
	run_free(&run);
	return status;
}
