/*
 * query_grammar.h: tokens to a tree.
 *
 *     any   = xor { OR xor }
 *     xor   = side { XOR side }
 *     side  = { chain }                              joined by the parser's default operator
 *     chain = [NOT] tight { (AND | NOT | AND NOT) tight }
 *     tight = operand { (NEAR | ADJ | SYNONYM | AND_MAYBE | ELITE/n) operand }
 *     operand = word | phrase | "(" any ")"
 *
 * With SHEAF_FLAG_ARXIV all of AND, NOT, XOR, OR and the gap, which is OR, bind alike, and group to
 * the right: a AND b c is a AND (b OR c).
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
