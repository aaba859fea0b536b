/*
 * write_bibtex.c: entries for LaTeX: @article where the journal is known, else @misc, with the eprint.
 */
#include <string.h>

#include "author_parts.h"
#include "escape.h"
#include "flatten.h"
#include "journal_ref.h"
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
	buf_append(&w->out, ",\n  ", 4);
	buf_puts(&w->out, name);
	buf_append(&w->out, " = {", 4);
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

		if (c <= 0x20 || c >= 0x7F || c == '{' || c == '}' || c == '\\' || c == '"')
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

/* A blank, or what may be taken for one: "\\" breaks a line, and Unicode has more of them. */
static int divides(char c)
{
	return str_is_space((unsigned char)c) || c == '\\' || (unsigned char)c >= 0x80;
}

static int has_and(const char *text, size_t len)
{
	for (size_t i = 0; i + 3 <= len; i++)
		if (str_ieq_n(text + i, "and", 3) && (i == 0 || divides(text[i - 1])) &&
		    (i + 3 == len || divides(text[i + 3])))
			return 1;
	return 0;
}

/* A part of a name; braces where BibTeX would divide it. */
static void put_part(sheaf_writer *w, const char *text, size_t len)
{
	const char *clean = cleaned(w, text, len);
	int         whole;

	len = strlen(clean);
	whole = memchr(clean, ',', len) != NULL || has_and(clean, len);
	buf_puts(&w->out, whole ? "{" : "");
	tex_value(&w->out, clean, len);
	buf_puts(&w->out, whole ? "}" : "");
}

static void put_author(sheaf_writer *w, const sheaf_author *author)
{
	author_parts parts;

	author_parts_of(author, &parts);
	if (!parts.is_person || !parts.given_len) {
		buf_putc(&w->out, '{');
		put_tex(w, parts.family, parts.family_len);
		buf_puts(&w->out, parts.suffix_len ? " " : "");
		put_tex(w, parts.suffix, parts.suffix_len);
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

static void put_piece(sheaf_writer *w, const char *name, const journal_part *part)
{
	if (!part->len)
		return;
	begin_field(w, name);
	tex_value(&w->out, part->text, part->len);
	buf_putc(&w->out, '}');
}

static void put_pages(sheaf_writer *w, const journal_ref *ref)
{
	if (!ref->first.len)
		return;
	begin_field(w, "pages");
	tex_value(&w->out, ref->first.text, ref->first.len);
	if (ref->last.len) {
		buf_puts(&w->out, "--");
		tex_value(&w->out, ref->last.text, ref->last.len);
	}
	buf_putc(&w->out, '}');
}

/* The names of months are macros, which each style spells its way. */
static void put_date(sheaf_writer *w, int year, int month)
{
	static const char macros[] = "janfebmaraprmayjunjulaugsepoctnovdec";

	if (year) {
		begin_field(w, "year");
		buf_put_int64(&w->out, year);
		buf_putc(&w->out, '}');
	}
	if (year && month) {
		buf_puts(&w->out, ",\n  month = ");
		buf_append(&w->out, macros + 3 * (month - 1), 3);
	}
}

/* What is certain of where it was published; the reference as it is where nothing is. */
static void put_place(sheaf_writer *w, const sheaf_document *doc, const journal_ref *ref)
{
	if (!ref->name.len) {
		put_text(w, "howpublished", sheaf_document_get_text(doc, SHEAF_FIELD_JOURNAL_REF));
		return;
	}
	put_piece(w, "journal", &ref->name);
	put_piece(w, "volume", &ref->volume);
	put_piece(w, "number", &ref->issue);
	put_pages(w, ref);
}

static void put_note(sheaf_writer *w, const sheaf_document *doc, const journal_ref *ref)
{
	int         withdrawn = sheaf_document_get_value(doc, SHEAF_FIELD_WITHDRAWN) == 1;
	const char *rest = ref->rest.text + strspn(ref->rest.text, " ;,.");

	if (!withdrawn && !*rest)
		return;
	begin_field(w, "note");
	buf_puts(&w->out, withdrawn ? *rest ? "Withdrawn. " : "Withdrawn" : "");
	tex_value(&w->out, rest, strlen(rest));
	buf_putc(&w->out, '}');
}

/* The month that its date names; 0: none. */
static int written_month(const sheaf_document *doc)
{
	enum { MONTH = 5, MONTHS = 12 };
	char date[TIME_TEXT_SIZE];
	int  month = 0;

	paper_date(doc, date);
	if (strlen(date) >= MONTH + 2)
		month = (date[MONTH] - '0') * 10 + (date[MONTH + 1] - '0');
	return month >= 1 && month <= MONTHS ? month : 0;
}

static void put_entry(sheaf_writer *w, const sheaf_document *doc, const journal_ref *ref)
{
	int year = ref->year ? ref->year : paper_reference_year(doc), month = ref->month;

	if (!paper_is_published(doc))
		month = written_month(doc);
	put_title(w, doc);
	put_authors(w, doc);
	put_place(w, doc, ref);
	put_date(w, year, month);
	put_doi(w, doc);
	put_eprint(w, doc);
	put_url(w, doc);
	put_note(w, doc, ref);
}

/* An entry that comes again, in another section or list, is left out: BibTeX takes a key once. */
static void bibtex_item(sheaf_writer *w, const sheaf_item *item)
{
	buf         key = BUF_INIT(0), place = BUF_INIT(0);
	journal_ref ref;
	int         is_new;

	cite_key_make(item->doc, &key);
	journal_ref_of(item->doc, &place, &ref);
	is_new = cite_keys_add(&w->keys, buf_str(&key), key.len);
	if (is_new < 0 || key.status != SHEAF_OK || place.status != SHEAF_OK) {
		w->out.status = SHEAF_ERROR_NOMEM;
	} else if (is_new) {
		buf_puts(&w->out, w->keys.count > 1 ? "\n" : "");
		buf_puts(&w->out, ref.name.len ? "@article{" : "@misc{");
		buf_append(&w->out, key.data, key.len);
		put_entry(w, item->doc, &ref);
		buf_puts(&w->out, "\n}\n");
	}
	buf_free(&key);
	buf_free(&place);
}

const writer_ops write_bibtex_ops = {.name = "bibtex", .item = bibtex_item};
