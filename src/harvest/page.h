/* page.h: one answer of a source, held back until it is known to be whole. */
#ifndef PAGE_H
#define PAGE_H

#include "arena.h"
#include "document_private.h"
#include "source.h"

enum { PAGE_DOCUMENTS_MAX = 50000, PAGE_REJECTS_MAX = 100, PAGE_HEAD_SIZE = 256 };

typedef struct page_reject {
	int64_t     number; /* of the record in its page */
	const char *reason;
} page_reject;

/* A paper that the source has deleted. */
typedef struct page_deleted {
	const char *id;
	sheaf_time  datestamp;
} page_deleted;

/* All-zero is an empty page. */
typedef struct page {
	source_info info;
	sheaf_document       *
                *docs; /* the first `count` are of this page, the others wait to be reused */
	size_t         count, made;
	page_reject    rejects[PAGE_REJECTS_MAX]; /* the first of them */
	size_t         reject_count;              /* all of them */
	page_deleted  *deleted;
	size_t         deleted_count, deleted_size;
	arena          text;
	char           head[PAGE_HEAD_SIZE]; /* how the answer begins, for one that is no page */
	size_t         head_len;
	source_sink    sink;
	source_parser *parser; /* while it is being read */
	sheaf_status   status; /* why the sink has stopped */
	sheaf_error    error;
} page;

/* Empties the page and begins to read another. */
sheaf_status page_begin(page *p, sheaf_source_format format, sheaf_error *err);
/* Takes bytes as they come. Errors: PROTOCOL, NOMEM. */
sheaf_status page_feed(page *p, const char *bytes, size_t len, sheaf_error *err);
/* Ends it. Errors: PROTOCOL where the answer is not whole. */
sheaf_status page_end(page *p, sheaf_error *err);
void         page_free(page *p);

/* How a date field runs through the documents that have it. */
typedef struct page_span {
	sheaf_time least, most;     /* SHEAF_TIME_NONE: no document has it */
	int        rising, falling; /* 1: in order, equal neighbours allowed */
} page_span;
void page_get_span(const page *p, sheaf_field field, page_span *span);

#endif
