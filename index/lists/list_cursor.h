/*
 * list_cursor.h: walks a ranking list. Rows and pages come from outside and may be damaged: every
 * number is checked, and what cannot be right ends the walk with DATABASE_CORRUPT.
 */
#ifndef LIST_CURSOR_H
#define LIST_CURSOR_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

#include "list_block.h"
#include "list_bounds.h"
#include "list_chunk.h"
#include "posting.h"

#define LIST_END INT64_MAX

/* Where pages come from. */
typedef struct list_source {
	void   *ctx;
	int64_t run;
	/* *data is valid until the next call; NULL, 0: there is no such page. */
	sheaf_status (*page)(void *ctx, int64_t run, int64_t number, const unsigned char **data,
	                     size_t *len, sheaf_error *err);
} list_source;

typedef struct list_chunk_place { /* of a list with chunks in pages */
	uint32_t last;            /* revision, less the run's first */
	uint32_t bounds_at;
} list_chunk_place;

/* A chunk with its table. */
typedef struct list_view {
	size_t               chunk; /* SIZE_MAX: none */
	unsigned char       *page;  /* owned, with padding; NULL: the chunk is in the list */
	const unsigned char *data;
	size_t               len;
	list_block_place    *blocks; /* owned */
	size_t               block_count;
} list_view;

/*
 * What callers may read: `revision`, `counts`, `status`, and, behind list_cursor_read(), `title`,
 * `abstract`, `other`.
 *
 * Who goes through whole blocks may also read the block at hand: the revisions `base` + `offsets`[i] of its `count`
 * postings, and, behind list_cursor_read(), how each occurs: its `codes`[i], or from LIST_CODES on what `rare` has at the
 * difference. It may move `at` ahead in the block if it sets `revision` to match, and leaves the block from its last
 * posting, by list_cursor_next_block(). The rest is the inside.
 */
typedef struct list_cursor {
	int64_t  revision; /* of the posting at hand; 0: before the first; LIST_END: none is left */
	uint32_t title, abstract, other;
	list_counts  counts; /* of the whole list, with postings of documents that are gone */
	sheaf_status status; /* the first failure, after which the cursor is at its end */

	int64_t          base;      /* the revision that offsets[0] is */
	size_t           at, count; /* the posting at hand in its block, and how many there are */
	int              codes_ready;
	uint32_t         offsets[LIST_BLOCK];
	unsigned char    codes[LIST_BLOCK];
	list_occurrences rare[LIST_BLOCK];

	sheaf_error      *err; /* borrowed; filled with the first failure */
	list_source       source;
	int64_t           first, last; /* revisions of the run */
	unsigned char    *list;        /* owned, with padding; NULL: there is none */
	size_t            list_len;
	list_bounds       top;
	list_chunk_place *chunks; /* owned; NULL: all is in the list */
	size_t            chunk_count;
	int64_t           page; /* of the first chunk, which is there at `page_at` */
	size_t            page_at;
	list_view         views[2];    /* the chunk at hand, and another that was looked at */
	size_t            view, block; /* of them, and in it; SIZE_MAX: none yet */
	size_t            codes_at;
} list_cursor;

/*
 * Opens a list, before its first posting: list_cursor_next() or list_cursor_seek() moves to one.
 * `list`: what list_row.h finds, copied; of a run of revisions from `first` to `last`. `source`
 * is copied; what it points to, and `err` (may be NULL), must live as long as the cursor. On
 * failure the cursor is at its end. Close it in any case.
 */
sheaf_status list_cursor_open(const void *list, size_t len, int64_t first, int64_t last,
                              const list_source *source, list_cursor *c, sheaf_error *err);
/* A cursor of a list that is not there: at its end, with no counts. */
void list_cursor_empty(list_cursor *c);
void list_cursor_close(list_cursor *c);
/* Moves back before the first posting; one that has failed stays at its end. */
void list_cursor_rewind(list_cursor *c);

/* Moves to the first posting of the next block. */
void list_cursor_next_block(list_cursor *c);
/* Moves to the first posting that is not before `revision`, over blocks. */
void list_cursor_seek_far(list_cursor *c, int64_t revision);
/* Decodes how the postings of the block occur. */
void list_cursor_read_block(list_cursor *c);

/*
 * Without moving: the block that a seek to `revision`, not before the one at hand, would decode.
 * *last is its last revision, LIST_END where none is left, with empty bounds. Only tables are
 * read.
 */
void list_cursor_block(list_cursor *c, int64_t revision, int64_t *last, list_bounds *bounds);
/*
 * The same for a stretch of many blocks, of which only what is in memory is asked: no page is
 * read. A list without pages is one stretch.
 */
void list_cursor_stretch(const list_cursor *c, int64_t revision, int64_t *last,
                         list_bounds *bounds);
/* Bounds of the whole list. */
static inline const list_bounds *list_cursor_top(const list_cursor *c)
{
	return &c->top;
}

/*
 * As list_cursor_read(), but reads the code of the posting at hand alone, where the block's codes are not decoded
 * yet; title, abstract and other are left as they are. NULL: it is not told so, or the block is damaged; then that
 * tells.
 */
const list_occurrences *list_cursor_peek(const list_cursor *c);
/* Without moving: of the block at hand, the place of the first posting that is not before `revision`; `count`: none is. */
size_t list_cursor_find(const list_cursor *c, int64_t revision);
/*
 * The same, looked for from the place `at` on, near which it mostly is; there is one. `offset` is the revision's from
 * the first of the block.
 */
size_t list_cursor_find_near(const list_cursor *c, size_t at, int64_t offset);
/* The last revision of the block at hand; there is one. */
static inline int64_t list_cursor_block_end(const list_cursor *c)
{
	return c->base + c->offsets[c->count - 1];
}

/* Moves to the next posting. */
static inline void list_cursor_next(list_cursor *c)
{
	if (c->at + 1 < c->count)
		c->revision = c->base + c->offsets[++c->at];
	else if (c->revision != LIST_END)
		list_cursor_next_block(c);
}

/* Moves to the first posting that is not before `revision`; never back. */
static inline void list_cursor_seek(list_cursor *c, int64_t revision)
{
	if (c->revision >= revision)
		return;
	if (c->at + 1 < c->count && c->base + c->offsets[c->at + 1] >= revision)
		c->revision = c->base + c->offsets[++c->at];
	else
		list_cursor_seek_far(c, revision);
}

/*
 * Fills title, abstract and other of the posting at hand: there is one. Damage that shows here is
 * in `status`.
 */
static inline void list_cursor_read(list_cursor *c)
{
	const list_occurrences *o;
	unsigned                code;

	if (!c->codes_ready)
		list_cursor_read_block(c);
	code = c->codes[c->at];
	o = code < LIST_CODES ? &list_code_table[code] : &c->rare[code - LIST_CODES];
	c->title = o->title;
	c->abstract = o->abstract;
	c->other = o->other;
}

#endif
