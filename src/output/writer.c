#include "writer_private.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "paper_field.h"
#include "str.h"

enum { FLUSH_AT = 32 << 10, FORMAT_COUNT = SHEAF_FORMAT_MIME + 1 };

static const writer_ops *const formats[FORMAT_COUNT] = {
	[SHEAF_FORMAT_TEXT] = &write_text_ops,
	[SHEAF_FORMAT_IDS] = &write_ids_ops,
	[SHEAF_FORMAT_TSV] = &write_tsv_ops,
	[SHEAF_FORMAT_JSON] = &write_json_ops,
	[SHEAF_FORMAT_JSONL] = &write_jsonl_ops,
	[SHEAF_FORMAT_TREC] = &write_trec_ops,
	[SHEAF_FORMAT_MARKDOWN] = &write_markdown_ops,
	[SHEAF_FORMAT_SNAPSHOT] = &write_snapshot_ops,
	[SHEAF_FORMAT_CSV] = &write_csv_ops,
	[SHEAF_FORMAT_HTML] = &write_html_ops,
	[SHEAF_FORMAT_ATOM] = &write_atom_ops,
	[SHEAF_FORMAT_BIBTEX] = &write_bibtex_ops,
	[SHEAF_FORMAT_RIS] = &write_ris_ops,
	[SHEAF_FORMAT_OAI] = &write_oai_ops,
	[SHEAF_FORMAT_JSONFEED] = &write_jsonfeed_ops,
	[SHEAF_FORMAT_MIME] = &write_mime_ops,
};

static const char *const format_names[FORMAT_COUNT + 1] = {
	[SHEAF_FORMAT_TEXT] = "text",         [SHEAF_FORMAT_IDS] = "ids",
	[SHEAF_FORMAT_TSV] = "tsv",           [SHEAF_FORMAT_JSON] = "json",
	[SHEAF_FORMAT_JSONL] = "jsonl",       [SHEAF_FORMAT_TREC] = "trec",
	[SHEAF_FORMAT_MARKDOWN] = "markdown", [SHEAF_FORMAT_SNAPSHOT] = "snapshot",
	[SHEAF_FORMAT_CSV] = "csv",           [SHEAF_FORMAT_HTML] = "html",
	[SHEAF_FORMAT_ATOM] = "atom",         [SHEAF_FORMAT_BIBTEX] = "bibtex",
	[SHEAF_FORMAT_RIS] = "ris",           [SHEAF_FORMAT_OAI] = "oai",
	[SHEAF_FORMAT_JSONFEED] = "jsonfeed", [SHEAF_FORMAT_MIME] = "mime",
};

int sheaf_format_from_name(const char *name)
{
	for (int i = 0; i < FORMAT_COUNT; i++)
		if (str_eq(name, format_names[i]))
			return i;
	return -1;
}

const char *const *sheaf_format_names(void)
{
	return format_names;
}

sheaf_status sheaf_writer_new(sheaf_format format, sheaf_write_fn fn, void *ctx,
                              sheaf_writer **writer, sheaf_error *err)
{
	if (!writer)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the writer");
	*writer = NULL;
	if ((int)format < 0 || (int)format >= FORMAT_COUNT)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no format %d", (int)format);
	if (!fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a writer needs a function that takes its output");
	*writer = mem_calloc(1, sizeof **writer);
	if (!*writer)
		return sheaf_nomem(err);
	(*writer)->ops = formats[format];
	(*writer)->fn = fn;
	(*writer)->ctx = ctx;
	return SHEAF_OK;
}

sheaf_status sheaf_writer_set_fields(sheaf_writer *w, const char *names, sheaf_error *err)
{
	if (!w)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no writer");
	if (names && *names && !w->ops->has_fields)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "format %s has no choice of fields", w->ops->name);
	return paper_field_choose(w, names, err);
}

static int failed(const sheaf_writer *w)
{
	return w->error.status != SHEAF_OK;
}

void writer_clear(sheaf_writer *w, buf *scratch)
{
	if (!failed(w))
		buf_status(scratch, &w->error);
	buf_clear(scratch);
}

