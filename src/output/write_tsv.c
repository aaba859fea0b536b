/* write_tsv.c: a paper a line, fields divided by tabs; docs/FORMATS.md names the columns. */
#include "escape.h"
#include "paper.h"

typedef void (*column_fn)(const sheaf_writer *w, const sheaf_item *item, buf *out);

static void put_id(const sheaf_writer *w, const sheaf_item *item, buf *out)
{
	const char *id = sheaf_document_get_text(item->doc, SHEAF_FIELD_ID);

	(void)w;
	buf_puts(out, id ? id : "");
}

static void put_version(const sheaf_writer *w, const sheaf_item *item, buf *out)
{
	int64_t version = sheaf_document_get_value(item->doc, SHEAF_FIELD_VERSION);

	(void)w;
	if (version > 0)
		buf_printf(out, "%lld", (long long)version);
}

static void put_date(const sheaf_writer *w, const sheaf_item *item, buf *out)
{
	char date[TIME_TEXT_SIZE];

	(void)w;
	paper_date(item->doc, date);
	buf_puts(out, date);
}

static void put_categories(const sheaf_writer *w, const sheaf_item *item, buf *out)
{
	(void)w;
	paper_categories(item->doc, out);
}

static void put_title(const sheaf_writer *w, const sheaf_item *item, buf *out)
{
	(void)w;
	paper_title(item->doc, out);
}

static void put_authors(const sheaf_writer *w, const sheaf_item *item, buf *out)
{
	(void)w;
	paper_authors(item->doc, 0, out);
}

static void put_url(const sheaf_writer *w, const sheaf_item *item, buf *out)
{
	paper_url(item->doc, w->head.link, out);
}

static const column_fn columns[] = {put_id,    put_version, put_date, put_categories,
                                    put_title, put_authors, put_url};

/* One field: nothing in it can end the field or the line. */
static void put_field(sheaf_writer *w, const char *text)
{
	escape_folded(&w->out, text);
}

static void tsv_item(sheaf_writer *w, const sheaf_item *item)
{
	for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
		writer_clear(w, &w->line);
		columns[i](w, item, &w->line);
		if (i)
			buf_putc(&w->out, '\t');
		put_field(w, buf_str(&w->line));
	}
	if (w->head.kind == SHEAF_LIST_SEARCH) {
		size_t rank = item->rank ? item->rank : w->head.first + w->items + 1;

		buf_printf(&w->out, "\t%zu\t%.*g\t%d", rank, number_digits(item->weight),
		           item->weight, item->percent);
		if (w->head.query_id) {
			buf_putc(&w->out, '\t');
			put_field(w, w->head.query_id);
		}
	}
	if (w->head.kind == SHEAF_LIST_DIGEST) {
		buf_putc(&w->out, '\t');
		put_field(w, buf_str(&w->section_heading));
	}
	buf_putc(&w->out, '\n');
}

const writer_ops write_tsv_ops = {"tsv", NULL, NULL, tsv_item, NULL};
