#include "suggest_threshold.h"

#include <sheaf/classifier.h>

#include "error.h"

enum { PERCENTS = 101 };

/* Papers by the percentage that the query gives them; 0: it does not match. */
typedef struct tally {
	size_t like[PERCENTS], unlike[PERCENTS];
	int    percent; /* of the paper at hand */
} tally;

static int take_class(void *ctx, const sheaf_class *result)
{
	((tally *)ctx)->percent = result->percent;
	return 0;
}

static sheaf_status count_papers(session *s, sheaf_classifier *c, const sheaf_docid *docids,
                                 size_t count, tally *t, size_t *counts, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		sheaf_document *doc = NULL;

		t->percent = 0;
		status = sheaf_database_get_document(s->db, docids[i], &doc, err);
		if (status == SHEAF_OK)
			status = sheaf_classifier_classify(c, doc, take_class, t, err);
		if (status == SHEAF_OK && t->percent >= 0 && t->percent < PERCENTS)
			counts[t->percent]++;
		sheaf_document_free(doc);
	}
	return status;
}

/* The percentages that are as good as the best, as far as they follow each other: their middle. */
static int choose(const tally *t)
{
	size_t in = 0, out = 0, best = 0;
	int    first = 0, last = 0;

	for (int p = 1; p < PERCENTS; p++)
		in += t->like[p];
	out = t->unlike[0];
	best = in + out;
	for (int p = 1, running = 1; p < PERCENTS; p++) {
		/* p as the least percentage: what has less is out. */
		in -= p > 1 ? t->like[p - 1] : 0;
		out += p > 1 ? t->unlike[p - 1] : 0;
		if (in + out > best) {
			best = in + out;
			first = last = p;
			running = 1;
		} else if (running && in + out == best) {
			last = p;
		} else {
			running = 0;
		}
	}
	return (first + last) / 2;
}

static sheaf_status measure(session *s, const sheaf_profile_set *set, const sheaf_docid *like,
                            size_t like_count, const sheaf_docid *unlike, size_t unlike_count,
                            int *percent, sheaf_error *err)
{
	sheaf_classifier *c = NULL;
	tally             t = {{0}, {0}, 0};
	sheaf_status      status = sheaf_classifier_new(s->db, set, &c, err);

	if (status == SHEAF_OK)
		status = count_papers(s, c, like, like_count, &t, t.like, err);
	if (status == SHEAF_OK)
		status = count_papers(s, c, unlike, unlike_count, &t, t.unlike, err);
	if (status == SHEAF_OK)
		*percent = choose(&t);
	sheaf_classifier_free(c);
	return status;
}

sheaf_status suggest_threshold(session *s, const char *query, const sheaf_docid *like,
                               size_t like_count, const sheaf_docid *unlike, size_t unlike_count,
                               int *percent, sheaf_error *err)
{
	buf                yaml = BUF_INIT(0);
	sheaf_profile_set *set = NULL;
	sheaf_status       status;

	*percent = 0;
	buf_puts(&yaml, "digest: {name: suggestion}\nprofiles:\n  suggestion:\n    query: |\n");
	buf_puts(&yaml, query);
	buf_putc(&yaml, '\n');
	status = buf_status(&yaml, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_parse(yaml.data, yaml.len, "suggestion", &set, err);
	if (status == SHEAF_OK)
		status = measure(s, set, like, like_count, unlike, unlike_count, percent, err);
	sheaf_profile_set_free(set);
	buf_free(&yaml);
	return status;
}
