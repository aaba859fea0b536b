/*
 * api_loop.h: the Atom API, page by page, the newest update first.
 *
 * The row of a list tells, in this loop:
 *   token      "start=N": the first N results are stored; NULL: the list has ended
 *              "slice=FIRST-LAST+N": as are all results submitted after LAST, and N of those
 *              submitted from FIRST on
 *   list_from  results that were last updated before are stored already; NULL: none are
 *   high_water the newest update at the head of the list
 * A run that finds an unfinished list first reads what is new at its head, then goes on at N; what
 * has come in between has moved the results down, so that nothing is passed over. Below the results
 * that the API gives of one list it is read slice by slice (api_slice.h).
 */
#ifndef API_LOOP_H
#define API_LOOP_H

#include "harvest_run.h"

enum {
	API_RESULTS_MAX = 10000, /* the API refuses to go deeper into a list */
	API_PAGE_DEFAULT = 200,
	API_PAGE_MAX = 2000
};

/* N of "start=N"; -1 for anything else. */
int64_t api_token_parse(const char *token);

/* Reads one list to its end or to the run's limits. Errors: as sheaf_harvest(). */
sheaf_status api_loop(harvest_run *run, sheaf_error *err);

#endif
