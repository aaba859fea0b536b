/* paper.h: the parts of a paper as every format prints them. */
#ifndef PAPER_H
#define PAPER_H

#include "buf.h"
#include "datetime.h"
#include "writer_private.h"

#define PAPER_LINK "https://arxiv.org/abs/{id}v{version}"

/* Appends the title with white space folded; the id where there is none. As it is: not escaped. */
void paper_title(const sheaf_document *doc, buf *out);
/*
 * Appends the names joined ", ": all of them up to `most`, else the first `most` and
 * " et al."; 0: all. As they are: not escaped.
 */
void paper_authors(const sheaf_document *doc, size_t most, buf *out);
/* Appends the categories, blank-separated, the primary one first. */
void paper_categories(const sheaf_document *doc, buf *out);
/*
 * Appends the address: `link` (NULL: PAPER_LINK) with {id} and {version} filled in. Where
 * the version is not known, `v{version}` goes as a whole.
 */
void paper_url(const sheaf_document *doc, const char *link, buf *out);
/*
 * The day it was submitted, else updated (YYYY-MM-DD), else the month its id names (YYYY-MM),
 * else "".
 */
void paper_date(const sheaf_document *doc, char out[TIME_TEXT_SIZE]);
/* The shortest number of digits, up to 17, that gives `number` back. */
int number_digits(double number);

#endif
