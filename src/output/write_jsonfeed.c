/* write_jsonfeed.c: JSON Feed 1.1; docs/FORMATS.md has the keys. What is not known is left out. */
#include "escape.h"
#include "feed.h"
#include "flatten.h"
#include "json_out.h"
#include "paper.h"
#include "utf8.h"

#define JSON_FEED_VERSION "https://jsonfeed.org/version/1.1"

/* Readers show what they get, so nothing that steers them gets through. NULL: no memory. */
static json_t *clean_text(sheaf_writer *w, const char *text)
{
	writer_clear(w, &w->flat);
	flatten_lines(&w->flat, text ? text : "");
	writer_clear(w, &w->line);
	escape_line(&w->line, buf_str(&w->flat));
	return w->line.status == SHEAF_OK ? json_text(buf_str(&w->line)) : NULL;
}

/* Takes `value`, and drops it where it says nothing. A failure leaves *object NULL. */
static void put(json_t **object, const char *key, json_t *value)
{
	if (json_is_null(value) || (json_is_array(value) && !json_array_size(value))) {
		json_decref(value);
		return;
	}
	if (json_object_set_new(*object, key, value) != 0) {
		json_decref(*object);
		*object = NULL;
	}
}

static void put_text(sheaf_writer *w, json_t **object, const char *key, const char *text)
{
	put(object, key, clean_text(w, text));
}

static void put_page(sheaf_writer *w, json_t **object, const char *key, const sheaf_document *doc,
                     paper_page page)
{
	writer_clear(w, &w->line);
	paper_page_url(doc, page, w->head.link, &w->line);
	put(object, key, json_text(buf_str(&w->line)));
}

static json_t *address_of(sheaf_writer *w, const char *address)
{
	writer_clear(w, &w->line);
	feed_address(address, &w->line);
	return w->line.status == SHEAF_OK ? json_text(buf_str(&w->line)) : NULL;
}

/* `"key":value,` of the feed; nothing where there is no value. */
static void put_member(sheaf_writer *w, const char *key, json_t *value)
{
	if (json_is_null(value)) {
		json_decref(value);
		return;
	}
	buf_printf(&w->out, "\"%s\":", key);
	json_put(w, value);
	buf_putc(&w->out, ',');
}

static void jsonfeed_begin(sheaf_writer *w)
{
	json_t *title = clean_text(w, feed_title(w));

	if (json_is_null(title)) {
		json_decref(title);
		title = json_string(FEED_TITLE);
	}
	buf_puts(&w->out, "{\"version\":\"" JSON_FEED_VERSION "\",");
	put_member(w, "title", title);
	put_member(w, "home_page_url", address_of(w, w->head.home));
	put_member(w, "feed_url", address_of(w, w->head.self));
	if (w->head.kind == SHEAF_LIST_DIGEST)
		put_member(w, "description", clean_text(w, w->head.intro));
	buf_puts(&w->out, "\"items\":[");
}

static json_t *authors_of(sheaf_writer *w, const sheaf_document *doc)
{
	json_t *authors = json_array();

	for (size_t i = 0; authors && i < sheaf_document_author_count(doc); i++) {
		json_t *name = clean_text(w, sheaf_document_get_author(doc, i)->name);

		if (json_is_null(name)) {
			json_decref(name);
		} else if (json_array_append_new(authors, json_pack("{s:o}", "name", name)) != 0) {
			json_decref(authors);
			authors = NULL;
		}
	}
	return authors;
}

static json_t *tags_of(sheaf_writer *w, const sheaf_document *doc)
{
	json_t *tags = json_array();

	for (size_t i = 0; tags && i < sheaf_document_category_count(doc); i++) {
		json_t *tag = clean_text(w, sheaf_document_get_category(doc, i));

		if (json_is_null(tag)) {
			json_decref(tag);
		} else if (json_array_append_new(tags, tag) != 0) {
			json_decref(tags);
			tags = NULL;
		}
	}
	return tags;
}

