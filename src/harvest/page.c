#include "page.h"

#include <string.h>

#include "alloc.h"
#include "error.h"

/* The next document of the pool. */
static sheaf_status next_document(page *p, sheaf_document **doc, sheaf_error *err)
{
	*doc = NULL;
	if (p->count == PAGE_DOCUMENTS_MAX)
		return sheaf_fail(err, SHEAF_ERROR_PROTOCOL, "a page with more than %d records",
		                  PAGE_DOCUMENTS_MAX);
	if (p->count == p->made) {
		size_t           size = p->made ? p->made * 2 : 64;
		sheaf_document **docs = mem_realloc_array(p->docs, size, sizeof *docs);

		if (!docs)
			return sheaf_nomem(err);
		memset(docs + p->made, 0, (size - p->made) * sizeof *docs);
		p->docs = docs;
		p->made = size;
	}
	if (!p->docs[p->count]) {
		sheaf_status status = sheaf_document_new(&p->docs[p->count], err);

		if (status != SHEAF_OK)
			return status;
	}
	*doc = p->docs[p->count];
	return SHEAF_OK;
}

static int on_document(void *ctx, sheaf_document *doc, int64_t number)
{
	page           *p = ctx;
	sheaf_document *kept;

	(void)number;
	p->status = next_document(p, &kept, &p->error);
	if (p->status != SHEAF_OK)
		return 1;
	document_swap(kept, doc);
	p->count++;
	return 0;
}

static int on_reject(void *ctx, int64_t number, const char *reason)
{
	page *p = ctx;

	if (p->reject_count < PAGE_REJECTS_MAX) {
		char *text = arena_strdup(&p->text, reason);

		if (!text) {
			p->status = sheaf_nomem(&p->error);
			return 1;
		}
		p->rejects[p->reject_count] = (page_reject){number, text};
	}
	p->reject_count++;
	return 0;
}

static int on_deleted(void *ctx, const char *id, sheaf_time datestamp)
{
	page *p = ctx;

	if (p->deleted_count == p->deleted_size) {
		size_t        size = p->deleted_size ? 2 * p->deleted_size : 16;
		page_deleted *grown = mem_realloc_array(p->deleted, size, sizeof *grown);

		if (!grown) {
			p->status = sheaf_nomem(&p->error);
			return 1;
		}
		p->deleted = grown;
		p->deleted_size = size;
	}
	p->deleted[p->deleted_count] = (page_deleted){arena_strdup(&p->text, id), datestamp};
	if (!p->deleted[p->deleted_count].id) {
		p->status = sheaf_nomem(&p->error);
		return 1;
	}
	p->deleted_count++;
	return 0;
}

sheaf_status page_begin(page *p, sheaf_source_format format, sheaf_error *err)
{
	source_parser_free(p->parser);
	p->parser = NULL;
	p->sink = (source_sink){p, on_document, on_reject, on_deleted};
	memset(&p->info, 0, sizeof p->info);
	p->count = p->reject_count = p->deleted_count = p->head_len = 0;
	p->status = SHEAF_OK;
	arena_clear(&p->text);
	return source_parser_new(format, &p->sink, &p->parser, err);
}

/* Where the sink has stopped the parser, its reason counts. */
static sheaf_status reason(const page *p, sheaf_status status, sheaf_error *err)
{
	if (status == SHEAF_OK || p->status == SHEAF_OK)
		return status;
	if (err)
		*err = p->error;
	return p->status;
}

sheaf_status page_feed(page *p, const char *bytes, size_t len, sheaf_error *err)
{
	size_t room = sizeof p->head - p->head_len, take = len < room ? len : room;

	memcpy(p->head + p->head_len, bytes, take);
	p->head_len += take;
	return reason(p, source_feed(p->parser, bytes, len, err), err);
}

sheaf_status page_end(page *p, sheaf_error *err)
{
	sheaf_status status = reason(p, source_finish(p->parser, NULL, err), err);

	p->info = *source_get_info(p->parser);
	source_parser_free(p->parser);
	p->parser = NULL;
	return status;
}

void page_free(page *p)
{
	source_parser_free(p->parser);
	for (size_t i = 0; i < p->made; i++)
		sheaf_document_free(p->docs[i]);
	mem_free(p->docs);
	mem_free(p->deleted);
	arena_free(&p->text);
	memset(p, 0, sizeof *p);
}

void page_get_span(const page *p, sheaf_field field, page_span *span)
{
	sheaf_time last = SHEAF_TIME_NONE;

	*span = (page_span){SHEAF_TIME_NONE, SHEAF_TIME_NONE, 1, 1};
	for (size_t i = 0; i < p->count; i++) {
		sheaf_time time = sheaf_document_get_value(p->docs[i], field);

		if (time == SHEAF_TIME_NONE)
			continue;
		if (last == SHEAF_TIME_NONE || time < span->least)
			span->least = time;
		if (last == SHEAF_TIME_NONE || time > span->most)
			span->most = time;
		if (last != SHEAF_TIME_NONE && time < last)
			span->rising = 0;
		if (last != SHEAF_TIME_NONE && time > last)
			span->falling = 0;
		last = time;
	}
}
