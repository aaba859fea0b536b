#include <string.h>

#include "alloc.h"
#include "arxiv_id.h"
#include "document_private.h"
#include "error.h"
#include "field.h"
#include "utf8.h"

static void reset_numbers(sheaf_document *doc)
{
	for (size_t i = 0; i < SHEAF_FIELD_COUNT; i++)
		doc->value[i] = SHEAF_TIME_NONE;
	doc->value[SHEAF_FIELD_VERSION] = 0;
	doc->value[SHEAF_FIELD_WITHDRAWN] = doc->value[SHEAF_FIELD_ANNOUNCED_SEEN] = 0;
	doc->value[SHEAF_FIELD_CHANGE] = SHEAF_CHANGE_NEW;
	doc->announced = (announcement){ANNOUNCEMENT_NONE, INT64_MIN};
	doc->source = DOCUMENT_SOURCE_NONE;
	doc->merged = 0;
}

sheaf_status sheaf_document_new(sheaf_document **out, sheaf_error *err)
{
	sheaf_document *doc = mem_calloc(1, sizeof *doc);

	*out = NULL;
	if (!doc)
		return sheaf_nomem(err);
	reset_numbers(doc);
	*out = doc;
	return SHEAF_OK;
}

void sheaf_document_free(sheaf_document *doc)
{
	if (!doc)
		return;
	arena_free(&doc->arena);
	mem_free(doc->authors);
	mem_free(doc->categories);
	mem_free(doc->versions);
	mem_free(doc->slots);
	mem_free(doc->terms);
	buf_free(&doc->author_text);
	buf_free(&doc->category_text);
	buf_free(&doc->scratch);
	mem_free(doc);
}

void sheaf_document_clear(sheaf_document *doc)
{
	arena_clear(&doc->arena);
	doc->docid = 0;
	doc->revision = 0;
	memset(doc->text, 0, sizeof doc->text);
	memset(doc->text_len, 0, sizeof doc->text_len);
	reset_numbers(doc);
	doc->author_count = doc->category_count = doc->version_count = 0;
	buf_clear(&doc->author_text);
	buf_clear(&doc->category_text);
	doc->parsed_names = 0;
	doc->data = NULL;
	doc->data_len = doc->slot_count = doc->term_count = doc->wdf_sum = 0;
	doc->data_known = doc->slots_known = doc->terms_known = 0;
}

/* A copy in the arena with broken UTF-8 repaired; *out_len may be NULL. */
static char *keep_text(sheaf_document *doc, const char *text, size_t len, size_t *out_len)
{
	char *copy;

	if (len > DOCUMENT_TEXT_MAX)
		len = utf8_floor(text, DOCUMENT_TEXT_MAX);
	if (utf8_valid_prefix(text, len) == len) {
		copy = arena_strndup(&doc->arena, text, len);
	} else {
		buf_clear(&doc->scratch);
		utf8_append_clean(&doc->scratch, text, len);
		len = doc->scratch.len;
		copy = doc->scratch.status == SHEAF_OK
		               ? arena_strndup(&doc->arena, buf_str(&doc->scratch), len)
		               : NULL;
	}
	if (out_len)
		*out_len = copy ? len : 0;
	return copy;
}

char *document_trim(char *text, size_t len)
{
	while (len && text[len - 1] == ' ')
		len--;
	text[len] = 0;
	while (*text == ' ')
		text++;
	return *text ? text : NULL;
}

char *document_keep_line(sheaf_document *doc, const char *text, size_t len, int *failed)
{
	char *copy;

	if (!text)
		return NULL;
	copy = keep_text(doc, text, len, &len);
	if (!copy) {
		*failed = 1;
		return NULL;
	}
	for (size_t i = 0; i < len; i++)
		copy[i] = (unsigned char)copy[i] < 0x20 ? ' ' : copy[i];
	return document_trim(copy, len);
}

static char *keep_string(sheaf_document *doc, const char *text, int *failed)
{
	return text ? document_keep_line(doc, text, strlen(text), failed) : NULL;
}

static sheaf_status set_id(sheaf_document *doc, const char *text, size_t len, sheaf_error *err)
{
	arxiv_id id;

	if (!arxiv_id_parse(text, len, &id))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "'%.*s' is no arXiv identifier", (int)(len < 64 ? len : 64),
		                  text);
	doc->text[SHEAF_FIELD_ID] = arena_strdup(&doc->arena, id.id);
	if (!doc->text[SHEAF_FIELD_ID])
		return sheaf_nomem(err);
	doc->text_len[SHEAF_FIELD_ID] = strlen(id.id);
	if (id.version)
		doc->value[SHEAF_FIELD_VERSION] = id.version;
	return SHEAF_OK;
}

