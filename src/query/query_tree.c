#include "query_tree.h"

#include "alloc.h"
#include "field.h"

int query_field_is_text(sheaf_field field)
{
	const field_info *info = field_get(field);

	return info && (info->kind == FIELD_PROSE || info->kind == FIELD_NAME);
}

void query_list_push(query_list *list, sheaf_query *node)
{
	if (node && list->count == list->size) {
		size_t        size = list->size ? list->size * 2 : 4;
		sheaf_query **items = mem_realloc_array(list->items, size, sizeof(*items));

		if (!items) {
			sheaf_query_free(node);
			node = NULL;
		} else {
			list->items = items;
			list->size = size;
		}
	}
	if (node)
		list->items[list->count++] = node;
	else
		list->failed = 1;
}

void query_list_move(query_list *to, query_list *from)
{
	for (size_t i = 0; i < from->count; i++)
		query_list_push(to, from->items[i]);
	to->failed |= from->failed;
	from->count = 0;
	query_list_clear(from);
}

void query_list_clear(query_list *list)
{
	for (size_t i = 0; i < list->count; i++)
		sheaf_query_free(list->items[i]);
	mem_free(list->items);
	*list = (query_list){0};
}

sheaf_query *query_new_simple(query_type type)
{
	sheaf_query *q = mem_calloc(1, sizeof(*q));

	if (q)
		q->type = type;
	return q;
}

sheaf_query *query_new_term(sheaf_field field, unsigned flags, const char *text, size_t len)
{
	sheaf_query *q = query_new_simple(QUERY_TERM);

	if (!q)
		return NULL;
	q->field = field;
	q->flags = flags;
	q->text = mem_strndup(text, len);
	if (!q->text) {
		sheaf_query_free(q);
		return NULL;
	}
	return q;
}

sheaf_query *query_new_range(sheaf_field field, int64_t begin, int64_t end)
{
	sheaf_query *q = query_new_simple(QUERY_RANGE);

	if (!q)
		return NULL;
	q->field = field;
	q->begin = begin;
	q->end = end;
	return q;
}

sheaf_query *query_new_wildcard(sheaf_field field, const char *pattern, size_t len, unsigned max,
                                sheaf_wildcard_limit limit)
{
	sheaf_query *q = query_new_term(field, 0, pattern, len);

	if (!q)
		return NULL;
	q->type = QUERY_WILDCARD;
	q->max = max;
	q->limit = limit;
	return q;
}

/* NULL stays NULL, which is no failure; else 0 is. */
static int copy_bytes(char **to, size_t *to_len, const void *from, size_t len)
{
	*to = from ? mem_strndup(from, len) : NULL;
	*to_len = from ? len : 0;
	return !from || *to;
}

sheaf_query *query_new_slot_range(uint32_t slot, const void *low, size_t low_len, const void *high,
                                  size_t high_len)
{
	sheaf_query *q = query_new_simple(QUERY_SLOT_RANGE);

	if (!q)
		return NULL;
	q->slot = slot;
	if (copy_bytes(&q->low, &q->low_len, low, low_len) &&
	    copy_bytes(&q->high, &q->high_len, high, high_len))
		return q;
	sheaf_query_free(q);
	return NULL;
}

void sheaf_query_free(sheaf_query *query)
{
	if (!query)
		return;
	for (size_t i = 0; i < query->count; i++)
		sheaf_query_free(query->sub[i]);
	mem_free(query->sub);
	mem_free(query->text);
	mem_free(query->low);
	mem_free(query->high);
	mem_free(query);
}

/* What a node owns besides its operands. 0 when out of memory. */
static int copy_own(sheaf_query *copy, const sheaf_query *query)
{
	copy->text = query->text ? mem_strdup(query->text) : NULL;
	copy->low = copy->high = NULL;
	return (copy->text || !query->text) &&
	       copy_bytes(&copy->low, &copy->low_len, query->low, query->low_len) &&
	       copy_bytes(&copy->high, &copy->high_len, query->high, query->high_len);
}

sheaf_query *query_clone(const sheaf_query *query)
{
	sheaf_query *copy = mem_alloc(sizeof(*copy));

	if (!copy)
		return NULL;
	*copy = *query;
	copy->sub = query->count ? mem_calloc(query->count, sizeof(*copy->sub)) : NULL;
	copy->count = 0;
	if (!copy_own(copy, query) || (query->count && !copy->sub))
		goto out;
	for (size_t i = 0; i < query->count; i++) {
		copy->sub[i] = query_clone(query->sub[i]);
		if (!copy->sub[i])
			goto out;
		copy->count++;
	}
	return copy;
out:
	sheaf_query_free(copy);
	return NULL;
}

typedef struct walker {
	query_leaf_fn fn;
	void         *ctx;
} walker;

static int is_words(const sheaf_query *q)
{
	return (q->type == QUERY_TERM || q->type == QUERY_WILDCARD) &&
	       query_field_is_text(q->field);
}

/* Terms of the caller's have frequencies. */
static int is_own_term(const sheaf_query *q)
{
	return q->type == QUERY_TERM && q->field == SHEAF_FIELD_TERM;
}

static int is_leaf(const sheaf_query *q)
{
	return q->type == QUERY_TERM || q->type == QUERY_RANGE || q->type == QUERY_WILDCARD ||
	       q->type == QUERY_SLOT_RANGE;
}

static int walk(const sheaf_query *q, const walker *w, query_role role, double factor)
{
	int stop = 0;

	if (is_leaf(q)) {
		if (role == QUERY_WEIGHTED && !is_words(q) && !is_own_term(q))
			role = QUERY_REQUIRED;
		return w->fn(w->ctx, q, role, factor);
	}
	if (q->type == QUERY_SCALE)
		factor *= q->factor;
	for (size_t i = 0; i < q->count && !stop; i++) {
		if (i && q->type == QUERY_AND_NOT)
			role = QUERY_EXCLUDED;
		if (i && q->type == QUERY_FILTER && role == QUERY_WEIGHTED)
			role = QUERY_REQUIRED;
		stop = walk(q->sub[i], w, role, factor);
	}
	return stop;
}

int query_walk(const sheaf_query *query, query_leaf_fn fn, void *ctx)
{
	walker w = {fn, ctx};

	return walk(query, &w, QUERY_WEIGHTED, 1);
}

static int leaf_is_weighted(void *ctx, const sheaf_query *leaf, query_role role, double factor)
{
	(void)ctx, (void)leaf, (void)factor;
	return role == QUERY_WEIGHTED;
}

int query_is_filter(const sheaf_query *query)
{
	return !query_walk(query, leaf_is_weighted, NULL);
}

static int leaf_weighs(void *ctx, const sheaf_query *leaf, query_role role, double factor)
{
	(void)ctx, (void)factor;
	return role == QUERY_WEIGHTED && leaf->field != SHEAF_FIELD_TERM;
}

int query_restricts(const sheaf_query *query)
{
	return !query_walk(query, leaf_weighs, NULL);
}
