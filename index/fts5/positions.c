#include "positions.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "field.h"
#include "segment_structure.h"
#include "segment_varint.h"
#include "shadow.h"

void positions_clear(positions_cache *cache)
{
	for (size_t i = 0; i < cache->count; i++)
		segment_finder_free(cache->finders[i]);
	mem_free(cache->finders);
	mem_free(cache->ranges);
	memset(cache, 0, sizeof *cache);
}

void word_places_free(word_places *list)
{
	mem_free(list->list);
	memset(list, 0, sizeof *list);
}

segment_finder *positions_finder(sheaf_database *db, size_t i)
{
	return db->positions.finders[i];
}

/* ---- opening ---- */

static sheaf_status open_finders(sheaf_database *db, const segment_structure *s, sheaf_error *err)
{
	const segment_source source = shadow_source(db);
	positions_cache     *cache = &db->positions;
	size_t               count = 0;
	sheaf_status         status = segment_structure_list(s, &cache->ranges, &count, err);

	if (status == SHEAF_OK) {
		cache->finders = mem_calloc(count + 1, sizeof *cache->finders);
		if (!cache->finders)
			status = sheaf_nomem(err);
	}
	while (status == SHEAF_OK && cache->count < count) {
		status = segment_finder_new(&source, &cache->ranges[cache->count],
		                            &cache->finders[cache->count], err);
		cache->count += status == SHEAF_OK;
	}
	return status;
}

static sheaf_status open_segments(sheaf_database *db, sheaf_error *err)
{
	segment_structure s;
	sheaf_status      status = shadow_read_structure(db, &s, err);

	if (status == SHEAF_OK)
		status = open_finders(db, &s, err);
	segment_structure_free(&s);
	return status;
}

static sheaf_status open_cache(sheaf_database *db, sheaf_error *err)
{
	positions_cache *cache = &db->positions;
	int64_t          version = 0;
	sheaf_status     status;

	if (cache->open)
		return SHEAF_OK;
	status = shadow_read_option(db, "version", &version, err);
	cache->known = version == SEGMENT_VERSION;
	if (status == SHEAF_OK && cache->known)
		status = open_segments(db, err);
	if (status == SHEAF_OK)
		cache->open = 1;
	else
		positions_clear(cache);
	return status;
}

sheaf_status positions_known(sheaf_database *db, int *answer, sheaf_error *err)
{
	sheaf_status status = open_cache(db, err);

	*answer = status == SHEAF_OK && db->positions.known;
	return status;
}

sheaf_status positions_segments(sheaf_database *db, const segment_range **ranges, size_t *count,
                                sheaf_error *err)
{
	sheaf_status status = open_cache(db, err);

	*ranges = status == SHEAF_OK ? db->positions.ranges : NULL;
	*count = status == SHEAF_OK ? db->positions.count : 0;
	return status;
}

/* ---- reading ---- */

static sheaf_status add(word_places *list, uint32_t column, uint64_t offset, sheaf_error *err)
{
	size_t      size = list->size ? list->size * 2 : 32;
	word_place *grown;

	if (list->count == list->size) {
		grown = mem_realloc_array(list->list, size, sizeof *grown);
		if (!grown)
			return sheaf_nomem(err);
		list->list = grown;
		list->size = size;
	}
	list->list[list->count++] = (word_place){column, (uint32_t)offset};
	return SHEAF_OK;
}

static sheaf_status damaged(const sheaf_database *db, sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "%s: a page of the index is damaged; run 'sheaf reindex'", db->path);
}

/* 1 and a column's number begin a column; anything else is a difference of places, and 2. */
static sheaf_status add_positions(const sheaf_database *db, const segment_posting *p,
                                  word_places *list, sheaf_error *err)
{
	const unsigned char *at = p->positions, *end = at + p->len;
	uint64_t             number, column = 0, offset = 0;
	sheaf_status         status = SHEAF_OK;

	while (status == SHEAF_OK && at < end) {
		if (!segment_varint_read(&at, end, &number))
			return damaged(db, err);
		if (number == 1) {
			if (!segment_varint_read(&at, end, &column) || column >= COLUMN_COUNT)
				return damaged(db, err);
			offset = 0;
			continue;
		}
		offset += number - 2;
		if (number < 2 || offset > INT32_MAX)
			return damaged(db, err);
		status = add(list, (uint32_t)column, offset, err);
	}
	return status;
}

static int compare(const void *a, const void *b)
{
	const word_place *x = a, *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	return (x->offset > y->offset) - (x->offset < y->offset);
}

/* Two tokens of one place are one. */
static void unite(word_places *list)
{
	size_t kept = 0;

	if (list->count > 1)
		qsort(list->list, list->count, sizeof *list->list, compare);
	for (size_t i = 0; i < list->count; i++)
		if (!kept || compare(&list->list[kept - 1], &list->list[i]) != 0)
			list->list[kept++] = list->list[i];
	list->count = kept;
}

size_t positions_term(const leaf_token *t, char text[TOKEN_MAX])
{
	size_t marked = t->marker != 0;

	if (t->len + marked > TOKEN_MAX)
		return 0;
	text[0] = t->marker;
	memcpy(text + marked, t->text, t->len);
	return t->len + marked;
}

static sheaf_status read_token(sheaf_database *db, const leaf_token *t, sheaf_revision revision,
                               word_places *list, sheaf_error *err)
{
	positions_cache *cache = &db->positions;
	char             text[TOKEN_MAX];
	size_t           len = positions_term(t, text);
	int              found = 0;
	segment_posting  p;
	sheaf_status     status = SHEAF_OK;

	for (size_t i = len ? cache->count : 0; status == SHEAF_OK && !found && i--;) {
		if (!cache->ranges[i].first_page)
			continue;
		status = segment_finder_seek(cache->finders[i], text, len, revision, &p, &found,
		                             err);
		if (status == SHEAF_OK && found && !segment_posting_is_mark(&p))
			status = add_positions(db, &p, list, err);
	}
	return status;
}

sheaf_status positions_read(sheaf_database *db, const leaf_tokens *tokens, sheaf_revision revision,
                            word_places *list, sheaf_error *err)
{
	sheaf_status status = open_cache(db, err);

	list->count = 0;
	for (size_t i = 0; status == SHEAF_OK && i < tokens->count; i++)
		status = read_token(db, &tokens->list[i], revision, list, err);
	statement_reset(db->statements[STMT_INDEX_PAGE]);
	if (status == SHEAF_OK)
		unite(list);
	return status;
}
