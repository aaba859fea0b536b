#include "import_deleted.h"

#include <string.h>

#include "alloc.h"
#include "error.h"

sheaf_status import_deleted_add(import_deleted *d, const char *id, sheaf_time datestamp,
                                sheaf_error *err)
{
	size_t           len = strlen(id);
	import_deletion *one;

	if (len >= ARXIV_ID_SIZE)
		return SHEAF_OK;
	if (d->count == d->size) {
		size_t size = d->size ? 2 * d->size : 64;

		one = mem_realloc_array(d->list, size, sizeof *one);
		if (!one)
			return sheaf_nomem(err);
		d->list = one;
		d->size = size;
	}
	one = &d->list[d->count++];
	memcpy(one->id, id, len + 1);
	one->datestamp = datestamp;
	return SHEAF_OK;
}

void import_deleted_free(import_deleted *d)
{
	mem_free(d->list);
	*d = (import_deleted){0};
}
