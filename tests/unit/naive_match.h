/*
 * naive_match.h: what a query means, the slow and simple way: every paper is looked at, every word
 * compared. For tests of the engine against it.
 */
#ifndef NAIVE_MATCH_H
#define NAIVE_MATCH_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scratch_db.h"

enum {
	NAIVE_WORD_SIZE = 24,
	NAIVE_COLUMNS = 4, /* title, abstract, authors, comments */
	NAIVE_COLUMN_WORDS = 40,
	NAIVE_LEAF_WORDS = 3,
	NAIVE_SUBS = 4,
	NAIVE_PAPERS = 400
};

typedef struct naive_word {
	char text[NAIVE_WORD_SIZE], stem[NAIVE_WORD_SIZE];
} naive_word;

typedef struct naive_paper {
	int            alive;
	char           id[32];
	sheaf_docid    docid;
	sheaf_revision revision;
	naive_word words[NAIVE_COLUMNS][NAIVE_COLUMN_WORDS]; /* an empty word: the end of a name */
	size_t     count[NAIVE_COLUMNS];
	unsigned   categories;         /* a bit each */
	sheaf_time submitted, updated; /* SHEAF_TIME_NONE: not known */
	sheaf_time month, month_end;   /* of the identifier */
} naive_paper;

typedef struct naive_corpus {
	naive_paper         papers[NAIVE_PAPERS];
	size_t              count;
	sheaf_stem_strategy strategy;
	double              weight[NAIVE_COLUMNS];
	sheaf_stem         *stem;
} naive_corpus;

typedef enum naive_type {
	NAIVE_WORDS,
	NAIVE_CATEGORY,
	NAIVE_RANGE,
	NAIVE_ALL,
	NAIVE_AND,
	NAIVE_OR,
	NAIVE_AND_NOT,
	NAIVE_FILTER,
	NAIVE_SCALE
} naive_type;

typedef struct naive_query {
	naive_type          type;
	sheaf_field         field;
	unsigned            flags;   /* SHEAF_TERM_* */
	int                 hyphens; /* between the words of a leaf */
	naive_word          words[NAIVE_LEAF_WORDS], joined;
	size_t              word_count;
	unsigned            category; /* number of its bit */
	int64_t             begin, end;
	double              factor;
	struct naive_query *sub[NAIVE_SUBS];
	size_t              count;
	/* of WORDS, filled by naive_prepare() */
	double tf[NAIVE_PAPERS];
	int    present[NAIVE_PAPERS];
	double idf;
} naive_query;

/* Columns by their number here. */
static const struct {
	sheaf_field field;
	int         names;
} naive_columns[NAIVE_COLUMNS] = {{SHEAF_FIELD_TITLE, 0},
                                  {SHEAF_FIELD_ABSTRACT, 0},
                                  {SHEAF_FIELD_AUTHOR, 1},
                                  {SHEAF_FIELD_COMMENTS, 0}};

static inline const char *naive_category(unsigned number)
{
	static const char *const names[] = {"cs.NE",  "cs.NEX", "math.CO", "q-bio.NC",
	                                    "hep-th", "cs.AI",  "stat.ML", "eess.SP"};

	return names[number % 8];
}

static inline void naive_query_free(naive_query *q)
{
	for (size_t i = 0; i < q->count; i++)
		naive_query_free(q->sub[i]);
	free(q);
}

/* ---- the same query through the public interface ---- */

static inline sheaf_query *naive_to_sheaf(const naive_query *q)
{
	static const sheaf_op ops[] = {[NAIVE_AND] = SHEAF_OP_AND,
	                               [NAIVE_OR] = SHEAF_OP_OR,
	                               [NAIVE_AND_NOT] = SHEAF_OP_AND_NOT,
	                               [NAIVE_FILTER] = SHEAF_OP_FILTER};
	sheaf_query          *made = NULL, *subs[NAIVE_SUBS];
	char                  text[NAIVE_LEAF_WORDS * (NAIVE_WORD_SIZE + 1)] = "";
	sheaf_error           err;

	for (size_t i = 0; i < q->word_count; i++)
		snprintf(text + strlen(text), sizeof text - strlen(text), "%s%s",
		         !i           ? ""
		         : q->hyphens ? "-"
		                      : " ",
		         q->words[i].text);
	for (size_t i = 0; i < q->count; i++)
		subs[i] = naive_to_sheaf(q->sub[i]);
	switch (q->type) {
	case NAIVE_WORDS:
		must(sheaf_query_new_term(q->field, text, q->flags, &made, &err), &err);
		break;
	case NAIVE_CATEGORY:
		must(sheaf_query_new_term(SHEAF_FIELD_CATEGORY, naive_category(q->category), 0,
		                          &made, &err),
		     &err);
		break;
	case NAIVE_RANGE:
		must(sheaf_query_new_range(q->field, q->begin, q->end, &made, &err), &err);
		break;
	case NAIVE_ALL: must(sheaf_query_new_match_all(&made, &err), &err); break;
	case NAIVE_SCALE: must(sheaf_query_new_scale(subs[0], q->factor, &made, &err), &err); break;
	default: must(sheaf_query_new_op(ops[q->type], subs, q->count, 0, &made, &err), &err);
	}
	return made;
}

