/* lines.h: a file or standard input, line by line. */
#ifndef LINES_H
#define LINES_H

#include "buf.h"

typedef struct lines {
	const char *path; /* as given; "-" is standard input */
	int         fd;   /* -1: not open */
	int         ended;
	long        number; /* of the last line, from 1 */
	buf         window; /* bytes read, from `next` on not yet given out */
	size_t      next;
} lines;

#define LINES_INIT                             \
	{                                      \
		NULL, -1, 0, 0, BUF_INIT(0), 0 \
	}

/* Opens `path`, which is borrowed. Errors: IO. */
sheaf_status lines_open(lines *l, const char *path, sheaf_error *err);
/*
 * The next line without its end; `*line` becomes NULL after the last. It may be changed, and lives
 * until the next call. Errors: IO (also for a line over 64 KiB).
 */
sheaf_status lines_next(lines *l, char **line, sheaf_error *err);
void         lines_close(lines *l);

#endif
