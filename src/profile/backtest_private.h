/* backtest_private.h: the papers of a span of time, as a profile would have taken them. */
#ifndef BACKTEST_PRIVATE_H
#define BACKTEST_PRIVATE_H

#include <sheaf/backtest.h>
#include <sheaf/classifier.h>

#include "arena.h"
#include "evaluation_private.h"

enum { DAY_SECONDS = 86400 };

/* ---- backtest_weeks.c ---- */

/* Days that papers may have: those of 1900 to 2199. Later and earlier ones are mistakes. */
int backtest_day_of(const sheaf_document *doc, int64_t *day);

typedef struct week_count {
	int64_t looked_at, papers, papers_after;
} week_count;

typedef struct week_table {
	week_count *items;       /* all weeks that there may be */
	size_t      first, last; /* those seen; first > last: none */
	int64_t     first_day, last_day;
} week_table;

/* Errors: NOMEM. Free with mem_free(items). */
sheaf_status week_table_init(week_table *weeks, sheaf_error *err);
/* The week of a day of backtest_day_of(), which is one of those seen from now on. */
week_count         *week_table_see(week_table *weeks, int64_t day);
size_t              week_table_count(const week_table *weeks);
sheaf_backtest_week week_table_get(const week_table *weeks, size_t i);

/* ---- backtest_papers.c ---- */

typedef struct listed {
	char   *id, *title; /* owned; `title` may be NULL */
	int64_t day;
	size_t  other; /* a profile; SIZE_MAX: the fallback, SIZE_MAX - 1: none */
} listed;

/* The newest papers of any number. All-zero, but for the limit, is none. */
typedef struct newest_list {
	listed *items; /* a heap, the oldest first; once sorted, the newest first */
	size_t  count, size;
	int64_t limit;
} newest_list;

#define SECTION_NONE (SIZE_MAX - 1)

sheaf_status newest_list_add(newest_list *list, const sheaf_document *doc, int64_t day,
                             size_t other, sheaf_error *err);
void         newest_list_sort(newest_list *list);
void         newest_list_free(newest_list *list);

/* ---- backtest.c ---- */

/* A paper as one of the two sets has it. */
typedef struct outlook {
	const sheaf_profile_set *set;
	sheaf_classifier        *classifier;
	unsigned char           *takes; /* by profile: it would have it if others had not */
	size_t                   profile;
	int                      in;      /* the section of the profile has it */
	size_t                   section; /* that has it; SIZE_MAX: the fallback; SECTION_NONE */
} outlook;

/* Against the marks. */
typedef struct mark_tally {
	int64_t right, wrong;
} mark_tally;

struct sheaf_backtest {
	arena                 arena; /* names */
	const char          **names; /* by profile */
	const char           *fallback;
	size_t                profiles, profile;
	int                   best;
	week_table            weeks;
	int64_t              *matches, *common, *lost; /* by profile */
	sheaf_overlap        *overlaps;
	newest_list           papers[2]; /* added, dropped */
	mark_tally            marks[2];  /* before, after */
	sheaf_backtest_totals totals;
};

/* ---- backtest_result.c ---- */

/* Nothing counted yet. Pair with sheaf_backtest_free(). */
sheaf_status backtest_new(const sheaf_profile_set *set, size_t profile, int64_t limit,
                          sheaf_backtest **backtest, sheaf_error *err);
/* Sums and sorts; nothing is counted afterwards. */
void backtest_finish(sheaf_backtest *b);

#endif
