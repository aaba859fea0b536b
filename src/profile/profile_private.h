/* profile_private.h: the inside of a profile set, for the layers that run it. */
#ifndef PROFILE_PRIVATE_H
#define PROFILE_PRIVATE_H

#include <sheaf/profile.h>
#include <sheaf/query.h>

#include "arena.h"
#include "yaml_tree.h"

enum {
	PROFILE_QUERY_MAX = 64 << 10, /* bytes */
	PROFILE_NAME_MAX = 200,       /* bytes */
	PROFILE_LIST_MAX = 4096       /* keywords, or ids, of one profile */
};

#define PROFILE_NUMBER_MAX 1e6

struct sheaf_profile_set {
	arena                 arena; /* all strings and arrays below */
	const char           *yaml;  /* the file as it was read */
	sheaf_digest_settings digest;
	sheaf_profile        *profiles;
	size_t                count;
};

/* The name under which the fallback's placements are stored. */
#define PROFILE_FALLBACK ""

/* sheaf_profile_set_parse() with the name that the digest has where the file does not say. */
sheaf_status profile_set_parse(const char *yaml, size_t len, const char *file,
                               const char *default_name, sheaf_profile_set **set, sheaf_error *err);
/* "dir/topics.yaml" is the digest "topics". mem_free() it; NULL: out of memory. */
char *profile_default_name(const char *file);
/* Where a review of a file keeps what it finds: profile_review.h. */
struct profile_review;
/*
 * Reads a profile file that is YAML already. `review` NULL: the first mistake is an error; else all are
 * noted there and the set has what could be read, which only a review can use: profiles may lack
 * what they must have.
 */
sheaf_status profile_set_read_tree(const yaml_node *root, const char *file,
                                   struct profile_review *review, const char *default_name,
                                   sheaf_profile_set **set, sheaf_error *err);
/*
 * Parses a query of a profile of `set`, to whose profiles it may refer (`query:NAME`); NULL: to
 * none. `own` is the profile that it stands in, to which it may not (NULL: none). There are no
 * relative dates in it, since profiles know no today.
 */
sheaf_status profile_parse_query(const sheaf_profile_set *set, const sheaf_profile *own,
                                 const char *text, sheaf_query **query, sheaf_error *err);

#endif
