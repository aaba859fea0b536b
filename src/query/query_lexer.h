/* query_lexer.h: the text of a query to operands and operators. Never fails, never allocates. */
#ifndef QUERY_LEXER_H
#define QUERY_LEXER_H

#include <sheaf/query_parser.h>

#include "buf.h"
#include "field.h"

typedef enum token_type {
	TOKEN_END = 0,
	TOKEN_WORD,
	TOKEN_PHRASE, /* what stood in quotes */
	TOKEN_OPEN,
	TOKEN_CLOSE,
	TOKEN_AND,
	TOKEN_OR,
	TOKEN_NOT,
	TOKEN_NEAR
} token_type;

typedef struct query_token {
	token_type        type;
	const char       *text; /* WORD, PHRASE: without prefixes, quotes and weight; borrowed */
	size_t            len;
	const char       *begin; /* the operand as written, without its sign; up to text + len */
	const field_info *field; /* WORD, PHRASE, OPEN: written before it; NULL: none */
	size_t unknown; /* WORD: bytes of a name that looks like a field's but is none; else 0 */
	char   sign;    /* '+' or '-' before it, else 0 */
	unsigned char exact;   /* = before it */
	unsigned char stemmed; /* PHRASE: `:stem` behind it */
	unsigned char prefix;  /* PHRASE: `*` behind it */
	double        factor;  /* WORD, PHRASE, CLOSE: of the `^2` behind it; negative: none */
	unsigned      window;  /* NEAR */
} query_token;

typedef struct query_lexer {
	const char *start, *at;
	unsigned    flags;    /* SHEAF_FLAG_* */
	int         no_quote; /* no quote ahead has a closing one */
} query_lexer;

/*
 * `text` is valid UTF-8 on one line, without control characters, its white space folded to
 * single blanks (query_clean() makes it so), and outlives the lexer.
 */
void query_lexer_init(query_lexer *lx, const char *text, unsigned flags);
/* Reads the next token; END again and again at the end. */
void query_lexer_next(query_lexer *lx, query_token *token);

/* Appends `text`, from anywhere, in the form that query_lexer_init() takes. */
void query_clean(buf *out, const char *text);

/* 1 where `text`, bare, reads as one word and nothing else. */
int query_is_plain_word(const char *text);
/* 1 where `text` after `cat:` reads as that very value. */
int query_is_plain_value(const char *text);

#endif
