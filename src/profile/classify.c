/*
 * classify.c: new revisions against every profile, window by window. Placements and
 * marks move in one transaction a window, so that a run that was cut off at any moment
 * is continued by the next.
 */
#include <string.h>

#include "alloc.h"
#include "classifier_private.h"
#include "classify_private.h"
#include "error.h"
#include "store.h"

static void run_free(classify_run *run)
{
	mem_free(run->tracks);
	sheaf_classifier_free(run->classifier);
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

/* What is learnt of the profiles is kept with their states. */
static sheaf_status load(classify_run *run, int all, sheaf_error *err)
{
	sheaf_status status = classify_load(run, all, err);

	if (status == SHEAF_OK)
		status = sheaf_classifier_new(run->db, run->set, &run->classifier, err);
	if (status == SHEAF_OK)
		status = classify_renew(run, err);
	return status == SHEAF_OK ? classifier_keep(run->classifier, err) : status;
}

static sheaf_status run_load(classify_run *run, int all, sheaf_error *err)
{
	int          own;
	sheaf_status status = begin(run, &own, err);

	return status == SHEAF_OK ? finish(run, own, load(run, all, err), err) : status;
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
		status = run_windows(&run, err);
	if (stats)
		*stats = run.stats;
	run_free(&run);
	return status;
}
