/* query_lexer.h: the text of a query to operands and operators. Never fails, never allocates. */
#ifndef QUERY_LEXER_H
#define QUERY_LEXER_H

#include <sheaf/query_parser.h>

#include "buf.h"
#include "field.h"
#include "query_names.h"

typedef enum token_type {
	TOKEN_END = 0,
	TOKEN_WORD,
	TOKEN_PHRASE, /* what stood in quotes */
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_NOT,
	TOKEN_XOR,
	TOKEN_NEAR,
	TOKEN_ADJ,
	TOKEN_SYNONYM,
	TOKEN_MAYBE,
	TOKEN_ELITE
} token_type;

typedef struct query_token {
	token_type type;
	const char
		*text; /* WORD, PHRASE: without prefixes, quotes and weight; operators; borrowed */
	size_t   len;
	const char       *begin; /* the operand as written, without its sign; up to text + len */
	const field_info *field; /* WORD, PHRASE, OPEN: written before it; NULL: none */
	const query_name *name;  /* in place of `field`: a name of the caller's */
	size_t unknown; /* WORD: bytes of a name that looks like a field's but is none; else 0 */
	char   sign;    /* '+' or '-' before it, else 0 */
	unsigned char exact;    /* = before it */
	unsigned char synonyms; /* ~ before it */
	unsigned char prefix;   /* PHRASE: `*` behind it */
	unsigned char suffixed; /* PHRASE: `:stem` or its like behind it, which says `suffix` */
	unsigned      suffix;   /* SHEAF_TERM_* */
	double        factor;   /* WORD, PHRASE, CLOSE: of the `^2` behind it; negative: none */
	unsigned      window;   /* NEAR, ADJ, ELITE */
} query_token;

typedef struct query_lexer {
	const char        *start, *at;
	unsigned           flags;    /* SHEAF_FLAG_* */
	const query_names *names;    /* the caller's; NULL: none */
	int                no_quote; /* no quote ahead has a closing one */
} query_lexer;

/*
 * `text` is valid UTF-8 on one line, without control characters, its white space folded to
 * single blanks (query_clean() makes it so), and outlives the lexer.
 */
void query_lexer_init(query_lexer *lx, const char *text, unsigned flags, const query_names *names);
/* Reads the next token; END again and again at the end. */
void query_lexer_next(query_lexer *lx, query_token *token);

/* Appends `text`, from anywhere, in the form that query_lexer_init() takes. */
void query_clean(buf *out, const char *text);

/* What stands behind a phrase for the flags SHEAF_TERM_* (":stem"); NULL: nothing does. */
const char *query_phrase_suffix(unsigned flags);
#endif
