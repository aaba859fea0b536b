#include "import_reader.h"

#include <string.h>

#include "error.h"
#include "folder.h"
#include "reader.h"
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
	int            strict_stop; /* 1: stopped by a rejected record */
	int64_t        untold;      /* bytes since the last tick */
} reading;

/* ---- to the queue; each answers non-zero where the reading must stop ---- */

static import_item *blank(import_reader *r, import_kind kind)
{
	import_item *item = import_queue_blank(r->queue);

	if (item) {
		item->kind = kind;
		item->total_bytes = r->bytes;
		item->number = item->is_line = item->truncated = 0;
		buf_clear(&item->file);
		buf_clear(&item->reason);
	}
	return item;
}

static int hand_on(import_reader *r, import_item *item)
{
	int stop = r->analyser && import_analyser_run(r->analyser, item);

	import_queue_push(r->queue, item);
	return stop;
}

static int push_tick(void *ctx)
{
	import_item *item = blank(ctx, IMPORT_TICK);

	if (!item)
		return 1;
	return hand_on(ctx, item);
}

static int push_reject(import_reader *r, const char *file, int64_t number, int is_line,
                       const char *reason)
{
	import_item *item = blank(r, IMPORT_REJECT);

	if (!item)
		return 1;
	item->number = number;
	item->is_line = is_line;
	buf_puts(&item->file, file);
	buf_puts(&item->reason, reason);
	return hand_on(r, item);
}

/* `cut`: why the stream ended before its end, or NULL. */
static int push_end(import_reader *r, const char *file, const char *cut)
{
	import_item *item = blank(r, IMPORT_STREAM);

	if (!item)
		return 1;
	item->truncated = cut != NULL;
	buf_puts(&item->file, file);
	buf_puts(&item->reason, cut ? cut : "");
	return hand_on(r, item);
}

/* ---- from the parser ---- */

static size_t document_bytes(const sheaf_document *doc)
{
	size_t bytes = doc->author_text.len + doc->author_count * sizeof *doc->authors;

	for (size_t i = 0; i < SHEAF_FIELD_COUNT; i++)
		bytes += doc->text_len[i];
	return bytes;
}

static int on_document(void *ctx, sheaf_document *doc, int64_t number)
{
	reading     *in = ctx;
	import_item *item = blank(in->r, IMPORT_DOCUMENT);

	if (!item)
		return 1;
	item->number = number;
	item->is_line = in->is_line;
	item->bytes = document_bytes(doc);
	buf_puts(&item->file, in->name);
	document_swap(item->doc, doc);
	return hand_on(in->r, item);
}

static int on_reject(void *ctx, int64_t number, const char *reason)
{
	reading *in = ctx;

	in->strict_stop = in->r->strict;
	return push_reject(in->r, in->name, number, in->is_line, reason) || in->strict_stop;
}

static int on_deleted(void *ctx, const char *id, sheaf_time datestamp)
{
	reading     *in = ctx;
	import_item *item = blank(in->r, IMPORT_DELETED);

	if (!item || sheaf_document_set_text(item->doc, SHEAF_FIELD_ID, id, SIZE_MAX, NULL) ||
	    sheaf_document_set_value(item->doc, SHEAF_FIELD_DATESTAMP, datestamp, NULL))
		return 1;
	return hand_on(in->r, item);
}

/* ---- one stream ---- */

