/*
 * import_push.h: what the reading stage of an import hands on. Each answers non-zero, or NULL, where
 * the reading must stop.
 */
#ifndef IMPORT_PUSH_H
#define IMPORT_PUSH_H

#include "import_reader.h"

/* An item that tells how far the reading is, to be filled and given to import_push_on(). */
import_item *import_push_blank(import_reader *r, import_kind kind);
int          import_push_on(import_reader *r, import_item *item);

/* The chance to stop; `reader` is an import_reader. */
int import_push_tick(void *reader);
/* As many lines of the file need not be read again. */
int import_push_resumed(import_reader *r, int64_t lines);
/* `at`: what is read up to and with it; NULL where it cannot be gone on with. `number` 0: a file. */
int import_push_reject(import_reader *r, const char *file, int64_t number, int is_line,
                       const import_row *at, const char *reason);
/*
 * The end of a stream. `at`: what it had, where it is one of JSON Lines and was read wholly, else NULL. `cut`: why
 * it ended before its end, or NULL.
 */
int import_push_end(import_reader *r, const char *file, const import_row *at, const char *cut);

#endif
