/* harvest_run.h: what the parts of one harvest share. */
#ifndef HARVEST_RUN_H
#define HARVEST_RUN_H

#include <sheaf/harvest.h>

#include "datetime.h"
#include "page.h"
#include "store.h"
#include "transport.h"

/*
 * How far a list is read again where it continues an earlier one: records are sorted by a date that
 * has no time of day, may be stamped a little late, and caches may be a day old.
 */
enum { HARVEST_OVERLAP_S = 2 * 24 * 3600 };

typedef struct harvest_run {
	sheaf_database              *db;
	const sheaf_harvest_options *options;
	const char                  *base_url;
	http_address                 address;
	buf                          selection; /* setSpec or query; "" for all */
	harvest_key                  key;
	harvest_row                  row; /* where it stands; stored with each page */
	int                    aside;    /* 1: a list beside the row, which stays as it is stored */
	int                    suspects; /* days that this run has found to be read again */
	transport              transport;
	http_validators        known;          /* of the copy at hand, to be asked with */
	http_validators        seen;           /* of the answer fetched last */
	int                    not_modified;   /* 1: that was: the copy is the newest */
	page                   page;           /* the one fetched last */
	int64_t                added, updated; /* documents, by the page stored last */
	sheaf_harvest_progress counts;
	char                   high_water[TIME_TEXT_SIZE]; /* what counts.high_water points to */
} harvest_run;

/* Tells the caller. Errors: INTERRUPTED where it wants to stop. */
sheaf_status harvest_run_report(harvest_run *run, sheaf_harvest_event event, const char *message,
                                sheaf_error *err);

/* 1 where the run is to end here: by max_pages, max_records or dry_run. */
int harvest_run_is_over(const harvest_run *run);
/*
 * Called within the transaction, when run->added and run->updated are known, to bring the row up to
 * the page. `put` is 1; 0 leaves the stored row as it is.
 */
typedef sheaf_status (*harvest_settle_fn)(harvest_run *run, void *ctx, int *put, sheaf_error *err);
/*
 * Stores the page's documents and the row in one transaction, then counts and reports the page.
 * Where max_records cuts the page, the documents that are still wanted are stored and the row
 * stays: the next run asks for the page again. A dry run only counts and reports.
 */
sheaf_status harvest_run_store(harvest_run *run, harvest_settle_fn settle, void *ctx,
                               sheaf_error *err);
/* Stores the row alone. A dry run does not. */
sheaf_status harvest_run_store_row(harvest_run *run, sheaf_error *err);

/* Begins an URL: the base, and `?` or `&` for the arguments to follow. */
void harvest_run_begin_url(const harvest_run *run, buf *url);

/* Dates as the row holds them. SHEAF_TIME_NONE and NULL stand for each other; so does "". */
sheaf_time   harvest_date(const char *text);
sheaf_status harvest_set_date(char **field, sheaf_time time, sheaf_error *err);
/* Replaces an owned string; `text` NULL or "": by NULL. */
sheaf_status harvest_set_text(char **field, const char *text, sheaf_error *err);
/* The later of two times, where SHEAF_TIME_NONE is earlier than all. */
sheaf_time harvest_later(sheaf_time a, sheaf_time b);

#endif
