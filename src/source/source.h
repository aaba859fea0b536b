/*
 * source.h: wire formats to documents. A parser is fed bytes as they come and
 * calls its sink for each record; it never holds more than one record.
 */
#ifndef SOURCE_H
#define SOURCE_H

#include <sheaf/import.h>

#include "document_private.h"

/* Whom a parser tells. Strings are borrowed for the call. */
typedef struct source_sink {
	void *ctx;
	/*
	 * A record. `doc` is borrowed for the call, and emptied for the next record. What it holds
	 * may be taken by document_swap() with another one, whatever that holds. Non-zero stops.
	 */
	int (*document)(void *ctx, sheaf_document *doc, int64_t number);
	/* A record that could not be read: its ordinal or line, and why. Non-zero stops. */
	int (*reject)(void *ctx, int64_t number, const char *reason);
	/*
	 * A record that says no more than that the paper is gone, and since when (SHEAF_TIME_NONE: not
	 * told). NULL: they are only counted. Non-zero stops.
	 */
	int (*deleted)(void *ctx, const char *id, sheaf_time datestamp);
} source_sink;

/* What was told around the records; filled as it is met, final after source_finish(). */
typedef struct source_info {
	int64_t records;           /* good or bad */
	int64_t deleted;           /* OAI headers with status="deleted" */
	char    response_date[40]; /* OAI; "" when missing */
	char high_water[40]; /* OAI: largest datestamp among the records (YYYY-MM-DD), "" when none
	                       */
	char error_code
		[64]; /* OAI <error code>, "api" for an API error entry, "feed" for a feed that is an
	                         error; "" when none */
	char    error_text[256];    /* its text, one line */
	int     has_token;          /* OAI: a resumptionToken element was there, perhaps empty */
	char    token[2048];        /* OAI: its text, entities resolved; "" when none */
	int64_t complete_list_size; /* OAI: -1 when not told */
	int64_t total_results, start_index, items_per_page; /* Atom: -1 when not told */
	int64_t feed_day; /* RSS: the day on the east coast, since 1970, whose list this is; INT64_MIN:
	                     not told */
	int64_t lines_end; /* JSON Lines: bytes fed, up to the end of the line that is told of */
	int64_t exported; /* JSON Lines: records that sheaf has written itself: with the key "sheaf" */
	char verb[32]; /* OAI: "ListRecords", "GetRecord", "Identify" …, from the element met */
} source_info;

typedef struct source_parser source_parser;

/*
 * Makes a parser for one stream of `format` (not AUTO: INVALID_ARGUMENT). `sink` is borrowed.
 * Errors: NOMEM; FEATURE_UNAVAILABLE (a library is not installed).
 */
sheaf_status source_parser_new(sheaf_source_format format, const source_sink *sink,
                               source_parser **parser, sheaf_error *err);
/* Before all else: what is fed begins after as many lines, which count where one is named. */
void source_go_on(source_parser *parser, int64_t lines);
/*
 * Feeds bytes. Errors: PROTOCOL (not well-formed, too deep, too large, of another kind);
 * INTERRUPTED (the sink stopped). Records before the failure have reached the sink.
 */
sheaf_status source_feed(source_parser *parser, const char *bytes, size_t len, sheaf_error *err);
/* Ends the stream. Errors: PROTOCOL (it is cut off: *truncated is 1, where asked for). */
sheaf_status       source_finish(source_parser *parser, int *truncated, sheaf_error *err);
const source_info *source_get_info(const source_parser *parser);
void               source_parser_free(source_parser *parser);

/*
 * Tells the format from the first bytes of a file (4 KiB suffice), AUTO where it is none of them.
 * `*skip` becomes the length of what stands before the content: HTTP headers, a byte order mark,
 * blanks.
 */
sheaf_source_format source_sniff(const char *bytes, size_t len, size_t *skip);

#endif
