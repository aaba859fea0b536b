#include "facets.h"

#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "datetime.h"
#include "error.h"
#include "facet_authors.h"
#include "facet_values.h"
#include "match_run.h"

/* A date outside the years 0 to 9999 counts nowhere. */
enum {
	YEARS = 10000,
	DAY_SECONDS = 86400,
	FIRST_DAY = -719528, /* since 1970 */
	LAST_DAY = 2932896
};

/* Categories of one database, whose numbers are its own. */
typedef struct category_counts {
	int64_t     *counts; /* by number */
	const char **names;  /* in the arena, of those that were met */
	size_t       size;
} category_counts;

/* Matches that ascend in one block of revisions; there is one at least. */
typedef sheaf_status (*see_fn)(facets *f, sheaf_database *db, size_t place,
                               const sheaf_revision *revisions, size_t count, sheaf_error *err);
typedef sheaf_status (*top_fn)(facets *f, size_t max, sheaf_value_count_fn fn, void *ctx,
                               sheaf_error *err);

/* How a kind of property is counted. */
typedef struct facet_kind {
	sheaf_field field; /* ANY: one of the caller's slots */
	see_fn      see;
	top_fn      top;
} facet_kind;

struct facets {
	const facet_kind *kind;
	uint32_t          slot;
	arena             texts;
	category_counts  *categories; /* by place */
	size_t            category_places;
	int64_t          *years;
	int               year; /* of the document seen last, and when it begins and ends */
	int64_t           year_begin, year_end;
	facet_authors     authors;
	facet_values      values; /* of slots */
};

/* ---- categories ---- */

static sheaf_status know_place(facets *f, size_t place, sheaf_error *err)
{
	category_counts *grown;

	if (place < f->category_places)
		return SHEAF_OK;
	grown = mem_realloc_array(f->categories, place + 1, sizeof *grown);
	if (!grown)
		return sheaf_nomem(err);
	memset(grown + f->category_places, 0, (place + 1 - f->category_places) * sizeof *grown);
	f->categories = grown;
	f->category_places = place + 1;
	return SHEAF_OK;
}

static sheaf_status grow_counts(category_counts *c, unsigned number, sheaf_error *err)
{
	size_t       size = c->size ? c->size : 256;
	int64_t     *counts;
	const char **names;

	while (size <= number)
		size *= 2;
	counts = mem_realloc_array(c->counts, size, sizeof *counts);
	if (counts)
		c->counts = counts;
	names = mem_realloc_array(c->names, size, sizeof *names);
	if (names)
		c->names = names;
	if (!counts || !names)
		return sheaf_nomem(err);
	memset(counts + c->size, 0, (size - c->size) * sizeof *counts);
	memset(names + c->size, 0, (size - c->size) * sizeof *names);
	c->size = size;
	return SHEAF_OK;
}

/* A category that was not met before: its name is kept, since numbers can change with a reindex. */
static sheaf_status meet_category(facets *f, sheaf_database *db, category_counts *c,
                                  unsigned number, sheaf_error *err)
{
	const char  *name;
	sheaf_status status = number < c->size ? SHEAF_OK : grow_counts(c, number, err);

	if (status == SHEAF_OK)
		status = category_number_name(db, number, &name, err);
	if (status != SHEAF_OK)
		return status;
	c->names[number] = arena_strdup(&f->texts, name);
	return c->names[number] ? SHEAF_OK : sheaf_nomem(err);
}

/* Counts the first `max` numbers of a list. */
static sheaf_status count_numbers(facets *f, sheaf_database *db, category_counts *c,
                                  const value_list *list, size_t max, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < list->count && i < max; i++) {
		unsigned number = value_list_category(list, i);

		if (number >= c->size || !c->names[number])
			status = meet_category(f, db, c, number, err);
		if (status != SHEAF_OK)
			return status;
		c->counts[number]++;
	}
	return SHEAF_OK;
}

static sheaf_status see_categories(facets *f, sheaf_database *db, size_t place,
                                   const sheaf_revision *revisions, size_t count, sheaf_error *err)
{
	size_t max = f->kind->field == SHEAF_FIELD_PRIMARY_CATEGORY ? 1 : DOCUMENT_CATEGORIES_MAX;
	const list_block *block;
	sheaf_status status = value_lists_block(db, LIST_CATEGORIES, revisions[0], &block, err);

	if (status == SHEAF_OK)
		status = know_place(f, place, err);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		value_list list = value_lists_at(block, revisions[i]);

		status = count_numbers(f, db, &f->categories[place], &list, max, err);
	}
	return status;
}

