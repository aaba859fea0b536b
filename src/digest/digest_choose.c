/*
 * digest_choose.c: the newest papers that have a section. Papers come newest first from the
 * engine, some more at a time, so that a digest of thirty does not read them all.
 */
#include <sheaf/enquire.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "arxiv_id.h"
#include "digest_private.h"
#include "document_private.h"
#include "error.h"
#include "store.h"
#include "str.h"

enum { FIRST_STEP = 256 };

int digest_is_update(const digest_pick *pick)
{
	/* Where no version was known, it was the first as far as one can tell. */
	int delivered = pick->delivered ? pick->delivered : 1;

	return pick->delivered >= 0 && pick->version > delivered;
}

int digest_wants(const sheaf_digest *d, const digest_member *member, const digest_pick *pick)
{
	const digest_section *section = &d->sections[member->section];

	if (d->options.since_last && pick->delivered >= 0)
		return digest_is_update(pick) && (section->include & SHEAF_INCLUDE_REPLACE) &&
		       digest_takes(section, &member->kind);
	return digest_takes(section, &member->kind);
}

int digest_shows(const sheaf_digest *d, const digest_member *member, const digest_pick *pick)
{
	const digest_section *section = &d->sections[member->section];
	digest_kind           first = member->kind;

	if (digest_takes(section, &member->kind))
		return 1;
	/* When it was delivered, it may have been new, whatever it is by now. */
	first.fresh = 1;
	return pick->delivered >= 0 && digest_takes(section, &first);
}

/* The number at the end of an id: 22876 of 2601.22876, 309136 of math/0309136. */
static int64_t last_number(const char *id)
{
	size_t  end = strlen(id);
	int64_t number = 0, unit = 1;

	while (end && str_is_digit((unsigned char)id[end - 1]) && unit < 1000000000) {
		number += unit * (id[--end] - '0');
		unit *= 10;
	}
	return number;
}

static sheaf_status describe(sheaf_digest *d, const sheaf_document *doc, digest_pick *pick,
                             sheaf_error *err)
{
	const char *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);
	arxiv_id    parsed;

	pick->id = arena_strdup(&d->arena, id ? id : "");
	if (!pick->id)
		return sheaf_nomem(err);

	pick->docid = sheaf_document_get_docid(doc);
	pick->revision = sheaf_document_get_revision(doc);
	pick->date = document_get_date(doc, SHEAF_FIELD_DATE).time;
	pick->version = (int)sheaf_document_get_value(doc, SHEAF_FIELD_VERSION);
	if (id && arxiv_id_parse(id, strlen(id), &parsed)) {
		pick->year = parsed.year;
		pick->month = parsed.month;
		pick->number = last_number(id);
	}
	return SHEAF_OK;
}

static sheaf_status add_pick(digest_picks *picks, const digest_pick *pick, sheaf_error *err)
{
	if (picks->count == picks->size) {
		size_t       size = picks->size ? picks->size * 2 : 64;
		digest_pick *grown = mem_realloc_array(picks->items, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		picks->items = grown;
		picks->size = size;
	}
	picks->items[picks->count++] = *pick;
	return SHEAF_OK;
}

sheaf_status digest_load(const sheaf_digest *d, sheaf_docid docid, sheaf_document **doc,
                         sheaf_error *err)
{
	sheaf_error  why;
	sheaf_status status = sheaf_database_get_document(d->db, docid, doc, &why);

	if (status == SHEAF_OK || status == SHEAF_ERROR_DOC_NOT_FOUND)
		return SHEAF_OK;
	if (err)
		*err = why;
	return status;
}

/* Papers that a section's feed has so far. */
typedef struct counter {
	int64_t    count;
	sheaf_time last; /* date of the one that filled it */
} counter;

/* A walk over papers, newest first. */
typedef struct walk {
	sheaf_digest *d;
	/* One that has members. *done 1: no later one can matter. */
	sheaf_status (*consider)(struct walk *w, const digest_pick *pick, digest_member *members,
	                         size_t count, int *done, sheaf_error *err);
	counter *counters; /* of each section */
	counter  all;      /* of the digest */
	int64_t  limit;
	int      news; /* 1: what was delivered as it is does not matter */
} walk;

static int is_settled(const sheaf_digest *d, sheaf_docid docid)
{
	size_t low = 0, high = d->settled_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (d->settled[middle] < docid)
			low = middle + 1;
		else
			high = middle;
	}
	return low < d->settled_count && d->settled[low] == docid;
}

