#include "wallclock.h"

#include <time.h>

#include "signals.h"

sheaf_time wallclock_now(void)
{
	return (sheaf_time)time(NULL);
}

int64_t wallclock_ms(void)
{
	struct timespec now = {0, 0};

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

static sheaf_time clock_now(void *ctx)
{
	(void)ctx;
	return wallclock_now();
}

/* Sleeps in steps: a signal that came just before a sleep does not cut that sleep short. */
static int clock_sleep(void *ctx, int64_t ms)
{
	enum { STEP_MS = 200 };
	int64_t end = wallclock_ms() + ms;

	(void)ctx;
	for (int64_t left = ms; left > 0 && !signals_pending(); left = end - wallclock_ms()) {
		int64_t         step = left < STEP_MS ? left : STEP_MS;
		struct timespec pause = {0, (long)step * 1000000L};

		nanosleep(&pause, NULL);
	}
	return signals_pending();
}

const sheaf_clock *wallclock(void)
{
	static const sheaf_clock clock = {NULL, clock_now, clock_sleep};

	return &clock;
}
