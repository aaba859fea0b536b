/* walk_leaf_private.h: what opening a leaf's postings and moving over them share. */
#ifndef WALK_LEAF_PRIVATE_H
#define WALK_LEAF_PRIVATE_H

#include "field.h"
#include "walk_leaf.h"

/* The revision of a posting in memory. */
static inline int64_t walk_leaf_beside(const walk_leaf *l, size_t i)
{
	return l->base + l->postings[i].offset;
}

/* Of those, from the one at hand on, the first that is not before `revision`; `count`: none is. */
size_t walk_leaf_find(const walk_leaf *l, int64_t revision);

/* How often the leaf occurs, by default weights, where it is looked for. */
static inline uint32_t walk_leaf_weigh(const walk_leaf *l, uint32_t title, uint32_t abstract,
                                       uint32_t other)
{
	if (l->column < 0)
		return FIELD_TITLE_WEIGHT * title + abstract + other;
	return l->column == COLUMN_TITLE ? FIELD_TITLE_WEIGHT * title : abstract;
}

#endif
