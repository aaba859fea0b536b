#include "xml_stream.h"

#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "error.h"
#include "str.h"
#include "xml_clean.h"
#include "xml_library.h"

#if LIBXML_VERSION >= 21200
typedef const xmlError *xml_error_ptr;
#else
typedef xmlErrorPtr xml_error_ptr;
#endif

enum { PIECE = 256 << 10 }; /* bytes given to libxml2 at once */

typedef struct level {
	const xml_rule *rule; /* NULL: an element that no rule knows */
	unsigned        state;
	int             gathers; /* 1: text here belongs to this element or to one around it */
} level;

struct xml_stream {
	const xml_rules *parts;
	size_t           part_count;
	void            *ctx;
	xml_library      lib;
	xmlParserCtxtPtr parser;
	xml_clean        clean;
	level            levels[XML_DEPTH_MAX + 1]; /* [0] is outside all elements */
	int              depth;
	int              begun;  /* 1: the first "<" was seen */
	int              closed; /* 1: the outermost element has ended */
	buf              text;
	size_t           silence; /* bytes since the last record */
	sheaf_error      error;   /* status OK until something fails */
};

/* ---- attributes: five pointers each (local name, prefix, URI, value, end of value) ---- */

const char *xml_attribute(const xml_element *e, const char *name, size_t *len)
{
	const xmlChar *const *a = e->attributes;

	*len = 0;
	for (int i = 0; i < e->attribute_count; i++, a += 5) {
		if (strcmp((const char *)a[0], name) != 0)
			continue;
		*len = (size_t)(a[4] - a[3]);
		return (const char *)a[3];
	}
	return NULL;
}

void xml_attribute_copy(const xml_element *e, const char *name, char *out, size_t size)
{
	size_t      len;
	const char *value = xml_attribute(e, name, &len);

	if (len >= size)
		len = size - 1;
	if (len)
		memcpy(out, value, len);
	out[len] = 0;
}

/* ---- failing ---- */

static void stop(xml_stream *s, sheaf_status status)
{
	s->error.status = status;
	s->lib.stop_parser(s->parser);
}

static void refuse(xml_stream *s, const char *what)
{
	if (s->error.status == SHEAF_OK)
		stop(s, sheaf_fail(&s->error, SHEAF_ERROR_PROTOCOL, "line %d: %s",
		                   s->lib.line_number(s->parser), what));
}

static void on_error(void *ctx, xml_error_ptr e)
{
	xml_stream *s = ctx;
	const char *message = e->message ? e->message : "not well-formed";
	size_t      len = strlen(message);

	/* Undeclared prefixes and the like are errors, but do not end the reading. */
	if (e->level != XML_ERR_FATAL || s->error.status != SHEAF_OK ||
	    e->code == XML_ERR_USER_STOP)
		return;
	if (e->code == XML_ERR_NO_MEMORY) {
		s->error.status = sheaf_nomem(&s->error);
		return;
	}
	str_trim(&message, &len);
	s->error.status = sheaf_fail(&s->error, SHEAF_ERROR_PROTOCOL,
	                             "line %d: not well-formed: %.*s", e->line,
	                             len > 200 ? 200 : (int)len, message);
}

/*
 * What libxml2 cannot tell its caller, such as want of memory before there is a parser, it prints,
 * unless this thread has a function for it. Such a function may be the host program's own, so ours
 * stands in for it no longer than a call.
 */
typedef struct error_channel {
	xmlStructuredErrorFunc fn;
	void                  *ctx;
} error_channel;

static void drop_error(void *ctx, xml_error_ptr e)
{
	(void)ctx, (void)e;
}

static error_channel hush(const xml_library *lib)
{
	error_channel before = {*lib->error_fn(), *lib->error_ctx()};

	lib->set_error_fn(NULL, drop_error);
	return before;
}

static void unhush(const xml_library *lib, error_channel before)
{
	lib->set_error_fn(before.ctx, before.fn);
}

