#include <sheaf/eset.h>
#include <string.h>

#include "alloc.h"
#include "document_private.h"
#include "error.h"
#include "eset_private.h"

sheaf_status sheaf_rset_new(sheaf_rset **rset, sheaf_error *err)
{
	*rset = mem_calloc(1, sizeof **rset);
	return *rset ? SHEAF_OK : sheaf_nomem(err);
}

void sheaf_rset_free(sheaf_rset *rset)
{
	if (!rset)
		return;
	for (size_t i = 0; i < rset->text_count; i++)
		mem_free(rset->texts[i].text);
	mem_free(rset->texts);
	mem_free(rset->documents);
	mem_free(rset);
}

/* Where a document is, or belongs. */
static size_t place_of(const sheaf_rset *rset, sheaf_docid docid)
{
	size_t low = 0, high = rset->document_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (rset->documents[middle].docid < docid)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int sheaf_rset_contains(const sheaf_rset *rset, sheaf_docid docid)
{
	size_t at = place_of(rset, docid);

	return at < rset->document_count && rset->documents[at].docid == docid;
}

size_t sheaf_rset_size(const sheaf_rset *rset)
{
	if (!rset)
		return 0;
	return rset->document_count + rset->text_count;
}

/* Makes room for one more in an array of `count`; answers where the array is then, NULL: no memory. */
static void *room_for_one(void *array, size_t count, size_t *size, size_t element)
{
	size_t larger = *size ? *size * 2 : 16;

	if (count < *size)
		return array;
	array = mem_realloc_array(array, larger, element);
	if (array)
		*size = larger;
	return array;
}

#define RSET_WEIGHT_MAX 1e9

static sheaf_status check_weight(double weight, sheaf_error *err)
{
	if (weight > 0 && weight <= RSET_WEIGHT_MAX)
		return SHEAF_OK;
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
	                  "the weight of a relevant document must be above 0, and at most %.0f",
	                  RSET_WEIGHT_MAX);
}

sheaf_status sheaf_rset_add_document(sheaf_rset *rset, sheaf_docid docid, double weight,
                                     sheaf_error *err)
{
	sheaf_status   status = check_weight(weight, err);
	size_t         at = place_of(rset, docid);
	rset_document *grown;

	if (status != SHEAF_OK)
		return status;
	if (docid <= 0)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a docid begins at 1, not at %lld", (long long)docid);
	if (sheaf_rset_contains(rset, docid)) {
		rset->documents[at].weight = weight;
		return SHEAF_OK;
	}
	grown = room_for_one(rset->documents, rset->document_count, &rset->document_size,
	                     sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	rset->documents = grown;
	memmove(&grown[at + 1], &grown[at], (rset->document_count - at) * sizeof *grown);
	grown[at] = (rset_document){docid, weight};
	rset->document_count++;
	return SHEAF_OK;
}

sheaf_status sheaf_rset_add_text(sheaf_rset *rset, const char *text, size_t len, double weight,
                                 sheaf_error *err)
{
	sheaf_status status = check_weight(weight, err);
	rset_text   *grown;
	char        *copy;

	if (status != SHEAF_OK)
		return status;
	if (!text)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no text");
	if (len == SIZE_MAX)
		len = strlen(text);
	if (len > DOCUMENT_TEXT_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a relevant text of %zu bytes is too long: at most %d", len,
		                  DOCUMENT_TEXT_MAX);
	grown = room_for_one(rset->texts, rset->text_count, &rset->text_size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	rset->texts = grown;
	copy = mem_strndup(text, len);
	if (!copy)
		return sheaf_nomem(err);
	grown[rset->text_count++] = (rset_text){copy, len, weight};
	return SHEAF_OK;
}

void sheaf_rset_remove_document(sheaf_rset *rset, sheaf_docid docid)
{
	size_t at = place_of(rset, docid);

	if (!sheaf_rset_contains(rset, docid))
		return;
	rset->document_count--;
	memmove(&rset->documents[at], &rset->documents[at + 1],
	        (rset->document_count - at) * sizeof *rset->documents);
}
