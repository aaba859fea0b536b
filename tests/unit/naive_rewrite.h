/* naive_rewrite.h: the wildcards of a query, by looking at every word of every paper. */
#ifndef NAIVE_REWRITE_H
#define NAIVE_REWRITE_H

#include "naive_leaf.h"
#include "query_tree.h"

enum { NAIVE_VOCABULARY = 256 };

typedef struct naive_known {
	const char *text;
	size_t      documents;
} naive_known;

static inline int naive_has_word(const naive_paper *p, const char *text)
{
	for (int column = 0; column < NAIVE_COLUMNS; column++)
		for (size_t i = 0; i < p->count[column]; i++)
			if (strcmp(p->words[column][i].text, text) == 0)
				return 1;
	return 0;
}

static inline size_t naive_word_documents(const naive_corpus *c, const char *text)
{
	size_t n = 0;

	for (size_t i = 0; i < c->count; i++)
		n += (size_t)(c->papers[i].alive && naive_has_word(&c->papers[i], text));
	return n;
}

static inline int naive_fits(const char *pattern, const char *text)
{
	if (!*pattern)
		return !*text;
	if (*pattern == '*')
		return naive_fits(pattern + 1, text) || (*text && naive_fits(pattern, text + 1));
	return *text && (*pattern == '?' || *pattern == *text) && naive_fits(pattern + 1, text + 1);
}

static inline void naive_know(naive_known *list, size_t *count, const char *text)
{
	for (size_t i = 0; i < *count; i++)
		if (strcmp(list[i].text, text) == 0)
			return;
	assert_true(*count < NAIVE_VOCABULARY);
	list[(*count)++] = (naive_known){text, 0};
}

static inline int naive_by_text(const void *a, const void *b)
{
	return strcmp(((const naive_known *)a)->text, ((const naive_known *)b)->text);
}

static inline int naive_by_documents(const void *a, const void *b)
{
	const naive_known *x = a, *y = b;

	return x->documents != y->documents ? x->documents < y->documents ? 1 : -1
	                                    : strcmp(x->text, y->text);
}

/* The words of all living papers that fit, in byte order. */
static inline size_t naive_fitting(const naive_corpus *c, const char *pattern, naive_known *list)
{
	size_t count = 0;

	for (size_t i = 0; i < c->count; i++)
		for (int column = 0; c->papers[i].alive && column < NAIVE_COLUMNS; column++)
			for (size_t w = 0; w < c->papers[i].count[column]; w++) {
				const char *text = c->papers[i].words[column][w].text;

				if (*text && naive_fits(pattern, text))
					naive_know(list, &count, text);
			}
	for (size_t i = 0; i < count; i++)
		list[i].documents = naive_word_documents(c, list[i].text);
	qsort(list, count, sizeof *list, naive_by_text);
	return count;
}

/* Puts what a wildcard stands for in its place; 0 where that are too many words. */
static inline int naive_expand(const naive_corpus *c, sheaf_query **q)
{
	naive_known list[NAIVE_VOCABULARY];
	query_list  words = {0};
	size_t      count = naive_fitting(c, (*q)->text, list), max = (*q)->max ? (*q)->max : 1000;

	if ((*q)->limit == SHEAF_WILDCARD_LIMIT_ERROR && count > max)
		return 0;
	if ((*q)->limit == SHEAF_WILDCARD_LIMIT_MOST_FREQUENT)
		qsort(list, count, sizeof *list, naive_by_documents);
	for (size_t i = 0; i < count && i < max; i++)
		query_list_push(&words,
		                query_new_term((*q)->field, 0, list[i].text, strlen(list[i].text)));
	sheaf_query_free(*q);
	*q = query_synonym(&words);
	assert_non_null(*q);
	return 1;
}

static inline int naive_rewrite(const naive_corpus *c, sheaf_query **q)
{
	for (size_t i = 0; i < (*q)->count; i++)
		if (!naive_rewrite(c, &(*q)->sub[i]))
			return 0;
	return (*q)->type != QUERY_WILDCARD || naive_expand(c, q);
}

#endif
