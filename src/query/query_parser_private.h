/* query_parser_private.h: a parser's settings and what it says about the last query. */
#ifndef QUERY_PARSER_PRIVATE_H
#define QUERY_PARSER_PRIVATE_H

#include <sheaf/query_parser.h>

#include "buf.h"
#include "query_names.h"

/*
 * What a parser asks a database: the functions of sheaf/database.h, as pointers, since this layer
 * is below the one that has them.
 */
typedef struct query_vocabulary {
	sheaf_database *db; /* borrowed; NULL: none, and no functions */
	sheaf_status (*suggest)(sheaf_database *db, const char *word, unsigned max_edits,
	                        char **suggestion, sheaf_error *err);
	sheaf_status (*each_synonym)(sheaf_database *db, const char *term, sheaf_synonym_fn fn,
	                             void *ctx, sheaf_error *err);
} query_vocabulary;

typedef struct query_range_processor {
	sheaf_range_processor_fn fn;
	void                    *ctx;
} query_range_processor;

enum {
	QUERY_RANGE_PROCESSORS_MAX = 64,
	QUERY_KEPT_MAX = 16,
	QUERY_SYNONYMS_MAX = 1000, /* in one query */
	NOTES_MAX = 2048           /* bytes; what does not fit is left out */
};

/* What goes with a parser. */
typedef struct query_kept {
	void *thing;
	void (*free)(void *thing);
} query_kept;

struct sheaf_query_parser {
	sheaf_op              join; /* of juxtaposed words; one of query_group_joins() */
	sheaf_stopper_fn      stop; /* NULL: `stop_words`, or the built-in list */
	void                 *stop_ctx;
	const char *const    *stop_words;     /* borrowed, ended by NULL; NULL: none */
	int                   own_stop_words; /* the built-in list, in place of `stop_words` */
	int                   foreign;        /* the database is not English: no built-in list */
	size_t                max_length;     /* bytes */
	sheaf_time            now;            /* SHEAF_TIME_NONE: relative dates are words */
	unsigned              max_expansion;  /* of wildcards; 0: as sheaf_query_new_wildcard() */
	sheaf_wildcard_limit  expansion_limit;
	unsigned              min_wildcard_prefix; /* letters */
	query_names           names;
	query_range_processor ranges[QUERY_RANGE_PROCESSORS_MAX];
	size_t                range_count;
	query_kept            kept[QUERY_KEPT_MAX];
	size_t                kept_count;
	query_vocabulary      vocabulary;
	/* about the last query */
	buf    notes;     /* one a line, without the last line's end */
	buf    text;      /* cleaned; its tokens point into it */
	buf    stopped;   /* the stop words it was relieved of, each ended by NUL */
	buf    corrected; /* its text up to `corrected_upto`, put right; empty: nothing was wrong */
	size_t corrected_upto;
	int    parsing;          /* 1: processors may be called, which must not change the parser */
	unsigned    patterns;    /* with wildcards inside, of the query at hand */
	const char *partial_end; /* where a word that is the beginning of one ends; NULL: none is */
	unsigned    synonyms;    /* of all its words */
	int         synonyms_noted; /* that a word has none */
	uint64_t    serial;         /* grows with each query */
	sheaf_status status;        /* what asking the database came to */
	sheaf_error *err;
};

/* Adds a line to the notes. */
__attribute__((format(printf, 2, 3))) void query_note(sheaf_query_parser *qp, const char *format,
                                                      ...);
/* Frees `thing` with the parser, or at once where there is no room. */
sheaf_status query_parser_keep(sheaf_query_parser *qp, void *thing, void (*free_thing)(void *thing),
                               sheaf_error *err);
/* 1 for what names of fields are made of. */
int query_is_name_char(char c);

#endif