static sheaf_status top_categories(facets *f, size_t max, sheaf_value_count_fn fn, void *ctx,
                                   sheaf_error *err)
{
	facet_values all = {0};
	sheaf_status status = SHEAF_OK;

	for (size_t place = 0; place < f->category_places; place++) {
		const category_counts *c = &f->categories[place];

		for (size_t n = 0; status == SHEAF_OK && n < c->size; n++)
			if (c->counts[n])
				status = facet_values_add(&all, c->names[n], strlen(c->names[n]),
				                          c->counts[n], err);
	}
	if (status == SHEAF_OK)
		status = facet_values_top(&all, max, fn, ctx, err);
	facet_values_free(&all);
	return status;
}

/* ---- years ---- */

/* The year that a time is in; -1: none that is counted. */
static int year_of(int64_t time)
{
	int64_t days = time / DAY_SECONDS - (time % DAY_SECONDS < 0);
	int     year, month, day;

	if (days < FIRST_DAY || days > LAST_DAY)
		return -1;
	date_civil(days, &year, &month, &day);
	return year;
}

/* Counts a document, mostly of the year that the one before it was in. */
static void count_year(facets *f, int64_t time)
{
	if (time < f->year_begin || time >= f->year_end) {
		int year = year_of(time);

		if (year < 0)
			return;
		f->year = year;
		f->year_begin = date_days(year, 1, 1) * DAY_SECONDS;
		f->year_end = date_days(year + 1, 1, 1) * DAY_SECONDS;
	}
	f->years[f->year]++;
}

/* The year that all documents of a block are of; -1: they are of several, or it cannot be told. */
static int year_of_block(const date_range *range)
{
	int year = range->complete && range->least <= range->most ? year_of(range->least) : -1;

	return year >= 0 && year_of(range->most) == year ? year : -1;
}

static sheaf_status see_years(facets *f, sheaf_database *db, size_t place,
                              const sheaf_revision *revisions, size_t count, sheaf_error *err)
{
	date_range   range;
	int          year;
	sheaf_status status = value_ranges_get(
		db, f->kind->field, (size_t)(revisions[0] >> VALUE_BLOCK_SHIFT), &range, err);

	(void)place;
	if (status == SHEAF_OK && !f->years)
		f->years = mem_calloc(YEARS, sizeof *f->years);
	if (status == SHEAF_OK && !f->years)
		return sheaf_nomem(err);
	year = status == SHEAF_OK ? year_of_block(&range) : -1;
	if (year >= 0) {
		f->years[year] += (int64_t)count;
		return SHEAF_OK;
	}
	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		document_date date;

		status = values_get_date(db, f->kind->field, revisions[i], &date, err);
		if (status == SHEAF_OK && date.time != SHEAF_TIME_NONE)
			count_year(f, date.time);
	}
	return status;
}

static sheaf_status show_all_years(const facets *f, sheaf_value_count_fn fn, void *ctx,
                                   sheaf_error *err)
{
	char text[16];

	for (int year = YEARS; year--;) {
		if (!f->years[year])
			continue;
		snprintf(text, sizeof text, "%04d", year);
		if (fn(ctx, text, strlen(text), f->years[year]))
			return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	return SHEAF_OK;
}

static sheaf_status top_years(facets *f, size_t max, sheaf_value_count_fn fn, void *ctx,
                              sheaf_error *err)
{
	facet_values all = {0};
	char         text[16];
	sheaf_status status = SHEAF_OK;

	if (!f->years)
		return SHEAF_OK;
	if (!max)
		return show_all_years(f, fn, ctx, err);
	for (int year = 0; status == SHEAF_OK && year < YEARS; year++) {
		if (!f->years[year])
			continue;
		snprintf(text, sizeof text, "%04d", year);
		status = facet_values_add(&all, text, strlen(text), f->years[year], err);
	}
	if (status == SHEAF_OK)
		status = facet_values_top(&all, max, fn, ctx, err);
	facet_values_free(&all);
	return status;
}

/* ---- authors and slots ---- */

static sheaf_status see_authors(facets *f, sheaf_database *db, size_t place,
                                const sheaf_revision *revisions, size_t count, sheaf_error *err)
{
	return facet_authors_see(&f->authors, db, place, revisions, count, err);
}

static sheaf_status top_authors(facets *f, size_t max, sheaf_value_count_fn fn, void *ctx,
                                sheaf_error *err)
{
	return facet_authors_top(&f->authors, max, fn, ctx, err);
}

static sheaf_status see_slot(facets *f, sheaf_database *db, size_t place,
                             const sheaf_revision *revisions, size_t count, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	(void)place;
	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		const void *value;
		size_t      len;

		status = slot_value_get(db, revisions[i], f->slot, &value, &len, err);
		if (status == SHEAF_OK && value)
			status = facet_values_add(&f->values, value, len, 1, err);
	}
	return status;
}

