#include "learn_softmax.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "error.h"

enum {
	BATCH_MAX = 1024,
	BATCH_MIN = 16,
	EPOCH_STEPS = 32 /* at least, where batches of BATCH_MIN give so many */
};

/* Adam's constants, as its authors recommend them. */
#define MEAN_KEPT 0.9F
#define SQUARE_KEPT 0.999F
#define LEAST_ROOT 1e-6F

/* Means of gradients and of their squares. */
typedef struct moments {
	float *gradient, *mean, *square;
	size_t count;
} moments;

typedef struct descent {
	learn_model          *model;
	const learn_training *t;
	moments               weights, bias;
	uint32_t             *order; /* rows that are learnt from, shuffled anew for each epoch */
	size_t                count, batch;
	float                *scores;
	uint64_t              random;
	double                mean_kept, square_kept; /* powers: what is left of the beginning */
} descent;

static sheaf_status moments_init(moments *m, size_t count, sheaf_error *err)
{
	m->count = count;
	m->gradient = mem_calloc(count + 1, sizeof *m->gradient);
	m->mean = mem_calloc(count + 1, sizeof *m->mean);
	m->square = mem_calloc(count + 1, sizeof *m->square);
	return m->gradient && m->mean && m->square ? SHEAF_OK : sheaf_nomem(err);
}

static void moments_free(moments *m)
{
	mem_free(m->gradient);
	mem_free(m->mean);
	mem_free(m->square);
}

void learn_model_score(const learn_model *model, const learn_matrix *m, size_t row, float *scores)
{
	size_t classes = model->classes;

	memcpy(scores, model->bias, classes * sizeof *scores);
	for (size_t i = m->begin[row]; i < m->begin[row + 1]; i++) {
		const float *weights = model->weights + m->column[i] * classes;
		float        value = m->value[i];

		for (size_t k = 0; k < classes; k++)
			scores[k] += value * weights[k];
	}
}

void learn_softmax(float *scores, size_t classes)
{
	float most = scores[0], sum = 0;

	for (size_t k = 1; k < classes; k++)
		most = scores[k] > most ? scores[k] : most;
	for (size_t k = 0; k < classes; k++)
		sum += scores[k] = expf(scores[k] - most);
	for (size_t k = 0; k < classes; k++)
		scores[k] /= sum;
}

/* Adds a row's part of the gradient. */
static void add_gradient(descent *d, size_t row, float share)
{
	const learn_matrix *m = d->t->m;
	size_t              classes = d->model->classes;
	const float        *target = d->t->target + row * classes;

	learn_model_score(d->model, m, row, d->scores);
	learn_softmax(d->scores, classes);
	for (size_t k = 0; k < classes; k++) {
		d->scores[k] = (d->scores[k] - target[k]) * share;
		d->bias.gradient[k] += d->scores[k];
	}
	for (size_t i = m->begin[row]; i < m->begin[row + 1]; i++) {
		float *gradient = d->weights.gradient + m->column[i] * classes;
		float  value = m->value[i];

		for (size_t k = 0; k < classes; k++)
			gradient[k] += value * d->scores[k];
	}
}

/* One step down; gradients are 0 again afterwards. */
static void step(moments *m, float *numbers, const unsigned char *allowed, float rate, float l2,
                 int signs, const descent *d)
{
	float mean_share = (float)(1 / (1 - d->mean_kept));
	float square_share = (float)(1 / (1 - d->square_kept));

	for (size_t i = 0; i < m->count; i++) {
		float open = allowed ? (float)allowed[i] : 1.0F;
		float g = (m->gradient[i] + l2 * numbers[i]) * open, now;

		m->mean[i] = MEAN_KEPT * m->mean[i] + (1 - MEAN_KEPT) * g;
		m->square[i] = SQUARE_KEPT * m->square[i] + (1 - SQUARE_KEPT) * g * g;
		now = numbers[i] - rate * (m->mean[i] * mean_share) /
		                           (sqrtf(m->square[i] * square_share) + LEAST_ROOT);
		numbers[i] = signs || now > 0 ? now : 0;
		m->gradient[i] = 0;
	}
}