static void parse_chunk(xml_stream *s, const char *bytes, size_t len, int last)
{
	error_channel before = hush(&s->lib);

	s->lib.parse_chunk(s->parser, bytes, (int)len, last);
	unhush(&s->lib, before);
}

/* ---- SAX ---- */

static const xml_rule *find_rule(const xml_stream *s, unsigned state, const char *name)
{
	for (size_t i = 0; i < s->part_count; i++) {
		const xml_rule *rule = s->parts[i].rules, *end = rule + s->parts[i].count;

		for (; rule < end; rule++)
			if (rule->states & state &&
			    (!rule->name ||
			     (*rule->name == *name && strcmp(rule->name, name) == 0)))
				return rule;
	}
	return NULL;
}

static void call(xml_stream *s, xml_fn fn, const xml_element *e)
{
	sheaf_status status = fn ? fn(s->ctx, e, &s->error) : SHEAF_OK;

	if (status != SHEAF_OK)
		stop(s, status);
}

static void check_encoding(xml_stream *s)
{
	const xmlChar *name = s->parser->encoding;

	if (!name && s->parser->input)
		name = s->parser->input->encoding;
	if (name && !str_ieq((const char *)name, "UTF-8") &&
	    !str_ieq((const char *)name, "US-ASCII"))
		refuse(s, "declares another encoding than UTF-8");
}

static void on_start(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri,
                     int namespace_count, const xmlChar **namespaces, int attribute_count,
                     int defaulted, const xmlChar **list)
{
	xml_stream *s = ctx;
	level      *outer = &s->levels[s->depth], *l = outer + 1;
	xml_element e = {NULL, (const char *)local, attribute_count, list, "", 0};

	(void)prefix, (void)uri, (void)namespace_count, (void)namespaces, (void)defaulted;
	if (s->depth == 0)
		check_encoding(s);
	if (s->depth == XML_DEPTH_MAX)
		refuse(s, "elements are nested too deep");
	if (s->error.status != SHEAF_OK)
		return;
	s->depth++;
	e.rule = l->rule = find_rule(s, outer->state, e.name);
	l->state = l->rule ? l->rule->inside : 0;
	l->gathers = l->rule ? l->rule->text : outer->gathers;
	if (!l->rule)
		return;
	buf_clear(&s->text);
	call(s, l->rule->begin, &e);
}

static void on_end(void *ctx, const xmlChar *local, const xmlChar *prefix, const xmlChar *uri)
{
	xml_stream *s = ctx;
	level      *l = &s->levels[s->depth];

	(void)prefix, (void)uri;
	if (s->error.status != SHEAF_OK || s->depth == 0)
		return;
	s->depth--;
	s->closed = s->depth == 0;
	if (l->rule) {
		xml_element e = {l->rule, (const char *)local, 0,
		                 NULL,    buf_str(&s->text),   s->text.len};

		call(s, l->rule->end, &e);
		buf_clear(&s->text);
	}
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
	xml_stream *s = ctx;
	size_t      room = XML_TEXT_MAX - s->text.len;

	if (!s->levels[s->depth].gathers)
		return;
	buf_append(&s->text, (const char *)text, (size_t)len < room ? (size_t)len : room);
	if (s->text.status != SHEAF_OK && s->error.status == SHEAF_OK)
		stop(s, buf_status(&s->text, &s->error));
}

static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *external,
                       const xmlChar *system)
{
	(void)name, (void)external, (void)system;
	refuse(ctx, "has a document type declaration, which arXiv's answers never have");
}

static xmlEntityPtr on_entity(void *ctx, const xmlChar *name)
{
	return ((xml_stream *)ctx)->lib.predefined_entity(name);
}

