/* placement.c: where papers were put, and how many. */
#include <sheaf/profile.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "profile_private.h"
#include "store.h"

/* Which section a profile's number stands for. */
typedef struct track_place {
	int64_t track;
	size_t  section;
} track_place;

typedef struct placed {
	size_t        section;
	placement_row row;
} placed;

typedef struct collecting {
	track_place *tracks; /* in order */
	size_t       track_count;
	placed      *list;
	size_t       count, size;
	int          failed; /* 1: out of memory */
} collecting;

static const char *section_name(const sheaf_profile_set *set, size_t section)
{
	return section < set->count ? set->profiles[section].name : PROFILE_FALLBACK;
}

static int by_number(const void *a, const void *b)
{
	const track_place *x = a, *y = b;

	return (x->track > y->track) - (x->track < y->track);
}

static sheaf_status read_tracks(sheaf_database *db, const sheaf_profile_set *set, collecting *c,
                                sheaf_error *err)
{
	size_t       count = set->count + (set->digest.fallback ? 1 : 0);
	sheaf_status status = SHEAF_OK;

	c->tracks = mem_calloc(count + 1, sizeof *c->tracks);
	if (!c->tracks)
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		profile_state state;

		status = store_profile_state_get(db, set->digest.name, section_name(set, i), &state,
		                                 err);
		mem_free(state.model);
		if (status == SHEAF_OK && state.track && state.classified)
			c->tracks[c->track_count++] = (track_place){state.track, i};
	}
	if (c->track_count)
		qsort(c->tracks, c->track_count, sizeof *c->tracks, by_number);
	return status;
}

static int collect(void *ctx, const placement_row *row)
{
	collecting        *c = ctx;
	const track_place  key = {row->track, 0};
	const track_place *found = bsearch(&key, c->tracks, c->track_count, sizeof *c->tracks,
	                                   by_number);

	if (!found)
		return 0;
	if (c->count == c->size) {
		size_t  size = c->size ? c->size * 2 : 256;
		placed *grown = mem_realloc_array(c->list, size, sizeof *grown);

		c->failed = !grown;
		if (!grown)
			return 1;
		c->list = grown;
		c->size = size;
	}
	c->list[c->count++] = (placed){found->section, *row};
	return 0;
}

/* Section by section; in each the best first, then the newest. */
static int by_section(const void *a, const void *b)
{
	const placed *x = a, *y = b;

	if (x->section != y->section)
		return x->section < y->section ? -1 : 1;
	if (x->row.weight != y->row.weight)
		return x->row.weight > y->row.weight ? -1 : 1;
	return (x->row.revision < y->row.revision) - (x->row.revision > y->row.revision);
}

static sheaf_status tell(const collecting *c, const sheaf_profile_set *set, sheaf_placement_fn fn,
                         void *ctx, sheaf_error *err)
{
	for (size_t i = 0; i < c->count; i++) {
		const placement_row *row = &c->list[i].row;
		sheaf_placement      placement = {row->docid, section_name(set, c->list[i].section),
		                                  row->weight, row->percent};

		if (fn(ctx, &placement))
			return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	return SHEAF_OK;
}

sheaf_status sheaf_placement_each(sheaf_database *db, const sheaf_profile_set *set,
                                  sheaf_revision since, sheaf_placement_fn fn, void *ctx,
                                  sheaf_error *err)
{
	collecting   c = {NULL, 0, NULL, 0, 0, 0};
	sheaf_status status;

	if (!db || !set || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, no profiles or no function");
	status = read_tracks(db, set, &c, err);
	if (status == SHEAF_OK && c.track_count)
		status = store_placement_each(db, set->digest.name, since, collect, &c, err);
	if (c.failed)
		status = sheaf_nomem(err);
	if (c.count)
		qsort(c.list, c.count, sizeof *c.list, by_section);
	if (status == SHEAF_OK)
		status = tell(&c, set, fn, ctx, err);
	mem_free(c.tracks);
	mem_free(c.list);
	return status;
}

/* ---- how many ---- */

static sheaf_status read_classified(sheaf_database *db, const char *set, const char *profile,
                                    sheaf_profile_counts *counts, sheaf_error *err)
{
	profile_state state;
	sheaf_status  status = store_profile_state_get(db, set, profile, &state, err);

	mem_free(state.model);
	counts->classified = state.classified;
	return status;
}

static int take_counts(void *ctx, const char *profile, int64_t papers, int64_t delivered)
{
	sheaf_profile_counts *counts = ctx;

	(void)profile;
	counts->papers = papers;
	counts->delivered = delivered;
	return 0;
}

sheaf_status sheaf_profile_get_counts(sheaf_database *db, const char *set, const char *profile,
                                      sheaf_profile_counts *counts, sheaf_error *err)
{
	sheaf_status status;

	if (!counts)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the counts");
	*counts = (sheaf_profile_counts){0};
	if (!db || !set || !profile)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, or no name of a set or profile");
	status = read_classified(db, set, profile, counts, err);
	if (status == SHEAF_OK && counts->classified)
		status = store_placement_count(db, set, profile, take_counts, counts, err);
	return status;
}

/* A profile's name, and where its counts go. */
typedef struct named_counts {
	const char           *name;
	sheaf_profile_counts *counts;
} named_counts;

typedef struct counting {
	named_counts *list; /* by name */
	size_t        count;
} counting;

static int by_name(const void *a, const void *b)
{
	return strcmp(((const named_counts *)a)->name, ((const named_counts *)b)->name);
}

static int take_named(void *ctx, const char *profile, int64_t papers, int64_t delivered)
{
	const counting     *c = ctx;
	const named_counts  key = {profile, NULL};
	const named_counts *found = bsearch(&key, c->list, c->count, sizeof *c->list, by_name);

	if (found && found->counts->classified)
		take_counts(found->counts, profile, papers, delivered);
	return 0;
}

sheaf_status sheaf_profile_set_get_counts(sheaf_database *db, const sheaf_profile_set *set,
                                          sheaf_profile_counts *counts, sheaf_error *err)
{
	counting     c = {NULL, 0};
	sheaf_status status = SHEAF_OK;

	if (!db || !set || !counts)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, no profiles or no place for the counts");
	memset(counts, 0, set->count * sizeof *counts);
	c.list = mem_calloc(set->count + 1, sizeof *c.list);
	if (!c.list)
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < set->count; i++) {
		c.list[c.count++] = (named_counts){set->profiles[i].name, &counts[i]};
		status = read_classified(db, set->digest.name, set->profiles[i].name, &counts[i],
		                         err);
	}
	if (c.count)
		qsort(c.list, c.count, sizeof *c.list, by_name);
	if (status == SHEAF_OK)
		status = store_placement_count(db, set->digest.name, NULL, take_named, &c, err);
	mem_free(c.list);
	return status;
}
