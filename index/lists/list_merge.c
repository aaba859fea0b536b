#include "list_merge.h"

#include "list_cursor_private.h"

/* The posting at hand of a list. */
static sheaf_status merge_posting(list_cursor *c, const list_lengths *lengths, list_writer *w,
                                  list_counts *gone, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	int64_t      length = lengths->get(lengths->ctx, c->revision, &status, err);
	posting      p;

	if (length < -1)
		return status;
	list_cursor_read(c);
	if (c->status != SHEAF_OK)
		return c->status;
	p = (posting){c->revision, c->title, c->abstract, c->other,
	              length < UINT32_MAX ? (uint32_t)length : UINT32_MAX};
	if (length >= 0)
		return list_writer_add(w, &p, err);
	list_counts_add(gone, &p, 1);
	return SHEAF_OK;
}

sheaf_status list_merge(list_cursor *cursors, size_t count, const list_lengths *lengths,
                        list_writer *w, list_counts *gone, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	*gone = (list_counts){0};
	for (size_t i = 0; i < count; i++) {
		list_cursor *c = &cursors[i];

		for (list_cursor_next(c); status == SHEAF_OK && c->revision != LIST_END;
		     list_cursor_next(c))
			status = merge_posting(c, lengths, w, gone, err);
		if (status == SHEAF_OK)
			status = c->status;
		if (status != SHEAF_OK)
			return status;
	}
	return SHEAF_OK;
}
