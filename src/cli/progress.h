/* progress.h: how far a long command is. */
#ifndef PROGRESS_H
#define PROGRESS_H

#include "buf.h"
#include "console.h"

typedef struct progress {
	console *console;
	int64_t  started_ms;
	int64_t  drawn_ms; /* when the line was last drawn or written; 0: never */
	/* of the input, in bytes */
	int64_t part, whole;         /* <= 0: unknown */
	int64_t part_first, part_ms; /* `part` and the time at which the estimate begins */
} progress;

typedef struct progress_state {
	const char *what; /* "papers" */
	int64_t     count;
	int64_t     bytes; /* 0: not told */
	int64_t     total; /* of `count`; <= 0: unknown */
} progress_state;

void progress_begin(progress *p, console *c);
/* How much of the input was read, for a percentage and an estimate; `whole` <= 0: unknown. */
void progress_part(progress *p, int64_t part, int64_t whole);
/* What was read so far was only passed over: it tells nothing of how long the rest will take. */
void progress_part_skipped(progress *p);
/*
 * Draws the line where standard error is a terminal, at most ten times a second; elsewhere writes one every ten
 * seconds.
 */
void progress_update(progress *p, const progress_state *state);
/* A line for a page that came in, where no line can be redrawn, or with -v. */
void progress_page(progress *p, const progress_state *state, const char *page);
/* Removes the line. */
void progress_end(progress *p);
/* Seconds since the beginning. */
double progress_seconds(const progress *p);
/* Counts a second; 0 where no time has passed. */
double progress_rate(const progress *p, int64_t count);

/* Appends "1,234,567". */
void progress_number(buf *out, int64_t n);
/* Appends "12.3 MB". */
void progress_size(buf *out, int64_t bytes);

#endif
