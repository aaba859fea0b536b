/* date_relative.h: dates that count from now, and what they share with the absolute ones. */
#ifndef DATE_RELATIVE_H
#define DATE_RELATIVE_H

#include "datetime.h"

/* The day, as date_days() counts, that a time is in. */
int64_t date_of(sheaf_time t);
/* The day of the week; 0 is Sunday. */
int date_weekday(int64_t day);
int date_month_length(int year, int month);
/*
 * The span of a date whose later parts may be missing: 0, or -1 for the time of day. 0 where there
 * is no such date.
 */
int date_span(int y, int mo, int d, int h, int mi, int se, time_span *span);
/* What time_parse_span() reads of words that count from `now`. 1 on success. */
int date_parse_relative(const char *text, size_t len, sheaf_time now, time_span *span);

#endif
