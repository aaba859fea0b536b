/* backtest_papers.c: the newest papers of any number, in the memory that they take. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "backtest_private.h"
#include "error.h"

/* Of the same day, the higher identifier is the newer one. */
static int compare(int64_t day, const char *id, const listed *than)
{
	if (day != than->day)
		return day > than->day ? 1 : -1;
	return strcmp(id, than->id);
}

static int is_older(const listed *a, const listed *b)
{
	return compare(a->day, a->id, b) < 0;
}

static void swap(listed *a, listed *b)
{
	listed kept = *a;

	*a = *b;
	*b = kept;
}

static void rise(listed *items, size_t at)
{
	for (; at && is_older(&items[at], &items[(at - 1) / 2]); at = (at - 1) / 2)
		swap(&items[at], &items[(at - 1) / 2]);
}

static void sink(listed *items, size_t count)
{
	size_t at = 0, next;

	while ((next = 2 * at + 1) < count) {
		next += next + 1 < count && is_older(&items[next + 1], &items[next]);
		if (!is_older(&items[next], &items[at]))
			return;
		swap(&items[next], &items[at]);
		at = next;
	}
}

static void free_item(listed *item)
{
	mem_free(item->id);
	mem_free(item->title);
}

static sheaf_status copy(const sheaf_document *doc, int64_t day, size_t other, listed *item,
                         sheaf_error *err)
{
	const char *title = sheaf_document_get_text(doc, SHEAF_FIELD_TITLE);

	*item = (listed){.day = day, .other = other};
	item->id = mem_strdup(sheaf_document_get_text(doc, SHEAF_FIELD_ID));
	item->title = title ? mem_strdup(title) : NULL;
	if (item->id && (item->title || !title))
		return SHEAF_OK;
	free_item(item);
	return sheaf_nomem(err);
}

static sheaf_status make_room(newest_list *list, sheaf_error *err)
{
	size_t  size = 2 * list->size + 16;
	listed *grown;

	if (list->count < list->size)
		return SHEAF_OK;
	grown = mem_realloc_array(list->items, size, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	list->items = grown;
	list->size = size;
	return SHEAF_OK;
}

sheaf_status newest_list_add(newest_list *list, const sheaf_document *doc, int64_t day,
                             size_t other, sheaf_error *err)
{
	int          full = (int64_t)list->count >= list->limit;
	listed       item;
	sheaf_status status;

	if (list->limit < 1 ||
	    (full && compare(day, sheaf_document_get_text(doc, SHEAF_FIELD_ID), list->items) < 0))
		return SHEAF_OK;
	status = full ? SHEAF_OK : make_room(list, err);
	if (status == SHEAF_OK)
		status = copy(doc, day, other, &item, err);
	if (status != SHEAF_OK)
		return status;
	if (full) {
		free_item(list->items);
		list->items[0] = item;
		sink(list->items, list->count);
		return SHEAF_OK;
	}
	list->items[list->count++] = item;
	rise(list->items, list->count - 1);
	return SHEAF_OK;
}

static int newest_first(const void *a, const void *b)
{
	const listed *x = a, *y = b;

	return is_older(x, y) ? 1 : is_older(y, x) ? -1 : 0;
}

void newest_list_sort(newest_list *list)
{
	if (list->count)
		qsort(list->items, list->count, sizeof *list->items, newest_first);
}

void newest_list_free(newest_list *list)
{
	while (list->count)
		free_item(&list->items[--list->count]);
	mem_free(list->items);
	list->items = NULL;
}
