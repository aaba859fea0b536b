/* jsonl.c: JSON Lines to records; only a line that spans two chunks is copied. */
#include <string.h>

#include "error.h"
#include "jsonl_record.h"
#include "source_private.h"
#include "str.h"

enum { LINE_MAX_BYTES = 16 << 20 };

typedef struct jsonl_parser {
	source_parser base;  /* its `lines` is the number of the line, from 1 */
	json_tree     tree;  /* of the line that is being read */
	buf           line;  /* the beginning of a line that goes on */
	int           skips; /* 1: inside a line that is too long */
	int64_t       fed;   /* bytes */
} jsonl_parser;

static sheaf_status read_line(jsonl_parser *p, const char *line, size_t len, int ended,
                              int *truncated, sheaf_error *err)
{
	char         reason[sizeof err->message];
	int          good;
	sheaf_status status;

	p->base.lines++;
	str_trim(&line, &len);
	if (!len)
		return SHEAF_OK;
	status = jsonl_read_record(&p->base.record, &p->tree, line, len, &good, reason,
	                           sizeof reason, err);
	if (status != SHEAF_OK)
		return status;
	p->base.info.exported += p->base.record.exported;
	if (good)
		return source_emit(&p->base, p->base.lines, err);
	if (ended)
		return source_reject(&p->base, p->base.lines, reason, err);
	if (truncated)
		*truncated = 1;
	return sheaf_fail(err, SHEAF_ERROR_PROTOCOL, "line %lld: the file is cut off here",
	                  (long long)p->base.lines);
}

static sheaf_status end_line(jsonl_parser *p, const char *rest, size_t len, sheaf_error *err)
{
	sheaf_status status;

	if (p->skips || p->line.len + len > LINE_MAX_BYTES) {
		p->base.lines++;
		status = source_reject(&p->base, p->base.lines, "the line is longer than 16 MB",
		                       err);
	} else if (!p->line.len) {
		return read_line(p, rest, len, 1, NULL, err);
	} else {
		buf_append(&p->line, rest, len);
		status = buf_status(&p->line, err);
		if (status == SHEAF_OK)
			status = read_line(p, p->line.data, p->line.len, 1, NULL, err);
	}
	p->skips = 0;
	buf_clear(&p->line);
	return status;
}

static sheaf_status jsonl_open(source_parser *parser, sheaf_error *err)
{
	(void)err;
	((jsonl_parser *)parser)->line.cap = LINE_MAX_BYTES;
	return SHEAF_OK;
}

static sheaf_status jsonl_feed(source_parser *parser, const char *bytes, size_t len,
                               sheaf_error *err)
{
	jsonl_parser *p = (jsonl_parser *)parser;
	const char   *end;

	p->fed += (int64_t)len;
	while ((end = memchr(bytes, '\n', len))) {
		size_t       n = (size_t)(end - bytes);
		sheaf_status status;

		parser->info.lines_end = p->fed - (int64_t)(len - n - 1);
		status = end_line(p, bytes, n, err);
		if (status != SHEAF_OK)
			return status;
		bytes += n + 1;
		len -= n + 1;
	}
	if (p->skips)
		return SHEAF_OK;
	if (p->line.len + len > LINE_MAX_BYTES) {
		p->skips = 1;
		buf_clear(&p->line);
		return SHEAF_OK;
	}
	buf_append(&p->line, bytes, len);
	return buf_status(&p->line, err);
}

static sheaf_status jsonl_finish(source_parser *parser, int *truncated, sheaf_error *err)
{
	jsonl_parser *p = (jsonl_parser *)parser;

	parser->info.lines_end = p->fed;
	if (p->skips)
		return end_line(p, "", 0, err);
	return p->line.len ? read_line(p, p->line.data, p->line.len, 0, truncated, err) : SHEAF_OK;
}

static void jsonl_close(source_parser *parser)
{
	jsonl_parser *p = (jsonl_parser *)parser;

	buf_free(&p->line);
	json_tree_free(&p->tree);
}

const source_format source_jsonl = {sizeof(jsonl_parser), jsonl_open, jsonl_feed, jsonl_finish,
                                    jsonl_close};
