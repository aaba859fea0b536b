/* sheaf/learn.h: profiles made from papers whose topics are known. */
#ifndef SHEAF_LEARN_H
#define SHEAF_LEARN_H

#include <sheaf/database.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_learn_options { /* all-zero means the defaults */
	size_t categories;           /* the largest so many; 0: 40 */
	size_t terms;                /* of a profile, at most; 0: 300 */
	/* Told what part of all is being done. Non-zero stops (INTERRUPTED). NULL: nothing is told. */
	int (*progress)(void *ctx, size_t part, size_t parts);
	void *ctx;
} sheaf_learn_options;

typedef struct sheaf_learn_stats {
	size_t categories;
	int64_t learnt_from, held_out; /* papers */
	double accuracy, macro_f1;     /* on those held out; NaN where there are none */
} sheaf_learn_stats;

/*
 * Makes a profile file (match: query, score: weights, assign: best) with a profile for each of the
 * largest primary categories, from the words of titles and abstracts: a multinomial logistic
 * regression with few weights, none of which is negative (src/profile/learn/learn_sparse.h has the
 * method), its scores made logarithms of odds by one scale and shift for all (Platt,
 * "Probabilistic outputs for support vector machines", 1999). A fifth of all papers, by the hash of
 * their id, is held out to measure it. At most 200,000 papers are looked at, an even part of more;
 * memory is some 4 KB a paper. The same papers give the same file. Papers whose category has no name
 * that arXiv could give (letters, digits, `.` and `-`) are left out.
 * `yaml`: sheaf_free() it. `options` and `stats` may be NULL.
 * Errors: INVALID_OPERATION (fewer than two categories with papers to learn from, or no word tells
 * them apart), INVALID_ARGUMENT (more than 1,000 categories or 10,000 terms), INTERRUPTED.
 */
SHEAF_API sheaf_status sheaf_learn_categories(sheaf_database *db,
                                              const sheaf_learn_options *options, char **yaml,
                                              sheaf_learn_stats *stats, sheaf_error *err);

#ifdef __cplusplus
}
#endif

#endif
