/*
 * listing.h: papers that nobody wrote, in the number and order of an archive's listing.
 * All of them follow from the options. A later `to_day` adds papers, versions and journal
 * references, and changes nothing of what was there. Their numbers begin at 50001 in each
 * month, where arXiv's own never were.
 */
#ifndef LISTING_H
#define LISTING_H

#include <sheaf/status.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "invented_name.h"
#include "vocabulary.h"

enum {
	LISTING_FIRST_NUMBER = 50001,
	LISTING_MAX_PER_DAY = 1600, /* so that a month's numbers keep to five digits */
	LISTING_MAX_VERSIONS = 4,
	LISTING_MAX_AUTHORS = 12,
	LISTING_MAX_CATEGORIES = 4,
	PAPER_ID_SIZE = 40
};

typedef struct listing_options {
	uint64_t seed;
	size_t   papers;           /* at most as many; fewer where the days end before */
	size_t   per_day;          /* submitted each day, 1 … LISTING_MAX_PER_DAY */
	int64_t  from_day, to_day; /* days since 1970-01-01; the last is the listing's "today" */
	const char *
		file; /* papers from a snapshot in JSON Lines in their place: the day is that of the last
	                     change in it; NULL: none */
} listing_options;

/* One paper in the order of the archive: by datestamp, then by number. */
typedef struct listing_slot {
	int64_t datestamp; /* day of the last change */
	size_t  index;     /* of the paper, by submission */
} listing_slot;

typedef struct snapshot snapshot;

typedef struct listing {
	listing_options options;
	listing_slot   *order;
	size_t          count;
	snapshot       *file;  /* NULL: the papers are drawn */
	size_t  touched_index; /* this paper was touched on a later day, where that is not 0 */
	int64_t touched_day;
} listing;

typedef struct paper_version {
	sheaf_time  date;
	size_t      size_kb;
	const char *source_type; /* "D", "", or "I" for withdrawn */
} paper_version;

typedef struct paper {
	size_t      index;
	char        id[PAPER_ID_SIZE];
	int64_t     datestamp; /* day */
	const char *title, *abstract, *comments, *journal_ref, *doi, *report_no, *msc, *acm,
		*license;
	/* NULL where the paper has none */
	const char *author_line, *submitter; /* as the source has them; NULL: made of the names */
	invented_name   *authors;
	size_t           author_count;
	const category **categories; /* the primary first */
	size_t           category_count;
	paper_version   *versions;
	size_t           version_count; /* up to the one that was asked for */
	int              withdrawn;
} paper;

/* Errors: INVALID_ARGUMENT (days or numbers out of range), NOMEM. */
sheaf_status listing_init(listing *l, const listing_options *options, sheaf_error *err);
void         listing_free(listing *l);

/*
 * Writes paper number `index` as of `version` (0: the newest). Its strings live in `a`.
 * Errors: NOMEM; DOC_NOT_FOUND (no such version yet).
 */
sheaf_status listing_paper(const listing *l, size_t index, size_t version, arena *a, paper *p,
                           sheaf_error *err);

/* The paper of an identifier such as 2610.50001 or hep-th/9901001; 1 where there is one. */
int listing_find(const listing *l, const char *id, size_t *index);

/* Puts the slots in the order of the archive. */
void listing_sort(listing *l);
/*
 * The paper in that place of the order gets `day` as its datestamp, and moves to where that belongs;
 * another paper that was touched before goes back.
 */
void listing_touch(listing *l, size_t place, int64_t day);

/* The listing's "now": 23:30 of its last day. */
sheaf_time listing_now(const listing *l);

#endif