static int has_one_text(const field_info *info)
{
	return info && info->field != SHEAF_FIELD_ANY && info->field != SHEAF_FIELD_AUTHOR &&
	       info->field != SHEAF_FIELD_CATEGORY && info->field != SHEAF_FIELD_PRIMARY_CATEGORY &&
	       info->field != SHEAF_FIELD_IS && info->field != SHEAF_FIELD_HAS &&
	       info->field != SHEAF_FIELD_TERM && info->field != SHEAF_FIELD_CHANGE &&
	       info->kind != FIELD_VALUE;
}

sheaf_status sheaf_document_set_text(sheaf_document *doc, sheaf_field field, const char *text,
                                     size_t len, sheaf_error *err)
{
	char *copy;

	if (!doc || !has_one_text(field_get(field)))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "field %d holds no single text", (int)field);
	if (!text) {
		doc->text[field] = NULL;
		doc->text_len[field] = 0;
		return SHEAF_OK;
	}
	if (len == SIZE_MAX)
		len = strlen(text);
	if (field == SHEAF_FIELD_ID)
		return set_id(doc, text, len, err);
	copy = keep_text(doc, text, len, &len);
	if (!copy)
		return sheaf_nomem(err);
	doc->text[field] = len ? copy : NULL;
	doc->text_len[field] = len;
	return SHEAF_OK;
}

const char *sheaf_document_get_text(const sheaf_document *doc, sheaf_field field)
{
	if (!doc || (unsigned)field >= SHEAF_FIELD_COUNT)
		return NULL;
	switch (field) {
	case SHEAF_FIELD_AUTHOR: return doc->author_count ? buf_str(&doc->author_text) : NULL;
	case SHEAF_FIELD_CATEGORY: return doc->category_count ? buf_str(&doc->category_text) : NULL;
	case SHEAF_FIELD_PRIMARY_CATEGORY: return doc->category_count ? doc->categories[0] : NULL;
	default: return doc->text[field];
	}
}

sheaf_status sheaf_document_set_value(sheaf_document *doc, sheaf_field field, int64_t value,
                                      sheaf_error *err)
{
	const field_info *info = field_get(field);

	if (!doc || !info || info->kind != FIELD_VALUE || field == SHEAF_FIELD_DATE ||
	    field == SHEAF_FIELD_LENGTH)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "field %d holds no value",
		                  (int)field);
	if (field == SHEAF_FIELD_VERSION || field == SHEAF_FIELD_WITHDRAWN) {
		if (value == SHEAF_TIME_NONE)
			value = 0;
		if (value < 0 || value > (field == SHEAF_FIELD_VERSION ? DOCUMENT_VERSION_MAX : 1))
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "%lld is no %s",
			                  (long long)value, info->name);
	} else if (value != SHEAF_TIME_NONE &&
	           (value < -DOCUMENT_TIME_MAX || value > DOCUMENT_TIME_MAX)) {
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "%lld is no time",
		                  (long long)value);
	}
	doc->value[field] = value;
	return SHEAF_OK;
}

int64_t sheaf_document_get_value(const sheaf_document *doc, sheaf_field field)
{
	if (!doc || (unsigned)field >= SHEAF_FIELD_COUNT)
		return SHEAF_TIME_NONE;
	if (field == SHEAF_FIELD_DATE)
		return document_get_date(doc, field).time;
	return doc->value[field];
}

void *document_grow(void *array, size_t count, size_t *size, size_t element)
{
	size_t want = *size ? *size * 2 : 8;
	void  *bigger;

	if (count < *size)
		return array;
	bigger = mem_realloc_array(array, want, element);
	if (bigger)
		*size = want;
	return bigger;
}

static const char *full_name(sheaf_document *doc, const sheaf_author *a)
{
	buf *b = &doc->scratch;

	buf_clear(b);
	if (a->forenames)
		buf_puts(b, a->forenames);
	if (a->keyname) {
		if (b->len)
			buf_putc(b, ' ');
		buf_puts(b, a->keyname);
	}
	if (a->suffix) {
		if (b->len)
			buf_putc(b, ' ');
		buf_puts(b, a->suffix);
	}
	return b->status == SHEAF_OK ? arena_strndup(&doc->arena, buf_str(b), b->len) : NULL;
}

