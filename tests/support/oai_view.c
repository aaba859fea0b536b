#include "oai_view.h"

#include "datetime.h"
#include "error.h"
#include "escape.h"
#include "oai_record.h"
#include "oai_request.h"
#include "str.h"

/* What a verb's answer is made of. */
typedef struct oai_context {
	const listing *l;
	oai_request    request;
	size_t         page_size;
	buf           *out;
	arena          texts; /* of one paper at a time */
	oai_memory    *old;   /* NULL: the server of 2025 */
} oai_context;

static const struct {
	const char *code, *text;
} errors[] = {
	[OAI_FINE] = {"", ""},
	[OAI_BAD_VERB] = {"badVerb", "The verb is missing, unknown, or there twice."},
	[OAI_BAD_ARGUMENT] = {"badArgument",
                              "An argument is missing, unknown, repeated, or badly written."},
	[OAI_BAD_TOKEN] = {"badResumptionToken",
                           "The resumption token is not valid, or no longer."},
	[OAI_NO_FORMAT] = {"cannotDisseminateFormat", "The record does not come in this format."},
	[OAI_NO_ID] = {"idDoesNotExist", "No record has this identifier."},
	[OAI_NO_RECORDS] = {"noRecordsMatch",
                            "No record fits the dates, the set and the format together."},
};

static void open_envelope(buf *out, sheaf_time now, const oai_request *r)
{
	const struct {
		const char *name, *value;
	} echoed[] = {
		{"metadataPrefix", r ? r->prefix : NULL},
		{"identifier", r ? r->identifier : NULL},
		{"from", r ? r->from : NULL},
		{"until", r ? r->until : NULL},
		{"set", r ? r->set : NULL},
	};
	char time[TIME_TEXT_SIZE];

	time_format_iso(now, time);
	buf_printf(out,
	           "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	           "<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\">\n"
	           "    <responseDate>%s</responseDate>\n    <request",
	           time);
	if (r && r->verb)
		buf_printf(out, " verb=\"%s\"", r->verb);
	for (size_t i = 0; i < sizeof echoed / sizeof *echoed; i++) {
		if (!echoed[i].value)
			continue;
		buf_printf(out, " %s=\"", echoed[i].name);
		reply_text(out, echoed[i].value);
		buf_putc(out, '"');
	}
	buf_puts(out, ">http://127.0.0.1/oai</request>\n\n\n");
}

static void write_error(buf *out, const char *code, const char *text, const char *reason)
{
	buf_printf(out, "    <error code='%s'>", code);
	reply_text(out, text);
	if (reason) {
		buf_puts(out, " Reason: ");
		reply_text(out, reason);
	}
	buf_puts(out, "</error>\n");
}

void oai_view_error(reply *out, sheaf_time now, const char *code, const char *text)
{
	open_envelope(&out->body, now, NULL);
	write_error(&out->body, code, text, NULL);
	buf_puts(&out->body, "</OAI-PMH>\n");
}

static void identify(oai_context *c)
{
	buf_puts(c->out, "    <Identify>\n"
	                 "        <repositoryName>Synthetic listing</repositoryName>\n"
	                 "        <baseURL>http://127.0.0.1/oai</baseURL>\n"
	                 "        <protocolVersion>2.0</protocolVersion>\n"
	                 "        <adminEmail>nobody@example.org</adminEmail>\n"
	                 "        <earliestDatestamp>2005-09-16</earliestDatestamp>\n"
	                 "        <deletedRecord>persistent</deletedRecord>\n"
	                 "        <granularity>YYYY-MM-DD</granularity>\n"
	                 "    </Identify>\n");
}

static void write_set(buf *out, const char *spec, const char *name)
{
	buf_puts(out, "        <set>\n");
	reply_element(out, "            ", "setSpec", spec);
	reply_element(out, "            ", "setName", name);
	buf_puts(out, "        </set>\n");
}

static void list_sets(oai_context *c)
{
	buf_puts(c->out, "    <ListSets>\n");
	for (size_t i = 0; vocabulary_groups[i][0]; i++)
		write_set(c->out, vocabulary_groups[i][0], vocabulary_groups[i][1]);
	for (size_t i = 0; i < vocabulary_category_count; i++)
		write_set(c->out, vocabulary_categories[i].spec, vocabulary_categories[i].name);
	buf_puts(c->out, "    </ListSets>\n");
}

