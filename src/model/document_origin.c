#include "document_origin.h"

#include <string.h>

#include "str.h"

const sheaf_field origin_fields[ORIGIN_FIELDS] = {
	SHEAF_FIELD_TITLE,       SHEAF_FIELD_ABSTRACT,  SHEAF_FIELD_AUTHOR,   SHEAF_FIELD_COMMENTS,
	SHEAF_FIELD_JOURNAL_REF, SHEAF_FIELD_REPORT_NO, SHEAF_FIELD_CATEGORY, SHEAF_FIELD_DOI,
	SHEAF_FIELD_MSC_CLASS,   SHEAF_FIELD_ACM_CLASS, SHEAF_FIELD_LICENSE,  SHEAF_FIELD_SUBMITTER,
	SHEAF_FIELD_PROXY,       SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_VERSION,  SHEAF_FIELD_UPDATED,
};

/* In the order of origin_fields, and of document_source. */
static const char field_letters[] = "tbacjrkdmqlspfvu";
static const char source_letters[] = "-DFPOXSR";

_Static_assert(sizeof field_letters == ORIGIN_FIELDS + 1, "a letter for each field");
_Static_assert(sizeof source_letters == DOCUMENT_SOURCES + 1, "a letter for each source");

enum { DAY = 86400 };
#define DAY_MAX (DOCUMENT_TIME_MAX / DAY)

static int64_t day_of(sheaf_time time)
{
	if (time == SHEAF_TIME_NONE)
		return INT64_MIN;
	return time / DAY - (time % DAY < 0);
}

static document_origin own_origin(const sheaf_document *doc)
{
	return (document_origin){
		(unsigned char)doc->source, (int32_t)doc->value[SHEAF_FIELD_VERSION],
		doc->value[SHEAF_FIELD_DATESTAMP], day_of(doc->value[SHEAF_FIELD_UPDATED])};
}

document_origin origin_of(const sheaf_document *doc, sheaf_field field)
{
	return doc->merged ? doc->origin[field] : own_origin(doc);
}

int origin_is_unknown(const document_origin *origin)
{
	return origin->source == DOCUMENT_SOURCE_NONE && !origin->version &&
	       origin->datestamp == SHEAF_TIME_NONE && origin->day == INT64_MIN;
}

int origin_is_same(const document_origin *a, const document_origin *b)
{
	return a->source == b->source && a->version == b->version && a->datestamp == b->datestamp &&
	       a->day == b->day;
}

/* Dublin Core's records are stamped for more reasons than the others'. */
static int dates_compare(const document_origin *a, const document_origin *b)
{
	return a->datestamp != SHEAF_TIME_NONE && b->datestamp != SHEAF_TIME_NONE &&
	       (a->source == DOCUMENT_SOURCE_OAI_DC) == (b->source == DOCUMENT_SOURCE_OAI_DC);
}

static int compare(int64_t a, int64_t b)
{
	return (a > b) - (a < b);
}

/* Formats that number no versions tell at least the day of the one they describe. */
int origin_compare_versions(const document_origin *a, const document_origin *b)
{
	if (a->version && b->version)
		return compare(a->version, b->version);
	return a->day == INT64_MIN || b->day == INT64_MIN ? 0 : compare(a->day, b->day);
}

int origin_compare(const document_origin *a, const document_origin *b)
{
	if (a->version && b->version && a->version != b->version)
		return compare(a->version, b->version);
	if (dates_compare(a, b))
		return compare(a->datestamp, b->datestamp);
	return origin_compare_versions(a, b);
}

