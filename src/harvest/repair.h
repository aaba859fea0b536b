/* repair.h: reads again what is partial or missing, and nothing else. */
#ifndef REPAIR_H
#define REPAIR_H

#include "harvest_run.h"

/* A list of OAI-PMH for each gap of the run's own list. Errors: as sheaf_harvest(). */
sheaf_status repair_oai(harvest_run *run, sheaf_error *err);
/*
 * The days of a feed that are missing or stale, through OAI-PMH. `options` are those of the feed, which has no
 * old lists; `result` gets the counts.
 */
sheaf_status repair_rss(sheaf_database *db, const sheaf_harvest_options *options,
                        const harvest_key *feed, sheaf_harvest_progress *result, sheaf_error *err);

#endif
