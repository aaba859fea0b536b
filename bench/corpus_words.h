/* corpus_words.h: what synthetic papers are made of. */
#ifndef CORPUS_WORDS_H
#define CORPUS_WORDS_H

/* Everyday and scientific words, the most frequent first. */
extern const char *const corpus_words[];
extern const unsigned    corpus_word_count;
/* How many of them, from the first, carry no topic. */
enum { CORPUS_FUNCTION_WORDS = 40 };

/* A field of science: its categories, and what its papers say again and again; ended by NULL. */
typedef struct corpus_topic {
	const char *categories[6];
	const char *phrases[12];
} corpus_topic;

extern const corpus_topic corpus_topics[];
enum { CORPUS_TOPICS = 8 };

/* Parts of invented words and names; ended by NULL. */
extern const char *const corpus_syllables[];
/* Ready-made pieces of TeX, already escaped for JSON; ended by NULL. */
extern const char *const corpus_tex[];

#endif
