#include <sheaf/digest.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "digest_private.h"
#include "error.h"
#include "store.h"

/* A paper of one section. */
typedef struct entry {
	digest_pick         *pick;
	const digest_member *member;
	size_t               order; /* among the picks */
} entry;

/* Best first, then newest. */
static int by_weight(const void *a, const void *b)
{
	const entry *x = a, *y = b;

	if (x->member->weight > y->member->weight || x->member->weight < y->member->weight)
		return x->member->weight > y->member->weight ? -1 : 1;
	return x->order < y->order ? -1 : 1;
}

static const digest_member *member_of(const digest *d, sheaf_docid docid, size_t section)
{
	size_t first, count = digest_find(d, docid, &first);

	for (size_t i = 0; i < count; i++)
		if (d->members[first + i].section == section)
			return &d->members[first + i];
	return NULL;
}

/* The picks of one section in its order, cut to its `max`; `entries` has room for all picks. */
static size_t fill_section(const digest *d, size_t section, entry *entries)
{
	const digest_section *s = &d->sections[section];
	size_t                count = 0;

	for (size_t i = 0; i < d->pick_count; i++) {
		const digest_member *member = member_of(d, d->picks[i].docid, section);

		if (member && digest_wants(d, s, &d->picks[i]))
			entries[count++] = (entry){&d->picks[i], member, i};
	}
	if (d->order == SHEAF_ORDER_RELEVANCE && count)
		qsort(entries, count, sizeof *entries, by_weight);
	return s->max && count > (size_t)s->max ? (size_t)s->max : count;
}

static sheaf_status write_paper(digest *d, const entry *e, sheaf_writer *writer, sheaf_error *err)
{
	sheaf_document *doc = NULL;
	sheaf_item      item = {.weight = e->member->weight, .percent = e->member->percent};
	sheaf_status    status = digest_load(d, e->pick->docid, &doc, err);

	if (!doc)
		return status;
	item.doc = doc;
	sheaf_writer_item(writer, &item);
	sheaf_document_free(doc);
	e->pick->written = 1;
	return SHEAF_OK;
}

static sheaf_status write_sections(digest *d, sheaf_writer *writer, sheaf_digest_stats *stats,
                                   sheaf_error *err)
{
	entry       *entries = mem_calloc(d->pick_count, sizeof *entries);
	sheaf_status status = entries ? SHEAF_OK : sheaf_nomem(err);

	for (size_t i = 0; status == SHEAF_OK && i < d->section_count; i++) {
		size_t count = fill_section(d, i, entries);

		if (!count)
			continue;
		sheaf_writer_section(writer, d->sections[i].name, d->sections[i].heading);
		stats->sections++;
		for (size_t e = 0; status == SHEAF_OK && e < count; e++)
			status = write_paper(d, &entries[e], writer, err);
	}
	mem_free(entries);
	for (size_t i = 0; i < d->pick_count; i++)
		stats->papers += d->picks[i].written;
	return status;
}

static sheaf_status write_all(digest *d, sheaf_writer *writer, sheaf_digest_stats *stats,
                              sheaf_error *err)
{
	sheaf_list_head head = {
		.kind = SHEAF_LIST_DIGEST, .title = d->title, .escape = 1, .now = d->options->now};
	sheaf_status status, ended;

	if (d->options->profiles) {
		const sheaf_digest_settings *settings = sheaf_profile_set_get_digest(
			d->options->profiles);

		head.intro = settings->intro;
		head.link = settings->link;
		head.escape = settings->escape;
	}
	sheaf_writer_begin(writer, &head);
	status = write_sections(d, writer, stats, err);
	ended = sheaf_writer_end(writer, status == SHEAF_OK ? err : NULL);
	return status == SHEAF_OK ? ended : status;
}

/* All or none: a digest that is half remembered would never show the other half. */
static sheaf_status mark_delivered(digest *d, sheaf_error *err)
{
	int          own = !store_in_transaction(d->db);
	sheaf_status status = own ? sheaf_database_begin_transaction(d->db, err) : SHEAF_OK;

	if (status != SHEAF_OK)
		return status;
	for (size_t i = 0; status == SHEAF_OK && i < d->pick_count; i++)
		if (d->picks[i].written)
			status = store_delivery_put(d->db, d->name, d->picks[i].docid,
			                            d->picks[i].version, d->options->now, err);
	if (own && status == SHEAF_OK)
		status = sheaf_database_commit_transaction(d->db, err);
	else if (own)
		sheaf_database_cancel_transaction(d->db);
	return status;
}

static sheaf_status check_arguments(sheaf_database *db, const sheaf_digest_options *options,
                                    const sheaf_writer *writer, sheaf_error *err)
{
	if (!db || !options || !writer)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, no options or no writer");
	if (!options->profiles && !options->category_count)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a digest needs profiles or categories");
	if (options->limit < 0)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "a limit of %lld papers",
		                  (long long)options->limit);
	return SHEAF_OK;
}

sheaf_status sheaf_digest_write(sheaf_database *db, const sheaf_digest_options *options,
                                sheaf_writer *writer, int (*safe)(void *ctx), void *ctx,
                                sheaf_digest_stats *stats, sheaf_error *err)
{
	sheaf_digest_stats counted = {0, 0};
	digest             d;
	sheaf_status       status = check_arguments(db, options, writer, err);

	if (stats)
		*stats = counted;
	if (status != SHEAF_OK)
		return status;
	memset(&d, 0, sizeof d);
	d.db = db;
	d.options = options;
	status = digest_collect(&d, err);
	if (status == SHEAF_OK)
		status = digest_choose(&d, err);
	if (status == SHEAF_OK)
		status = write_all(&d, writer, &counted, err);
	if (status == SHEAF_OK && safe && safe(ctx) != 0)
		status = sheaf_fail(err, SHEAF_ERROR_IO,
		                    "the digest was written, but not safely: nothing is marked");
	if (status == SHEAF_OK && options->mark_delivered)
		status = mark_delivered(&d, err);
	if (stats && status == SHEAF_OK)
		*stats = counted;
	digest_clear(&d);
	return status;
}
