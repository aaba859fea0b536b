#include "highlight.h"

#include <string.h>

#include "alloc.h"
#include "bm25.h"
#include "database_private.h"
#include "error.h"
#include "field.h"
#include "match_run.h"
#include "stemmer.h"
#include "words.h"

enum {
	COMPARED_MAX = 256, /* words among which repeated ones are found */
	WEIGHED_MAX = 32    /* more words than that are not counted one by one */
};

struct highlight {
	plan            plan;    /* for its words */
	sheaf_database *db;      /* borrowed; its stemmer may change with a reindex */
	size_t         *numbers; /* of the plan's words: a word that comes again has the first's */
	double         *weights; /* by number; NULL: not yet asked for */
	int64_t         firsts_of;   /* the tokenizer that the next was made for; -1: none yet */
	unsigned char   firsts[256]; /* 1: a word beginning so may have one of the stems */
};

static int same_word(const leaf_word *a, const leaf_word *b)
{
	return a->len == b->len && a->stemmed == b->stemmed && a->prefix == b->prefix &&
	       memcmp(a->text, b->text, a->len) == 0;
}

static sheaf_status number_words(highlight *h, sheaf_error *err)
{
	const leaf_words *words = &h->plan.words;

	h->numbers = mem_calloc(words->count + 1, sizeof *h->numbers);
	if (!h->numbers)
		return sheaf_nomem(err);
	for (size_t i = 0; i < words->count; i++) {
		h->numbers[i] = i + 1;
		for (size_t j = 0; i < COMPARED_MAX && j < i; j++)
			if (same_word(&words->list[j], &words->list[i])) {
				h->numbers[i] = j + 1;
				break;
			}
	}
	return SHEAF_OK;
}

sheaf_status highlight_new(sheaf_database *db, const sheaf_query *query, highlight **out,
                           sheaf_error *err)
{
	highlight   *h = mem_calloc(1, sizeof *h);
	sheaf_status status;

	*out = NULL;
	if (!h)
		return sheaf_nomem(err);
	h->db = db;
	h->firsts_of = -1;
	status = plan_prepare(db, query, &h->plan, err);
	if (status == SHEAF_OK)
		status = number_words(h, err);
	if (status != SHEAF_OK) {
		highlight_free(h);
		return status;
	}
	*out = h;
	return SHEAF_OK;
}

void highlight_free(highlight *h)
{
	if (!h)
		return;
	plan_free(&h->plan);
	mem_free(h->numbers);
	mem_free(h->weights);
	mem_free(h);
}

size_t highlight_count(const highlight *h)
{
	return h->plan.words.count;
}

/*
 * A family is counted even where the word itself is looked for: that is quick for any word, and
 * tells as well which one says more.
 */
static sheaf_status weigh_word(highlight *h, const leaf_word *l, int64_t documents, double *weight,
                               sheaf_error *err)
{
	int          name = field_get(l->field)->kind == FIELD_NAME;
	sheaf_query  query = {.type = QUERY_TERM,
	                      .field = name ? l->field : SHEAF_FIELD_ANY,
	                      .flags = name ? 0 : SHEAF_TERM_STEMMED};
	int64_t      count, occurrences;
	sheaf_status status;

	query.text = l->word ? l->word : l->text;
	status = match_count(h->db, &query, &count, &occurrences, err);
	if (status == SHEAF_OK)
		*weight = bm25_idf(documents, count);
	return status;
}

/* Where there is one word, or too many, no counting would tell them apart. */
static int is_weighed(const highlight *h)
{
	size_t count = h->plan.words.count;

	for (size_t i = 0; i < count && count <= WEIGHED_MAX; i++)
		if (h->numbers[i] != 1)
			return 1;
	return 0;
}

sheaf_status highlight_weights(highlight *h, const double **weights, sheaf_error *err)
{
	size_t       count = h->plan.words.count;
	int64_t      documents = 0;
	sheaf_status status = SHEAF_OK;

	*weights = h->weights;
	if (h->weights)
		return SHEAF_OK;
	h->weights = mem_calloc(count + 1, sizeof *h->weights);
	if (!h->weights)
		return sheaf_nomem(err);
	for (size_t i = 0; i <= count; i++)
		h->weights[i] = 1;
	if (!is_weighed(h))
		count = 0;
	else
		status = sheaf_database_get_doccount(h->db, &documents, err);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		if (h->numbers[i] == i + 1 && !h->plan.words.list[i].prefix)
			status = weigh_word(h, &h->plan.words.list[i], documents,
			                    &h->weights[i + 1], err);
	if (status != SHEAF_OK) {
		mem_free(h->weights);
		h->weights = NULL;
	}
	*weights = h->weights;
	return status;
}

int highlight_are_neighbours(const highlight *h, size_t a, size_t b)
{
	for (size_t i = 0; i + 1 < h->plan.words.count && i < COMPARED_MAX; i++)
		if (h->numbers[i] == a && h->numbers[i + 1] == b)
			return 1;
	return 0;
}

typedef struct walk {
	const highlight *h;
	sheaf_field      field;
	highlight_fn     fn;
	void            *ctx;
	sheaf_status     status;
	sheaf_error     *err;
} walk;

static size_t number_of(const walk *w, const word *found, const char *stem, size_t stem_len)
{
	const leaf_words *words = &w->h->plan.words;

	for (size_t i = 0; i < words->count; i++) {
		const leaf_word *l = &words->list[i];

		if (l->field != SHEAF_FIELD_ANY && l->field != w->field)
			continue;
		if (l->prefix && found->len >= l->len && memcmp(found->text, l->text, l->len) == 0)
			return w->h->numbers[i];
		if (l->stemmed ? stem && stem_len == l->len && memcmp(stem, l->text, l->len) == 0
		               : found->len == l->len && memcmp(found->text, l->text, l->len) == 0)
			return w->h->numbers[i];
	}
	return 0;
}

/* Stemming each word of an abstract costs more than all else about it. */
static void mark_firsts(highlight *h)
{
	const leaf_words *words = &h->plan.words;

	if (h->firsts_of >= 0 && h->firsts_of == h->db->fingerprint)
		return;
	memset(h->firsts, 0, sizeof h->firsts);
	for (size_t i = 0; i < words->count; i++)
		if (words->list[i].stemmed)
			stem_mark_firsts(h->db->tokenizer.config.stem, words->list[i].text,
			                 words->list[i].len, h->firsts);
	h->firsts_of = h->db->fingerprint;
}

static int visit(void *ctx, const word *found)
{
	walk       *w = ctx;
	const char *stem = NULL;
	size_t      stem_len = 0;

	if (!found->len || !w->h->firsts[(unsigned char)*found->text])
		return w->fn(w->ctx, found->begin, found->end, number_of(w, found, NULL, 0));
	w->status = sheaf_stem_word(w->h->db->tokenizer.config.stem, found->text, found->len, &stem,
	                            &stem_len, w->err);
	if (w->status != SHEAF_OK)
		return 1;
	return w->fn(w->ctx, found->begin, found->end, number_of(w, found, stem, stem_len));
}

sheaf_status highlight_split(highlight *h, sheaf_field field, const char *text, size_t len,
                             highlight_fn fn, void *ctx, sheaf_error *err)
{
	walk       w = {h, field, fn, ctx, SHEAF_OK, err};
	words_sink sink = {&w, visit, NULL};
	words_mode mode = field_get(field)->kind == FIELD_NAME ? WORDS_NAMES : WORDS_PROSE;

	mark_firsts(h);
	words_split(text, len, mode, &sink);
	return w.status;
}
