/* posting.h: what ranking lists are made of. */
#ifndef POSTING_H
#define POSTING_H

#include <stdint.h>

/* A document that has something, and how often it has it in which kind of column. */
typedef struct posting {
	int64_t  revision;
	uint32_t title, abstract, other; /* occurrences; not all 0 */
	uint32_t length;                 /* of the document, as ranking counts it */
} posting;

enum { LIST_TITLE_WEIGHT = 3 }; /* of an occurrence in the title; others weigh 1 */

/* What a stored sum can be, so that all runs together cannot be more than 63 bits. */
#define LIST_COUNT_MAX ((int64_t)1 << 43)

/* Sums over the postings of a list. */
typedef struct list_counts {
	int64_t documents;
	int64_t occurrences;        /* weighted */
	int64_t title_documents;    /* those that have it in the title */
	int64_t title_occurrences;  /* there, not weighted */
	int64_t abstract_documents; /* in the abstract */
	int64_t abstract_occurrences;
} list_counts;

static inline int64_t posting_frequency(const posting *p)
{
	return (int64_t)LIST_TITLE_WEIGHT * p->title + p->abstract + p->other;
}

/* Adds a posting `sign` times. */
static inline void list_counts_add(list_counts *c, const posting *p, int sign)
{
	c->documents += sign;
	c->occurrences += sign * posting_frequency(p);
	c->title_documents += p->title ? sign : 0;
	c->title_occurrences += (int64_t)sign * p->title;
	c->abstract_documents += p->abstract ? sign : 0;
	c->abstract_occurrences += (int64_t)sign * p->abstract;
}

/* Adds all of `more`, `sign` times. */
static inline void list_counts_sum(list_counts *c, const list_counts *more, int sign)
{
	c->documents += sign * more->documents;
	c->occurrences += sign * more->occurrences;
	c->title_documents += sign * more->title_documents;
	c->title_occurrences += sign * more->title_occurrences;
	c->abstract_documents += sign * more->abstract_documents;
	c->abstract_occurrences += sign * more->abstract_occurrences;
}

#endif
