/* learn_categories.c: profiles from the categories that papers have. */
#include <sheaf/learn.h>
#include <math.h>
#include <string.h>

#include "error.h"
#include "learn_measure.h"
#include "learn_sparse.h"
#include "learn_write.h"
#include "str.h"

enum {
	CATEGORIES = 40,
	TERMS = 300,
	TERMS_MAX = 10000,
	CATEGORIES_MAX = 1000,
	NAME_LENGTH_MAX = 64 /* of a category: far more than any has */
};

typedef struct learning {
	sheaf_learn_options options;
	learn_corpus        corpus;
	learn_matrix        matrix;
	learn_model         model;
	sheaf_learn_stats   stats;
} learning;

/* 1 for what arXiv could call a category: it becomes a profile's name, and is shown on terminals. */
static int is_category(const char *name)
{
	size_t len = strlen(name);

	if (len > NAME_LENGTH_MAX || !str_is_alpha((unsigned char)*name))
		return 0;
	for (size_t i = 1; i < len; i++)
		if (!str_is_alpha((unsigned char)name[i]) &&
		    !str_is_digit((unsigned char)name[i]) && name[i] != '.' && name[i] != '-')
			return 0;
	return 1;
}

/* The first of a paper's categories is its primary one. */
static const char *primary_category(void *ctx, const sheaf_document *doc)
{
	const char *name = sheaf_document_get_category(doc, 0);

	(void)ctx;
	return name && is_category(name) ? name : NULL;
}

static sheaf_status measure(learning *l, sheaf_error *err)
{
	learn_quality quality;
	sheaf_status  status = learn_measure(&l->model, &l->matrix, 1, &quality, err);

	if (status != SHEAF_OK)
		return status;
	l->stats.categories = l->matrix.classes;
	l->stats.held_out = quality.papers;
	l->stats.learnt_from = (int64_t)l->matrix.rows - quality.papers;
	l->stats.accuracy = quality.accuracy;
	l->stats.macro_f1 = quality.macro_f1;
	return SHEAF_OK;
}

static sheaf_status write(learning *l, char **yaml, sheaf_error *err)
{
	learn_note   note = {.stats = &l->stats, .terms = l->options.terms};
	buf          out = BUF_INIT(0);
	sheaf_status status = learn_calibrate(&l->model, &l->matrix, &note.scale, &note.shift, err);

	if (status == SHEAF_OK)
		status = learn_write(&l->corpus, &l->matrix, &l->model, &note, &out, err);
	if (status == SHEAF_OK) {
		*yaml = buf_take(&out);
		status = *yaml ? SHEAF_OK : sheaf_nomem(err);
	}
	buf_free(&out);
	return status;
}

static sheaf_status learn(learning *l, sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = learn_corpus_read(&l->corpus, db, primary_category, NULL, err);

	if (status == SHEAF_OK)
		status = learn_matrix_make(&l->matrix, &l->corpus, l->options.categories, err);
	if (status == SHEAF_OK && l->matrix.classes < 2)
		status = sheaf_fail(
			err, SHEAF_ERROR_INVALID_OPERATION,
			"there are fewer than two categories with papers to learn from");
	if (status == SHEAF_OK)
		status = learn_sparse(&l->matrix, l->options.terms, l->options.progress,
		                      l->options.ctx, &l->model, err);
	return status == SHEAF_OK ? measure(l, err) : status;
}

sheaf_status sheaf_learn_categories(sheaf_database *db, const sheaf_learn_options *options,
                                    char **yaml, sheaf_learn_stats *stats, sheaf_error *err)
{
	learning     l;
	sheaf_status status;

	if (yaml)
		*yaml = NULL;
	if (!db || !yaml)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, or no place for the profiles");
	memset(&l, 0, sizeof l);
	if (options)
		l.options = *options;
	if (!l.options.categories)
		l.options.categories = CATEGORIES;
	if (!l.options.terms)
		l.options.terms = TERMS;
	if (l.options.categories > CATEGORIES_MAX || l.options.terms > TERMS_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "at most %d categories of %d terms", CATEGORIES_MAX, TERMS_MAX);
	status = learn(&l, db, err);
	if (status == SHEAF_OK)
		status = write(&l, yaml, err);
	if (stats)
		*stats = l.stats;
	learn_model_free(&l.model);
	learn_matrix_free(&l.matrix);
	learn_corpus_free(&l.corpus);
	return status;
}
