#include "learn_sparse.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"

enum {
	FOLDS = 4,          /* models that are asked, each of papers it has not seen */
	FIRST_EPOCHS = 3,   /* with all features */
	BETWEEN_EPOCHS = 2, /* after each cut */
	LAST_EPOCHS = 5,
	CUTS = 13
};

#define RATE 0.01
#define L2 1e-4
#define FOLD_L2 1e-5
#define SOFT_SHARE 0.3F /* of the target, what the other models say */

/* Terms that are left after each cut, for each that is left in the end. */
static const double cuts[CUTS] = {8.4, 6, 4.4, 3.4, 2.7, 2.2, 1.85, 1.6, 1.4, 1.27, 1.17, 1.08, 1};

typedef struct paring {
	learn_matrix     *m;
	learn_model      *model;
	float            *target;
	unsigned char    *rows, *some; /* that are learnt from: all, those of some folds */
	size_t            terms;
	learn_progress_fn progress;
	void             *ctx;
	size_t            part;
} paring;

static sheaf_status advance(paring *s, sheaf_error *err)
{
	if (s->progress && s->progress(s->ctx, s->part, FOLDS + CUTS + 1))
		return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	s->part++;
	return SHEAF_OK;
}

/* ---- targets ---- */

static void set_targets(paring *s)
{
	size_t classes = s->m->classes;

	memset(s->target, 0, s->m->rows * classes * sizeof *s->target);
	for (size_t row = 0; row < s->m->rows; row++)
		s->target[row * classes + s->m->class_of[row]] = 1;
}

/* What a model that has not seen the rows of a fold says of them, into `soft`. */
static sheaf_status ask_fold(paring *s, size_t fold, float *soft, sheaf_error *err)
{
	const learn_matrix  *m = s->m;
	learn_model          model;
	const learn_training training = {m, s->target, s->some, 1, RATE, FOLD_L2, 2};
	sheaf_status         status = advance(s, err);

	memset(&model, 0, sizeof model);
	for (size_t row = 0; row < m->rows; row++)
		s->some[row] = s->rows[row] && row % FOLDS != fold;
	if (status == SHEAF_OK)
		status = learn_model_init(&model, m, s->some, err);
	if (status == SHEAF_OK)
		status = learn_model_train(&model, &training, err);
	for (size_t row = fold; status == SHEAF_OK && row < m->rows; row += FOLDS) {
		learn_model_score(&model, m, row, soft + row * m->classes);
		learn_softmax(soft + row * m->classes, m->classes);
	}
	learn_model_free(&model);
	return status;
}

static sheaf_status soften(paring *s, sheaf_error *err)
{
	size_t       count = s->m->rows * s->m->classes;
	float       *soft = mem_calloc(count + 1, sizeof *soft);
	sheaf_status status = soft ? SHEAF_OK : sheaf_nomem(err);

	for (size_t fold = 0; status == SHEAF_OK && fold < FOLDS; fold++)
		status = ask_fold(s, fold, soft, err);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		s->target[i] = (1 - SOFT_SHARE) * s->target[i] + SOFT_SHARE * soft[i];
	mem_free(soft);
	return status;
}

/* ---- cuts ---- */

/* The standard deviation of each column over the rows that are learnt from. */
static float *measure_spread(const paring *s)
{
	const learn_matrix *m = s->m;
	double             *sums = mem_calloc(2 * m->columns + 1, sizeof *sums);
	float              *spread = mem_calloc(m->columns + 1, sizeof *spread);
	double              count = 0;

	for (size_t row = 0; sums && spread && row < m->rows; row++) {
		if (!s->rows[row])
			continue;
		count++;
		for (size_t i = m->begin[row]; i < m->begin[row + 1]; i++) {
			sums[2 * m->column[i]] += (double)m->value[i];
			sums[2 * m->column[i] + 1] += (double)m->value[i] * (double)m->value[i];
		}
	}
	for (size_t c = 0; sums && spread && c < m->columns; c++) {
		double mean = sums[2 * c] / (count > 0 ? count : 1);
		double variance = sums[2 * c + 1] / (count > 0 ? count : 1) - mean * mean;

		spread[c] = variance > 0 ? (float)sqrt(variance) : 0;
	}
	if (!sums) {
		mem_free(spread);
		spread = NULL;
	}
	mem_free(sums);
	return spread;
}

typedef struct candidate {
	float  worth;
	size_t column;
} candidate;

static int by_worth(const void *a, const void *b)
{
	const candidate *x = a, *y = b;

	if (x->worth > y->worth || x->worth < y->worth)
		return x->worth > y->worth ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

/* Leaves of a class's weights the `keep` that do most. */
static void cut_class(paring *s, size_t class, size_t keep, const float *spread, candidate *list)
{
	learn_model *model = s->model;
	size_t       count = 0;

	for (size_t c = 0; c < model->columns; c++) {
		float worth = model->weights[c * model->classes + class] * spread[c];

		if (worth > 0)
			list[count++] = (candidate){worth, c};
	}
	qsort(list, count, sizeof *list, by_worth);
	for (size_t c = 0; c < model->columns; c++)
		model->allowed[c * model->classes + class] = 0;
	for (size_t i = 0; i < count && i < keep; i++)
		model->allowed[list[i].column * model->classes + class] = 1;
}

/* Drops the columns in which nothing is allowed any more, and all that is not allowed. */
static sheaf_status drop_columns(paring *s, sheaf_error *err)
{
	learn_model *model = s->model;
	size_t       classes = model->classes, left = 0;
	uint32_t    *moved = mem_calloc(model->columns + 1, sizeof *moved);

	if (!moved)
		return sheaf_nomem(err);
	for (size_t c = 0; c < model->columns; c++) {
		const unsigned char *allowed = model->allowed + c * classes;

		moved[c] = UINT32_MAX;
		if (!memchr(allowed, 1, classes))
			continue;
		for (size_t k = 0; k < classes; k++) {
			model->weights[left * classes + k] =
				allowed[k] ? model->weights[c * classes + k] : 0;
			model->allowed[left * classes + k] = allowed[k];
		}
		moved[c] = (uint32_t)left++;
	}
	learn_matrix_narrow(s->m, moved, left);
	model->columns = left;
	mem_free(moved);
	return SHEAF_OK;
}

static sheaf_status cut(paring *s, size_t keep, sheaf_error *err)
{
	float       *spread = measure_spread(s);
	candidate   *list = mem_calloc(s->model->columns + 1, sizeof *list);
	sheaf_status status = spread && list ? SHEAF_OK : sheaf_nomem(err);

	for (size_t k = 0; status == SHEAF_OK && k < s->model->classes; k++)
		cut_class(s, k, keep, spread, list);
	if (status == SHEAF_OK)
		status = drop_columns(s, err);
	mem_free(spread);
	mem_free(list);
	return status;
}

static sheaf_status train(paring *s, int epochs, sheaf_error *err)
{
	const learn_training training = {s->m, s->target, s->rows, 0, RATE, L2, epochs};
	sheaf_status         status = advance(s, err);

	return status == SHEAF_OK ? learn_model_train(s->model, &training, err) : status;
}

static sheaf_status pare(paring *s, sheaf_error *err)
{
	sheaf_status status = learn_model_init(s->model, s->m, s->rows, err);

	if (status == SHEAF_OK)
		status = train(s, FIRST_EPOCHS, err);
	if (status == SHEAF_OK) {
		s->model->allowed = mem_calloc(s->model->columns * s->model->classes + 1, 1);
		status = s->model->allowed ? SHEAF_OK : sheaf_nomem(err);
	}
	for (size_t i = 0; status == SHEAF_OK && i < CUTS; i++) {
		status = cut(s, (size_t)((double)s->terms * cuts[i]), err);
		if (status == SHEAF_OK)
			status = train(s, i + 1 == CUTS ? LAST_EPOCHS : BETWEEN_EPOCHS, err);
	}
	return status;
}

sheaf_status learn_sparse(learn_matrix *m, size_t terms, learn_progress_fn progress, void *ctx,
                          learn_model *model, sheaf_error *err)
{
	paring       s = {.m = m, .model = model, .terms = terms, .progress = progress, .ctx = ctx};
	sheaf_status status = SHEAF_OK;

	memset(model, 0, sizeof *model);
	s.target = mem_calloc(m->rows * m->classes + 1, sizeof *s.target);
	s.rows = mem_calloc(m->rows + 1, 1);
	s.some = mem_calloc(m->rows + 1, 1);
	if (!s.target || !s.rows || !s.some)
		status = sheaf_nomem(err);
	for (size_t row = 0; status == SHEAF_OK && row < m->rows; row++)
		s.rows[row] = !m->test[row];
	if (status == SHEAF_OK) {
		set_targets(&s);
		status = soften(&s, err);
	}
	if (status == SHEAF_OK)
		status = pare(&s, err);
	mem_free(s.target);
	mem_free(s.rows);
	mem_free(s.some);
	return status;
}
