/* Models of made-up rows: what they learn, what they may not, and what their scores mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "dice.h"
#include "learn_measure.h"
#include "learn_sparse.h"

enum { CLASSES = 3, OWN = 4, SHARED = 6, COLUMNS = CLASSES * OWN + SHARED, ROWS = 600, HAS = 4 };

/*
 * A row has HAS columns, two at random of the OWN of its class, two of those that all share. Of a
 * hundred rows `mixed` have another class than their columns say. Every fifth is for tests.
 */
static void make_rows(learn_matrix *m, unsigned mixed)
{
	dice d;

	dice_start(&d, 29, mixed, 0);
	memset(m, 0, sizeof *m);
	m->columns = COLUMNS;
	m->rows = ROWS;
	m->classes = CLASSES;
	m->features = mem_calloc(COLUMNS, sizeof *m->features);
	m->begin = mem_calloc(ROWS + 1, sizeof *m->begin);
	m->column = mem_calloc((size_t)ROWS * HAS, sizeof *m->column);
	m->value = mem_calloc((size_t)ROWS * HAS, sizeof *m->value);
	m->class_of = mem_calloc(ROWS, sizeof *m->class_of);
	m->test = mem_calloc(ROWS, 1);
	m->labels = mem_calloc(CLASSES, sizeof *m->labels);
	for (uint32_t c = 0; c < COLUMNS; c++)
		m->features[c] = (learn_feature){c + 1, LEARN_GAP, 1};
	for (uint32_t row = 0; row < ROWS; row++) {
		uint32_t class = row % CLASSES;

		for (uint32_t i = 0; i < HAS; i++) {
			size_t at = m->begin[row] + i;

			m->column[at] = i < 2 ? (uint32_t)(class * OWN + dice_below(&d, OWN))
			                      : (uint32_t)(CLASSES * OWN + dice_below(&d, SHARED));
			m->value[at] = 0.2F;
		}
		m->begin[row + 1] = m->begin[row] + HAS;
		m->class_of[row] = dice_below(&d, 100) < mixed ? (class + 1) % CLASSES : class;
		m->test[row] = row % 5 == 0;
	}
}

static float weight_of(const learn_model *model, size_t column, size_t class)
{
	return model->weights[column * model->classes + class];
}

/* Weights above 0 of a class; none may be below. */
static size_t count_terms(const learn_model *model, size_t class)
{
	size_t count = 0;

	for (size_t c = 0; c < model->columns; c++) {
		assert_true(weight_of(model, c, class) >= 0);
		count += weight_of(model, c, class) > 0;
	}
	return count;
}

static void learn(learn_matrix *m, learn_model *model, size_t terms)
{
	sheaf_error err;

	assert_int_equal(learn_sparse(m, terms, NULL, NULL, model, &err), SHEAF_OK);
	assert_int_equal(model->classes, m->classes);
	assert_int_equal(model->columns, m->columns);
}

static learn_quality measure(const learn_model *model, const learn_matrix *m, int test)
{
	learn_quality quality;
	sheaf_error   err;

	assert_int_equal(learn_measure(model, m, test, &quality, &err), SHEAF_OK);
	return quality;
}

/* ---- scores ---- */

static void chances_sum_to_one(void **state)
{
	float some[] = {1, 3, 2}, far[] = {-2000, 2000}, one[] = {7};

	(void)state;
	learn_softmax(some, 3);
	assert_true(fabsf(some[0] + some[1] + some[2] - 1) < 1e-6F);
	assert_true(fabsf(some[1] / some[0] - expf(2)) < 1e-4F);
	learn_softmax(far, 2);
	assert_true(far[0] < 1e-6F && fabsf(far[1] - 1) < 1e-6F);
	learn_softmax(one, 1);
	assert_true(fabsf(one[0] - 1) < 1e-6F);
}

