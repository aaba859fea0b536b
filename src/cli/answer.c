#include "answer.h"

enum { SNIPPET_WORDS = 30 };

#define MARK_BEGIN "\xEE\x80\x80" /* U+E000 */
#define MARK_END "\xEE\x80\x81"   /* U+E001 */

/* 1 where text on standard output may have colours. */
static int colours(const session *s)
{
	return settings_is(s, SETTING_COLOR, "always") ||
	       (settings_is(s, SETTING_COLOR, "auto") && console_colours());
}

answer_style answer_style_of(const session *s, sheaf_format format, int highlight)
{
	answer_style style = {.width = console_width()};

	if (format == SHEAF_FORMAT_TEXT)
		style.colour = colours(s);
	/* Colours show the matches anyway: the writer turns the marks into them. */
	style.highlight = highlight || style.colour;
	style.snippets = format == SHEAF_FORMAT_TEXT || format == SHEAF_FORMAT_JSON ||
	                 format == SHEAF_FORMAT_JSONL;
	return style;
}

static sheaf_list_head head_of(const answer_style *style, const answer_query *q,
                               const sheaf_mset *mset)
{
	return (sheaf_list_head){
		.kind = SHEAF_LIST_SEARCH,
		.query_id = q->id,
		.query = q->text,
		.parsed = q->parsed,
		.total = sheaf_mset_get_matches_estimated(mset),
		.exact = sheaf_mset_matches_exact(mset),
		.first = sheaf_mset_get_firstitem(mset),
		.colour = style->colour,
		.width = style->width,
	};
}

static sheaf_status write_item(const answer_style *style, sheaf_mset *mset, size_t i,
                               sheaf_writer *writer, sheaf_error *err)
{
	sheaf_item   item = {.weight = sheaf_mset_get_weight(mset, i),
	                     .percent = sheaf_mset_get_percent(mset, i),
	                     .rank = sheaf_mset_get_firstitem(mset) + i + 1};
	char        *snippet = NULL;
	sheaf_status status = sheaf_mset_get_document(mset, i, &item.doc, err);

	if (status == SHEAF_OK && style->snippets)
		status = sheaf_mset_snippet(mset, i, SHEAF_FIELD_ABSTRACT, SNIPPET_WORDS,
		                            style->highlight ? MARK_BEGIN : NULL,
		                            style->highlight ? MARK_END : NULL, &snippet, err);
	if (status == SHEAF_OK) {
		item.snippet = snippet;
		sheaf_writer_item(writer, &item);
	}
	sheaf_free(snippet);
	return status;
}

sheaf_status answer_write(const answer_style *style, const answer_query *q, sheaf_mset *mset,
                          sheaf_writer *writer, sheaf_error *err)
{
	sheaf_list_head head = head_of(style, q, mset);
	sheaf_status    status = SHEAF_OK, ended;

	sheaf_writer_begin(writer, &head);
	for (size_t i = 0; i < sheaf_mset_size(mset) && status == SHEAF_OK; i++)
		status = write_item(style, mset, i, writer, err);
	ended = sheaf_writer_end(writer, status == SHEAF_OK ? err : NULL);
	return status == SHEAF_OK ? ended : status;
}
