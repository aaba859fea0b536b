/* journal_ref.h: where a paper was published, taken apart where that is certain. */
#ifndef JOURNAL_REF_H
#define JOURNAL_REF_H

#include <stddef.h>

#include <sheaf/document.h>

#include "buf.h"

typedef struct journal_part {
	const char *text; /* borrowed from the reference; "" where it names none */
	size_t      len;
} journal_part;

typedef struct journal_ref {
	journal_part name;
	journal_part volume, issue;
	journal_part first, last; /* pages, or a number of the article in `first` */
	journal_part rest;        /* what follows: an erratum, a second place, identifiers */
	int          year, month; /* 0: it names none */
} journal_ref;

/*
 * "Phys. Rev. Q 76, 2013 (2007)", "J. Lamps, vol. 3, no. 2, pp. 1-10, May 2010": 1 where every part
 * of `text`, of which white space is folded, has one meaning only, and `ref` tells it. 0, and `ref`
 * empty, where anything could be read in two ways: conferences, places, books, all that is not a
 * name with numbers.
 */
int journal_ref_parse(const char *text, journal_ref *ref);

/*
 * The same for a paper's reference, of which one clean line is made in `text`, which `ref` borrows from.
 * 0 as well where it has none.
 */
int journal_ref_of(const sheaf_document *doc, buf *text, journal_ref *ref);

#endif
