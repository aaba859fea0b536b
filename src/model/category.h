/* category.h: what arXiv's taxonomy says about a category's name. */
#ifndef CATEGORY_H
#define CATEGORY_H

#include "buf.h"

typedef struct category_archive {
	const char *name;  /* of the archive: cs, hep-th, cond-mat */
	const char *group; /* that it belongs to: cs, physics */
	int         upper; /* 1: its subject classes are written in capitals */
} category_archive;

/* The archive of that name, in any case, active or of old; NULL: none. */
const category_archive *category_archive_find(const char *name, size_t len);
/* The `i`-th archive, from 0, in the order of names; NULL past the last. */
const category_archive *category_archive_at(size_t i);

/*
 * Appends the OAI-PMH setSpec of a category (cs.NE becomes cs:cs:NE, hep-th becomes
 * physics:hep-th), an archive or a group (cs, physics), in any case. What holds a ':' is a
 * setSpec already, and what names no archive may be a set of another server: both are
 * appended as they are. 0, and nothing appended, for what cannot be a setSpec.
 */
int category_set_spec(const char *name, buf *out);

#endif
