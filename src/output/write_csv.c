/*
 * write_csv.c: RFC 4180 with a header line. Spreadsheets run a cell that looks like a formula, so such
 * a cell gets an apostrophe in front; docs/FORMATS.md says how to take it off again.
 */
#include <string.h>

#include "escape.h"
#include "flatten.h"
#include "paper_field.h"
#include "str.h"

static const char *const   paper_names[] = {"id",        "version",  "url",        "title",
                                            "authors",   "abstract", "categories", "primary_category",
                                            "submitted", "updated",  "comments",   "journal_ref",
                                            "doi",       "license",  "withdrawn",  NULL};
static const char *const   search_names[] = {"rank", "score", "percent", NULL};
static const char *const   digest_names[] = {"section", "status", NULL};
static const paper_columns columns = {paper_names, search_names, digest_names};

/*
 * Would a spreadsheet take it for a formula? Apostrophes before it count as well, so that
 * one apostrophe is taken off exactly where one was put on.
 */
static int is_formula(const char *text)
{
	/* The last four are the full-width forms of the first four. */
	static const char *const starts[] = {
		"=", "+", "-", "@", "\xEF\xBC\x9D", "\xEF\xBC\x8B", "\xEF\xBC\x8D", "\xEF\xBC\xA0"};

	text += strspn(text, "'");
	for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
		if (str_starts(text, starts[i]))
			return 1;
	return 0;
}

/* `text` has no control characters, and so no line breaks. */
static void put_quoted(buf *out, const char *text)
{
	int formula = is_formula(text), quoted = formula || strpbrk(text, ",\";") != NULL;

	if (quoted)
		buf_putc(out, '"');
	if (formula)
		buf_putc(out, '\'');
	for (; *text; text++) {
		if (*text == '"')
			buf_putc(out, '"');
		buf_putc(out, *text);
	}
	if (quoted)
		buf_putc(out, '"');
}

static void put_name(sheaf_writer *w, const sheaf_item *item, const paper_field *f, size_t column)
{
	(void)item;
	if (column)
		buf_putc(&w->out, ',');
	buf_puts(&w->out, f->name);
}

static void put_cell(sheaf_writer *w, const sheaf_item *item, const paper_field *f, size_t column)
{
	writer_clear(w, &w->line);
	f->text(w, item, f, &w->line);
	writer_clear(w, &w->flat);
	flatten_lines(&w->flat, buf_str(&w->line));
	writer_clear(w, &w->line);
	escape_line(&w->line, buf_str(&w->flat));
	if (column)
		buf_putc(&w->out, ',');
	put_quoted(&w->out, buf_str(&w->line));
}

/* Several lists of one writer are one table. */
static void csv_begin(sheaf_writer *w)
{
	if (w->lists > 1)
		return;
	paper_field_each(w, NULL, &columns, put_name);
	buf_puts(&w->out, "\r\n");
}

static void csv_item(sheaf_writer *w, const sheaf_item *item)
{
	paper_field_each(w, item, &columns, put_cell);
	buf_puts(&w->out, "\r\n");
}

const writer_ops write_csv_ops = {
	.name = "csv", .begin = csv_begin, .item = csv_item, .has_fields = 1, .list_mark = "; "};
