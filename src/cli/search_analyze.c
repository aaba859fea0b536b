#include "search_analyze.h"

#include <string.h>

/* The operators whose operands stand below them; any other node is told in one line. */
static const struct {
	sheaf_op    op;
	const char *name;
} operators[] = {
	{SHEAF_OP_AND, "AND"},
	{SHEAF_OP_OR, "OR"},
	{SHEAF_OP_AND_NOT, "AND_NOT"},
	{SHEAF_OP_FILTER, "FILTER"},
	{SHEAF_OP_XOR, "XOR"},
	{SHEAF_OP_AND_MAYBE, "AND_MAYBE"},
	{SHEAF_OP_SYNONYM, "SYNONYM"},
	{SHEAF_OP_ELITE_SET, "ELITE_SET"},
	{SHEAF_OP_SCALE_WEIGHT, "SCALE_WEIGHT"},
};

static const char *operator_name(sheaf_op op)
{
	for (size_t i = 0; i < sizeof operators / sizeof *operators; i++)
		if (operators[i].op == op)
			return operators[i].name;
	return NULL;
}

/* A factor over a single word reads best beside the word. */
static int one_line(const sheaf_query *query)
{
	const sheaf_query *sub = sheaf_query_get_subquery(query, 0);

	if (sheaf_query_get_type(query) == SHEAF_OP_SCALE_WEIGHT && sub)
		return !operator_name(sheaf_query_get_type(sub));
	return !sub || !operator_name(sheaf_query_get_type(query));
}

/* The description of a scaled query ends with its factor. */
static void print_factor(output *out, const char *description)
{
	const char *factor = strrchr(description, '^');

	if (factor) {
		output_puts(out, " ");
		output_line(out, factor);
	}
}

static sheaf_status print_line(output *out, const sheaf_query *query, sheaf_error *err)
{
	const int    whole = one_line(query);
	const int    scaled = sheaf_query_get_type(query) == SHEAF_OP_SCALE_WEIGHT;
	char        *text = NULL;
	sheaf_status status = SHEAF_OK;

	if (whole || scaled)
		status = sheaf_query_get_description(query, &text, err);
	if (status != SHEAF_OK)
		return status;
	if (whole) {
		output_line(out, text);
	} else {
		output_puts(out, operator_name(sheaf_query_get_type(query)));
		if (scaled)
			print_factor(out, text);
	}
	output_puts(out, "\n");
	sheaf_free(text);
	return SHEAF_OK;
}

static sheaf_status print_tree(output *out, const sheaf_query *query, int depth, sheaf_error *err)
{
	sheaf_status status;

	for (int i = 0; i < depth; i++)
		output_puts(out, "  ");
	status = print_line(out, query, err);
	if (one_line(query))
		return status;
	for (size_t i = 0; i < sheaf_query_get_num_subqueries(query) && status == SHEAF_OK; i++)
		status = print_tree(out, sheaf_query_get_subquery(query, i), depth + 1, err);
	return status;
}

sheaf_status search_analyze_query(output *out, const answer_query *q, const sheaf_query *query,
                                  sheaf_error *err)
{
	output_puts(out, "query: ");
	output_line(out, q->text);
	output_puts(out, "\nparsed: ");
	output_line(out, q->parsed);
	output_puts(out, "\ntree:\n");
	return print_tree(out, query, 1, err);
}

/* Each line below the heading. */
static void print_steps(output *out, char *plan)
{
	while (*plan) {
		size_t len = strcspn(plan, "\n");
		char  *next = plan + len + (plan[len] == '\n');

		plan[len] = 0;
		output_puts(out, "  ");
		output_line(out, plan);
		output_puts(out, "\n");
		plan = next;
	}
}

sheaf_status search_analyze_plan(output *out, sheaf_enquire *enquire, sheaf_error *err)
{
	char        *plan = NULL;
	sheaf_status status = sheaf_enquire_get_plan(enquire, &plan, err);

	if (status != SHEAF_OK)
		return status;
	output_puts(out, "plan:\n");
	print_steps(out, plan);
	sheaf_free(plan);
	return SHEAF_OK;
}
