#include "match_spy_private.h"

#include "alloc.h"
#include "error.h"
#include "facets.h"

struct sheaf_match_spy {
	sheaf_database    *db;     /* of the session, borrowed */
	facets            *facets; /* NULL: a spy of the caller's */
	sheaf_match_spy_fn fn;
	void              *ctx;
	match_hook         hook;
	int64_t            total;
};

static sheaf_status see(void *ctx, sheaf_database *db, size_t place, sheaf_revision revision,
                        double weight, sheaf_error *err)
{
	sheaf_match_spy *spy = ctx;
	sheaf_docid      docid;
	sheaf_status     status;

	spy->total++;
	if (spy->facets)
		return facets_see(spy->facets, db, place, revision, err);
	status = facets_docid(spy->db, db, place, revision, &docid, err);
	if (status == SHEAF_OK && spy->fn(spy->ctx, docid, weight))
		status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	return status;
}

/* Counting values asks for no weights. */
static sheaf_status see_many(void *ctx, sheaf_database *db, size_t place,
                             const sheaf_revision *revisions, size_t count, sheaf_error *err)
{
	sheaf_match_spy *spy = ctx;

	spy->total += (int64_t)count;
	return facets_see_many(spy->facets, db, place, revisions, count, err);
}

/* Takes `counts`. */
static sheaf_status make(sheaf_database *db, facets *counts, sheaf_match_spy **out,
                         sheaf_error *err)
{
	sheaf_match_spy *spy = mem_calloc(1, sizeof *spy);

	if (!spy) {
		facets_free(counts);
		return sheaf_nomem(err);
	}
	spy->db = db;
	spy->facets = counts;
	spy->hook = (match_hook){see, spy, counts ? see_many : NULL};
	*out = spy;
	return SHEAF_OK;
}

sheaf_status sheaf_value_count_match_spy_new(sheaf_database *db, sheaf_field field,
                                             sheaf_match_spy **spy, sheaf_error *err)
{
	facets      *counts;
	sheaf_status status;

	*spy = NULL;
	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	status = facets_new(field, &counts, err);
	return status == SHEAF_OK ? make(db, counts, spy, err) : status;
}

sheaf_status sheaf_slot_count_match_spy_new(sheaf_database *db, uint32_t slot,
                                            sheaf_match_spy **spy, sheaf_error *err)
{
	facets      *counts;
	sheaf_status status;

	*spy = NULL;
	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	status = facets_new_slot(slot, &counts, err);
	return status == SHEAF_OK ? make(db, counts, spy, err) : status;
}

sheaf_status sheaf_match_spy_new(sheaf_database *db, sheaf_match_spy_fn fn, void *ctx,
                                 sheaf_match_spy **spy, sheaf_error *err)
{
	sheaf_status status;

	*spy = NULL;
	if (!db || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no function");
	status = make(db, NULL, spy, err);
	if (status == SHEAF_OK) {
		(*spy)->fn = fn;
		(*spy)->ctx = ctx;
	}
	return status;
}

void sheaf_match_spy_free(sheaf_match_spy *spy)
{
	if (!spy)
		return;
	facets_free(spy->facets);
	mem_free(spy);
}

const match_hook *match_spy_hook(sheaf_match_spy *spy)
{
	return &spy->hook;
}

sheaf_status match_spy_begin(sheaf_match_spy *spy)
{
	spy->total = 0;
	if (spy->facets)
		facets_clear(spy->facets);
	return SHEAF_OK;
}

int64_t sheaf_match_spy_get_total(const sheaf_match_spy *spy)
{
	return spy ? spy->total : 0;
}

sheaf_status sheaf_match_spy_top_values(sheaf_match_spy *spy, size_t maxvalues,
                                        sheaf_value_count_fn fn, void *ctx, sheaf_error *err)
{
	if (!spy || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no spy or no function");
	if (!spy->facets)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a spy of the caller's counts no values");
	return facets_top(spy->facets, maxvalues, fn, ctx, err);
}
