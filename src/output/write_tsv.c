/* write_tsv.c: a paper a line, fields divided by tabs; docs/FORMATS.md names the columns. */
#include "escape.h"
#include "flatten.h"
#include "paper_field.h"

static const char *const   paper_names[] = {"id",    "version", "date", "categories",
                                            "title", "authors", "url",  NULL};
static const char *const   search_names[] = {"rank", "score", "percent", NULL};
static const char *const   digest_names[] = {"section", "status", NULL};
static const paper_columns columns = {paper_names, search_names, digest_names};

/* One cell: nothing in it can end the cell or the line. */
static void put_cell(sheaf_writer *w, const sheaf_item *item, const paper_field *f, size_t column)
{
	writer_clear(w, &w->line);
	f->text(w, item, f, &w->line);
	writer_clear(w, &w->flat);
	flatten_words(&w->flat, buf_str(&w->line));
	if (column)
		buf_putc(&w->out, '\t');
	escape_folded(&w->out, buf_str(&w->flat));
}

static void tsv_item(sheaf_writer *w, const sheaf_item *item)
{
	paper_field_each(w, item, &columns, put_cell);
	buf_putc(&w->out, '\n');
}

const writer_ops write_tsv_ops = {.name = "tsv", .item = tsv_item, .has_fields = 1};
