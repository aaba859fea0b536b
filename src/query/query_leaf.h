/* query_leaf.h: a word or phrase of the query's text to a leaf of its tree. */
#ifndef QUERY_LEAF_H
#define QUERY_LEAF_H

#include "query_group.h"
#include "query_lexer.h"

/*
 * Makes the leaf for a WORD or PHRASE token, in the field written before it, else in `field`
 * (NULL: any). The operand's node is NULL where nothing in it can be searched for.
 * 0 when out of memory.
 */
int query_leaf(sheaf_query_parser *qp, unsigned flags, const query_token *token,
               const field_info *field, query_operand *leaf);

#endif