size_t writer_rank(const sheaf_writer *w, const sheaf_item *item)
{
	return item->rank ? item->rank : w->head.first + w->items + 1;
}

/* Hands over what was written so far; a cap or a lack of memory anywhere shows here. */
static void settle(sheaf_writer *w, size_t flush_at)
{
	const buf *const parts[] = {
		&w->out,  &w->flat,    &w->line, &w->section_name, &w->section_heading,
		&w->body, &w->contents};

	for (size_t i = 0; i < sizeof parts / sizeof *parts && !failed(w); i++)
		buf_status(parts[i], &w->error);
	if (failed(w) || !w->out.len || w->out.len < flush_at)
		return;
	if (w->fn(w->ctx, w->out.data, w->out.len) != 0)
		sheaf_fail(&w->error, SHEAF_ERROR_INTERRUPTED, "the output was not taken");
	buf_clear(&w->out);
}

void writer_pass(sheaf_writer *w, const buf *bytes)
{
	settle(w, 0);
	if (!failed(w) && bytes && bytes->len && w->fn(w->ctx, bytes->data, bytes->len) != 0)
		sheaf_fail(&w->error, SHEAF_ERROR_INTERRUPTED, "the output was not taken");
}

void sheaf_writer_begin(sheaf_writer *w, const sheaf_list_head *head)
{
	static const sheaf_list_head defaults;

	if (!w)
		return;
	w->head = head ? *head : defaults;
	if ((int)w->head.kind < 0 || w->head.kind > SHEAF_LIST_DIGEST)
		w->head.kind = SHEAF_LIST_PAPERS;
	memset(&w->error, 0, sizeof w->error);
	buf_clear(&w->out);
	buf_clear(&w->flat);
	buf_clear(&w->line);
	buf_clear(&w->section_name);
	buf_clear(&w->section_heading);
	buf_clear(&w->body);
	buf_clear(&w->contents);
	cite_keys_free(&w->keys);
	w->section_named = w->section_pending = 0;
	w->sections = w->section_items = w->items = w->entries = w->updates = 0;
	w->open = 1;
	w->lists++;
	if (w->ops->begin)
		w->ops->begin(w);
	settle(w, FLUSH_AT);
}

void sheaf_writer_section(sheaf_writer *w, const char *name, const char *heading)
{
	if (!w || failed(w) || !w->open)
		return;
	buf_clear(&w->section_name);
	buf_clear(&w->section_heading);
	buf_puts(&w->section_name, name ? name : "");
	buf_puts(&w->section_heading, heading ? heading : name ? name : "");
	w->section_named = name != NULL;
	w->section_pending = 1;
	settle(w, FLUSH_AT);
}

void sheaf_writer_item(sheaf_writer *w, const sheaf_item *item)
{
	if (!w || failed(w) || !w->open || !item || !item->doc)
		return;
	if (w->section_pending || (w->head.kind == SHEAF_LIST_DIGEST && !w->sections)) {
		if (w->ops->section)
			w->ops->section(w);
		w->section_items = 0;
		w->section_pending = 0;
		w->sections++;
	}
	w->ops->item(w, item);
	w->items++;
	w->section_items++;
	w->updates += item->updated != 0;
	settle(w, FLUSH_AT);
}

sheaf_status sheaf_writer_end(sheaf_writer *w, sheaf_error *err)
{
	if (!w)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no writer");
	if (!failed(w) && w->open) {
		if (w->ops->end)
			w->ops->end(w);
		settle(w, 0);
	}
	w->open = 0;
	if (failed(w) && err)
		*err = w->error;
	return w->error.status;
}

void sheaf_writer_free(sheaf_writer *w)
{
	if (!w)
		return;
	if (w->ops->clear)
		w->ops->clear(w);
	buf_free(&w->out);
	buf_free(&w->section_name);
	buf_free(&w->section_heading);
	buf_free(&w->flat);
	buf_free(&w->line);
	buf_free(&w->body);
	buf_free(&w->contents);
	cite_keys_free(&w->keys);
	mem_free(w);
}
