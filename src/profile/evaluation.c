/* evaluation.c: papers counted by where they belong and where they were put, and what that measures. */
#include <math.h>
#include <stdlib.h>

#include "alloc.h"
#include "error.h"
#include "evaluation_private.h"
#include "hash.h"

enum { TABLE_FIRST = 64 };

static sheaf_status marks_init(profile_marks *marks, size_t size, sheaf_error *err)
{
	marks->state = mem_calloc(size + 1, 1);
	marks->list = mem_calloc(size + 1, sizeof *marks->list);
	return marks->state && marks->list ? SHEAF_OK : sheaf_nomem(err);
}

static sheaf_status init(sheaf_evaluation *e, const sheaf_profile_set *set, sheaf_error *err)
{
	sheaf_status status = marks_init(&e->labels, set->count, err);

	if (status == SHEAF_OK)
		status = marks_init(&e->placed, set->count, err);
	e->counts = mem_calloc(set->count + 1, sizeof *e->counts);
	if (status != SHEAF_OK || !e->counts)
		return sheaf_nomem(err);
	e->size = set->count;
	e->best = set->digest.assign == SHEAF_ASSIGN_BEST;
	for (size_t i = 0; i < set->count; i++) {
		e->counts[i].name = arena_strdup(&e->arena, set->profiles[i].name);
		if (!e->counts[i].name)
			return sheaf_nomem(err);
	}
	return SHEAF_OK;
}

sheaf_status evaluation_new(const sheaf_profile_set *set, sheaf_evaluation **evaluation,
                            sheaf_error *err)
{
	sheaf_evaluation *e = mem_calloc(1, sizeof *e);
	sheaf_status      status;

	*evaluation = NULL;
	if (!e)
		return sheaf_nomem(err);
	status = init(e, set, err);
	if (status == SHEAF_OK)
		*evaluation = e;
	else
		sheaf_evaluation_free(e);
	return status;
}

void sheaf_evaluation_free(sheaf_evaluation *e)
{
	if (!e)
		return;
	mem_free(e->labels.state);
	mem_free(e->labels.list);
	mem_free(e->placed.state);
	mem_free(e->placed.list);
	mem_free(e->counts);
	mem_free(e->confusions.items);
	arena_free(&e->arena);
	mem_free(e);
}

/* ---- the paper at hand ---- */

void profile_marks_put(profile_marks *marks, size_t profile, unsigned char state)
{
	if (marks->state[profile])
		return;
	marks->state[profile] = state;
	marks->list[marks->count++] = profile;
}

static void clear_marks(profile_marks *marks)
{
	while (marks->count)
		marks->state[marks->list[--marks->count]] = 0;
}

/* ---- confusions ---- */

static sheaf_confusion *place_of(const confusion_table *t, size_t from, size_t placed)
{
	uint64_t hash = hash_finish((uint64_t)from * 0x9E3779B97F4A7C15u + placed);
	size_t   at = hash & (t->size - 1);

	while (t->items[at].papers && (t->items[at].label != from || t->items[at].placed != placed))
		at = (at + 1) & (t->size - 1);
	return &t->items[at];
}

/* At most half of the table is in use, so that searches end soon. */
static sheaf_status make_room(confusion_table *t, sheaf_error *err)
{
	confusion_table grown = {NULL, t->count, t->size ? 2 * t->size : TABLE_FIRST};

	if (2 * t->count + 2 <= t->size)
		return SHEAF_OK;
	grown.items = mem_calloc(grown.size, sizeof *grown.items);
	if (!grown.items)
		return sheaf_nomem(err);
	for (size_t i = 0; i < t->size; i++)
		if (t->items[i].papers)
			*place_of(&grown, t->items[i].label, t->items[i].placed) = t->items[i];
	mem_free(t->items);
	*t = grown;
	return SHEAF_OK;
}

static sheaf_status note_pair(sheaf_evaluation *e, size_t from, size_t placed, sheaf_error *err)
{
	sheaf_status     status = make_room(&e->confusions, err);
	sheaf_confusion *c;

	if (status != SHEAF_OK)
		return status;
	c = place_of(&e->confusions, from, placed);
	e->confusions.count += !c->papers;
	c->label = from;
	c->placed = placed;
	c->papers++;
	return SHEAF_OK;
}

static int is_wrong(const sheaf_evaluation *e, size_t profile, int closed)
{
	unsigned char said = e->labels.state[profile];

	return said == LABEL_NOT || (closed && said != LABEL_BELONGS);
}

/* A label, or none of them, with each section that is wrong. Answers how many there were. */
static sheaf_status note_wrong(sheaf_evaluation *e, size_t from, int closed, size_t *count,
                               sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	*count = 0;
	for (size_t i = 0; status == SHEAF_OK && i < e->placed.count; i++) {
		if (!is_wrong(e, e->placed.list[i], closed))
			continue;
		++*count;
		status = note_pair(e, from, e->placed.list[i], err);
	}
	return status;
}

static sheaf_status note_label(sheaf_evaluation *e, size_t from, int closed, int any_missed,
                               sheaf_error *err)
{
	int          found = e->placed.state[from];
	size_t       wrong = 0;
	sheaf_status status = SHEAF_OK;

	if (!found || !any_missed)
		status = note_wrong(e, from, closed, &wrong, err);
	if (status == SHEAF_OK && found)
		status = note_pair(e, from, from, err);
	if (status == SHEAF_OK && !found && !wrong)
		status = note_pair(e, from, SIZE_MAX, err);
	return status;
}