/* ---- leaves ---- */

/* Does a word of a column stand for a word of the query? */
static inline int naive_meets(const naive_corpus *c, const naive_query *q, const naive_word *wanted,
                              int prefix, const naive_word *found, int names)
{
	const char *indexed = !names && c->strategy == SHEAF_STEM_ALL ? found->stem : found->text;
	int         stems_are_marked = !names && c->strategy == SHEAF_STEM_SOME;

	if (!*found->text)
		return 0;
	if (prefix)
		return strncmp(indexed, wanted->text, strlen(wanted->text)) == 0;
	if (q->field == SHEAF_FIELD_AUTHOR || c->strategy == SHEAF_STEM_NONE ||
	    (c->strategy == SHEAF_STEM_SOME && !(q->flags & SHEAF_TERM_STEMMED)))
		return strcmp(indexed, wanted->text) == 0;
	return strcmp(indexed, wanted->stem) == 0 ||
	       (stems_are_marked && strcmp(found->stem, wanted->stem) == 0) ||
	       (names && q->field == SHEAF_FIELD_ANY && strcmp(indexed, wanted->text) == 0);
}

/* How often the words stand one after the other in a column. */
static inline size_t naive_occurrences(const naive_corpus *c, const naive_query *q,
                                       const naive_word *words, size_t count, const naive_paper *p,
                                       int column)
{
	size_t found = 0;

	for (size_t start = 0; start + count <= p->count[column]; start++) {
		size_t i = 0;

		while (i < count &&
		       naive_meets(c, q, &words[i],
		                   (q->flags & SHEAF_TERM_PREFIX) && i + 1 == count,
		                   &p->words[column][start + i], naive_columns[column].names))
			i++;
		found += i == count;
	}
	return found;
}

static inline void naive_look(const naive_corpus *c, naive_query *q, size_t paper)
{
	const naive_paper *p = &c->papers[paper];
	int                joined = q->hyphens && (q->flags & SHEAF_TERM_STEMMED);

	q->tf[paper] = 0;
	q->present[paper] = 0;
	for (int column = 0; p->alive && column < NAIVE_COLUMNS; column++) {
		size_t n;

		if (q->field != SHEAF_FIELD_ANY && q->field != naive_columns[column].field)
			continue;
		n = naive_occurrences(c, q, q->words, q->word_count, p, column);
		if (joined)
			n += naive_occurrences(c, q, &q->joined, 1, p, column);
		q->present[paper] |= n != 0;
		q->tf[paper] += c->weight[column] * (double)n;
	}
}

/* Looks for every leaf in every paper. */
static inline void naive_prepare(const naive_corpus *c, naive_query *q)
{
	double papers = 0, df = 0;

	for (size_t i = 0; i < q->count; i++)
		naive_prepare(c, q->sub[i]);
	for (size_t i = 0; q->type == NAIVE_WORDS && i < c->count; i++) {
		naive_look(c, q, i);
		papers += c->papers[i].alive;
		df += q->present[i];
	}
	q->idf = log(1 + (papers - df + 0.5) / (df + 0.5));
}

/* ---- trees ---- */

/* Title words count three times. */
static inline double naive_length(const naive_paper *p)
{
	return 3.0 * (double)p->count[0] + (double)p->count[1];
}

static inline double naive_score(const naive_corpus *c, const naive_query *q, size_t i)
{
	double sum = 0, papers = 0, norm;

	for (size_t j = 0; j < c->count; j++) {
		papers += c->papers[j].alive;
		sum += c->papers[j].alive ? naive_length(&c->papers[j]) : 0;
	}
	norm = 1 - 0.75 + 0.75 * naive_length(&c->papers[i]) / (sum / papers);
	return q->idf * q->tf[i] * (1.2 + 1) / (q->tf[i] + 1.2 * norm);
}

