/*
 * oai_list.h: a list of OAI-PMH records that is being read, and where it begins.
 *
 * The row of a list tells, in this loop:
 *   token      continues the list; NULL: it has not begun, or has ended
 *   list_from  its `from`, and "..UNTIL" behind it where it has an end; NULL: the first record
 *   high_water every record with an earlier datestamp is stored; what a dead token goes back to
 * Some servers do not sort by datestamp. As soon as a list shows that, its pages no longer move
 * high_water, which goes back to list_from, so that a dead token begins the list again.
 */
#ifndef OAI_LIST_H
#define OAI_LIST_H

#include "harvest_run.h"
#include "token_cycle.h"

enum { OAI_RESTARTS_MAX = 3, OAI_RANGE_SIZE = 32 };

/* The `from` (and `until`) of a list, as dates; SHEAF_TIME_NONE: open. */
typedef struct oai_range {
	sheaf_time from, until;
} oai_range;

/* Between the text of harvest_row.list_from and dates. */
void oai_range_parse(const char *text, oai_range *range);
void oai_range_format(const oai_range *range, char out[OAI_RANGE_SIZE]);

/*
 * The `from` that reads on after `date` without a gap: HARVEST_OVERLAP_S earlier. SHEAF_TIME_NONE,
 * which is the whole list, for SHEAF_TIME_NONE and for what is before arXiv's earliest datestamp.
 */
sheaf_time oai_read_on_from(sheaf_time date);

typedef struct oai_list {
	oai_range   range;
	sheaf_time  from;     /* of the next request without a token */
	int         begun;    /* 1: its first page is stored */
	int         ordered;  /* 1: by datestamp, as far as it was seen */
	int         joined;   /* 1: leaves no gap behind high_water, so that it may move it */
	sheaf_time  position; /* every earlier record of the list is stored; NONE: not known */
	sheaf_time  cursor;   /* the datestamp that the last page reached */
	sheaf_time  newest;   /* datestamp that was seen */
	int         restarts; /* since something new came */
	int64_t     snapshot; /* the day to which an imported snapshot goes that it continues; else
	                         INT64_MIN */
	int64_t    *passed;   /* days of which the page may have passed a record over */
	size_t      passed_count, passed_size;
	token_cycle cycle;
} oai_list;

/*
 * Where to begin: with the list that the row was left in, if it is the one that is wanted, else with a new one. Errors:
 * INVALID_ARGUMENT (an end that was passed before).
 */
sheaf_status oai_list_plan(harvest_run *run, oai_list *list, sheaf_error *err);

#endif
