/* query_date.h: the values of submitted:, updated: and date:. */
#ifndef QUERY_DATE_H
#define QUERY_DATE_H

#include <sheaf/status.h>

/*
 * Reads a date, `A..B` with either side open, arXiv's `[A TO B]` with `*` for an open side, or `*`,
 * into seconds, both ends included; INT64_MIN and INT64_MAX are open. A date without a time is
 * the whole day, month or year. Dates in the wrong order are exchanged. Relative dates count from
 * `now`; SHEAF_TIME_NONE: they are none. 1 on success.
 */
int query_date_parse(const char *text, size_t len, sheaf_time now, int64_t *begin, int64_t *end);

#endif
