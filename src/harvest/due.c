#include "due.h"

#include "schedule.h"

enum { CACHE_S = 3600 };

int due_is(const harvest_run *run)
{
	const sheaf_clock *clock = run->options->clock;
	sheaf_time         now = clock->now(clock->ctx), read = run->row.finished;

	/* A clock that has gone back proves nothing. */
	if (!run->row.complete || read == SHEAF_TIME_NONE || read > now)
		return 1;
	read -= CACHE_S;
	if (run->options->source == SHEAF_HARVEST_RSS)
		return schedule_next_feed(read) <= now;
	return schedule_next_metadata(read) <= now;
}
