/*
 * oai_loop.h: ListRecords from one resumption token to the next.
 */
#ifndef OAI_LOOP_H
#define OAI_LOOP_H

#include "harvest_run.h"

/* Reads one list to its end or to the run's limits. Errors: as sheaf_harvest(). */
sheaf_status oai_loop(harvest_run *run, sheaf_error *err);
/*
 * Reads a list of these days alone, which are past. The row stays; how far it came shows in the coverage.
 */
sheaf_status oai_read_days(harvest_run *run, int64_t first, int64_t last, sheaf_error *err);

#endif
