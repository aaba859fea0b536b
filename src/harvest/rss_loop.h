/*
 * rss_loop.h: the list of a day, announced by a feed of one category or archive.
 *
 * The row tells, in this loop: the feed's ETag and Last-Modified, and in high_water the newest day whose list is
 * stored. A list that was not new by its ids leaves the row incomplete, so that the feed is due again.
 */
#ifndef RSS_LOOP_H
#define RSS_LOOP_H

#include "harvest_run.h"

enum {
	/* A feed holds no more items; one that is full may lack some. */
	RSS_ITEMS_MAX = 2000,
	RSS_NAME_MAX = 64
};

/* Appends a category or archive as the addresses of feeds have it: cs:cs:NE and CS.ne are cs.NE. 0: it is none. */
int rss_feed_name(const char *set, buf *out);

/* Reads the feed once. Errors: as sheaf_harvest(). */
sheaf_status rss_loop(harvest_run *run, sheaf_error *err);

#endif
