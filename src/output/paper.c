#include "paper.h"

#include <float.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arxiv_id.h"
#include "document_private.h"
#include "escape.h"
#include "flatten.h"
#include "str.h"

#define SECONDS_A_DAY ((sheaf_time)86400)

void paper_title(const sheaf_document *doc, buf *out)
{
	size_t      before = out->len;
	const char *title = sheaf_document_get_text(doc, SHEAF_FIELD_TITLE);
	const char *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);

	if (title)
		flatten_words(out, title);
	if (out->len == before && id)
		buf_puts(out, id);
}

void paper_authors(const sheaf_document *doc, size_t most, buf *out)
{
	size_t count = sheaf_document_author_count(doc);
	size_t shown = most && count > most ? most : count;

	for (size_t i = 0; i < shown; i++) {
		if (i)
			buf_puts(out, ", ");
		flatten_lines(out, sheaf_document_get_author(doc, i)->name);
	}
	if (shown < count)
		buf_puts(out, " et al.");
}

void paper_author_list(const sheaf_document *doc, const char *mark, buf *out)
{
	for (size_t i = 0; i < sheaf_document_author_count(doc); i++) {
		if (i)
			buf_puts(out, mark);
		flatten_lines(out, sheaf_document_get_author(doc, i)->name);
	}
}

void paper_category_list(const sheaf_document *doc, const char *mark, buf *out)
{
	for (size_t i = 0; i < sheaf_document_category_count(doc); i++) {
		if (i)
			buf_puts(out, mark);
		buf_puts(out, sheaf_document_get_category(doc, i));
	}
}

void paper_url(const sheaf_document *doc, const char *link, buf *out)
{
	static const char with_v[] = "v{version}", version_key[] = "{version}", id_key[] = "{id}";
	const char       *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);
	int64_t           version = sheaf_document_get_value(doc, SHEAF_FIELD_VERSION);
	const char       *p = link ? link : PAPER_LINK;

	while (*p) {
		if (version <= 0 && strncmp(p, with_v, sizeof with_v - 1) == 0) {
			p += sizeof with_v - 1;
		} else if (strncmp(p, version_key, sizeof version_key - 1) == 0) {
			if (version > 0)
				buf_printf(out, "%lld", (long long)version);
			p += sizeof version_key - 1;
		} else if (strncmp(p, id_key, sizeof id_key - 1) == 0) {
			buf_puts(out, id ? id : "");
			p += sizeof id_key - 1;
		} else {
			buf_putc(out, *p++);
		}
	}
}

int paper_is_arxiv(const sheaf_document *doc)
{
	const char *text = sheaf_document_get_text(doc, SHEAF_FIELD_ID);
	arxiv_id    id;

	return text && arxiv_id_parse(text, strlen(text), &id) && id.year > 0;
}

sheaf_time paper_last_change(const sheaf_document *doc)
{
	return document_get_date(doc, SHEAF_FIELD_UPDATED).time;
}

static int has_html(const sheaf_document *doc)
{
	const sheaf_time first = date_days(2023, 12, 1) * SECONDS_A_DAY;
	sheaf_time       last = paper_last_change(doc);

	return paper_is_arxiv(doc) && last != SHEAF_TIME_NONE && last >= first;
}

/* Where it links to without being told is only right for arXiv's own papers. */
static void put_template(const sheaf_document *doc, const char *link, buf *out)
{
	buf url = BUF_INIT(0);

	if (!link && !paper_is_arxiv(doc))
		return;
	paper_url(doc, link, &url);
	if (str_istarts(buf_str(&url), "http://") || str_istarts(buf_str(&url), "https://"))
		escape_url(out, buf_str(&url));
	if (url.status != SHEAF_OK)
		out->status = url.status;
	buf_free(&url);
}

/* All that a path may hold stays; a DOI can have anything else in it, too. */
static void put_doi(const sheaf_document *doc, buf *out)
{
	const char *doi = sheaf_document_get_text(doc, SHEAF_FIELD_DOI);
	size_t      len = doi ? strcspn(doi, " \t\r\n") : 0;

	if (!len || !str_starts(doi, "10."))
		return;
	buf_puts(out, "https://doi.org/");
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)doi[i];

		if (str_is_alpha(c) || str_is_digit(c) || strchr("-._~/:;,@!$*+=", c))
			buf_putc(out, (char)c);
		else
			buf_printf(out, "%%%02X", c);
	}
}

