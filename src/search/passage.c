#include "passage.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "str.h"

void passage_free(passage *p)
{
	mem_free(p->words);
	memset(p, 0, sizeof *p);
}

static int add(void *ctx, size_t begin, size_t end, size_t number)
{
	passage      *p = ctx;
	passage_word *grown;
	size_t        size = p->size ? p->size * 2 : 256;

	if (p->count == p->size) {
		grown = mem_realloc_array(p->words, size, sizeof *grown);
		if (!grown) {
			p->failed = 1;
			return 1;
		}
		p->words = grown;
		p->size = size;
	}
	p->words[p->count++] = (passage_word){begin, end, number};
	return 0;
}

/* What the words in a window are worth; whole numbers, so that taking away undoes adding. */
typedef struct window {
	const highlight *h;
	const passage   *p;
	uint32_t *worth; /* of a query's word; of its standing behind its neighbour, a half */
	size_t   *seen;  /* how often each word of the query is in the window */
	size_t   *pairs; /* how often each stands behind its neighbour */
	uint64_t  sum;
	size_t    matches;
} window;

enum { WORTH_OF_ONE = 1000 };

static sheaf_status window_begin(window *w, highlight *h, const passage *p, sheaf_error *err)
{
	size_t        count = highlight_count(h) + 1;
	const double *weights;
	sheaf_status  status = highlight_weights(h, &weights, err);

	if (status != SHEAF_OK)
		return status;
	w->h = h;
	w->p = p;
	w->worth = mem_calloc(count, sizeof *w->worth);
	w->seen = mem_calloc(count, sizeof *w->seen);
	w->pairs = mem_calloc(count, sizeof *w->pairs);
	if (!w->worth || !w->seen || !w->pairs)
		return sheaf_nomem(err);
	for (size_t i = 0; i < count; i++)
		w->worth[i] = (uint32_t)(weights[i] * WORTH_OF_ONE) + 2;
	return SHEAF_OK;
}

static void window_end(window *w)
{
	mem_free(w->worth);
	mem_free(w->seen);
	mem_free(w->pairs);
}

/* 1 where words i - 1 and i stand side by side as in the query. */
static int is_pair(const window *w, size_t i)
{
	size_t a = w->p->words[i - 1].number, b = w->p->words[i].number;

	return a && b && highlight_are_neighbours(w->h, a, b);
}

/* Word i comes in at the end; `alone`: the one before it is not in the window. */
static void window_take(window *w, size_t i, int alone)
{
	size_t number = w->p->words[i].number;

	if (!number)
		return;
	w->matches++;
	if (w->seen[number]++ == 0)
		w->sum += w->worth[number];
	if (!alone && is_pair(w, i) && w->pairs[number]++ == 0)
		w->sum += w->worth[number] / 2;
}

/* Word i goes at the beginning; the one behind it stays. */
static void window_drop(window *w, size_t i)
{
	size_t number = w->p->words[i].number, next = w->p->words[i + 1].number;

	if (!number)
		return;
	w->matches--;
	if (--w->seen[number] == 0)
		w->sum -= w->worth[number];
	/* In a window of one word no pair was ever taken. */
	if (is_pair(w, i + 1) && w->pairs[next] && --w->pairs[next] == 0)
		w->sum -= w->worth[next] / 2;
}

/* The window [from, to) anew; answers where the last word ends that made it worth more. */
static size_t window_fill(window *w, size_t from, size_t to)
{
	size_t end = from;

	memset(w->seen, 0, (highlight_count(w->h) + 1) * sizeof *w->seen);
	memset(w->pairs, 0, (highlight_count(w->h) + 1) * sizeof *w->pairs);
	w->sum = w->matches = 0;
	for (size_t i = from; i < to; i++) {
		uint64_t before = w->sum;

		window_take(w, i, i == from);
		if (w->sum > before)
			end = i + 1;
	}
	return end;
}

/* Narrows [*from, *to) as long as it stays worth the same. */
static void window_narrow(window *w, size_t *from, size_t *to)
{
	size_t   at = *from, end = window_fill(w, *from, *to);
	uint64_t sum = w->sum;

	window_fill(w, at, end);
	while (at + 1 < end) {
		window_drop(w, at);
		if (w->sum < sum)
			break;
		at++;
	}
	*from = at;
	*to = end;
}

/*
 * The matches to show: those of the best window of `most` words, which is the heaviest, then the
 * one with the most of them. *to is 0 where there are none.
 */
