/* corpus_spell.h: a word for every number. */
#ifndef CORPUS_SPELL_H
#define CORPUS_SPELL_H

#include <stddef.h>
#include <stdint.h>

enum { CORPUS_SPELL_SIZE = 32 }; /* with the NUL */

/*
 * Writes the word of a rank from 1 on, in lower case, and answers its length. The most frequent
 * are English function words. All others are made up of syllables and English endings: of 16
 * ranks nine are new stems and six or seven are stems of another rank with an ending, so that
 * words that share a stem differ in frequency as they do in prose; of 32, one is a number.
 * Different ranks have different words, but for a few that meet by their endings.
 */
size_t corpus_spell(uint32_t rank, char out[CORPUS_SPELL_SIZE]);
/* A name for every number, capital first: of persons. */
size_t corpus_spell_family(uint32_t number, char out[CORPUS_SPELL_SIZE]);
size_t corpus_spell_given(uint32_t number, char out[CORPUS_SPELL_SIZE]);

/* The words of the first ranks, so that they need not be spelt each time. */
typedef struct corpus_speller corpus_speller;

corpus_speller *corpus_speller_new(void);
void            corpus_speller_free(corpus_speller *speller);
/* The word of a rank: borrowed from the speller, or written to `out`. */
const char *corpus_speller_word(const corpus_speller *speller, uint32_t rank,
                                char out[CORPUS_SPELL_SIZE], size_t *len);
/* 1 where it is an English function word. */
int corpus_speller_is_function_word(const corpus_speller *speller, uint32_t rank);

#endif
