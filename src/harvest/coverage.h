/*
 * coverage.h: which days of a list are stored whole, kept in the transactions that store their papers.
 *
 * Beside these, two sets of days are remembered of an OAI-PMH list:
 *   again  days that were not read well (a record could not be read, or may have been passed over),
 *          which no list that is under way can make complete; only one that begins later
 *   split  days whose records stood on more than one page. A token counts the records of its day that
 *          were sent, so if one of them is touched before the rest is asked for, it goes to a later day,
 *          and one that was not sent yet is passed over. The touched record shows that: it comes again,
 *          with a later date, in the same list or in the next; the day is then to be read again.
 */
#ifndef COVERAGE_H
#define COVERAGE_H

#include "harvest_run.h"

/* The day of a time, since 1970; INT64_MIN for SHEAF_TIME_NONE. */
int64_t coverage_day(sheaf_time time);
/* 00:00 of it; SHEAF_TIME_NONE for INT64_MIN. */
sheaf_time coverage_time(int64_t day);

/* A list begins to read these days. */
sheaf_status coverage_begin(harvest_run *run, int64_t first, int64_t last, sheaf_error *err);
/* They were read, so that they are complete but for those that are to be read again. */
sheaf_status coverage_add(harvest_run *run, int64_t first, int64_t last, sheaf_error *err);
/* They are to be read again. */
sheaf_status coverage_spoil(harvest_run *run, int64_t first, int64_t last, sheaf_error *err);
/* A list that began on day `begun` has its next page within `day`. */
sheaf_status coverage_split(harvest_run *run, int64_t day, int64_t begun, sheaf_error *err);
/* Lists that began before that day and have been followed by a whole one: they are no longer looked after. */
sheaf_status coverage_join_splits(harvest_run *run, int64_t begun, sheaf_error *err);
/* The split days; coverage_splits_free() also after a failure. */
typedef struct coverage_splits {
	coverage_range *ranges;
	size_t          count, size;
	int             failed;
} coverage_splits;
sheaf_status coverage_get_splits(harvest_run *run, coverage_splits *splits, sheaf_error *err);
/* 1 where `day` was split by a list that began no later than on `touched`. */
int  coverage_is_split(const coverage_splits *splits, int64_t day, int64_t touched);
void coverage_splits_free(coverage_splits *splits);

/* Days that were asked for and are not complete. */
typedef struct coverage_gap {
	int64_t first, last; /* `first` INT64_MIN: from the beginning */
	int     partial;     /* 1: some of it is there */
} coverage_gap;
typedef struct coverage_gaps {
	coverage_gap *gaps;
	size_t        count, size;
} coverage_gaps;
/* Of one list of OAI-PMH or the API, in order. coverage_gaps_free() also after a failure. */
sheaf_status coverage_get_gaps(sheaf_database *db, const harvest_key *key, coverage_gaps *gaps,
                               sheaf_error *err);
/* RSS: weekdays that are missing or stale, of one feed. */
sheaf_status coverage_get_feed_gaps(sheaf_database *db, const char *category, coverage_gaps *gaps,
                                    sheaf_error *err);
void         coverage_gaps_free(coverage_gaps *gaps);

#endif
