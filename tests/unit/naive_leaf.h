/* naive_leaf.h: how often a leaf of a query occurs in a paper, by looking at every word. */
#ifndef NAIVE_LEAF_H
#define NAIVE_LEAF_H

#include "naive_corpus.h"
#include "query_private.h"

enum { NAIVE_PART_WORDS = 12, NAIVE_PARTS = 4 };

/* Words one after the other. */
typedef struct naive_part {
	sheaf_field field;
	int         stemmed[NAIVE_PART_WORDS];
	naive_word  words[NAIVE_PART_WORDS];
	size_t      count;
	int         prefix; /* the last word is the beginning of one */
	int         hyphened;
} naive_part;

/* Adds the words of a TERM, which are divided by single blanks or hyphens. */
static inline void naive_add_words(const naive_corpus *c, const sheaf_query *term, naive_part *part)
{
	const char *text = term->text;

	part->field = term->field;
	part->prefix = (term->flags & SHEAF_TERM_PREFIX) != 0;
	part->hyphened = strchr(text, '-') && !strchr(text, ' ');
	while (*text) {
		size_t len = strcspn(text, " -");

		assert_true(part->count < NAIVE_PART_WORDS);
		part->stemmed[part->count] = (term->flags & SHEAF_TERM_STEMMED) && !part->prefix;
		part->words[part->count++] = naive_make_word(c, text, len);
		text += len + (text[len] != 0);
	}
}

/* Does a word of a column stand for a word of the query? */
static inline int naive_meets(const naive_corpus *c, const naive_part *part, size_t i,
                              const naive_word *found, int names)
{
	const naive_word *wanted = &part->words[i];
	const char *indexed = !names && c->strategy == SHEAF_STEM_ALL ? found->stem : found->text;

	if (!*found->text)
		return 0;
	if (part->prefix && i + 1 == part->count)
		return strncmp(indexed, wanted->text, strlen(wanted->text)) == 0;
	if (part->field == SHEAF_FIELD_AUTHOR || c->strategy == SHEAF_STEM_NONE ||
	    (c->strategy == SHEAF_STEM_SOME && !part->stemmed[i]))
		return strcmp(indexed, wanted->text) == 0;
	return strcmp(indexed, wanted->stem) == 0 ||
	       (!names && c->strategy == SHEAF_STEM_SOME &&
	        strcmp(found->stem, wanted->stem) == 0) ||
	       (names && part->field == SHEAF_FIELD_ANY && strcmp(indexed, wanted->text) == 0);
}

/* Does the part begin at this place of the column? */
static inline int naive_begins(const naive_corpus *c, const naive_part *part, const naive_paper *p,
                               int column, size_t start)
{
	for (size_t i = 0; i < part->count; i++)
		if (start + i >= p->count[column] ||
		    !naive_meets(c, part, i, &p->words[column][start + i],
		                 naive_columns[column].names))
			return 0;
	return part->count > 0;
}

static inline size_t naive_starts(const naive_corpus *c, const naive_part *part,
                                  const naive_paper *p, int column)
{
	size_t n = 0;

	for (size_t start = 0; start < p->count[column]; start++)
		n += (size_t)naive_begins(c, part, p, column, start);
	return n;
}

/* ---- a leaf, its words taken apart ---- */

typedef struct naive_leaf {
	query_type type;   /* TERM, PHRASE (side by side, or in a window), NEAR or SYNONYM */
	int        single; /* SYNONYM: of single words of one field, as if they were one word */
	naive_part parts[NAIVE_PARTS]; /* TERM and PHRASE side by side: one */
	size_t     count, window;
	naive_part joined;      /* of a TERM of hyphened words; no words: it is none */
	struct naive_leaf *sub; /* of a SYNONYM */
	size_t             sub_count;
} naive_leaf;

static inline void naive_leaf_clear(naive_leaf *leaf)
{
	for (size_t i = 0; i < leaf->sub_count; i++)
		naive_leaf_clear(&leaf->sub[i]);
	free(leaf->sub);
}

static inline int naive_is_single_word(const sheaf_query *q)
{
	return q->type == QUERY_TERM && !(q->flags & SHEAF_TERM_PREFIX) && !strpbrk(q->text, " -");
}

