/*
 * oai_request.h: the arguments of an OAI-PMH request, checked as the protocol wants them checked.
 */
#ifndef OAI_REQUEST_H
#define OAI_REQUEST_H

#include "form_args.h"
#include "listing.h"
#include "oai_old.h"

typedef enum oai_error {
	OAI_FINE = 0,
	OAI_BAD_VERB,
	OAI_BAD_ARGUMENT,
	OAI_BAD_TOKEN,
	OAI_NO_FORMAT,
	OAI_NO_ID,
	OAI_NO_RECORDS
} oai_error;

typedef struct oai_request {
	const char *verb;               /* one of the table in oai_view.c, or NULL */
	const char *identifier;         /* GetRecord */
	const char *prefix;             /* "arXivRaw" or "arXiv" */
	const char *from, *until, *set; /* as they were sent; NULL where not */
	int64_t     from_day, until_day;
	size_t skip; /* records of `from_day`, or of the whole old list, that the pages before have shown */
	size_t      list;    /* number of the old list that goes on */
	int         resumed; /* 1: a resumption token was sent */
	oai_error   error;
	const char *reason; /* why, static; NULL: nothing to add */
} oai_request;

/* Which arguments a verb takes, besides `verb`. Ends with NULL. */
typedef struct oai_verb {
	const char *name;
	const char *takes[6];
	int         lists; /* 1: from, until, set and tokens */
} oai_verb;

/* Reads the arguments; what is wrong goes into r->error. `old`: NULL for the server of 2025. Errors: NOMEM. */
sheaf_status oai_request_read(oai_request *r, const oai_verb *verb, const form_args *args,
                              const listing *l, const oai_memory *old, arena *a, sheaf_error *err);
/* 1 where the set exists: a group, group:archive or group:archive:CATEGORY. */
int oai_set_exists(const char *set);
/* 1 where a paper's category lies in the set (NULL: every paper does). */
int oai_set_holds(const char *set, const paper *p);

#endif
