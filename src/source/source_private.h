/* source_private.h: what all parsers have in common. */
#ifndef SOURCE_PRIVATE_H
#define SOURCE_PRIVATE_H

#include "source.h"

#include "record.h"

/* One format. A parser is its own struct that begins with a source_parser. */
typedef struct source_format {
	size_t size; /* of that struct */
	/* Each is called once, but for `feed`; `close` also where `open` has failed. */
	sheaf_status (*open)(source_parser *parser, sheaf_error *err);
	sheaf_status (*feed)(source_parser *parser, const char *bytes, size_t len,
	                     sheaf_error *err);
	sheaf_status (*finish)(source_parser *parser, int *truncated, sheaf_error *err);
	void (*close)(source_parser *parser);
} source_format;

extern const source_format source_jsonl, source_oai, source_atom, source_rss;

struct source_parser {
	const source_format *format;
	const source_sink   *sink;
	source_info          info;
	record               record; /* the one that is being read */
	int64_t lines; /* JSON Lines: read so far, those before the beginning included */
};

/* Hands the record's document to the sink, and counts it. Errors: INTERRUPTED. */
sheaf_status source_emit(source_parser *parser, int64_t number, sheaf_error *err);
/* Tells the sink of a record that could not be read, and counts it. Errors: INTERRUPTED. */
sheaf_status source_reject(source_parser *parser, int64_t number, const char *reason,
                           sheaf_error *err);
/* Keeps what fits of `text` as one line, without control characters. */
sheaf_status source_copy_line(char *out, size_t size, const char *text, sheaf_error *err);

#endif
