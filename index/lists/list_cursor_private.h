/* list_cursor_private.h: what opening a list and walking it share. */
#ifndef LIST_CURSOR_PRIVATE_H
#define LIST_CURSOR_PRIVATE_H

#include "list_cursor.h"
#include "list_writer.h"

#define LIST_NONE SIZE_MAX

/*
 * Moves to the end, and keeps the first failure. NOMEM fills `err`; other statuses say that it is
 * filled.
 */
void list_cursor_fail(list_cursor *c, sheaf_status status);
/* The same for what is damaged. */
void list_cursor_damaged(list_cursor *c);
/* Reads the table of a chunk in `data` into a view. 1: done; 0: the cursor has failed. */
int list_view_read(list_cursor *c, list_view *v, size_t chunk, const unsigned char *data,
                   size_t len);
/*
 * Decodes the revisions of a block of the chunk at hand, and stands before the first. 1: done; 0:
 * failed.
 */
int list_cursor_decode(list_cursor *c, size_t block);
/*
 * Takes the next block of a list that has blocks, as it is, in place of moving to its postings. 0: none is left, or the
 * cursor has failed.
 */
int list_cursor_take_block(list_cursor *c, list_whole_block *b);

#endif