/* What is known of nothing but how frequent classes are. */
static void a_model_begins_with_frequencies(void **state)
{
	learn_matrix  m;
	learn_model   model;
	sheaf_error   err;
	float         chances[CLASSES], scores[CLASSES];
	unsigned char rows[ROWS] = {0};

	(void)state;
	make_rows(&m, 0);
	/* Three of class 0, one of class 1, none of class 2. */
	rows[0] = rows[3] = rows[6] = rows[1] = 1;
	assert_int_equal(learn_model_init(&model, &m, rows, &err), SHEAF_OK);
	memcpy(chances, model.bias, sizeof chances);
	learn_softmax(chances, CLASSES);
	assert_true(fabsf(chances[0] - 4.0F / 7) < 1e-5F);
	assert_true(fabsf(chances[1] - 2.0F / 7) < 1e-5F);
	learn_model_score(&model, &m, 5, scores);
	assert_memory_equal(scores, model.bias, sizeof scores);
	/* Weights by hand: the row's own columns count, by their values. */
	for (uint32_t c = 0; c < COLUMNS; c++)
		model.weights[(size_t)c * CLASSES + 2] = 10;
	learn_model_score(&model, &m, 5, scores);
	assert_true(fabsf(scores[2] - model.bias[2] - HAS * 2.0F) < 1e-5F);
	assert_true(fabsf(scores[1] - model.bias[1]) < 1e-6F);
	learn_model_free(&model);
	learn_matrix_free(&m);
}

/* ---- training ---- */

static void train(learn_model *model, const learn_matrix *m, int signs, unsigned char *allowed)
{
	float               *target = mem_calloc((size_t)ROWS * CLASSES, sizeof *target);
	unsigned char        rows[ROWS];
	const learn_training training = {m, target, rows, signs, 0.01, 1e-4, 20};
	sheaf_error          err;

	for (size_t row = 0; row < ROWS; row++) {
		rows[row] = !m->test[row];
		target[row * CLASSES + m->class_of[row]] = 1;
	}
	assert_int_equal(learn_model_init(model, m, rows, &err), SHEAF_OK);
	model->allowed = allowed;
	assert_int_equal(learn_model_train(model, &training, &err), SHEAF_OK);
	mem_free(target);
}

static void weights_tell_classes_and_are_not_negative(void **state)
{
	learn_matrix m;
	learn_model  model;
	int          negative = 0;

	(void)state;
	make_rows(&m, 0);
	train(&model, &m, 0, NULL);
	for (size_t k = 0; k < CLASSES; k++) {
		count_terms(&model, k);
		for (size_t c = 0; c < OWN; c++)
			for (size_t other = 0; other < CLASSES; other++)
				assert_true(other == k ||
				            weight_of(&model, k * OWN + c, k) >
				                    weight_of(&model, k * OWN + c, other) + 0.1F);
	}
	assert_true(measure(&model, &m, 1).accuracy > 0.999);
	learn_model_free(&model);
	/* Where they may be, some are. */
	train(&model, &m, 1, NULL);
	for (size_t i = 0; i < (size_t)COLUMNS * CLASSES; i++)
		negative += model.weights[i] < 0;
	assert_true(negative > COLUMNS / 2);
	learn_model_free(&model);
	learn_matrix_free(&m);
}

static void what_is_not_allowed_stays_nothing(void **state)
{
	learn_matrix   m;
	learn_model    model;
	unsigned char *allowed = mem_calloc((size_t)COLUMNS * CLASSES, 1);

	(void)state;
	make_rows(&m, 0);
	for (size_t c = 0; c < COLUMNS; c += 2)
		memset(allowed + c * CLASSES, 1, CLASSES);
	train(&model, &m, 0, allowed);
	for (size_t c = 1; c < COLUMNS; c += 2)
		for (size_t k = 0; k < CLASSES; k++)
			assert_true(fabsf(weight_of(&model, c, k)) < 1e-9F);
	assert_true(weight_of(&model, 0, 0) > 0.1F);
	learn_model_free(&model);
	learn_matrix_free(&m);
}

