/*
 * cite_key.h: keys by which LaTeX cites papers. A key depends on its paper alone, whatever else is
 * written and in whichever order, and no two identifiers have the same one.
 */
#ifndef CITE_KEY_H
#define CITE_KEY_H

#include <sheaf/document.h>

#include "arena.h"
#include "buf.h"

typedef struct cite_keys { /* a set of keys; all-zero is empty */
	arena  arena;
	char **slots; /* a hash table; NULL: free */
	size_t count, size;
} cite_keys;

/*
 * Appends the key of `doc`: the family name of the first author in ASCII letters and digits
 * ("anon" where there is none), a hyphen, and the identifier: "moor-2601.22876". In it a slash is a
 * colon, and all but ASCII's small letters, digits, dots and hyphens is _XX, in hexadecimal:
 * BibTeX takes keys that differ in case alone for one.
 */
void cite_key_make(const sheaf_document *doc, buf *out);
/* 1 where the `len` bytes at `key` are new to the set and are in it now, 0 where they were, -1 without memory. */
int  cite_keys_add(cite_keys *keys, const char *key, size_t len);
void cite_keys_free(cite_keys *keys);

#endif
