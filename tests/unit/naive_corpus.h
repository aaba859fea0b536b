/*
 * naive_corpus.h: papers as a test knows them, word by word, beside what it wrote into databases.
 * naive_leaf.h and naive_match.h tell from them what a query means, the slow and simple way.
 */
#ifndef NAIVE_CORPUS_H
#define NAIVE_CORPUS_H

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "scratch_db.h"

enum {
	NAIVE_WORD_SIZE = 24,
	NAIVE_COLUMNS = 4, /* title, abstract, authors, comments */
	NAIVE_COLUMN_WORDS = 40,
	NAIVE_PAPERS = 240,
	NAIVE_OWN_TERMS = 4,
	NAIVE_SLOT = 7, /* the one that papers fill */
	NAIVE_SLOT_SIZE = 4,
	NAIVE_CATEGORIES = 8
};

typedef struct naive_word {
	char text[NAIVE_WORD_SIZE], stem[NAIVE_WORD_SIZE];
} naive_word;

typedef struct naive_paper {
	int            alive;
	char           id[32];
	size_t         place; /* of its database in the group */
	sheaf_docid    docid; /* of the group */
	sheaf_revision revision;
	naive_word words[NAIVE_COLUMNS][NAIVE_COLUMN_WORDS]; /* an empty word: the end of a name */
	size_t     count[NAIVE_COLUMNS];
	unsigned   categories;           /* a bit each */
	int        own[NAIVE_OWN_TERMS]; /* frequency of the caller's terms; -1: none */
	char       slot[NAIVE_SLOT_SIZE];
	size_t     slot_len;           /* 0: empty */
	sheaf_time submitted, updated; /* SHEAF_TIME_NONE: not known */
	sheaf_time month, month_end;   /* of the identifier */
} naive_paper;

typedef struct naive_corpus {
	naive_paper         papers[NAIVE_PAPERS];
	size_t              count;
	sheaf_stem_strategy strategy;
	double              weight[NAIVE_COLUMNS]; /* of fields, as a session has them */
	sheaf_weighting     weighting;
	int                 boolean; /* 1: nothing weighs anything */
	sheaf_stem         *stem;
} naive_corpus;

/* Columns by their number here. */
static const struct {
	sheaf_field field;
	int         names;
	double      weight; /* the default */
} naive_columns[NAIVE_COLUMNS] = {{SHEAF_FIELD_TITLE, 0, 3},
                                  {SHEAF_FIELD_ABSTRACT, 0, 1},
                                  {SHEAF_FIELD_AUTHOR, 1, 1},
                                  {SHEAF_FIELD_COMMENTS, 0, 1}};

static inline const char *naive_category(unsigned number)
{
	static const char *const names[NAIVE_CATEGORIES] = {
		"cs.NE", "cs.NEX", "math.CO", "q-bio.NC", "hep-th", "cs.AI", "stat.ML", "eess.SP"};

	return names[number % NAIVE_CATEGORIES];
}

static inline const char *naive_own_term(unsigned number)
{
	static const char *const names[NAIVE_OWN_TERMS] = {"tag:one", "tag:One", "network", "x:1"};

	return names[number % NAIVE_OWN_TERMS];
}

static inline naive_word naive_make_word(const naive_corpus *c, const char *text, size_t text_len)
{
	naive_word  w = {"", ""};
	const char *stem;
	size_t      len;

	snprintf(w.text, sizeof w.text, "%.*s", (int)text_len, text);
	must(sheaf_stem_word(c->stem, w.text, strlen(w.text), &stem, &len, NULL), NULL);
	snprintf(w.stem, sizeof w.stem, "%.*s", (int)len, stem);
	return w;
}

/* Title words count three times. */
static inline double naive_length(const naive_paper *p)
{
	return 3.0 * (double)p->count[0] + (double)p->count[1];
}

static inline double naive_documents(const naive_corpus *c)
{
	double n = 0;

	for (size_t i = 0; i < c->count; i++)
		n += c->papers[i].alive;
	return n;
}

static inline double naive_average_length(const naive_corpus *c)
{
	double sum = 0;

	for (size_t i = 0; i < c->count; i++)
		sum += c->papers[i].alive ? naive_length(&c->papers[i]) : 0;
	return sum / naive_documents(c);
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

static inline int naive_in_range(const naive_paper *p, sheaf_field field, int64_t begin,
                                 int64_t end)
{
	sheaf_time first = naive_date(p, field), last = first;

	/* A date of its own may be the first second of the month, too; it is a point then. */
	if (p->submitted == SHEAF_TIME_NONE &&
	    (field == SHEAF_FIELD_SUBMITTED || p->updated == SHEAF_TIME_NONE))
		last = p->month_end;
	return first != SHEAF_TIME_NONE && first >= begin && last <= end;
}

/* Below 0 where `a` comes first. */
static inline int naive_compare_bytes(const char *a, size_t a_len, const char *b, size_t b_len)
{
	for (size_t i = 0; i < a_len && i < b_len; i++)
		if (a[i] != b[i])
			return (unsigned char)a[i] < (unsigned char)b[i] ? -1 : 1;
	return a_len < b_len ? -1 : a_len > b_len;
}

#endif