/* ---- few terms ---- */

static void no_more_terms_than_asked_for(void **state)
{
	static const size_t terms[] = {1, 2, OWN, COLUMNS, 1000};
	double              last = 0;

	(void)state;
	for (size_t i = 0; i < sizeof terms / sizeof *terms; i++) {
		learn_matrix m;
		learn_model  model;
		double       accuracy;

		make_rows(&m, 0);
		learn(&m, &model, terms[i]);
		assert_in_range(m.columns, CLASSES, COLUMNS);
		for (size_t k = 0; k < CLASSES; k++)
			assert_in_range(count_terms(&model, k), 1, terms[i]);
		accuracy = measure(&model, &m, 1).accuracy;
		assert_true(accuracy >= last);
		last = accuracy;
		learn_model_free(&model);
		learn_matrix_free(&m);
	}
	assert_true(last > 0.999);
}

/* Of OWN terms a class, all are its own: columns that all share tell nothing. */
static void the_terms_that_tell_most_are_left(void **state)
{
	learn_matrix m;
	learn_model  model;

	(void)state;
	make_rows(&m, 10);
	learn(&m, &model, OWN);
	for (size_t k = 0; k < CLASSES; k++)
		for (size_t c = 0; c < m.columns; c++)
			if (weight_of(&model, c, k) > 0)
				assert_in_range(m.features[c].first, k * OWN + 1, k * OWN + OWN);
	assert_true(measure(&model, &m, 1).accuracy > 0.8);
	learn_model_free(&model);
	learn_matrix_free(&m);
}

static void rows_for_tests_teach_nothing(void **state)
{
	learn_matrix one, other;
	learn_model  a, b;

	(void)state;
	make_rows(&one, 10);
	make_rows(&other, 10);
	for (size_t row = 0; row < ROWS; row++) {
		if (!other.test[row])
			continue;
		other.class_of[row] = (other.class_of[row] + 1) % CLASSES;
		for (size_t i = 0; i < HAS; i++) {
			other.column[row * HAS + i] = (uint32_t)(COLUMNS - 1 - i);
			other.value[row * HAS + i] = 9;
		}
	}
	learn(&one, &a, 6);
	learn(&other, &b, 6);
	assert_int_equal(a.columns, b.columns);
	/* The same rows give the same bytes, too. */
	assert_memory_equal(a.weights, b.weights, a.columns * CLASSES * sizeof *a.weights);
	assert_memory_equal(a.bias, b.bias, CLASSES * sizeof *a.bias);
	learn_model_free(&a);
	learn_model_free(&b);
	learn_matrix_free(&one);
	learn_matrix_free(&other);
}

typedef struct steps {
	size_t last, parts, stop;
} steps;

static int take_step(void *ctx, size_t part, size_t parts)
{
	steps *s = ctx;

	assert_int_equal(part, s->last + 1);
	assert_true(part < parts);
	assert_true(!s->parts || s->parts == parts);
	s->last = part;
	s->parts = parts;
	return part == s->stop;
}

static void it_may_be_stopped_at_each_step(void **state)
{
	size_t parts = 1;

	(void)state;
	for (size_t stop = 0; stop <= parts; stop++) {
		steps        s = {.last = SIZE_MAX, .stop = stop};
		learn_matrix m;
		learn_model  model;
		sheaf_error  err;
		sheaf_status status;

		make_rows(&m, 0);
		status = learn_sparse(&m, 3, take_step, &s, &model, &err);
		parts = s.parts;
		assert_int_equal(status, stop < parts ? SHEAF_ERROR_INTERRUPTED : SHEAF_OK);
		assert_int_equal(s.last, stop < parts ? stop : parts - 1);
		learn_model_free(&model);
		learn_matrix_free(&m);
	}
}

