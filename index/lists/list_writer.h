/*
 * list_writer.h: writes the ranking lists of one run: rows that hold the lists, and pages with
 * the postings of those that are long.
 *
 * Lists come in the order of list_hash() of their keys, then of the keys' bytes; postings in the
 * order of revisions. A row holds many lists, the first of which gives it its number; list_row.h
 * reads it. A list in a row:
 *
 *   varint      bytes that follow
 *   byte        bytes of the key
 *   key
 *   varint      number of postings, n
 *   n < 16      a byte: the code of the smallest length; then for each posting a varint,
 *               (difference to the revision before) * 4 + code; code 3: a byte has the code, or
 *               LIST_CODES, and three varints follow. The first difference is to the run's first
 *               revision less 1.
 *   else        where n > 128, five varints: the rest of list_counts. A varint: the number of
 *               chunks. Where that is 0, a chunk follows; else bounds of the whole list, varint
 *               first page, varint offset in it, and for each chunk a varint, its last revision,
 *               and bounds
 *
 * A chunk (list_chunk.h) is a varint, the number of blocks; for each block a varint, its last
 * revision, a byte, the number of postings less 1, a varint, its bytes, and bounds; then the
 * blocks. The first chunk of a list begins in the first page at the offset, others at the
 * beginning of the pages that follow. A last revision is the difference to the revision behind
 * that of the block or chunk before, the run's first to begin with.
 */
#ifndef LIST_WRITER_H
#define LIST_WRITER_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

#include "list_bounds.h"
#include "posting.h"

enum {
	LIST_HASH_BITS = 44,
	LIST_KEY_MAX = 255,    /* bytes */
	LIST_SMALL = 16,       /* a list of fewer postings has no blocks */
	LIST_INLINE_MAX = 700, /* bytes of a chunk that stays in the row */
	LIST_ROW_BYTES = 4000, /* of a row, unless a single list takes more */
	LIST_PAGE_BYTES = 4000
};

/* Where the rows go. */
typedef struct list_sink {
	void *ctx;
	/* A row of lists; `number` (LIST_HASH_BITS) ascends. `data` lives for the call. */
	sheaf_status (*row)(void *ctx, int64_t number, const void *data, size_t len,
	                    sheaf_error *err);
	/* A page of postings; `number` counts from 0. */
	sheaf_status (*page)(void *ctx, int64_t number, const void *data, size_t len,
	                     sheaf_error *err);
} list_sink;

typedef struct list_writer list_writer;

/* The order of lists in a run. */
uint64_t list_hash(const char *key, size_t len);

/* A run of the revisions from `first` to `last`. `sink` is copied. */
sheaf_status list_writer_new(int64_t first, int64_t last, const list_sink *sink, list_writer **out,
                             sheaf_error *err);
void         list_writer_free(list_writer *w);
/* Begins a list; `key` is copied. */
sheaf_status list_writer_begin(list_writer *w, const char *key, size_t len, sheaf_error *err);
sheaf_status list_writer_add(list_writer *w, const posting *p, sheaf_error *err);
/* A block as it stands in a list of another run; it tells nothing of which run. */
typedef struct list_whole_block {
	const unsigned char *bytes;
	size_t               len;
	unsigned             count; /* of postings */
	int64_t              last;  /* revision */
	list_bounds          bounds;
} list_whole_block;
/*
 * Adds a block behind what was added. What it counts is told by list_writer_count(), for all such blocks of the
 * list together, which must have more than LIST_BLOCK postings with the others.
 */
sheaf_status list_writer_add_block(list_writer *w, const list_whole_block *b, sheaf_error *err);
void         list_writer_count(list_writer *w, const list_counts *counts);
/* Ends the list; one without postings is left out. */
sheaf_status list_writer_end(list_writer *w, sheaf_error *err);
/* Ends the run. */
sheaf_status list_writer_finish(list_writer *w, sheaf_error *err);

#endif