static sheaf_status top_slot(facets *f, size_t max, sheaf_value_count_fn fn, void *ctx,
                             sheaf_error *err)
{
	return facet_values_top(&f->values, max, fn, ctx, err);
}

/* ---- all of them ---- */

static const facet_kind kinds[] = {
	{SHEAF_FIELD_CATEGORY, see_categories, top_categories},
	{SHEAF_FIELD_PRIMARY_CATEGORY, see_categories, top_categories},
	{SHEAF_FIELD_AUTHOR, see_authors, top_authors},
	{SHEAF_FIELD_SUBMITTED, see_years, top_years},
	{SHEAF_FIELD_UPDATED, see_years, top_years},
	{SHEAF_FIELD_DATE, see_years, top_years},
};

static const facet_kind slot_kind = {SHEAF_FIELD_ANY, see_slot, top_slot};

static sheaf_status make(const facet_kind *kind, uint32_t slot, facets **out, sheaf_error *err)
{
	facets *f = mem_calloc(1, sizeof *f);

	if (!f)
		return sheaf_nomem(err);
	f->kind = kind;
	f->slot = slot;
	*out = f;
	return SHEAF_OK;
}

sheaf_status facets_new(sheaf_field field, facets **out, sheaf_error *err)
{
	*out = NULL;
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
		if (kinds[i].field == field)
			return make(&kinds[i], 0, out, err);
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
	                  "field %d has no values that are counted", (int)field);
}

sheaf_status facets_new_slot(uint32_t slot, facets **out, sheaf_error *err)
{
	*out = NULL;
	return make(&slot_kind, slot, out, err);
}

void facets_clear(facets *f)
{
	for (size_t i = 0; i < f->category_places; i++) {
		mem_free(f->categories[i].counts);
		mem_free(f->categories[i].names);
	}
	mem_free(f->categories);
	f->categories = NULL;
	f->category_places = 0;
	mem_free(f->years);
	f->years = NULL;
	arena_free(&f->texts);
	facet_authors_clear(&f->authors);
	facet_values_free(&f->values);
}

void facets_free(facets *f)
{
	if (!f)
		return;
	facets_clear(f);
	facet_authors_free(&f->authors);
	mem_free(f);
}

sheaf_status facets_see(facets *f, sheaf_database *db, size_t place, sheaf_revision revision,
                        sheaf_error *err)
{
	return f->kind->see(f, db, place, &revision, 1, err);
}

sheaf_status facets_see_many(facets *f, sheaf_database *db, size_t place,
                             const sheaf_revision *revisions, size_t count, sheaf_error *err)
{
	return count ? f->kind->see(f, db, place, revisions, count, err) : SHEAF_OK;
}

sheaf_status facets_top(facets *f, size_t max, sheaf_value_count_fn fn, void *ctx, sheaf_error *err)
{
	return f->kind->top(f, max, fn, ctx, err);
}

sheaf_status facets_docid(const sheaf_database *group, sheaf_database *db, size_t place,
                          sheaf_revision revision, sheaf_docid *docid, sheaf_error *err)
{
	sheaf_docid  own = 0;
	sheaf_status status = group_docid_of(db, revision, &own, err);

	*docid = status == SHEAF_OK ? group_docid(group, place, own) : 0;
	return status;
}
