/*
 * oai_cover.h: which days of a list are complete, kept as its pages are stored.
 *
 * Paging is by position: a record that is touched while its day is being read leaves its place, and the ones behind it
 * move up, so that one can be passed over where two pages meet. Days that stand on two pages are remembered; where a
 * record of such a day comes again with a later date, the day is read again.
 */
#ifndef OAI_COVER_H
#define OAI_COVER_H

#include "oai_list.h"

/* Of a list whose first page has come; inside its transaction, as all but the last. */
sheaf_status oai_cover_begin(harvest_run *run, const oai_list *list, sheaf_error *err);
/* What the page has brought, where more follows. `before`: where the list stood. */
sheaf_status oai_cover_page(harvest_run *run, oai_list *list, sheaf_time before, sheaf_error *err);
/* All of the list was read. */
sheaf_status oai_cover_list(harvest_run *run, const oai_list *list, sheaf_error *err);
/* The days of which the page may have passed a record over are no longer complete. */
sheaf_status oai_cover_passed(harvest_run *run, oai_list *list, sheaf_error *err);
/* Before the page is stored: looks for records that have left a day of two pages. */
sheaf_status oai_cover_moved(harvest_run *run, oai_list *list, sheaf_error *err);

#endif
