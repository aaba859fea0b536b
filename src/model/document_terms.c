/* Boolean terms and dates: what a document is filtered and sorted by. */
#include <string.h>

#include "arxiv_id.h"
#include "datetime.h"
#include "document_private.h"
#include "field.h"
#include "str.h"

enum {
	BOOLEAN_TERM_MAX = 200, /* bytes of a value */
	DEL = 0x7F
};

/* What cannot be a term of the caller's gets a DEL, which none of them has. */
static void own_term_value(const char *value, size_t len, buf *out)
{
	const char *at = value;

	if (len > SHEAF_TERM_BYTES_MAX) {
		len = SHEAF_TERM_BYTES_MAX - 1;
		buf_putc(out, DEL);
	}
	for (; len; at++, len--)
		buf_putc(out, (unsigned char)*at <= 0x20 ? DEL : *at);
}

void boolean_term_value(sheaf_field field, const char *value, size_t len, buf *out)
{
	arxiv_id id;
	char     form[BOOLEAN_TERM_MAX];

	if (field == SHEAF_FIELD_TERM) {
		own_term_value(value, len, out);
		return;
	}
	str_trim(&value, &len);
	if (field == SHEAF_FIELD_ID && arxiv_id_parse(value, len, &id)) {
		value = id.id;
		len = strlen(id.id);
	}
	if (len > BOOLEAN_TERM_MAX)
		len = BOOLEAN_TERM_MAX;
	for (size_t i = 0; i < len; i++) {
		char c = value[i];

		if (c >= 'A' && c <= 'Z')
			c = (char)(c + 'a' - 'A');
		form[i] = (unsigned char)c <= 0x20 || c == DEL ? '_' : c;
	}
	buf_append(out, form, len);
}

/* `cs.NE` belongs to its archive, too: `cat:cs` finds it without a walk through the classes. */
static size_t archive_len(const char *category)
{
	const char *dot = strchr(category, '.');

	return dot ? (size_t)(dot - category) : 0;
}

/* 1 where an earlier category is in this archive, or any is the archive itself. */
static int archive_is_known(const sheaf_document *doc, size_t upto, const char *archive, size_t len)
{
	for (size_t i = 0; i < doc->category_count; i++) {
		const char *c = doc->categories[i];

		if ((i < upto && archive_len(c) == len && memcmp(c, archive, len) == 0) ||
		    (strlen(c) == len && memcmp(c, archive, len) == 0))
			return 1;
	}
	return 0;
}

static void add_term(buf *out, sheaf_field field, const char *value, size_t len)
{
	size_t start = out->len, bare;

	/* A column's text begins with a control character. */
	if (start && (unsigned char)out->data[start - 1] > ' ')
		buf_putc(out, ' ');
	buf_puts(out, field_get(field)->name);
	buf_putc(out, ':');
	bare = out->len;
	boolean_term_value(field, value, len, out);
	if (out->len == bare)
		buf_truncate(out, start);
}

/* A term for each part of a text that lists several, divided by any of `separators`. */
static void add_parts(buf *out, sheaf_field field, const char *text, const char *separators)
{
	while (text && *text) {
		size_t n = strcspn(text, separators);

		if (n)
			add_term(out, field, text, n);
		text += n;
		text += strspn(text, separators);
	}
}

static int is_updated(const sheaf_document *doc)
{
	int64_t    version = doc->value[SHEAF_FIELD_VERSION];
	sheaf_time submitted = doc->value[SHEAF_FIELD_SUBMITTED];
	sheaf_time updated = doc->value[SHEAF_FIELD_UPDATED];

	if (version)
		return version > 1;
	return submitted != SHEAF_TIME_NONE && updated != SHEAF_TIME_NONE && updated > submitted;
}

static int is_blank(const char *text)
{
	while (text && str_is_space((unsigned char)*text))
		text++;
	return !text || !*text;
}

