/* vocabulary.h: what synthetic papers are about: categories, and the words of some fields. */
#ifndef VOCABULARY_H
#define VOCABULARY_H

#include <stddef.h>

typedef struct category {
	const char *code; /* cs.NE */
	const char *spec; /* its OAI set: cs:cs:NE */
	const char *name;
} category;

/* One field of study. All lists end with NULL. */
typedef struct field_words {
	const char        *primary[4]; /* category codes; the first ones are the likelier */
	const char        *cross[6];   /* cross-lists */
	const char *const *objects;    /* what is studied, plural */
	const char *const *methods;    /* what is done with it, without an article */
	const char *const *tasks;      /* what it is for, without an article */
	const char *const *properties; /* what is found out about it */
	const char *const *adjectives;
	const char *const *formulas; /* in TeX */
	const char *const *classes;  /* MSC or ACM classes, by `class_kind` */
	enum { CLASS_NONE, CLASS_MSC, CLASS_ACM } class_kind;
} field_words;

extern const field_words vocabulary_fields[];
extern const size_t      vocabulary_field_count;
extern const category    vocabulary_categories[];
extern const size_t      vocabulary_category_count;

/* NULL for a code that is not in the table. */
const category *vocabulary_category(const char *code);

/* The groups and archives of the sets, as {spec, name} pairs; ends with {NULL, NULL}. */
extern const char *const vocabulary_groups[][2];

#endif