/* `event-based` is met as `eventbased`, too. */
static inline void naive_join(const naive_corpus *c, naive_leaf *leaf)
{
	const naive_part *part = &leaf->parts[0];
	char              text[NAIVE_PART_WORDS * NAIVE_WORD_SIZE] = "";

	for (size_t i = 0; i < part->count; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s",
		         part->words[i].text);
	leaf->joined = *part;
	leaf->joined.words[0] = naive_make_word(c, text, strlen(text));
	leaf->joined.count = 1;
}

/* Do two parts look for the same, by the words that they are met as? */
static inline int naive_parts_alike(const naive_corpus *c, const naive_part *x, const naive_part *y)
{
	if (x->count != y->count || x->prefix != y->prefix || x->field != y->field)
		return 0;
	for (size_t i = 0; i < x->count; i++) {
		int as_word = x->field == SHEAF_FIELD_AUTHOR || c->strategy == SHEAF_STEM_NONE ||
		              (x->prefix && i + 1 == x->count);
		int stems = !as_word && (c->strategy == SHEAF_STEM_ALL || x->stemmed[i]);
		int other = !as_word && (c->strategy == SHEAF_STEM_ALL || y->stemmed[i]);

		/* Where names are looked through, the word itself matters, too. */
		if (stems != other || (stems && strcmp(x->words[i].stem, y->words[i].stem) != 0) ||
		    ((!stems || x->field == SHEAF_FIELD_ANY) &&
		     strcmp(x->words[i].text, y->words[i].text) != 0))
			return 0;
	}
	return 1;
}

/* Takes apart a leaf without wildcards. `leaf` is all-zero. */
static inline void naive_take_apart(const naive_corpus *c, const sheaf_query *q, naive_leaf *leaf)
{
	int adjacent = q->type == QUERY_PHRASE && q->window <= q->count;

	leaf->type = q->type;
	leaf->window = adjacent ? 0 : q->window;
	leaf->single = 1;
	if (q->type == QUERY_SYNONYM) {
		leaf->sub = calloc(q->count, sizeof *leaf->sub);
		assert_non_null(leaf->sub);
		for (size_t i = 0; i < q->count; i++) {
			naive_take_apart(c, q->sub[i], &leaf->sub[leaf->sub_count++]);
			leaf->single &= naive_is_single_word(q->sub[i]) &&
			                q->sub[i]->field == q->sub[0]->field;
		}
		return;
	}
	assert_true(q->count <= NAIVE_PARTS);
	leaf->count = adjacent || !q->count ? 1 : q->count;
	for (size_t i = 0; i < q->count; i++)
		naive_add_words(c, q->sub[i], &leaf->parts[adjacent ? 0 : i]);
	if (q->type == QUERY_TERM) {
		naive_add_words(c, q, &leaf->parts[0]);
		if (leaf->parts[0].hyphened && (q->flags & SHEAF_TERM_STEMMED))
			naive_join(c, leaf);
	}
	/* The same twice: one behind the other. */
	if (q->type == QUERY_NEAR && q->count == 2 &&
	    naive_parts_alike(c, &leaf->parts[0], &leaf->parts[1]))
		leaf->type = QUERY_PHRASE;
}

/* ---- parts near each other ---- */

typedef struct naive_window {
	const naive_corpus *c;
	const naive_leaf   *leaf;
	const naive_paper  *p;
	int                 column;
	size_t              at[NAIVE_PARTS]; /* where the parts begin, as tried */
} naive_window;

static inline int naive_stands(const naive_window *w, size_t i)
{
	return naive_begins(w->c, &w->leaf->parts[i], w->p, w->column, w->at[i]);
}

/*
 * 1 where from the end of a part to the beginning of the last one there is no more than the
 * window.
 */
static inline int naive_reaches(const naive_window *w, size_t i, size_t last)
{
	return last + 1 <= w->at[i] + w->leaf->parts[i].count - 1 + w->leaf->window;
}

/* The i-th part and those after it, each behind the one before, the last not beyond the window. */
static inline int naive_in_order(naive_window *w, size_t i)
{
	size_t from = i ? w->at[i - 1] + w->leaf->parts[i - 1].count : 0;

	/* The first part counts as one position. */
	if (i == NAIVE_PARTS || i == w->leaf->count)
		return w->at[i - 1] < w->at[0] + w->leaf->parts[0].count - 1 + w->leaf->window;
	for (w->at[i] = from; w->at[i] < w->p->count[w->column]; w->at[i]++)
		if (naive_stands(w, i) && naive_in_order(w, i + 1))
			return 1;
	return 0;
}

