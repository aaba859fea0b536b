/*
 * query_group.h: what stands side by side between two ORs or parentheses, sorted by the part it
 * plays: words join by the default operator, filters of one boolean field are a choice, filters of
 * different fields all hold, and what is excluded is excluded from the whole.
 */
#ifndef QUERY_GROUP_H
#define QUERY_GROUP_H

#include "query_tree.h"

/* One operand on its way into a group. */
typedef struct query_operand {
	sheaf_query *node; /* owned; NULL: there is nothing to search for in it */
	char         sign; /* '+' or '-', else 0 */
	int          stop; /* only stop words: dropped where something else is left */
} query_operand;

/* All-zero but for `join` is an empty group. */
typedef struct query_group {
	sheaf_op   join;                 /* of juxtaposed words: SHEAF_OP_AND or SHEAF_OP_OR */
	query_list text;                 /* joined by `join` */
	query_list stops;                /* the stop words among them */
	query_list required;             /* where words join by OR: those that must occur */
	query_list filters;              /* each holds */
	size_t place[SHEAF_FIELD_COUNT]; /* where `filters` has one that may have alternatives, from
	                                    1 */
	query_list choices[SHEAF_FIELD_COUNT]; /* these alternatives */
	query_list excluded;
	int        weighted; /* something in `text` or `required` has a weight */
	int        demanded; /* some operand had a plus sign */
} query_group;

/* All of these take the operand's node; NULL is passed over. */

/* Adds what stands merely beside the others. */
void query_group_add(query_group *g, query_operand operand);
/* Adds an operand of an explicit AND. */
void query_group_join(query_group *g, query_operand operand);
/* Adds what NOT stands before. */
void query_group_exclude(query_group *g, query_operand operand);
/* Adds a restriction that holds whatever stands beside it. */
void query_group_restrict(query_group *g, query_operand operand);
/*
 * Adds the outcome of an explicit chain `a AND b NOT c` to a group whose words join by OR.
 * 0 when out of memory.
 */
int query_group_add_chain(query_group *g, query_group *chain);
/* 1 where nothing was added. */
int query_group_is_empty(const query_group *g);
/*
 * The group's query, without a sign; `stop` where it holds stop words alone. The group is empty
 * afterwards. 0 when out of memory.
 */
int query_group_finish(query_group *g, query_operand *result);

#endif
