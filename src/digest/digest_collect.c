/* digest_collect.c: which papers could stand in which section, from placements. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "digest_private.h"
#include "error.h"
#include "profile_private.h"
#include "str.h"

sheaf_status digest_add_member(sheaf_digest *d, const digest_member *member, sheaf_error *err)
{
	if (d->member_count == d->member_size) {
		size_t         size = d->member_size ? d->member_size * 2 : 256;
		digest_member *grown = mem_realloc_array(d->members, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		d->members = grown;
		d->member_size = size;
	}
	d->members[d->member_count++] = *member;
	return SHEAF_OK;
}

static int by_docid(const void *a, const void *b)
{
	const digest_member *x = a, *y = b;

	if (x->docid != y->docid)
		return x->docid < y->docid ? -1 : 1;
	return (x->section > y->section) - (x->section < y->section);
}

size_t digest_find(const sheaf_digest *d, sheaf_docid docid, size_t *first)
{
	size_t low = 0, high = d->member_count, end;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (d->members[middle].docid < docid)
			low = middle + 1;
		else
			high = middle;
	}
	*first = end = low;
	while (end < d->member_count && d->members[end].docid == docid)
		end++;
	return end - low;
}

sheaf_status digest_make_sections(sheaf_digest *d, size_t count, sheaf_error *err)
{
	d->sections = mem_calloc(count, sizeof *d->sections);
	if (!d->sections)
		return sheaf_nomem(err);
	d->section_count = count;
	return SHEAF_OK;
}

typedef struct collecting {
	sheaf_digest *d;
	size_t        section; /* where the last one was */
	sheaf_status  status;
	sheaf_error  *err;
} collecting;

static int is_section(const digest_section *section, const char *profile)
{
	return str_eq(section->name ? section->name : PROFILE_FALLBACK, profile);
}

static int take_placement(void *ctx, const sheaf_placement *placement)
{
	collecting   *c = ctx;
	digest_member member = {.docid = placement->docid,
	                        .weight = placement->weight,
	                        .percent = placement->percent};

	/* They come section by section. */
	while (c->section < c->d->section_count &&
	       !is_section(&c->d->sections[c->section], placement->profile))
		c->section++;
	if (c->section == c->d->section_count)
		return 0;
	member.section = c->section;
	c->status = digest_add_member(c->d, &member, c->err);
	return c->status != SHEAF_OK;
}

static sheaf_status fill_section(sheaf_digest *d, const sheaf_profile *profile, digest_section *to,
                                 sheaf_error *err)
{
	*to = (digest_section){profile->name, profile->heading, profile->max, profile->include,
	                       NULL};
	return profile->include ? digest_find_lists(d, profile, &to->lists, err) : SHEAF_OK;
}

static sheaf_status make_profile_sections(sheaf_digest *d, sheaf_error *err)
{
	const sheaf_profile_set *set = d->options.profiles;
	const char              *fallback = sheaf_profile_set_get_digest(set)->fallback;
	sheaf_status             status;

	status = digest_make_sections(d, set->count + (fallback ? 1 : 0), err);
	for (size_t i = 0; status == SHEAF_OK && i < set->count; i++)
		status = fill_section(d, &set->profiles[i], &d->sections[i], err);
	if (status == SHEAF_OK && fallback)
		d->sections[set->count].heading = fallback;
	return status;
}

static sheaf_status collect_profiles(sheaf_digest *d, sheaf_error *err)
{
	const sheaf_digest_settings *settings = sheaf_profile_set_get_digest(d->options.profiles);
	collecting                   c = {d, 0, SHEAF_OK, err};
	sheaf_error                  walk;
	sheaf_status                 status = make_profile_sections(d, err);

	d->name = settings->name;
	d->title = settings->title;
	d->order = settings->order;
	d->limit = d->options.limit ? d->options.limit : settings->limit;
	if (status != SHEAF_OK)
		return status;
	status = sheaf_placement_each(d->db, d->options.profiles, 0, take_placement, &c, &walk);
	if (c.status != SHEAF_OK)
		return c.status;
	if (status != SHEAF_OK && err)
		*err = walk;
	return status;
}

sheaf_status digest_collect(sheaf_digest *d, sheaf_error *err)
{
	sheaf_status status = d->options.profiles ? collect_profiles(d, err)
	                                          : digest_collect_categories(d, err);

	if (status == SHEAF_OK && d->options.name)
		d->name = d->options.name;
	if (status == SHEAF_OK && d->member_count)
		qsort(d->members, d->member_count, sizeof *d->members, by_docid);
	return status;
}
