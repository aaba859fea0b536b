/* write_ris.c: records for reference managers, a tag and a value a line. */
#include <stdio.h>
#include <string.h>

#include "author_parts.h"
#include "document_private.h"
#include "escape.h"
#include "journal_ref.h"
#include "paper.h"

#define LINE_END "\r\n"

static void put_tag(sheaf_writer *w, const char *tag)
{
	buf_append(&w->out, tag, 2);
	buf_append(&w->out, "  - ", 4);
}

/* Nothing in a value can end its line. */
static void put_text(sheaf_writer *w, const char *tag, const char *text)
{
	size_t start = w->out.len, empty;

	put_tag(w, tag);
	empty = w->out.len;
	escape_folded(&w->out, text ? text : "");
	if (w->out.len == empty)
		buf_truncate(&w->out, start);
	else
		buf_append(&w->out, LINE_END, 2);
}

/* A comma divides the parts of a name, so none may be inside one. */
static void add_part(buf *out, const char *text, size_t len)
{
	if (!len)
		return;
	if (out->len)
		buf_puts(out, ", ");
	while (len) {
		const char *comma = memchr(text, ',', len);
		size_t      whole = comma ? (size_t)(comma - text) : len;

		buf_append(out, text, whole);
		if (comma)
			buf_putc(out, ' ');
		whole += comma != NULL;
		text += whole;
		len -= whole;
	}
}

static void put_authors(sheaf_writer *w, const sheaf_document *doc)
{
	for (size_t i = 0; i < sheaf_document_author_count(doc); i++) {
		author_parts parts;

		author_parts_of(sheaf_document_get_author(doc, i), &parts);
		writer_clear(w, &w->line);
		add_part(&w->line, parts.family, parts.family_len);
		add_part(&w->line, parts.given, parts.given_len);
		add_part(&w->line, parts.suffix, parts.suffix_len);
		put_text(w, "AU", buf_str(&w->line));
	}
}

/* YYYY/MM/DD, of which the day may be missing. */
static void put_dates(sheaf_writer *w, const sheaf_document *doc, int year)
{
	char date[TIME_TEXT_SIZE], text[TIME_TEXT_SIZE + 4];

	if (year) {
		put_tag(w, "PY");
		buf_put_int64(&w->out, year);
		buf_append(&w->out, LINE_END, 2);
	}
	paper_date(doc, date);
	if (!date[0])
		return;
	for (char *p = date; *p; p++)
		if (*p == '-')
			*p = '/';
	snprintf(text, sizeof text, "%s%s", date, strlen(date) < sizeof "2026/01" ? "//" : "");
	put_text(w, "DA", text);
}

static void put_part(sheaf_writer *w, const char *tag, const journal_part *part)
{
	writer_clear(w, &w->line);
	buf_append(&w->line, part->text, part->len);
	put_text(w, tag, buf_str(&w->line));
}

/* What is certain of where it was published; the reference as it is where nothing is. */
static void put_place(sheaf_writer *w, const sheaf_document *doc, const journal_ref *ref)
{
	if (!ref->name.len) {
		put_text(w, "JO", sheaf_document_get_text(doc, SHEAF_FIELD_JOURNAL_REF));
		return;
	}
	put_part(w, "JO", &ref->name);
	put_part(w, "VL", &ref->volume);
	put_part(w, "IS", &ref->issue);
	put_part(w, "SP", &ref->first);
	put_part(w, "EP", &ref->last);
}

static void put_numbers(sheaf_writer *w, const sheaf_document *doc)
{
	const char *doi = sheaf_document_get_text(doc, SHEAF_FIELD_DOI);

	/* Some papers have two; one is what the field can hold. */
	writer_clear(w, &w->line);
	if (doi)
		buf_append(&w->line, doi, strcspn(doi, " \t\r\n"));
	put_text(w, "DO", buf_str(&w->line));
	writer_clear(w, &w->line);
	if (paper_is_arxiv(doc))
		buf_puts(&w->line, "arXiv:");
	buf_puts(&w->line, sheaf_document_get_text(doc, SHEAF_FIELD_ID));
	put_text(w, "AN", buf_str(&w->line));
	if (paper_is_arxiv(doc))
		put_text(w, "DB", "arXiv");
	writer_clear(w, &w->line);
	if (paper_page_url(doc, PAPER_PAGE_ABSTRACT, w->head.link, &w->line))
		put_text(w, "UR", buf_str(&w->line));
}

static void put_notes(sheaf_writer *w, const sheaf_document *doc, const journal_ref *ref)
{
	put_text(w, "N1", sheaf_document_get_text(doc, SHEAF_FIELD_COMMENTS));
	put_text(w, "N1", ref->rest.text + strspn(ref->rest.text, " ;,."));
	if (sheaf_document_get_value(doc, SHEAF_FIELD_WITHDRAWN) == 1)
		put_text(w, "N1", "Withdrawn");
}

static void put_record(sheaf_writer *w, const sheaf_document *doc, const journal_ref *ref)
{
	put_text(w, "TY", paper_is_published(doc) ? "JOUR" : "UNPB");
	put_text(w, "TI", sheaf_document_get_text(doc, SHEAF_FIELD_TITLE));
	put_authors(w, doc);
	put_dates(w, doc, ref->year ? ref->year : paper_reference_year(doc));
	put_place(w, doc, ref);
	put_numbers(w, doc);
	for (size_t i = 0; i < sheaf_document_category_count(doc); i++)
		put_text(w, "KW", sheaf_document_get_category(doc, i));
	put_text(w, "AB", sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT));
	put_notes(w, doc, ref);
	put_tag(w, "ER");
	buf_puts(&w->out, LINE_END);
}

static void ris_item(sheaf_writer *w, const sheaf_item *item)
{
	buf         place = BUF_INIT(0);
	journal_ref ref;

	journal_ref_of(item->doc, &place, &ref);
	if (place.status == SHEAF_OK)
		put_record(w, item->doc, &ref);
	else
		w->out.status = place.status;
	buf_free(&place);
}

const writer_ops write_ris_ops = {.name = "ris", .item = ris_item};
