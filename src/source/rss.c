/*
 * rss.c: announcement feeds: RSS 2.0 and Atom of rss.arxiv.org, and the RDF of before 2024.
 *
 * An item becomes a document that says by `announced` how it was announced, and on which day. The
 * day of a feed is that which its own clock shows, at midnight on the east coast. The old feeds were
 * made in the evening, for the lists of the day after. https://info.arxiv.org/help/rss.html
 */
#include <string.h>

#include "arxiv_id.h"
#include "datetime.h"
#include "error.h"
#include "rss_text.h"
#include "schedule.h"
#include "source_private.h"
#include "str.h"
#include "xml_stream.h"

enum {
	TOP = XML_START,
	FEED = 1 << 1,    /* <feed>: Atom */
	OUTER = 1 << 2,   /* <rss>, <RDF> */
	CHANNEL = 1 << 3, /* its head, and in RSS 2.0 its items */
	ITEM = 1 << 4,
	AUTHOR = 1 << 5,
	LEAF = 1 << 6
};

enum { NAME_SIZE = 64, ID_SIZE = 256, DAY = 86400, HALF_DAY = DAY / 2 };

/* What tells the identifier of an item; the first that is there counts. */
enum { ID_GUID, ID_DESCRIPTION, ID_TITLE, ID_LINK, ID_KINDS };

/* What tells the day of a feed, the best first; its number is the rule's argument. */
enum { DAY_PUBLISHED, DAY_EVENING, DAY_BUILT, DAY_ITEM, DAY_UNKNOWN };

typedef struct rss_parser {
	source_parser base;
	xml_rules     parts[1];
	xml_stream   *stream;
	int64_t       ordinal;
	int           understood;           /* 1: a feed was met */
	int           is_old;               /* 1: RDF, in which all texts are HTML */
	int           day_by;               /* what told info.feed_day */
	char          outermost[NAME_SIZE]; /* element that encloses feeds */
	char          category[NAME_SIZE]; /* whose feed this is; "" where its title does not say */

	/* of the item that is being read */
	char              guid[ID_SIZE], link[ID_SIZE];
	buf               title, description;
	buf               plain; /* scratch */
	announcement_kind kind;
	int64_t           day; /* INT64_MIN: not told */
} rss_parser;

/* ---- the feed ---- */

static sheaf_status on_wrapper(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;

	return *p->outermost ? SHEAF_OK
	                     : source_copy_line(p->outermost, sizeof p->outermost, e->name, err);
}

static sheaf_status on_feed(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;

	(void)err;
	p->understood = 1;
	p->is_old = e->rule->arg;
	return SHEAF_OK;
}

/* "cs.NE updates on arXiv.org"; a wrong question is answered by "Feed error for query: …". */
static sheaf_status on_feed_title(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser  *p = ctx;
	source_info *info = &p->base.info;
	const char  *text = e->text;
	size_t       len = e->len, n = 0;

	str_trim(&text, &len);
	if (str_istarts(text, "feed error")) {
		memcpy(info->error_code, "feed", sizeof "feed");
		return *info->error_text ? SHEAF_OK
		                         : source_copy_line(info->error_text,
		                                            sizeof info->error_text, text, err);
	}
	while (n < len && !str_is_space((unsigned char)text[n]))
		n++;
	if (n < sizeof p->category && str_starts(text + n, " updates on ")) {
		memcpy(p->category, text, n);
		p->category[n] = 0;
	}
	return SHEAF_OK;
}

/* Where the feed is an error, its description is the reason; it may stand before the title. */
static sheaf_status on_feed_text(void *ctx, const xml_element *e, sheaf_error *err)
{
	source_info *info = &((rss_parser *)ctx)->base.info;

	return source_copy_line(info->error_text, sizeof info->error_text, e->text, err);
}

/* The day that a clock shows where the text was written. */
static int read_day(const char *text, size_t len, sheaf_time *local)
{
	int ahead;

	if (!time_parse_zoned(text, len, local, &ahead))
		return 0;
	*local += ahead;
	return 1;
}

static int64_t day_of(sheaf_time local)
{
	return (local >= 0 ? local : local - (DAY - 1)) / DAY;
}