/* Only `arXiv` has names taken apart; of all else the version history's format is the exactest. */
int origin_rank(document_source source, sheaf_field field)
{
	static const unsigned char ranks[2][DOCUMENT_SOURCES] = {
		{
			[DOCUMENT_SOURCE_OAI_DC] = 1,
			[DOCUMENT_SOURCE_RSS] = 2,
			[DOCUMENT_SOURCE_API] = 3,
			[DOCUMENT_SOURCE_ARXIV_OLD] = 4,
			[DOCUMENT_SOURCE_ARXIV] = 5,
			[DOCUMENT_SOURCE_SNAPSHOT] = 6,
			[DOCUMENT_SOURCE_ARXIV_RAW] = 7,
		},
		{
			[DOCUMENT_SOURCE_OAI_DC] = 1,
			[DOCUMENT_SOURCE_RSS] = 2,
			[DOCUMENT_SOURCE_API] = 3,
			[DOCUMENT_SOURCE_ARXIV_OLD] = 4,
			[DOCUMENT_SOURCE_ARXIV_RAW] = 5,
			[DOCUMENT_SOURCE_SNAPSHOT] = 6,
			[DOCUMENT_SOURCE_ARXIV] = 7,
		},
	};

	return ranks[field == SHEAF_FIELD_AUTHOR][source];
}

int origin_tells_absence(document_source source, sheaf_field field)
{
	switch (field) {
	case SHEAF_FIELD_COMMENTS:
	case SHEAF_FIELD_JOURNAL_REF:
	case SHEAF_FIELD_REPORT_NO:
	case SHEAF_FIELD_DOI:
	case SHEAF_FIELD_LICENSE: return source >= DOCUMENT_SOURCE_ARXIV_OLD;
	case SHEAF_FIELD_MSC_CLASS:
	case SHEAF_FIELD_ACM_CLASS:
		return source >= DOCUMENT_SOURCE_ARXIV_OLD && source != DOCUMENT_SOURCE_SNAPSHOT;
	case SHEAF_FIELD_PROXY: return source == DOCUMENT_SOURCE_ARXIV_RAW;
	default: return 0;
	}
}

int document_has(const sheaf_document *doc, sheaf_field field)
{
	switch (field) {
	case SHEAF_FIELD_AUTHOR: return doc->author_count != 0;
	case SHEAF_FIELD_CATEGORY: return doc->category_count != 0;
	case SHEAF_FIELD_VERSION: return doc->version_count != 0;
	case SHEAF_FIELD_SUBMITTED:
	case SHEAF_FIELD_UPDATED: return doc->value[field] != SHEAF_TIME_NONE;
	default: return doc->text[field] != NULL;
	}
}

static const document_origin unknown = {DOCUMENT_SOURCE_NONE, 0, SHEAF_TIME_NONE, INT64_MIN};

/* 1 where the copy tells of the field: what it holds, or that this version is without it. */
static int is_told(const sheaf_document *doc, const document_origin *own, sheaf_field field)
{
	return document_has(doc, field) ||
	       ((own->version || own->day != INT64_MIN) &&
	        origin_tells_absence((document_source)own->source, field));
}

static const document_origin *expected(const sheaf_document *doc, const document_origin *own,
                                       sheaf_field field)
{
	return is_told(doc, own, field) ? own : &unknown;
}

void document_set_origins(sheaf_document *doc)
{
	document_origin own = own_origin(doc);

	for (size_t i = 0; i < ORIGIN_FIELDS; i++)
		doc->origin[origin_fields[i]] = *expected(doc, &own, origin_fields[i]);
	doc->merged = 0;
}

void document_fold_origins(sheaf_document *doc)
{
	document_origin own = own_origin(doc);

	doc->merged = 0;
	for (size_t i = 0; i < ORIGIN_FIELDS && !doc->merged; i++)
		doc->merged = !origin_is_same(&doc->origin[origin_fields[i]],
		                              expected(doc, &own, origin_fields[i]));
}

/* ---- as stored ---- */

