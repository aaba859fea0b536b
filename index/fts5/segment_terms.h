/*
 * segment_terms.h: the words of a merged index, read from FTS5's pages.
 *
 * Only an acceleration: FTS5's own vocabulary table decodes every position of every posting on the
 * way, which takes four times as long as skipping them. It knows the form that FTS5 has had since
 * its release (structure record of version 1, leaf pages with an index of their terms) and of that
 * only an index that is one segment, as a merge leaves it. Whatever else it meets, it does not
 * understand, and the vocabulary table is asked.
 */
#ifndef SEGMENT_TERMS_H
#define SEGMENT_TERMS_H

#include <sheaf/database.h>

typedef void (*segment_term_fn)(void *ctx, const char *term, size_t len, int64_t documents);

/*
 * Calls `fn` for each term that begins with `low` or a later byte, in byte order, with the
 * documents that have it. *understood 0: the index is of another form; what `fn` was told until
 * then is void.
 */
sheaf_status segment_each_term(sheaf_database *db, char low, segment_term_fn fn, void *ctx,
                               int *understood, sheaf_error *err);

#endif
