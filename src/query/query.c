/* The public constructors of a query: checks, then the joining of query_combine.c. */
#include <sheaf/query.h>
#include <string.h>

#include "error.h"
#include "field.h"
#include "query_pattern.h"
#include "query_tree.h"

/* Hands `q` over, or says that there was no memory for it. */
static sheaf_status deliver(sheaf_query *q, sheaf_query **query, sheaf_error *err)
{
	*query = q;
	return q ? SHEAF_OK : sheaf_nomem(err);
}

static sheaf_status check_flags(sheaf_field field, unsigned flags, sheaf_error *err)
{
	const unsigned person = SHEAF_TERM_NAME | SHEAF_TERM_WHOLE;

	if (flags & ~(SHEAF_TERM_STEMMED | SHEAF_TERM_PREFIX | person))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "unknown flags of a query term: %u", flags);
	if ((flags & person) && field != SHEAF_FIELD_AUTHOR)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a person's name is searched for in the field author only");
	if ((flags & person) && (flags & (flags - 1)))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the flags of a person's name stand alone");
	return SHEAF_OK;
}

static sheaf_status check_text(const char *what, const char *text, sheaf_error *err)
{
	if (!text)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "a %s needs a text", what);
	if (strlen(text) > QUERY_TERM_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "%s of %zu bytes is longer than the limit of %d", what,
		                  strlen(text), QUERY_TERM_MAX);
	return SHEAF_OK;
}

sheaf_status sheaf_query_new_term(sheaf_field field, const char *word, unsigned flags,
                                  sheaf_query **query, sheaf_error *err)
{
	const field_info *info = field_get(field);
	sheaf_status      status;

	*query = NULL;
	status = check_text("query term", word, err);
	if (status != SHEAF_OK)
		return status;
	if (!info || (!query_field_is_text(field) && info->kind != FIELD_BOOLEAN))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "field '%s' has no terms to search for", info ? info->name : "?");
	status = check_flags(field, flags, err);
	if (status != SHEAF_OK)
		return status;
	return deliver(*word ? query_new_term(field, flags, word, strlen(word))
	                     : query_new_simple(QUERY_NOTHING),
	               query, err);
}

sheaf_status sheaf_query_new_wildcard(sheaf_field field, const char *pattern, unsigned max,
                                      sheaf_wildcard_limit limit, sheaf_query **query,
                                      sheaf_error *err)
{
	sheaf_status status;
	size_t       len;

	*query = NULL;
	status = check_text("wildcard", pattern, err);
	if (status != SHEAF_OK)
		return status;
	len = strlen(pattern);
	if (!query_field_is_text(field))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a wildcard is of a text field");
	if ((unsigned)limit > SHEAF_WILDCARD_LIMIT_MOST_FREQUENT)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "unknown limit of a wildcard: %d", (int)limit);
	if (!query_is_pattern(pattern, len))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "wildcard '%.64s' is not one word that begins with a letter",
		                  pattern);
	return deliver(query_pattern(field, pattern, len, max, limit), query, err);
}

sheaf_status sheaf_query_new_range(sheaf_field field, int64_t begin, int64_t end,
                                   sheaf_query **query, sheaf_error *err)
{
	*query = NULL;
	if (!field_is_date(field))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a range is of the field submitted, updated, announced or date");
	return deliver(query_new_range(field, begin, end), query, err);
}

sheaf_status sheaf_query_new_slot_range(uint32_t slot, const void *begin, size_t begin_len,
                                        const void *end, size_t end_len, sheaf_query **query,
                                        sheaf_error *err)
{
	*query = NULL;
	if ((begin && begin_len > SHEAF_SLOT_VALUE_MAX) || (end && end_len > SHEAF_SLOT_VALUE_MAX))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "an end of a slot range is longer than the limit of %d bytes",
		                  SHEAF_SLOT_VALUE_MAX);
	return deliver(query_new_slot_range(slot, begin, begin_len, end, end_len), query, err);
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
	if (op == SHEAF_OP_SYNONYM && !query_can_be_synonyms(list))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "SYNONYM joins terms, phrases, NEAR, wildcards and SYNONYMs");
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
	return query_near(QUERY_NEAR, list,
	                  window ? window : QUERY_WINDOW_DEFAULT + list->count - 1);
}

static sheaf_query *join_xor(query_list *list, unsigned window)
{
	(void)window;
	return query_xor(list);
}

static sheaf_query *join_maybe(query_list *list, unsigned window)
{
	(void)window;
	return query_maybe(take_first(list), list);
}

static sheaf_query *join_synonym(query_list *list, unsigned window)
{
	(void)window;
	return query_synonym(list);
}

static sheaf_query *join_elite(query_list *list, unsigned window)
{
	return query_elite(list, window ? window : QUERY_ELITE_DEFAULT);
}

static sheaf_query *(*const joins[])(query_list *list, unsigned window) = {
	[SHEAF_OP_AND] = join_and,         [SHEAF_OP_OR] = join_or,
	[SHEAF_OP_AND_NOT] = join_and_not, [SHEAF_OP_FILTER] = join_filter,
	[SHEAF_OP_PHRASE] = join_phrase,   [SHEAF_OP_NEAR] = join_near,
	[SHEAF_OP_XOR] = join_xor,         [SHEAF_OP_AND_MAYBE] = join_maybe,
	[SHEAF_OP_SYNONYM] = join_synonym, [SHEAF_OP_ELITE_SET] = join_elite,
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

sheaf_status sheaf_query_copy(const sheaf_query *query, sheaf_query **copy, sheaf_error *err)
{
	*copy = NULL;
	if (!query)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no query to copy");
	return deliver(query_clone(query), copy, err);
}
