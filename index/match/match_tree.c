/* Tests a candidate against the tree of a plan. */
#include "match_run.h"
#include "plan_range.h"
#include "slot_values.h"

static int in_slot_range(match_run_state *m, const sheaf_query *q, sheaf_revision revision)
{
	const void *value;
	size_t      len;

	m->status = slot_value_get(m->db, revision, q->slot, &value, &len, m->err);
	return m->status == SHEAF_OK && plan_slot_holds(q, value, len);
}

int match_test(match_run_state *m, const plan_node *n, sheaf_revision revision)
{
	document_date date;
	int           odd = 0;

	switch (n->type) {
	case PLAN_ALL: return 1;
	case PLAN_LEAF: return m->leaves[n->leaf].present;
	case PLAN_RANGE:
		m->status = values_get_date(m->db, n->field, revision, &date, m->err);
		return m->status == SHEAF_OK && plan_date_holds(n, date);
	case PLAN_SLOT_RANGE: return in_slot_range(m, n->slot, revision);
	case PLAN_AND:
		for (size_t i = 0; i < n->count; i++)
			if (!match_test(m, n->sub[i], revision))
				return 0;
		return 1;
	case PLAN_OR:
		for (size_t i = 0; i < n->count; i++)
			if (match_test(m, n->sub[i], revision))
				return 1;
		return 0;
	case PLAN_XOR:
		for (size_t i = 0; i < n->count; i++)
			odd ^= match_test(m, n->sub[i], revision);
		return odd;
	case PLAN_AND_NOT:
		return match_test(m, n->sub[0], revision) && !match_test(m, n->sub[1], revision);
	default: return 0;
	}
}

static int weigh_leaf(const match_run_state *m, size_t leaf, match_worth *sum)
{
	const match_leaf *l = &m->leaves[leaf];

	if (l->present && l->score > 0) {
		sum->weight += l->score;
		sum->share += l->share;
	}
	return l->present;
}

/* Weighs all parts: how many match. */
static size_t weigh_all(match_run_state *m, const plan_node *n, sheaf_revision revision,
                        match_worth *sum)
{
	size_t matching = 0;

	for (size_t i = 0; i < n->count; i++)
		matching += match_weigh(m, n->sub[i], revision, sum) != 0;
	return matching;
}

/* Neighbouring words count only where the part they stand in matches, as words do. */
static void set_idle(match_run_state *m, const plan_node *n)
{
	if (n->type == PLAN_LEAF)
		m->leaves[n->leaf].idle = 1;
	for (size_t i = 0; i < n->count; i++)
		set_idle(m, n->sub[i]);
}

int match_weigh(match_run_state *m, const plan_node *n, sheaf_revision revision, match_worth *sum)
{
	const match_worth before = *sum;
	int               matches = 1;

	switch (n->type) {
	case PLAN_LEAF: matches = weigh_leaf(m, n->leaf, sum); break;
	case PLAN_AND:
		for (size_t i = 0; matches && i < n->count; i++)
			matches = match_weigh(m, n->sub[i], revision, sum);
		break;
	case PLAN_OR: matches = weigh_all(m, n, revision, sum) > 0; break;
	case PLAN_XOR: matches = weigh_all(m, n, revision, sum) % 2 == 1; break;
	case PLAN_AND_NOT:
		matches = match_weigh(m, n->sub[0], revision, sum) &&
		          !match_test(m, n->sub[1], revision);
		break;
	default: matches = match_test(m, n, revision);
	}
	if (!matches) {
		*sum = before;
		if (m->pair_count)
			set_idle(m, n);
	}
	return matches;
}