sheaf_status document_add_kept_author(sheaf_document *doc, const sheaf_author *author,
                                      sheaf_error *err)
{
	sheaf_author *grown;

	if (!*author->name || doc->author_count == DOCUMENT_AUTHORS_MAX)
		return SHEAF_OK;
	grown = document_grow(doc->authors, doc->author_count, &doc->author_size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	doc->authors = grown;
	doc->authors[doc->author_count++] = *author;
	if (doc->author_count > 1)
		buf_append(&doc->author_text, ", ", 2);
	buf_puts(&doc->author_text, author->name);
	return buf_status(&doc->author_text, err);
}

sheaf_status sheaf_document_add_author(sheaf_document *doc, const sheaf_author *author,
                                       sheaf_error *err)
{
	sheaf_author a;
	int          failed = 0;

	if (!doc || !author)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no document or no author");
	a.name = keep_string(doc, author->name, &failed);
	a.keyname = keep_string(doc, author->keyname, &failed);
	a.forenames = keep_string(doc, author->forenames, &failed);
	a.suffix = keep_string(doc, author->suffix, &failed);
	a.affiliation = keep_string(doc, author->affiliation, &failed);
	if (!a.name && !failed)
		a.name = full_name(doc, &a);
	if (failed || !a.name)
		return sheaf_nomem(err);
	return document_add_kept_author(doc, &a, err);
}

size_t sheaf_document_author_count(const sheaf_document *doc)
{
	return doc ? doc->author_count : 0;
}

const sheaf_author *sheaf_document_get_author(const sheaf_document *doc, size_t i)
{
	return doc && i < doc->author_count ? &doc->authors[i] : NULL;
}

sheaf_status sheaf_document_add_category(sheaf_document *doc, const char *category,
                                         sheaf_error *err)
{
	if (!doc || !category)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no document or no category");
	return document_add_category_n(doc, category, strlen(category), err);
}

sheaf_status document_add_category_n(sheaf_document *doc, const char *category, size_t len,
                                     sheaf_error *err)
{
	const char **grown, *copy;
	int          failed = 0;

	copy = document_keep_line(doc, category, len, &failed);
	if (failed)
		return sheaf_nomem(err);
	if (!copy || doc->category_count == DOCUMENT_CATEGORIES_MAX)
		return SHEAF_OK;
	for (size_t i = 0; i < doc->category_count; i++)
		if (strcmp(doc->categories[i], copy) == 0)
			return SHEAF_OK;
	grown = document_grow(doc->categories, doc->category_count, &doc->category_size,
	                      sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	doc->categories = grown;
	doc->categories[doc->category_count++] = copy;
	if (doc->category_count > 1)
		buf_putc(&doc->category_text, ' ');
	buf_puts(&doc->category_text, copy);
	return buf_status(&doc->category_text, err);
}

size_t sheaf_document_category_count(const sheaf_document *doc)
{
	return doc ? doc->category_count : 0;
}

const char *sheaf_document_get_category(const sheaf_document *doc, size_t i)
{
	return doc && i < doc->category_count ? doc->categories[i] : NULL;
}

sheaf_status sheaf_document_add_version(sheaf_document *doc, const sheaf_document_version *version,
                                        sheaf_error *err)
{
	sheaf_document_version v, *grown;
	int                    failed = 0;

	if (!doc || !version || version->number < 1)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "versions count from 1");
	v = *version;
	v.size = keep_string(doc, version->size, &failed);
	v.source_type = keep_string(doc, version->source_type, &failed);
	if (failed)
		return sheaf_nomem(err);
	if (doc->version_count == DOCUMENT_VERSIONS_MAX)
		return SHEAF_OK;
	grown = document_grow(doc->versions, doc->version_count, &doc->version_size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	doc->versions = grown;
	doc->versions[doc->version_count++] = v;
	return SHEAF_OK;
}

size_t sheaf_document_version_count(const sheaf_document *doc)
{
	return doc ? doc->version_count : 0;
}

const sheaf_document_version *sheaf_document_get_version(const sheaf_document *doc, size_t i)
{
	return doc && i < doc->version_count ? &doc->versions[i] : NULL;
}

sheaf_docid sheaf_document_get_docid(const sheaf_document *doc)
{
	return doc ? doc->docid : 0;
}

sheaf_revision sheaf_document_get_revision(const sheaf_document *doc)
{
	return doc ? doc->revision : 0;
}
