/* percolate_tree.c: what a document has of a query's tree, as match_tree.c has it of a row. */
#include "percolator_private.h"
#include "plan_range.h"

double percolate_saturate(const pquery *q, double frequency)
{
	return frequency * q->saturation / (frequency + q->length);
}

static const percolator_hit *hit_of_leaf(const percolator *p, const pquery *q, uint32_t leaf)
{
	return percolator_hit_of(p, p->leaves[q->first + leaf].term);
}

static int slot_holds(const percolator *p, const sheaf_query *slot)
{
	size_t      len = 0;
	const void *value = p->view.doc
	                            ? sheaf_document_get_slot_value(p->view.doc, slot->slot, &len)
	                            : NULL;

	return plan_slot_holds(slot, value, len);
}

int percolate_matches(percolator *p, const pquery *q, const pnode *n)
{
	size_t matching = 0;

	switch (n->type) {
	case PLAN_ALL: return 1;
	case PLAN_LEAF: return hit_of_leaf(p, q, n->leaf) != NULL;
	case PLAN_RANGE:
		return p->view.doc &&
		       plan_date_holds(&n->range, document_get_date(p->view.doc, n->range.field));
	case PLAN_SLOT_RANGE: return slot_holds(p, n->slot);
	case PLAN_AND_NOT:
		return percolate_matches(p, q, &n->sub[0]) && !percolate_matches(p, q, &n->sub[1]);
	case PLAN_AND:
		while (matching < n->count && percolate_matches(p, q, &n->sub[matching]))
			matching++;
		return matching == n->count;
	case PLAN_OR:
	case PLAN_XOR:
		for (size_t i = 0; i < n->count; i++)
			matching += percolate_matches(p, q, &n->sub[i]) != 0;
		return n->type == PLAN_OR ? matching > 0 : matching % 2 == 1;
	default: return 0;
	}
}

static int weigh_leaf(const percolator *p, const pquery *q, uint32_t leaf, uint32_t only,
                      double *sum)
{
	const percolator_hit *hit = hit_of_leaf(p, q, leaf);
	double                weight = p->leaves[q->first + leaf].weight;

	if (hit && weight > 0 && hit->frequency > 0 && (only == UINT32_MAX || only == leaf))
		*sum += weight * percolate_saturate(q, hit->frequency);
	return hit != NULL;
}

int percolate_weigh(percolator *p, const pquery *q, const pnode *n, uint32_t only, double *sum)
{
	const double before = *sum;
	size_t       matching = 0;
	int          matches = 1;

	switch (n->type) {
	case PLAN_LEAF: matches = weigh_leaf(p, q, n->leaf, only, sum); break;
	case PLAN_AND:
		for (size_t i = 0; matches && i < n->count; i++)
			matches = percolate_weigh(p, q, &n->sub[i], only, sum);
		break;
	case PLAN_OR:
	case PLAN_XOR:
		for (size_t i = 0; i < n->count; i++)
			matching += percolate_weigh(p, q, &n->sub[i], only, sum) != 0;
		matches = n->type == PLAN_OR ? matching > 0 : matching % 2 == 1;
		break;
	case PLAN_AND_NOT:
		matches = percolate_weigh(p, q, &n->sub[0], only, sum) &&
		          !percolate_matches(p, q, &n->sub[1]);
		break;
	default: matches = percolate_matches(p, q, n);
	}
	if (!matches)
		*sum = before;
	return matches;
}
