/* classify_private.h: what the parts of a classification share. */
#ifndef CLASSIFY_PRIVATE_H
#define CLASSIFY_PRIVATE_H

#include <sheaf/enquire.h>

#include "profile_private.h"

enum { CLASSIFY_WINDOW = 1 << 14 }; /* revisions in one transaction */

/* Where one profile stands; the last one of a run is the fallback, where there is one. */
typedef struct classify_track {
	const char    *name;
	uint64_t       fingerprint;
	sheaf_revision mark;        /* classified up to here */
	sheaf_enquire *enquire;     /* what it takes; NULL: everything that may be taken */
	double         best_weight; /* of any document; negative: not asked yet */
	int            best_percent;
} classify_track;

typedef struct classify_run {
	sheaf_database          *db;
	const sheaf_profile_set *set;
	classify_track          *tracks;
	size_t                   count;  /* of tracks */
	sheaf_enquire           *every;  /* every document */
	sheaf_enquire           *chosen; /* those that `select` takes; NULL: every one */
	sheaf_classify_stats     stats;
} classify_run;

/*
 * Makes the tracks: names, fingerprints, and the marks that are stored. Profiles that are gone or
 * changed (`all`: every one) lose their placements and begin at 0. Inside a transaction.
 */
sheaf_status classify_load(classify_run *run, int all, sheaf_error *err);
/*
 * Classifies the revisions (begin, end] for the tracks that stand at `begin`, and moves them.
 * Inside a transaction.
 */
sheaf_status classify_window(classify_run *run, sheaf_revision begin, sheaf_revision end,
                             sheaf_error *err);

#endif
