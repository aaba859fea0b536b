/*
 * xml_stream.h: XML as it comes, told to a table of rules.
 *
 * A format is a table: in which states which element is met, what holds inside it,
 * and what is done at its beginning and its end. Elements are known by their local names; no
 * order is assumed. Nothing is fetched, no entity is expanded but XML's own five, a
 * document type declaration is refused; depth, text and the way between two records are bounded.
 */
#ifndef XML_STREAM_H
#define XML_STREAM_H

#include <sheaf/status.h>
#include <stddef.h>

enum {
	XML_DEPTH_MAX = 32,
	XML_TEXT_MAX = 1 << 20,     /* bytes of one element's text; what is longer is cut */
	XML_SILENCE_MAX = 64 << 20, /* bytes without a record */
	XML_START = 1               /* the state outside all elements */
};

typedef struct xml_rule xml_rule;

/* An element as its rule is told of it; borrowed for the call. */
typedef struct xml_element {
	const xml_rule *rule;
	const char     *name;            /* local */
	int             attribute_count; /* at the beginning; 0 at the end */
	const void     *attributes;
	const char     *text; /* at the end: ended by NUL, not trimmed; "" where none is gathered */
	size_t          len;
} xml_element;

typedef sheaf_status (*xml_fn)(void *ctx, const xml_element *e, sheaf_error *err);

struct xml_rule {
	unsigned    states; /* bits of the states in which the element may stand */
	const char *name;   /* its local name; NULL: any that no rule before names */
	unsigned    inside; /* the state within it, one bit; 0: all that is within is passed over */
	int         text;   /* 1: its text is gathered for `end` */
	int         arg;    /* for the two calls */
	xml_fn      begin, end; /* may be NULL */
};

/* A part of the table. */
typedef struct xml_rules {
	const xml_rule *rules;
	size_t          count;
} xml_rules;

/* The value of an attribute by local name, NULL where it is not there. It is not ended by NUL. */
const char *xml_attribute(const xml_element *e, const char *name, size_t *len);
/* Copies a value, cut to `size` - 1 bytes; "" where it is not there. */
void xml_attribute_copy(const xml_element *e, const char *name, char *out, size_t size);

typedef struct xml_stream xml_stream;

/* `parts` and `ctx` are borrowed; the parts are searched in turn. Errors: NOMEM. */
sheaf_status xml_stream_new(const xml_rules *parts, size_t count, void *ctx, xml_stream **stream,
                            sheaf_error *err);
/* Errors: PROTOCOL (not well-formed, not acceptable; with the line); what the rules answer. */
sheaf_status xml_stream_feed(xml_stream *stream, const char *bytes, size_t len, sheaf_error *err);
/* Ends the stream. Errors: PROTOCOL; `*truncated` (may be NULL) is 1 where it is cut off. */
sheaf_status xml_stream_finish(xml_stream *stream, int *truncated, sheaf_error *err);
/* Says that a record has ended, so that the next XML_SILENCE_MAX bytes are allowed. */
void xml_stream_record_seen(xml_stream *stream);
void xml_stream_free(xml_stream *stream);

#endif
