/*
 * weights_score.h: SHEAF_SCORE_WEIGHTS: what a paper's frequencies are worth where only the weights that
 * a profile writes count. No number of any database is in it.
 */
#ifndef WEIGHTS_SCORE_H
#define WEIGHTS_SCORE_H

#include <math.h>
#include <stdint.h>

/* Of a frequency's saturation: a word is worth the less the more often it has come. */
#define WEIGHTS_K1 3.0
/* A long paper has more of everything: what its words are worth falls off as this power. */
#define WEIGHTS_LENGTH_POWER 0.3
enum {
	WEIGHTS_LENGTH = 180, /* of an ordinary paper: its words, those of the title three times */
	WEIGHTS_LENGTH_LEAST = 20 /* shorter ones are taken for so long */
};

static inline double weights_saturation(double frequency)
{
	return frequency * (WEIGHTS_K1 + 1) / (frequency + WEIGHTS_K1);
}

static inline double weights_length_share(int64_t length)
{
	double l = (double)(length < WEIGHTS_LENGTH_LEAST ? WEIGHTS_LENGTH_LEAST : length);

	return pow(WEIGHTS_LENGTH / l, WEIGHTS_LENGTH_POWER);
}

#endif
