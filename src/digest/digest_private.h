/* digest_private.h: what the parts of a digest share. */
#ifndef DIGEST_PRIVATE_H
#define DIGEST_PRIVATE_H

#include <sheaf/digest.h>

#include "arena.h"

/* A category whose list a section reads. */
typedef struct digest_list {
	const char         *category;
	int                 prefix; /* 1: whatever begins so */
	struct digest_list *next;
} digest_list;

/* One section, in the order of the digest. */
typedef struct digest_section {
	const char  *name; /* of the profile or category; NULL: the fallback */
	const char  *heading;
	int64_t      max;     /* papers; 0: no limit */
	unsigned     include; /* SHEAF_INCLUDE_*; 0: all but what was delivered */
	digest_list *lists;   /* NULL: all of arXiv's */
} digest_section;

/* How a paper is announced to a section. */
typedef struct digest_kind {
	int fresh;    /* 1: as new, or for the first time in these lists */
	int replaced; /* 1: as a new version */
	int cross;    /* 1: its first category has another list */
	int latest;   /* 1: the last thing that is known is a new version */
} digest_kind;

/* A paper in a section, before it is chosen. */
typedef struct digest_member {
	sheaf_docid docid;
	size_t      section;
	double      weight;
	int         percent;
	digest_kind kind; /* once the paper was looked at */
} digest_member;

/* A paper that was looked at. */
typedef struct digest_pick {
	sheaf_docid    docid;
	sheaf_revision revision;
	const char    *id;
	sheaf_time     date;        /* submitted, else updated, else the id's month */
	int            year, month; /* of the id */
	int64_t        number;      /* the last part of the id */
	int            version;
	int            delivered; /* the version delivered before; -1: none */
	int            written;   /* 1: it is in some section */
} digest_pick;

/* Newest first. */
typedef struct digest_picks {
	digest_pick *items;
	size_t       count, size;
} digest_picks;

struct sheaf_digest {
	sheaf_database      *db;
	sheaf_digest_options options;
	arena                arena; /* of the names and ids */
	const char          *name;  /* deliveries are remembered under it */
	const char          *title;
	int64_t              limit; /* papers; 0: no limit */
	sheaf_order          order;
	digest_section      *sections;
	size_t               section_count;
	digest_member       *members; /* by docid, then section */
	size_t               member_count, member_size;
	sheaf_time           last;      /* when something was delivered last; NONE: never */
	int                  attempted; /* 1: what the attempt has counts as delivered */
	int                  promised;  /* 1: what is written is the digest's attempt */
	sheaf_docid         *settled;   /* delivered as they are; in order */
	size_t               settled_count, settled_size;
	digest_picks         chosen;
	digest_picks         newest;       /* of every section, for feeds */
	int64_t              newest_limit; /* of each section; 0: not looked for yet */
};

/* Fills sections and members, from placements or from categories. */
sheaf_status digest_collect(sheaf_digest *d, sheaf_error *err);
sheaf_status digest_collect_categories(sheaf_digest *d, sheaf_error *err);
/* Makes `count` empty sections. */
sheaf_status digest_make_sections(sheaf_digest *d, size_t count, sheaf_error *err);
sheaf_status digest_add_member(sheaf_digest *d, const digest_member *member, sheaf_error *err);
/* The members of one document, as [*first, *first + answer). */
size_t digest_find(const sheaf_digest *d, sheaf_docid docid, size_t *first);

/* The lists that a section reads: the categories without which no paper is in it. */
sheaf_status digest_find_lists(sheaf_digest *d, const sheaf_profile *profile, digest_list **lists,
                               sheaf_error *err);
sheaf_status digest_add_list(sheaf_digest *d, const char *category, int prefix, digest_list **lists,
                             sheaf_error *err);
/* 1 where the category is of one of the lists. */
int digest_is_listed(const digest_list *lists, const char *category);

/* Fills `kind` of a paper's members. */
sheaf_status digest_announce(sheaf_digest *d, const sheaf_document *doc, const digest_pick *pick,
                             digest_member *members, size_t count, sheaf_error *err);
/* 1 where the section takes papers that are announced so. */
int digest_takes(const digest_section *section, const digest_kind *kind);

/* Loads a paper; *doc is NULL where it was removed since it was found, which is no failure. */
sheaf_status digest_load(const sheaf_digest *d, sheaf_docid docid, sheaf_document **doc,
                         sheaf_error *err);
/* Fills `chosen`: the newest papers that have a section, within dates and limit. */
sheaf_status digest_choose(sheaf_digest *d, sheaf_error *err);
/* Fills `newest`: the `limit` newest papers of each section, whatever was delivered. */
sheaf_status digest_find_newest(sheaf_digest *d, int64_t limit, sheaf_error *err);
/* 1 where this digest may show the paper in the section. */
int digest_wants(const sheaf_digest *d, const digest_member *member, const digest_pick *pick);
/* The same for feeds, which show again what was delivered. */
int digest_shows(const sheaf_digest *d, const digest_member *member, const digest_pick *pick);
/* 1 for a new version of a paper that was delivered. */
int digest_is_update(const digest_pick *pick);

#endif
