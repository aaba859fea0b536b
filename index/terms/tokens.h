/*
 * tokens.h: column text to the tokens that the index holds.
 *
 * A column's text begins with a mode byte. Tokens of prose and names are folded words
 * (a-z, 0-9, other letters); what is not a word begins with a marker, so that nothing
 * a person types can meet it by accident:
 *
 *   word                    the folded word
 *   TOKEN_STEM stem         at the same position, where the stem differs from the word
 *   TOKEN_NAME word         in names, at the position of a word that differs from its stem: names
 * are met as they are written, and one can tell cheaply where an inflected word is one
 *   TOKEN_BOOLEAN name:value  a boolean term
 *   TOKEN_LINE              the end of one person's name, so that no phrase runs across
 *
 * Persons (src/text/person_name.h takes their names apart) begin with a TOKEN_LINE, too, and have
 *
 *   TOKEN_KEY family_i      at the position of the TOKEN_LINE before the name: the family name's key and
 * the first character of the first given name; a second one without particles
 *   TOKEN_KEY family        the same place, where the family name is more than one word
 *   TOKEN_INITIAL c         at the position of a given name that begins with c and is more than that
 *   TOKEN_GIVEN             no given name is left: at the position of the first word of a family name of
 * several; a family name of one word is its own sign
 *   TOKEN_GIVEN text        a given name where its word is not the one printed: joined, abbreviated
 *
 * so that given names can be told one by one behind the key. Where the words are not printed in
 * that order ("Quist, Ada"), TOKEN_LINE with the keys, TOKEN_GIVEN for each given name and for
 * their end, and another TOKEN_LINE follow the name.
 */
#ifndef TOKENS_H
#define TOKENS_H

#include <sheaf/database.h>
#include <sheaf/stem.h>
#include <stddef.h>
#include <stdint.h>

#include "inverter.h"

enum { MODE_PROSE = 1, MODE_NAMES = 2, MODE_TERMS = 3, MODE_PEOPLE = 4, MODE_TOKENS = 7 };
/* No marker is above TOKEN_NAME. */
enum {
	TOKEN_KEY = 1,
	TOKEN_INITIAL = 2,
	TOKEN_GIVEN = 3,
	TOKEN_STEM = 4,
	TOKEN_BOOLEAN = 5,
	TOKEN_LINE = 6,
	TOKEN_NAME = 8
};
/* MODE_TOKENS: queries spell their tokens out, each after one of these. */
enum { TOKENS_NEXT = 0x1F, TOKENS_SAME = 0x1E };
enum { TOKEN_MAX = 255 }; /* bytes, with the marker */

/* Bump whenever the same text gives other tokens: it is part of the fingerprint. */
enum { TOKENS_VERSION = 3 };

/* How a database's text becomes tokens. */
typedef struct tokens_config {
	sheaf_stem         *stem;
	sheaf_stem_strategy strategy;
} tokens_config;

typedef struct token {
	const char *text;
	size_t      len;
	int         same;       /* 1: at the position of the token before */
	size_t      begin, end; /* bytes of the text, counted after the mode byte */
} token;

/* Non-zero stops. */
typedef int (*token_fn)(void *ctx, const token *t);

/* Splits a column's text. Answers what `fn` did, or -1 when out of memory. */
int tokens_split(const tokens_config *config, const char *text, size_t len, token_fn fn, void *ctx);

/*
 * The same tokens into the document at hand of an inverter, as ones of `column`; those longer than
 * TOKEN_MAX are left out. *positions becomes how many FTS5 counts: one a token that is not `same`,
 * or comes first. Answers -1 when out of memory, else 0. Texts that go into one inverter have one
 * configuration.
 */
int tokens_invert(const tokens_config *config, const char *text, size_t len, inverter *v,
                  unsigned column, uint32_t *positions);

/*
 * A hash over the version, the strategy and what the stemmer makes of a fixed list of words.
 * Answers -1 when out of memory, else 0.
 */
int tokens_fingerprint(const tokens_config *config, int64_t *fingerprint);

#endif