static sheaf_status on_feed_day(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;
	sheaf_time  local, utc;
	int         by = e->rule->arg;

	(void)err;
	if (by >= p->day_by || !read_day(e->text, e->len, &local) ||
	    !time_parse(e->text, e->len, &utc))
		return SHEAF_OK;
	p->day_by = by;
	if (by == DAY_BUILT)
		p->base.info.feed_day = schedule_day(utc);
	else
		p->base.info.feed_day = day_of(by == DAY_EVENING ? local + HALF_DAY : local);
	return SHEAF_OK;
}

/* ---- an item ---- */

static sheaf_status on_item(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;

	(void)err;
	record_clear(&p->base.record);
	p->understood = 1;
	p->ordinal++;
	*p->guid = 0;
	xml_attribute_copy(e, "about", p->link, sizeof p->link);
	buf_clear(&p->title);
	buf_clear(&p->description);
	p->kind = ANNOUNCEMENT_NONE;
	p->day = INT64_MIN;
	return SHEAF_OK;
}

static sheaf_status on_guid(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;

	return source_copy_line(p->guid, sizeof p->guid, e->text, err);
}

static sheaf_status on_link(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;

	return e->len ? source_copy_line(p->link, sizeof p->link, e->text, err) : SHEAF_OK;
}

/* Atom has it in an attribute. */
static sheaf_status on_atom_link(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;
	char        rel[16];

	(void)err;
	xml_attribute_copy(e, "rel", rel, sizeof rel);
	if (!*rel || str_eq(rel, "alternate"))
		xml_attribute_copy(e, "href", p->link, sizeof p->link);
	return SHEAF_OK;
}

static sheaf_status keep(buf *b, const xml_element *e, sheaf_error *err)
{
	buf_clear(b);
	buf_append(b, e->text, e->len);
	return buf_status(b, err);
}

static sheaf_status on_title(void *ctx, const xml_element *e, sheaf_error *err)
{
	return keep(&((rss_parser *)ctx)->title, e, err);
}

static sheaf_status on_description(void *ctx, const xml_element *e, sheaf_error *err)
{
	return keep(&((rss_parser *)ctx)->description, e, err);
}

static sheaf_status on_kind(void *ctx, const xml_element *e, sheaf_error *err)
{
	(void)err;
	((rss_parser *)ctx)->kind = rss_kind(e->text, e->len);
	return SHEAF_OK;
}

static sheaf_status on_day(void *ctx, const xml_element *e, sheaf_error *err)
{
	sheaf_time local;

	(void)err;
	if (read_day(e->text, e->len, &local))
		((rss_parser *)ctx)->day = day_of(local);
	return SHEAF_OK;
}

static sheaf_status on_field(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;

	return record_set(&p->base.record, (sheaf_field)e->rule->arg, e->text, e->len, err);
}

static sheaf_status on_category(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;

	return document_add_category_line(p->base.record.doc, e->text, err);
}

static sheaf_status on_term(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;
	char        term[NAME_SIZE];

	xml_attribute_copy(e, "term", term, sizeof term);
	return document_add_category_line(p->base.record.doc, term, err);
}

/* `text` without HTML, in p->plain. */
static const char *plain(rss_parser *p, const char *text, size_t len, sheaf_status *status,
                         sheaf_error *err)
{
	buf_clear(&p->plain);
	rss_plain_text(&p->plain, text, len);
	*status = buf_status(&p->plain, err);
	return buf_str(&p->plain);
}

static sheaf_status on_creator(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser  *p = ctx;
	sheaf_status status = SHEAF_OK;
	const char  *names = e->text;

	if (p->is_old || rss_is_html(e->text, e->len))
		names = plain(p, e->text, e->len, &status, err);
	return status == SHEAF_OK ? document_add_author_line(p->base.record.doc, names, err)
	                          : status;
}

static sheaf_status on_name(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;

	(void)err;
	record_author_part(&p->base.record, (author_part)e->rule->arg, e->text, e->len);
	return SHEAF_OK;
}

static sheaf_status on_author_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser *p = ctx;

	(void)e;
	return record_author_end(&p->base.record, err);
}

/* ---- the end of an item ---- */

