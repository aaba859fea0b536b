/*
 * naive_ask.h: random queries: the tree as it was asked for, whose sets are told from it alone,
 * and the same through the public constructors, which simplify it.
 */
#ifndef NAIVE_ASK_H
#define NAIVE_ASK_H

#include "naive_match.h"
#include "naive_world.h"

enum { NAIVE_SUBS = 4 };

typedef struct naive_ask {
	sheaf_query      *leaf; /* owned; NULL: an operator */
	int               scale;
	sheaf_op          op;
	unsigned          window;
	double            factor;
	struct naive_ask *sub[NAIVE_SUBS];
	size_t            count;
} naive_ask;

static inline void naive_ask_free(naive_ask *a)
{
	for (size_t i = 0; i < a->count; i++)
		naive_ask_free(a->sub[i]);
	sheaf_query_free(a->leaf);
	free(a);
}

static inline sheaf_query *naive_to_sheaf(const naive_ask *a)
{
	sheaf_query *made = NULL, *subs[NAIVE_SUBS];
	sheaf_error  err;

	for (size_t i = 0; i < a->count; i++)
		subs[i] = naive_to_sheaf(a->sub[i]);
	if (a->leaf)
		must(sheaf_query_copy(a->leaf, &made, &err), &err);
	else if (a->scale)
		must(sheaf_query_new_scale(subs[0], a->factor, &made, &err), &err);
	else
		must(sheaf_query_new_op(a->op, subs, a->count, a->window, &made, &err), &err);
	return made;
}

/* ---- leaves ---- */

static inline sheaf_query *naive_ask_term(world *w, sheaf_field field, unsigned flags, size_t words)
{
	char         text[4 * NAIVE_WORD_SIZE] = "";
	sheaf_query *q;
	int          hyphen = words == 2 && !below(w, 2);

	for (size_t i = 0; i < words; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s",
		         !i       ? ""
		         : hyphen ? "-"
		                  : " ",
		         hyphen ? i ? "based" : "event" : naive_vocabulary[below(w, NAIVE_WORDS)]);
	if (flags == SHEAF_TERM_PREFIX)
		text[strlen(text) - below(w, 3)] = 0;
	must(sheaf_query_new_term(field, text, flags, &q, NULL), NULL);
	return q;
}

static inline sheaf_field naive_any_field(world *w)
{
	static const sheaf_field fields[] = {
		SHEAF_FIELD_ANY,    SHEAF_FIELD_ANY,      SHEAF_FIELD_ANY, SHEAF_FIELD_TITLE,
		SHEAF_FIELD_AUTHOR, SHEAF_FIELD_ABSTRACT, SHEAF_FIELD_ANY, SHEAF_FIELD_COMMENTS};

	return fields[below(w, 8)];
}

/* Stems; words; persons' names have rules of their own, which are not those of words. */
static inline unsigned naive_any_flags(world *w, sheaf_field field)
{
	return field != SHEAF_FIELD_AUTHOR && below(w, 3) ? SHEAF_TERM_STEMMED : 0;
}

static inline sheaf_query *naive_ask_words(world *w)
{
	sheaf_field field = naive_any_field(w);
	unsigned    flags = below(w, 5) ? naive_any_flags(w, field) : SHEAF_TERM_PREFIX;

	return naive_ask_term(w, field, flags, below(w, 3) ? 1 : 1 + below(w, 3));
}

/* Words side by side, in order or near each other. */
static inline sheaf_query *naive_ask_sequence(world *w, sheaf_op op)
{
	sheaf_query *subs[3], *q;
	size_t       count = 2 + below(w, 2);
	sheaf_field  field = naive_any_field(w);

	for (size_t i = 0; i < count; i++)
		subs[i] = naive_ask_term(w, field, naive_any_flags(w, field),
		                         below(w, 6) ? 1 : 3 - i);
	must(sheaf_query_new_op(op, subs, count, below(w, 4) ? below(w, 9) : 0, &q, NULL), NULL);
	return q;
}

