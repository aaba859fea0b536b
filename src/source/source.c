#include "source_private.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "escape.h"
#include "utf8.h"

static const source_format *const formats[] = {
	[SHEAF_SOURCE_JSONL] = &source_jsonl,
	[SHEAF_SOURCE_OAI] = &source_oai,
	[SHEAF_SOURCE_ATOM] = &source_atom,
	[SHEAF_SOURCE_RSS] = &source_rss,
};

sheaf_status source_parser_new(sheaf_source_format format, const source_sink *sink,
                               source_parser **parser, sheaf_error *err)
{
	const source_format *f = (size_t)format < sizeof formats / sizeof *formats ? formats[format]
	                                                                           : NULL;
	source_parser       *p;
	sheaf_status         status;

	*parser = NULL;
	if (!f)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "there is no source format %d",
		                  (int)format);
	p = mem_calloc(1, f->size);
	if (!p)
		return sheaf_nomem(err);
	p->format = f;
	p->sink = sink;
	p->info.complete_list_size = p->info.total_results = p->info.start_index =
		p->info.items_per_page = -1;
	p->info.feed_day = INT64_MIN;
	status = record_init(&p->record, err);
	if (status == SHEAF_OK)
		status = f->open(p, err);
	if (status != SHEAF_OK) {
		source_parser_free(p);
		return status;
	}
	*parser = p;
	return SHEAF_OK;
}

void source_go_on(source_parser *parser, int64_t lines)
{
	parser->lines = lines;
}

sheaf_status source_feed(source_parser *parser, const char *bytes, size_t len, sheaf_error *err)
{
	return parser->format->feed(parser, bytes, len, err);
}

sheaf_status source_finish(source_parser *parser, int *truncated, sheaf_error *err)
{
	if (truncated)
		*truncated = 0;
	return parser->format->finish(parser, truncated, err);
}

const source_info *source_get_info(const source_parser *parser)
{
	return &parser->info;
}

void source_parser_free(source_parser *parser)
{
	if (!parser)
		return;
	parser->format->close(parser);
	record_free(&parser->record);
	mem_free(parser);
}

static sheaf_status stopped(sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "stopped");
}

sheaf_status source_emit(source_parser *parser, int64_t number, sheaf_error *err)
{
	parser->info.records++;
	return parser->sink->document(parser->sink->ctx, parser->record.doc, number) ? stopped(err)
	                                                                             : SHEAF_OK;
}

sheaf_status source_reject(source_parser *parser, int64_t number, const char *reason,
                           sheaf_error *err)
{
	parser->info.records++;
	return parser->sink->reject(parser->sink->ctx, number, reason) ? stopped(err) : SHEAF_OK;
}

sheaf_status source_copy_line(char *out, size_t size, const char *text, sheaf_error *err)
{
	buf          line = BUF_INIT(0);
	sheaf_status status;
	size_t       len;

	escape_folded(&line, text);
	status = buf_status(&line, err);
	len = line.len < size ? line.len : utf8_floor(buf_str(&line), size - 1);
	memcpy(out, buf_str(&line), len);
	out[len] = 0;
	buf_free(&line);
	return status;
}