static inline int naive_is_near(const naive_window *w)
{
	size_t last = 0;

	for (size_t i = 0; i < w->leaf->count; i++)
		last = w->at[i] > last ? w->at[i] : last;
	for (size_t i = 0; i < w->leaf->count; i++)
		if (!naive_reaches(w, i, last))
			return 0;
	return 1;
}

/*
 * The i-th part and those after it anywhere. One word may stand for two of three that are asked
 * for.
 */
static inline int naive_in_any_order(naive_window *w, size_t i)
{
	if (i == NAIVE_PARTS || i == w->leaf->count)
		return naive_is_near(w);
	for (w->at[i] = 0; w->at[i] < w->p->count[w->column]; w->at[i]++)
		if (naive_stands(w, i) && naive_in_any_order(w, i + 1))
			return 1;
	return 0;
}

/* 1 where two parts ask for the same words. */
static inline int naive_same_part(const naive_corpus *c, const naive_part *a, const naive_part *b)
{
	if (a->count != b->count || a->field != b->field)
		return 0;
	for (size_t i = 0; i < a->count; i++) {
		int names = a->field == SHEAF_FIELD_AUTHOR;
		int stems = !names && (c->strategy == SHEAF_STEM_ALL ||
		                       (c->strategy == SHEAF_STEM_SOME && a->stemmed[i]));

		if (!names && c->strategy == SHEAF_STEM_SOME && a->stemmed[i] != b->stemmed[i])
			return 0;
		if (strcmp(stems ? a->words[i].stem : a->words[i].text,
		           stems ? b->words[i].stem : b->words[i].text) != 0)
			return 0;
	}
	return 1;
}

/* Two of the same are two occurrences, which stand in some order. */
static inline int naive_is_ordered(const naive_corpus *c, const naive_leaf *leaf)
{
	return leaf->type == QUERY_PHRASE ||
	       (leaf->count == 2 && naive_same_part(c, &leaf->parts[0], &leaf->parts[1]));
}

/* Places of the first part that has the others near it. */
static inline size_t naive_count_window(const naive_corpus *c, const naive_leaf *leaf,
                                        const naive_paper *p, int column)
{
	naive_window w = {c, leaf, p, column, {0}};
	size_t       n = 0;

	for (; w.at[0] < p->count[column]; w.at[0]++)
		if (naive_stands(&w, 0))
			n += (size_t)(naive_is_ordered(c, leaf) ? naive_in_order(&w, 1)
			                                        : naive_in_any_order(&w, 1));
	return n;
}

/* ---- occurrences ---- */

static inline int naive_may_be_in(const naive_part *part, int column)
{
	return part->field == SHEAF_FIELD_ANY || part->field == naive_columns[column].field;
}

/* Places where one of single words stands. */
static inline size_t naive_count_places(const naive_corpus *c, const naive_leaf *leaf,
                                        const naive_paper *p, int column)
{
	size_t n = 0;

	for (size_t at = 0; at < p->count[column]; at++) {
		int found = 0;

		for (size_t i = 0; i < leaf->sub_count && !found; i++)
			found = naive_begins(c, &leaf->sub[i].parts[0], p, column, at);
		n += (size_t)found;
	}
	return n;
}

/* How often a leaf occurs in a column. */
static inline size_t naive_count(const naive_corpus *c, const naive_leaf *leaf,
                                 const naive_paper *p, int column)
{
	size_t n = 0;

	if (leaf->type == QUERY_SYNONYM && !leaf->single) {
		for (size_t i = 0; i < leaf->sub_count; i++)
			n += naive_count(c, &leaf->sub[i], p, column);
		return n;
	}
	if (!naive_may_be_in(leaf->sub ? &leaf->sub[0].parts[0] : &leaf->parts[0], column))
		return 0;
	if (leaf->type == QUERY_SYNONYM)
		return naive_count_places(c, leaf, p, column);
	if (leaf->window)
		return naive_count_window(c, leaf, p, column);
	n = naive_starts(c, &leaf->parts[0], p, column);
	return n + naive_starts(c, &leaf->joined, p, column);
}

#endif
