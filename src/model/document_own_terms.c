/* The caller's own terms. */
#include <string.h>

#include "document_private.h"
#include "error.h"
#include "str.h"
#include "utf8.h"

static int compare(const document_term *t, const char *text, size_t len)
{
	int order = memcmp(t->text, text, t->len < len ? t->len : len);

	return order ? order : (t->len > len) - (t->len < len);
}

/* The place of a term, or where it would be; *found 1 where it is there. */
static size_t find(const sheaf_document *doc, const char *text, size_t len, int *found)
{
	size_t low = 0, high = doc->term_count;

	/* Mostly they come in order. */
	if (high && compare(&doc->terms[high - 1], text, len) < 0)
		low = high;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (compare(&doc->terms[mid], text, len) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	*found = low < doc->term_count && compare(&doc->terms[low], text, len) == 0;
	return low;
}

/* Without blanks and control characters; U+0080 to U+009F are some, too. */
static int is_term(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c <= 0x20 || c == 0x7F || (c == 0xC2 && (unsigned char)text[i + 1] < 0xA0))
			return 0;
	}
	return len > 0 && utf8_valid_prefix(text, len) == len;
}

static sheaf_status insert_term(sheaf_document *doc, size_t at, const char *text, size_t len,
                                sheaf_error *err)
{
	document_term *grown;
	const char    *copy;

	if (doc->term_count == SHEAF_TERMS_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "'%s' is one more than the %d terms that a document may have",
		                  text, SHEAF_TERMS_MAX);
	grown = document_grow(doc->terms, doc->term_count, &doc->term_size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	doc->terms = grown;
	copy = arena_strndup(&doc->arena, text, len);
	if (!copy)
		return sheaf_nomem(err);
	memmove(&grown[at + 1], &grown[at], (doc->term_count - at) * sizeof *grown);
	grown[at] = (document_term){copy, len, 0};
	doc->term_count++;
	return SHEAF_OK;
}

sheaf_status sheaf_document_add_term(sheaf_document *doc, const char *term, unsigned wdf_inc,
                                     sheaf_error *err)
{
	size_t       len = term ? strlen(term) : 0, at;
	unsigned     wdf;
	int          found;
	sheaf_status status = SHEAF_OK;

	if (!doc || !term)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no document or no term");
	if (len > SHEAF_TERM_BYTES_MAX || !is_term(term, len))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a term has 1 to %d bytes of UTF-8 without blanks",
		                  SHEAF_TERM_BYTES_MAX);
	at = find(doc, term, len, &found);
	wdf = found ? doc->terms[at].wdf : 0;
	if (wdf_inc > SHEAF_WDF_MAX - wdf)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a document may have '%s' %d times at most", term, SHEAF_WDF_MAX);
	if (wdf_inc > SHEAF_WDF_SUM_MAX - doc->wdf_sum)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the terms of a document may occur %d times in all",
		                  SHEAF_WDF_SUM_MAX);
	if (!found)
		status = insert_term(doc, at, term, len, err);
	if (status != SHEAF_OK)
		return status;
	doc->wdf_sum += wdf_inc;
	doc->terms[at].wdf = wdf + wdf_inc;
	doc->terms_known = 1;
	return SHEAF_OK;
}

sheaf_status sheaf_document_remove_term(sheaf_document *doc, const char *term, sheaf_error *err)
{
	int    found = 0;
	size_t at = doc && term ? find(doc, term, strlen(term), &found) : 0;

	if (!found)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the document has no term '%.64s'", term ? term : "");
	doc->wdf_sum -= doc->terms[at].wdf;
	doc->term_count--;
	memmove(&doc->terms[at], &doc->terms[at + 1], (doc->term_count - at) * sizeof *doc->terms);
	doc->terms_known = 1;
	return SHEAF_OK;
}

void sheaf_document_clear_terms(sheaf_document *doc)
{
	if (!doc)
		return;
	doc->term_count = doc->wdf_sum = 0;
	doc->terms_known = 1;
}

size_t sheaf_document_term_count(const sheaf_document *doc)
{
	return doc ? doc->term_count : 0;
}

const char *sheaf_document_get_term(const sheaf_document *doc, size_t i, unsigned *wdf)
{
	int known = doc && i < doc->term_count;

	if (wdf)
		*wdf = known ? doc->terms[i].wdf : 0;
	return known ? doc->terms[i].text : NULL;
}

sheaf_status document_copy_terms(sheaf_document *to, const sheaf_document *from, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < from->term_count; i++)
		status = sheaf_document_add_term(to, from->terms[i].text, from->terms[i].wdf, err);
	to->terms_known |= from->terms_known;
	return status;
}

int document_same_terms(const sheaf_document *a, const sheaf_document *b)
{
	if (a->term_count != b->term_count)
		return 0;
	for (size_t i = 0; i < a->term_count; i++)
		if (a->terms[i].wdf != b->terms[i].wdf ||
		    !str_eq(a->terms[i].text, b->terms[i].text))
			return 0;
	return 1;
}

void document_pack_terms(const sheaf_document *doc, buf *out)
{
	for (size_t i = 0; i < doc->term_count; i++)
		buf_printf(out, "%s%u %s", i ? "\n" : "", doc->terms[i].wdf, doc->terms[i].text);
}

/* Cuts a line (modified) into frequency and term. */
static sheaf_status unpack_line(sheaf_document *doc, char *line, sheaf_error *err)
{
	char   *blank = strchr(line, ' ');
	int64_t wdf = -1;

	if (blank)
		*blank = 0;
	if (!blank || !str_to_int64(line, &wdf) || wdf < 0 || wdf > SHEAF_WDF_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no frequency");
	return sheaf_document_add_term(doc, blank + 1, (unsigned)wdf, err);
}

sheaf_status document_unpack_terms(sheaf_document *doc, const char *packed, sheaf_error *err)
{
	char        *line = packed && *packed ? arena_strdup(&doc->arena, packed) : NULL;
	sheaf_status status = SHEAF_OK;

	if (packed && *packed && !line)
		return sheaf_nomem(err);
	while (status == SHEAF_OK && line) {
		char *end = strchr(line, '\n');

		if (end)
			*end = 0;
		status = unpack_line(doc, line, err);
		line = end ? end + 1 : NULL;
	}
	if (status == SHEAF_ERROR_INVALID_ARGUMENT)
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "document %lld has damaged terms of its own",
		                    (long long)doc->docid);
	return status;
}