static inline sheaf_query *naive_ask_wildcard(world *w)
{
	char         text[NAIVE_WORD_SIZE];
	size_t       len;
	sheaf_query *q;

	snprintf(text, sizeof text, "%s", naive_vocabulary[below(w, NAIVE_WORDS)]);
	len = strlen(text);
	if (below(w, 2))
		text[1 + below(w, len - 1)] = '?';
	if (below(w, 3)) {
		size_t at = 1 + below(w, len - 1);

		/* A star for some letters. */
		text[at] = '*';
		if (below(w, 2))
			text[at + 1 < len ? at + 1 : len] = 0;
	}
	must(sheaf_query_new_wildcard(naive_any_field(w), text, below(w, 2) ? 0 : 1 + below(w, 5),
	                              (sheaf_wildcard_limit)below(w, 3), &q, NULL),
	     NULL);
	return q;
}

static inline sheaf_query *naive_ask_synonym(world *w)
{
	sheaf_query *subs[NAIVE_SUBS], *q;
	size_t       count = 1 + below(w, NAIVE_SUBS);
	sheaf_field  field = naive_any_field(w);
	int          plain = below(w, 2) != 0; /* single words, which share a place */

	for (size_t i = 0; i < count; i++) {
		if (plain)
			subs[i] = naive_ask_term(w, field, naive_any_flags(w, field), 1);
		else if (!below(w, 4) && w->corpus.strategy != SHEAF_STEM_ALL)
			subs[i] = naive_ask_wildcard(w);
		else
			subs[i] = naive_ask_words(w);
	}
	must(sheaf_query_new_op(SHEAF_OP_SYNONYM, subs, count, 0, &q, NULL), NULL);
	return q;
}

static inline sheaf_query *naive_ask_range(world *w)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
	                                     SHEAF_FIELD_DATE};
	int64_t                  start = date_days(2023, 11, 1) * 86400, begin, end;
	sheaf_query             *q;

	begin = below(w, 5) ? start + (int64_t)below(w, 400) * 86400 : INT64_MIN;
	end = below(w, 5) ? start + (int64_t)below(w, 560) * 86400 + 86399 : INT64_MAX;
	must(sheaf_query_new_range(fields[below(w, 3)], begin, end, &q, NULL), NULL);
	return q;
}

static inline sheaf_query *naive_ask_slot_range(world *w)
{
	static const char *const bounds[] = {NULL, "a", "ab", "b", "bba", "c", ""};
	const char              *low = bounds[below(w, 7)], *high = bounds[below(w, 7)];
	sheaf_query             *q;

	must(sheaf_query_new_slot_range(NAIVE_SLOT + !below(w, 9), low, low ? strlen(low) : 0, high,
	                                high ? strlen(high) : 0, &q, NULL),
	     NULL);
	return q;
}

static inline sheaf_query *naive_ask_boolean(world *w)
{
	sheaf_query *q;
	int          own = below(w, 2) != 0;

	must(sheaf_query_new_term(own ? SHEAF_FIELD_TERM : SHEAF_FIELD_CATEGORY,
	                          own ? naive_own_term(below(w, NAIVE_OWN_TERMS))
	                              : naive_category(below(w, NAIVE_CATEGORIES)),
	                          0, &q, NULL),
	     NULL);
	return q;
}

typedef enum naive_kind {
	NAIVE_WORDS_KIND = 0,
	NAIVE_PHRASE_KIND,
	NAIVE_NEAR_KIND,
	NAIVE_WILDCARD_KIND,
	NAIVE_SYNONYM_KIND,
	NAIVE_BOOLEAN_KIND,
	NAIVE_RANGE_KIND,
	NAIVE_SLOT_KIND,
	NAIVE_ALL_KIND,
	NAIVE_KINDS
} naive_kind;