static void pack_one(const sheaf_document *doc, size_t first, buf *out)
{
	const document_origin *o = &doc->origin[origin_fields[first]];

	if (out->len)
		buf_putc(out, ' ');
	buf_putc(out, source_letters[o->source]);
	buf_put_int64(out, o->version);
	buf_putc(out, '@');
	if (o->datestamp != SHEAF_TIME_NONE)
		buf_put_int64(out, o->datestamp);
	buf_putc(out, '/');
	if (o->day != INT64_MIN)
		buf_put_int64(out, o->day);
	buf_putc(out, ':');
	for (size_t i = first; i < ORIGIN_FIELDS; i++)
		if (origin_is_same(&doc->origin[origin_fields[i]], o))
			buf_putc(out, field_letters[i]);
}

/* 1 where an earlier field has the same origin. */
static int is_packed(const sheaf_document *doc, size_t i)
{
	for (size_t j = 0; j < i; j++)
		if (origin_is_same(&doc->origin[origin_fields[j]], &doc->origin[origin_fields[i]]))
			return 1;
	return 0;
}

void document_pack_origins(const sheaf_document *doc, buf *out)
{
	buf packed = BUF_INIT(0);

	if (!doc->merged) {
		if (doc->source != DOCUMENT_SOURCE_NONE)
			buf_putc(out, source_letters[doc->source]);
		return;
	}
	for (size_t i = 0; i < ORIGIN_FIELDS; i++)
		if (!origin_is_unknown(&doc->origin[origin_fields[i]]) && !is_packed(doc, i))
			pack_one(doc, i, &packed);
	buf_puts(out, buf_str(&packed));
	if (packed.status != SHEAF_OK)
		out->status = packed.status;
	buf_free(&packed);
}

static int read_source(char letter, document_source *source)
{
	const char *at = letter ? strchr(source_letters, letter) : NULL;

	*source = at ? (document_source)(at - source_letters) : DOCUMENT_SOURCE_NONE;
	return at != NULL;
}

/* A number up to `end`, which must follow; NULL where there is none. */
static const char *read_number(const char *p, char end, int64_t *number, int *empty)
{
	char        digits[24];
	const char *stop = strchr(p, end);
	size_t      len = stop ? (size_t)(stop - p) : sizeof digits;

	if (len >= sizeof digits)
		return NULL;
	memcpy(digits, p, len);
	digits[len] = 0;
	*empty = !len;
	return !len || str_to_int64(digits, number) ? stop + 1 : NULL;
}

/* The same of what may be untold, and is no further than `max` from 1970. */
static const char *read_date(const char *p, char end, int64_t max, int64_t *date)
{
	int64_t number = 0;
	int     empty;

	p = read_number(p, end, &number, &empty);
	if (!p || number < -max || number > max)
		return NULL;
	if (!empty)
		*date = number;
	return p;
}

/* One copy and its fields; what follows it, or NULL at the end and where it cannot be read. */
static const char *unpack_one(sheaf_document *doc, const char *p)
{
	document_source source;
	document_origin origin = unknown;
	int64_t         number = 0;
	int             empty;

	if (!read_source(*p, &source) || !(p = read_number(p + 1, '@', &number, &empty)) ||
	    number < 0 || number > DOCUMENT_VERSION_MAX)
		return NULL;
	origin.source = (unsigned char)source;
	origin.version = (int32_t)number;
	p = read_date(p, '/', DOCUMENT_TIME_MAX, &origin.datestamp);
	if (p)
		p = read_date(p, ':', DAY_MAX, &origin.day);
	if (!p)
		return NULL;
	for (; *p && *p != ' '; p++) {
		const char *at = strchr(field_letters, *p);

		if (at)
			doc->origin[origin_fields[at - field_letters]] = origin;
	}
	return *p ? p + 1 : NULL;
}

void document_unpack_origins(sheaf_document *doc, const char *packed)
{
	doc->source = DOCUMENT_SOURCE_NONE;
	if (!packed || !packed[0] || !packed[1]) {
		read_source(packed ? *packed : 0, &doc->source);
		document_set_origins(doc);
		return;
	}
	for (size_t i = 0; i < ORIGIN_FIELDS; i++)
		doc->origin[origin_fields[i]] = unknown;
	doc->merged = 1;
	while (packed)
		packed = unpack_one(doc, packed);
}
