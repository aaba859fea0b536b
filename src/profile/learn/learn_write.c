#include "learn_write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "category_name.h"
#include "error.h"
#include "learn_forms.h"
#include "profile_keys.h"
#include "profile_write.h"

enum {
	LINE_MAX = 96,
	INDENT = 6,
	QUERY_BYTES = PROFILE_QUERY_MAX -
	              4 * LINE_MAX /* the lightest terms of a longer query are left out */
};

#define LEAST_WEIGHT 0.005 /* lighter terms would be written as 0 */

typedef struct term_line {
	double weight;
	size_t column;
} term_line;

typedef struct writing {
	const learn_corpus *c;
	const learn_matrix *m;
	const learn_model  *model;
	const learn_note   *note;
	learn_forms         forms;
	term_line          *terms;
	buf                *out;
} writing;

static int by_weight(const void *a, const void *b)
{
	const term_line *x = a, *y = b;

	if (x->weight > y->weight || x->weight < y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->column > y->column) - (x->column < y->column);
}

static void put_head(const writing *w)
{
	const sheaf_learn_stats *s = w->note->stats;

	buf_printf(
		w->out,
		"# A profile for each of the %zu largest primary categories, learnt from %lld papers by\n"
		"#\n"
		"#   sheaf profile learn --by categories --top %zu --terms %zu\n"
		"#\n",
		s->categories, (long long)s->learnt_from, s->categories, w->note->terms);
	if (s->held_out)
		buf_printf(
			w->out,
			"# Of %lld papers that were held out (a fifth, by the hash of the id), it gives %.1f %% their\n"
			"# primary category by title and abstract alone; macro-F1 %.3f. `sheaf profile eval\n"
			"# --by categories --split test` measures that anew.\n"
			"#\n",
			(long long)s->held_out, 100 * s->accuracy, s->macro_f1);
	buf_puts(
		w->out,
		"# A number behind ^ is what a word adds to the logarithm of the odds that a paper belongs to\n"
		"# the category, where it comes once in the abstract of a paper of ordinary length; bias is what\n"
		"# a paper has before any word counts. Words stand for all their inflections; two with a hyphen\n"
		"# between stand side by side.\n"
		"digest:\n"
		"  name: arxiv-categories\n"
		"  title: arXiv by category\n"
		"  score: weights\n"
		"  assign: best\n"
		"profiles:\n");
}

/* One more term in the text of a query, whose lines are not longer than LINE_MAX. */
static void put_term(const writing *w, const term_line *t, size_t *column, int first)
{
	buf text = BUF_INIT(0);

	learn_forms_put(&w->forms, w->c, t->column, &text);
	buf_putc(&text, '^');
	profile_write_number(&text, t->weight, 2);
	if (first || *column + text.len + 4 > LINE_MAX) {
		buf_puts(w->out, first ? "      " : " OR\n      ");
		*column = INDENT;
	} else {
		buf_puts(w->out, " OR ");
		*column += 4;
	}
	buf_puts(w->out, buf_str(&text));
	*column += text.len;
	if (text.status != SHEAF_OK)
		w->out->status = text.status;
	buf_free(&text);
}

/* A category is what papers say, so it may be any text. */
static void put_label(const writing *w, const char *name, double bias)
{
	const char *title = category_title(name);

	buf_puts(w->out, "  ");
	profile_write_text(w->out, name);
	buf_puts(w->out, ":\n");
	if (title) {
		buf_puts(w->out, "    heading: ");
		profile_write_text(w->out, title);
		buf_putc(w->out, '\n');
	}
	buf_puts(w->out, "    bias: ");
	profile_write_number(w->out, bias, 2);
	buf_puts(w->out, "\n    query: |\n");
}

/* 0: nothing speaks for the class, which has no profile. */
static int put_class(const writing *w, size_t class)
{
	const learn_model *model = w->model;
	const char        *name = w->c->labels.texts[w->m->labels[class]];
	size_t             count = 0, column = 0, begin;

	for (size_t c = 0; c < model->columns; c++) {
		double weight = (double)model->weights[c * model->classes + class] *
		                (double)w->m->features[c].scale * w->note->scale;

		if (weight >= LEAST_WEIGHT)
			w->terms[count++] = (term_line){weight, c};
	}
	if (!count)
		return 0;
	qsort(w->terms, count, sizeof *w->terms, by_weight);
	put_label(w, name, (double)model->bias[class] * w->note->scale + w->note->shift);
	begin = w->out->len;
	for (size_t i = 0; i < count && w->out->len - begin < QUERY_BYTES; i++)
		put_term(w, &w->terms[i], &column, i == 0);
	buf_putc(w->out, '\n');
	return 1;
}

static sheaf_status put_classes(const writing *w, sheaf_error *err)
{
	size_t written = 0;

	for (size_t k = 0; k < w->m->classes; k++)
		written += (size_t)put_class(w, k);
	if (!written && w->out->status == SHEAF_OK)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "no word tells the categories apart: there are too few papers");
	return buf_status(w->out, err);
}

sheaf_status learn_write(const learn_corpus *c, const learn_matrix *m, const learn_model *model,
                         const learn_note *note, buf *out, sheaf_error *err)
{
	writing      w = {.c = c, .m = m, .model = model, .note = note, .out = out};
	sheaf_status status = learn_forms_find(&w.forms, c, m, err);

	w.terms = mem_calloc(model->columns + 1, sizeof *w.terms);
	if (status == SHEAF_OK && !w.terms)
		status = sheaf_nomem(err);
	if (status == SHEAF_OK) {
		put_head(&w);
		status = put_classes(&w, err);
	}
	learn_forms_free(&w.forms);
	mem_free(w.terms);
	return status;
}
