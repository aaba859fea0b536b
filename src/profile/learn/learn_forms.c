#include "learn_forms.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"

/* A place where a pair stands, as it is written there. */
typedef struct place {
	uint32_t column, first, second;
} place;

typedef struct finding {
	learn_forms        *f;
	const learn_corpus *c;
	const learn_matrix *m;
	size_t              pairs; /* the first column that is a pair */
	place              *places;
	size_t              count, size;
} finding;

/* ---- single words ---- */

static int is_better(const learn_corpus *c, uint32_t form, uint32_t than)
{
	if (than == LEARN_GAP || c->form_of[form].count != c->form_of[than].count)
		return than == LEARN_GAP || c->form_of[form].count > c->form_of[than].count;
	return strcmp(c->forms.texts[form], c->forms.texts[than]) < 0;
}

/* Columns of single words stand in the order of their families. */
static void find_words(finding *n)
{
	const learn_corpus *c = n->c;

	for (uint32_t form = 1; form < c->forms.count; form++) {
		uint32_t family = c->form_of[form].family;
		size_t   low = 0, high = n->pairs;

		while (low < high) {
			size_t middle = low + (high - low) / 2;

			if (n->m->features[middle].first < family)
				low = middle + 1;
			else
				high = middle;
		}
		if (low < n->pairs && n->m->features[low].first == family &&
		    is_better(c, form, n->f->words[low][0]))
			n->f->words[low][0] = form;
	}
}

/* ---- pairs ---- */

static uint64_t pair_at(const learn_matrix *m, size_t column)
{
	return (uint64_t)m->features[column].first << 32 | m->features[column].second;
}

/* SIZE_MAX: no column has this pair. */
static size_t find_column(const finding *n, uint64_t pair)
{
	size_t low = n->pairs, high = n->m->columns;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (pair_at(n->m, middle) < pair)
			low = middle + 1;
		else
			high = middle;
	}
	return low < n->m->columns && pair_at(n->m, low) == pair ? low : SIZE_MAX;
}

static sheaf_status note_place(finding *n, size_t column, size_t word, sheaf_error *err)
{
	if (n->count == n->size) {
		size_t size = n->size ? n->size * 2 : 4096;
		place *grown = mem_realloc_array(n->places, size, sizeof *grown);

		if (!grown)
			return sheaf_nomem(err);
		n->places = grown;
		n->size = size;
	}
	n->places[n->count++] = (place){(uint32_t)column, learn_corpus_form(n->c, word - 1),
	                                learn_corpus_form(n->c, word)};
	return SHEAF_OK;
}

static sheaf_status list_places(finding *n, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 1; status == SHEAF_OK && i < n->c->word_count; i++) {
		uint32_t first = learn_corpus_family(n->c, i - 1);
		uint32_t second = learn_corpus_family(n->c, i);
		size_t   column;

		if (first == LEARN_GAP || second == LEARN_GAP)
			continue;
		column = find_column(n, (uint64_t)first << 32 | second);
		if (column != SIZE_MAX)
			status = note_place(n, column, i, err);
	}
	return status;
}

static int by_form(const void *a, const void *b)
{
	const place *x = a, *y = b;

	if (x->column != y->column)
		return x->column < y->column ? -1 : 1;
	if (x->first != y->first)
		return x->first < y->first ? -1 : 1;
	return (x->second > y->second) - (x->second < y->second);
}

/* Forms are numbered as they come, so of equals the one that came first stays. */
static sheaf_status find_pairs(finding *n, sheaf_error *err)
{
	size_t       most = 0;
	sheaf_status status = list_places(n, err);

	if (n->count)
		qsort(n->places, n->count, sizeof *n->places, by_form);
	for (size_t i = 0, end; status == SHEAF_OK && i < n->count; i = end) {
		uint32_t(*words)[2] = &n->f->words[n->places[i].column];

		for (end = i; end < n->count && by_form(&n->places[i], &n->places[end]) == 0;)
			end++;
		if (!i || n->places[i].column != n->places[i - 1].column)
			most = 0;
		if (end - i <= most)
			continue;
		most = end - i;
		(*words)[0] = n->places[i].first;
		(*words)[1] = n->places[i].second;
	}
	return status;
}

sheaf_status learn_forms_find(learn_forms *f, const learn_corpus *c, const learn_matrix *m,
                              sheaf_error *err)
{
	finding      n = {.f = f, .c = c, .m = m};
	sheaf_status status;

	f->words = mem_calloc(m->columns + 1, sizeof *f->words);
	if (!f->words)
		return sheaf_nomem(err);
	while (n.pairs < m->columns && m->features[n.pairs].second == LEARN_GAP)
		n.pairs++;
	find_words(&n);
	status = find_pairs(&n, err);
	mem_free(n.places);
	return status;
}

void learn_forms_put(const learn_forms *f, const learn_corpus *c, size_t column, buf *out)
{
	buf_puts(out, c->forms.texts[f->words[column][0]]);
	if (f->words[column][1] != LEARN_GAP)
		buf_printf(out, "-%s", c->forms.texts[f->words[column][1]]);
}

void learn_forms_free(learn_forms *f)
{
	mem_free(f->words);
	f->words = NULL;
}
