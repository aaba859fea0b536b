/* sheaf/query_parser.h: what a person typed or pasted, to a query. */
#ifndef SHEAF_QUERY_PARSER_H
#define SHEAF_QUERY_PARSER_H

#include <sheaf/database.h>
#include <sheaf/query.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_query_parser sheaf_query_parser;

enum {
	SHEAF_FLAG_BOOLEAN = 1,  /* AND OR NOT ANDNOT XOR NEAR ADJ and parentheses */
	SHEAF_FLAG_PHRASE = 2,   /* "quoted phrases" */
	SHEAF_FLAG_LOVEHATE = 4, /* +must -mustnot */
	SHEAF_FLAG_WILDCARD =
		8, /* prefix*, and `*` and `?` inside words behind their first letter */
	SHEAF_FLAG_SYNONYM = 16, /* ~word; needs sheaf_query_parser_set_database() */
	SHEAF_FLAG_DEFAULT = 31,
	SHEAF_FLAG_BOOLEAN_ANY_CASE = 32,     /* `and`, `or` … are operators, too */
	SHEAF_FLAG_PARTIAL = 64,              /* the last word is the beginning of one */
	SHEAF_FLAG_SPELLING_CORRECTION = 128, /* sheaf_query_parser_get_corrected_query_string() */
	SHEAF_FLAG_ARXIV = 256 /* the query language of arXiv's API: gaps are OR, operators
	                                        bind alike and group to the right */
};

/* Makes a parser with the defaults: AND, the built-in stop list, a cap of 4 KiB. */
SHEAF_API sheaf_status sheaf_query_parser_new(sheaf_query_parser **qp, sheaf_error *err);
/* Frees a parser. Takes NULL. */
SHEAF_API void sheaf_query_parser_free(sheaf_query_parser *qp);
/*
 * How juxtaposed words combine: SHEAF_OP_AND (the default), OR, ELITE_SET (the best 10), SYNONYM,
 * NEAR or PHRASE (with 10 positions between neighbours). Where the words are not what SYNONYM, NEAR
 * or PHRASE can join, they are joined by OR, AND and AND. Any other operator: AND.
 */
SHEAF_API void sheaf_query_parser_set_default_op(sheaf_query_parser *qp, sheaf_op op);
/*
 * The database whose vocabulary and synonyms the parser may use; borrowed. NULL: none. A database
 * whose stemmer is not English also goes without the built-in stop list.
 */
SHEAF_API void sheaf_query_parser_set_database(sheaf_query_parser *qp, sheaf_database *db);
/* Words to drop from unquoted text, ended by NULL; borrowed. NULL: none. */
SHEAF_API void sheaf_query_parser_set_stopper(sheaf_query_parser *qp, const char *const *words);
/* Answers 1 for a folded word that is to be dropped. */
typedef int (*sheaf_stopper_fn)(void *ctx, const char *word, size_t len);
/* The same by a callback. NULL: none. */
SHEAF_API void sheaf_query_parser_set_stopper_fn(sheaf_query_parser *qp, sheaf_stopper_fn fn,
                                                 void *ctx);
/*
 * Makes `name:` a prefix for a field: a text, boolean or date field. Several fields for one name
 * are searched together (OR). Names are 1 to 32 letters, digits, `_` and `-`, in any case; one that
 * is built in is replaced. Errors: INVALID_ARGUMENT.
 */
SHEAF_API sheaf_status sheaf_query_parser_add_prefix(sheaf_query_parser *qp, const char *name,
                                                     sheaf_field field, sheaf_error *err);
/*
 * Makes `name:value` a filter for the caller's term (SHEAF_FIELD_TERM) `prefix` followed by the
 * value as written. `exclusive` 1: a document has one value at most, so that several side by side
 * are a choice (OR); 0: all must hold. Errors: INVALID_ARGUMENT.
 */
SHEAF_API sheaf_status sheaf_query_parser_add_boolean_prefix(sheaf_query_parser *qp,
                                                             const char *name, const char *prefix,
                                                             int exclusive, sheaf_error *err);
/*
 * Processors use a parser of their own: while one is asked, its parser is not to be changed or
 * used (INVALID_OPERATION).
 *
 * Answers what `name:value` stands for: 1 and a query that the parser takes (NULL: nothing); 0:
 * not understood, the text is taken as words, with a note; -1: out of memory.
 */
typedef int (*sheaf_field_processor_fn)(void *ctx, const char *value, sheaf_query **query);
/* Makes `name:` call `fn`. Errors: INVALID_ARGUMENT. */
SHEAF_API sheaf_status sheaf_query_parser_add_field_processor(sheaf_query_parser *qp,
                                                              const char *name,
                                                              sheaf_field_processor_fn fn,
                                                              void *ctx, sheaf_error *err);
/*
 * Answers what the range `begin..end` stands for, either side "" where it is open; `name` is what
 * stood before it, "" where nothing did. As for sheaf_field_processor_fn.
 */
typedef int (*sheaf_range_processor_fn)(void *ctx, const char *name, const char *begin,
                                        const char *end, sheaf_query **query);
/* Adds a range processor; they are asked in turn, before the built-in ranges of dates. */
SHEAF_API sheaf_status sheaf_query_parser_add_range_processor(sheaf_query_parser *qp,
                                                              sheaf_range_processor_fn fn,
                                                              void *ctx, sheaf_error *err);
/*
 * How many words a wildcard may stand for; 0 (the default): as sheaf_query_new_wildcard() has it.
 */
SHEAF_API void sheaf_query_parser_set_max_expansion(sheaf_query_parser *qp, unsigned max,
                                                    sheaf_wildcard_limit limit);
/* The fewest letters before the first `*` or `?`; what is shorter is taken as words. Default: 1. */
SHEAF_API void sheaf_query_parser_set_min_wildcard_prefix(sheaf_query_parser *qp, unsigned letters);
/* The longest query taken, in bytes. 0: the default, 4096; profiles use 65536. */
SHEAF_API void sheaf_query_parser_set_max_length(sheaf_query_parser *qp, size_t bytes);
/* The time that relative dates count from. Default: none, and relative dates are words. */
SHEAF_API void sheaf_query_parser_set_now(sheaf_query_parser *qp, sheaf_time now);
/*
 * Parses `text`. Whatever a person pastes gives a query: what is no valid syntax
 * is taken as words; what stands in an URL of arXiv's API is decoded first. Ownership: the caller
 * frees the query.
 * Errors: QUERY_PARSER only where the text is longer than the cap; those of the database where it
 * was asked.
 */
SHEAF_API sheaf_status sheaf_query_parser_parse_query(sheaf_query_parser *qp, const char *text,
                                                      unsigned flags, sheaf_query **query,
                                                      sheaf_error *err);
/*
 * The last query with its misspelt words put right, where SHEAF_FLAG_SPELLING_CORRECTION was set
 * and some were; else "". Borrowed until the next parse.
 */
SHEAF_API const char *sheaf_query_parser_get_corrected_query_string(const sheaf_query_parser *qp);
/*
 * The stop words that the last query was relieved of, folded, those of inner groups first; `i` from
 * 0, NULL past the end. Borrowed until the next parse.
 */
SHEAF_API const char *sheaf_query_parser_get_stop_word(const sheaf_query_parser *qp, size_t i);
/*
 * Remarks on the last query parsed (an unknown field taken as a word), one a
 * line; "" where there are none. Borrowed until the next parse.
 */
SHEAF_API const char *sheaf_query_parser_get_notes(const sheaf_query_parser *qp);

#ifdef __cplusplus
}
#endif

#endif
