/* classify_state.c: how far each profile was classified, and with which text of it. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "classifier_private.h"
#include "classify_private.h"
#include "error.h"
#include "hash.h"
#include "store.h"
#include "str.h"

/* 1 where a change of one profile moves papers between the others. */
static int is_coupled(const sheaf_profile_set *set)
{
	return set->digest.assign == SHEAF_ASSIGN_BEST || set->digest.fallback != NULL;
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
	size_t len = text ? strlen(text) + 1 : 0;

	/* The length tells NULL from "", and where one text ends and the next begins. */
	hash = hash_bytes(hash, &len, sizeof len);
	return hash_bytes(hash, text ? text : "", len);
}

static uint64_t hash_number(uint64_t hash, int64_t number)
{
	return hash_bytes(hash, &number, sizeof number);
}

/*
 * Only what decides where a paper belongs: a new heading or limit changes nothing that is stored.
 */
static uint64_t hash_settings(uint64_t hash, const sheaf_digest_settings *digest)
{
	hash = hash_text(hash, digest->select);
	hash = hash_number(hash, digest->assign);
	hash = hash_number(hash, digest->match);
	hash = hash_number(hash, digest->score);
	return hash_number(hash, digest->fallback != NULL);
}

static uint64_t hash_profile(uint64_t hash, const sheaf_profile *profile, sheaf_match match)
{
	double bias = match == SHEAF_MATCH_QUERY ? profile->bias : 0;

	hash = hash_bytes(hash, &bias, sizeof bias);
	hash = hash_text(hash, profile->name);
	hash = hash_text(hash, match == SHEAF_MATCH_QUERY ? profile->query : NULL);
	hash = hash_text(hash, profile->exclude);
	hash = hash_text(hash, profile->require);
	hash = hash_number(hash, match == SHEAF_MATCH_QUERY ? profile->min_percent : 0);
	if (match == SHEAF_MATCH_KEYWORDS)
		for (size_t i = 0; i < profile->keyword_count; i++)
			hash = hash_text(hash, profile->keywords[i]);
	return hash;
}

/* 1 where a text may refer to another profile. */
static int refers(const char *text)
{
	for (; text && *text; text++)
		if (str_istarts(text, "query:"))
			return 1;
	return 0;
}

/*
 * Profiles that share papers out among them share a fingerprint, as do those that refer to others.
 */
void classify_fingerprints(sheaf_database *db, const sheaf_profile_set *set, uint64_t *fingerprints)
{
	uint64_t base, all;

	base = hash_text(HASH_SEED, sheaf_database_get_stemmer(db));
	base = all = hash_settings(base, &set->digest);
	for (size_t i = 0; i < set->count; i++) {
		all = hash_profile(all, &set->profiles[i], set->digest.match);
		fingerprints[i] = hash_profile(base, &set->profiles[i], set->digest.match);
	}
	for (size_t i = 0; i < set->count; i++) {
		const sheaf_profile *p = &set->profiles[i];

		if (is_coupled(set) || refers(set->digest.select) || refers(p->query) ||
		    refers(p->require) || refers(p->exclude))
			fingerprints[i] = all;
	}
	fingerprints[set->count] = all;
}

