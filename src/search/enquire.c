#include <sheaf/enquire.h>
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "enquire_private.h"
#include "error.h"
#include "field.h"
#include "match_spy_private.h"
#include "mset_private.h"

sheaf_status sheaf_enquire_new(sheaf_database *db, sheaf_enquire **out, sheaf_error *err)
{
	sheaf_enquire *e;

	*out = NULL;
	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	e = mem_calloc(1, sizeof *e);
	if (!e)
		return sheaf_nomem(err);
	e->db = db;
	e->options = match_defaults();
	*out = e;
	return SHEAF_OK;
}

void sheaf_enquire_free(sheaf_enquire *e)
{
	if (!e)
		return;
	sheaf_query_free(e->query);
	mem_free(e);
}

void sheaf_enquire_set_query(sheaf_enquire *e, sheaf_query *query)
{
	sheaf_query_free(e->query);
	e->query = query;
}

void sheaf_enquire_set_field_weight(sheaf_enquire *e, sheaf_field field, double weight)
{
	const field_info *info = field_get(field);

	if (info && info->column >= 0 && info->column < COLUMN_TEXT_COUNT && weight >= 0 &&
	    weight < 1e9)
		e->options.column_weight[info->column] = weight;
}

static void set_order(sheaf_enquire *e, match_order order, sheaf_field field, int reverse)
{
	if (order != MATCH_BY_RELEVANCE && !field_is_date(field))
		return;
	e->options.order = order;
	e->options.sort = field;
	e->options.reverse = reverse;
	e->options.sort_by_slot = 0;
}

void sheaf_enquire_set_sort_by_relevance(sheaf_enquire *e)
{
	set_order(e, MATCH_BY_RELEVANCE, SHEAF_FIELD_DATE, 0);
}

void sheaf_enquire_set_sort_by_value(sheaf_enquire *e, sheaf_field field, int reverse)
{
	set_order(e, MATCH_BY_VALUE, field, reverse);
}

void sheaf_enquire_set_sort_by_value_then_relevance(sheaf_enquire *e, sheaf_field field,
                                                    int reverse)
{
	set_order(e, MATCH_BY_VALUE_THEN_RELEVANCE, field, reverse);
}

void sheaf_enquire_set_sort_by_relevance_then_value(sheaf_enquire *e, sheaf_field field,
                                                    int reverse)
{
	set_order(e, MATCH_BY_RELEVANCE_THEN_VALUE, field, reverse);
}

void sheaf_enquire_set_sort_slot(sheaf_enquire *e, uint32_t slot, int reverse)
{
	e->options.sort_by_slot = 1;
	e->options.slot = slot;
	e->options.reverse = reverse;
}

void sheaf_enquire_set_docid_order(sheaf_enquire *e, sheaf_docid_order order)
{
	e->options.oldest = order == SHEAF_DOCID_ASCENDING;
}

void sheaf_enquire_set_cutoff(sheaf_enquire *e, double weight)
{
	e->options.cutoff = weight > 0 ? weight : 0;
}

void sheaf_enquire_set_cutoff_percent(sheaf_enquire *e, int percent)
{
	e->options.percent = percent < 0 ? 0 : percent > 100 ? 100 : percent;
}

void sheaf_enquire_set_time_limit(sheaf_enquire *e, double seconds)
{
	e->options.seconds = seconds > 0 ? fmin(seconds, 1e9) : 0;
}

void sheaf_enquire_set_check_at_least(sheaf_enquire *e, size_t check_at_least)
{
	e->options.check_at_least = check_at_least;
}

sheaf_status sheaf_enquire_set_weighting(sheaf_enquire *e, const sheaf_weighting *weighting,
                                         sheaf_error *err)
{
	match_options   defaults = match_defaults();
	sheaf_weighting w = weighting ? *weighting : defaults.weighting;
	const double    all[] = {w.k1, w.b, w.length_exponent, w.burst, w.adjacency};

	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!isfinite(all[i]) || all[i] < 0 || all[i] > 1e6)
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                  "a weighting's numbers are finite and not negative");
	if (w.b > 1)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "b is at most 1, not %g", w.b);
	e->options.weighting = w;
	e->options.boolean = 0;
	return SHEAF_OK;
}

void sheaf_enquire_set_bool_weighting(sheaf_enquire *e)
{
	e->options.boolean = 1;
}

sheaf_status sheaf_enquire_add_matchspy(sheaf_enquire *e, sheaf_match_spy *spy, sheaf_error *err)
{
	if (!spy || e->spy_count == ENQUIRE_SPIES_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no spy, or more than %d of them", ENQUIRE_SPIES_MAX);
	e->spies[e->spy_count++] = spy;
	return SHEAF_OK;
}

void sheaf_enquire_clear_matchspies(sheaf_enquire *e)
{
	e->spy_count = 0;
}

void sheaf_enquire_set_revision_range(sheaf_enquire *e, sheaf_revision begin, sheaf_revision end)
{
	e->options.after = begin > 0 ? begin : 0;
	e->options.until = end > 0 ? end : 0;
}

sheaf_status sheaf_enquire_get_mset(sheaf_enquire *e, size_t first, size_t maxitems,
                                    sheaf_mset **out, sheaf_error *err)
{
	match_result  result = {0};
	match_options options = e->options;
	match_hook    hooks[ENQUIRE_SPIES_MAX];
	sheaf_status  status;

	*out = NULL;
	options.keep = maxitems > SIZE_MAX - first ? SIZE_MAX : first + maxitems;
	for (size_t i = 0; i < e->spy_count; i++) {
		status = match_spy_begin(e->spies[i]);
		if (status != SHEAF_OK)
			return status;
		hooks[i] = *match_spy_hook(e->spies[i]);
	}
	options.hooks = hooks;
	options.hook_count = e->spy_count;
	status = match_run(e->db, e->query, &options, &result, err);
	if (status == SHEAF_OK)
		status = mset_new(e->db, e->query, &result, first, out, err);
	match_result_free(&result);
	return status;
}

sheaf_status sheaf_enquire_each_matching_term(sheaf_enquire *e, sheaf_docid docid,
                                              sheaf_matching_term_fn fn, void *ctx,
                                              sheaf_error *err)
{
	return match_explain(e->db, e->query, &e->options, docid, fn, ctx, err);
}

sheaf_status sheaf_enquire_get_plan(sheaf_enquire *e, char **text, sheaf_error *err)
{
	buf          out = BUF_INIT(4 << 20);
	sheaf_status status = match_describe(e->db, e->query, &out, err);

	*text = NULL;
	if (status == SHEAF_OK) {
		*text = buf_take(&out);
		if (!*text)
			status = sheaf_nomem(err);
	}
	buf_free(&out);
	return status;
}
