/* write_ids.c: one id a line, without version; and TREC runs. */
#include <string.h>

#include "escape.h"
#include "paper.h"
#include "utf8.h"

static void put_id(sheaf_writer *w, const sheaf_document *doc)
{
	const char *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);

	buf_puts(&w->out, id ? id : "-");
}

static void ids_item(sheaf_writer *w, const sheaf_item *item)
{
	put_id(w, item->doc);
	buf_putc(&w->out, '\n');
}

/* The name of the query may be anything, but a run's columns are divided by blanks. */
static void put_query_id(sheaf_writer *w)
{
	const char *id = w->head.query_id && *w->head.query_id ? w->head.query_id : "1";

	for (size_t left = strlen(id); left;) {
		uint32_t c;
		size_t   n = utf8_decode(id, left, &c);

		if (c == ' ' || escape_is_control(c) || (c == UTF8_REPLACEMENT && n == 1))
			buf_putc(&w->out, '_');
		else
			buf_append(&w->out, id, n);
		id += n;
		left -= n;
	}
}

static void trec_item(sheaf_writer *w, const sheaf_item *item)
{
	put_query_id(w);
	buf_puts(&w->out, " Q0 ");
	put_id(w, item->doc);
	buf_printf(&w->out, " %zu %.*g sheaf\n", writer_rank(w, item), number_digits(item->weight),
	           item->weight);
}

const writer_ops write_ids_ops = {.name = "ids", .item = ids_item};
const writer_ops write_trec_ops = {.name = "trec", .item = trec_item};
