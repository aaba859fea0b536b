/* text_wrap.h: paragraphs for a terminal. */
#ifndef TEXT_WRAP_H
#define TEXT_WRAP_H

#include "buf.h"

/* Marks around matching words, as snippets carry them. */
#define MARK_BEGIN 0xE000u
#define MARK_END 0xE001u

typedef struct wrap_style {
	size_t      indent; /* blanks before each line, the first included */
	size_t      width;  /* columns, the indent included */
	const char *before; /* in place of MARK_BEGIN; NULL: nothing */
	const char *after;  /* in place of MARK_END */
} wrap_style;

/* The columns of a terminal that `len` bytes of text take, without line breaks. */
size_t text_columns(const char *text, size_t len);
/*
 * Appends `text` broken at blanks, each line ended; nothing for a text without
 * words. What steers a terminal is dropped. A word that is longer than a line has a
 * line of its own.
 */
void text_wrap(buf *out, const char *text, const wrap_style *style);

#endif
