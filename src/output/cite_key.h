/*
 * cite_key.h: keys by which LaTeX cites papers: unique within a list, and made of ASCII letters and
 * digits.
 */
#ifndef CITE_KEY_H
#define CITE_KEY_H

#include <sheaf/document.h>

#include "arena.h"
#include "buf.h"

typedef struct cite_keys { /* all-zero is empty */
	arena   arena;
	char  **slots; /* a hash table; NULL: free */
	size_t *next;  /* by slot: the number to try first where the key is wanted again */
	size_t  count, size;
} cite_keys;

/*
 * Appends the key of `doc`: family name of the first author, year, first word of the title that is
 * no article ("moor2026loops"), with letters behind it (a, b … z, aa …) where the list has had that
 * one.
 * 0: out of memory.
 */
int cite_key_make(cite_keys *keys, const sheaf_document *doc, int year, buf *out);
/* Takes a key as it is: 1 where it was free, 0 where the list has had it, -1 without memory. */
int  cite_keys_take(cite_keys *keys, const char *key, size_t len);
void cite_keys_clear(cite_keys *keys);
void cite_keys_free(cite_keys *keys);

#endif
