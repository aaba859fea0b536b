/* write_text.c: for people. Nothing here is a promise to programs. */
#include <stdio.h>
#include <string.h>

#include "escape.h"
#include "explanation.h"
#include "paper.h"
#include "paper_field.h"
#include "text_wrap.h"

enum { WIDTH = 80, WIDTH_LEAST = 20, INDENT = 4, AUTHORS_SHOWN = 3 };

#define BOLD "\x1b[1m"
#define DIM "\x1b[2m"
#define PLAIN "\x1b[0m"

static size_t width(const sheaf_writer *w)
{
	return w->head.width <= 0            ? WIDTH
	       : w->head.width < WIDTH_LEAST ? WIDTH_LEAST
	                                     : (size_t)w->head.width;
}

static void put_style(sheaf_writer *w, const char *style)
{
	if (w->head.colour)
		buf_puts(&w->out, style);
}

static void put_wrapped(sheaf_writer *w, const char *text, size_t indent)
{
	text_wrap(&w->out, text, &(wrap_style){.indent = indent, .width = width(w)});
}

/* Marks mean something in snippets alone; elsewhere they are characters of the source. */
static void put_snippet(sheaf_writer *w, const char *snippet)
{
	wrap_style style = {.indent = INDENT, .width = width(w)};

	if (w->head.colour) {
		style.before = BOLD;
		style.after = PLAIN;
	}
	text_wrap(&w->out, snippet, &style);
}

/* What weighed how much; the figures shown add up to the score shown. */
static void put_explanations(sheaf_writer *w, const sheaf_item *item)
{
	explanation_line line = {0};

	while (explanation_next(item, &line)) {
		writer_clear(w, &w->line);
		buf_printf(&w->line, "%s ", line.weight);
		buf_puts(&w->line, line.description);
		if (line.detail && *line.detail) {
			buf_puts(&w->line, ": ");
			buf_puts(&w->line, line.detail);
		}
		put_wrapped(w, buf_str(&w->line), 2 * INDENT);
	}
}

/* Wrapped lines of which the first begins with `label`, where the indent would be. */
static void put_labelled(sheaf_writer *w, const char *label, const char *text)
{
	size_t start = w->out.len, len = strlen(label);

	put_wrapped(w, text, INDENT);
	if (w->out.len > start + INDENT && len <= INDENT)
		memcpy(w->out.data + start + INDENT - len, label, len);
}

/* Date, news, categories, address: what fits on one line. */
static void put_facts(sheaf_writer *w, const sheaf_item *item)
{
	const sheaf_document *doc = item->doc;
	char                  date[TIME_TEXT_SIZE];

	paper_date(doc, date);
	writer_clear(w, &w->line);
	buf_puts(&w->line, date);
	if (w->head.kind == SHEAF_LIST_DIGEST && item->updated) {
		buf_puts(&w->line, " (");
		paper_news(item, &w->line);
		buf_putc(&w->line, ')');
	}
	if (w->line.len)
		buf_putc(&w->line, ' ');
	paper_category_list(doc, " ", &w->line);
	buf_putc(&w->line, ' ');
	paper_url(doc, w->head.link, &w->line);
	put_style(w, DIM);
	put_wrapped(w, buf_str(&w->line), INDENT);
	put_style(w, PLAIN);
}

static void put_authors(sheaf_writer *w, const sheaf_document *doc, size_t most)
{
	writer_clear(w, &w->line);
	paper_authors(doc, most, &w->line);
	put_wrapped(w, buf_str(&w->line), INDENT);
}

static void put_heading(sheaf_writer *w, const sheaf_item *item, const char *label)
{
	writer_clear(w, &w->line);
	paper_title(item->doc, &w->line);
	put_style(w, BOLD);
	put_labelled(w, label, buf_str(&w->line));
	put_style(w, PLAIN);
}

static void search_item(sheaf_writer *w, const sheaf_item *item)
{
	char label[32];

	snprintf(label, sizeof label, "%zu. ", writer_rank(w, item));
	if (strlen(label) > INDENT)
		label[0] = 0;
	put_heading(w, item, label);
	put_authors(w, item->doc, AUTHORS_SHOWN);
	put_facts(w, item);
	if (item->snippet)
		put_snippet(w, item->snippet);
	put_explanations(w, item);
}

static void put_field(sheaf_writer *w, const char *name, const char *text)
{
	if (!text)
		return;
	writer_clear(w, &w->line);
	buf_printf(&w->line, "%s: ", name);
	buf_puts(&w->line, text);
	put_wrapped(w, buf_str(&w->line), INDENT);
}

/* A paper that was asked for by name: all of it. */
static void whole_item(sheaf_writer *w, const sheaf_item *item)
{
	static const struct {
		const char *name;
		sheaf_field field;
	} fields[] = {{"Comments", SHEAF_FIELD_COMMENTS}, {"Journal", SHEAF_FIELD_JOURNAL_REF},
	              {"DOI", SHEAF_FIELD_DOI},           {"Report", SHEAF_FIELD_REPORT_NO},
	              {"MSC", SHEAF_FIELD_MSC_CLASS},     {"ACM", SHEAF_FIELD_ACM_CLASS},
	              {"License", SHEAF_FIELD_LICENSE}};
	const char *abstract = sheaf_document_get_text(item->doc, SHEAF_FIELD_ABSTRACT);

	put_heading(w, item, "");
	put_authors(w, item->doc, 0);
	put_facts(w, item);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		put_field(w, fields[i].name, sheaf_document_get_text(item->doc, fields[i].field));
	if (sheaf_document_get_value(item->doc, SHEAF_FIELD_WITHDRAWN) == 1)
		put_field(w, "Withdrawn", "yes");
	if (abstract) {
		buf_putc(&w->out, '\n');
		put_wrapped(w, abstract, INDENT);
	}
}

