/* evaluation_marks.c: what people marked, brought together paper by paper. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "evaluation_private.h"

/* The set's profiles by name, while marks are read. */
typedef struct reading {
	marked_list          *list;
	const sheaf_profile **by_name;
	const sheaf_profile  *first;
	size_t                count;
	sheaf_status          status;
	sheaf_error          *err;
} reading;

static int by_name(const void *a, const void *b)
{
	const sheaf_profile *const *x = a, *const *y = b;

	return strcmp((*x)->name, (*y)->name);
}

static int match_name(const void *key, const void *item)
{
	const sheaf_profile *const *p = item;

	return strcmp(key, (*p)->name);
}

static int by_hash(const void *a, const void *b)
{
	const marked *x = a, *y = b;
	int           order;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	order = strcmp(x->id, y->id);
	return order ? order : (x->profile > y->profile) - (x->profile < y->profile);
}

static sheaf_status keep(marked_list *list, const sheaf_mark *mark, size_t profile,
                         sheaf_error *err)
{
	marked *added;

	if (list->count == list->size) {
		size_t  size = 2 * list->size + 64;
		marked *grown = mem_realloc_array(list->items, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		list->items = grown;
		list->size = size;
	}
	added = &list->items[list->count];
	*added = (marked){id_sample_hash(mark->id), arena_strdup(&list->arena, mark->id), profile,
	                  mark->belongs};
	if (!added->id)
		return sheaf_nomem(err);
	list->count++;
	return SHEAF_OK;
}

static int take_mark(void *ctx, const sheaf_mark *mark)
{
	reading                    *r = ctx;
	const sheaf_profile *const *found;

	found = bsearch(mark->profile, r->by_name, r->count, sizeof *r->by_name, match_name);
	if (found)
		r->status = keep(r->list, mark, (size_t)(*found - r->first), r->err);
	return r->status != SHEAF_OK;
}

sheaf_status marked_list_read(marked_list *list, sheaf_database *db, const sheaf_profile_set *set,
                              sheaf_error *err)
{
	reading      r = {.list = list, .first = set->profiles, .count = set->count, .err = err};
	sheaf_error  why = {0};
	sheaf_status status;

	*list = (marked_list){0};
	r.by_name = mem_calloc(set->count + 1, sizeof *r.by_name);
	if (!r.by_name)
		return sheaf_nomem(err);
	for (size_t i = 0; i < set->count; i++)
		r.by_name[i] = &set->profiles[i];
	qsort(r.by_name, r.count, sizeof *r.by_name, by_name);
	status = sheaf_mark_each(db, NULL, take_mark, &r, &why);
	mem_free(r.by_name);
	if (r.status != SHEAF_OK)
		return r.status;
	if (status != SHEAF_OK && err)
		*err = why;
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, by_hash);
	return status;
}

const marked *marked_list_find(const marked_list *list, const char *id, size_t profile)
{
	marked key = {id_sample_hash(id), id, profile, 0};

	if (!list->count)
		return NULL;
	return bsearch(&key, list->items, list->count, sizeof key, by_hash);
}

void marked_list_free(marked_list *list)
{
	mem_free(list->items);
	arena_free(&list->arena);
	*list = (marked_list){0};
}
