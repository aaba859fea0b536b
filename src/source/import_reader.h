/* import_reader.h: the reading stage of an import: files to documents in a queue. */
#ifndef IMPORT_READER_H
#define IMPORT_READER_H

#include <sheaf/import.h>

#include "import_analyser.h"

typedef struct import_reader {
	/* set by the caller, borrowed */
	const char         *path;
	sheaf_source_format format;
	int                 strict;
	sheaf_time          now; /* SHEAF_TIME_NONE or 0: not known */
	import_queue       *queue;
	import_analyser    *analyser;  /* to analyse on this thread; NULL: another does */
	int64_t             bytes;     /* read before; goes on from there */
	import_row          from;      /* what of a file need not be read; `bytes` 0: nothing */
	int64_t disk_bytes, disk_size; /* stats->file_bytes, file_size; go on from there */
	/* the outcome, valid after the queue's end was taken */
	sheaf_status status;
	sheaf_error  error;
} import_reader;

/*
 * Reads `path` (a file, a folder, "-") to its end and ends the queue. Meant for its own thread.
 * Where several files are read, one that fails is told as a rejected record with number
 * 0, and only if none could be read the whole fails.
 */
void import_reader_run(import_reader *r);

#endif
