/* html_paper.c: one paper of a page. */
#include "explanation.h"
#include "html_page.h"
#include "paper.h"

enum { AUTHORS_SHOWN = 10 };

/* Opens a link; 0 where there is no such page. */
static int open_link(sheaf_writer *w, const sheaf_document *doc, paper_page page)
{
	writer_clear(w, &w->line);
	if (!paper_page_url(doc, page, w->head.link, &w->line))
		return 0;
	buf_puts(&w->out, "<a href=\"");
	html_data(w, buf_str(&w->line));
	buf_puts(&w->out, "\">");
	return 1;
}

static void put_title(sheaf_writer *w, const sheaf_document *doc)
{
	size_t start;
	int    linked;

	buf_puts(&w->out, "<h3>");
	linked = open_link(w, doc, PAPER_PAGE_ABSTRACT);
	writer_clear(w, &w->line);
	paper_title(doc, &w->line);
	start = w->out.len;
	html_data(w, buf_str(&w->line));
	if (w->out.len == start)
		buf_puts(&w->out, "Untitled");
	buf_puts(&w->out, linked ? "</a></h3>\n" : "</h3>\n");
}

static void put_authors(sheaf_writer *w, const sheaf_document *doc)
{
	writer_clear(w, &w->line);
	paper_authors(doc, AUTHORS_SHOWN, &w->line);
	html_element(w, "p", NULL, buf_str(&w->line));
}

static void put_mark(sheaf_writer *w, const char *class, const char *text)
{
	buf_putc(&w->out, ' ');
	buf_printf(&w->out, "<span class=\"%s\">", class);
	html_data(w, text);
	buf_puts(&w->out, "</span>");
}

/* The date, which is no more than a month where only that is known. */
static void put_date(sheaf_writer *w, const sheaf_document *doc)
{
	char date[TIME_TEXT_SIZE];

	paper_date(doc, date);
	if (date[0])
		buf_printf(&w->out, "<time datetime=\"%s\">%s</time> \xC2\xB7 ", date, date);
}

/* Date, id, categories, and what is to be noticed. */
static void put_facts(sheaf_writer *w, const sheaf_item *item)
{
	buf_puts(&w->out, "<p class=\"soft\">");
	put_date(w, item->doc);
	html_data(w, sheaf_document_get_text(item->doc, SHEAF_FIELD_ID));
	for (size_t i = 0; i < sheaf_document_category_count(item->doc); i++)
		put_mark(w, "cat", sheaf_document_get_category(item->doc, i));
	if (sheaf_document_get_value(item->doc, SHEAF_FIELD_WITHDRAWN) == 1)
		put_mark(w, "badge", "withdrawn");
	if (w->head.kind == SHEAF_LIST_DIGEST && item->updated) {
		writer_clear(w, &w->line);
		paper_news(item, &w->line);
		put_mark(w, "badge", buf_str(&w->line));
	}
	if (w->head.kind == SHEAF_LIST_SEARCH)
		buf_printf(&w->out, " \xC2\xB7 %d\xC2\xA0%%", item->percent);
	buf_puts(&w->out, "</p>\n");
}

/* Where it was published, and what its authors say of it. */
static void put_notes(sheaf_writer *w, const sheaf_document *doc)
{
	static const struct {
		sheaf_field field;
		const char *label;
	} notes[] = {{SHEAF_FIELD_JOURNAL_REF, "Journal: "}, {SHEAF_FIELD_COMMENTS, "Comments: "}};

	for (size_t i = 0; i < sizeof notes / sizeof *notes; i++) {
		const char *text = sheaf_document_get_text(doc, notes[i].field);

		if (!text || !*text)
			continue;
		writer_clear(w, &w->line);
		buf_puts(&w->line, notes[i].label);
		buf_puts(&w->line, text);
		html_element(w, "p", "soft", buf_str(&w->line));
	}
}

static void put_links(sheaf_writer *w, const sheaf_document *doc)
{
	static const struct {
		paper_page  page;
		const char *label;
	} links[] = {{PAPER_PAGE_ABSTRACT, "abstract page"},
	             {PAPER_PAGE_PDF, "PDF"},
	             {PAPER_PAGE_HTML, "HTML"},
	             {PAPER_PAGE_DOI, "DOI"}};
	size_t start = w->out.len, empty;

	buf_puts(&w->out, "<p class=\"links\">");
	empty = w->out.len;
	for (size_t i = 0; i < sizeof links / sizeof *links; i++)
		if (open_link(w, doc, links[i].page))
			buf_printf(&w->out, "%s</a>\n", links[i].label);
	if (w->out.len == empty)
		buf_truncate(&w->out, start);
	else
		buf_puts(&w->out, "</p>\n");
}

/* The abstract, and all authors where not all are shown. */
static void put_abstract(sheaf_writer *w, const sheaf_document *doc)
{
	const char *abstract = sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT);
	size_t      authors = sheaf_document_author_count(doc);
	int         is_long = authors > AUTHORS_SHOWN;

	if ((!abstract || !*abstract) && !is_long)
		return;
	buf_puts(&w->out, "<details>\n<summary>");
	buf_puts(&w->out, abstract && *abstract ? "Abstract" : "Authors");
	if (is_long)
		buf_printf(&w->out, " (%zu authors)", authors);
	buf_puts(&w->out, "</summary>\n");
	html_element(w, "p", NULL, abstract);
	if (is_long) {
		writer_clear(w, &w->line);
		paper_authors(doc, 0, &w->line);
		html_element(w, "p", "soft", buf_str(&w->line));
	}
	buf_puts(&w->out, "</details>\n");
}

static void put_explanations(sheaf_writer *w, const sheaf_item *item)
{
	explanation_line line = {0};

	if (!item->explanations)
		return;
	buf_puts(&w->out, "<details>\n<summary>Why it was found</summary>\n<table>\n");
	while (explanation_next(item, &line)) {
		buf_printf(&w->out, "<tr><td>%s</td><td>", line.weight);
		html_data(w, line.description);
		buf_puts(&w->out, "</td><td>");
		html_data(w, line.detail);
		buf_puts(&w->out, "</td></tr>\n");
	}
	buf_puts(&w->out, "</table>\n</details>\n");
}

void html_paper(sheaf_writer *w, const sheaf_item *item)
{
	buf_puts(&w->out, "<article>\n");
	put_title(w, item->doc);
	put_authors(w, item->doc);
	put_facts(w, item);
	put_notes(w, item->doc);
	if (item->snippet && *item->snippet) {
		buf_puts(&w->out, "<p>");
		html_marked(w, item->snippet);
		buf_puts(&w->out, "</p>\n");
	}
	put_abstract(w, item->doc);
	put_links(w, item->doc);
	put_explanations(w, item);
	buf_puts(&w->out, "</article>\n");
}
