#include "import_stream.h"

#include "error.h"
#include "import_push.h"
#include "source.h"
#include "str.h"

enum {
	HEAD = 4096,         /* bytes that tell the format */
	TICK_BYTES = 8 << 20 /* at least one chance to stop for as many bytes */
};

/* One stream on its way through a parser. */
typedef struct reading {
	import_reader *r;
	reader        *input;
	const char    *name;
	const char    *damage;      /* why the input ends early, or NULL */
	int            is_line;     /* numbers are lines */
	int            is_first;    /* stream of a file that may be gone on with */
	int            strict_stop; /* 1: stopped by a rejected record */
	int64_t        untold;      /* bytes since the last tick */
	int64_t        disk_before; /* bytes of the files before this one */
	/* JSON Lines: */
	const source_parser *parser;
	int64_t              begin; /* bytes of the stream before what the parser is fed */
	import_row           at;    /* up to and with the record that is told */
} reading;

/* ---- from the parser ---- */

static size_t document_bytes(const sheaf_document *doc)
{
	size_t bytes = doc->author_text.len + doc->author_count * sizeof *doc->authors;

	for (size_t i = 0; i < SHEAF_FIELD_COUNT; i++)
		bytes += doc->text_len[i];
	return bytes;
}

/* A date to come is a slip of the source's: harvests that went on from there would miss all until then. */
static int is_to_come(sheaf_time datestamp, sheaf_time now)
{
	return now != SHEAF_TIME_NONE && now && datestamp > now;
}

/* The record that is being told, and all before it, are read. */
static void go_on(reading *in, int64_t line, sheaf_time datestamp)
{
	const source_info *info = source_get_info(in->parser);

	if (!in->is_line)
		return;
	in->at.bytes = in->begin + info->lines_end;
	in->at.lines = line;
	in->at.exported |= info->exported > 0;
	if (datestamp != SHEAF_TIME_NONE && !is_to_come(datestamp, in->r->now) &&
	    (in->at.newest == SHEAF_TIME_NONE || datestamp > in->at.newest))
		in->at.newest = datestamp;
}

/* Only a file itself, or the first one in an archive, is gone on with. */
static const import_row *resume_point(const reading *in)
{
	return in->is_line && in->is_first && in->at.size >= 0 ? &in->at : NULL;
}

static int on_document(void *ctx, sheaf_document *doc, int64_t number)
{
	reading     *in = ctx;
	import_item *item = import_push_blank(in->r, IMPORT_DOCUMENT);

	if (!item)
		return 1;
	go_on(in, number, doc->value[SHEAF_FIELD_DATESTAMP]);
	if (resume_point(in))
		item->at = in->at;
	item->number = number;
	item->is_line = in->is_line;
	item->bytes = document_bytes(doc);
	buf_puts(&item->file, in->name);
	document_swap(item->doc, doc);
	return import_push_on(in->r, item);
}

static int on_reject(void *ctx, int64_t number, const char *reason)
{
	reading *in = ctx;

	in->strict_stop = in->r->strict;
	go_on(in, number, SHEAF_TIME_NONE);
	return import_push_reject(in->r, in->name, number, in->is_line, resume_point(in), reason) ||
	       in->strict_stop;
}

static int on_deleted(void *ctx, const char *id, sheaf_time datestamp)
{
	reading     *in = ctx;
	import_item *item = import_push_blank(in->r, IMPORT_DELETED);

	if (!item || sheaf_document_set_text(item->doc, SHEAF_FIELD_ID, id, SIZE_MAX, NULL) ||
	    sheaf_document_set_value(item->doc, SHEAF_FIELD_DATESTAMP, datestamp, NULL))
		return 1;
	return import_push_on(in->r, item);
}

/* ---- one stream ---- */

/* After some bytes were read: now and then the chance to stop. */
static sheaf_status tick(reading *in, size_t len, sheaf_error *err)
{
	in->r->disk_bytes = in->disk_before + reader_position(in->input);
	in->untold += (int64_t)len;
	if (in->untold <= TICK_BYTES)
		return SHEAF_OK;
	in->untold = 0;
	return import_push_tick(in->r) ? sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped")
	                               : SHEAF_OK;
}

static sheaf_status read_more(reading *in, const char **bytes, size_t *len, sheaf_error *err)
{
	sheaf_status status = reader_read(in->input, bytes, len, &in->damage, err);

	in->r->bytes += (int64_t)*len;
	return status == SHEAF_OK ? tick(in, *len, err) : status;
}

/*
 * Passes over what an interrupted import has stored, without parsing. What of the last block comes after it is
 * left in `rest`.
 */
static sheaf_status pass_over(reading *in, buf *rest, sheaf_error *err)
{
	int64_t      left = in->r->from.bytes;
	int          done;
	size_t       len = 1;
	sheaf_status status = reader_seek(in->input, left, &done, err);

	while (status == SHEAF_OK && !done && left && len && !in->damage) {
		const char *bytes;

		status = reader_read(in->input, &bytes, &len, &in->damage, err);
		if (status == SHEAF_OK && (int64_t)len > left) {
			buf_append(rest, bytes + left, len - (size_t)left);
			status = buf_status(rest, err);
		}
		left -= (int64_t)len < left ? (int64_t)len : left;
		if (status == SHEAF_OK)
			status = tick(in, len, err);
	}
	if (status == SHEAF_OK && import_push_resumed(in->r, in->r->from.lines))
		status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped");
	return status;
}

/* Reads until there is enough to tell the format, or all there is. */
static sheaf_status read_head(reading *in, buf *head, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	const char  *bytes;
	size_t       len = 1;

	while (status == SHEAF_OK && len && head->len < HEAD) {
		status = read_more(in, &bytes, &len, err);
		buf_append(head, bytes, len);
		if (status == SHEAF_OK)
			status = buf_status(head, err);
	}
	return status;
}