/* Xorshift (Marsaglia, "Xorshift RNGs", 2003), from a fixed beginning. */
static uint64_t next_random(descent *d)
{
	d->random ^= d->random << 13;
	d->random ^= d->random >> 7;
	d->random ^= d->random << 17;
	return d->random;
}

static void shuffle(descent *d)
{
	for (size_t i = d->count; i > 1; i--) {
		size_t   other = (size_t)(next_random(d) % i);
		uint32_t row = d->order[i - 1];

		d->order[i - 1] = d->order[other];
		d->order[other] = row;
	}
}

static void run_batch(descent *d, size_t first, float rate)
{
	size_t last = first + d->batch < d->count ? first + d->batch : d->count;

	for (size_t i = first; i < last; i++)
		add_gradient(d, d->order[i], 1.0F / (float)(last - first));
	d->mean_kept *= (double)MEAN_KEPT;
	d->square_kept *= (double)SQUARE_KEPT;
	step(&d->weights, d->model->weights, d->model->allowed, rate, (float)d->t->l2, d->t->signs,
	     d);
	step(&d->bias, d->model->bias, NULL, rate, 0, 1, d);
}

/* Few papers make small batches: what is learnt depends on how many steps there are. */
static size_t batch_size(size_t count)
{
	size_t size = count / EPOCH_STEPS;

	if (size < BATCH_MIN)
		return BATCH_MIN;
	return size < BATCH_MAX ? size : BATCH_MAX;
}

static sheaf_status descent_init(descent *d, sheaf_error *err)
{
	const learn_matrix *m = d->t->m;
	sheaf_status        status;

	status = moments_init(&d->weights, d->model->columns * d->model->classes, err);
	if (status == SHEAF_OK)
		status = moments_init(&d->bias, d->model->classes, err);
	if (status != SHEAF_OK)
		return status;
	d->order = mem_calloc(m->rows + 1, sizeof *d->order);
	d->scores = mem_calloc(d->model->classes + 1, sizeof *d->scores);
	if (!d->order || !d->scores)
		return sheaf_nomem(err);
	for (size_t row = 0; row < m->rows; row++)
		if (d->t->rows[row])
			d->order[d->count++] = (uint32_t)row;
	d->batch = batch_size(d->count);
	return SHEAF_OK;
}

sheaf_status learn_model_train(learn_model *model, const learn_training *training, sheaf_error *err)
{
	descent      d = {.model = model,
	                  .t = training,
	                  .random = 0x9E3779B97F4A7C15u,
	                  .mean_kept = 1,
	                  .square_kept = 1};
	sheaf_status status = descent_init(&d, err);

	for (int epoch = 0; status == SHEAF_OK && epoch < training->epochs; epoch++) {
		double left = 1 - (double)epoch / training->epochs;

		shuffle(&d);
		for (size_t i = 0; i < d.count; i += d.batch)
			run_batch(&d, i, (float)(training->rate * (left + 0.02)));
	}
	moments_free(&d.weights);
	moments_free(&d.bias);
	mem_free(d.order);
	mem_free(d.scores);
	return status;
}

sheaf_status learn_model_init(learn_model *model, const learn_matrix *m, const unsigned char *rows,
                              sheaf_error *err)
{
	size_t count = 0;

	memset(model, 0, sizeof *model);
	model->columns = m->columns;
	model->classes = m->classes;
	model->weights = mem_calloc(m->columns * m->classes + 1, sizeof *model->weights);
	model->bias = mem_calloc(m->classes + 1, sizeof *model->bias);
	if (!model->weights || !model->bias)
		return sheaf_nomem(err);
	for (size_t row = 0; row < m->rows; row++) {
		if (!rows[row])
			continue;
		model->bias[m->class_of[row]]++;
		count++;
	}
	for (size_t k = 0; k < m->classes; k++)
		model->bias[k] = logf((model->bias[k] + 1) / (float)(count + m->classes));
	return SHEAF_OK;
}

void learn_model_free(learn_model *model)
{
	mem_free(model->weights);
	mem_free(model->allowed);
	mem_free(model->bias);
	memset(model, 0, sizeof *model);
}