/* ---- measures ---- */

/* Rows of class 0, 0, 1, 1, 2 that are given the class 0, 1, 1, 1, 1. */
static void measures_are_those_of_the_formulas(void **state)
{
	static uint32_t      class_of[] = {0, 0, 1, 1, 2}, column[] = {0, 1, 1, 1, 1};
	static float         value[] = {1, 1, 1, 1, 1};
	static float         weights[] = {5, 0, 0, 0, 5, 0}, bias[] = {0, 0, 0};
	static size_t        begin[] = {0, 1, 2, 3, 4, 5};
	static unsigned char test[] = {1, 1, 1, 1, 1};
	const learn_matrix   m = {.columns = 2,
	                          .rows = 5,
	                          .begin = begin,
	                          .column = column,
	                          .value = value,
	                          .class_of = class_of,
	                          .test = test,
	                          .classes = 3};
	const learn_model    model = {.columns = 2, .classes = 3, .weights = weights, .bias = bias};
	learn_quality        quality = measure(&model, &m, 1);

	(void)state;
	assert_int_equal(quality.papers, 5);
	assert_true(fabs(quality.accuracy - 3.0 / 5) < 1e-12);
	assert_true(fabs(quality.macro_f1 - (2.0 / 3 + 4.0 / 6 + 0) / 3) < 1e-12);
	quality = measure(&model, &m, 0);
	assert_int_equal(quality.papers, 0);
	assert_true(isnan(quality.accuracy) && isnan(quality.macro_f1));
}

/* How often pairs of a row and a class belong together, and how often that was to be expected. */
typedef struct odds {
	double belong, expected, most;
} odds;

static odds ask_odds(const learn_model *model, const learn_matrix *m, double scale, double shift)
{
	odds o = {0, 0, 0};

	for (size_t row = 0; row < m->rows; row++) {
		float scores[CLASSES];

		if (m->test[row])
			continue;
		learn_model_score(model, m, row, scores);
		for (size_t k = 0; k < CLASSES; k++) {
			double score = scale * (double)scores[k] + shift;

			o.most = fabs(score) > o.most ? fabs(score) : o.most;
			o.expected += 1 / (1 + exp(-score));
			o.belong += k == m->class_of[row];
		}
	}
	return o;
}

/* The order of scores stays, chances are right on the whole, and none is without bounds. */
static void scores_become_odds(void **state)
{
	static const unsigned mixed[] = {0, 20, 50};

	(void)state;
	for (size_t i = 0; i < sizeof mixed / sizeof *mixed; i++) {
		learn_matrix m;
		learn_model  model;
		double       scale, shift;
		sheaf_error  err;
		odds         o;

		make_rows(&m, mixed[i]);
		learn(&m, &model, OWN);
		assert_int_equal(learn_calibrate(&model, &m, &scale, &shift, &err), SHEAF_OK);
		assert_true(scale > 0 && isfinite(scale) && isfinite(shift));
		o = ask_odds(&model, &m, scale, shift);
		assert_true(fabs(o.belong - o.expected) < 0.01 * o.belong);
		/* Where nothing is ever mixed, no more than so many rows can tell. */
		assert_true(o.most < 2 * log(ROWS));
		learn_model_free(&model);
		learn_matrix_free(&m);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(chances_sum_to_one),
		cmocka_unit_test(a_model_begins_with_frequencies),
		cmocka_unit_test(weights_tell_classes_and_are_not_negative),
		cmocka_unit_test(what_is_not_allowed_stays_nothing),
		cmocka_unit_test(no_more_terms_than_asked_for),
		cmocka_unit_test(the_terms_that_tell_most_are_left),
		cmocka_unit_test(rows_for_tests_teach_nothing),
		cmocka_unit_test(it_may_be_stopped_at_each_step),
		cmocka_unit_test(measures_are_those_of_the_formulas),
		cmocka_unit_test(scores_become_odds),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
