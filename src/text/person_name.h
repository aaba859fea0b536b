/*
 * person_name.h: a person's printed name, taken apart. docs/authors.md has the rules.
 *
 * The family name is known by its key: its words joined ("Jean d'Alembert": "dalembert"), particles
 * before it included ("Lara del Monte": "delmonte"); its core is the same without particles
 * ("monte"). Given names are parts in their order: words, or initials where no more is known
 * ("J.-P.": j, p).
 */
#ifndef PERSON_NAME_H
#define PERSON_NAME_H

#include <stddef.h>

#include "words.h"

enum {
	PERSON_WORDS_MAX = 16,  /* words of one name; a longer one is no person's */
	PERSON_BYTES_MAX = 512, /* of them */
	PERSON_GIVEN_MAX = 6,   /* parts; later ones are left out */
	PERSON_KEY_MAX = 96     /* bytes of a span as a key; what is beyond is cut off */
};

/* What stands between a word and the next one, or the end. */
enum {
	PERSON_DOT = 1,
	PERSON_HYPHEN = 2,
	PERSON_APOSTROPHE = 4, /* and nothing else */
	PERSON_COMMA = 8,
	PERSON_LINE = 16, /* "_": "quist_a" */
	PERSON_OTHER = 32 /* what no name has inside */
};

typedef struct person_word {
	size_t   at, len;      /* in `bytes`, where words follow each other without a gap */
	size_t   begin, end;   /* bytes of the source */
	unsigned roles;        /* PERSON_PARTICLE … of person_words.h */
	unsigned gap;          /* PERSON_* */
	unsigned capitals : 1; /* written in capitals alone */
	unsigned lower : 1;    /* begins with a small letter */
	unsigned aside : 1;    /* in brackets */
} person_word;

/* Neighbouring words of a name, joined. */
typedef struct person_span {
	const char *text;        /* in `bytes`; not ended */
	size_t      len;         /* 0: there is none */
	size_t      word, count; /* the first of the words, and how many */
} person_span;

typedef struct person_given {
	person_span span; /* the words that it stands for */
	const char *text; /* the word, joined where it is several; or the initial's character */
	size_t      len;
	int         initial;    /* 1: no more is known than its first character */
	int         as_printed; /* 1: it is the very word that is printed */
} person_given;

typedef enum person_kind {
	PERSON_NONE = 0, /* no words, or too many of them; a collaboration, a list */
	PERSON_FAMILY,   /* a family name alone, or a single word */
	PERSON_FULL      /* family and given names */
} person_kind;

typedef struct person_name {
	char         bytes[PERSON_BYTES_MAX];
	person_word  words[PERSON_WORDS_MAX];
	size_t       word_count;
	int          overflow; /* 1: not all words are there */
	int          group;    /* 1: NONE, for it is a collaboration */
	person_kind  kind;
	person_span  family; /* with particles */
	person_span  core;   /* without them; none where it is the same */
	person_given given[PERSON_GIVEN_MAX];
	size_t       given_count;
	person_span joined; /* the first given names, where hyphens alone divide them: "xiaoming" */
	int inverted;       /* 1: the family name stands first, as a comma, "_" or initials tell */
	/*
	 * 1: the words are the given names in order from the first word on, then the family name.
	 */
	int aligned;
} person_name;

/* Takes apart `len` bytes of UTF-8 without line breaks. Any text is taken. */
void person_name_parse(person_name *p, const char *text, size_t len);
/* The bytes of the first character of a folded text. */
size_t person_initial(const char *text, size_t len);

#endif
