/* evaluation_private.h: what is counted of a set's profiles, and where labels come from. */
#ifndef EVALUATION_PRIVATE_H
#define EVALUATION_PRIVATE_H

#include <sheaf/evaluation.h>

#include "arena.h"
#include "profile_private.h"

/* ---- evaluation.c: the counts ---- */

typedef enum paper_label {
	LABEL_UNKNOWN = 0,
	LABEL_BELONGS,
	LABEL_NOT /* said to be elsewhere */
} paper_label;

/* Profiles with a byte each; only those listed are not 0. */
typedef struct profile_marks {
	unsigned char *state; /* by profile */
	size_t        *list;
	size_t         count;
} profile_marks;

/* A pair of profiles that papers had; `papers` 0: an empty place. */
typedef struct confusion_table {
	sheaf_confusion *items; /* a hash table, in the end a sorted list */
	size_t           count, size;
} confusion_table;

typedef struct evaluation_count {
	const char *name, *category;
	int         measured;
	int64_t     labelled, right, wrong;
} evaluation_count;

struct sheaf_evaluation {
	arena                   arena; /* strings */
	size_t                  size;
	evaluation_count       *counts;         /* by profile */
	profile_marks           labels, placed; /* of the paper at hand */
	int                     best;           /* 1: papers have one section at most */
	confusion_table         confusions;
	sheaf_evaluation_totals totals;
};

/* Nothing measured yet. Pair with sheaf_evaluation_free(). */
sheaf_status evaluation_new(const sheaf_profile_set *set, sheaf_evaluation **evaluation,
                            sheaf_error *err);
/* Puts a profile among those that the paper at hand is labelled with, or placed in; the first counts. */
void profile_marks_put(profile_marks *marks, size_t profile, unsigned char state);
/*
 * Counts the paper at hand and clears it. `closed`: it belongs to no profile that it is not labelled
 * with. Errors: NOMEM.
 */
sheaf_status evaluation_count_paper(sheaf_evaluation *e, int closed, sheaf_error *err);
/* Sums and sorts; nothing is counted afterwards. */
void evaluation_finish(sheaf_evaluation *e);

/* ---- evaluation_labels.c: which profiles stand for a category ---- */

typedef struct category_label {
	const char *category; /* one of its names */
	size_t      profile;
	int         rank; /* 0: the profile's own name for it; 1: another name of the same */
} category_label;

typedef struct category_labels {
	category_label *items; /* by category, without regard to case, then rank, then profile */
	size_t          count, size;
} category_labels;

/*
 * Finds the profiles that stand for categories and notes so in `e`. Free with mem_free(items), also on failure.
 */
sheaf_status category_labels_make(category_labels *labels, const sheaf_profile_set *set,
                                  sheaf_evaluation *e, sheaf_error *err);
/*
 * The profiles that stand for the category or, where none does, for its archive: `count` items from
 * the one answered.
 */
const category_label *category_labels_find(const category_labels *labels, const char *category,
                                           size_t *count);
/* Labels the paper at hand, which has been placed. Answers whether it has a label. */
int category_labels_apply(const category_labels *labels, const sheaf_document *doc,
                          sheaf_evaluation *e);
/* Whether it would have one. */
int category_labels_has(const category_labels *labels, const sheaf_document *doc, int best);

/* ---- evaluation_marks.c: what was marked, paper by paper ---- */

typedef struct marked {
	uint64_t    hash; /* of the id, in whose order papers are taken */
	const char *id;
	size_t      profile;
	int         belongs;
} marked;

typedef struct marked_list {
	arena   arena;
	marked *items; /* by hash, then id */
	size_t  count, size;
} marked_list;

/* The marks of the set's profiles. Pair with marked_list_free(), also on failure. */
sheaf_status marked_list_read(marked_list *list, sheaf_database *db, const sheaf_profile_set *set,
                              sheaf_error *err);
/* What was said of a paper for one profile; NULL: nothing. */
const marked *marked_list_find(const marked_list *list, const char *id, size_t profile);
void          marked_list_free(marked_list *list);

/* ---- evaluation_sample.c: so many papers, spread evenly ---- */

typedef struct sampled {
	uint64_t    hash;
	sheaf_docid docid;
} sampled;

/* The papers with the smallest hashes. All-zero, but for the limit, is none. */
typedef struct id_sample {
	sampled *items; /* a heap, the largest hash first; once sorted, by docid */
	size_t   count, size;
	int64_t  limit;
} id_sample;

/* Where an id stands in the order that samples are taken in; it has nothing to do with the split. */
uint64_t     id_sample_hash(const char *id);
sheaf_status id_sample_add(id_sample *sample, const char *id, sheaf_docid docid, sheaf_error *err);
void         id_sample_sort(id_sample *sample);

#endif
