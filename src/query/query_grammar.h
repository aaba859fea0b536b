/*
 * query_grammar.h: tokens to a tree.
 *
 *     any   = side { OR side }
 *     side  = { chain }                              joined by the parser's default operator
 *     chain = [NOT] near { (AND | NOT | AND NOT) near }
 *     near  = operand { NEAR operand }
 *     operand = word | phrase | "(" any ")"
 *
 * What does not fit is passed over: an operator without an operand, a parenthesis without
 * its partner.
 */
#ifndef QUERY_GRAMMAR_H
#define QUERY_GRAMMAR_H

#include <sheaf/query_parser.h>

/* Reads `text`, which query_clean() has been through. NULL: out of memory. */
sheaf_query *query_grammar_run(sheaf_query_parser *qp, const char *text, unsigned flags);

#endif
