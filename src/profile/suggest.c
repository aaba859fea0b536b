#include <sheaf/suggest.h>

#include <sheaf/enquire.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"

enum { TERMS = 30, CANDIDATES = 2000 };

#define UNLIKE_SHARE 0.5

/* A list of words, by what they say about a set of papers. */
typedef struct words {
	sheaf_rset *rset;
	sheaf_eset *eset;
	size_t      count;
} words;

typedef struct ranked {
	size_t  place; /* among the words of `like` */
	double  weight;
	int64_t unliked;
} ranked;

static void words_free(words *w)
{
	sheaf_eset_free(w->eset);
	sheaf_rset_free(w->rset);
}

static sheaf_status read_words(words *w, sheaf_database *db, const sheaf_docid *docids,
                               size_t count, sheaf_error *err)
{
	const sheaf_eset_options how = {.scheme = SHEAF_EXPANSION_BO1};
	sheaf_enquire           *enquire = NULL;
	sheaf_status             status = sheaf_rset_new(&w->rset, err);

	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		status = sheaf_rset_add_document(w->rset, docids[i], 1, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_new(db, &enquire, err);
	if (status == SHEAF_OK && count)
		status = sheaf_enquire_get_eset(enquire, CANDIDATES, w->rset, &how, &w->eset, err);
	if (status == SHEAF_OK && count)
		w->count = sheaf_eset_size(w->eset);
	sheaf_enquire_free(enquire);
	return status;
}

/* The place of a word; SIZE_MAX: it is not there. Lists are short enough to be looked through. */
static size_t find_word(const words *w, const char *term)
{
	for (size_t i = 0; i < w->count; i++)
		if (strcmp(sheaf_eset_get_term(w->eset, i), term) == 0)
			return i;
	return SIZE_MAX;
}

static double share_of(const words *w, size_t i)
{
	return sheaf_eset_get_weight(w->eset, i) / sheaf_eset_get_weight(w->eset, 0);
}

static int by_weight(const void *a, const void *b)
{
	const ranked *x = a, *y = b;

	if (x->weight > y->weight || x->weight < y->weight)
		return x->weight > y->weight ? -1 : 1;
	return (x->place > y->place) - (x->place < y->place);
}

static size_t rank(const words *like, const words *unlike, ranked *list)
{
	size_t count = 0;

	for (size_t i = 0; i < like->count; i++) {
		size_t other = find_word(unlike, sheaf_eset_get_term(like->eset, i));
		ranked now = {i, share_of(like, i), 0};

		if (other != SIZE_MAX) {
			now.weight -= UNLIKE_SHARE * share_of(unlike, other);
			now.unliked = (int64_t)sheaf_eset_get_rset_freq(unlike->eset, other);
		}
		if (now.weight > 0)
			list[count++] = now;
	}
	if (count)
		qsort(list, count, sizeof *list, by_weight);
	return count;
}

static sheaf_status tell(const words *like, const ranked *list, size_t count,
                         sheaf_suggestion_fn fn, void *ctx, sheaf_error *err)
{
	for (size_t i = 0; i < count; i++) {
		size_t           at = list[i].place;
		sheaf_suggestion now = {.term = sheaf_eset_get_term(like->eset, at),
		                        .weight = list[i].weight / list[0].weight,
		                        .liked = (int64_t)sheaf_eset_get_rset_freq(like->eset, at),
		                        .unliked = list[i].unliked,
		                        .documents = sheaf_eset_get_termfreq(like->eset, at)};

		if (fn(ctx, &now))
			return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	return SHEAF_OK;
}

sheaf_status sheaf_suggest(sheaf_database *db, const sheaf_docid *like, size_t like_count,
                           const sheaf_docid *unlike, size_t unlike_count, size_t terms,
                           sheaf_suggestion_fn fn, void *ctx, sheaf_error *err)
{
	words        liked = {0}, unliked = {0};
	ranked      *list = NULL;
	size_t       count = 0;
	sheaf_status status;

	if (!db || !fn || !like || !like_count || (unlike_count && !unlike))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, no example or no function");
	status = read_words(&liked, db, like, like_count, err);
	if (status == SHEAF_OK)
		status = read_words(&unliked, db, unlike, unlike_count, err);
	if (status == SHEAF_OK) {
		list = mem_calloc(liked.count + 1, sizeof *list);
		status = list ? SHEAF_OK : sheaf_nomem(err);
	}
	if (status == SHEAF_OK) {
		count = rank(&liked, &unliked, list);
		terms = terms ? terms : TERMS;
		status = tell(&liked, list, count < terms ? count : terms, fn, ctx, err);
	}
	mem_free(list);
	words_free(&liked);
	words_free(&unliked);
	return status;
}