static void list_formats(oai_context *c)
{
	buf_puts(c->out, "    <ListMetadataFormats>\n");
	for (size_t i = 0; oai_record_format(i); i++)
		buf_printf(
			c->out,
			"        <metadataFormat>\n            <metadataPrefix>%s</metadataPrefix>\n"
			"            <schema>http://arxiv.org/OAI/%s.xsd</schema>\n"
			"            <metadataNamespace>http://arxiv.org/OAI/%s/</metadataNamespace>\n"
			"        </metadataFormat>\n",
			oai_record_format(i), oai_record_format(i), oai_record_format(i));
	buf_puts(c->out, "    </ListMetadataFormats>\n");
}

static void get_record(oai_context *c)
{
	static const char scheme[] = "oai:arXiv.org:";
	const char       *id = c->request.identifier;
	size_t            index;
	paper             p;

	if (!id) {
		c->request.error = OAI_BAD_ARGUMENT;
		c->request.reason = "an identifier is needed";
	} else if (!str_starts(id, scheme) || !listing_find(c->l, id + sizeof scheme - 1, &index)) {
		c->request.error = OAI_NO_ID;
	} else if (listing_paper(c->l, index, 0, &c->texts, &p, NULL) == SHEAF_OK) {
		buf_puts(c->out, "    <GetRecord>\n");
		oai_record_write(c->out, &p, c->request.prefix, c->old != NULL);
		buf_puts(c->out, "    </GetRecord>\n");
	}
}

/* The token is a query string, percent-encoded, and once more by whoever sends it back. */
static void write_token(oai_context *c, int64_t day, size_t skip)
{
	const oai_request *r = &c->request;
	char               from[TIME_TEXT_SIZE], expires[TIME_TEXT_SIZE];
	buf                query = BUF_INIT(0), token = BUF_INIT(0);

	time_format_date(day * 86400, from);
	time_format_date((c->l->options.to_day + 1) * 86400, expires);
	buf_printf(&query, "verb=%s&metadataPrefix=%s&from=%s", r->verb, r->prefix, from);
	if (r->until)
		buf_printf(&query, "&until=%s", r->until);
	if (r->set)
		buf_printf(&query, "&set=%s", r->set);
	buf_printf(&query, "&skip=%zu", skip);
	escape_query(&token, buf_str(&query));
	buf_printf(
		c->out,
		"        <resumptionToken expirationDate='%sT00:00:00Z'>%s</resumptionToken>\n\n",
		expires, buf_str(&token));
	buf_free(&query);
	buf_free(&token);
}

/* Where a page ends: the day of its last record, and how many of that day were shown by now. */
typedef struct page_end {
	int64_t day;
	size_t  of_day;
	size_t  written;
	int     more; /* 1: there is another record */
} page_end;

static int in_range(const oai_context *c, const listing_slot *slot)
{
	return slot->datestamp >= c->request.from_day && slot->datestamp <= c->request.until_day;
}

static sheaf_status write_page(oai_context *c, int headers, page_end *end, sheaf_error *err)
{
	size_t  seen = 0, of_day = 0;
	int64_t day = -1;

	for (size_t i = 0; i < c->l->count && !end->more; i++) {
		const listing_slot *slot = &c->l->order[i];
		sheaf_status        status;
		paper               p;

		if (!in_range(c, slot))
			continue;
		arena_clear(&c->texts);
		status = listing_paper(c->l, slot->index, 0, &c->texts, &p, err);
		if (status)
			return status;
		if (!oai_set_holds(c->request.set, &p))
			continue;
		of_day = slot->datestamp == day ? of_day + 1 : 1;
		day = slot->datestamp;
		if (seen++ < c->request.skip)
			continue;
		end->more = end->written == c->page_size;
		if (end->more)
			break;
		oai_record_write(c->out, &p, headers ? NULL : c->request.prefix, c->old != NULL);
		end->day = day;
		end->of_day = of_day;
		end->written++;
	}
	return SHEAF_OK;
}

static size_t count_all(oai_context *c)
{
	size_t count = 0;

	for (size_t i = 0; i < c->l->count; i++) {
		paper p;

		arena_clear(&c->texts);
		if (in_range(c, &c->l->order[i]) &&
		    listing_paper(c->l, c->l->order[i].index, 0, &c->texts, &p, NULL) == SHEAF_OK)
			count += oai_set_holds(c->request.set, &p) != 0;
	}
	return count;
}

