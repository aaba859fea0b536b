#include "feed.h"

#include "escape.h"
#include "paper.h"
#include "str.h"

void feed_entry_id(const sheaf_document *doc, const char *base, buf *out)
{
	const char *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);

	if (paper_is_arxiv(doc)) {
		buf_puts(out, base);
		buf_puts(out, id);
	} else {
		buf_puts(out, "urn:sheaf:paper:");
		escape_query(out, id ? id : "");
	}
}

int feed_is_first(sheaf_writer *w, const sheaf_document *doc)
{
	int taken;

	writer_clear(w, &w->line);
	feed_entry_id(doc, "", &w->line);
	taken = cite_keys_add(&w->keys, buf_str(&w->line), w->line.len);
	if (taken < 0)
		w->out.status = SHEAF_ERROR_NOMEM;
	return taken > 0;
}

void feed_address(const char *address, buf *out)
{
	if (address && (str_istarts(address, "http://") || str_istarts(address, "https://")))
		escape_url(out, address);
}

const char *feed_subject(const sheaf_writer *w)
{
	const char *subject = w->head.kind == SHEAF_LIST_SEARCH   ? w->head.query
	                      : w->head.kind == SHEAF_LIST_DIGEST ? w->head.title
	                                                          : NULL;

	return subject && *subject ? subject : NULL;
}

const char *feed_title(const sheaf_writer *w)
{
	const char *subject = feed_subject(w);

	return subject ? subject : FEED_TITLE;
}
