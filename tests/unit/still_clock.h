/* still_clock.h: a clock that only moves when it is slept on, so that a test waits for nothing. */
#ifndef STILL_CLOCK_H
#define STILL_CLOCK_H

#include <sheaf/harvest.h>

typedef struct still_clock {
	sheaf_clock clock;
	sheaf_time  start;
	int64_t     slept_ms;
	int64_t     longest_ms;
	int         interrupt_after; /* sleeps, from 1; 0: never */
	int         sleeps;
} still_clock;

static inline sheaf_time still_now(void *ctx)
{
	const still_clock *c = ctx;

	return c->start + c->slept_ms / 1000;
}

static inline int still_sleep(void *ctx, int64_t ms)
{
	still_clock *c = ctx;

	if (ms <= 0)
		return 0;
	c->slept_ms += ms;
	if (ms > c->longest_ms)
		c->longest_ms = ms;
	return ++c->sleeps == c->interrupt_after;
}

/* 2026-11-22T12:00:00Z. */
static inline void still_clock_init(still_clock *c)
{
	*c = (still_clock){.start = 1795348800};
	c->clock = (sheaf_clock){c, still_now, still_sleep};
}

#endif