/* The beginning of `text`, cut at a blank where there is one, with an ellipsis. */
static void put_summary(sheaf_writer *w, json_t **item, const char *text)
{
	enum { LONGEST = 280 };
	size_t len;

	writer_clear(w, &w->flat);
	flatten_words(&w->flat, text ? text : "");
	if (w->flat.len > LONGEST) {
		len = utf8_floor(w->flat.data, LONGEST);
		for (size_t i = len; i > LONGEST / 2 && w->flat.data[len] != ' '; i--)
			if (w->flat.data[i - 1] == ' ')
				len = i - 1;
		buf_truncate(&w->flat, len);
		buf_puts(&w->flat, "\xE2\x80\xA6");
	}
	writer_clear(w, &w->line);
	escape_line(&w->line, buf_str(&w->flat));
	put(item, "summary", json_text(buf_str(&w->line)));
}

/* What the format has no key for. */
static json_t *extension_of(sheaf_writer *w, const sheaf_item *item)
{
	const sheaf_document *doc = item->doc;
	int64_t               version = sheaf_document_get_value(doc, SHEAF_FIELD_VERSION);
	json_t               *more = json_object();

	put_text(w, &more, "id", sheaf_document_get_text(doc, SHEAF_FIELD_ID));
	if (version > 0)
		put(&more, "version", json_integer(version));
	if (w->head.kind == SHEAF_LIST_DIGEST) {
		put(&more, "status", json_string(paper_status(item)));
		put_text(w, &more, "section", buf_str(&w->section_heading));
	}
	put_text(w, &more, "primary_category", sheaf_document_get_category(doc, 0));
	put_page(w, &more, "pdf", doc, PAPER_PAGE_PDF);
	put_page(w, &more, "html", doc, PAPER_PAGE_HTML);
	put_text(w, &more, "doi", sheaf_document_get_text(doc, SHEAF_FIELD_DOI));
	put_text(w, &more, "journal_ref", sheaf_document_get_text(doc, SHEAF_FIELD_JOURNAL_REF));
	put_text(w, &more, "comments", sheaf_document_get_text(doc, SHEAF_FIELD_COMMENTS));
	return more;
}

/* What it was published as, else its PDF: the pages that the feed's own address is not. */
static void put_external(sheaf_writer *w, json_t **object, const sheaf_document *doc)
{
	writer_clear(w, &w->line);
	if (!paper_page_url(doc, PAPER_PAGE_DOI, w->head.link, &w->line))
		paper_page_url(doc, PAPER_PAGE_PDF, w->head.link, &w->line);
	put(object, "external_url", json_text(buf_str(&w->line)));
}

static void put_content(sheaf_writer *w, json_t **object, const sheaf_document *doc)
{
	const char *abstract = sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT);
	json_t     *content = clean_text(w, abstract);

	/* An item must have content. */
	if (json_is_null(content)) {
		json_decref(content);
		content = json_string("");
	}
	put(object, "content_text", content);
	put_summary(w, object, abstract);
}

static void jsonfeed_item(sheaf_writer *w, const sheaf_item *item)
{
	const sheaf_document *doc = item->doc;
	json_t               *object;

	if (!feed_is_first(w, doc))
		return;
	object = json_object();
	writer_clear(w, &w->line);
	feed_entry_id(doc, "https://arxiv.org/abs/", &w->line);
	put_text(w, &object, "id", buf_str(&w->line));
	put_page(w, &object, "url", doc, PAPER_PAGE_ABSTRACT);
	put_external(w, &object, doc);
	writer_clear(w, &w->line);
	paper_title(doc, &w->line);
	put(&object, "title", clean_text(w, buf_str(&w->line)));
	put_content(w, &object, doc);
	put(&object, "date_published",
	    json_time(sheaf_document_get_value(doc, SHEAF_FIELD_SUBMITTED)));
	put(&object, "date_modified", json_time(paper_last_change(doc)));
	put(&object, "authors", authors_of(w, doc));
	put(&object, "tags", tags_of(w, doc));
	put(&object, "_arxiv", extension_of(w, item));
	if (w->entries++)
		buf_putc(&w->out, ',');
	json_put(w, object);
}

static void jsonfeed_end(sheaf_writer *w)
{
	buf_puts(&w->out, "]}\n");
}

const writer_ops write_jsonfeed_ops = {
	.name = "jsonfeed", .begin = jsonfeed_begin, .item = jsonfeed_item, .end = jsonfeed_end};
