/*
 * sheaf/backtest.h: what a profile would have taken in a span of time, and what a change of it would
 * add and drop. Every paper of the span is classified against the whole set, so that with assign: best
 * it shows what other sections take away; nothing is read of what was classified before, and nothing
 * is stored.
 */
#ifndef SHEAF_BACKTEST_H
#define SHEAF_BACKTEST_H

#include <sheaf/evaluation.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct
	sheaf_backtest_options { /* all-zero: from 1970 on, nothing changed, nothing listed */
	/*
	 * Papers whose day lies in this span, both ends included; the day is that of the
	 * announcement, where none is known that of the submission. `until` 0 or
	 * SHEAF_TIME_NONE: no end.
	 */
	sheaf_time since, until;
	/*
	 * The change: this query in place of the profile's, or the profile of the same name in
	 * `with`, among the other profiles of the set as they are. NULL, both: none.
	 */
	const char *query;
	const sheaf_profile_set *with;
	int64_t limit; /* papers listed of those added, and of those dropped: the newest */
	sheaf_evaluation_progress_fn progress; /* NULL: nobody asks */
	void *progress_ctx;
} sheaf_backtest_options;

typedef struct sheaf_backtest sheaf_backtest;

/*
 * Classifies the papers of the span for profile number `profile` of the set, from 0. Ownership:
 * sheaf_backtest_free(); what it tells does not need the sets any more. Errors: INVALID_ARGUMENT (no
 * such profile; a query where keywords decide; `with` scores or matches in another way);
 * DOC_NOT_FOUND (`with` has no profile of that name); those of the classifier and of reading;
 * INTERRUPTED.
 */
SHEAF_API sheaf_status sheaf_backtest_run(sheaf_database *db, const sheaf_profile_set *set,
                                          size_t profile, const sheaf_backtest_options *options,
                                          sheaf_backtest **backtest, sheaf_error *err);
/* Frees a backtest. Takes NULL. */
SHEAF_API void sheaf_backtest_free(sheaf_backtest *backtest);

typedef struct sheaf_backtest_totals {
	int64_t looked_at; /* papers of the span */
	int64_t undated; /* papers of the database of which no day is known, or none of our times */
	/*
	 * Days of the oldest and the newest paper of the span, whether it matches or not, at 0:00;
	 * SHEAF_TIME_NONE where there is none.
	 */
	sheaf_time first, last;
	int64_t matches; /* papers that the profile takes, whatever other sections do */
	int64_t papers;  /* of these, in its section */
	double per_week; /* `papers` a week, from `first` to `last`, of a week at least */
	size_t busiest;  /* the week with most papers, of equals the latest */
	int changed;     /* 1: a change was given; else the following are 0, or as before */
	int64_t papers_after, added, dropped;
	int64_t marks_belong, marks_not; /* papers of the span that were marked for the profile */
	sheaf_measures before, after;    /* against these marks alone; NAN: 0/0 */
} sheaf_backtest_totals;
SHEAF_API sheaf_backtest_totals sheaf_backtest_get_totals(const sheaf_backtest *backtest);

/* A week after ISO 8601: from Monday, of the year that its Thursday is in. */
typedef struct sheaf_backtest_week {
	int year, number;
	sheaf_time begins;                       /* its Monday, 0:00 */
	int64_t looked_at, papers, papers_after; /* as in the totals */
} sheaf_backtest_week;
/* The weeks from that of `first` to that of `last`, those without papers as well. */
SHEAF_API size_t sheaf_backtest_week_count(const sheaf_backtest *backtest);
/* Week `i`, from 0; all-zero past the end. */
SHEAF_API sheaf_backtest_week sheaf_backtest_get_week(const sheaf_backtest *backtest, size_t i);

/* What another profile of the set has in common with this one, whatever sections papers are in. */
typedef struct sheaf_overlap {
	const char *name; /* borrowed from the backtest */
	int64_t matches;  /* papers that it takes */
	int64_t common;   /* that both take */
	int64_t lost;     /* assign: best; of these, in its section */
	double jaccard;   /* common / (papers that either takes); NAN: 0/0 */
	double share;     /* common / (papers that this one takes); NAN: 0/0 */
} sheaf_overlap;
/* How many others there are, and each, those with most in common first, then by the file. */
SHEAF_API size_t sheaf_backtest_overlap_count(const sheaf_backtest *backtest);
SHEAF_API sheaf_overlap sheaf_backtest_get_overlap(const sheaf_backtest *backtest, size_t i);

/* A paper that the change adds to the section, or drops from it. */
typedef struct sheaf_backtest_paper {
	const char *id, *title; /* borrowed from the backtest; `title` NULL: unknown */
	sheaf_time day;
	/*
	 * assign: best; the section that it comes from, or goes to (the name of a profile, or the
	 * heading of the fallback); NULL: none.
	 */
	const char *other;
} sheaf_backtest_paper;
/* `dropped` 0: those added. How many are listed, and each, the newest first; all-zero past the end. */
SHEAF_API size_t sheaf_backtest_paper_count(const sheaf_backtest *backtest, int dropped);
SHEAF_API sheaf_backtest_paper sheaf_backtest_get_paper(const sheaf_backtest *backtest, int dropped,
                                                        size_t i);

#ifdef __cplusplus
}
#endif

#endif
