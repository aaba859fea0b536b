/* classifier_decide.c: where a document belongs, once it is known what it matches. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "classifier_private.h"
#include "error.h"
#include "keywords.h"

static int asks(const sheaf_classifier *c, int64_t query)
{
	return query != NO_QUERY && percolator_test(c->percolator, (size_t)query);
}

/* What keeps a document that matches out of a section, but for other sections. */
static sheaf_verdict judge(const sheaf_classifier *c, size_t i, int percent)
{
	const classifier_entry *e = &c->entries[i];
	const sheaf_profile    *p = &c->set->profiles[i];

	if (c->select != NO_QUERY && !asks(c, c->select))
		return SHEAF_VERDICT_SELECT;
	if (e->require != NO_QUERY && !asks(c, e->require))
		return SHEAF_VERDICT_REQUIRE;
	if (asks(c, e->exclude))
		return SHEAF_VERDICT_EXCLUDE;
	if (c->set->digest.match == SHEAF_MATCH_QUERY && percent < p->min_percent)
		return SHEAF_VERDICT_MIN_PERCENT;
	return SHEAF_VERDICT_IN;
}

static void take_match(sheaf_classifier *c, size_t i, double weight, size_t *count)
{
	sheaf_class *result = &c->classes[(*count)++];

	*result = (sheaf_class){.profile = i};
	classifier_score(c, i, weight, result);
	result->verdict = judge(c, i, result->percent);
	c->found[i] = 1;
}

static void take_keywords(sheaf_classifier *c, size_t i, size_t *count)
{
	const sheaf_profile *p = &c->set->profiles[i];
	size_t               found = keyword_count(p, buf_str(&c->text));
	sheaf_class         *result = &c->classes[*count];

	if (!found)
		return;
	*result = (sheaf_class){.profile = i,
	                        .weight = (double)found,
	                        .score = (double)found,
	                        .percent = (int)(100 * found / p->keyword_count)};
	result->verdict = judge(c, i, result->percent);
	c->found[i] = 1;
	++*count;
}

/* The profiles that match, in the order of the file. */
static size_t find_matches(sheaf_classifier *c)
{
	size_t          count = 0, at = 0, hits;
	const uint32_t *matches = percolator_matches(c->percolator, &hits);

	memset(c->found, 0, c->set->count);
	if (c->set->digest.match == SHEAF_MATCH_KEYWORDS) {
		for (size_t i = 0; i < c->set->count; i++)
			take_keywords(c, i, &count);
		return count;
	}
	/* Both ascend: queries were added in the order of the profiles. */
	for (size_t i = 0; i < c->set->count && at < hits; i++) {
		if (c->entries[i].query != (int64_t)matches[at])
			continue;
		take_match(c, i, percolator_weight(c->percolator, matches[at]), &count);
		at++;
	}
	return count;
}

/* Scores that differ by no more than rounding does are the same. */
static int is_more(double score, double than)
{
	return score - than > 1e-9 * (fabs(score) + fabs(than));
}

/* assign: best: the highest score, of equals the first of the file. */
static void choose_best(sheaf_class *classes, size_t count)
{
	sheaf_class *best = NULL;
	double       highest = -INFINITY;

	for (size_t i = 0; i < count; i++)
		if (classes[i].verdict == SHEAF_VERDICT_IN)
			highest = fmax(highest, classes[i].score);
	for (size_t i = 0; !best && i < count; i++)
		if (classes[i].verdict == SHEAF_VERDICT_IN && !is_more(highest, classes[i].score))
			best = &classes[i];
	for (size_t i = 0; i < count; i++)
		if (classes[i].verdict == SHEAF_VERDICT_IN && &classes[i] != best)
			classes[i].verdict = is_more(best->score, classes[i].score)
			                             ? SHEAF_VERDICT_LESS
			                             : SHEAF_VERDICT_TIE;
}

/* The highest score first, then as in the file; a tolerance would be no order. */
static int by_score(const void *a, const void *b)
{
	const sheaf_class *x = a, *y = b;

	if (x->score > y->score || x->score < y->score)
		return x->score > y->score ? -1 : 1;
	return (x->profile > y->profile) - (x->profile < y->profile);
}

static size_t count_in(const sheaf_class *classes, size_t count)
{
	size_t in = 0;

	for (size_t i = 0; i < count; i++)
		in += classes[i].verdict == SHEAF_VERDICT_IN;
	return in;
}

sheaf_status classifier_decide(sheaf_classifier *c, const sheaf_document *doc, size_t *count,
                               sheaf_error *err)
{
	sheaf_status status = classifier_show(c, doc, c->columns, err);

	*count = 0;
	if (status != SHEAF_OK)
		return status;
	if (c->set->digest.match == SHEAF_MATCH_KEYWORDS) {
		keyword_text(doc, &c->text, &c->scratch);
		status = buf_status(&c->text, err);
		if (status != SHEAF_OK)
			return status;
	}
	*count = find_matches(c);
	if (c->set->digest.assign == SHEAF_ASSIGN_BEST)
		choose_best(c->classes, *count);
	qsort(c->classes, *count, sizeof *c->classes, by_score);
	if (c->set->digest.fallback && !count_in(c->classes, *count) &&
	    (c->select == NO_QUERY || asks(c, c->select)))
		c->classes[(*count)++] = (sheaf_class){.profile = SIZE_MAX};
	return SHEAF_OK;
}

sheaf_status sheaf_classifier_classify(sheaf_classifier *c, const sheaf_document *doc,
                                       sheaf_class_fn fn, void *ctx, sheaf_error *err)
{
	size_t       count;
	sheaf_status status;

	if (!c || !doc || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no classifier, no document or no function");
	status = classifier_decide(c, doc, &count, err);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		if (c->classes[i].verdict == SHEAF_VERDICT_IN && fn(ctx, &c->classes[i]))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	return status;
}
