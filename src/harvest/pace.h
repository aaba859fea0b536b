/*
 * pace.h: good manners towards a host. One harvest of it at a time, a pause between requests, and
 * the cool-down it asked for, all of which outlive the process: a lock file and a small text file
 * for each host.
 */
#ifndef PACE_H
#define PACE_H

#include <sheaf/harvest.h>

#include "file.h"
#include "http.h"

typedef struct pace {
	const sheaf_clock *clock;
	file_lock          lock;
	buf                path; /* of the text file */
	int64_t            delay_ms;
	int                arxiv;      /* 1: a host of arXiv's */
	int                requests;   /* made by this process */
	sheaf_time         last;       /* request, or end of its answer */
	sheaf_time         cool_until; /* SHEAF_TIME_NONE: nothing was asked for */
	int64_t            refusals;   /* in a row, over processes */
} pace;

#define PACE_INIT                                                                              \
	{                                                                                      \
		.lock = FILE_LOCK_INIT, .last = SHEAF_TIME_NONE, .cool_until = SHEAF_TIME_NONE \
	}

/* 1 for arxiv.org and every host below it: they share one allowance. */
int pace_is_arxiv(const char *host);

/* Errors: INVALID_ARGUMENT for a delay, as in the options, that the host does not allow. */
sheaf_status pace_check_delay(const http_address *address, int64_t delay_ms, sheaf_error *err);

/*
 * Takes the lock of the host that `address` names in `state_dir`, which is made when missing.
 * `delay_ms` as in the options. Errors: those of pace_check_delay();
 * DATABASE_LOCKED (another harvest of this host is running); COOLING_DOWN; IO.
 */
sheaf_status pace_open(pace *p, const char *state_dir, const http_address *address,
                       int64_t delay_ms, const sheaf_clock *clock, sheaf_error *err);
/* Waits until the next request may be made, and remembers it. Errors: INTERRUPTED; IO. */
sheaf_status pace_request(pace *p, sheaf_error *err);
/* The source has refused: remembers the pause it shall have. Errors: IO. */
sheaf_status pace_cool_down(pace *p, int64_t wait_ms, sheaf_error *err);
/* The source has answered. */
void pace_answered(pace *p);
/* The end of the pause that the text file at `path` tells, NONE where none lasts beyond `now`. */
sheaf_time pace_read_cool_down(const char *path, sheaf_time now);
/* Gives the lock back. */
void pace_close(pace *p);

#endif