int paper_page_url(const sheaf_document *doc, paper_page page, const char *link, buf *out)
{
	size_t before = out->len;

	switch (page) {
	case PAPER_PAGE_ABSTRACT: put_template(doc, link, out); break;
	case PAPER_PAGE_PDF:
		if (paper_is_arxiv(doc))
			put_template(doc, "https://arxiv.org/pdf/{id}v{version}", out);
		break;
	case PAPER_PAGE_HTML:
		if (has_html(doc))
			put_template(doc, "https://arxiv.org/html/{id}v{version}", out);
		break;
	case PAPER_PAGE_DOI: put_doi(doc, out); break;
	}
	return out->len > before;
}

void paper_date(const sheaf_document *doc, char out[TIME_TEXT_SIZE])
{
	enum { MONTH_LENGTH = 7 };
	document_date date = document_get_date(doc, SHEAF_FIELD_DATE);

	out[0] = 0;
	if (date.time == SHEAF_TIME_NONE)
		return;
	time_format_date(date.time, out);
	if (date.month_only)
		out[MONTH_LENGTH] = 0;
}

/* The year of paper_date(); 0: not known. */
static int written_year(const sheaf_document *doc)
{
	enum { YEAR_LENGTH = 4 };
	char    text[TIME_TEXT_SIZE];
	int64_t year = 0;

	paper_date(doc, text);
	if (strspn(text, "0123456789") != YEAR_LENGTH)
		return 0;
	text[YEAR_LENGTH] = 0;
	return str_to_int64(text, &year) ? (int)year : 0;
}

enum { YEAR_FIRST = 1900, YEAR_LAST = 2099, YEARS_IN_PRESS = 8 };

/* The four digits at `p` as a year; 0 where they are none, or part of a longer number or word. */
static int year_at(const char *text, const char *p)
{
	int year = 0;

	if (p > text && (str_is_digit((unsigned char)p[-1]) || str_is_alpha((unsigned char)p[-1])))
		return 0;
	for (int i = 0; i < 4; i++) {
		if (!str_is_digit((unsigned char)p[i]))
			return 0;
		year = year * 10 + (p[i] - '0');
	}
	if (str_is_digit((unsigned char)p[4]) || str_is_alpha((unsigned char)p[4]))
		return 0;
	return year >= YEAR_FIRST && year <= YEAR_LAST ? year : 0;
}

/*
 * "Phys. Rev. D 76, 2013 (2007)": what stands in parentheses is the year; else the last number that
 * can be one for a paper that was written in `written` (0: not known).
 */
static int journal_year(const char *journal, int written)
{
	int bare = 0;

	for (const char *p = journal; *p; p++) {
		int year = year_at(journal, p);

		if (year && p > journal && p[-1] == '(' && p[4] == ')')
			return year;
		if (year && written && year >= written && year <= written + YEARS_IN_PRESS)
			bare = year;
	}
	return bare;
}

int paper_reference_year(const sheaf_document *doc)
{
	const char *journal = sheaf_document_get_text(doc, SHEAF_FIELD_JOURNAL_REF);
	int written = written_year(doc), year = journal ? journal_year(journal, written) : 0;

	return year ? year : written;
}

int paper_is_published(const sheaf_document *doc)
{
	const char *doi = sheaf_document_get_text(doc, SHEAF_FIELD_DOI);
	const char *journal = sheaf_document_get_text(doc, SHEAF_FIELD_JOURNAL_REF);

	return (journal && *journal) || (doi && *doi && !str_istarts(doi, "10.48550/"));
}

const char *paper_status(const sheaf_item *item)
{
	return item->updated ? "updated" : "new";
}

void paper_news(const sheaf_item *item, buf *out)
{
	int64_t version = sheaf_document_get_value(item->doc, SHEAF_FIELD_VERSION);

	if (!item->updated)
		return;
	buf_puts(out, "updated");
	if (version > 0)
		buf_printf(out, ", v%lld", (long long)version);
}

static int is_told_by(double number, int digits)
{
	char   text[64];
	double back;

	snprintf(text, sizeof text, "%.*g", digits, number);
	back = strtod(text, NULL);
	return back >= number && back <= number;
}

int number_digits(double number)
{
	enum { FEWEST = 6, EXACT = 17 };
	int digits = FEWEST;

	/* A number that fewer digits tell, these tell, too; most scores need more. */
	if (!is_told_by(number, DBL_DIG))
		digits = DBL_DIG + 1;
	while (digits < EXACT && !is_told_by(number, digits))
		digits++;
	return digits;
}