static inline naive_ask *naive_ask_leaf(world *w, naive_kind kind)
{
	naive_ask *a = calloc(1, sizeof *a);

	assert_non_null(a);
	/* An index of stems alone holds no words for a pattern to fit. */
	if (kind == NAIVE_WILDCARD_KIND && w->corpus.strategy == SHEAF_STEM_ALL)
		kind = NAIVE_WORDS_KIND;
	switch (kind) {
	case NAIVE_PHRASE_KIND: a->leaf = naive_ask_sequence(w, SHEAF_OP_PHRASE); break;
	case NAIVE_NEAR_KIND: a->leaf = naive_ask_sequence(w, SHEAF_OP_NEAR); break;
	case NAIVE_WILDCARD_KIND: a->leaf = naive_ask_wildcard(w); break;
	case NAIVE_SYNONYM_KIND: a->leaf = naive_ask_synonym(w); break;
	case NAIVE_BOOLEAN_KIND: a->leaf = naive_ask_boolean(w); break;
	case NAIVE_RANGE_KIND: a->leaf = naive_ask_range(w); break;
	case NAIVE_SLOT_KIND: a->leaf = naive_ask_slot_range(w); break;
	case NAIVE_ALL_KIND: must(sheaf_query_new_match_all(&a->leaf, NULL), NULL); break;
	default: a->leaf = naive_ask_words(w);
	}
	return a;
}

/* Mostly words. */
static inline naive_ask *naive_ask_any_leaf(world *w)
{
	return naive_ask_leaf(w,
	                      below(w, 2) ? NAIVE_WORDS_KIND : (naive_kind)below(w, NAIVE_KINDS));
}

/* ---- trees ---- */

static inline naive_ask *naive_ask_op(sheaf_op op)
{
	naive_ask *a = calloc(1, sizeof *a);

	assert_non_null(a);
	a->op = op;
	return a;
}

static inline naive_ask *naive_ask_tree(world *w, int depth)
{
	static const sheaf_op ops[] = {SHEAF_OP_AND,       SHEAF_OP_AND,     SHEAF_OP_OR,
	                               SHEAF_OP_OR,        SHEAF_OP_AND_NOT, SHEAF_OP_FILTER,
	                               SHEAF_OP_AND_MAYBE, SHEAF_OP_XOR,     SHEAF_OP_ELITE_SET,
	                               SHEAF_OP_OR};
	naive_ask            *a;

	if (!depth || !below(w, 4))
		return naive_ask_any_leaf(w);
	a = naive_ask_op(ops[below(w, 10)]);
	a->scale = !below(w, 7);
	a->count = a->scale ? 1 : 1 + below(w, NAIVE_SUBS);
	a->factor = below(w, 5) ? 0.25 * below(w, 20) : 1;
	a->window = a->op == SHEAF_OP_ELITE_SET ? 1 + below(w, 3) : 0;
	for (size_t i = 0; i < a->count; i++)
		a->sub[i] = naive_ask_tree(w, depth - 1);
	return a;
}

/* A chain of operators that take turns, so that nothing can be flattened. */
static inline naive_ask *naive_ask_chain(world *w, int depth)
{
	static const sheaf_op ops[] = {SHEAF_OP_AND,     SHEAF_OP_OR,        SHEAF_OP_AND,
	                               SHEAF_OP_OR,      SHEAF_OP_AND,       SHEAF_OP_OR,
	                               SHEAF_OP_AND_NOT, SHEAF_OP_AND_MAYBE, SHEAF_OP_XOR};
	naive_ask            *a = naive_ask_any_leaf(w);

	for (int i = 0; i < depth; i++) {
		naive_ask *above = naive_ask_op(ops[i % 9]);
		int        first = above->op != SHEAF_OP_AND_NOT && below(w, 2);

		above->count = 2;
		above->sub[first] = a;
		above->sub[!first] = naive_ask_leaf(w, NAIVE_WORDS_KIND);
		a = above;
	}
	return a;
}

/* Words side by side as people type them. */
static inline naive_ask *naive_ask_list(world *w)
{
	naive_ask *a = naive_ask_op(below(w, 2) ? SHEAF_OP_OR : SHEAF_OP_AND);

	a->count = 2 + below(w, 3);
	for (size_t i = 0; i < a->count; i++) {
		a->sub[i] = naive_ask_op(SHEAF_OP_OR);
		a->sub[i]->leaf = naive_ask_term(w, SHEAF_FIELD_ANY,
		                                 below(w, 4) ? SHEAF_TERM_STEMMED : 0, 1);
	}
	return a;
}

#endif
