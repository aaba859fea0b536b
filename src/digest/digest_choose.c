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

int digest_wants(const digest *d, const digest_section *section, const digest_pick *pick)
{
	if (!d->options->since_last || pick->delivered < 0)
		return 1;
	return section->replaced && pick->version > pick->delivered;
}

static int is_wanted(const digest *d, const digest_pick *pick, size_t first, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (digest_wants(d, &d->sections[d->members[first + i].section], pick))
			return 1;
	return 0;
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

static void describe(const sheaf_document *doc, digest_pick *pick)
{
	const char *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);
	arxiv_id    parsed;

	pick->docid = sheaf_document_get_docid(doc);
	pick->revision = sheaf_document_get_revision(doc);
	pick->date = document_get_date(doc, SHEAF_FIELD_DATE).time;
	pick->version = (int)sheaf_document_get_value(doc, SHEAF_FIELD_VERSION);
	if (id && arxiv_id_parse(id, strlen(id), &parsed)) {
		pick->year = parsed.year;
		pick->month = parsed.month;
		pick->number = last_number(id);
	}
}

static sheaf_status add_pick(digest *d, const digest_pick *pick, sheaf_error *err)
{
	if (d->pick_count == d->pick_size) {
		size_t       size = d->pick_size ? d->pick_size * 2 : 64;
		digest_pick *grown = mem_realloc_array(d->picks, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		d->picks = grown;
		d->pick_size = size;
	}
	d->picks[d->pick_count++] = *pick;
	return SHEAF_OK;
}

sheaf_status digest_load(const digest *d, sheaf_docid docid, sheaf_document **doc, sheaf_error *err)
{
	sheaf_error  why;
	sheaf_status status = sheaf_database_get_document(d->db, docid, doc, &why);

	if (status == SHEAF_OK || status == SHEAF_ERROR_DOC_NOT_FOUND)
		return SHEAF_OK;
	if (err)
		*err = why;
	return status;
}

/*
 * One paper, not newer than those before. *done becomes 1 where the limit is reached and no
 * later one can be of the same moment as the last that fits.
 */
static sheaf_status consider(digest *d, sheaf_docid docid, int *done, sheaf_error *err)
{
	sheaf_document *doc = NULL;
	digest_pick     pick = {.delivered = -1};
	size_t          first, count = digest_find(d, docid, &first);
	sheaf_status    status;

	if (!count)
		return SHEAF_OK;
	status = digest_load(d, docid, &doc, err);
	if (!doc)
		return status;
	describe(doc, &pick);
	sheaf_document_free(doc);
	if (d->limit && d->pick_count >= (size_t)d->limit &&
	    pick.date != d->picks[d->limit - 1].date) {
		*done = 1;
		return SHEAF_OK;
	}
	if (d->options->since_last)
		status = store_delivery_get(d->db, d->name, docid, &pick.delivered, err);
	if (status == SHEAF_OK && is_wanted(d, &pick, first, count))
		status = add_pick(d, &pick, err);
	return status;
}

static sheaf_status make_enquire(digest *d, sheaf_enquire **enquire, sheaf_error *err)
{
	const sheaf_digest_options *o = d->options;
	sheaf_query                *query = NULL;
	sheaf_status                status;

	*enquire = NULL;
	if (o->has_since || o->has_until)
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

static sheaf_status walk_newest(digest *d, sheaf_enquire *enquire, sheaf_error *err)
{
	size_t       first = 0, step = FIRST_STEP, got = 1;
	int          done = 0;
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && got && !done) {
		sheaf_mset *mset = NULL;

		status = sheaf_enquire_get_mset(enquire, first, step, &mset, err);
		got = status == SHEAF_OK ? sheaf_mset_size(mset) : 0;
		for (size_t i = 0; status == SHEAF_OK && i < got && !done; i++)
			status = consider(d, sheaf_mset_get_docid(mset, i), &done, err);
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

sheaf_status digest_choose(digest *d, sheaf_error *err)
{
	sheaf_enquire *enquire = NULL;
	sheaf_status   status = SHEAF_OK;

	if (!d->member_count)
		return SHEAF_OK;
	status = make_enquire(d, &enquire, err);
	if (status == SHEAF_OK)
		status = walk_newest(d, enquire, err);
	sheaf_enquire_free(enquire);
	if (status != SHEAF_OK || !d->pick_count)
		return status;
	qsort(d->picks, d->pick_count, sizeof *d->picks, by_age);
	if (d->limit && d->pick_count > (size_t)d->limit)
		d->pick_count = (size_t)d->limit;
	return SHEAF_OK;
}
