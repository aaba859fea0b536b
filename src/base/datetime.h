/* datetime.h: times as arXiv and people write them. All UTC; the clock is never read. */
#ifndef DATETIME_H
#define DATETIME_H

#include <sheaf/status.h>

/* Days since 1970-01-01 of a proleptic Gregorian date. */
int64_t date_days(int year, int month, int day);
/* The opposite. */
void date_civil(int64_t days, int *year, int *month, int *day);

/*
 * A span of time: both ends included, in seconds. What is written without a time
 * of day means the whole day, month or year.
 */
typedef struct time_span {
	sheaf_time first, last;
} time_span;

/*
 * Reads `YYYY`, `YYYY-MM`, `YYYY-MM-DD`, `YYYY-MM-DD HH:MM[:SS]`, ISO 8601 with `T`,
 * fractions of a second (dropped), `Z` or an offset; and, where `now` is not SHEAF_TIME_NONE, in
 * any case,
 *
 * - `now`; `today`, `yesterday`;
 * - `3d`, `2w`, `6m`, `1y`, `3 days ago`: that long ago, the whole day; `5h`: the hour;
 * - `this week`, `last month`, `last year`: the whole one, weeks from Monday;
 * - `monday`, `mar`: the last one, which may be today's.
 *
 * Blanks between words may be `_` or `-`. 1 on success.
 */
int time_parse_span(const char *text, size_t len, sheaf_time now, time_span *span);
/* arXiv's `YYYY[MM[DD[HHMM[SS]]]]`. 1 on success. */
int time_parse_compact(const char *text, size_t len, time_span *span);
/*
 * One moment: the first second of time_parse_span(), or RFC 5322 ("Mon, 2 Apr 2007 19:18:42 GMT").
 */
int time_parse(const char *text, size_t len, sheaf_time *time);
/*
 * The same, and by how many seconds the clock that the text was written by is ahead of UTC; 0 where
 * it does not say.
 */
int time_parse_zoned(const char *text, size_t len, sheaf_time *time, int *ahead);

enum { TIME_TEXT_SIZE = 32 };
/* `YYYY-MM-DDTHH:MM:SSZ`. */
void time_format_iso(sheaf_time time, char out[TIME_TEXT_SIZE]);
/* `YYYY-MM-DD`. */
void time_format_date(sheaf_time time, char out[TIME_TEXT_SIZE]);
/* `YYYY-MM-DD HH:MM`. */
void time_format_minute(sheaf_time time, char out[TIME_TEXT_SIZE]);
/* `Mon, 2 Apr 2007 19:18:42 GMT`. */
void time_format_rfc5322(sheaf_time time, char out[TIME_TEXT_SIZE]);

#endif
