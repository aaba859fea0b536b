/*
 * segment_writer.h: writes one segment of an FTS5 index (version 4 of its shadow tables), byte for byte as
 * FTS5 itself would by 'optimize'.
 *
 * Terms come in the order of their bytes, each with one posting or more, the postings of a term in the
 * order of row ids. What is written goes to a sink: rows of the data table under their ids without the
 * segment's number, and rows of the idx table.
 */
#ifndef SEGMENT_WRITER_H
#define SEGMENT_WRITER_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

enum {
	SEGMENT_TERM_MAX = 32768, /* bytes of a token, as FTS5 has it */
	SEGMENT_PAGE_MIN = 32,    /* bytes of a leaf, as FTS5 has it */
	SEGMENT_PAGE_MAX =
		65500, /* a leaf may get a little longer, and its offsets are of 16 bits */
	SEGMENT_PAGE_DEFAULT = 4050 /* where the config table has no pgsz */
};

typedef struct segment_sink {
	void *ctx;
	/* A page of the data table. `id`: its row id less segment << 37. `data` lives for the call. */
	sheaf_status (*page)(void *ctx, int64_t id, const void *data, size_t len, sheaf_error *err);
	/*
	 * A row of the idx table: `term` begins with FTS5's mark or is empty; `page` is pgno as stored,
	 * with the bit that says there is a doclist index.
	 */
	sheaf_status (*index)(void *ctx, const void *term, size_t len, int64_t page,
	                      sheaf_error *err);
} segment_sink;

typedef struct segment_writer segment_writer;

/*
 * `page_size` is FTS5's option pgsz. `sink` is copied. Errors: INVALID_ARGUMENT for a page size that is
 * not from SEGMENT_PAGE_MIN to SEGMENT_PAGE_MAX; NOMEM.
 */
sheaf_status segment_writer_new(size_t page_size, const segment_sink *sink, segment_writer **out,
                                sheaf_error *err);
void         segment_writer_free(segment_writer *w);
/*
 * Begins a term; `text` is the token without FTS5's own mark ('0' for the main index), which is added.
 * Errors: INVALID_ARGUMENT past SEGMENT_TERM_MAX; NOMEM; whatever the sink answers.
 */
sheaf_status segment_writer_term(segment_writer *w, const char *text, size_t len, sheaf_error *err);
/* A posting of it. `positions` as FTS5 has them. `deleted`: the mark of a row taken out. */
sheaf_status segment_writer_posting(segment_writer *w, int64_t row, const void *positions,
                                    size_t len, int deleted, sheaf_error *err);

/*
 * Postings that stand side by side in another segment go as they are, where all of them fit on the page:
 * segment_writer_room() says how many bytes they may take, the first row id aside.
 */
size_t segment_writer_room(const segment_writer *w);
/* `first` and `last` are row ids; `bytes` begin behind the first one. */
void segment_writer_run(segment_writer *w, int64_t first, int64_t last, const unsigned char *bytes,
                        size_t len);

/* Ends the segment; *last_page is its last leaf, 0 where it has no term at all. */
sheaf_status segment_writer_finish(segment_writer *w, int64_t *last_page, sheaf_error *err);

#endif
