/* corpus_topic.h: what papers are about: categories, and the words that each theme prefers. */
#ifndef CORPUS_TOPIC_H
#define CORPUS_TOPIC_H

#include "corpus_law.h"

enum { CORPUS_CATEGORIES_MAX = 6 };

/* How frequent the categories are. */
corpus_law *corpus_category_law_new(void);
/*
 * Draws the categories of a paper, the primary one first, as numbers from 0 on, and answers how
 * many there are. Further ones are most often of the same area.
 */
unsigned    corpus_categories_draw(const corpus_law *law, corpus_random *random,
                                   unsigned out[CORPUS_CATEGORIES_MAX]);
const char *corpus_category_name(unsigned number);

/*
 * The word that a theme (any number) says instead of that of `rank`. Ranks fall into groups of
 * neighbours, at most 2^`width` together and an eighth of the rank; each theme has one of each
 * group. So a word is as frequent in all papers together as its rank says, but comes in those of
 * its themes.
 */
uint32_t corpus_theme_word(uint64_t theme, uint32_t rank, unsigned width);

#endif
