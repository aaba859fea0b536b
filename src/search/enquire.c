#include <sheaf/enquire.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "match.h"
#include "mset_private.h"

struct sheaf_enquire {
	sheaf_database *db;
	sheaf_query    *query;
	match_options   options;
};

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
	for (int i = 0; i < COLUMN_TEXT_COUNT; i++)
		e->options.column_weight[i] = 1;
	e->options.column_weight[COLUMN_TITLE] = FIELD_TITLE_WEIGHT;
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

void sheaf_enquire_set_sort_by_relevance(sheaf_enquire *e)
{
	e->options.sort = SHEAF_FIELD_ANY;
}

void sheaf_enquire_set_sort_by_value(sheaf_enquire *e, sheaf_field field, int reverse)
{
	if (field == SHEAF_FIELD_SUBMITTED || field == SHEAF_FIELD_UPDATED ||
	    field == SHEAF_FIELD_DATE) {
		e->options.sort = field;
		e->options.reverse = reverse;
	}
}

void sheaf_enquire_set_cutoff(sheaf_enquire *e, double weight)
{
	e->options.cutoff = weight > 0 ? weight : 0;
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
	sheaf_status  status;

	*out = NULL;
	options.keep = maxitems > SIZE_MAX - first ? SIZE_MAX : first + maxitems;
	status = match_run(e->db, e->query, &options, &result, err);
	if (status == SHEAF_OK)
		status = mset_new(e->db, e->query, &result, first, out, err);
	match_result_free(&result);
	return status;
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
