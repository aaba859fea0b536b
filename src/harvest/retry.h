/* retry.h: how long to wait before asking again. Arithmetic alone; nothing here waits. */
#ifndef RETRY_H
#define RETRY_H

#include <sheaf/status.h>

typedef enum retry_kind {
	RETRY_TRANSIENT = 0, /* cut, late, malformed or empty: the same request may well succeed */
	RETRY_REFUSED        /* 429, 503: the source asks for a pause */
} retry_kind;

enum {
	RETRY_AFTER_MAX_S = 24 * 3600, /* no source is believed that asks for more */
	RETRY_PATIENCE_S = 3600        /* a longer pause is left to the next run */
};

/*
 * Reads the value of a Retry-After header, a number of seconds, perhaps with decimals (the next
 * whole one), or a date in any of HTTP's three forms, which is taken relative
 * to `now`, the server's own clock where it told it. At most RETRY_AFTER_MAX_S; a date that has
 * passed is 0. 1 on success.
 */
int retry_after_parse(const char *text, sheaf_time now, int64_t *seconds);

/*
 * The pause after failure number `attempt` in a row, from 1: what the source asked for
 * (`retry_after_s`, < 0: nothing), but never less than our own minimum, which doubles with each
 * failure up to a cap. arXiv's hosts are given more than others.
 */
int64_t retry_wait_ms(int arxiv, retry_kind kind, int attempt, int64_t retry_after_s);

/*
 * The pause with up to a quarter more, but no more than half a minute, chosen by `seed`, so that
 * many that were refused together do not come back together. What is worth waiting for stays so, and a
 * longer pause is left as it is.
 */
int64_t retry_jitter_ms(int64_t wait_ms, uint64_t seed);

#endif
