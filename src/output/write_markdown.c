/* write_markdown.c: digests as a page, other lists as a list. */
#include <string.h>

#include "escape.h"
#include "flatten.h"
#include "paper.h"

enum { AUTHORS_SHOWN = 3 };

/* What comes from data. With `escape` nothing in it can be markup; controls never pass. */
static void put_data(sheaf_writer *w, const char *text, int escape)
{
	if (escape)
		escape_markdown(&w->out, text);
	else
		escape_line(&w->out, text);
}

/* What the profile file says is the publisher's own Markdown. */
static void put_own(sheaf_writer *w, const char *text)
{
	writer_clear(w, &w->flat);
	flatten_lines(&w->flat, text);
	escape_line(&w->out, buf_str(&w->flat));
}

static int is_item(const char *line)
{
	return (*line == '*' || *line == '-' || *line == '+') && line[1] == ' ';
}

/* The same, but paragraphs stay apart, and items of a list. */
static void put_own_paragraphs(sheaf_writer *w, const char *text)
{
	while (*text) {
		const char *end = strchr(text, '\n');

		while (end && end[1] && end[1] != '\n' && !is_item(end + 1))
			end = strchr(end + 1, '\n');
		writer_clear(w, &w->line);
		buf_append(&w->line, text, end ? (size_t)(end - text) : strlen(text));
		put_own(w, buf_str(&w->line));
		text = end ? end + strspn(end, "\n") : "";
		if (*text)
			buf_puts(&w->out, end[1] == '\n' ? "\n\n" : "\n");
	}
}

static void put_url(sheaf_writer *w, const sheaf_document *doc)
{
	writer_clear(w, &w->flat);
	paper_url(doc, w->head.link, &w->flat);
	escape_url(&w->out, buf_str(&w->flat));
}

static void put_title_link(sheaf_writer *w, const sheaf_document *doc, int escape)
{
	writer_clear(w, &w->flat);
	paper_title(doc, &w->flat);
	buf_putc(&w->out, '[');
	put_data(w, buf_str(&w->flat), escape);
	buf_puts(&w->out, "](");
	put_url(w, doc);
	buf_putc(&w->out, ')');
}

static void put_authors(sheaf_writer *w, const sheaf_document *doc, int escape)
{
	writer_clear(w, &w->flat);
	paper_authors(doc, AUTHORS_SHOWN, &w->flat);
	put_data(w, buf_str(&w->flat), escape);
}

static void markdown_begin(sheaf_writer *w)
{
	char now[TIME_TEXT_SIZE];

	if (w->head.kind != SHEAF_LIST_DIGEST)
		return;
	time_format_minute(w->head.now, now);
	buf_puts(&w->out, "# ");
	put_own(w, w->head.title ? w->head.title : "arXiv digest");
	buf_printf(&w->out, "\n\n**Automated Daily Update** | Last Run: %s UTC\n\n", now);
	if (w->head.intro && *w->head.intro) {
		put_own_paragraphs(w, w->head.intro);
		buf_puts(&w->out, "\n\n");
	}
}

static void end_section(sheaf_writer *w)
{
	if (w->sections)
		buf_puts(&w->out, "---\n\n");
}

static void markdown_section(sheaf_writer *w)
{
	end_section(w);
	buf_puts(&w->out, "## ");
	put_own(w, buf_str(&w->section_heading));
	buf_puts(&w->out, "\n\n");
}

static void digest_item(sheaf_writer *w, const sheaf_item *item)
{
	const sheaf_document *doc = item->doc;
	const char           *abstract = sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT);
	char                  date[TIME_TEXT_SIZE];

	paper_date(doc, date);
	buf_puts(&w->out, "### ");
	put_title_link(w, doc, w->head.escape);
	buf_printf(&w->out, "\n**%s**", date[0] ? date : "undated");
	if (sheaf_document_author_count(doc)) {
		buf_puts(&w->out, " | *");
		put_authors(w, doc, w->head.escape);
		buf_putc(&w->out, '*');
	}
	if (item->updated) {
		buf_puts(&w->out, " (");
		paper_news(item, &w->out);
		buf_putc(&w->out, ')');
	}
	buf_puts(&w->out, "\n\n> ");
	writer_clear(w, &w->flat);
	flatten_lines(&w->flat, abstract ? abstract : "");
	put_data(w, buf_str(&w->flat), w->head.escape);
	buf_puts(&w->out, "\n\n");
}

static void list_item(sheaf_writer *w, const sheaf_document *doc)
{
	char date[TIME_TEXT_SIZE];

	paper_date(doc, date);
	buf_puts(&w->out, "- ");
	put_title_link(w, doc, 1);
	if (date[0])
		buf_printf(&w->out, " (%s)", date);
	if (sheaf_document_author_count(doc)) {
		buf_puts(&w->out, ", ");
		put_authors(w, doc, 1);
	}
	buf_putc(&w->out, '\n');
}

static void markdown_item(sheaf_writer *w, const sheaf_item *item)
{
	if (w->head.kind == SHEAF_LIST_DIGEST)
		digest_item(w, item);
	else
		list_item(w, item->doc);
}

static void markdown_end(sheaf_writer *w)
{
	if (w->head.kind != SHEAF_LIST_DIGEST)
		return;
	end_section(w);
	/* Without a line break at the end, as readers of these pages know it. */
	if (!w->items)
		buf_puts(&w->out,
		         "### \xF0\x9F\x98\xB4 No new papers found today.\nCheck back tomorrow!");
}

const writer_ops write_markdown_ops = {.name = "markdown",
                                       .begin = markdown_begin,
                                       .section = markdown_section,
                                       .item = markdown_item,
                                       .end = markdown_end};
