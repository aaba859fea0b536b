/*
 * sheaf/evaluation.h: how well the profiles of a set sort papers, against labels that were given by
 * somebody else. The database is only read.
 *
 * Of a profile, with `labelled` papers that belong, `placed` papers that were put there, and `right`
 * papers that are both:
 *
 *   precision = right / placed      recall = right / labelled
 *   F1 = 2 * right / (placed + labelled), their harmonic mean (van Rijsbergen, "Information
 *        Retrieval", 2nd edition, 1979, chapter 7, with both of equal importance)
 *
 * Micro averages are the same of the sums over all profiles; macro averages are the means over all
 * profiles that are measured, that of F1 being the mean of the profiles' own (Sokolova and Lapalme,
 * "A systematic analysis of performance measures for classification tasks", Information Processing &
 * Management 2009; of the two things called macro F1, the one that Opitz and Burst, "Macro F1 and
 * macro F1", arXiv:1911.03347, find robust). What would be 0/0 is NAN, and counts as 0 in a macro
 * average. Where every paper has one label and is put in one section, micro precision, recall and F1
 * are all the accuracy.
 */
#ifndef SHEAF_EVALUATION_H
#define SHEAF_EVALUATION_H

#include <sheaf/profile.h>

#ifdef __cplusplus
extern "C" {
#endif

/* What says where a paper belongs. */
typedef enum sheaf_labels {
	/*
	 * The marks of the set's profiles; a paper without any is not counted. With assign: best a
	 * paper that belongs to one profile belongs to no other, unless it is marked for that, too;
	 * else nothing is known of profiles that it is not marked for. A profile without marks is
	 * not measured.
	 */
	SHEAF_LABELS_MARKS = 0,
	/*
	 * The categories of papers: with assign: best the primary one, else all. A profile stands
	 * for the category that is its name or, failing that, its heading, under all names of it
	 * (cs.NA is math.NA); for an archive (cs) it takes what no profile of the archive's
	 * categories takes. Of several profiles for one category each is right. A profile that is no
	 * category is not measured. A paper without a label is left out. Papers are classified
	 * blind: by the words of title and abstract alone.
	 */
	SHEAF_LABELS_CATEGORIES
} sheaf_labels;

/*
 * Which part of the papers: TEST are those where FNV-1a, of 64 bits, of the identifier without
 * version leaves 0 when divided by 5 (every fifth paper); TRAIN the others. So it is the same on any
 * machine and for ever, and new papers move no old one.
 */
typedef enum sheaf_split { SHEAF_SPLIT_ALL = 0, SHEAF_SPLIT_TRAIN, SHEAF_SPLIT_TEST } sheaf_split;

/* How many papers were looked at, of how many. Non-zero stops (INTERRUPTED). */
typedef int (*sheaf_evaluation_progress_fn)(void *ctx, int64_t done, int64_t total);

typedef struct sheaf_evaluation_options { /* all-zero means the defaults */
	sheaf_labels labels;
	sheaf_split split;
	int64_t limit; /* papers that are counted at most, spread evenly by identifier; 0: all */
	sheaf_evaluation_progress_fn progress; /* NULL: nobody asks */
	void *progress_ctx;
} sheaf_evaluation_options;

typedef struct sheaf_evaluation sheaf_evaluation;

/*
 * Classifies the papers that have labels and counts. Memory does not grow with the number of papers
 * but by 16 bytes for each up to `limit`, and by those marked. `options` may be NULL. Where no
 * profile is measured, nothing is classified. Ownership: sheaf_evaluation_free(); what it tells does
 * not need `set` any more. Errors: those of the classifier and of reading; INTERRUPTED.
 */
SHEAF_API sheaf_status sheaf_evaluate(sheaf_database *db, const sheaf_profile_set *set,
                                      const sheaf_evaluation_options *options,
                                      sheaf_evaluation **evaluation, sheaf_error *err);
/* Frees an evaluation. Takes NULL. */
SHEAF_API void sheaf_evaluation_free(sheaf_evaluation *evaluation);

/* NAN: 0/0, or not measured. */
typedef struct sheaf_measures {
	double precision, recall, f1;
} sheaf_measures;

/* What came of one profile. */
typedef struct sheaf_evaluation_class {
	const char *name;     /* borrowed from the evaluation */
	const char *category; /* CATEGORIES: that it stands for, in arXiv's spelling; NULL: none */
	int measured;         /* 1: there are labels for it */
	int64_t labelled;     /* papers that belong */
	int64_t placed;       /* papers put there, but for those where nobody knows */
	int64_t right;        /* both */
	sheaf_measures measures;
} sheaf_evaluation_class;
/* How many profiles there are, in the order of the set. */
SHEAF_API size_t sheaf_evaluation_size(const sheaf_evaluation *evaluation);
/* Profile `i`, from 0; all-zero past the end. */
SHEAF_API sheaf_evaluation_class sheaf_evaluation_get(const sheaf_evaluation *evaluation, size_t i);

/* What came of all. */
typedef struct sheaf_evaluation_totals {
	int64_t papers;   /* counted */
	int64_t labelled; /* of these, that belong somewhere */
	int64_t right; /* of those, with a section where they belong and none where they do not */
	int64_t unplaced; /* of `papers`, in no section, or in the fallback */
	int64_t left_out; /* CATEGORIES: papers that have none that a profile stands for */
	int64_t missing;  /* MARKS: marked papers that are not in the database */
	size_t measured;  /* profiles */
	sheaf_measures macro, micro;
	double accuracy; /* right / labelled; NAN where there is none, or with assign: all */
} sheaf_evaluation_totals;
SHEAF_API sheaf_evaluation_totals sheaf_evaluation_get_totals(const sheaf_evaluation *evaluation);

/* Papers that belong to one profile and were put in another, or rightly. */
typedef struct sheaf_confusion {
	size_t label; /* a profile; SIZE_MAX: none, where a paper is in a section that it is not of */
	size_t placed; /* a profile; SIZE_MAX: none, or the fallback */
	int64_t papers;
} sheaf_confusion;
/*
 * How many different ones there are, and each of them, the most frequent first, then by label and
 * section. With assign: all a paper counts once for each pair of a label that was missed (where none
 * was: of any of its labels) and a section that is wrong.
 */
SHEAF_API size_t sheaf_evaluation_confusion_count(const sheaf_evaluation *evaluation);
SHEAF_API sheaf_confusion sheaf_evaluation_get_confusion(const sheaf_evaluation *evaluation,
                                                         size_t i);

#ifdef __cplusplus
}
#endif

#endif
