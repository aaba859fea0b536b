/* query_leaf_private.h: a leaf in the making. */
#ifndef QUERY_LEAF_PRIVATE_H
#define QUERY_LEAF_PRIVATE_H

#include "query_leaf.h"
#include "query_parser_private.h"
#include "words.h"

enum { NOTE_TEXT_MAX = 48 }; /* bytes of the query that a note quotes */

typedef struct leaf_draft {
	sheaf_query_parser *qp;
	unsigned            flags; /* SHEAF_FLAG_* */
	const query_token  *token;
	const char         *text;
	size_t              len;
	const field_info   *field;
	unsigned            term_flags; /* SHEAF_TERM_* */
	int                 plain;      /* unquoted, without sign or =: may be a stop word */
} leaf_draft;

/* The folded words of a text, as far as stop lists and dictionaries need them. */
typedef struct first_word {
	char   text[WORD_MAX + 1];
	size_t words; /* up to 2 */
} first_word;

first_word leaf_first_word(const leaf_draft *d);
/* The bytes of a text that a note shows. */
int leaf_shown(const char *text, size_t len);

/* These fill a leaf; 0 when out of memory. */

/* A word or phrase of text. */
int leaf_text(leaf_draft *d, query_operand *leaf);
/* What could not be a value, as words of text, as it was written. */
int leaf_as_words(leaf_draft *d, query_operand *leaf);
/* A term, or nothing where the text has no words. */
int leaf_term(leaf_draft *d, query_operand *leaf);
/* What a name of the caller's stands for. */
int leaf_named(leaf_draft *d, const query_name *name, query_operand *leaf);
/*
 * Asks the range processors about `begin..end`; 1 where one understood it and the leaf is made, or
 * memory ran out, which `ok` tells.
 */
int leaf_ask_ranges(leaf_draft *d, const query_scope *scope, query_operand *leaf, int *ok);
/* In one field. */
int leaf_in_field(leaf_draft *d, query_operand *leaf);

/* Asks for a better spelling of a plain word. */
void leaf_check_spelling(const leaf_draft *d, const first_word *first);
/* Puts the synonyms of a word or phrase beside its term, `leaf->node`. 0 when out of memory. */
int leaf_add_synonyms(const leaf_draft *d, query_operand *leaf);

#endif
