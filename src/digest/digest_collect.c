/* digest_collect.c: which papers could stand in which section. */
#include <sheaf/enquire.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "digest_private.h"
#include "error.h"
#include "profile_private.h"
#include "str.h"

static sheaf_status add_member(digest *d, sheaf_docid docid, size_t section, double weight,
                               int percent, sheaf_error *err)
{
	if (d->member_count == d->member_size) {
		size_t         size = d->member_size ? d->member_size * 2 : 256;
		digest_member *grown = mem_realloc_array(d->members, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		d->members = grown;
		d->member_size = size;
	}
	d->members[d->member_count++] = (digest_member){docid, section, weight, percent};
	return SHEAF_OK;
}

static int by_docid(const void *a, const void *b)
{
	const digest_member *x = a, *y = b;

	if (x->docid != y->docid)
		return x->docid < y->docid ? -1 : 1;
	return (x->section > y->section) - (x->section < y->section);
}

size_t digest_find(const digest *d, sheaf_docid docid, size_t *first)
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

static sheaf_status make_sections(digest *d, size_t count, sheaf_error *err)
{
	d->sections = mem_calloc(count, sizeof *d->sections);
	if (!d->sections)
		return sheaf_nomem(err);
	d->section_count = count;
	return SHEAF_OK;
}

/* ---- from placements ---- */

typedef struct collecting {
	digest      *d;
	size_t       section; /* where the last one was */
	sheaf_status status;
	sheaf_error *err;
} collecting;

static int is_section(const digest_section *section, const char *profile)
{
	return str_eq(section->name ? section->name : PROFILE_FALLBACK, profile);
}

static int take_placement(void *ctx, const sheaf_placement *placement)
{
	collecting *c = ctx;

	/* They come section by section. */
	while (c->section < c->d->section_count &&
	       !is_section(&c->d->sections[c->section], placement->profile))
		c->section++;
	if (c->section == c->d->section_count)
		return 0;
	c->status = add_member(c->d, placement->docid, c->section, placement->weight,
	                       placement->percent, c->err);
	return c->status != SHEAF_OK;
}

static sheaf_status collect_profiles(digest *d, sheaf_error *err)
{
	const sheaf_profile_set     *set = d->options->profiles;
	const sheaf_digest_settings *settings = sheaf_profile_set_get_digest(set);
	collecting                   c = {d, 0, SHEAF_OK, err};
	sheaf_error                  walk;
	sheaf_status                 status;

	d->name = mem_strdup(settings->name);
	d->title = settings->title;
	d->order = settings->order;
	d->limit = d->options->limit ? d->options->limit : settings->limit;
	status = d->name ? make_sections(d, set->count + (settings->fallback ? 1 : 0), err)
	                 : sheaf_nomem(err);
	if (status != SHEAF_OK)
		return status;
	for (size_t i = 0; i < set->count; i++) {
		const sheaf_profile *profile = &set->profiles[i];

		d->sections[i] = (digest_section){profile->name, profile->heading, profile->max,
		                                  (profile->include & SHEAF_INCLUDE_REPLACE) != 0};
	}
	if (settings->fallback)
		d->sections[set->count].heading = settings->fallback;
	status = sheaf_placement_each(d->db, set, 0, take_placement, &c, &walk);
	if (c.status != SHEAF_OK)
		return c.status;
	if (status != SHEAF_OK && err)
		*err = walk;
	return status;
}

/* ---- from categories ---- */

/* `cs.NE`; `cs.*`, whatever begins with `cs.`; `cs`, itself and all its subject classes. */
static sheaf_status category_query(const char *name, sheaf_query **query, sheaf_error *err)
{
	sheaf_query *subs[2] = {NULL, NULL};
	buf          part = BUF_INIT(0);
	size_t       len = strlen(name);
	sheaf_status status;

	*query = NULL;
	buf_append(&part, name, len && name[len - 1] == '*' ? len - 1 : len);
	status = buf_status(&part, err);
	if (status == SHEAF_OK)
		status = sheaf_query_new_term(SHEAF_FIELD_CATEGORY, buf_str(&part),
		                              part.len < len ? SHEAF_TERM_PREFIX : 0, &subs[0],
		                              err);
	if (status == SHEAF_OK && part.len == len && !strchr(name, '.')) {
		buf_putc(&part, '.');
		status = buf_status(&part, err);
		if (status == SHEAF_OK)
			status = sheaf_query_new_term(SHEAF_FIELD_CATEGORY, buf_str(&part),
			                              SHEAF_TERM_PREFIX, &subs[1], err);
	}
	if (status == SHEAF_OK)
		status = sheaf_query_new_op(SHEAF_OP_OR, subs, subs[1] ? 2 : 1, 0, query, err);
	else
		sheaf_query_free(subs[0]);
	buf_free(&part);
	return status;
}

static sheaf_status find_category(digest *d, size_t section, sheaf_error *err)
{
	sheaf_enquire *enquire = NULL;
	sheaf_query   *query = NULL;
	sheaf_mset    *mset = NULL;
	int64_t        all;
	sheaf_status   status;

	status = category_query(d->sections[section].name, &query, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_new(d->db, &enquire, err);
	if (status == SHEAF_OK) {
		sheaf_enquire_set_query(enquire, query);
		query = NULL;
		status = sheaf_database_get_doccount(d->db, &all, err);
	}
	if (status == SHEAF_OK)
		status = sheaf_enquire_get_mset(enquire, 0, (size_t)all, &mset, err);
	for (size_t i = 0; status == SHEAF_OK && i < sheaf_mset_size(mset); i++)
		status = add_member(d, sheaf_mset_get_docid(mset, i), section,
		                    sheaf_mset_get_weight(mset, i), sheaf_mset_get_percent(mset, i),
		                    err);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	sheaf_query_free(query);
	return status;
}

/* "cs.NE, cs.AI": what such a digest is called, and delivers under. */
static sheaf_status join_categories(digest *d, sheaf_error *err)
{
	buf          name = BUF_INIT(0);
	sheaf_status status;

	for (size_t i = 0; i < d->options->category_count; i++) {
		buf_puts(&name, i ? ", " : "");
		buf_puts(&name, d->options->categories[i]);
	}
	status = buf_status(&name, err);
	d->name = buf_take(&name);
	d->title = d->name;
	return status;
}

static sheaf_status collect_categories(digest *d, sheaf_error *err)
{
	sheaf_status status = join_categories(d, err);

	d->limit = d->options->limit;
	if (status == SHEAF_OK)
		status = make_sections(d, d->options->category_count, err);
	for (size_t i = 0; status == SHEAF_OK && i < d->section_count; i++) {
		d->sections[i].name = d->sections[i].heading = d->options->categories[i];
		status = find_category(d, i, err);
	}
	return status;
}

sheaf_status digest_collect(digest *d, sheaf_error *err)
{
	sheaf_status status = d->options->profiles ? collect_profiles(d, err)
	                                           : collect_categories(d, err);

	if (status == SHEAF_OK && d->member_count)
		qsort(d->members, d->member_count, sizeof *d->members, by_docid);
	return status;
}

void digest_clear(digest *d)
{
	mem_free(d->name);
	mem_free(d->sections);
	mem_free(d->members);
	mem_free(d->picks);
}
