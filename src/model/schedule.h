/*
 * schedule.h: when arXiv announces. Its clock is that of the US east coast, where it is 5 hours before
 * UTC, and 4 in summer (second Sunday of March to the first of November, each 2:00; before 2007 by the
 * rules of then).
 *
 * Source: https://info.arxiv.org/help/availability.html. Papers that come by 14:00 from Monday to Friday
 * are announced at 20:00, those of Friday on Sunday; lists and feeds name the day after that. Metadata are
 * renewed about 22:30 on the evenings of announcements, feeds at midnight. Holidays are not known here.
 */
#ifndef SCHEDULE_H
#define SCHEDULE_H

#include <sheaf/status.h>

/* Seconds to add to UTC for the east coast's clock. */
int64_t schedule_offset(sheaf_time utc);
/* The day on the east coast, since 1970. */
int64_t schedule_day(sheaf_time utc);
/* The first second, in UTC, of such a day. */
sheaf_time schedule_midnight(int64_t day);
/* 1 for days whose name lists and feeds can bear: Monday to Friday. */
int schedule_is_announced(int64_t day);
/*
 * The day whose lists a paper is in that was submitted then, if nothing has held it up. NONE, and times
 * that no calendar has: INT64_MIN.
 */
int64_t schedule_announcement(sheaf_time submitted);
/* When metadata, or feeds, are renewed the next time after `utc`, which must be a time. */
sheaf_time schedule_next_metadata(sheaf_time utc);
sheaf_time schedule_next_feed(sheaf_time utc);

#endif
