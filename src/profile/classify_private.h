/* classify_private.h: what the parts of a classification share. */
#ifndef CLASSIFY_PRIVATE_H
#define CLASSIFY_PRIVATE_H

#include <sheaf/classifier.h>

#include "profile_private.h"

enum { CLASSIFY_WINDOW = 1 << 14 }; /* revisions in one transaction */

/* Where one profile stands; the last one of a run is the fallback, where there is one. */
typedef struct classify_track {
	const char    *name;
	uint64_t       fingerprint;
	sheaf_revision mark;  /* classified up to here */
	int64_t        track; /* its number in placements */
} classify_track;

typedef struct classify_run {
	sheaf_database          *db;
	const sheaf_profile_set *set;
	sheaf_classifier        *classifier;
	classify_track          *tracks;
	size_t                   count; /* of tracks */
	sheaf_classify_stats     stats;
} classify_run;

/*
 * What decides where papers belong, as a number for each profile of the set: another one means that
 * they are to be classified again. `fingerprints` has room for them, and for the fallback's.
 */
void classify_fingerprints(sheaf_database *db, const sheaf_profile_set *set,
                           uint64_t *fingerprints);
/*
 * Makes the tracks: names, fingerprints, and the marks that are stored. Profiles that are gone or
 * changed (`all`: every one) lose their placements and begin at 0. Inside a transaction.
 */
sheaf_status classify_load(classify_run *run, int all, sheaf_error *err);
/*
 * Profiles of which the classifier has learnt anew begin at 0, too, or their papers would be weighed
 * by two measures. Inside a transaction.
 */
sheaf_status classify_renew(classify_run *run, sheaf_error *err);
/*
 * Classifies the revisions (begin, end] for the tracks that stand at `begin`, and moves them.
 * Inside a transaction.
 */
sheaf_status classify_window(classify_run *run, sheaf_revision begin, sheaf_revision end,
                             sheaf_error *err);

#endif
