/* wallclock.h: the time of day, and sleeping, for the library that reads no clock itself. */
#ifndef WALLCLOCK_H
#define WALLCLOCK_H

#include <sheaf/harvest.h>

/* Seconds since 1970, now. */
sheaf_time wallclock_now(void);
/* Milliseconds of a clock that never goes back; only differences mean something. */
int64_t wallclock_ms(void);
/* The clock of a harvest; a deferred signal ends its sleep. Static storage. */
const sheaf_clock *wallclock(void);

#endif
