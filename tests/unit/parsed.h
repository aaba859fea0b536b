/* parsed.h: runs a parser over bytes and keeps all it told, as text that tests can compare. */
#ifndef PARSED_H
#define PARSED_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "source.h"

typedef struct parsed {
	buf          text;    /* every field of every document, one a line */
	buf          rejects; /* "number reason", one a line */
	buf          deleted; /* "id datestamp", one a line */
	int64_t      documents;
	int64_t      stop_after; /* documents; 0: never */
	int          source;     /* of the last document */
	source_info  info;
	sheaf_status status;
	int          truncated;
	sheaf_error  err;
} parsed;

static inline const char *parsed_or(const char *text)
{
	return text ? text : "-";
}

/* Writes what is known of a document; a field that is not known has no line. */
static inline void parsed_dump(buf *out, const sheaf_document *doc)
{
	for (int f = SHEAF_FIELD_TITLE; f < SHEAF_FIELD_LENGTH; f++) {
		const char *text = sheaf_document_get_text(doc, (sheaf_field)f);
		int64_t     value = sheaf_document_get_value(doc, (sheaf_field)f);

		if (f == SHEAF_FIELD_AUTHOR || f == SHEAF_FIELD_PRIMARY_CATEGORY)
			continue;
		if (text)
			buf_printf(out, "%d=%s\n", f, text);
		else if (f >= SHEAF_FIELD_SUBMITTED && value != SHEAF_TIME_NONE && value != 0)
			buf_printf(out, "%d=%lld\n", f, (long long)value);
	}
	for (size_t i = 0; i < sheaf_document_author_count(doc); i++) {
		const sheaf_author *a = sheaf_document_get_author(doc, i);

		buf_printf(out, "author=%s|%s|%s|%s|%s\n", a->name, parsed_or(a->keyname),
		           parsed_or(a->forenames), parsed_or(a->suffix),
		           parsed_or(a->affiliation));
	}
	for (size_t i = 0; i < sheaf_document_version_count(doc); i++) {
		const sheaf_document_version *v = sheaf_document_get_version(doc, i);

		buf_printf(out, "v%d=%lld|%s|%s\n", v->number, (long long)v->created,
		           parsed_or(v->size), parsed_or(v->source_type));
	}
	if (doc->source == DOCUMENT_SOURCE_RSS)
		buf_printf(out, "announced=%d %lld\n", (int)doc->announced.kind,
		           (long long)doc->announced.day);
	buf_puts(out, "--\n");
}

static inline int parsed_on_document(void *ctx, sheaf_document *doc, int64_t number)
{
	parsed *p = ctx;

	(void)number;
	parsed_dump(&p->text, doc);
	p->source = (int)doc->source;
	return ++p->documents == p->stop_after;
}

static inline int parsed_on_reject(void *ctx, int64_t number, const char *reason)
{
	buf_printf(&((parsed *)ctx)->rejects, "%lld %s\n", (long long)number, reason);
	return 0;
}

static inline int parsed_on_deleted(void *ctx, const char *id, sheaf_time datestamp)
{
	buf_printf(&((parsed *)ctx)->deleted, "%s %lld\n", id, (long long)datestamp);
	return 0;
}

/*
 * Feeds `len` bytes in pieces of `step`, each in a block of its own, so that reading past its end
 * shows under a sanitizer. What is in `p` before is kept; free it with parsed_free().
 */
static inline void parsed_run(parsed *p, sheaf_source_format format, const char *bytes, size_t len,
                              size_t step)
{
	source_sink    sink = {p, parsed_on_document, parsed_on_reject, parsed_on_deleted};
	source_parser *parser;

	p->status = source_parser_new(format, &sink, &parser, &p->err);
	if (p->status != SHEAF_OK)
		return;
	while (len && p->status == SHEAF_OK) {
		size_t n = len < step ? len : step;
		char  *piece = malloc(n);

		assert_non_null(piece);
		memcpy(piece, bytes, n);
		p->status = source_feed(parser, piece, n, &p->err);
		free(piece);
		bytes += n;
		len -= n;
	}
	if (p->status == SHEAF_OK)
		p->status = source_finish(parser, &p->truncated, &p->err);
	p->info = *source_get_info(parser);
	source_parser_free(parser);
}

static inline parsed parse(sheaf_source_format format, const char *text)
{
	parsed p = {0};

	parsed_run(&p, format, text, strlen(text), SIZE_MAX);
	return p;
}

static inline void parsed_free(parsed *p)
{
	buf_free(&p->text);
	buf_free(&p->rejects);
	buf_free(&p->deleted);
}

/* The document(s) must hold this line. */
static inline void parsed_has(const parsed *p, const char *line)
{
	char with_end[512];

	snprintf(with_end, sizeof with_end, "%s\n", line);
	if (!strstr(buf_str(&p->text), with_end))
		fail_msg("no line '%s' in:\n%s", line, buf_str(&p->text));
}

/* Must not hold a line that begins so. */
static inline void parsed_lacks(const parsed *p, const char *start)
{
	char with_break[512];

	snprintf(with_break, sizeof with_break, "\n%s", start);
	if (strstr(buf_str(&p->text), with_break) ||
	    strncmp(buf_str(&p->text), start, strlen(start)) == 0)
		fail_msg("a line '%s' in:\n%s", start, buf_str(&p->text));
}

/* Any division of the bytes gives the same as the whole. */
static inline void parsed_in_pieces(sheaf_source_format format, const char *bytes, size_t len)
{
	static const size_t steps[] = {1, 2, 3, 7, 64};
	parsed              whole = {0};

	parsed_run(&whole, format, bytes, len, SIZE_MAX);
	for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
		parsed p = {0};

		parsed_run(&p, format, bytes, len, steps[i]);
		assert_string_equal(buf_str(&p.text), buf_str(&whole.text));
		assert_string_equal(buf_str(&p.rejects), buf_str(&whole.rejects));
		assert_int_equal(p.status, whole.status);
		assert_int_equal(p.truncated, whole.truncated);
		assert_memory_equal(&p.info, &whole.info, sizeof p.info);
		parsed_free(&p);
	}
	parsed_free(&whole);
}

/* Every beginning of the bytes ends in an answer, and brings no document that the whole has not. */
static inline void parsed_cut_anywhere(sheaf_source_format format, const char *bytes, size_t len)
{
	parsed whole = {0};

	parsed_run(&whole, format, bytes, len, SIZE_MAX);
	for (size_t n = 0; n < len; n++) {
		parsed p = {0};

		parsed_run(&p, format, bytes, n, SIZE_MAX);
		assert_true(p.documents <= whole.documents);
		assert_memory_equal(buf_str(&p.text), buf_str(&whole.text), p.text.len);
		parsed_free(&p);
	}
	parsed_free(&whole);
}

#endif
