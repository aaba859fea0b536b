/* markup_check.h: markup must be well-formed, and have just the elements that it should. */
#ifndef MARKUP_CHECK_H
#define MARKUP_CHECK_H

#include <string.h>

#include "buf.h"
#include "xml_stream.h"

/* What is there: each element's name in order, and the text of those that are asked for. */
typedef struct markup {
	const char *wanted; /* an element whose text is gathered */
	buf         names;  /* "feed title id …" */
	buf         texts;  /* of `wanted`, each ended by a line break */
	buf         links;  /* values of href, each ended by a line break */
	int         wrong;  /* 1: an attribute that would run something */
} markup;

static inline sheaf_status markup_begin(void *ctx, const xml_element *e, sheaf_error *err)
{
	static const char *const never[] = {"onclick", "onerror", "onload", "style", "src"};
	markup                  *m = ctx;
	size_t                   len;
	const char              *href = xml_attribute(e, "href", &len);

	(void)err;
	buf_printf(&m->names, "%s ", e->name);
	if (href) {
		buf_append(&m->links, href, len);
		buf_putc(&m->links, '\n');
	}
	for (size_t i = 0; i < sizeof never / sizeof *never; i++)
		m->wrong |= xml_attribute(e, never[i], &len) != NULL;
	return SHEAF_OK;
}

static inline sheaf_status markup_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	markup *m = ctx;

	(void)err;
	if (strcmp(e->name, m->wanted) == 0) {
		buf_append(&m->texts, e->text, e->len);
		buf_putc(&m->texts, '\n');
	}
	return SHEAF_OK;
}

/* Reads `text`, which has no document type; free it with markup_free(). */
static inline markup markup_read(const char *text, const char *wanted)
{
	/* An element's text is gathered, so what is inside must be of the same kind. */
	static const xml_rule  any = {XML_START | 2, NULL, 2, 1, 0, markup_begin, markup_end};
	static const xml_rules rules = {&any, 1};
	markup                 m = {.wanted = wanted};
	xml_stream            *stream;
	sheaf_error            err = {0};
	int                    truncated;

	assert_int_equal(xml_stream_new(&rules, 1, &m, &stream, NULL), SHEAF_OK);
	if (xml_stream_feed(stream, text, strlen(text), &err) != SHEAF_OK ||
	    xml_stream_finish(stream, &truncated, &err) != SHEAF_OK)
		fail_msg("%s in %s", err.message, text);
	assert_int_equal(truncated, 0);
	xml_stream_free(stream);
	return m;
}

static inline void markup_free(markup *m)
{
	buf_free(&m->names);
	buf_free(&m->texts);
	buf_free(&m->links);
}

#endif
