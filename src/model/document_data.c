/* The caller's payload. */
#include <string.h>

#include "document_private.h"
#include "error.h"

enum { DATA_MAX = 1 << 20 };

sheaf_status sheaf_document_set_data(sheaf_document *doc, const void *data, size_t len,
                                     sheaf_error *err)
{
	char *copy;

	if (!doc)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no document");
	if (data && len > DATA_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "%zu bytes of data are more than %d", len, DATA_MAX);
	copy = data ? arena_strndup(&doc->arena, data, len) : NULL;
	if (data && !copy)
		return sheaf_nomem(err);
	doc->data = copy;
	doc->data_len = copy ? len : 0;
	doc->data_known = 1;
	return SHEAF_OK;
}

const void *sheaf_document_get_data(const sheaf_document *doc, size_t *len)
{
	if (len)
		*len = doc ? doc->data_len : 0;
	return doc ? doc->data : NULL;
}

sheaf_status document_copy_data(sheaf_document *to, const sheaf_document *from, sheaf_error *err)
{
	return from->data_known ? sheaf_document_set_data(to, from->data, from->data_len, err)
	                        : SHEAF_OK;
}

int document_same_data(const sheaf_document *a, const sheaf_document *b)
{
	return !a->data == !b->data && a->data_len == b->data_len &&
	       (!a->data_len || memcmp(a->data, b->data, a->data_len) == 0);
}
