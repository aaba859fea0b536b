/* sheaf/profile.h: saved queries that sort papers into topics. */
#ifndef SHEAF_PROFILE_H
#define SHEAF_PROFILE_H

#include <sheaf/database.h>
#include <sheaf/query_parser.h>

#ifdef __cplusplus
extern "C" {
#endif

/* A profile file: the settings of one digest and its profiles. */
typedef struct sheaf_profile_set sheaf_profile_set;

typedef enum sheaf_assign { SHEAF_ASSIGN_BEST = 0, SHEAF_ASSIGN_ALL } sheaf_assign;
typedef enum sheaf_match { SHEAF_MATCH_QUERY = 0, SHEAF_MATCH_KEYWORDS } sheaf_match;
typedef enum sheaf_order { SHEAF_ORDER_SUBMITTED = 0, SHEAF_ORDER_RELEVANCE } sheaf_order;
/* What a matched clause of a query counts; <sheaf/classifier.h> has the formulas. */
typedef enum sheaf_score {
	SHEAF_SCORE_BM25 = 0, /* as in a search: rare words count more */
	SHEAF_SCORE_WEIGHTS   /* what is written behind `^`, in whichever database */
} sheaf_score;
/* Which announcements a section takes; 0 takes all of them. */
enum { SHEAF_INCLUDE_NEW = 1, SHEAF_INCLUDE_CROSS = 2, SHEAF_INCLUDE_REPLACE = 4 };

/* The `digest:` block. Strings not set are NULL, but for name and title. */
typedef struct sheaf_digest_settings {
	const char *name; /* delivery is remembered under it */
	const char *title;
	const char *intro;
	const char *select; /* a query; NULL: every paper */
	sheaf_assign assign;
	sheaf_match match;
	sheaf_score score;
	const char *fallback; /* heading of the section for what matches none; NULL: left out */
	int64_t limit;        /* papers in a digest; 0: no limit */
	sheaf_order order;
	const char *link; /* with {id} and {version} */
	int escape;       /* 1: titles and abstracts are escaped for the output format */
} sheaf_digest_settings;

/* One profile. */
typedef struct sheaf_profile {
	const char *name;
	const char *heading; /* never NULL: the name where none is given */
	const char *query;   /* NULL where keywords decide */
	const char *exclude; /* queries; NULL: none */
	const char *require;
	const char *const *keywords; /* lower case */
	size_t keyword_count;
	int min_percent;
	int64_t max;      /* papers in its section; 0: no limit */
	double bias;      /* SHEAF_SCORE_WEIGHTS: what a paper has before any clause matches */
	unsigned include; /* SHEAF_INCLUDE_*; 0: not said */
	const char *const *must; /* arXiv ids that a test of the profile expects in it */
	size_t must_count;
	const char *const *mustnot; /* and those it expects elsewhere */
	size_t mustnot_count;
	long line; /* in the file, from 1 */
} sheaf_profile;

/*
 * Reads a profile file. `file` names it in messages; its base name is the
 * default name of the digest.
 * Errors: CONFIG, with `file:line: what (did you mean …?)`; at most 16 MiB.
 */
SHEAF_API sheaf_status sheaf_profile_set_parse(const char *yaml, size_t len, const char *file,
                                               sheaf_profile_set **set, sheaf_error *err);

typedef enum sheaf_severity {
	SHEAF_SEVERITY_WARNING = 0, /* it works, but hardly as it was meant */
	SHEAF_SEVERITY_ERROR        /* it does not work, or a part of it has no effect */
} sheaf_severity;
/* A mistake in a profile file. */
typedef struct sheaf_profile_problem {
	sheaf_severity severity;
	long line;              /* of the key, or of the value where it stands, from 1 */
	const char *message;    /* one line without the file's name; lives for the call */
	const char *suggestion; /* what was most likely meant; NULL: nothing is near */
} sheaf_profile_problem;
/* Non-zero stops (INTERRUPTED). */
typedef int (*sheaf_profile_problem_fn)(void *ctx, const sheaf_profile_problem *problem);
/*
 * Calls `fn` with every mistake of a profile file, by line: those at the first of which
 * sheaf_profile_set_parse() stops, and those that make a profile mean something else than it says,
 * such as a category that there is not. What is no YAML is one mistake. `file` is used for the
 * default name of the digest only. At most 10,000 are told.
 * Errors: those of `fn`; CONFIG is none of them.
 */
SHEAF_API sheaf_status sheaf_profile_check(const char *yaml, size_t len, const char *file,
                                           sheaf_profile_problem_fn fn, void *ctx,
                                           sheaf_error *err);
/* Reads a profile file from disk. Errors: IO, CONFIG. */
SHEAF_API sheaf_status sheaf_profile_set_read(const char *path, sheaf_profile_set **set,
                                              sheaf_error *err);
/*
 * Reads the set stored under `name`; NULL: the only one. Errors: DOC_NOT_FOUND, INVALID_ARGUMENT
 * (several).
 */
SHEAF_API sheaf_status sheaf_profile_set_load(sheaf_database *db, const char *name,
                                              sheaf_profile_set **set, sheaf_error *err);
/*
 * The text of the set stored under `name`, byte for byte as it was stored; sheaf_free() it. Errors:
 * DOC_NOT_FOUND.
 */
SHEAF_API sheaf_status sheaf_profile_set_get_text(sheaf_database *db, const char *name, char **yaml,
                                                  sheaf_error *err);
/* Copies the set into the database under its digest's name. */
SHEAF_API sheaf_status sheaf_profile_set_store(sheaf_database *db, const sheaf_profile_set *set,
                                               sheaf_error *err);
/* Frees a set. Takes NULL. */
SHEAF_API void sheaf_profile_set_free(sheaf_profile_set *set);

SHEAF_API const sheaf_digest_settings *sheaf_profile_set_get_digest(const sheaf_profile_set *set);
SHEAF_API size_t sheaf_profile_set_size(const sheaf_profile_set *set);
/* Profile `i`, from 0, in the order of the file; NULL past the end. Borrowed from the set. */
SHEAF_API const sheaf_profile *sheaf_profile_set_get(const sheaf_profile_set *set, size_t i);

/* Calls `fn` with the name of each stored set. Non-zero stops (INTERRUPTED). */
typedef int (*sheaf_profile_set_fn)(void *ctx, const char *name);
SHEAF_API sheaf_status sheaf_profile_set_each(sheaf_database *db, sheaf_profile_set_fn fn,
                                              void *ctx, sheaf_error *err);

/* Removes the set, with what was placed, but not what its digest delivered. Errors: DOC_NOT_FOUND. */
SHEAF_API sheaf_status sheaf_profile_set_remove(sheaf_database *db, const char *name,
                                                sheaf_error *err);
/*
 * Adds a profile with that query at the end of the set stored under `set`, which is made where there
 * is none. The other lines of the set's text stay as they are, unless they are written so that
 * nothing can be put between them: then the whole set is written anew, without its comments.
 * Errors: INVALID_ARGUMENT (the set has a profile of that name); CONFIG, as
 * sheaf_profile_set_parse(), with the set's name for that of the file.
 */
SHEAF_API sheaf_status sheaf_profile_set_add(sheaf_database *db, const char *set, const char *name,
                                             const char *query, sheaf_error *err);
/*
 * Removes a profile from the set stored under `set`, with its placements, its marks where no other
 * set has a profile of that name, and the set with its last profile. The other lines stay as with
 * sheaf_profile_set_add(). Errors: DOC_NOT_FOUND, CONFIG.
 */
SHEAF_API sheaf_status sheaf_profile_set_drop(sheaf_database *db, const char *set, const char *name,
                                              sheaf_error *err);
/*
 * A profile file that says what the set says, whatever its text looked like: it reads back to the
 * same set. sheaf_free() it.
 */
SHEAF_API sheaf_status sheaf_profile_set_to_yaml(const sheaf_profile_set *set, char **yaml,
                                                 sheaf_error *err);

/*
 * Parses the query of profile `i`, in which `query:NAME` stands for another profile of the set.
 * Ownership: the caller frees it. Errors: INVALID_ARGUMENT (no such profile, or it has no query);
 * those of parsing.
 */
SHEAF_API sheaf_status sheaf_profile_set_parse_query(const sheaf_profile_set *set, size_t i,
                                                     sheaf_query **query, sheaf_error *err);

/* What the database has of a stored profile. */
typedef struct sheaf_profile_counts {
	int64_t papers;            /* placed in it */
	int64_t delivered;         /* of these, by a digest of the set, in some version */
	sheaf_revision classified; /* up to here; 0: never */
} sheaf_profile_counts;
/* `set` is the name of a set; a profile that was never classified has zeros. */
SHEAF_API sheaf_status sheaf_profile_get_counts(sheaf_database *db, const char *set,
                                                const char *profile, sheaf_profile_counts *counts,
                                                sheaf_error *err);
/* The same for every profile of a set, in one look; `counts` has room for all of them. */
SHEAF_API sheaf_status sheaf_profile_set_get_counts(sheaf_database *db,
                                                    const sheaf_profile_set *set,
                                                    sheaf_profile_counts *counts, sheaf_error *err);

/* What a person said of a paper. By identifier: it outlives the paper, and may come before it. */
typedef struct sheaf_mark {
	const char *profile; /* borrowed for the call */
	const char *id;      /* canonical, without version; borrowed for the call */
	int belongs;         /* 1: to the profile, 0: not */
	sheaf_time marked;
} sheaf_mark;
/*
 * Marks a paper as one that belongs to the profile (any set's of that name), or not; `id` in any of
 * its forms. An earlier mark is replaced. Errors: INVALID_ARGUMENT (no id).
 */
SHEAF_API sheaf_status sheaf_mark_put(sheaf_database *db, const char *profile, const char *id,
                                      int belongs, sheaf_time now, sheaf_error *err);
/*
 * Takes back a mark, all of the profile where `id` is NULL; `removed` (may be NULL) is how many there
 * were. Errors: INVALID_ARGUMENT (no id).
 */
SHEAF_API sheaf_status sheaf_mark_remove(sheaf_database *db, const char *profile, const char *id,
                                         int64_t *removed, sheaf_error *err);
/* Non-zero stops (INTERRUPTED). It may not use the database. */
typedef int (*sheaf_mark_fn)(void *ctx, const sheaf_mark *mark);
/* Calls `fn` for each mark of the profile, NULL: of every one, by profile, then by id. */
SHEAF_API sheaf_status sheaf_mark_each(sheaf_database *db, const char *profile, sheaf_mark_fn fn,
                                       void *ctx, sheaf_error *err);

typedef struct sheaf_classify_stats {
	int64_t profiles;  /* profiles run */
	int64_t documents; /* documents looked at */
	int64_t matches;   /* placements stored */
} sheaf_classify_stats;

/*
 * Scores the documents that are new since the set was last classified against
 * each profile, and stores where they belong. A profile whose text changed, and
 * with `all` every profile, is classified again from the first document.
 * `stats` may be NULL.
 */
SHEAF_API sheaf_status sheaf_classify(sheaf_database *db, const sheaf_profile_set *set, int all,
                                      sheaf_classify_stats *stats, sheaf_error *err);

/*
 * How many revisions of the database some profile of the set has not been classified against, as its
 * text is now; 0: all is sorted.
 */
SHEAF_API sheaf_status sheaf_classify_pending(sheaf_database *db, const sheaf_profile_set *set,
                                              int64_t *revisions, sheaf_error *err);

/* One stored placement. */
typedef struct sheaf_placement {
	sheaf_docid docid;
	const char *profile; /* borrowed for the call */
	double weight;       /* or the number of keywords */
	int percent;
} sheaf_placement;
typedef int (*sheaf_placement_fn)(void *ctx, const sheaf_placement *placement);
/*
 * Calls `fn` for each placement of the set, by profile in the file's order, best
 * first. `since`: only documents changed after that revision. All of them are in memory meanwhile.
 */
SHEAF_API sheaf_status sheaf_placement_each(sheaf_database *db, const sheaf_profile_set *set,
                                            sheaf_revision since, sheaf_placement_fn fn, void *ctx,
                                            sheaf_error *err);

/*
 * Makes `query:NAME` in texts that `qp` parses stand for the query of the profile NAME in the
 * stored sets of `db`, which is borrowed. A name that there is not, and one that leads back to
 * itself, is taken as words, with a note. Where several sets have the name, any of them counts
 * (OR); `SET/NAME` names one.
 */
SHEAF_API sheaf_status sheaf_query_parser_add_profiles(sheaf_query_parser *qp, sheaf_database *db,
                                                       sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif
