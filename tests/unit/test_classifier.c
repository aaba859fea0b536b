/* Random profile sets and random papers: the classifier against one search a profile. */
#include "naive_verdicts.h"

/* ---- against the reference ---- */

enum { WORLDS = 8, SETS = 20, VERDICTS = SHEAF_VERDICT_TIE + 1 };

typedef struct told {
	const topic_world *w;
	sheaf_class        expected[TOPIC_PROFILES + 1];
	size_t             count, next;
	double             sum, last; /* of the clauses of the profile at hand */
	size_t             clauses;
	size_t            *seen; /* by verdict; then the fallback */
} told;

static int take_clause(void *ctx, const sheaf_class *result, const sheaf_clause *clause)
{
	told *t = ctx;

	assert_true(t->next < t->count);
	assert_true(result->profile == t->expected[t->next].profile);
	assert_true(!t->clauses || clause->weight <= t->last);
	assert_true(clause->occurrences > 0 && *clause->text && *clause->fields);
	t->last = clause->weight;
	t->sum += clause->weight;
	t->clauses++;
	return 0;
}

static int take_verdict(void *ctx, const sheaf_class *result)
{
	told              *t = ctx;
	const sheaf_class *expected = &t->expected[t->next++];

	assert_true(t->next <= t->count);
	assert_true(result->profile == expected->profile);
	assert_int_equal(result->verdict, expected->verdict);
	assert_true(naive_same(result->weight, expected->weight));
	assert_true(naive_same(result->score, expected->score));
	assert_int_equal(result->percent, expected->percent);
	if (result->profile != SIZE_MAX && result->verdict != SHEAF_VERDICT_NO_MATCH) {
		assert_true(t->clauses > 0);
		t->sum += t->w->weights ? t->w->profiles[result->profile].bias : 0;
		assert_true(fabs(t->sum - result->weight) <= 1e-9 * (1 + fabs(result->weight)));
	} else {
		assert_int_equal(t->clauses, 0);
	}
	t->seen[result->profile == SIZE_MAX ? VERDICTS : (int)result->verdict]++;
	t->sum = 0;
	t->clauses = 0;
	return 0;
}

static int take_in(void *ctx, const sheaf_class *result)
{
	told *t = ctx;

	while (t->next < t->count && t->expected[t->next].verdict != SHEAF_VERDICT_IN)
		t->next++;
	assert_true(t->next < t->count);
	assert_true(t->expected[t->next++].profile == result->profile);
	assert_int_equal(result->verdict, SHEAF_VERDICT_IN);
	return 0;
}

static void compare_paper(const topic_world *w, const naive_verdicts *v, sheaf_classifier *c,
                          size_t paper, size_t *seen)
{
	told            t = {.w = w, .seen = seen};
	sheaf_document *doc;
	sheaf_error     err;

	t.count = naive_classes(w, v, paper, t.expected);
	must(sheaf_database_get_document(w->db, w->papers[paper].docid, &doc, &err), &err);
	must(sheaf_classifier_explain(c, doc, take_verdict, take_clause, &t, &err), &err);
	assert_int_equal(t.next, t.count);
	t.next = 0;
	must(sheaf_classifier_classify(c, doc, take_in, &t, &err), &err);
	while (t.next < t.count)
		assert_int_not_equal(t.expected[t.next++].verdict, SHEAF_VERDICT_IN);
	sheaf_document_free(doc);
}

/* What is stored is what the classifier says, with the same weights. */
typedef struct stored {
	const topic_world    *w;
	const naive_verdicts *v;
	size_t                count;
} stored;

static int take_placement(void *ctx, const sheaf_placement *placement)
{
	stored     *s = ctx;
	sheaf_class classes[TOPIC_PROFILES + 1];
	size_t      paper = 0, count, found = 0;

	while (paper < s->w->count && s->w->papers[paper].docid != placement->docid)
		paper++;
	assert_true(paper < s->w->count);
	count = naive_classes(s->w, s->v, paper, classes);
	for (size_t i = 0; i < count; i++) {
		char name[32] = "";

		if (classes[i].profile != SIZE_MAX)
			snprintf(name, sizeof name, "p%zu", classes[i].profile);
		if (classes[i].verdict != SHEAF_VERDICT_IN || strcmp(name, placement->profile))
			continue;
		found++;
		assert_true(naive_same(placement->weight, classes[i].weight));
		assert_int_equal(placement->percent, classes[i].percent);
	}
	assert_int_equal(found, 1);
	s->count++;
	return 0;
}

static void compare_set(topic_world *w, size_t *seen)
{
	const size_t       before = seen[SHEAF_VERDICT_IN] + seen[VERDICTS];
	naive_verdicts     v;
	stored             s = {w, &v, 0};
	size_t             in;
	sheaf_profile_set *set;
	sheaf_classifier  *c;
	sheaf_error        err;

	topic_make_set(w);
	set = topic_set(w);
	naive_judge(w, &v);
	must(sheaf_classifier_new(w->db, set, &c, &err), &err);
	for (size_t paper = 0; paper < w->count; paper++)
		compare_paper(w, &v, c, paper, seen);
	in = seen[SHEAF_VERDICT_IN] + seen[VERDICTS] - before;
	assert_int_equal(fixture_classify(w->db, set, 0).matches, in);
	must(sheaf_placement_each(w->db, set, 0, take_placement, &s, &err), &err);
	assert_int_equal(s.count, in);
	sheaf_classifier_free(c);
	sheaf_profile_set_free(set);
}

static void verdicts_are_those_of_the_reference(void **state)
{
	topic_world w;
	size_t      seen[VERDICTS + 1] = {0};

	(void)state;
	for (unsigned i = 0; i < WORLDS; i++) {
		topic_open(&w, i, i ? TOPIC_PAPERS : 1);
		for (unsigned n = 0; n < SETS; n++)
			compare_set(&w, seen);
		topic_close(&w);
	}
	for (int i = 0; i <= VERDICTS; i++)
		assert_true(seen[i] > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(verdicts_are_those_of_the_reference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
