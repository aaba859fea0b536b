/* pages.h: a folder of recorded OAI-PMH pages (1.xml, 2.xml …), served again as one chain. */
#ifndef PAGES_H
#define PAGES_H

#include "reply.h"
#include "form_args.h"

typedef struct page {
	long  number;
	char *path;
	char *token; /* the one that leads to the next page; "" when none */
} page;

typedef struct page_set {
	page  *items;
	size_t count;
} page_set;

/* Finds the pages of a folder, by number. Errors: IO (no folder, or no page in it), NOMEM. */
sheaf_status pages_load(page_set *set, const char *folder, sheaf_error *err);
void         pages_free(page_set *set);

/*
 * Answers ListRecords: page 1 without a token, else the page after the one that the token
 * stood in. The last page is given an empty token, so that the chain closes.
 * `token_expired` makes any token a dead one. Errors: IO, NOMEM.
 */
sheaf_status pages_answer(const page_set *set, const form_args *args, sheaf_time now,
                          int token_expired, reply *out, sheaf_error *err);

#endif
