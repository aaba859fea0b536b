/* segment_merge.h: several segments of an FTS5 index into one, as 'optimize' would make it. */
#ifndef SEGMENT_MERGE_H
#define SEGMENT_MERGE_H

#include "segment_reader.h"
#include "segment_writer.h"

/*
 * Merges all segments of an index, the newest last, into `w`; the readers are as new. Of postings of one
 * term and row the newest holds; marks of rows taken out go, with what they take out: nothing older is left
 * that they could hide. The writer is not finished. Errors: DATABASE_CORRUPT; whatever the writer's sink
 * answers.
 *
 * Where rows were changed under their ids, and more than 1,000 leaves are written, FTS5 can leave a mark on a
 * posting that has nothing to hide, at the term it pauses at. That is not done here.
 */
sheaf_status segment_merge(segment_reader *const *readers, size_t count, segment_writer *w,
                           sheaf_error *err);

#endif
