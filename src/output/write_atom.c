/* write_atom.c: a feed (RFC 4287) with the extensions of arXiv's own API. */
#include <string.h>

#include "escape.h"
#include "feed.h"
#include "flatten.h"
#include "hash.h"
#include "paper.h"

#define ARXIV_SCHEMA "http://arxiv.org/schemas/atom"
#define OPENSEARCH "http://a9.com/-/spec/opensearch/1.1/"

/* Data as character data or an attribute's value. */
static void put_data(sheaf_writer *w, const char *text)
{
	writer_clear(w, &w->flat);
	flatten_lines(&w->flat, text ? text : "");
	escape_html(&w->out, buf_str(&w->flat));
}

/* An element; 0 and nothing for a text that has nothing to show. */
static int put_element(sheaf_writer *w, const char *indent, const char *name, const char *text)
{
	size_t start = w->out.len, empty;

	buf_printf(&w->out, "%s<%s>", indent, name);
	empty = w->out.len;
	put_data(w, text);
	if (w->out.len == empty) {
		buf_truncate(&w->out, start);
		return 0;
	}
	buf_printf(&w->out, "</%s>\n", name);
	return 1;
}

/* What has no time of its own has the feed's: every entry must have one. */
static void put_time(sheaf_writer *w, const char *indent, const char *name, sheaf_time time)
{
	char text[TIME_TEXT_SIZE];

	if (time == SHEAF_TIME_NONE)
		time = w->head.now;
	time_format_iso(time == SHEAF_TIME_NONE ? 0 : time, text);
	put_element(w, indent, name, text);
}

/* A name of many bytes as a UUID of one's own making (RFC 9562, version 8). */
static void put_uuid(buf *out, const char *name, size_t len)
{
	uint64_t high = hash_finish(hash_bytes(HASH_SEED, name, len));
	uint64_t low = hash_finish(hash_bytes(high, name, len));

	buf_printf(out, "urn:uuid:%08x-%04x-8%03x-%04x-%04x%08x", (unsigned)(high >> 32),
	           (unsigned)(high >> 16 & 0xFFFF), (unsigned)(high & 0xFFF),
	           (unsigned)(low >> 48 & 0x3FFF) | 0x8000, (unsigned)(low >> 32 & 0xFFFF),
	           (unsigned)(low & 0xFFFFFFFF));
}

/* The same for the same query or digest, whenever it is made. */
static void put_feed_id(sheaf_writer *w)
{
	const char *subject = feed_subject(w);

	buf_puts(&w->out, "  <id>");
	if (w->head.kind == SHEAF_LIST_DIGEST) {
		const char *name = w->head.name && *w->head.name ? w->head.name : subject;

		writer_clear(w, &w->line);
		buf_printf(&w->line, "sheaf digest %s", name ? name : "");
		put_uuid(&w->out, buf_str(&w->line), w->line.len);
	} else {
		buf_printf(&w->out, "urn:sheaf:%s:",
		           w->head.kind == SHEAF_LIST_SEARCH ? "search" : "papers");
		escape_query(&w->out, subject ? subject : "all");
	}
	buf_puts(&w->out, "</id>\n");
}

/* Where the feed itself is, and the page of the same papers. */
static void put_feed_link(sheaf_writer *w, const char *attributes, const char *address)
{
	writer_clear(w, &w->line);
	feed_address(address, &w->line);
	if (!w->line.len)
		return;
	buf_printf(&w->out, "  <link %s href=\"", attributes);
	put_data(w, buf_str(&w->line));
	buf_puts(&w->out, "\"/>\n");
}

static void put_search(sheaf_writer *w)
{
	buf_printf(&w->out, "  <opensearch:totalResults>%lld</opensearch:totalResults>\n",
	           (long long)w->head.total);
	buf_printf(&w->out, "  <opensearch:startIndex>%zu</opensearch:startIndex>\n",
	           w->head.first);
}

static void atom_begin(sheaf_writer *w)
{
	buf_puts(&w->out, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	                  "<feed xmlns=\"http://www.w3.org/2005/Atom\"\n"
	                  "      xmlns:arxiv=\"" ARXIV_SCHEMA "\"\n"
	                  "      xmlns:opensearch=\"" OPENSEARCH "\">\n");
	if (!put_element(w, "  ", "title", feed_title(w)))
		put_element(w, "  ", "title", FEED_TITLE);
	if (w->head.kind == SHEAF_LIST_DIGEST)
		put_element(w, "  ", "subtitle", w->head.intro);
	put_feed_id(w);
	put_time(w, "  ", "updated", w->head.now);
	put_feed_link(w, "rel=\"self\" type=\"application/atom+xml\"", w->head.self);
	put_feed_link(w, "rel=\"alternate\" type=\"text/html\"", w->head.home);
	buf_puts(&w->out, "  <generator>sheaf</generator>\n");
	if (w->head.kind == SHEAF_LIST_SEARCH)
		put_search(w);
}

static void put_id(sheaf_writer *w, const sheaf_document *doc)
{
	writer_clear(w, &w->line);
	feed_entry_id(doc, "http://arxiv.org/abs/", &w->line);
	put_element(w, "    ", "id", buf_str(&w->line));
}