/* Plain tokens are good identifiers elsewhere, but here they are other people's pages. */
static sheaf_status set_id(rss_parser *p, const rss_part told[ID_KINDS], int *good,
                           sheaf_error *err)
{
	arxiv_id id;

	*good = 0;
	for (int i = 0; i < ID_KINDS; i++) {
		rss_part t = told[i];

		str_trim(&t.text, &t.len);
		if (t.len && arxiv_id_parse(t.text, t.len, &id) && id.year)
			return record_set_id(&p->base.record, t.text, t.len, good, err);
	}
	return SHEAF_OK;
}

/* The primary category is the feed's, or one of the archive whose feed it is. */
static int is_own(const rss_parser *p, const rss_part *category)
{
	size_t n = strlen(p->category);

	return !n || !category->len ||
	       (category->len >= n && str_ieq_n(category->text, p->category, n) &&
	        (category->len == n || category->text[n] == '.'));
}

static sheaf_status add_title(rss_parser *p, rss_parts *title, sheaf_error *err)
{
	record      *r = &p->base.record;
	int          ended = rss_split_title(buf_str(&p->title), p->title.len, title);
	sheaf_status status = SHEAF_OK;
	const char  *text = title->rest.text;
	size_t       len = title->rest.len;

	if (ended && title->kind == ANNOUNCEMENT_REPLACE && !is_own(p, &title->category))
		title->kind = ANNOUNCEMENT_REPLACE_CROSS;
	if (p->is_old) {
		text = plain(p, text, len, &status, err);
		len = p->plain.len;
	}
	if (status == SHEAF_OK)
		status = record_set(r, SHEAF_FIELD_TITLE, text, len, err);
	if (status == SHEAF_OK && title->category.len && !sheaf_document_category_count(r->doc))
		status = document_add_category_n(r->doc, title->category.text, title->category.len,
		                                 err);
	return status;
}

static sheaf_status add_description(rss_parser *p, rss_parts *description, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	const char  *text;
	size_t       len;

	rss_split_description(buf_str(&p->description), p->description.len, description);
	text = description->rest.text;
	len = description->rest.len;
	if (p->is_old || rss_is_html(text, len)) {
		text = plain(p, text, len, &status, err);
		len = p->plain.len;
		str_trim(&text, &len);
	}
	return status == SHEAF_OK
	               ? record_set(&p->base.record, SHEAF_FIELD_ABSTRACT, text, len, err)
	               : status;
}

static void announce(rss_parser *p, announcement_kind by_text)
{
	source_info    *info = &p->base.info;
	sheaf_document *doc = p->base.record.doc;

	/* A feed without a day of its own is of the latest of its items' days. */
	if (p->day_by >= DAY_ITEM && p->day > info->feed_day) {
		info->feed_day = p->day;
		p->day_by = DAY_ITEM;
	}
	doc->source = DOCUMENT_SOURCE_RSS;
	doc->announced.kind = p->kind ? p->kind : by_text;
	doc->announced.day = p->day != INT64_MIN ? p->day : info->feed_day;
}

static sheaf_status on_item_end(void *ctx, const xml_element *e, sheaf_error *err)
{
	rss_parser  *p = ctx;
	rss_parts    title, description;
	int          good = 0;
	sheaf_status status;

	(void)e;
	xml_stream_record_seen(p->stream);
	status = add_title(p, &title, err);
	if (status == SHEAF_OK)
		status = add_description(p, &description, err);
	if (status == SHEAF_OK)
		status = set_id(p,
		                (const rss_part[ID_KINDS]){{p->guid, strlen(p->guid)},
		                                           description.id,
		                                           title.id,
		                                           {p->link, strlen(p->link)}},
		                &good, err);
	if (status != SHEAF_OK)
		return status;
	if (!good)
		return source_reject(&p->base, p->ordinal, "has no arXiv identifier", err);
	announce(p, description.kind ? description.kind : title.kind);
	return source_emit(&p->base, p->ordinal, err);
}

