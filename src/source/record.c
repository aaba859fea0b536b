#include "record.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "datetime.h"
#include "error.h"
#include "str.h"

sheaf_status record_init(record *r, sheaf_error *err)
{
	for (size_t i = 0; i < AUTHOR_PARTS; i++)
		r->author[i].cap = DOCUMENT_TEXT_MAX;
	return sheaf_document_new(&r->doc, err);
}

void record_free(record *r)
{
	for (size_t i = 0; i < AUTHOR_PARTS; i++)
		buf_free(&r->author[i]);
	mem_free(r->versions);
	sheaf_document_free(r->doc);
}

static void clear_author(record *r)
{
	for (size_t i = 0; i < AUTHOR_PARTS; i++)
		buf_clear(&r->author[i]);
}

void record_clear(record *r)
{
	sheaf_document_clear(r->doc);
	r->doc->source = DOCUMENT_SOURCE_NONE;
	r->doc->announced = (announcement){ANNOUNCEMENT_NONE, INT64_MIN};
	clear_author(r);
	r->version_count = 0;
	r->exported = 0;
}

/* What stands between the values of a field that may come again; NULL: it may not. */
static const char *joint(sheaf_field field)
{
	switch (field) {
	case SHEAF_FIELD_DOI: return " ";
	case SHEAF_FIELD_MSC_CLASS:
	case SHEAF_FIELD_ACM_CLASS: return "; ";
	default: return NULL;
	}
}

static sheaf_status join(record *r, sheaf_field field, const char *before, const char *text,
                         size_t len, sheaf_error *err)
{
	buf          both = BUF_INIT(DOCUMENT_TEXT_MAX);
	sheaf_status status;

	buf_puts(&both, before);
	buf_puts(&both, joint(field));
	buf_append(&both, text, len);
	/* Past the cap the values so far stay. */
	status = both.status == SHEAF_ERROR_NOMEM ? sheaf_nomem(err) : SHEAF_OK;
	if (both.status == SHEAF_OK)
		status = sheaf_document_set_text(r->doc, field, both.data, both.len, err);
	buf_free(&both);
	return status;
}

sheaf_status record_set(record *r, sheaf_field field, const char *text, size_t len,
                        sheaf_error *err)
{
	const char *trimmed = text, *before;
	size_t      trimmed_len = len;

	str_trim(&trimmed, &trimmed_len);
	if (!trimmed_len)
		return SHEAF_OK;
	if (field != SHEAF_FIELD_ABSTRACT) {
		text = trimmed;
		len = trimmed_len;
	}
	before = sheaf_document_get_text(r->doc, field);
	if (!before)
		return sheaf_document_set_text(r->doc, field, text, len, err);
	return joint(field) ? join(r, field, before, text, len, err) : SHEAF_OK;
}

sheaf_field record_class_field(const char *text, size_t len)
{
	if (len > 2 && text[0] >= 'A' && text[0] <= 'K' && text[1] == '.')
		return SHEAF_FIELD_ACM_CLASS;
	for (size_t i = 1; i < len; i++)
		if (str_is_digit((unsigned char)text[i]) &&
		    str_is_digit((unsigned char)text[i - 1]))
			return SHEAF_FIELD_MSC_CLASS;
	return SHEAF_FIELD_ACM_CLASS;
}

sheaf_status record_set_id(record *r, const char *text, size_t len, int *good, sheaf_error *err)
{
	sheaf_status status;

	str_trim(&text, &len);
	status = len ? sheaf_document_set_text(r->doc, SHEAF_FIELD_ID, text, len, NULL)
	             : SHEAF_ERROR_INVALID_ARGUMENT;
	*good = status == SHEAF_OK;
	return status == SHEAF_ERROR_NOMEM ? sheaf_nomem(err) : SHEAF_OK;
}

sheaf_status record_set_time(record *r, sheaf_field field, const char *text, size_t len,
                             sheaf_error *err)
{
	sheaf_time time;

	return time_parse(text, len, &time) ? sheaf_document_set_value(r->doc, field, time, err)
	                                    : SHEAF_OK;
}

void record_read_time(sheaf_time *time, const char *text, size_t len)
{
	if (!time_parse(text, len, time))
		*time = SHEAF_TIME_NONE;
}

void record_author_part(record *r, author_part part, const char *text, size_t len)
{
	buf *b = &r->author[part];

	str_trim(&text, &len);
	if (!len)
		return;
	if (b->len)
		buf_puts(b, part == AUTHOR_AFFILIATION ? "; " : " ");
	buf_append(b, text, len);
}

