/* page_name.h: names of profiles as names of files, for any file system and any web server. */
#ifndef PAGE_NAME_H
#define PAGE_NAME_H

#include "arena.h"

/* Names that were given out. All-zero is empty; the arena owns them. */
typedef struct page_names {
	const char **items;
	size_t       count, size;
} page_names;

/*
 * A name of letters, digits, points, hyphens and underscores for `text`, without suffix: other
 * bytes are hyphens, it begins with a letter or digit, and differs from those given out before in
 * more than case, if need be by a number at its end. The same calls give the same names.
 * NULL: out of memory.
 */
const char *page_name(page_names *taken, const char *text, arena *a);
/* 1 for what page_name() can have given out, with a suffix. */
int page_name_is(const char *file);

#endif