static sheaf_status read_more(reading *in, const char **bytes, size_t *len, sheaf_error *err)
{
	sheaf_status status = reader_read(in->input, bytes, len, &in->damage, err);

	in->r->bytes += (int64_t)*len;
	in->untold += (int64_t)*len;
	if (status == SHEAF_OK && in->untold > TICK_BYTES) {
		in->untold = 0;
		if (push_tick(in->r))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped");
	}
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
	if (push_end(in->r, in->name, why->message))
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
	if (status == SHEAF_OK && push_end(in->r, in->name, NULL))
		status = sheaf_fail(&why, SHEAF_ERROR_INTERRUPTED, "stopped");
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

static sheaf_status read_stream(import_reader *r, reader *input, const char *name, sheaf_error *err)
{
	reading             in = {.r = r, .input = input, .name = name};
	source_sink         sink = {&in, on_document, on_reject, on_deleted};
	source_parser      *parser = NULL;
	sheaf_source_format format;
	buf                 head = BUF_INIT(0);
	size_t              skip = 0;
	sheaf_status        status = read_head(&in, &head, err);

	if (status == SHEAF_OK)
		status = tell_format(&in, &head, &skip, &format, err);
	if (status == SHEAF_OK)
		status = source_parser_new(format, &sink, &parser, err);
	if (status == SHEAF_OK) {
		in.is_line = format == SHEAF_SOURCE_JSONL;
		status = run_parser(&in, parser, format, &head, skip, err);
	}
	source_parser_free(parser);
	buf_free(&head);
	return status;
}

/* ---- files and folders ---- */

/* How far the reading of several streams has come. */
typedef struct tally {
	int64_t good, bad;
} tally;

/* Goes on past a stream that fails where it is one of several. */
static sheaf_status settle(import_reader *r, tally *t, const char *name, int one_of_several,
                           sheaf_status status, sheaf_error *why, sheaf_error *err)
{
	size_t prefix = strlen(name);

	if (status == SHEAF_OK) {
		t->good++;
		return SHEAF_OK;
	}
	if (!one_of_several || (status != SHEAF_ERROR_IO && status != SHEAF_ERROR_PROTOCOL)) {
		if (err)
			*err = *why;
		return status;
	}
	t->bad++;
	/* The name is told beside the reason. */
	prefix = strncmp(why->message, name, prefix) == 0 && why->message[prefix] == ':'
	                 ? prefix + 2
	                 : 0;
	if (push_reject(r, name, 0, 0, why->message + prefix))
		return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped");
	return SHEAF_OK;
}

static sheaf_status read_members(import_reader *r, reader *input, tally *t, sheaf_error *err)
{
	sheaf_status status;
	const char  *name;

	while ((status = reader_next(input, &name, err)) == SHEAF_OK && name) {
		sheaf_error  why = {0};
		sheaf_status read = read_stream(r, input, name, &why);

		status = settle(r, t, name, reader_is_archive(input), read, &why, err);
		if (status != SHEAF_OK)
			return status;
	}
	/* So little of it is there that nothing could be unpacked: cut off all the same. */
	if (status == SHEAF_ERROR_IO && reader_is_cut_off(input)) {
		t->good++;
		status = push_end(r, r->path, "truncated") ? SHEAF_ERROR_INTERRUPTED : SHEAF_OK;
	}
	return status;
}

static sheaf_status read_file(import_reader *r, const char *path, sheaf_error *err)
{
	const reader_watch watch = {r, push_tick};
	tally              t = {0};
	reader            *input;
	sheaf_status       status = reader_open(path, &watch, &input, err);

	if (status != SHEAF_OK)
		return status;
	status = read_members(r, input, &t, err);
	reader_close(input);
	/* No lines are lines, too, where lines were announced. */
	if (status == SHEAF_OK && !t.good && !t.bad && r->format == SHEAF_SOURCE_JSONL)
		return push_end(r, path, NULL) ? sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped")
		                               : SHEAF_OK;
	if (status == SHEAF_OK && !t.good)
		status = sheaf_fail(err, SHEAF_ERROR_IO,
		                    t.bad ? "%s: no file in it could be read" : "%s: is empty",
		                    path);
	return status;
}

static sheaf_status read_folder(import_reader *r, const char *path, sheaf_error *err)
{
	folder_files files = {0};
	tally        t = {0};
	sheaf_status status = folder_list(path, &files, err);

	for (size_t i = 0; i < files.count && status == SHEAF_OK; i++) {
		sheaf_error  why = {0};
		sheaf_status read = read_file(r, files.paths[i], &why);

		status = settle(r, &t, files.paths[i], 1, read, &why, err);
	}
	if (status == SHEAF_OK && !t.good)
		status = sheaf_fail(
			err, SHEAF_ERROR_IO,
			t.bad ? "%s: no file in it could be read" : "%s: holds no files", path);
	folder_free(&files);
	return status;
}

void import_reader_run(import_reader *r)
{
	int is_folder = !str_eq(r->path, "-") && folder_is(r->path);

	r->error = (sheaf_error){0};
	r->status = is_folder ? read_folder(r, r->path, &r->error)
	                      : read_file(r, r->path, &r->error);
	if (r->status == SHEAF_ERROR_INTERRUPTED && import_queue_is_starved(r->queue))
		r->status = sheaf_nomem(&r->error);
	import_queue_end(r->queue);
}
