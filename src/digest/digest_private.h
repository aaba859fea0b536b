/* digest_private.h: what the parts of a digest share. */
#ifndef DIGEST_PRIVATE_H
#define DIGEST_PRIVATE_H

#include <sheaf/digest.h>

/* One section, in the order of the digest. */
typedef struct digest_section {
	const char *name; /* of the profile or category; NULL: the fallback */
	const char *heading;
	int64_t     max;      /* papers; 0: no limit */
	int         replaced; /* 1: a delivered paper comes again with a newer version */
} digest_section;

/* A paper in a section, before it is chosen. */
typedef struct digest_member {
	sheaf_docid docid;
	size_t      section;
	double      weight;
	int         percent;
} digest_member;

/* A paper that was chosen. */
typedef struct digest_pick {
	sheaf_docid    docid;
	sheaf_revision revision;
	sheaf_time     date;        /* submitted, else updated, else the id's month */
	int            year, month; /* of the id */
	int64_t        number;      /* the last part of the id */
	int            version;
	int            delivered; /* the version delivered before; -1: none */
	int            written;   /* 1: it is in some section */
} digest_pick;

typedef struct digest {
	sheaf_database             *db;
	const sheaf_digest_options *options;
	char                       *name; /* deliveries are remembered under it; owned */
	const char                 *title;
	int64_t                     limit; /* papers; 0: no limit */
	sheaf_order                 order;
	digest_section             *sections;
	size_t                      section_count;
	digest_member              *members; /* by docid, then section */
	size_t                      member_count, member_size;
	digest_pick                *picks; /* newest first */
	size_t                      pick_count, pick_size;
} digest;

/* Fills sections and members, from placements or from categories. */
sheaf_status digest_collect(digest *d, sheaf_error *err);
/* Frees what digest_collect() and digest_choose() made. */
void digest_clear(digest *d);
/* Fills picks: the newest papers that have a section, within dates and limit. */
sheaf_status digest_choose(digest *d, sheaf_error *err);
/* Loads a paper; *doc is NULL where it was removed since it was found, which is no failure. */
sheaf_status digest_load(const digest *d, sheaf_docid docid, sheaf_document **doc,
                         sheaf_error *err);
/* The members of one document, as [*first, *first + answer). */
size_t digest_find(const digest *d, sheaf_docid docid, size_t *first);
/* 1 where this digest may show the paper in the section; always, unless only news are asked for. */
int digest_wants(const digest *d, const digest_section *section, const digest_pick *pick);

#endif
