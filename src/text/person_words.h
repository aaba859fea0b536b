/* person_words.h: small words that are no names of a person, or that tell how one is to be read. */
#ifndef PERSON_WORDS_H
#define PERSON_WORDS_H

#include <stddef.h>

enum {
	PERSON_PARTICLE = 1,      /* before a family name: "van", "della" */
	PERSON_GIVEN_TOO = 2,     /* of them, those that are given names elsewhere: "Di", "Van" */
	PERSON_ELISION = 4,       /* a particle where an apostrophe follows: "d'" */
	PERSON_SUFFIX = 8,        /* behind a name: "Jr", "III" */
	PERSON_TITLE = 16,        /* in front of one */
	PERSON_ABBREVIATION = 32, /* a given name cut short, with or without a dot: "Md" */
	PERSON_GROUP = 64         /* with it, it is no person: "Collaboration" */
};

/* What a folded word can be: PERSON_* together; 0: a name like others. */
unsigned person_word_roles(const char *word, size_t len);

#endif
