/* write_bibtex.c: entries for LaTeX: @article for what is published, else @misc with the eprint. */
#include <string.h>

#include "author_parts.h"
#include "escape.h"
#include "flatten.h"
#include "paper.h"
#include "str.h"
#include "tex_value.h"

/* Makes one clean line of `len` bytes in w->flat. */
static const char *cleaned(sheaf_writer *w, const char *text, size_t len)
{
	writer_clear(w, &w->line);
	buf_append(&w->line, text, len);
	writer_clear(w, &w->flat);
	escape_folded(&w->flat, buf_str(&w->line));
	return buf_str(&w->flat);
}

static void put_tex(sheaf_writer *w, const char *text, size_t len)
{
	const char *clean = cleaned(w, text, len);

	tex_value(&w->out, clean, strlen(clean));
}

static void begin_field(sheaf_writer *w, const char *name)
{
	buf_printf(&w->out, ",\n  %s = {", name);
}

static void put_text(sheaf_writer *w, const char *name, const char *text)
{
	if (!text || !*text)
		return;
	begin_field(w, name);
	put_tex(w, text, strlen(text));
	buf_putc(&w->out, '}');
}

/* What is read as it stands, not as TeX. */
static void put_verbatim(sheaf_writer *w, const char *name, const char *text)
{
	if (!text || !*text)
		return;
	begin_field(w, name);
	for (; *text; text++) {
		unsigned char c = (unsigned char)*text;

		if (c <= 0x20 || c >= 0x7F || strchr("{}\\\"", c))
			buf_printf(&w->out, "%%%02X", c);
		else
			buf_putc(&w->out, (char)c);
	}
	buf_putc(&w->out, '}');
}

/* A second pair of braces keeps capitals as the authors wrote them. */
static void put_title(sheaf_writer *w, const sheaf_document *doc)
{
	const char *title = sheaf_document_get_text(doc, SHEAF_FIELD_TITLE);

	if (!title)
		return;
	begin_field(w, "title");
	buf_putc(&w->out, '{');
	put_tex(w, title, strlen(title));
	buf_puts(&w->out, "}}");
}

static int has_and(const char *text, size_t len)
{
	for (size_t i = 0; i + 3 <= len; i++)
		if (str_ieq_n(text + i, "and", 3) &&
		    (i == 0 || str_is_space((unsigned char)text[i - 1])) &&
		    (i + 3 == len || str_is_space((unsigned char)text[i + 3])))
			return 1;
	return 0;
}

/* A part of a name; braces where BibTeX would divide it. */
static void put_part(sheaf_writer *w, const char *text, size_t len)
{
	int whole = memchr(text, ',', len) != NULL || has_and(text, len);

	buf_puts(&w->out, whole ? "{" : "");
	put_tex(w, text, len);
	buf_puts(&w->out, whole ? "}" : "");
}

static void put_author(sheaf_writer *w, const sheaf_author *author)
{
	author_parts parts;

	author_parts_of(author, &parts);
	if (!parts.is_person || !parts.given_len) {
		buf_putc(&w->out, '{');
		put_tex(w, parts.family, parts.family_len);
		buf_putc(&w->out, '}');
		return;
	}
	put_part(w, parts.family, parts.family_len);
	if (parts.suffix_len) {
		buf_puts(&w->out, ", ");
		put_part(w, parts.suffix, parts.suffix_len);
	}
	buf_puts(&w->out, ", ");
	put_part(w, parts.given, parts.given_len);
}

static void put_authors(sheaf_writer *w, const sheaf_document *doc)
{
	size_t count = sheaf_document_author_count(doc);

	if (!count)
		return;
	begin_field(w, "author");
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_puts(&w->out, " and ");
		put_author(w, sheaf_document_get_author(doc, i));
	}
	buf_putc(&w->out, '}');
}

static void put_eprint(sheaf_writer *w, const sheaf_document *doc)
{
	if (!paper_is_arxiv(doc))
		return;
	put_verbatim(w, "eprint", sheaf_document_get_text(doc, SHEAF_FIELD_ID));
	put_verbatim(w, "archivePrefix", "arXiv");
	put_verbatim(w, "primaryClass", sheaf_document_get_category(doc, 0));
}

static void put_url(sheaf_writer *w, const sheaf_document *doc)
{
	writer_clear(w, &w->flat);
	if (paper_page_url(doc, PAPER_PAGE_ABSTRACT, w->head.link, &w->flat))
		put_verbatim(w, "url", buf_str(&w->flat));
}

static void put_doi(sheaf_writer *w, const sheaf_document *doc)
{
	const char *doi = sheaf_document_get_text(doc, SHEAF_FIELD_DOI);

	/* Some papers have two; one is what the field can hold. */
	if (doi)
		put_verbatim(w, "doi", cleaned(w, doi, strcspn(doi, " \t\r\n")));
}

static void put_entry(sheaf_writer *w, const sheaf_document *doc, int year)
{
	put_title(w, doc);
	put_authors(w, doc);
	put_text(w, "journal", sheaf_document_get_text(doc, SHEAF_FIELD_JOURNAL_REF));
	if (year) {
		begin_field(w, "year");
		buf_printf(&w->out, "%d}", year);
	}
	put_doi(w, doc);
	put_eprint(w, doc);
	put_url(w, doc);
	if (sheaf_document_get_value(doc, SHEAF_FIELD_WITHDRAWN) == 1)
		put_text(w, "note", "Withdrawn");
}

static void bibtex_item(sheaf_writer *w, const sheaf_item *item)
{
	int year = paper_reference_year(item->doc);

	if (w->items)
		buf_putc(&w->out, '\n');
	buf_puts(&w->out, paper_is_published(item->doc) ? "@article{" : "@misc{");
	if (!cite_key_make(&w->keys, item->doc, year, &w->out))
		w->out.status = SHEAF_ERROR_NOMEM;
	put_entry(w, item->doc, year);
	buf_puts(&w->out, "\n}\n");
}

const writer_ops write_bibtex_ops = {.name = "bibtex", .item = bibtex_item};
