#include "segment_terms.h"

#include "alloc.h"
#include "database_private.h"
#include "shadow.h"

/* *only: the index's one segment; a segment number of 0 where it has none or several. */
static sheaf_status find_segment(sheaf_database *db, segment_range *only, sheaf_error *err)
{
	segment_structure s;
	segment_range    *list = NULL;
	size_t            count = 0;
	sheaf_status      status = shadow_read_structure(db, &s, err);

	*only = (segment_range){0};
	if (status == SHEAF_OK)
		status = segment_structure_list(&s, &list, &count, err);
	if (status == SHEAF_OK && count == 1)
		*only = list[0];
	mem_free(list);
	segment_structure_free(&s);
	return status;
}

/* *understood 0: a term that no tokenizer of sheaf's has made. */
static sheaf_status tell_terms(segment_reader *r, char low, segment_term_fn fn, void *ctx,
                               int *understood, sheaf_error *err)
{
	sheaf_status status = segment_reader_start(r, &low, 1, err);

	while (status == SHEAF_OK) {
		int64_t     documents = 0;
		const char *term;
		size_t      len;
		int         more;

		status = segment_reader_next_term(r, &more, err);
		if (status != SHEAF_OK || !more)
			return status;
		term = segment_reader_term(r, &len);
		*understood = len <= TOKEN_MAX;
		if (!*understood)
			return SHEAF_OK;
		if (!len || (unsigned char)term[0] < (unsigned char)low)
			continue;
		status = segment_reader_count(r, &documents, err);
		if (status == SHEAF_OK)
			fn(ctx, term, len, documents);
	}
	return status;
}

static sheaf_status read_segment(sheaf_database *db, char low, segment_term_fn fn, void *ctx,
                                 int *understood, sheaf_error *err)
{
	segment_source  source = shadow_source(db);
	segment_reader *r = NULL;
	segment_range   range;
	sheaf_status    status = find_segment(db, &range, err);

	*understood = status == SHEAF_OK && range.segment;
	if (!*understood)
		return status;
	status = segment_reader_new(&source, &range, &r, err);
	if (status == SHEAF_OK)
		status = tell_terms(r, low, fn, ctx, understood, err);
	segment_reader_free(r);
	statement_reset(db->statements[STMT_INDEX_PAGE]);
	return status;
}

sheaf_status segment_each_term(sheaf_database *db, char low, segment_term_fn fn, void *ctx,
                               int *understood, sheaf_error *err)
{
	sheaf_error  met;
	sheaf_status status = read_segment(db, low, fn, ctx, understood, &met);

	/* What is damaged here, FTS5 can tell better. */
	if (status == SHEAF_ERROR_DATABASE_CORRUPT) {
		*understood = 0;
		return SHEAF_OK;
	}
	if (status != SHEAF_OK && err)
		*err = met;
	return status;
}
