/* plan_range.h: does a value lie in a range of the query? */
#ifndef PLAN_RANGE_H
#define PLAN_RANGE_H

#include "document_private.h"
#include "plan.h"

/*
 * A date matches where it lies inside; one of which only the month is known, where the whole month
 * does.
 */
int plan_date_holds(const plan_node *n, document_date date);
/* A slot's value, NULL where it is empty, against the bounds of a SLOT_RANGE, as memcmp() has it. */
int plan_slot_holds(const sheaf_query *q, const void *value, size_t len);

#endif
