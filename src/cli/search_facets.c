#include "search_facets.h"

#include <string.h>

#include "error.h"
#include "str.h"

enum { VALUES_SHOWN = 10 };

const char *const search_facet_choices[] = {"category", "year", "author", "primary", NULL};

/* In the order of the choices. */
static const struct {
	sheaf_field field;
	size_t      values; /* 0: all */
} kinds[] = {
	{SHEAF_FIELD_CATEGORY, VALUES_SHOWN},
	{SHEAF_FIELD_DATE, 0},
	{SHEAF_FIELD_AUTHOR, VALUES_SHOWN},
	{SHEAF_FIELD_PRIMARY_CATEGORY, VALUES_SHOWN},
};

static size_t kind_of(const char *name)
{
	size_t i = 0;

	while (!str_eq(search_facet_choices[i], name))
		i++;
	return i;
}

static int has(const search_facets *f, const char *name)
{
	for (size_t i = 0; i < f->count; i++)
		if (str_eq(f->facets[i].name, name))
			return 1;
	return 0;
}

sheaf_status search_facets_begin(search_facets *f, session *s, const option_list *names,
                                 sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	*f = (search_facets){0};
	for (size_t i = 0; i < names->count && status == SHEAF_OK; i++) {
		if (has(f, names->items[i]))
			continue;
		status = sheaf_value_count_match_spy_new(
			s->db, kinds[kind_of(names->items[i])].field, &f->spies[f->count], err);
		if (status == SHEAF_OK)
			f->facets[f->count++].name = names->items[i];
	}
	return status;
}

sheaf_status search_facets_watch(search_facets *f, sheaf_enquire *enquire, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < f->count && status == SHEAF_OK; i++)
		status = sheaf_enquire_add_matchspy(enquire, f->spies[i], err);
	return status;
}

/* The values of one facet as they come; the array doubles. */
typedef struct gathering {
	arena             *values;
	sheaf_facet_count *counts;
	size_t             count, size;
} gathering;

static int gather(void *ctx, const char *value, size_t len, int64_t count)
{
	gathering *g = ctx;
	char      *text = arena_strndup(g->values, value, len);

	if (g->count == g->size) {
		size_t             size = g->size ? 2 * g->size : VALUES_SHOWN;
		sheaf_facet_count *counts = arena_calloc(g->values, size, sizeof *counts);

		if (!counts)
			return 1;
		if (g->count)
			memcpy(counts, g->counts, g->count * sizeof *counts);
		g->counts = counts;
		g->size = size;
	}
	g->counts[g->count++] = (sheaf_facet_count){text, count};
	return !text;
}

static sheaf_status count_one(search_facets *f, size_t i, sheaf_error *err)
{
	gathering    g = {.values = &f->values};
	sheaf_facet *facet = &f->facets[i];
	sheaf_status status = sheaf_match_spy_top_values(
		f->spies[i], kinds[kind_of(facet->name)].values, gather, &g, err);

	facet->counts = g.counts;
	facet->count = g.count;
	/* Nothing but a want of memory stops the walk. */
	return status == SHEAF_ERROR_INTERRUPTED ? sheaf_nomem(err) : status;
}

sheaf_status search_facets_count(search_facets *f, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	arena_clear(&f->values);
	for (size_t i = 0; i < f->count && status == SHEAF_OK; i++)
		status = count_one(f, i, err);
	return status;
}

void search_facets_end(search_facets *f)
{
	for (size_t i = 0; i < f->count; i++)
		sheaf_match_spy_free(f->spies[i]);
	arena_free(&f->values);
	*f = (search_facets){0};
}