static sheaf_status note_confusions(sheaf_evaluation *e, int closed, size_t belongs, size_t missed,
                                    sheaf_error *err)
{
	size_t       wrong;
	sheaf_status status = SHEAF_OK;

	if (!belongs)
		return note_wrong(e, SIZE_MAX, closed, &wrong, err);
	for (size_t i = 0; status == SHEAF_OK && i < e->labels.count; i++)
		if (e->labels.state[e->labels.list[i]] == LABEL_BELONGS)
			status = note_label(e, e->labels.list[i], closed, missed > 0, err);
	return status;
}

/* ---- counts ---- */

sheaf_status evaluation_count_paper(sheaf_evaluation *e, int closed, sheaf_error *err)
{
	size_t       belongs = 0, missed = 0, wrong = 0;
	sheaf_status status;

	for (size_t i = 0; i < e->labels.count; i++) {
		size_t profile = e->labels.list[i];

		if (e->labels.state[profile] != LABEL_BELONGS)
			continue;
		belongs++;
		e->counts[profile].labelled++;
		e->counts[profile].right += e->placed.state[profile] != 0;
		missed += !e->placed.state[profile];
	}
	for (size_t i = 0; i < e->placed.count; i++) {
		if (!is_wrong(e, e->placed.list[i], closed))
			continue;
		e->counts[e->placed.list[i]].wrong++;
		wrong++;
	}
	e->totals.papers++;
	e->totals.labelled += belongs > 0;
	/* Of several labels one section can meet but one. */
	e->totals.right += belongs > missed && !wrong && (e->best || !missed);
	e->totals.unplaced += !e->placed.count;
	status = note_confusions(e, closed, belongs, missed, err);
	clear_marks(&e->labels);
	clear_marks(&e->placed);
	return status;
}

/* ---- measures ---- */

static double share(int64_t part, int64_t whole)
{
	return whole ? (double)part / (double)whole : NAN;
}

static sheaf_measures measure(int64_t labelled, int64_t placed, int64_t right)
{
	return (sheaf_measures){share(right, placed), share(right, labelled),
	                        share(2 * right, placed + labelled)};
}

static double or_zero(double value)
{
	return isnan(value) ? 0 : value;
}

static int by_frequency(const void *a, const void *b)
{
	const sheaf_confusion *x = a, *y = b;

	if (x->papers != y->papers)
		return x->papers > y->papers ? -1 : 1;
	if (x->label != y->label)
		return x->label < y->label ? -1 : 1;
	return (x->placed > y->placed) - (x->placed < y->placed);
}

static void sort_confusions(confusion_table *t)
{
	size_t used = 0;

	for (size_t i = 0; i < t->size; i++)
		if (t->items[i].papers)
			t->items[used++] = t->items[i];
	if (used)
		qsort(t->items, used, sizeof *t->items, by_frequency);
}

void evaluation_finish(sheaf_evaluation *e)
{
	sheaf_evaluation_totals *t = &e->totals;
	sheaf_measures           sum = {0, 0, 0};
	int64_t                  labelled = 0, placed = 0, right = 0;

	for (size_t i = 0; i < e->size; i++) {
		sheaf_evaluation_class c = sheaf_evaluation_get(e, i);

		labelled += c.labelled;
		placed += c.placed;
		right += c.right;
		t->measured += c.measured != 0;
		sum.precision += or_zero(c.measures.precision);
		sum.recall += or_zero(c.measures.recall);
		sum.f1 += or_zero(c.measures.f1);
	}
	t->micro = measure(labelled, placed, right);
	t->macro = (sheaf_measures){NAN, NAN, NAN};
	if (t->measured)
		t->macro = (sheaf_measures){sum.precision / (double)t->measured,
		                            sum.recall / (double)t->measured,
		                            sum.f1 / (double)t->measured};
	t->accuracy = e->best ? share(t->right, t->labelled) : NAN;
	sort_confusions(&e->confusions);
}

/* ---- what is told ---- */

size_t sheaf_evaluation_size(const sheaf_evaluation *e)
{
	return e ? e->size : 0;
}

sheaf_evaluation_class sheaf_evaluation_get(const sheaf_evaluation *e, size_t i)
{
	const evaluation_count *c;
	sheaf_evaluation_class  result = {0};

	if (!e || i >= e->size)
		return result;
	c = &e->counts[i];
	result = (sheaf_evaluation_class){.name = c->name,
	                                  .category = c->category,
	                                  .measured = c->measured,
	                                  .labelled = c->labelled,
	                                  .placed = c->right + c->wrong,
	                                  .right = c->right,
	                                  .measures = {NAN, NAN, NAN}};
	if (c->measured)
		result.measures = measure(result.labelled, result.placed, result.right);
	return result;
}

sheaf_evaluation_totals sheaf_evaluation_get_totals(const sheaf_evaluation *e)
{
	return e ? e->totals : (sheaf_evaluation_totals){0};
}

size_t sheaf_evaluation_confusion_count(const sheaf_evaluation *e)
{
	return e ? e->confusions.count : 0;
}

sheaf_confusion sheaf_evaluation_get_confusion(const sheaf_evaluation *e, size_t i)
{
	if (!e || i >= e->confusions.count)
		return (sheaf_confusion){SIZE_MAX, SIZE_MAX, 0};
	return e->confusions.items[i];
}
