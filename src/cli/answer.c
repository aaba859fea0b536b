#include "answer.h"

#include "search_explain.h"

enum { SNIPPET_WORDS = 30 };

#define MARK_BEGIN "\xEE\x80\x80" /* U+E000 */
#define MARK_END "\xEE\x80\x81"   /* U+E001 */

/* The formats that show an extract of the abstract unasked. */
static int shows_snippets(sheaf_format format)
{
	return format == SHEAF_FORMAT_TEXT || format == SHEAF_FORMAT_JSON ||
	       format == SHEAF_FORMAT_JSONL || format == SHEAF_FORMAT_HTML;
}

answer_style answer_style_of(const session *s, const paper_output *p, int highlight)
{
	sheaf_format format = paper_output_format(p);
	answer_style style = {.width = console_width(), .now = s->now};

	if (format == SHEAF_FORMAT_TEXT)
		style.colour = paper_output_colours(s);
	/* Colours and HTML show the matches anyway: the writer turns the marks into them. */
	style.highlight = highlight || style.colour || format == SHEAF_FORMAT_HTML;
	style.snippets = p->fields ? paper_output_asks_for(p, "snippet") : shows_snippets(format);
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
		.now = style->now,
		.did_you_mean = q->did_you_mean,
		.facets = q->facets,
		.facet_count = q->facet_count,
		.colour = style->colour,
		.width = style->width,
	};
}

static sheaf_status snippet_of(const answer_style *style, sheaf_mset *mset, size_t i,
                               char **snippet, sheaf_error *err)
{
	const int mark = style->highlight;

	return sheaf_mset_snippet(mset, i, SHEAF_FIELD_ABSTRACT, SNIPPET_WORDS,
	                          mark ? MARK_BEGIN : NULL, mark ? MARK_END : NULL, snippet, err);
}

static sheaf_status write_item(const answer_style *style, sheaf_enquire *enquire, sheaf_mset *mset,
                               size_t i, sheaf_writer *writer, sheaf_error *err)
{
	/* Nothing to explain is told apart from nothing explained. */
	static const sheaf_explanation nothing = {0};

	sheaf_item     item = {.weight = sheaf_mset_get_weight(mset, i),
	                       .percent = sheaf_mset_get_percent(mset, i),
	                       .rank = sheaf_mset_get_firstitem(mset) + i + 1};
	search_explain why = {0};
	char          *snippet = NULL;
	sheaf_status   status = sheaf_mset_get_document(mset, i, &item.doc, err);

	if (status == SHEAF_OK && style->snippets)
		status = snippet_of(style, mset, i, &snippet, err);
	if (status == SHEAF_OK && style->explain)
		status = search_explain_paper(&why, enquire, sheaf_mset_get_docid(mset, i), err);
	if (status == SHEAF_OK) {
		item.snippet = snippet;
		item.explanations = style->explain && !why.items ? &nothing : why.items;
		item.explanation_count = why.count;
		sheaf_writer_item(writer, &item);
	}
	/* However many papers are printed, one is in memory. */
	sheaf_mset_release_document(mset, i);
	search_explain_free(&why);
	sheaf_free(snippet);
	return status;
}

sheaf_status answer_write(const answer_style *style, const answer_query *q, sheaf_enquire *enquire,
                          sheaf_mset *mset, sheaf_writer *writer, sheaf_error *err)
{
	sheaf_list_head head = head_of(style, q, mset);
	sheaf_status    status = SHEAF_OK, ended;

	sheaf_writer_begin(writer, &head);
	for (size_t i = 0; i < sheaf_mset_size(mset) && status == SHEAF_OK; i++)
		status = write_item(style, enquire, mset, i, writer, err);
	ended = sheaf_writer_end(writer, status == SHEAF_OK ? err : NULL);
	return status == SHEAF_OK ? ended : status;
}
