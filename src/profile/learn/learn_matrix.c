#include "learn_matrix.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "weights_score.h"

enum {
	WORD_PAPERS_LEAST = 3, /* that have it: below, a word is chance */
	PAIR_PAPERS_LEAST = 5,
	WORD_SHARE = 6500, /* and one in so many papers at least */
	PAIR_SHARE = 2600,
	PAPER_WORDS_MAX = 1 << 16
};

#define IDF_POWER 1.5
#define VALUE_SCALE 0.043 /* makes the steps of the training fit the values */

/* What is counted before there are columns. */
typedef struct making {
	learn_matrix       *m;
	const learn_corpus *c;
	uint32_t           *class_of_label; /* UINT32_MAX: none */
	uint32_t           *papers;         /* by family: papers to learn from that have it */
	uint32_t           *column_of;      /* by family: its column + 1 */
	uint64_t           *pairs;          /* by papers, sorted: first << 32 | second */
	size_t              pair_count, pair_size;
	uint64_t           *own; /* of the paper at hand */
	size_t              train;
} making;

static int by_number(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

/* ---- classes ---- */

/* The most frequent labels, of equals the first in the alphabet. */
static sheaf_status choose_classes(making *k, size_t classes, sheaf_error *err)
{
	const learn_corpus *c = k->c;
	learn_matrix       *m = k->m;

	k->class_of_label = mem_realloc_array(NULL, c->labels.count + 1, sizeof(uint32_t));
	m->labels = mem_calloc(classes + 1, sizeof *m->labels);
	if (!k->class_of_label || !m->labels)
		return sheaf_nomem(err);
	memset(k->class_of_label, 0xFF, (c->labels.count + 1) * sizeof(uint32_t));
	for (; m->classes < classes; m->classes++) {
		size_t best = SIZE_MAX;

		for (size_t i = 0; i < c->labels.count; i++) {
			if (k->class_of_label[i] != UINT32_MAX || !c->label_counts[i])
				continue;
			if (best == SIZE_MAX || c->label_counts[i] > c->label_counts[best] ||
			    (c->label_counts[i] == c->label_counts[best] &&
			     strcmp(c->labels.texts[i], c->labels.texts[best]) < 0))
				best = i;
		}
		if (best == SIZE_MAX)
			break;
		k->class_of_label[best] = (uint32_t)m->classes;
		m->labels[m->classes] = (uint32_t)best;
	}
	return SHEAF_OK;
}

static int is_learnt_from(const making *k, const learn_paper *p)
{
	return !p->test && k->class_of_label[p->label] != UINT32_MAX;
}

/* ---- columns ---- */

/* The numbers in `own` without repetition: how many. */
static size_t unite(uint64_t *own, size_t count)
{
	size_t kept = 0;

	if (count)
		qsort(own, count, sizeof *own, by_number);
	for (size_t i = 0; i < count; i++)
		if (!kept || own[kept - 1] != own[i])
			own[kept++] = own[i];
	return kept;
}

static size_t paper_words(const learn_paper *p)
{
	size_t count = p->end - p->begin;

	return count < PAPER_WORDS_MAX ? count : PAPER_WORDS_MAX;
}

static void count_words(making *k)
{
	for (size_t i = 0; i < k->c->paper_count; i++) {
		const learn_paper *p = &k->c->papers[i];
		size_t             count = paper_words(p);

		if (!is_learnt_from(k, p))
			continue;
		k->train++;
		for (size_t j = 0; j < count; j++)
			k->own[j] = learn_corpus_family(k->c, p->begin + j);
		count = unite(k->own, count);
		for (size_t j = 0; j < count; j++)
			k->papers[k->own[j]]++;
	}
}

static uint32_t least(size_t papers, size_t share, uint32_t floor)
{
	size_t part = papers / share;

	return part > floor ? (uint32_t)part : floor;
}

/* The pairs of one paper in `own`; rare words make no frequent pairs. */
static size_t list_pairs(const making *k, const learn_paper *p, uint32_t papers)
{
	size_t count = paper_words(p), pairs = 0;

	for (size_t j = 1; j < count; j++) {
		uint32_t a = learn_corpus_family(k->c, p->begin + j - 1),
			 b = learn_corpus_family(k->c, p->begin + j);

		if (a != LEARN_GAP && b != LEARN_GAP && k->papers[a] >= papers &&
		    k->papers[b] >= papers)
			k->own[pairs++] = (uint64_t)a << 32 | b;
	}
	return unite(k->own, pairs);
}

static sheaf_status collect_pairs(making *k, uint32_t papers, sheaf_error *err)
{
	for (size_t i = 0; i < k->c->paper_count; i++) {
		const learn_paper *p = &k->c->papers[i];
		size_t             count;

		if (!is_learnt_from(k, p))
			continue;
		count = list_pairs(k, p, papers);
		if (!count)
			continue;
		if (k->pair_count + count > k->pair_size) {
			size_t    size = (k->pair_count + count) * 3 / 2 + 1024;
			uint64_t *grown = mem_realloc_array(k->pairs, size, sizeof *grown);

			if (!grown)
				return sheaf_nomem(err);
			k->pairs = grown;
			k->pair_size = size;
		}
		memcpy(k->pairs + k->pair_count, k->own, count * sizeof *k->own);
		k->pair_count += count;
	}
	if (k->pair_count)
		qsort(k->pairs, k->pair_count, sizeof *k->pairs, by_number);
	return SHEAF_OK;
}

static float scale_of(const making *k, uint32_t papers)
{
	double idf = log((double)k->train / ((double)papers + 1) + 1);

	return (float)(VALUE_SCALE * pow(idf, IDF_POWER));
}

static sheaf_status add_column(making *k, size_t *room, learn_feature feature, sheaf_error *err)
{
	learn_matrix *m = k->m;

	if (m->columns == *room) {
		size_t         size = *room ? *room * 2 : 4096;
		learn_feature *grown = mem_realloc_array(m->features, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		m->features = grown;
		*room = size;
	}
	m->features[m->columns++] = feature;
	return SHEAF_OK;
}

/* Words first, then pairs, of which those that are frequent stay, once each and in order. */
static sheaf_status make_columns(making *k, sheaf_error *err)
{
	uint32_t     word_papers = least(k->train, WORD_SHARE, WORD_PAPERS_LEAST);
	uint32_t     pair_papers = least(k->train, PAIR_SHARE, PAIR_PAPERS_LEAST);
	size_t       room = 0, kept = 0;
	sheaf_status status = SHEAF_OK;

	for (uint32_t f = 1; status == SHEAF_OK && f < k->c->families.count; f++) {
		if (k->papers[f] < word_papers)
			continue;
		k->column_of[f] = (uint32_t)k->m->columns + 1;
		status = add_column(k, &room,
		                    (learn_feature){f, LEARN_GAP, scale_of(k, k->papers[f])}, err);
	}
	if (status == SHEAF_OK)
		status = collect_pairs(k, pair_papers, err);
	for (size_t i = 0, end; status == SHEAF_OK && i < k->pair_count; i = end) {
		for (end = i; end < k->pair_count && k->pairs[end] == k->pairs[i];)
			end++;
		if (end - i < pair_papers)
			continue;
		status = add_column(k, &room,
		                    (learn_feature){(uint32_t)(k->pairs[i] >> 32),
		                                    (uint32_t)k->pairs[i],
		                                    scale_of(k, (uint32_t)(end - i))},
		                    err);
		k->pairs[kept++] = k->pairs[i];
	}
	k->pair_count = kept;
	return status;
}

/* ---- rows ---- */

/* The column of a pair; SIZE_MAX: it has none. */
static size_t pair_column(const making *k, uint64_t pair)
{
	const uint64_t *found = k->pair_count ? bsearch(&pair, k->pairs, k->pair_count,
	                                                sizeof *k->pairs, by_number)
	                                      : NULL;

	return found ? k->m->columns - k->pair_count + (size_t)(found - k->pairs) : SIZE_MAX;
}

static size_t note(making *k, size_t count, size_t column, int title)
{
	k->own[count] = (uint64_t)column << 8 | (title ? 3 : 1);
	return count + 1;
}

/* What a paper has, as column << 8 | frequency, once for each place; sorted. */
static size_t list_places(making *k, const learn_paper *p)
{
	size_t   all = paper_words(p), count = 0;
	uint32_t before = LEARN_GAP;

	for (size_t j = 0; j < all; j++) {
		uint32_t f = learn_corpus_family(k->c, p->begin + j);
		int      title = (k->c->words[p->begin + j] & LEARN_TITLE_BIT) != 0;
		size_t   pair = SIZE_MAX;

		if (f != LEARN_GAP && k->column_of[f])
			count = note(k, count, k->column_of[f] - 1, title);
		if (f != LEARN_GAP && before != LEARN_GAP)
			pair = pair_column(k, (uint64_t)before << 32 | f);
		if (pair != SIZE_MAX)
			count = note(k, count, pair, title);
		before = f;
	}
	if (count)
		qsort(k->own, count, sizeof *k->own, by_number);
	return count;
}

static int reserve_values(learn_matrix *m, size_t wanted, size_t *room)
{
	size_t    size = wanted * 3 / 2 + 65536;
	uint32_t *column;
	float    *value;

	if (wanted <= *room)
		return 1;
	column = mem_realloc_array(m->column, size, sizeof *column);
	if (!column)
		return 0;
	m->column = column;
	value = mem_realloc_array(m->value, size, sizeof *value);
	if (!value)
		return 0;
	m->value = value;
	*room = size;
	return 1;
}

static sheaf_status add_row(making *k, const learn_paper *p, size_t *room, sheaf_error *err)
{
	learn_matrix *m = k->m;
	size_t        count = list_places(k, p), at = m->begin[m->rows];
	double        share = weights_length_share((int64_t)p->length);

	if (!reserve_values(m, at + count, room))
		return sheaf_nomem(err);
	for (size_t i = 0, end; i < count; i = end) {
		size_t column = (size_t)(k->own[i] >> 8);
		double frequency = 0;

		for (end = i; end < count && k->own[end] >> 8 == k->own[i] >> 8; end++)
			frequency += (double)(k->own[end] & 0xFF);
		m->column[at] = (uint32_t)column;
		m->value[at++] = (float)(weights_saturation(frequency) * share *
		                         m->features[column].scale);
	}
	m->class_of[m->rows] = k->class_of_label[p->label];
	m->test[m->rows++] = (unsigned char)p->test;
	m->begin[m->rows] = at;
	return SHEAF_OK;
}

static sheaf_status make_rows(making *k, sheaf_error *err)
{
	learn_matrix *m = k->m;
	size_t        papers = k->c->paper_count, room = 0;
	sheaf_status  status = SHEAF_OK;

	m->begin = mem_calloc(papers + 1, sizeof *m->begin);
	m->class_of = mem_calloc(papers + 1, sizeof *m->class_of);
	m->test = mem_calloc(papers + 1, 1);
	if (!m->begin || !m->class_of || !m->test)
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < papers; i++)
		if (k->class_of_label[k->c->papers[i].label] != UINT32_MAX)
			status = add_row(k, &k->c->papers[i], &room, err);
	return status;
}

sheaf_status learn_matrix_make(learn_matrix *m, const learn_corpus *c, size_t classes,
                               sheaf_error *err)
{
	making       k = {.m = m, .c = c};
	sheaf_status status;

	memset(m, 0, sizeof *m);
	k.papers = mem_calloc(c->families.count + 1, sizeof *k.papers);
	k.column_of = mem_calloc(c->families.count + 1, sizeof *k.column_of);
	/* A place gives a word and a pair at most. */
	k.own = mem_realloc_array(NULL, 2 * PAPER_WORDS_MAX, sizeof *k.own);
	status = k.papers && k.column_of && k.own ? choose_classes(&k, classes, err)
	                                          : sheaf_nomem(err);
	if (status == SHEAF_OK) {
		count_words(&k);
		status = make_columns(&k, err);
	}
	if (status == SHEAF_OK)
		status = make_rows(&k, err);
	mem_free(k.class_of_label);
	mem_free(k.papers);
	mem_free(k.column_of);
	mem_free(k.pairs);
	mem_free(k.own);
	return status;
}

void learn_matrix_narrow(learn_matrix *m, const uint32_t *moved, size_t columns)
{
	size_t at = 0, begin = 0;

	for (size_t i = 0; i < m->columns; i++)
		if (moved[i] != UINT32_MAX)
			m->features[moved[i]] = m->features[i];
	m->columns = columns;
	for (size_t row = 0; row < m->rows; row++) {
		size_t end = m->begin[row + 1];

		for (size_t i = begin; i < end; i++) {
			if (moved[m->column[i]] == UINT32_MAX)
				continue;
			m->column[at] = moved[m->column[i]];
			m->value[at++] = m->value[i];
		}
		begin = end;
		m->begin[row + 1] = at;
	}
}

void learn_matrix_free(learn_matrix *m)
{
	mem_free(m->features);
	mem_free(m->begin);
	mem_free(m->column);
	mem_free(m->value);
	mem_free(m->class_of);
	mem_free(m->test);
	mem_free(m->labels);
	memset(m, 0, sizeof *m);
}