static void put_authors(sheaf_writer *w, const sheaf_document *doc)
{
	/* An entry must have one. */
	if (!sheaf_document_author_count(doc))
		buf_puts(&w->out, "    <author><name>unknown</name></author>\n");
	for (size_t i = 0; i < sheaf_document_author_count(doc); i++) {
		const sheaf_author *author = sheaf_document_get_author(doc, i);

		buf_puts(&w->out, "    <author>\n");
		if (!put_element(w, "      ", "name", author->name))
			put_element(w, "      ", "name", "unknown");
		put_element(w, "      ", "arxiv:affiliation", author->affiliation);
		buf_puts(&w->out, "    </author>\n");
	}
}

static void put_links(sheaf_writer *w, const sheaf_document *doc)
{
	static const struct {
		paper_page  page;
		const char *attributes;
	} links[] = {
		{PAPER_PAGE_ABSTRACT, "rel=\"alternate\" type=\"text/html\""},
		{PAPER_PAGE_PDF, "rel=\"related\" type=\"application/pdf\" title=\"pdf\""},
		{PAPER_PAGE_DOI, "rel=\"related\" title=\"doi\""},
	};

	for (size_t i = 0; i < sizeof links / sizeof *links; i++) {
		writer_clear(w, &w->line);
		if (!paper_page_url(doc, links[i].page, w->head.link, &w->line))
			continue;
		buf_printf(&w->out, "    <link %s href=\"", links[i].attributes);
		put_data(w, buf_str(&w->line));
		buf_puts(&w->out, "\"/>\n");
	}
}

static void put_category(sheaf_writer *w, const char *element, const char *term, const char *scheme,
                         const char *label)
{
	if (!term || !*term)
		return;
	buf_printf(&w->out, "    <%s term=\"", element);
	put_data(w, term);
	buf_printf(&w->out, "\" scheme=\"%s\"", scheme);
	if (label) {
		buf_puts(&w->out, " label=\"");
		put_data(w, label);
		buf_putc(&w->out, '"');
	}
	buf_puts(&w->out, "/>\n");
}

static void put_categories(sheaf_writer *w, const sheaf_item *item)
{
	const sheaf_document *doc = item->doc;

	put_category(w, "arxiv:primary_category", sheaf_document_get_category(doc, 0), ARXIV_SCHEMA,
	             NULL);
	for (size_t i = 0; i < sheaf_document_category_count(doc); i++)
		put_category(w, "category", sheaf_document_get_category(doc, i), ARXIV_SCHEMA,
		             NULL);
	if (w->head.kind != SHEAF_LIST_DIGEST)
		return;
	put_category(w, "category", paper_status(item), "urn:sheaf:status", NULL);
	if (w->section_heading.len)
		put_category(w, "category",
		             buf_str(w->section_named ? &w->section_name : &w->section_heading),
		             "urn:sheaf:section", buf_str(&w->section_heading));
}

/* Without a page to link to, an entry must have its content here. */
static void put_abstract(sheaf_writer *w, const sheaf_document *doc)
{
	const char *abstract = sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT);
	int         linked;

	writer_clear(w, &w->line);
	linked = paper_page_url(doc, PAPER_PAGE_ABSTRACT, w->head.link, &w->line);
	if (linked) {
		put_element(w, "    ", "summary", abstract);
	} else {
		buf_puts(&w->out, "    <content>");
		put_data(w, abstract);
		buf_puts(&w->out, "</content>\n");
	}
}

static void atom_item(sheaf_writer *w, const sheaf_item *item)
{
	const sheaf_document *doc = item->doc;
	sheaf_time            submitted = sheaf_document_get_value(doc, SHEAF_FIELD_SUBMITTED);

	if (!feed_is_first(w, doc))
		return;
	buf_puts(&w->out, "  <entry>\n");
	put_id(w, doc);
	writer_clear(w, &w->line);
	paper_title(doc, &w->line);
	if (!put_element(w, "    ", "title", buf_str(&w->line)))
		put_element(w, "    ", "title", "untitled");
	put_time(w, "    ", "updated", paper_last_change(doc));
	if (submitted != SHEAF_TIME_NONE)
		put_time(w, "    ", "published", submitted);
	put_authors(w, doc);
	put_links(w, doc);
	put_categories(w, item);
	put_abstract(w, doc);
	put_element(w, "    ", "arxiv:comment", sheaf_document_get_text(doc, SHEAF_FIELD_COMMENTS));
	put_element(w, "    ", "arxiv:journal_ref",
	            sheaf_document_get_text(doc, SHEAF_FIELD_JOURNAL_REF));
	put_element(w, "    ", "arxiv:doi", sheaf_document_get_text(doc, SHEAF_FIELD_DOI));
	buf_puts(&w->out, "  </entry>\n");
}

static void atom_end(sheaf_writer *w)
{
	buf_puts(&w->out, "</feed>\n");
}

const writer_ops write_atom_ops = {
	.name = "atom", .begin = atom_begin, .item = atom_item, .end = atom_end};
