#include "facet_values.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "hash.h"

void facet_values_free(facet_values *v)
{
	arena_free(&v->texts);
	mem_free(v->values);
	mem_free(v->table);
	memset(v, 0, sizeof *v);
}

static size_t place_of(const facet_values *v, const void *text, size_t len)
{
	size_t at = (size_t)hash_bytes(HASH_SEED, text, len) & (v->table_size - 1);

	for (; v->table[at]; at = (at + 1) & (v->table_size - 1)) {
		const facet_value *known = &v->values[v->table[at] - 1];

		if (known->len == len && memcmp(known->text, text, len) == 0)
			break;
	}
	return at;
}

/* Room for one more, in a table that stays half empty. */
static sheaf_status reserve(facet_values *v, sheaf_error *err)
{
	size_t       size = v->size ? v->size * 2 : 64, *table;
	facet_value *values;

	if (v->count < v->size)
		return SHEAF_OK;
	values = mem_realloc_array(v->values, size, sizeof *values);
	if (!values)
		return sheaf_nomem(err);
	v->values = values;
	table = mem_calloc(size * 2, sizeof *table);
	if (!table)
		return sheaf_nomem(err);
	mem_free(v->table);
	v->table = table;
	v->table_size = size * 2;
	v->size = size;
	for (size_t i = 0; i < v->count; i++)
		table[place_of(v, values[i].text, values[i].len)] = i + 1;
	return SHEAF_OK;
}

sheaf_status facet_values_add(facet_values *v, const void *text, size_t len, int64_t more,
                              sheaf_error *err)
{
	sheaf_status status = reserve(v, err);
	const char  *copy;
	size_t       at;

	if (status != SHEAF_OK)
		return status;
	at = place_of(v, text, len);
	if (!v->table[at]) {
		copy = arena_strndup(&v->texts, text, len);
		if (!copy)
			return sheaf_nomem(err);
		v->values[v->count] = (facet_value){copy, len, 0};
		v->table[at] = ++v->count;
	}
	v->values[v->table[at] - 1].count += more;
	return SHEAF_OK;
}

static int compare(const void *a, const void *b)
{
	const facet_value *x = *(const facet_value *const *)a, *y = *(const facet_value *const *)b;
	int                order;

	if (x->count != y->count)
		return x->count < y->count ? 1 : -1;
	order = memcmp(x->text, y->text, x->len < y->len ? x->len : y->len);
	return order ? order : (x->len > y->len) - (x->len < y->len);
}

sheaf_status facet_values_top(const facet_values *v, size_t max, sheaf_value_count_fn fn, void *ctx,
                              sheaf_error *err)
{
	const facet_value **order;
	sheaf_status        status = SHEAF_OK;

	if (!v->count)
		return SHEAF_OK;
	order = mem_realloc_array(NULL, v->count, sizeof *order);
	if (!order)
		return sheaf_nomem(err);
	for (size_t i = 0; i < v->count; i++)
		order[i] = &v->values[i];
	qsort(order, v->count, sizeof *order, compare);
	for (size_t i = 0; status == SHEAF_OK && i < v->count && (!max || i < max); i++)
		if (fn(ctx, order[i]->text, order[i]->len, order[i]->count))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	mem_free(order);
	return status;
}