/* The value a paper sorts by; SHEAF_TIME_NONE: none. */
static inline sheaf_time naive_date(const naive_paper *p, sheaf_field field)
{
	if (field == SHEAF_FIELD_UPDATED && p->updated != SHEAF_TIME_NONE)
		return p->updated;
	if (p->submitted != SHEAF_TIME_NONE)
		return p->submitted;
	if (field == SHEAF_FIELD_DATE && p->updated != SHEAF_TIME_NONE)
		return p->updated;
	return p->month;
}

static inline int naive_in_range(const naive_paper *p, const naive_query *q)
{
	sheaf_time first = naive_date(p, q->field), last = first;

	/* A date of its own may be the first second of the month, too; it is a point then. */
	if (p->submitted == SHEAF_TIME_NONE &&
	    (q->field == SHEAF_FIELD_SUBMITTED || p->updated == SHEAF_TIME_NONE))
		last = p->month_end;
	return first != SHEAF_TIME_NONE && first >= q->begin && last <= q->end;
}

/* A query that is everything, or nothing, whatever the papers. */
typedef enum naive_constant { NAIVE_VARIES, NAIVE_EVERYTHING, NAIVE_NOTHING } naive_constant;

static inline naive_constant naive_constant_of(const naive_query *q)
{
	naive_constant first_is = NAIVE_VARIES;
	size_t         everything = 0, nothing = 0;

	for (size_t i = 0; i < q->count; i++) {
		naive_constant sub = naive_constant_of(q->sub[i]);

		first_is = i ? first_is : sub;
		everything += sub == NAIVE_EVERYTHING;
		nothing += sub == NAIVE_NOTHING;
	}
	switch (q->type) {
	case NAIVE_ALL: return NAIVE_EVERYTHING;
	case NAIVE_RANGE: return q->begin > q->end ? NAIVE_NOTHING : NAIVE_VARIES;
	case NAIVE_AND:
	case NAIVE_FILTER:
		return nothing                  ? NAIVE_NOTHING
		       : everything == q->count ? NAIVE_EVERYTHING
		                                : NAIVE_VARIES;
	case NAIVE_OR:
		return everything            ? NAIVE_EVERYTHING
		       : nothing == q->count ? NAIVE_NOTHING
		                             : NAIVE_VARIES;
	case NAIVE_AND_NOT:
		if (first_is == NAIVE_NOTHING || everything > (first_is == NAIVE_EVERYTHING))
			return NAIVE_NOTHING;
		return first_is == NAIVE_EVERYTHING && nothing == q->count - 1 ? NAIVE_EVERYTHING
		                                                               : NAIVE_VARIES;
	case NAIVE_SCALE: return first_is;
	default: return NAIVE_VARIES;
	}
}

/* 1 where paper `i` matches; `*weight` is its score. A part that does not match adds nothing. */
static inline int naive_match(const naive_corpus *c, const naive_query *q, size_t i, double *weight)
{
	double sub_weight, sum = 0;
	int    matches = 0;

	*weight = 0;
	if (naive_constant_of(q) != NAIVE_VARIES)
		return naive_constant_of(q) == NAIVE_EVERYTHING;
	switch (q->type) {
	case NAIVE_WORDS:
		matches = q->present[i];
		sum = matches && q->tf[i] > 0 ? naive_score(c, q, i) : 0;
		break;
	case NAIVE_CATEGORY: matches = (c->papers[i].categories >> q->category & 1) != 0; break;
	case NAIVE_RANGE: matches = naive_in_range(&c->papers[i], q); break;
	case NAIVE_SCALE:
		matches = naive_match(c, q->sub[0], i, &sum);
		sum *= q->factor;
		break;
	case NAIVE_OR:
		for (size_t s = 0; s < q->count; s++) {
			matches |= naive_match(c, q->sub[s], i, &sub_weight);
			sum += sub_weight;
		}
		break;
	default:
		matches = 1;
		for (size_t s = 0; s < q->count; s++) {
			int wanted = !(s && q->type == NAIVE_AND_NOT);

			matches &= naive_match(c, q->sub[s], i, &sub_weight) == wanted;
			sum += q->type == NAIVE_AND || !s ? sub_weight : 0;
		}
	}
	*weight = matches ? sum : 0;
	return matches;
}

/* 1 where some leaf carries weight, so that the answer is ranked. */
static inline int naive_is_ranked(const naive_query *q)
{
	if (naive_constant_of(q) != NAIVE_VARIES || (q->type == NAIVE_SCALE && q->factor <= 0))
		return 0;
	if (q->type == NAIVE_WORDS)
		return 1;
	for (size_t i = 0; i < q->count; i++) {
		if (naive_is_ranked(q->sub[i]))
			return 1;
		if (q->type == NAIVE_FILTER || q->type == NAIVE_AND_NOT)
			break;
	}
	return 0;
}

#endif
