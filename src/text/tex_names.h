/* tex_names.h: the control words that are not words themselves. */
#ifndef TEX_NAMES_H
#define TEX_NAMES_H

#include "tex.h"

typedef struct tex_name {
	const char *name;
	tex_kind    kind;
	const char *letters; /* LETTERS, WORD: what it stands for */
} tex_name;

/* The entry of a control word (without its backslash); NULL: it stands for its own name. */
const tex_name *tex_name_find(const char *word, size_t len);

#endif
