/* import_stream.h: one stream of an import's file through its parser. */
#ifndef IMPORT_STREAM_H
#define IMPORT_STREAM_H

#include "import_reader.h"
#include "reader.h"

typedef struct import_stream {
	reader     *input; /* at the beginning of the stream */
	const char *name;
	reader_file file;        /* that it is in */
	int         is_first;    /* in the file: may be gone on with */
	int64_t     disk_before; /* bytes of the files before that one */
} import_stream;

/*
 * Reads the stream to its end. One that is cut off or damaged after some good records is told as such, and no error.
 * Errors: IO (unknown format); PROTOCOL; INTERRUPTED; NOMEM.
 */
sheaf_status import_stream_read(import_reader *r, const import_stream *s, sheaf_error *err);

#endif
