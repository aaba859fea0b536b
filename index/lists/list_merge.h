/* list_merge.h: the lists that several runs have of one key as one list. */
#ifndef LIST_MERGE_H
#define LIST_MERGE_H

#include "list_cursor.h"
#include "list_writer.h"

/*
 * Tells of a document that is in a list: its length; -1: it is gone; -2: failure, `err` filled,
 * *status too.
 */
typedef struct list_lengths {
	void *ctx;
	int64_t (*get)(void *ctx, int64_t revision, sheaf_status *status, sheaf_error *err);
	int all; /* 1: none of the documents is gone, and blocks may go as they are */
} list_lengths;

/*
 * Writes the lists, whose cursors are before their first postings, in order (runs do not overlap,
 * and come in their order), without documents that are gone; `gone` is what these had. The
 * writer's list is begun and not ended.
 */
sheaf_status list_merge(list_cursor *cursors, size_t count, const list_lengths *lengths,
                        list_writer *w, list_counts *gone, sheaf_error *err);

#endif
