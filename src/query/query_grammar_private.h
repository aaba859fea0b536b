/* query_grammar_private.h: what the levels of the grammar share. */
#ifndef QUERY_GRAMMAR_PRIVATE_H
#define QUERY_GRAMMAR_PRIVATE_H

#include "query_group.h"
#include "query_leaf.h"
#include "query_lexer.h"
#include "query_parser_private.h"

typedef struct grammar {
	sheaf_query_parser *qp;
	unsigned            flags;
	query_lexer         lexer;
	query_token         token;       /* the one to be read next */
	int                 after_group; /* it stands behind ) or * */
	unsigned            depth;       /* open parentheses */
	size_t              flat;    /* those opened beyond QUERY_DEPTH_MAX, which group nothing */
	query_scope         scope;   /* of the group around it */
	query_list          dropped; /* stop words that the query goes without */
	int                 failed;  /* out of memory */
} grammar;

/* Passes a token. */
void grammar_advance(grammar *g);
/* 1 where the token begins an operand. */
int grammar_at_operand(const grammar *g);
/* 1 where what stands behind the token begins an operand, or a NOT. */
int grammar_leads_on(const grammar *g);

/*
 * The levels from loose to tight. Each answers an operand, without a node where there is nothing to
 * search for.
 */
query_operand grammar_read_any(grammar *g);       /* up to ) or the end */
query_operand grammar_read_rightward(grammar *g); /* the same, as arXiv's API groups it */
query_operand grammar_read_tight(grammar *g);     /* NEAR and its like */

#endif
