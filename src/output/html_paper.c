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
	int linked;

	buf_puts(&w->out, "<h3>");
	linked = open_link(w, doc, PAPER_PAGE_ABSTRACT);
	writer_clear(w, &w->line);
	paper_title(doc, &w->line);
	html_data(w, w->line.len ? buf_str(&w->line) : "Untitled");
	buf_puts(&w->out, linked ? "</a></h3>\n" : "</h3>\n");
}

static void put_authors(sheaf_writer *w, const sheaf_document *doc)
{
	writer_clear(w, &w->line);
	paper_authors(doc, AUTHORS_SHOWN, &w->line);
	html_element(w, "p", NULL, buf_str(&w->line));
}

/* Date, id, categories, and what is known of its publication. */
static void put_facts(sheaf_writer *w, const sheaf_item *item)
{
	static const sheaf_field more[] = {SHEAF_FIELD_JOURNAL_REF, SHEAF_FIELD_COMMENTS};
	char                     date[TIME_TEXT_SIZE];

	paper_date(item->doc, date);
	writer_clear(w, &w->line);
	buf_printf(&w->line, "%s%s", date, date[0] ? " \xC2\xB7 " : "");
	buf_puts(&w->line, sheaf_document_get_text(item->doc, SHEAF_FIELD_ID));
	if (sheaf_document_category_count(item->doc))
		buf_puts(&w->line, " \xC2\xB7 ");
	paper_category_list(item->doc, " ", &w->line);
	if (sheaf_document_get_value(item->doc, SHEAF_FIELD_WITHDRAWN) == 1)
		buf_puts(&w->line, " \xC2\xB7 withdrawn");
	if (w->head.kind == SHEAF_LIST_SEARCH)
		buf_printf(&w->line, " \xC2\xB7 %d\xC2\xA0%%", item->percent);
	html_element(w, "p", "soft", buf_str(&w->line));
	for (size_t i = 0; i < sizeof more / sizeof *more; i++)
		html_element(w, "p", "soft", sheaf_document_get_text(item->doc, more[i]));
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

static void put_abstract(sheaf_writer *w, const sheaf_document *doc)
{
	const char *abstract = sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT);

	if (!abstract || !*abstract)
		return;
	buf_puts(&w->out, "<details>\n<summary>Abstract</summary>\n");
	html_element(w, "p", NULL, abstract);
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
