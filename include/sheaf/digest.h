/* sheaf/digest.h: what goes into a published digest, in which section. */
#ifndef SHEAF_DIGEST_H
#define SHEAF_DIGEST_H

#include <sheaf/profile.h>
#include <sheaf/writer.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_digest_options {      /* all-zero means the defaults, but for `now` */
	const sheaf_profile_set *profiles; /* NULL: one section a category */
	const char *const *categories;     /* where `profiles` is NULL */
	size_t category_count;
	int since_last; /* 1: what this digest has not delivered yet */
	int has_since, has_until;
	sheaf_time since, until; /* by submitted, else updated; both included */
	int64_t limit;           /* papers; 0: the profile file's, else none */
	sheaf_time now;          /* printed, and remembered with deliveries */
	int mark_delivered;      /* 1: remember what was written, once it is safely written */
} sheaf_digest_options;

typedef struct sheaf_digest_stats {
	int64_t papers; /* different papers written */
	int64_t sections;
} sheaf_digest_stats;

/*
 * Writes a digest. Where `safe` is given, it is called after the last byte and
 * before anything is marked as delivered; non-zero means that the output was lost
 * (IO), and nothing is marked. `stats` may be NULL.
 */
SHEAF_API sheaf_status sheaf_digest_write(sheaf_database *db, const sheaf_digest_options *options,
                                          sheaf_writer *writer, int (*safe)(void *ctx), void *ctx,
                                          sheaf_digest_stats *stats, sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif
