#include "learn_measure.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "error.h"

enum { NEWTON_STEPS = 12 };

static size_t best_class(const float *scores, size_t classes)
{
	size_t best = 0;

	for (size_t k = 1; k < classes; k++)
		if (scores[k] > scores[best])
			best = k;
	return best;
}

/* Of each class: papers it has, was given, and both. */
typedef struct class_count {
	int64_t have, given, both;
} class_count;

static double macro_f1(const class_count *counts, size_t classes)
{
	double sum = 0;

	for (size_t k = 0; k < classes; k++)
		if (counts[k].have + counts[k].given)
			sum += 2 * (double)counts[k].both /
			       (double)(counts[k].have + counts[k].given);
	return sum / (double)classes;
}

static void count_rows(const learn_model *model, const learn_matrix *m, int test, float *scores,
                       class_count *counts, learn_quality *quality)
{
	int64_t right = 0;

	for (size_t row = 0; row < m->rows; row++) {
		size_t is = m->class_of[row], given;

		if (!m->test[row] != !test)
			continue;
		learn_model_score(model, m, row, scores);
		given = best_class(scores, m->classes);
		counts[is].have++;
		counts[given].given++;
		counts[is].both += is == given;
		right += is == given;
		quality->papers++;
	}
	if (!quality->papers)
		return;
	quality->accuracy = (double)right / (double)quality->papers;
	quality->macro_f1 = macro_f1(counts, m->classes);
}

sheaf_status learn_measure(const learn_model *model, const learn_matrix *m, int test,
                           learn_quality *quality, sheaf_error *err)
{
	float       *scores = mem_calloc(m->classes + 1, sizeof *scores);
	class_count *counts = mem_calloc(m->classes + 1, sizeof *counts);

	*quality = (learn_quality){0, (double)NAN, (double)NAN};
	if (scores && counts)
		count_rows(model, m, test, scores, counts, quality);
	mem_free(scores);
	mem_free(counts);
	return scores && counts ? SHEAF_OK : sheaf_nomem(err);
}

/*
 * What the chance of a class should be for papers that belong to it, and for those that do not: not
 * quite 1 and 0 (Platt), or classes that never mix would be given odds without bounds.
 */
typedef struct chances {
	double belongs, other;
} chances;

static chances wanted_chances(const learn_matrix *m)
{
	double rows = 0, others;

	for (size_t row = 0; row < m->rows; row++)
		rows += !m->test[row];
	others = rows * (double)(m->classes - 1);
	return (chances){(rows + 1) / (rows + 2), 1 / (others + 2)};
}

/* Sums of the derivatives of the log likelihood by scale and shift. */
typedef struct derivatives {
	double by_scale, by_shift, scale_scale, scale_shift, shift_shift;
} derivatives;

static void add_pair(derivatives *d, double score, double wanted, double scale, double shift)
{
	double chance = 1 / (1 + exp(-(scale * score + shift)));
	double miss = wanted - chance, spread = chance * (1 - chance);

	d->by_scale += miss * score;
	d->by_shift += miss;
	d->scale_scale += spread * score * score;
	d->scale_shift += spread * score;
	d->shift_shift += spread;
}

static void add_rows(const learn_model *model, const learn_matrix *m, float *scores, double scale,
                     double shift, derivatives *d)
{
	chances wanted = wanted_chances(m);

	for (size_t row = 0; row < m->rows; row++) {
		if (m->test[row])
			continue;
		learn_model_score(model, m, row, scores);
		for (size_t k = 0; k < m->classes; k++)
			add_pair(d, (double)scores[k],
			         k == m->class_of[row] ? wanted.belongs : wanted.other, scale,
			         shift);
	}
}

sheaf_status learn_calibrate(const learn_model *model, const learn_matrix *m, double *scale,
                             double *shift, sheaf_error *err)
{
	float *scores = mem_calloc(m->classes + 1, sizeof *scores);

	*scale = 1;
	*shift = 0;
	for (int i = 0; scores && i < NEWTON_STEPS; i++) {
		derivatives d = {0};
		double      determinant, scale_step, shift_step;

		add_rows(model, m, scores, *scale, *shift, &d);
		determinant = d.scale_scale * d.shift_shift - d.scale_shift * d.scale_shift;
		if (determinant <= 1e-12)
			break;
		scale_step = (d.shift_shift * d.by_scale - d.scale_shift * d.by_shift) /
		             determinant;
		shift_step = (d.scale_scale * d.by_shift - d.scale_shift * d.by_scale) /
		             determinant;
		/* A scale must not turn the order round. */
		if (*scale + scale_step < *scale / 4)
			scale_step = -*scale * 3 / 4;
		*scale += scale_step;
		*shift += shift_step;
	}
	mem_free(scores);
	return scores ? SHEAF_OK : sheaf_nomem(err);
}
