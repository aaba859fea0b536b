/* text_table.h: texts by numbers from 0, each once. */
#ifndef TEXT_TABLE_H
#define TEXT_TABLE_H

#include <stdint.h>

#include "arena.h"

/* Found by hash. All-zero is empty. */
typedef struct text_table {
	const char **texts; /* in the arena of who puts them */
	uint32_t    *lens;
	size_t       count, size;
	uint32_t    *slots; /* number + 1; 0: free */
	size_t       slot_count;
} text_table;

/* UINT32_MAX: there is none. */
uint32_t text_table_find(const text_table *t, const char *text, size_t len);
/* Finds it, or adds it; UINT32_MAX: out of memory. */
uint32_t text_table_put(text_table *t, arena *a, const char *text, size_t len);
void     text_table_free(text_table *t);

#endif