static sheaf_status make_parser(xml_stream *s, sheaf_error *err)
{
	xmlSAXHandler sax;
	error_channel before;
	sheaf_status  status = xml_library_load(&s->lib, err);

	if (status != SHEAF_OK)
		return status;
	memset(&sax, 0, sizeof sax);
	sax.initialized = XML_SAX2_MAGIC;
	sax.startElementNs = on_start;
	sax.endElementNs = on_end;
	sax.characters = sax.cdataBlock = on_text;
	sax.internalSubset = on_doctype;
	sax.getEntity = on_entity;
	sax.serror = on_error;
	s->lib.init_parser();
	before = hush(&s->lib);
	s->parser = s->lib.create_push_parser(&sax, s, NULL, 0, NULL);
	unhush(&s->lib, before);
	if (!s->parser)
		return sheaf_nomem(err);
	/*
	 * NOENT: without it, `&amp;` in an attribute arrives as `&#38;`. There is nothing else to
	 * expand, since a document type declaration ends the reading.
	 */
	s->lib.use_options(s->parser, XML_PARSE_NONET | XML_PARSE_NOENT);
	return SHEAF_OK;
}

sheaf_status xml_stream_new(const xml_rules *parts, size_t count, void *ctx, xml_stream **stream,
                            sheaf_error *err)
{
	xml_stream  *s = mem_calloc(1, sizeof *s);
	sheaf_status status;

	*stream = NULL;
	if (!s)
		return sheaf_nomem(err);
	status = make_parser(s, err);
	if (status != SHEAF_OK) {
		mem_free(s);
		return status;
	}
	s->parts = parts;
	s->part_count = count;
	s->ctx = ctx;
	s->levels[0].state = XML_START;
	*stream = s;
	return SHEAF_OK;
}

/* Hands on the first failure, whoever met it. */
static sheaf_status answer(const xml_stream *s, sheaf_error *err)
{
	if (s->error.status != SHEAF_OK && err)
		*err = s->error;
	return s->error.status;
}

/* Before the first "<" there may be blanks and a byte order mark. What else there is, is no XML. */
static void check_beginning(xml_stream *s, const char *bytes, size_t len)
{
	while (len && (str_is_space((unsigned char)*bytes) || strchr("\xEF\xBB\xBF", *bytes)))
		bytes++, len--;
	s->begun = len > 0;
	if (len && *bytes != '<')
		refuse(s, "is no XML");
}

sheaf_status xml_stream_feed(xml_stream *s, const char *bytes, size_t len, sheaf_error *err)
{
	if (!s->begun)
		check_beginning(s, bytes, len);
	while (len && s->error.status == SHEAF_OK) {
		size_t       n = len < PIECE ? len : PIECE, clean_len;
		const char  *clean;
		sheaf_status status = xml_clean_feed(&s->clean, bytes, n, 0, &clean, &clean_len,
		                                     &s->error);

		if (status != SHEAF_OK)
			s->error.status = status;
		else if (clean_len)
			parse_chunk(s, clean, clean_len, 0);
		s->silence += n;
		if (s->silence > XML_SILENCE_MAX)
			refuse(s, "goes on for 64 MB without a record");
		bytes += n;
		len -= n;
	}
	return answer(s, err);
}

sheaf_status xml_stream_finish(xml_stream *s, int *truncated, sheaf_error *err)
{
	const char *clean;
	size_t      len;

	if (truncated)
		*truncated = 0;
	if (s->error.status != SHEAF_OK)
		return answer(s, err);
	if (xml_clean_feed(&s->clean, "", 0, 1, &clean, &len, &s->error) == SHEAF_OK)
		parse_chunk(s, clean, len, 1);
	if (s->closed || (s->error.status != SHEAF_OK && s->error.status != SHEAF_ERROR_PROTOCOL))
		return answer(s, err);
	if (truncated)
		*truncated = 1;
	/* libxml2 has its own words for a cut in each place; one sentence serves better. */
	s->error.status = SHEAF_OK;
	refuse(s, "the document is cut off here");
	return answer(s, err);
}

void xml_stream_record_seen(xml_stream *s)
{
	s->silence = 0;
}

void xml_stream_free(xml_stream *s)
{
	if (!s)
		return;
	s->lib.free_parser(s->parser);
	xml_clean_free(&s->clean);
	buf_free(&s->text);
	mem_free(s);
}
