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
	/*
	 * Deliveries are remembered under it, and it names the digest in feeds. NULL: the profile
	 * file's; of categories, their names in the order of the alphabet ("cs.NE, q-bio.NC").
	 */
	const char *name;
	/*
	 * Answers 1 where the output of that receipt is in place, 0 where it is not: asked where a
	 * process promised it and then died. NULL: nobody knows, and nothing comes of that promise.
	 */
	int (*arrived)(void *ctx, const char *receipt);
	void *ctx;
} sheaf_digest_options;

typedef struct sheaf_digest_stats {
	int64_t papers; /* different papers written */
	int64_t sections;
} sheaf_digest_stats;

/*
 * Writes a digest. Where `safe` is given, it is called after the last byte and
 * before anything is marked as delivered; non-zero means that the output was lost
 * (IO), and nothing is marked. `stats` may be NULL.
 * It is sheaf_digest_new(), sheaf_digest_write_chosen() and sheaf_digest_deliver() in one.
 */
SHEAF_API sheaf_status sheaf_digest_write(sheaf_database *db, const sheaf_digest_options *options,
                                          sheaf_writer *writer, int (*safe)(void *ctx), void *ctx,
                                          sheaf_digest_stats *stats, sheaf_error *err);

/* A digest whose papers are chosen, to be written in several ways. */
typedef struct sheaf_digest sheaf_digest;

/*
 * Chooses the papers. `db` and what `options` points to are borrowed until the digest is freed.
 *
 * Where a section's profile says what announcements to include, a paper counts as announced as the
 * ledger of announcements has it: as new (new, cross) and as a new version (replace,
 * replace-cross), if both are known as both. A paper that the ledger lacks is new in its first
 * version and replaced in a later one. One that was first announced after this digest's last
 * delivery is new besides, for it could not be shown before. It is a cross-list where its first
 * category is none of those that every paper of the section must have (the profile's `require`,
 * else its `query`, else the digest's `select`; the category of a section by category), and where
 * there are none, if the ledger knows it from cross-lists only. A cross-listed replacement needs
 * both `cross` and `replace`. What this digest delivered in an older version counts as a new version
 * only.
 *
 * Errors: INVALID_ARGUMENT (neither profiles nor categories; a category that neither arXiv nor any
 * paper has, with the nearest one; a negative limit); those of reading, and with `mark_delivered`
 * of writing.
 */
SHEAF_API sheaf_status sheaf_digest_new(sheaf_database *db, const sheaf_digest_options *options,
                                        sheaf_digest **digest, sheaf_error *err);
/* The name under which it delivers, and its title. Borrowed from the digest. */
SHEAF_API const char *sheaf_digest_get_name(const sheaf_digest *digest);
SHEAF_API const char *sheaf_digest_get_title(const sheaf_digest *digest);
/* How many sections it can have, with or without papers. */
SHEAF_API size_t sheaf_digest_size(const sheaf_digest *digest);
/* The profile's or category's name of section `i`, NULL for the fallback, and its heading. */
SHEAF_API const char *sheaf_digest_get_section(const sheaf_digest *digest, size_t i,
                                               const char **heading);

/*
 * Writes the digest: sections that have papers, in order. `head` (may be NULL) has what the digest
 * does not know itself: addresses, width, sender. `stats` may be NULL. Errors: those of the writer.
 */
SHEAF_API sheaf_status sheaf_digest_write_chosen(sheaf_digest *digest, const sheaf_list_head *head,
                                                 sheaf_writer *writer, sheaf_digest_stats *stats,
                                                 sheaf_error *err);

/* Every section. */
#define SHEAF_DIGEST_ALL ((size_t)-1)

/*
 * Writes the newest papers of section `i`, or of all of them, for a feed: at most `limit`, whatever
 * was delivered, and whatever the digest's own limit, dates and order; newest first. Of all
 * sections, a paper is written in the first that has it. `limit` must be the same in all calls.
 * Errors: INVALID_ARGUMENT (no such section; no limit).
 */
SHEAF_API sheaf_status sheaf_digest_write_newest(sheaf_digest *digest, size_t i, int64_t limit,
                                                 const sheaf_list_head *head, sheaf_writer *writer,
                                                 sheaf_error *err);

/*
 * Commits that the output is complete and about to be put in place, where it can be recognised by
 * `receipt`. If the process dies before it calls sheaf_digest_deliver(), the next digest of the name
 * asks `arrived` and so knows whether the papers were delivered. It does nothing without
 * `mark_delivered`, and inside the caller's transaction.
 */
SHEAF_API sheaf_status sheaf_digest_promise(sheaf_digest *digest, const char *receipt,
                                            sheaf_error *err);
/*
 * Marks as delivered what sheaf_digest_write_chosen() has written: all of it, or on failure
 * nothing. It does nothing without `mark_delivered`.
 */
SHEAF_API sheaf_status sheaf_digest_deliver(sheaf_digest *digest, sheaf_error *err);
/* Frees a digest. Takes NULL. */
SHEAF_API void sheaf_digest_free(sheaf_digest *digest);

#ifdef __cplusplus
}
#endif

#endif