static sheaf_status look_at(walk *w, sheaf_docid docid, int *done, sheaf_error *err)
{
	sheaf_digest   *d = w->d;
	sheaf_document *doc = NULL;
	digest_pick     pick = {.delivered = -1};
	size_t          first, count = digest_find(d, docid, &first);
	sheaf_status    status;

	if (!count || (w->news && is_settled(d, docid)))
		return SHEAF_OK;
	status = digest_load(d, docid, &doc, err);
	if (!doc)
		return status;
	status = describe(d, doc, &pick, err);
	if (status == SHEAF_OK)
		status = store_delivery_get(d->db, d->name, pick.id, d->attempted, &pick.delivered,
		                            err);
	if (status == SHEAF_OK)
		status = digest_announce(d, doc, &pick, &d->members[first], count, err);
	sheaf_document_free(doc);
	return status == SHEAF_OK ? w->consider(w, &pick, &d->members[first], count, done, err)
	                          : status;
}

static int is_full(const counter *of, int64_t limit, sheaf_time date)
{
	return of->count >= limit && date != of->last;
}

static void count_one(counter *of, int64_t limit, sheaf_time date)
{
	if (++of->count == limit)
		of->last = date;
}

typedef enum place {
	PLACE_NONE = 0,
	PLACE_MAYBE, /* of the moment of the last that has a place: which comes first is not known yet */
	PLACE_SURE
} place;

/*
 * Whether some section shows the paper, which is counted there. By date, what a section cuts off is
 * known, and it does not take the place of another paper; by relevance, it is not.
 */
static place find_place(const walk *w, const digest_pick *pick, const digest_member *members,
                        size_t count)
{
	const sheaf_digest *d = w->d;
	place               found = PLACE_NONE;

	for (size_t i = 0; i < count; i++) {
		int64_t  max = d->sections[members[i].section].max;
		counter *of = &w->counters[members[i].section];

		if (!digest_wants(d, &members[i], pick))
			continue;
		if (max && d->order == SHEAF_ORDER_SUBMITTED && of->count >= max) {
			if (!found && !is_full(of, max, pick->date))
				found = PLACE_MAYBE;
			continue;
		}
		count_one(of, max, pick->date);
		found = PLACE_SURE;
	}
	return found;
}

/* Later ones are of an earlier moment, or of the same as the last that fits. */
static sheaf_status consider_digest(walk *w, const digest_pick *pick, digest_member *members,
                                    size_t count, int *done, sheaf_error *err)
{
	sheaf_digest *d = w->d;
	place         found;

	if (d->limit && is_full(&w->all, d->limit, pick->date)) {
		*done = 1;
		return SHEAF_OK;
	}
	found = find_place(w, pick, members, count);
	if (found == PLACE_SURE)
		count_one(&w->all, d->limit, pick->date);
	return found ? add_pick(&d->chosen, pick, err) : SHEAF_OK;
}

static sheaf_status consider_newest(walk *w, const digest_pick *pick, digest_member *members,
                                    size_t count, int *done, sheaf_error *err)
{
	size_t full = 0;
	int    wanted = 0;

	for (size_t i = 0; i < w->d->section_count; i++)
		full += (size_t)is_full(&w->counters[i], w->limit, pick->date);
	*done = full == w->d->section_count;
	for (size_t i = 0; i < count && !*done; i++) {
		counter *of = &w->counters[members[i].section];

		if (is_full(of, w->limit, pick->date) || !digest_shows(w->d, &members[i], pick))
			continue;
		wanted = 1;
		count_one(of, w->limit, pick->date);
	}
	return wanted ? add_pick(&w->d->newest, pick, err) : SHEAF_OK;
}

static sheaf_status make_enquire(sheaf_digest *d, int dated, sheaf_enquire **enquire,
                                 sheaf_error *err)
{
	const sheaf_digest_options *o = &d->options;
	sheaf_query                *query = NULL;
	sheaf_status                status;

	*enquire = NULL;
	if (dated && (o->has_since || o->has_until))
		status = sheaf_query_new_range(SHEAF_FIELD_DATE,
		                               o->has_since ? o->since : INT64_MIN,
		                               o->has_until ? o->until : INT64_MAX, &query, err);
	else
		status = sheaf_query_new_match_all(&query, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_new(d->db, enquire, err);
	if (status != SHEAF_OK) {
		sheaf_query_free(query);
		return status;
	}
	sheaf_enquire_set_query(*enquire, query);
	sheaf_enquire_set_sort_by_value(*enquire, SHEAF_FIELD_DATE, 0);
	return SHEAF_OK;
}

static sheaf_status walk_newest(walk *w, sheaf_enquire *enquire, sheaf_error *err)
{
	size_t       first = 0, step = FIRST_STEP, got = 1;
	int          done = 0;
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && got && !done) {
		sheaf_mset *mset = NULL;

		status = sheaf_enquire_get_mset(enquire, first, step, &mset, err);
		got = status == SHEAF_OK ? sheaf_mset_size(mset) : 0;
		for (size_t i = 0; status == SHEAF_OK && i < got && !done; i++)
			status = look_at(w, sheaf_mset_get_docid(mset, i), &done, err);
		sheaf_mset_free(mset);
		first += got;
		/* Each call sorts anew, so few long steps are better than many short ones. */
		step = first;
	}
	return status;
}

/* Newest first; of one moment, the newest id; of one id's number, the newest revision. */
static int by_age(const void *a, const void *b)
{
	const digest_pick *x = a, *y = b;

	if (x->date != y->date)
		return x->date > y->date ? -1 : 1;
	if (x->year != y->year)
		return x->year > y->year ? -1 : 1;
	if (x->month != y->month)
		return x->month > y->month ? -1 : 1;
	if (x->number != y->number)
		return x->number > y->number ? -1 : 1;
	return x->revision > y->revision ? -1 : 1;
}

static sheaf_status take_walk(walk *w, int dated, digest_picks *picks, sheaf_error *err)
{
	sheaf_enquire *enquire = NULL;
	sheaf_status   status = SHEAF_OK;

	if (!w->d->member_count)
		return SHEAF_OK;
	status = make_enquire(w->d, dated, &enquire, err);
	if (status == SHEAF_OK)
		status = walk_newest(w, enquire, err);
	sheaf_enquire_free(enquire);
	if (status == SHEAF_OK && picks->count)
		qsort(picks->items, picks->count, sizeof *picks->items, by_age);
	return status;
}

/* Of one moment more were chosen than fit: the first in order stay. */
static void cut_chosen(walk *w)
{
	sheaf_digest *d = w->d;
	size_t        kept = 0;

	memset(w->counters, 0, d->section_count * sizeof *w->counters);
	for (size_t i = 0; i < d->chosen.count && (!d->limit || kept < (size_t)d->limit); i++) {
		digest_pick pick = d->chosen.items[i];
		size_t      first, count = digest_find(d, pick.docid, &first);

		if (find_place(w, &pick, &d->members[first], count) == PLACE_SURE)
			d->chosen.items[kept++] = pick;
	}
	d->chosen.count = kept;
}

sheaf_status digest_choose(sheaf_digest *d, sheaf_error *err)
{
	walk         w = {.d = d, .consider = consider_digest, .news = d->options.since_last};
	sheaf_status status;

	w.counters = mem_calloc(d->section_count + 1, sizeof *w.counters);
	if (!w.counters)
		return sheaf_nomem(err);
	status = take_walk(&w, 1, &d->chosen, err);
	if (status == SHEAF_OK)
		cut_chosen(&w);
	mem_free(w.counters);
	return status;
}

sheaf_status digest_find_newest(sheaf_digest *d, int64_t limit, sheaf_error *err)
{
	walk         w = {.d = d, .consider = consider_newest, .limit = limit};
	sheaf_status status;

	if (d->newest_limit == limit)
		return SHEAF_OK;
	d->newest.count = 0;
	w.counters = mem_calloc(d->section_count, sizeof *w.counters);
	if (!w.counters)
		return sheaf_nomem(err);
	status = store_begin_read(d->db, err);
	if (status == SHEAF_OK) {
		status = take_walk(&w, 0, &d->newest, err);
		store_end_read(d->db);
	}
	if (status == SHEAF_OK)
		d->newest_limit = limit;
	mem_free(w.counters);
	return status;
}