static void put_argument(buf *query, const char *name, const char *value)
{
	if (!value)
		return;
	buf_printf(query, "%s%s=", query->len ? "&" : "", name);
	escape_query(query, value);
}

/* Of a list that one page could hold there is none. */
static void write_old_token(oai_context *c, const page_end *end)
{
	oai_request *r = &c->request;
	buf          query = BUF_INIT(0);

	if (!r->resumed && !end->more)
		return;
	put_argument(&query, "metadataPrefix", r->prefix);
	put_argument(&query, "from", r->from);
	put_argument(&query, "until", r->until);
	put_argument(&query, "set", r->set);
	if (!r->resumed)
		r->list = oai_old_begin(c->old, buf_str(&query));
	oai_old_write(c->out, r->list, r->skip, r->skip + end->written, count_all(c));
	buf_free(&query);
}

static sheaf_status list_records(oai_context *c, sheaf_error *err)
{
	int          headers = str_eq(c->request.verb, "ListIdentifiers");
	page_end     end = {.day = 0};
	sheaf_status status;

	buf_printf(c->out, "    <%s>\n", c->request.verb);
	status = write_page(c, headers, &end, err);
	if (!end.written)
		c->request.error = c->request.resumed ? OAI_BAD_TOKEN : OAI_NO_RECORDS;
	else if (c->old)
		write_old_token(c, &end);
	else if (end.more)
		write_token(c, end.day, end.of_day);
	else if (c->request.resumed)
		buf_puts(c->out, "        <resumptionToken/>\n\n");
	buf_printf(c->out, "    </%s>\n", c->request.verb);
	return status;
}

static const struct {
	oai_verb verb;
	void (*write)(oai_context *c); /* NULL: a list */
} verbs[] = {
	{{"Identify", {NULL}, 0}, identify},
	{{"ListSets", {"resumptionToken", NULL}, 0}, list_sets},
	{{"ListMetadataFormats", {"identifier", NULL}, 0}, list_formats},
	{{"GetRecord", {"identifier", "metadataPrefix", NULL}, 0}, get_record},
	{{"ListRecords", {"metadataPrefix", "from", "until", "set", "resumptionToken", NULL}, 1},
         NULL},
	{{"ListIdentifiers",
          {"metadataPrefix", "from", "until", "set", "resumptionToken", NULL},
          1},
         NULL},
};
enum { VERB_COUNT = sizeof verbs / sizeof *verbs };

static size_t find_verb(const char *name)
{
	size_t i = 0;

	while (i < VERB_COUNT && !str_eq(verbs[i].verb.name, name))
		i++;
	return i;
}

static sheaf_status write_content(oai_context *c, size_t verb, sheaf_error *err)
{
	size_t       start = c->out->len;
	sheaf_status status = SHEAF_OK;

	if (!c->request.error && verbs[verb].write)
		verbs[verb].write(c);
	else if (!c->request.error)
		status = list_records(c, err);
	if (c->request.error) {
		buf_truncate(c->out, start);
		write_error(c->out, errors[c->request.error].code, errors[c->request.error].text,
		            c->request.reason);
	}
	buf_puts(c->out, "</OAI-PMH>\n");
	return status;
}

sheaf_status oai_view_answer(const listing *l, const form_args *args, size_t page_size,
                             int token_expired, oai_memory *old, reply *out, sheaf_error *err)
{
	oai_context  c = {.l = l, .page_size = page_size, .out = &out->body, .old = old};
	size_t       verb = find_verb(form_get(args, "verb"));
	arena        a = {NULL, 0};
	sheaf_status status;

	status = oai_request_read(&c.request, verb < VERB_COUNT ? &verbs[verb].verb : NULL, args, l,
	                          old, &a, err);
	if (status)
		goto out;
	if (token_expired && c.request.resumed)
		c.request.error = OAI_BAD_TOKEN;
	open_envelope(c.out, listing_now(l), c.request.error ? NULL : &c.request);
	status = write_content(&c, verb, err);
	if (!status)
		status = buf_status(c.out, err);
out:
	arena_free(&a);
	arena_free(&c.texts);
	return status;
}
