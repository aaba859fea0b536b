/* profile_eval.c: how well the profiles sort papers, by marks or by the papers' own categories. */
#include <sheaf/evaluation.h>

#include "error.h"
#include "eval_output.h"
#include "mark_counts.h"
#include "profile_source.h"
#include "profile_split.h"
#include "profile_verbs.h"
#include "progress.h"
#include "str.h"

typedef struct evaluating {
	session                 *s;
	sheaf_evaluation_options options;
	progress                 progress;
	int64_t                  papers; /* counted, of all sets */
} evaluating;

static int show_progress(void *ctx, int64_t done, int64_t total)
{
	evaluating    *v = ctx;
	progress_state state = {.what = "papers", .count = done, .total = total};

	progress_update(&v->progress, &state);
	return 0;
}

/* ---- what there is to go by ---- */

static int has_marks(const mark_counts *marks, const sheaf_profile_set *set)
{
	for (size_t i = 0; i < sheaf_profile_set_size(set); i++) {
		mark_count m = mark_counts_of(marks, sheaf_profile_set_get(set, i)->name);

		if (m.belong || m.against)
			return 1;
	}
	return 0;
}

/* Marks, where one of the sets has any. */
static sheaf_status choose_labels(evaluating *v, const profile_sets *sets, sheaf_error *err)
{
	const profile_options *o = v->s->options;
	mark_counts            marks = {0};
	sheaf_status           status;

	v->options.labels = str_eq(o->by, "categories") ? SHEAF_LABELS_CATEGORIES
	                                                : SHEAF_LABELS_MARKS;
	if (o->by)
		return SHEAF_OK;
	status = mark_counts_read(v->s, &marks, err);
	v->options.labels = SHEAF_LABELS_CATEGORIES;
	for (size_t i = 0; status == SHEAF_OK && i < sets->count; i++)
		if (has_marks(&marks, sets->items[i]))
			v->options.labels = SHEAF_LABELS_MARKS;
	return status;
}

static void say_nothing_counted(evaluating *v, const sheaf_profile_set *set,
                                const sheaf_evaluation_totals *t)
{
	const char *name = sheaf_profile_set_get_digest(set)->name;
	const char *part = v->options.split ? " of this part" : "";
	console    *c = v->s->console;

	if (v->options.labels == SHEAF_LABELS_CATEGORIES && !t->measured)
		console_note(c,
		             "%s: no profile has an arXiv category as its name or heading: mark "
		             "papers (sheaf mark) to measure by",
		             name);
	else if (v->options.labels == SHEAF_LABELS_CATEGORIES)
		console_note(c, "%s: no paper%s has a category of these profiles", name, part);
	else if (!t->measured)
		console_note(
			c,
			"%s: no paper is marked for these profiles: mark some (sheaf mark), or "
			"measure --by categories",
			name);
	else
		console_note(c, "%s: no marked paper%s is in the database", name, part);
}

/* ---- sets ---- */

static void print_report(evaluating *v, const eval_report *r, int several, size_t number)
{
	const profile_options *o = v->s->options;
	output                *out = v->s->out;

	if (str_eq(o->format, "json")) {
		eval_output_json(out, r);
	} else if (str_eq(o->format, "tsv")) {
		eval_output_tsv(out, r);
	} else {
		if (several) {
			output_puts(out, number ? "\n" : "");
			output_line(out, sheaf_profile_set_get_digest(r->set)->name);
			output_puts(out, "\n");
		}
		eval_output_text(out, r);
	}
}

static sheaf_status evaluate_set(evaluating *v, const profile_sets *sets, size_t i,
                                 sheaf_error *err)
{
	sheaf_evaluation       *e = NULL;
	sheaf_evaluation_totals totals;
	eval_report             report;
	sheaf_status            status;

	progress_begin(&v->progress, v->s->console);
	status = sheaf_evaluate(v->s->db, sets->items[i], &v->options, &e, err);
	progress_end(&v->progress);
	if (status != SHEAF_OK)
		return status;
	totals = sheaf_evaluation_get_totals(e);
	v->papers += totals.papers;
	report = (eval_report){sets->items[i], e, &v->options, console_utf8()};
	if (totals.papers)
		print_report(v, &report, sets->count > 1, i);
	else
		say_nothing_counted(v, sets->items[i], &totals);
	sheaf_evaluation_free(e);
	return SHEAF_OK;
}

sheaf_status profile_eval(session *s, sheaf_error *err)
{
	const profile_options *o = s->options;
	evaluating             v = {.s = s};
	profile_sets           sets = {NULL, NULL, 0};
	sheaf_status           status = profile_split(o->split, &v.options.split, err);

	v.options.limit = o->limit;
	v.options.progress = show_progress;
	v.options.progress_ctx = &v;
	if (status == SHEAF_OK)
		status = profile_sources(s, &o->profiles, 0, &sets, err);
	if (status == SHEAF_OK)
		status = choose_labels(&v, &sets, err);
	for (size_t i = 0; status == SHEAF_OK && i < sets.count; i++)
		status = evaluate_set(&v, &sets, i, err);
	profile_sets_free(&sets);
	if (status == SHEAF_OK && !v.papers)
		s->code = CODE_NOTHING;
	return status;
}