/* A heading with a line below it, as long as its longest line. */
static void put_underlined(sheaf_writer *w, const char *text, char mark)
{
	size_t longest = 0, at;

	put_style(w, BOLD);
	at = w->out.len;
	put_wrapped(w, text, 0);
	while (at < w->out.len) {
		size_t len = strcspn(w->out.data + at, "\n");
		size_t wide = text_columns(w->out.data + at, len);

		longest = wide > longest ? wide : longest;
		at += len + 1;
	}
	put_style(w, PLAIN);
	longest = longest < width(w) ? longest : width(w);
	while (longest--)
		buf_putc(&w->out, mark);
	buf_putc(&w->out, '\n');
}

static void digest_item(sheaf_writer *w, const sheaf_item *item)
{
	const char *abstract = sheaf_document_get_text(item->doc, SHEAF_FIELD_ABSTRACT);

	put_heading(w, item, "* ");
	put_authors(w, item->doc, AUTHORS_SHOWN);
	put_facts(w, item);
	if (abstract && *abstract) {
		buf_putc(&w->out, '\n');
		put_wrapped(w, abstract, INDENT);
	}
}

static void text_begin(sheaf_writer *w)
{
	char now[TIME_TEXT_SIZE];

	if (w->head.kind != SHEAF_LIST_DIGEST)
		return;
	time_format_minute(w->head.now, now);
	put_underlined(w, w->head.title ? w->head.title : "arXiv digest", '=');
	buf_printf(&w->out, "%s UTC\n\n", now);
	if (w->head.intro && *w->head.intro) {
		put_wrapped(w, w->head.intro, 0);
		buf_putc(&w->out, '\n');
	}
	if (w->head.coverage && *w->head.coverage) {
		put_wrapped(w, w->head.coverage, 0);
		buf_putc(&w->out, '\n');
	}
}

static void text_section(sheaf_writer *w)
{
	if (w->sections)
		buf_puts(&w->out, "\n\n");
	put_underlined(w, buf_str(&w->section_heading), '-');
	buf_putc(&w->out, '\n');
}

static void put_chosen(sheaf_writer *w, const sheaf_item *item, const paper_field *f, size_t column)
{
	(void)column;
	writer_clear(w, &w->line);
	buf_printf(&w->line, "%s: ", f->name);
	f->text(w, item, f, &w->line);
	put_wrapped(w, buf_str(&w->line), 0);
}

/* A line a field; what is not known has its name alone, so that all papers look alike. */
static void chosen_item(sheaf_writer *w, const sheaf_item *item)
{
	static const paper_columns none = {NULL, NULL, NULL};

	paper_field_each(w, item, &none, put_chosen);
	put_explanations(w, item);
}

static void text_item(sheaf_writer *w, const sheaf_item *item)
{
	static void (*const forms[])(sheaf_writer *, const sheaf_item *) = {
		[SHEAF_LIST_PAPERS] = whole_item,
		[SHEAF_LIST_SEARCH] = search_item,
		[SHEAF_LIST_DIGEST] = digest_item,
	};

	if (w->head.kind == SHEAF_LIST_DIGEST ? w->section_items : w->items)
		buf_putc(&w->out, '\n');
	if (w->field_count)
		chosen_item(w, item);
	else
		forms[w->head.kind](w, item);
}

/* "category", and below it "cs.NE (12), cs.AI (3)". */
static void put_facet(sheaf_writer *w, const sheaf_facet *facet)
{
	put_style(w, BOLD);
	put_wrapped(w, facet->name, 0);
	put_style(w, PLAIN);
	writer_clear(w, &w->line);
	for (size_t i = 0; i < facet->count; i++) {
		buf_puts(&w->line, i ? ", " : "");
		buf_puts(&w->line, facet->counts[i].value);
		buf_printf(&w->line, " (%lld)", (long long)facet->counts[i].count);
	}
	put_wrapped(w, w->line.len ? buf_str(&w->line) : "none", INDENT);
}

static void put_counts(sheaf_writer *w)
{
	if (!w->items) {
		buf_puts(&w->out, "No new papers.\n");
		return;
	}
	buf_printf(&w->out, "\n%zu %s", w->items, w->items == 1 ? "paper" : "papers");
	if (w->updates)
		buf_printf(&w->out, ", %zu of them updated", w->updates);
	buf_puts(&w->out, ".\n");
}

static void text_end(sheaf_writer *w)
{
	for (size_t i = 0; w->head.kind == SHEAF_LIST_SEARCH && i < w->head.facet_count; i++) {
		if (w->items && !i)
			buf_putc(&w->out, '\n');
		put_facet(w, &w->head.facets[i]);
	}
	if (w->head.kind == SHEAF_LIST_DIGEST)
		put_counts(w);
}

const writer_ops write_text_ops = {.name = "text",
                                   .begin = text_begin,
                                   .section = text_section,
                                   .item = text_item,
                                   .end = text_end,
                                   .has_fields = 1};
