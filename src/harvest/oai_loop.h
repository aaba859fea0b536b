/*
 * oai_loop.h: ListRecords from one resumption token to the next.
 *
 * The row of a list tells, in this loop:
 *   token      continues the list; NULL: it has not begun, or has ended
 *   list_from  its `from`, and "..UNTIL" behind it where it has an end; NULL: the first record
 *   high_water every record with an earlier datestamp is stored; what a dead token goes back to
 * Some servers do not sort by datestamp. As soon as a list shows that, its pages no longer move
 * high_water, which goes back to list_from, so that a dead token begins the list again.
 */
#ifndef OAI_LOOP_H
#define OAI_LOOP_H

#include "harvest_run.h"

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

/* Reads one list to its end or to the run's limits. Errors: as sheaf_harvest(). */
sheaf_status oai_loop(harvest_run *run, sheaf_error *err);
/*
 * Reads a list of these days alone, which are past. The row stays; how far it came shows in the coverage.
 */
sheaf_status oai_read_days(harvest_run *run, int64_t first, int64_t last, sheaf_error *err);

#endif