static sheaf_status find_matches(highlight *h, const passage *p, size_t most, size_t *from,
                                 size_t *to, sheaf_error *err)
{
	window       w = {0};
	uint64_t     best = 0;
	size_t       matches = 0;
	sheaf_status status = window_begin(&w, h, p, err);

	*from = *to = 0;
	for (size_t i = 0; status == SHEAF_OK && i < p->count; i++) {
		if (i >= most)
			window_drop(&w, i - most);
		window_take(&w, i, i == 0 || most == 1);
		if (w.sum > best || (w.sum == best && w.matches > matches)) {
			best = w.sum;
			matches = w.matches;
			*to = i + 1;
			*from = i + 1 > most ? i + 1 - most : 0;
		}
	}
	if (status == SHEAF_OK && *to)
		window_narrow(&w, from, to);
	window_end(&w);
	return status;
}

static int is_abbreviation(const char *word, size_t len)
{
	static const char *const known[] = {"al",   "cf",   "dr",  "eq", "eqs", "etc",  "fig",
	                                    "figs", "mr",   "mrs", "no", "nos", "prof", "ref",
	                                    "refs", "resp", "sec", "st", "vol", "vs",   NULL};

	if (len <= 1)
		return 1;
	for (const char *const *k = known; *k; k++)
		if (strlen(*k) == len && str_ieq_n(*k, word, len))
			return 1;
	return 0;
}

/* Ideographic full stops end a sentence without a blank. */
static int has_wide_stop(const char *gap, size_t len)
{
	static const char *const stops[] = {"\xE3\x80\x82", "\xEF\xBC\x81", "\xEF\xBC\x9F"};

	for (size_t i = 0; i + 3 <= len; i++)
		for (size_t j = 0; j < sizeof stops / sizeof *stops; j++)
			if (memcmp(gap + i, stops[j], 3) == 0)
				return 1;
	return 0;
}

/* Does a sentence begin with word i? */
static int begins_sentence(const passage *p, const char *source, size_t i)
{
	const passage_word *before;
	const char         *gap;
	size_t              len, n = 0;

	if (i == 0)
		return 1;
	before = &p->words[i - 1];
	gap = source + before->end;
	len = p->words[i].begin > before->end ? p->words[i].begin - before->end : 0;
	if (has_wide_stop(gap, len))
		return 1;
	while (n < len && strchr(")]}\"'$", gap[n]))
		n++;
	if (n == len || !strchr(".!?", gap[n]))
		return 0;
	if (gap[n] == '.' && is_abbreviation(source + before->begin, before->end - before->begin))
		return 0;
	n++;
	while (n < len && strchr(")]}\"'$", gap[n]))
		n++;
	/* "approx. 3 mm", "resp. left": what goes on in lower case is no new sentence. */
	return n < len && str_is_space((unsigned char)gap[n]) &&
	       !(source[p->words[i].begin] >= 'a' && source[p->words[i].begin] <= 'z');
}

/*
 * Shows the matches [first, end) from the beginning of the first one's sentence on where all still
 * fits, else with them in the middle.
 */
static void place(passage *p, const char *source, size_t first, size_t end, size_t most)
{
	size_t slack = most - (end - first), start = first;

	while (first - start < slack && !begins_sentence(p, source, start))
		start--;
	if (!begins_sentence(p, source, start))
		start = first > slack / 2 ? first - slack / 2 : 0;
	if (start > p->count - most)
		start = p->count - most;
	p->from = start;
	p->to = start + most;
}

/* Ends it with the last whole sentence that has all matches and is not much shorter. */
static void end_well(passage *p, const char *source, size_t matches_end)
{
	size_t least = p->from + (p->to - p->from) / 2;

	least = least > matches_end ? least : matches_end;
	for (size_t to = p->to; to > p->from && to >= least && to < p->count; to--)
		if (begins_sentence(p, source, to)) {
			p->to = to;
			return;
		}
}

sheaf_status passage_find(highlight *h, sheaf_field field, const char *source, size_t most,
                          passage *p, sheaf_error *err)
{
	size_t       first, end;
	sheaf_status status = highlight_split(h, field, source, strlen(source), add, p, err);

	if (status == SHEAF_OK && p->failed)
		status = sheaf_nomem(err);
	if (status != SHEAF_OK)
		return status;
	p->to = p->count;
	if (p->count > most) {
		status = find_matches(h, p, most, &first, &end, err);
		if (status != SHEAF_OK)
			return status;
		place(p, source, first, end, most);
		end_well(p, source, end);
	}
	p->starts = p->from < p->count && begins_sentence(p, source, p->from);
	p->ends = p->to < p->count && begins_sentence(p, source, p->to);
	return SHEAF_OK;
}
