#include "list_merge.h"

#include "list_cursor_private.h"

/*
 * Postings of a list whose blocks go as they are: where two such lists meet, blocks that are not full stay, which takes
 * room.
 */
enum { COPY_MIN = 4 * LIST_BLOCK };

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

/* Blocks of long lists, as they are. */
static sheaf_status copy_blocks(list_cursor *c, list_writer *w, sheaf_error *err)
{
	list_whole_block b;
	sheaf_status     status = SHEAF_OK;

	list_writer_count(w, &c->counts);
	while (status == SHEAF_OK && list_cursor_take_block(c, &b))
		status = list_writer_add_block(w, &b, err);
	return status == SHEAF_OK ? c->status : status;
}

static sheaf_status merge_postings(list_cursor *c, const list_lengths *lengths, list_writer *w,
                                   list_counts *gone, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (list_cursor_next(c); status == SHEAF_OK && c->revision != LIST_END;
	     list_cursor_next(c))
		status = merge_posting(c, lengths, w, gone, err);
	return status == SHEAF_OK ? c->status : status;
}

sheaf_status list_merge(list_cursor *cursors, size_t count, const list_lengths *lengths,
                        list_writer *w, list_counts *gone, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	*gone = (list_counts){0};
	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		list_cursor *c = &cursors[i];

		if (lengths->all && c->counts.documents >= COPY_MIN)
			status = copy_blocks(c, w, err);
		else
			status = merge_postings(c, lengths, w, gone, err);
	}
	return status;
}
