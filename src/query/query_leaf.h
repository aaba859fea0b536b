/* query_leaf.h: a word or phrase of the query's text to a leaf of its tree. */
#ifndef QUERY_LEAF_H
#define QUERY_LEAF_H

#include "query_group.h"
#include "query_lexer.h"

/* What is written before a word or a group: a field, or a name of the caller's. */
typedef struct query_scope {
	const field_info *field; /* NULL: any */
	const query_name *name;  /* in place of `field`; NULL: none */
} query_scope;

/*
 * Makes the leaf for a WORD or PHRASE token, in the scope written before it, else in `scope`. It is
 * a tree of its own where a processor or several fields say so. The operand's node is NULL where
 * nothing in it can be searched for. 0 when out of memory.
 */
int query_leaf(sheaf_query_parser *qp, unsigned flags, const query_token *token,
               const query_scope *scope, query_operand *leaf);

#endif