/* states, element, inside, text, argument, begin, end */
static const xml_rule rules[] = {
	{ITEM, "title", LEAF, 1, 0, NULL, on_title},
	{ITEM, "description", LEAF, 1, 0, NULL, on_description},
	{ITEM, "summary", LEAF, 1, 0, NULL, on_description},
	{ITEM, "guid", LEAF, 1, 0, NULL, on_guid},
	{ITEM, "id", LEAF, 1, 0, NULL, on_guid},
	{ITEM, "link", LEAF, 1, 0, on_atom_link, on_link},
	{ITEM, "category", LEAF, 1, 0, on_term, on_category},
	{ITEM, "creator", LEAF, 1, 0, NULL, on_creator},
	{ITEM, "author", AUTHOR, 0, 0, NULL, on_author_end},
	{AUTHOR, "name", LEAF, 1, AUTHOR_NAME, NULL, on_name},
	{AUTHOR, "affiliation", LEAF, 1, AUTHOR_AFFILIATION, NULL, on_name},
	{ITEM, "pubDate", LEAF, 1, 0, NULL, on_day},
	{ITEM, "published", LEAF, 1, 0, NULL, on_day},
	{ITEM, "announce_type", LEAF, 1, 0, NULL, on_kind},
	{ITEM, "rights", LEAF, 1, SHEAF_FIELD_LICENSE, NULL, on_field},
	{ITEM, "DOI", LEAF, 1, SHEAF_FIELD_DOI, NULL, on_field},
	{ITEM, "doi", LEAF, 1, SHEAF_FIELD_DOI, NULL, on_field},
	{ITEM, "journal_reference", LEAF, 1, SHEAF_FIELD_JOURNAL_REF, NULL, on_field},
	{ITEM, "journal_ref", LEAF, 1, SHEAF_FIELD_JOURNAL_REF, NULL, on_field},
	{OUTER | CHANNEL, "item", ITEM, 0, 0, on_item, on_item_end},
	{FEED, "entry", ITEM, 0, 0, on_item, on_item_end},
	{CHANNEL | FEED, "title", LEAF, 1, 0, NULL, on_feed_title},
	{CHANNEL, "description", LEAF, 1, 0, NULL, on_feed_text},
	{FEED, "subtitle", LEAF, 1, 0, NULL, on_feed_text},
	{CHANNEL, "pubDate", LEAF, 1, DAY_PUBLISHED, NULL, on_feed_day},
	{CHANNEL, "date", LEAF, 1, DAY_EVENING, NULL, on_feed_day},
	{CHANNEL, "lastBuildDate", LEAF, 1, DAY_BUILT, NULL, on_feed_day},
	{FEED, "published", LEAF, 1, DAY_PUBLISHED, NULL, on_feed_day},
	{FEED, "updated", LEAF, 1, DAY_BUILT, NULL, on_feed_day},
	{OUTER, "channel", CHANNEL, 0, 0, NULL, NULL},
	{TOP, "rss", OUTER, 0, 0, on_feed, NULL},
	{TOP, "RDF", OUTER, 0, 1, on_feed, NULL},
	{TOP, "feed", FEED, 0, 0, on_feed, NULL},
	{TOP, NULL, TOP, 0, 0, on_wrapper, NULL},
};

/* ---- the format ---- */

static sheaf_status rss_open(source_parser *parser, sheaf_error *err)
{
	rss_parser *p = (rss_parser *)parser;

	p->day_by = DAY_UNKNOWN;
	p->parts[0] = (xml_rules){rules, sizeof rules / sizeof *rules};
	return xml_stream_new(p->parts, 1, p, &p->stream, err);
}

static sheaf_status rss_feed(source_parser *parser, const char *bytes, size_t len, sheaf_error *err)
{
	return xml_stream_feed(((rss_parser *)parser)->stream, bytes, len, err);
}

static sheaf_status rss_finish(source_parser *parser, int *truncated, sheaf_error *err)
{
	rss_parser  *p = (rss_parser *)parser;
	sheaf_status status = xml_stream_finish(p->stream, truncated, err);

	/* Every feed has a description; it was kept for the case of an error. */
	if (!*p->base.info.error_code)
		*p->base.info.error_text = 0;
	if (status == SHEAF_OK && !p->understood)
		return sheaf_fail(err, SHEAF_ERROR_PROTOCOL,
		                  "no announcement feed: its outermost element is <%s>",
		                  p->outermost);
	return status;
}

static void rss_close(source_parser *parser)
{
	rss_parser *p = (rss_parser *)parser;

	xml_stream_free(p->stream);
	buf_free(&p->title);
	buf_free(&p->description);
	buf_free(&p->plain);
}

const source_format source_rss = {sizeof(rss_parser), rss_open, rss_feed, rss_finish, rss_close};
