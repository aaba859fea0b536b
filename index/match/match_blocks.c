/*
 * What a query's ranges of dates say of whole blocks of revisions, so that blocks can be left out.
 */
#include "match_run.h"

static range_answer ask_range(match_run_state *m, const plan_node *n, size_t block)
{
	date_range range;

	m->status = value_ranges_get(m->db, n->field, block, &range, m->err);
	return m->status == SHEAF_OK ? value_ranges_test(&range, n->begin, n->end) : RANGE_SOME;
}

/* What the tree says of all live documents of a block, where a leaf says `leaf`; on failure `status` is set. */
static range_answer ask_block(match_run_state *m, const plan_node *n, size_t block,
                              range_answer leaf);

/* Of all parts the smallest answer, for an AND, or the largest. */
static range_answer ask_parts(match_run_state *m, const plan_node *n, size_t block,
                              range_answer leaf)
{
	int          all = n->type == PLAN_AND;
	range_answer sum = all ? RANGE_ALL : RANGE_NONE;

	for (size_t i = 0; i < n->count; i++) {
		range_answer one = ask_block(m, n->sub[i], block, leaf);

		if (all ? one < sum : one > sum)
			sum = one;
	}
	return sum;
}

static range_answer ask_block(match_run_state *m, const plan_node *n, size_t block,
                              range_answer leaf)
{
	switch (n->type) {
	case PLAN_NONE: return RANGE_NONE;
	case PLAN_ALL: return RANGE_ALL;
	case PLAN_LEAF: return leaf;
	case PLAN_RANGE: return ask_range(m, n, block);
	case PLAN_AND:
	case PLAN_OR: return ask_parts(m, n, block, leaf);
	case PLAN_AND_NOT:
		if (ask_block(m, n->sub[0], block, leaf) == RANGE_NONE ||
		    ask_block(m, n->sub[1], block, leaf) == RANGE_ALL)
			return RANGE_NONE;
		return RANGE_SOME;
	default: return RANGE_SOME;
	}
}

/* Whether a part of it can tell anything. */
static int has_range(const plan_node *n)
{
	for (size_t i = 0; i < n->count; i++)
		if (has_range(n->sub[i]))
			return 1;
	return n->type == PLAN_RANGE;
}

sheaf_status match_narrow(match_run_state *m, sheaf_revision *after, sheaf_revision *until)
{
	const plan_node *root = m->plan->root;

	if (!root || !has_range(root))
		return SHEAF_OK;
	while (*after < *until && m->status == SHEAF_OK) {
		size_t block = (size_t)((*after + 1) >> VALUE_BLOCK_SHIFT);

		if (ask_block(m, root, block, RANGE_SOME) != RANGE_NONE)
			break;
		*after = ((sheaf_revision)(block + 1) << VALUE_BLOCK_SHIFT) - 1;
	}
	while (*after < *until && m->status == SHEAF_OK) {
		size_t block = (size_t)(*until >> VALUE_BLOCK_SHIFT);

		if (ask_block(m, root, block, RANGE_SOME) != RANGE_NONE)
			break;
		*until = ((sheaf_revision)block << VALUE_BLOCK_SHIFT) - 1;
	}
	return m->status;
}

sheaf_revision match_next_rest(match_run_state *m, sheaf_revision from, size_t *asked,
                               sheaf_status *status)
{
	*status = SHEAF_OK;
	while (from > m->options->after) {
		size_t         block = (size_t)(from >> VALUE_BLOCK_SHIFT);
		sheaf_revision begin = (sheaf_revision)block << VALUE_BLOCK_SHIFT;
		sheaf_revision after = begin - 1 > m->options->after ? begin - 1
		                                                     : m->options->after;
		sheaf_revision r;

		/* A block is asked once, as its first revision is. */
		if (block != *asked &&
		    ask_block(m, m->plan->root, block, RANGE_NONE) == RANGE_NONE) {
			from = begin - 1;
			continue;
		}
		*asked = block;
		*status = m->status;
		r = *status == SHEAF_OK ? values_newest_alive(m->db, from, after, status, m->err)
		                        : 0;
		if (r || *status != SHEAF_OK)
			return r;
		from = after;
	}
	*status = m->status;
	return 0;
}
