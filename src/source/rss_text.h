/*
 * rss_text.h: what announcement feeds write into titles and descriptions, taken apart.
 *
 * Since 2024 a description reads "arXiv:2601.22876v1 Announce Type: new \nAbstract: …". Before, a
 * title ended in " (arXiv:1805.08875v1 [hep-ex] UPDATED)", and texts were HTML.
 */
#ifndef RSS_TEXT_H
#define RSS_TEXT_H

#include "document_private.h"

/* Parts of a text; borrowed from it, not ended by NUL. Empty: not there. */
typedef struct rss_part {
	const char *text;
	size_t      len;
} rss_part;

typedef struct rss_parts {
	rss_part          rest;     /* the abstract, or the title itself */
	rss_part          id;       /* with its version */
	rss_part          category; /* the primary one, in titles */
	announcement_kind kind;
} rss_parts;

/* "new", "cross", "replace", "replace-cross", in any case; NONE for anything else. */
announcement_kind rss_kind(const char *text, size_t len);
void              rss_split_description(const char *text, size_t len, rss_parts *parts);
/* 1 where the title has such an end, which takes the full stop before it away. */
int rss_split_title(const char *text, size_t len, rss_parts *parts);

/* 1 where a text has tags or begins with one, so that it is HTML and not about "<". */
int rss_is_html(const char *text, size_t len);
/* Appends HTML as plain text: without tags and comments, references resolved. */
void rss_plain_text(buf *out, const char *html, size_t len);

#endif