sheaf_status record_author_end(record *r, sheaf_error *err)
{
	const char  *part[AUTHOR_PARTS];
	sheaf_author author;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < AUTHOR_PARTS; i++) {
		if (r->author[i].status == SHEAF_ERROR_NOMEM)
			return sheaf_nomem(err);
		part[i] = r->author[i].len ? r->author[i].data : NULL;
	}
	author = (sheaf_author){part[AUTHOR_NAME], part[AUTHOR_KEYNAME], part[AUTHOR_FORENAMES],
	                        part[AUTHOR_SUFFIX], part[AUTHOR_AFFILIATION]};
	if ((author.name || author.keyname || author.forenames) &&
	    sheaf_document_author_count(r->doc) < DOCUMENT_AUTHORS_MAX) {
		status = sheaf_document_add_author(r->doc, &author, err);
		r->doc->parsed_names |= author.keyname != NULL;
	}
	clear_author(r);
	return status;
}

void record_drop_authors(record *r)
{
	r->doc->author_count = 0;
	buf_clear(&r->doc->author_text);
	r->doc->parsed_names = 0;
}

/* "v2", "2"; 0 for what is neither. */
static int version_number(const char *text, size_t len)
{
	int number = 0;

	str_trim(&text, &len);
	if (len && (*text == 'v' || *text == 'V'))
		text++, len--;
	if (!len || len > 6)
		return 0;
	for (size_t i = 0; i < len; i++) {
		if (!str_is_digit((unsigned char)text[i]))
			return 0;
		number = number * 10 + (text[i] - '0');
	}
	return number;
}

sheaf_status record_add_version(record *r, const char *number, size_t len, record_version **version,
                                sheaf_error *err)
{
	record_version *v;

	*version = NULL;
	if (r->version_count == DOCUMENT_VERSIONS_MAX)
		return SHEAF_OK;
	if (r->version_count == r->version_size) {
		size_t size = r->version_size ? 2 * r->version_size : 8;

		v = mem_realloc_array(r->versions, size, sizeof *v);
		if (!v)
			return sheaf_nomem(err);
		r->versions = v;
		r->version_size = size;
	}
	v = &r->versions[r->version_count++];
	memset(v, 0, sizeof *v);
	v->created = SHEAF_TIME_NONE;
	v->number = version_number(number, len);
	if (!v->number)
		v->number = r->version_count > 1 ? v[-1].number + 1 : 1;
	*version = v;
	return SHEAF_OK;
}

record_version *record_find_version(record *r, int64_t number)
{
	for (size_t i = 0; i < r->version_count; i++)
		if (r->versions[i].number == number)
			return &r->versions[i];
	return NULL;
}

void record_version_text(char out[RECORD_SHORT_MAX], const char *text, size_t len)
{
	str_trim(&text, &len);
	if (len >= RECORD_SHORT_MAX)
		len = RECORD_SHORT_MAX - 1;
	memcpy(out, text, len);
	out[len] = 0;
}

static int by_number(const void *a, const void *b)
{
	const record_version *x = a, *y = b;

	return (x->number > y->number) - (x->number < y->number);
}

/* As they mostly are. */
static int in_order(const record *r)
{
	for (size_t i = 1; i < r->version_count; i++)
		if (r->versions[i].number < r->versions[i - 1].number)
			return 0;
	return 1;
}

sheaf_status record_close_versions(record *r, sheaf_error *err)
{
	const record_version *first = r->versions, *last;
	sheaf_status          status = SHEAF_OK;

	if (!r->version_count)
		return SHEAF_OK;
	if (!in_order(r))
		qsort(r->versions, r->version_count, sizeof *r->versions, by_number);
	last = &r->versions[r->version_count - 1];
	for (size_t i = 0; i < r->version_count && status == SHEAF_OK; i++) {
		const record_version  *v = &r->versions[i];
		sheaf_document_version version = {v->number, v->created, *v->size ? v->size : NULL,
		                                  *v->type ? v->type : NULL};

		status = sheaf_document_add_version(r->doc, &version, err);
	}
	if (status == SHEAF_OK && first->number == 1)
		status = sheaf_document_set_value(r->doc, SHEAF_FIELD_SUBMITTED, first->created,
		                                  err);
	if (status == SHEAF_OK)
		status = sheaf_document_set_value(r->doc, SHEAF_FIELD_UPDATED, last->created, err);
	if (status == SHEAF_OK)
		status = sheaf_document_set_value(r->doc, SHEAF_FIELD_VERSION, last->number, err);
	if (status == SHEAF_OK)
		status = sheaf_document_set_value(r->doc, SHEAF_FIELD_WITHDRAWN,
		                                  strchr(last->type, 'I') != NULL, err);
	return status;
}
