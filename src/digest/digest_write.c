/* digest_write.c: chosen papers through a writer. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "digest_private.h"
#include "error.h"

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

static const digest_member *member_of(const sheaf_digest *d, sheaf_docid docid, size_t section)
{
	size_t first, count = digest_find(d, docid, &first);

	for (size_t i = 0; i < count; i++)
		if (d->members[first + i].section == section)
			return &d->members[first + i];
	return NULL;
}

/* The picks of one section in its order, cut to its `max`; `entries` has room for all picks. */
static size_t fill_section(const sheaf_digest *d, size_t section, entry *entries)
{
	const digest_section *s = &d->sections[section];
	size_t                count = 0;

	for (size_t i = 0; i < d->chosen.count; i++) {
		digest_pick         *pick = &d->chosen.items[i];
		const digest_member *member = member_of(d, pick->docid, section);

		if (member && digest_wants(d, member, pick))
			entries[count++] = (entry){pick, member, i};
	}
	if (d->order == SHEAF_ORDER_RELEVANCE && count)
		qsort(entries, count, sizeof *entries, by_weight);
	return s->max && count > (size_t)s->max ? (size_t)s->max : count;
}

static const char *announcement_of(const digest_kind *kind)
{
	static const char *const names[2][2] = {{"new", "cross"}, {"replace", "replace-cross"}};

	return names[kind->latest][kind->cross];
}

static sheaf_status write_paper(sheaf_digest *d, digest_pick *pick, const digest_member *member,
                                sheaf_writer *writer, sheaf_error *err)
{
	sheaf_document *doc = NULL;
	sheaf_item      item = {.weight = member->weight,
	                        .percent = member->percent,
	                        .updated = digest_is_update(pick),
	                        .announcement = announcement_of(&member->kind)};
	sheaf_status    status = digest_load(d, pick->docid, &doc, err);

	if (!doc)
		return status;
	item.doc = doc;
	sheaf_writer_item(writer, &item);
	sheaf_document_free(doc);
	pick->written = 1;
	return SHEAF_OK;
}

/* What the caller's head does not say is the digest's. */
static sheaf_list_head make_head(const sheaf_digest *d, const sheaf_list_head *given)
{
	sheaf_list_head head = given ? *given : (sheaf_list_head){0};

	head.kind = SHEAF_LIST_DIGEST;
	head.title = d->title;
	head.name = d->name;
	head.escape = 1;
	head.now = d->options.now;
	if (d->options.profiles) {
		const sheaf_digest_settings *settings = sheaf_profile_set_get_digest(
			d->options.profiles);

		head.intro = settings->intro;
		head.link = settings->link;
		head.escape = settings->escape;
	}
	return head;
}

static sheaf_status end_list(sheaf_writer *writer, sheaf_status status, sheaf_error *err)
{
	sheaf_status ended = sheaf_writer_end(writer, status == SHEAF_OK ? err : NULL);

	return status == SHEAF_OK ? ended : status;
}

/* ---- the digest ---- */

static sheaf_status write_sections(sheaf_digest *d, sheaf_writer *writer, sheaf_digest_stats *stats,
                                   sheaf_error *err)
{
	entry       *entries = mem_calloc(d->chosen.count, sizeof *entries);
	sheaf_status status = entries ? SHEAF_OK : sheaf_nomem(err);

	for (size_t i = 0; status == SHEAF_OK && i < d->section_count; i++) {
		size_t count = fill_section(d, i, entries);

		if (!count)
			continue;
		sheaf_writer_section(writer, d->sections[i].name, d->sections[i].heading);
		stats->sections++;
		for (size_t e = 0; status == SHEAF_OK && e < count; e++)
			status = write_paper(d, entries[e].pick, entries[e].member, writer, err);
	}
	mem_free(entries);
	for (size_t i = 0; i < d->chosen.count; i++)
		stats->papers += d->chosen.items[i].written;
	return status;
}

sheaf_status sheaf_digest_write_chosen(sheaf_digest *digest, const sheaf_list_head *given,
                                       sheaf_writer *writer, sheaf_digest_stats *stats,
                                       sheaf_error *err)
{
	sheaf_digest_stats counted = {0, 0};
	sheaf_list_head    head;
	sheaf_status       status;

	if (stats)
		*stats = counted;
	if (!digest || !writer)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no digest or no writer");
	head = make_head(digest, given);
	sheaf_writer_begin(writer, &head);
	status = end_list(writer, write_sections(digest, writer, &counted, err), err);
	if (stats && status == SHEAF_OK)
		*stats = counted;
	return status;
}

/* ---- feeds ---- */

/* What a feed of one section, or of all, is called. */
typedef struct feed {
	buf name, title;
} feed;

static sheaf_status name_feed(const sheaf_digest *d, size_t section, feed *f, sheaf_error *err)
{
	sheaf_status status;

	buf_puts(&f->name, d->name);
	buf_puts(&f->title, d->title);
	if (section != SHEAF_DIGEST_ALL) {
		const digest_section *s = &d->sections[section];

		buf_printf(&f->name, "/%s", s->name ? s->name : "");
		buf_printf(&f->title, ": %s", s->heading);
	}
	status = buf_status(&f->name, err);
	return status == SHEAF_OK ? buf_status(&f->title, err) : status;
}

/* The member by which the paper is in the section, or in the first that shows it. */
static const digest_member *shown_member(const sheaf_digest *d, const digest_pick *pick,
                                         size_t section)
{
	size_t first, count = digest_find(d, pick->docid, &first);

	for (size_t i = first; i < first + count; i++)
		if ((section == SHEAF_DIGEST_ALL || d->members[i].section == section) &&
		    digest_shows(d, &d->members[i], pick))
			return &d->members[i];
	return NULL;
}

static sheaf_status write_newest(sheaf_digest *d, size_t section, sheaf_writer *writer,
                                 sheaf_error *err)
{
	size_t       in = SHEAF_DIGEST_ALL; /* the section that was begun last */
	int64_t      count = 0;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < d->newest.count && count < d->newest_limit;
	     i++) {
		digest_pick          pick = d->newest.items[i];
		const digest_member *member = shown_member(d, &pick, section);

		if (!member)
			continue;
		if (member->section != in)
			sheaf_writer_section(writer, d->sections[member->section].name,
			                     d->sections[member->section].heading);
		in = member->section;
		status = write_paper(d, &pick, member, writer, err);
		count++;
	}
	return status;
}

sheaf_status sheaf_digest_write_newest(sheaf_digest *digest, size_t i, int64_t limit,
                                       const sheaf_list_head *given, sheaf_writer *writer,
                                       sheaf_error *err)
{
	feed            f = {BUF_INIT(0), BUF_INIT(0)};
	sheaf_list_head head;
	sheaf_status    status;

	if (!digest || !writer || limit <= 0 ||
	    (i != SHEAF_DIGEST_ALL && i >= digest->section_count))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no digest, no such section, no limit or no writer");
	status = digest_find_newest(digest, limit, err);
	if (status == SHEAF_OK)
		status = name_feed(digest, i, &f, err);
	if (status == SHEAF_OK) {
		head = make_head(digest, given);
		head.name = buf_str(&f.name);
		head.title = buf_str(&f.title);
		sheaf_writer_begin(writer, &head);
		status = end_list(writer, write_newest(digest, i, writer, err), err);
	}
	buf_free(&f.name);
	buf_free(&f.title);
	return status;
}
