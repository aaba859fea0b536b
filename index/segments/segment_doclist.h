/*
 * segment_doclist.h: the doclist index of one long doclist as it is written: which row stands first on each
 * page after the one with the term. A tree of pages, kept by level, each as large as a leaf.
 */
#ifndef SEGMENT_DOCLIST_H
#define SEGMENT_DOCLIST_H

#include "buf.h"
#include "segment_writer.h"

enum { DOCLIST_LEVELS = 32, DOCLIST_INDEX_BIT = 36, DOCLIST_LEVEL_SHIFT = 31 };

typedef struct doclist_level {
	buf     page;   /* empty: nothing begun */
	int64_t number; /* of the page at hand */
	int64_t last;   /* the row id that was added last */
	int     linked; /* 1: the page has a row id, the next is told by its difference */
} doclist_level;

typedef struct doclist_index { /* all-zero is empty */
	doclist_level levels[DOCLIST_LEVELS];
} doclist_index;

/* A term begins, on this leaf: its doclist index would have the leaf's number. */
void doclist_index_begin(doclist_index *d, int64_t leaf);
/* The first row id of the leaf `leaf`. Full pages go to the sink. */
sheaf_status doclist_index_add(doclist_index *d, int64_t leaf, int64_t row, size_t page_size,
                               const segment_sink *sink, sheaf_error *err);
/* A leaf has positions only, neither row id nor term. */
void doclist_index_skip(doclist_index *d);
/* 1: a leaf has been added or skipped since the last end. */
int doclist_index_begun(const doclist_index *d);
/* Ends the doclist; what is left goes to the sink where `keep` is set. */
sheaf_status doclist_index_end(doclist_index *d, int keep, const segment_sink *sink,
                               sheaf_error *err);
void         doclist_index_free(doclist_index *d);

#endif