static sheaf_status tell_format(const reading *in, const buf *head, size_t *skip,
                                sheaf_source_format *format, sheaf_error *err)
{
	sheaf_source_format told = source_sniff(buf_str(head), head->len, skip);

	*format = in->r->format == SHEAF_SOURCE_AUTO ? told : in->r->format;
	if (*format != SHEAF_SOURCE_AUTO)
		return SHEAF_OK;
	if (in->damage)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", in->name, in->damage);
	return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", in->name,
	                  *skip == head->len
	                          ? "is empty"
	                          : "unknown format: neither JSON Lines nor OAI-PMH, Atom or RSS");
}

static sheaf_status feed_all(reading *in, source_parser *parser, const buf *head, size_t skip,
                             sheaf_error *err)
{
	sheaf_status status = source_feed(parser, buf_str(head) + skip, head->len - skip, err);
	const char  *bytes;
	size_t       len = in->damage ? 0 : 1;

	while (status == SHEAF_OK && len) {
		status = read_more(in, &bytes, &len, err);
		if (status == SHEAF_OK && len)
			status = source_feed(parser, bytes, len, err);
	}
	return status;
}

/* What the source itself has to say about an answer that was read to its end. */
static sheaf_status judge(const reading *in, const source_parser *parser,
                          sheaf_source_format format, sheaf_error *err)
{
	const source_info *info = source_get_info(parser);

	if (str_eq(info->error_code, "noRecordsMatch"))
		return SHEAF_OK;
	if (*info->error_code)
		return sheaf_fail(err, SHEAF_ERROR_PROTOCOL,
		                  "%s: arXiv answered with an error: %s%s%s", in->name,
		                  str_eq(info->error_code, "api") ? "" : info->error_code,
		                  str_eq(info->error_code, "api") ? "" : ": ", info->error_text);
	if (format == SHEAF_SOURCE_OAI && !info->records && !info->deleted)
		return sheaf_fail(err, SHEAF_ERROR_IO, "%s: holds no records", in->name);
	return SHEAF_OK;
}

/*
 * Ends a stream that could not be read to its end. What was good is kept: it is told as cut off.
 * Where nothing was good, and it is not the end that is missing, the reason is the answer.
 */
static sheaf_status give_up(reading *in, const source_parser *parser, int truncated,
                            const sheaf_error *why, sheaf_error *err)
{
	if (!truncated && !source_get_info(parser)->records)
		return sheaf_fail(err, SHEAF_ERROR_PROTOCOL, "%s: %s", in->name, why->message);
	if (import_push_end(in->r, in->name, NULL, why->message))
		return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped");
	return SHEAF_OK;
}

static sheaf_status run_parser(reading *in, source_parser *parser, sheaf_source_format format,
                               const buf *head, size_t skip, sheaf_error *err)
{
	sheaf_error  why = {0};
	int          truncated = 0;
	sheaf_status status = feed_all(in, parser, head, skip, &why);

	if (status == SHEAF_OK) {
		status = source_finish(parser, &truncated, &why);
		if (in->damage && (status == SHEAF_OK || status == SHEAF_ERROR_PROTOCOL)) {
			truncated = 1;
			status = sheaf_fail(&why, SHEAF_ERROR_PROTOCOL, "%s", in->damage);
		}
	}
	if (status == SHEAF_ERROR_PROTOCOL)
		return give_up(in, parser, truncated, &why, err);
	if (status == SHEAF_ERROR_INTERRUPTED && in->strict_stop)
		status = SHEAF_OK;
	else if (status == SHEAF_OK)
		status = judge(in, parser, format, &why);
	if (status == SHEAF_OK &&
	    import_push_end(in->r, in->name, in->is_line && !in->strict_stop ? &in->at : NULL,
	                    NULL))
		status = sheaf_fail(&why, SHEAF_ERROR_INTERRUPTED, "stopped");
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

/* Reads what tells the format; a stream that is gone on with is known to be of JSON Lines. */
static sheaf_status begin_stream(reading *in, buf *head, size_t *skip, sheaf_source_format *format,
                                 sheaf_error *err)
{
	sheaf_status status;

	*skip = 0;
	if (in->is_first && in->r->from.bytes) {
		*format = SHEAF_SOURCE_JSONL;
		in->begin = in->r->from.bytes;
		in->at = in->r->from;
		return pass_over(in, head, err);
	}
	status = read_head(in, head, err);
	if (status == SHEAF_OK)
		status = tell_format(in, head, skip, format, err);
	in->begin = (int64_t)*skip;
	return status;
}

sheaf_status import_stream_read(import_reader *r, const import_stream *s, sheaf_error *err)
{
	reading             in = {.r = r,
	                          .input = s->input,
	                          .name = s->name,
	                          .is_first = s->is_first,
	                          .disk_before = s->disk_before,
	                          .at = {.size = s->file.size,
	                                 .modified = s->file.modified,
	                                 .newest = SHEAF_TIME_NONE}};
	source_sink         sink = {&in, on_document, on_reject, on_deleted};
	source_parser      *parser = NULL;
	sheaf_source_format format;
	buf                 head = BUF_INIT(0);
	size_t              skip;
	sheaf_status        status = begin_stream(&in, &head, &skip, &format, err);

	if (status == SHEAF_OK)
		status = source_parser_new(format, &sink, &parser, err);
	if (status == SHEAF_OK) {
		in.is_line = format == SHEAF_SOURCE_JSONL;
		in.parser = parser;
		source_go_on(parser, in.at.lines);
		status = run_parser(&in, parser, format, &head, skip, err);
	}
	source_parser_free(parser);
	buf_free(&head);
	return status;
}
