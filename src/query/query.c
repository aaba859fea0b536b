/* The public constructors of a query: checks, then the joining of query_combine.c. */
#include <sheaf/query.h>
#include <string.h>

#include "error.h"
#include "field.h"
#include "query_tree.h"

/* Hands `q` over, or says that there was no memory for it. */
static sheaf_status deliver(sheaf_query *q, sheaf_query **query, sheaf_error *err)
{
	*query = q;
	return q ? SHEAF_OK : sheaf_nomem(err);
}

sheaf_status sheaf_query_new_term(sheaf_field field, const char *word, unsigned flags,
                                  sheaf_query **query, sheaf_error *err)
{
	const field_info *info = field_get(field);
	size_t            len = word ? strlen(word) : 0;

	*query = NULL;
	if (!word)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "a query term needs a word");
	if (!info || (!query_field_is_text(field) && info->kind != FIELD_BOOLEAN))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "field '%s' has no terms to search for", info ? info->name : "?");
	if (flags & ~(unsigned)(SHEAF_TERM_STEMMED | SHEAF_TERM_PREFIX))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "unknown flags of a query term: %u", flags);
	if (len > QUERY_TERM_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "query term of %zu bytes is longer than the limit of %d", len,
		                  QUERY_TERM_MAX);
	return deliver(len ? query_new_term(field, flags, word, len)
	                   : query_new_simple(QUERY_NOTHING),
	               query, err);
}

sheaf_status sheaf_query_new_range(sheaf_field field, int64_t begin, int64_t end,
                                   sheaf_query **query, sheaf_error *err)
{
	*query = NULL;
	if (field != SHEAF_FIELD_SUBMITTED && field != SHEAF_FIELD_UPDATED &&
	    field != SHEAF_FIELD_DATE)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a range is of the field submitted, updated or date");
	return deliver(query_new_range(field, begin, end), query, err);
}

sheaf_status sheaf_query_new_match_all(sheaf_query **query, sheaf_error *err)
{
	return deliver(query_new_simple(QUERY_ALL), query, err);
}

static sheaf_status check_operands(sheaf_op op, const query_list *list, size_t count,
                                   sheaf_error *err)
{
	if (list->count < count && !list->failed)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "a subquery is NULL");
	for (size_t i = 0; i < list->count; i++)
		if (list->items[i]->depth >= QUERY_TREE_DEPTH_MAX)
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                  "query nested deeper than %d operators",
			                  QUERY_TREE_DEPTH_MAX);
	if ((op == SHEAF_OP_PHRASE || op == SHEAF_OP_NEAR) && !query_can_be_near(list))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a phrase or NEAR joins whole words of one text field");
	return SHEAF_OK;
}

/* The first operand of `list`, taken out; ALL where there is none. */
static sheaf_query *take_first(query_list *list)
{
	sheaf_query *first;

	if (!list->count)
		return query_new_simple(QUERY_ALL);
	first = list->items[0];
	memmove(list->items, list->items + 1, --list->count * sizeof(*list->items));
	return first;
}

static sheaf_query *join_and(query_list *list, unsigned window)
{
	(void)window;
	return query_and(list);
}

static sheaf_query *join_or(query_list *list, unsigned window)
{
	(void)window;
	return query_or(list);
}

static sheaf_query *join_and_not(query_list *list, unsigned window)
{
	(void)window;
	return list->count ? query_and_not(take_first(list), list) : query_or(list);
}

static sheaf_query *join_filter(query_list *list, unsigned window)
{
	(void)window;
	return query_filter(take_first(list), list);
}

static sheaf_query *join_phrase(query_list *list, unsigned window)
{
	return query_near(QUERY_PHRASE, list, window);
}

static sheaf_query *join_near(query_list *list, unsigned window)
{
	return query_near(QUERY_NEAR, list, window ? window : QUERY_WINDOW_DEFAULT);
}

static sheaf_query *(*const joins[])(query_list *list, unsigned window) = {
	[SHEAF_OP_AND] = join_and,         [SHEAF_OP_OR] = join_or,
	[SHEAF_OP_AND_NOT] = join_and_not, [SHEAF_OP_FILTER] = join_filter,
	[SHEAF_OP_PHRASE] = join_phrase,   [SHEAF_OP_NEAR] = join_near,
};

sheaf_status sheaf_query_new_op(sheaf_op op, sheaf_query **subqueries, size_t count,
                                unsigned window, sheaf_query **query, sheaf_error *err)
{
	query_list   list = {0};
	sheaf_status status = SHEAF_OK;

	*query = NULL;
	for (size_t i = 0; i < count; i++)
		if (subqueries[i])
			query_list_push(&list, subqueries[i]);
	if ((size_t)op >= sizeof joins / sizeof *joins)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "unknown operator %d",
		                    (int)op);
	else if (window > QUERY_WINDOW_MAX)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "a window is at most %d words", QUERY_WINDOW_MAX);
	else
		status = check_operands(op, &list, count, err);
	if (status != SHEAF_OK) {
		query_list_clear(&list);
		return status;
	}
	return deliver(joins[op](&list, window), query, err);
}

sheaf_status sheaf_query_new_scale(sheaf_query *query, double factor, sheaf_query **scaled,
                                   sheaf_error *err)
{
	*scaled = NULL;
	if (query && factor >= 0 && factor <= QUERY_FACTOR_MAX &&
	    query->depth < QUERY_TREE_DEPTH_MAX)
		return deliver(query_scale(query, factor), scaled, err);
	sheaf_query_free(query);
	return sheaf_fail(
		err, SHEAF_ERROR_INVALID_ARGUMENT,
		"a query is weighted by a factor from 0 to %.0f, at most %d operators deep",
		QUERY_FACTOR_MAX, QUERY_TREE_DEPTH_MAX);
}

int sheaf_query_empty(const sheaf_query *query)
{
	return !query || query->type == QUERY_NOTHING ||
	       (query->type == QUERY_RANGE && query->begin > query->end);
}
