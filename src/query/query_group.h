/*
 * query_group.h: what stands side by side between two ORs or parentheses, sorted by the part it
 * plays: words join by the default operator, filters of one boolean field are a choice, filters of
 * different fields all hold, and what is excluded is excluded from the whole.
 */
#ifndef QUERY_GROUP_H
#define QUERY_GROUP_H

#include <limits.h>

#include "query_tree.h"

/* One operand on its way into a group. */
typedef struct query_operand {
	sheaf_query *node; /* owned; NULL: there is nothing to search for in it */
	char         sign; /* '+' or '-', else 0 */
	int          stop; /* only stop words: dropped where something else is left */
	unsigned choice;   /* filters with the same number are a choice; 0: as their field has it */
} query_operand;

#define QUERY_NO_CHOICE UINT_MAX /* this filter holds, whatever stands beside it */

/* A filter that may have alternatives. */
typedef struct query_choice {
	unsigned   number;
	size_t     place;  /* of the first in `filters` */
	query_list others; /* its alternatives */
} query_choice;

/* All-zero but for `join` is an empty group. */
typedef struct query_group {
	sheaf_op      join;     /* of juxtaposed words; one of query_group_joins() */
	query_list    text;     /* joined by `join` */
	query_list    stops;    /* the stop words among them */
	query_list    required; /* where any of the words is enough: those that must occur */
	query_list    filters;  /* each holds */
	query_choice *choices;
	size_t        choice_count, choice_size;
	int           failed; /* out of memory */
	query_list    excluded;
	int           weighted; /* something in `text` or `required` has a weight */
	int           demanded; /* some operand had a plus sign */
} query_group;

/* 1 where words can be joined so: AND, OR, ELITE_SET, SYNONYM, NEAR, PHRASE. */
int query_group_joins(sheaf_op op);

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
 * Adds the outcome of an explicit chain `a AND b NOT c` to a group whose words join otherwise.
 * 0 when out of memory.
 */
int query_group_add_chain(query_group *g, query_group *chain, query_list *dropped);
/* 1 where something but stop words was added. */
int query_group_has_words(const query_group *g);
/* 1 where nothing was added. */
int query_group_is_empty(const query_group *g);
/*
 * The group's query, without a sign; `stop` where it holds stop words alone. What stop words it
 * goes without are moved to `dropped`. The group is empty afterwards. 0 when out of memory.
 */
int query_group_finish(query_group *g, query_operand *result, query_list *dropped);

#endif
