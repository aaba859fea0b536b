#include "adopt.h"

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "segment_merge.h"

static sheaf_status choose_number(adoption *a, sheaf_error *err)
{
	a->target.segment = segment_structure_new_number(&a->structure);
	if (a->target.segment)
		return SHEAF_OK;
	return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "%s: the index has no room for a segment; run 'sheaf reindex'",
	                  a->db->path);
}

sheaf_status adopt_begin(sheaf_database *db, size_t page_size, adoption *a, sheaf_error *err)
{
	sheaf_status status;

	*a = (adoption){.db = db, .page_size = page_size, .target = {db, 0}};
	status = shadow_open(db, err);
	if (status == SHEAF_OK)
		status = shadow_read_structure(db, &a->structure, err);
	if (status == SHEAF_OK)
		status = choose_number(a, err);
	if (status != SHEAF_OK) {
		segment_structure_free(&a->structure);
		shadow_close(db);
	}
	return status;
}

segment_sink adopt_sink(adoption *a)
{
	return shadow_sink(&a->target);
}

sheaf_status adopt_end(adoption *a, sheaf_status status, int64_t last_page,
                       const segment_averages *more, sheaf_error *err)
{
	const segment_range range = {a->target.segment, 1, last_page};

	if (status == SHEAF_OK && last_page) {
		status = segment_structure_add(&a->structure, &range, err);
		a->structure.writes += (uint64_t)last_page;
		if (status == SHEAF_OK)
			status = shadow_write_structure(a->db, &a->structure, err);
	}
	if (status == SHEAF_OK)
		status = shadow_add_averages(a->db, more, err);
	segment_structure_free(&a->structure);
	shadow_close(a->db);
	return status;
}

/* ---- merging ---- */

enum {
	LEVEL_PAGES = 256, /* that a segment on the lowest level may have, about */
	LEVEL_FACTOR = 4,  /* as many segments of a level FTS5 makes into one of the next */
	LEVEL_LAST = 20
};

/*
 * A large segment stands high, so that FTS5 does not merge it with the first few small ones that come
 * after it.
 */
static size_t level_of(int64_t pages)
{
	size_t level = 0;

	for (; pages > LEVEL_PAGES && level < LEVEL_LAST; pages /= LEVEL_FACTOR)
		level++;
	return level;
}

/* The list of one segment alone. */
static sheaf_status list_one(adoption *a, const segment_range *range, sheaf_error *err)
{
	size_t            level = level_of(range->last_page);
	segment_structure one = {.cookie = a->structure.cookie,
	                         .writes = a->structure.writes + (uint64_t)range->last_page};
	sheaf_status      status = SHEAF_OK;

	one.levels = mem_calloc(level + 1, sizeof *one.levels);
	if (!one.levels)
		return sheaf_nomem(err);
	one.level_count = 1;
	if (range->last_page)
		status = segment_structure_add(&one, range, err);
	if (status == SHEAF_OK && level) {
		one.levels[level] = one.levels[0];
		one.levels[0] = (segment_level){0};
		one.level_count = level + 1;
	}
	if (status == SHEAF_OK)
		status = shadow_write_structure(a->db, &one, err);
	segment_structure_free(&one);
	return status;
}

static void free_readers(segment_reader **readers, size_t count)
{
	for (size_t i = 0; readers && i < count; i++)
		segment_reader_free(readers[i]);
	mem_free(readers);
}

static sheaf_status open_readers(sheaf_database *db, const segment_range *list, size_t count,
                                 segment_reader ***out, sheaf_error *err)
{
	segment_source   source = shadow_source(db);
	segment_reader **readers = mem_calloc(count, sizeof(*readers));
	sheaf_status     status = readers ? SHEAF_OK : sheaf_nomem(err);

	*out = NULL;
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		status = segment_reader_new(&source, &list[i], &readers[i], err);
	if (status == SHEAF_OK)
		*out = readers;
	else
		free_readers(readers, count);
	return status;
}

static sheaf_status write_merged(adoption *a, const segment_range *list, size_t count,
                                 int64_t *last_page, sheaf_error *err)
{
	segment_sink     sink = shadow_sink(&a->target);
	segment_reader **readers;
	segment_writer  *w = NULL;
	sheaf_status     status = open_readers(a->db, list, count, &readers, err);

	if (status != SHEAF_OK)
		return status;
	status = segment_writer_new(a->page_size, &sink, &w, err);
	if (status == SHEAF_OK)
		status = segment_merge(readers, count, w, err);
	if (status == SHEAF_OK)
		status = segment_writer_finish(w, last_page, err);
	segment_writer_free(w);
	free_readers(readers, count);
	return status;
}

/*
 * What could not be read as segments is left to FTS5: it knows more forms. Pages written so far belong to
 * no segment and go.
 */
static sheaf_status merge_list(adoption *a, const segment_range *list, size_t count,
                               merge_ahead *ahead, int *done, sheaf_error *err)
{
	segment_range      range = {a->target.segment, 1, 0};
	const segment_sink sink = shadow_sink(&a->target);
	sheaf_error        why = {0};
	sheaf_status       status;

	if (ahead)
		status = merge_ahead_write(ahead, &sink, &range.last_page, &why);
	else
		status = write_merged(a, list, count, &range.last_page, &why);
	if (status == SHEAF_ERROR_DATABASE_CORRUPT && !ahead)
		return shadow_delete_segment(a->db, a->target.segment, err);
	if (status != SHEAF_OK && err)
		*err = why;
	for (size_t i = 0; status == SHEAF_OK && !ahead && i < count; i++)
		status = shadow_delete_segment(a->db, list[i].segment, err);
	if (status == SHEAF_OK)
		status = list_one(a, &range, err);
	*done = status == SHEAF_OK;
	return status;
}

sheaf_status adopt_merge(sheaf_database *db, merge_ahead *ahead, int *done, sheaf_error *err)
{
	size_t         page_size, count = 0;
	segment_range *list = NULL;
	adoption       a;
	int            known;
	sheaf_status   status = shadow_is_known(db, &known, &page_size, err);

	*done = 0;
	if (status != SHEAF_OK || !known)
		return status;
	status = adopt_begin(db, page_size, &a, err);
	if (status != SHEAF_OK)
		return status;
	status = segment_structure_list(&a.structure, &list, &count, err);
	if (!merge_ahead_is_of(ahead, list, count, page_size))
		ahead = NULL;
	if (status == SHEAF_OK && count > 1)
		status = merge_list(&a, list, count, ahead, done, err);
	else
		*done = status == SHEAF_OK;
	mem_free(list);
	segment_structure_free(&a.structure);
	shadow_close(db);
	return status;
}
