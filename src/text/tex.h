/* tex.h: what a TeX control sequence means to a reader of plain words. */
#ifndef TEX_H
#define TEX_H

#include <stddef.h>

typedef enum tex_kind {
	TEX_BREAK = 0, /* ends a word and prints nothing to search for: \times, \, \\ */
	TEX_SILENT,    /* formats what follows: \mathcal, \emph; or nothing: \- */
	TEX_ACCENT,    /* modifies the next letter: \" \v; folding drops it */
	TEX_LETTERS,   /* prints letters inside a word: \o, \ss */
	TEX_WORD,      /* a word of its own: \alpha */
	TEX_PAIR       /* as BREAK, and its two arguments are apart: \frac */
} tex_kind;

typedef struct tex_control {
	tex_kind    kind;
	size_t      len;  /* bytes of the sequence, with the blanks that it swallows */
	const char *text; /* LETTERS: what it prints; WORD: what it is called; borrowed */
	size_t      text_len;
} tex_control;

/* Reads the control sequence at `s`, which begins with a backslash; `len` > 0 bytes are left. */
tex_control tex_read(const char *s, size_t len);

#endif
