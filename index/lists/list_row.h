/* list_row.h: finding lists in the rows that list_writer.h describes. */
#ifndef LIST_ROW_H
#define LIST_ROW_H

#include <stddef.h>
#include <stdint.h>

/* A list in a row; it points into the row. */
typedef struct list_entry {
	const char          *key;
	size_t               key_len;
	const unsigned char *list; /* what list_cursor_open() takes */
	size_t               list_len;
	uint64_t             hash; /* of the key; list_row_next() alone fills it */
} list_entry;

/* The list of `key`. 1: found; 0: it is not there; -1: the row is damaged. */
int list_row_find(const unsigned char *row, size_t len, const char *key, size_t key_len,
                  list_entry *e);
/* The list at *at (0 first), which then is behind it. 1: there is one; 0: the end; -1: damaged. */
int list_row_next(const unsigned char *row, size_t len, size_t *at, list_entry *e);

#endif
