/* rewrite.h: from a query to a plan that the database can run. */
#ifndef REWRITE_H
#define REWRITE_H

#include "plan.h"

/*
 * Makes a plan, with the parts of the query resolved that only the database can decide. `p` is
 * all-zero; free it with plan_free() whatever the outcome.
 */
sheaf_status plan_prepare(sheaf_database *db, const sheaf_query *query, plan *p, sheaf_error *err);

#endif