static int compare_names(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static sheaf_status forget_missing(classify_run *run, sheaf_error *err)
{
	const char **names = mem_calloc(run->count + 1, sizeof *names);
	sheaf_status status;

	if (!names)
		return sheaf_nomem(err);
	for (size_t i = 0; i < run->count; i++)
		names[i] = run->tracks[i].name;
	qsort(names, run->count, sizeof *names, compare_names);
	status = store_profile_state_keep(run->db, run->set->digest.name, names, run->count, err);
	mem_free(names);
	return status;
}

/* Reads the mark of one track, 0 where its text is another or the mark is from another time. */
static sheaf_status load_mark(classify_run *run, classify_track *track, sheaf_revision newest,
                              sheaf_error *err)
{
	profile_state state;
	sheaf_status  status = store_profile_state_get(run->db, run->set->digest.name, track->name,
	                                               &state, err);

	mem_free(state.model);
	track->track = state.track;
	if (status == SHEAF_OK && state.fingerprint == track->fingerprint &&
	    state.classified >= 0 && state.classified <= newest)
		track->mark = state.classified;
	return status;
}

/* What was placed does not count any more. */
static sheaf_status restart(classify_run *run, classify_track *track, sheaf_error *err)
{
	const char   *digest = run->set->digest.name;
	profile_state state = {0};
	sheaf_status  status = store_profile_state_put(run->db, digest, track->name,
	                                               track->fingerprint, 0, err);

	if (status == SHEAF_OK)
		status = store_profile_state_get(run->db, digest, track->name, &state, err);
	mem_free(state.model);
	track->track = state.track;
	return status;
}

static sheaf_status load_marks(classify_run *run, sheaf_error *err)
{
	sheaf_revision newest;
	sheaf_status   status = sheaf_database_get_revision(run->db, &newest, err);

	for (size_t i = 0; status == SHEAF_OK && i < run->count; i++)
		status = load_mark(run, &run->tracks[i], newest, err);
	return status;
}

/* Profiles that share papers out among them stand at one mark, or begin again together. */
static int marks_differ(const classify_run *run)
{
	for (size_t i = 1; i < run->count; i++)
		if (run->tracks[i].mark != run->tracks[0].mark)
			return 1;
	return 0;
}

static sheaf_status make_tracks(classify_run *run, sheaf_error *err)
{
	uint64_t *fingerprints = mem_calloc(run->set->count + 1, sizeof *fingerprints);

	run->count = run->set->count + (run->set->digest.fallback ? 1 : 0);
	run->tracks = mem_calloc(run->count, sizeof *run->tracks);
	if (!run->tracks || !fingerprints) {
		mem_free(fingerprints);
		return sheaf_nomem(err);
	}
	classify_fingerprints(run->db, run->set, fingerprints);
	for (size_t i = 0; i < run->count; i++) {
		run->tracks[i].name = i < run->set->count ? run->set->profiles[i].name
		                                          : PROFILE_FALLBACK;
		run->tracks[i].fingerprint = fingerprints[i];
	}
	mem_free(fingerprints);
	return SHEAF_OK;
}

/* Those that stand at 0 begin anew. */
static sheaf_status restart_all(classify_run *run, sheaf_error *err)
{
	size_t       restarted = 0;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < run->count; i++) {
		if (run->tracks[i].mark)
			continue;
		status = restart(run, &run->tracks[i], err);
		restarted++;
	}
	return status == SHEAF_OK && restarted ? store_placement_sweep(run->db, err) : status;
}

sheaf_status classify_load(classify_run *run, int all, sheaf_error *err)
{
	sheaf_status status = make_tracks(run, err);

	if (status == SHEAF_OK)
		status = forget_missing(run, err);
	if (status == SHEAF_OK)
		status = load_marks(run, err);
	if (status != SHEAF_OK)
		return status;
	if (all || (is_coupled(run->set) && marks_differ(run)))
		for (size_t i = 0; i < run->count; i++)
			run->tracks[i].mark = 0;
	return restart_all(run, err);
}

sheaf_status classify_renew(classify_run *run, sheaf_error *err)
{
	int anew = 0;

	for (size_t i = 0; i < run->set->count; i++)
		if (run->classifier->entries[i].model.made && run->tracks[i].mark) {
			run->tracks[i].mark = 0;
			anew = 1;
		}
	if (!anew)
		return SHEAF_OK;
	for (size_t i = 0; is_coupled(run->set) && i < run->count; i++)
		run->tracks[i].mark = 0;
	return restart_all(run, err);
}

sheaf_status sheaf_classify_pending(sheaf_database *db, const sheaf_profile_set *set,
                                    int64_t *revisions, sheaf_error *err)
{
	classify_run   run = {.db = db, .set = set};
	sheaf_revision newest = 0;
	sheaf_status   status;

	if (!revisions)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the number");
	*revisions = 0;
	if (!db || !set)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no profiles");
	status = make_tracks(&run, err);
	if (status == SHEAF_OK)
		status = load_marks(&run, err);
	if (status == SHEAF_OK)
		status = sheaf_database_get_revision(db, &newest, err);
	for (size_t i = 0; status == SHEAF_OK && i < run.count; i++)
		if (newest - run.tracks[i].mark > *revisions)
			*revisions = newest - run.tracks[i].mark;
	mem_free(run.tracks);
	return status;
}