static void add_states(const sheaf_document *doc, buf *out)
{
	static const struct {
		sheaf_field field;
		const char *name;
	} parts[] = {
		{SHEAF_FIELD_DOI, "doi"},          {SHEAF_FIELD_JOURNAL_REF, "journal"},
		{SHEAF_FIELD_COMMENTS, "comment"}, {SHEAF_FIELD_REPORT_NO, "report"},
		{SHEAF_FIELD_LICENSE, "license"},  {SHEAF_FIELD_MSC_CLASS, "msc"},
		{SHEAF_FIELD_ACM_CLASS, "acm"},
	};
	const char *state = is_updated(doc) ? "updated" : "new";

	add_term(out, SHEAF_FIELD_IS, state, strlen(state));
	if (doc->value[SHEAF_FIELD_WITHDRAWN])
		add_term(out, SHEAF_FIELD_IS, "withdrawn", strlen("withdrawn"));
	for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
		if (!is_blank(doc->text[parts[i].field]))
			add_term(out, SHEAF_FIELD_HAS, parts[i].name, strlen(parts[i].name));
}

const char *document_change_name(const sheaf_document *doc)
{
	int64_t kind = doc->value[SHEAF_FIELD_CHANGE];

	return kind > SHEAF_CHANGE_UNKNOWN && kind < SHEAF_CHANGE_KINDS
	               ? field_values(SHEAF_FIELD_CHANGE)[kind - 1]
	               : NULL;
}

static void add_change(const sheaf_document *doc, buf *out)
{
	const char *name = document_change_name(doc);

	if (name)
		add_term(out, SHEAF_FIELD_CHANGE, name, strlen(name));
}

/* Once more than the frequency says, so that those which only filter are found, and weigh nothing. */
static void add_own_terms(const sheaf_document *doc, buf *out)
{
	for (size_t i = 0; i < doc->term_count; i++) {
		const document_term *t = &doc->terms[i];

		for (unsigned n = t->wdf + 1; n; n--)
			add_term(out, SHEAF_FIELD_TERM, t->text, t->len);
	}
}

void document_boolean_terms(const sheaf_document *doc, buf *out)
{
	if (doc->text[SHEAF_FIELD_ID])
		add_term(out, SHEAF_FIELD_ID, doc->text[SHEAF_FIELD_ID],
		         doc->text_len[SHEAF_FIELD_ID]);
	for (size_t i = 0; i < doc->category_count; i++)
		add_term(out, SHEAF_FIELD_CATEGORY, doc->categories[i], strlen(doc->categories[i]));
	for (size_t i = 0; i < doc->category_count; i++) {
		size_t len = archive_len(doc->categories[i]);

		if (len && !archive_is_known(doc, i, doc->categories[i], len))
			add_term(out, SHEAF_FIELD_CATEGORY, doc->categories[i], len);
	}
	if (doc->category_count) {
		const char *primary = doc->categories[0];

		add_term(out, SHEAF_FIELD_PRIMARY_CATEGORY, primary, strlen(primary));
		if (archive_len(primary))
			add_term(out, SHEAF_FIELD_PRIMARY_CATEGORY, primary, archive_len(primary));
	}
	add_parts(out, SHEAF_FIELD_DOI, doc->text[SHEAF_FIELD_DOI], " \t\r\n");
	add_parts(out, SHEAF_FIELD_MSC_CLASS, doc->text[SHEAF_FIELD_MSC_CLASS], " \t\r\n,;()");
	add_parts(out, SHEAF_FIELD_ACM_CLASS, doc->text[SHEAF_FIELD_ACM_CLASS], " \t\r\n,;()");
	add_states(doc, out);
	add_change(doc, out);
	add_own_terms(doc, out);
}

static document_date id_date(const sheaf_document *doc)
{
	document_date date = {SHEAF_TIME_NONE, 0};
	arxiv_id      id;
	const char   *text = doc->text[SHEAF_FIELD_ID];

	if (text && arxiv_id_parse(text, strlen(text), &id) && id.month) {
		date.time = date_days(id.year, id.month, 1) * 86400;
		date.month_only = 1;
	}
	return date;
}

document_date document_get_date(const sheaf_document *doc, sheaf_field field)
{
	document_date date = {doc->value[SHEAF_FIELD_SUBMITTED], 0};
	sheaf_time    updated = doc->value[SHEAF_FIELD_UPDATED];

	if (field == SHEAF_FIELD_ANNOUNCED)
		return (document_date){doc->value[SHEAF_FIELD_ANNOUNCED], 0};
	if (updated != SHEAF_TIME_NONE &&
	    (field == SHEAF_FIELD_UPDATED ||
	     (field == SHEAF_FIELD_DATE && date.time == SHEAF_TIME_NONE)))
		date.time = updated;
	return date.time == SHEAF_TIME_NONE ? id_date(doc) : date;
}
