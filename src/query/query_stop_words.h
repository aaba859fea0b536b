/* query_stop_words.h: function words that say nothing about a paper. */
#ifndef QUERY_STOP_WORDS_H
#define QUERY_STOP_WORDS_H

/* 1 for an English function word; `word` is folded to lower case. */
int query_stop_words_has(const char *word);

#endif
