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
/* Appends all names, each on one line, joined by `mark`. As they are: not escaped. */
void paper_author_list(const sheaf_document *doc, const char *mark, buf *out);
/* Appends the categories joined by `mark`, the primary one first. */
void paper_category_list(const sheaf_document *doc, const char *mark, buf *out);
/*
 * Appends the address: `link` (NULL: PAPER_LINK) with {id} and {version} filled in. Where
 * the version is not known, `v{version}` goes as a whole.
 */
void paper_url(const sheaf_document *doc, const char *link, buf *out);
/* Pages about a paper. */
typedef enum paper_page {
	PAPER_PAGE_ABSTRACT, /* at the address of paper_url() */
	PAPER_PAGE_PDF,
	PAPER_PAGE_HTML, /* arXiv has it for papers of December 2023 and later */
	PAPER_PAGE_DOI
} paper_page;

/*
 * Appends the address of a page, percent-encoded, with http: or https:; 0 and nothing where there is
 * none. `link` as for paper_url(), for ABSTRACT.
 */
int paper_page_url(const sheaf_document *doc, paper_page page, const char *link, buf *out);
/* 1 for a paper of arXiv's, 0 for one with a local id. */
int paper_is_arxiv(const sheaf_document *doc);

/*
 * The day it was submitted, else updated (YYYY-MM-DD), else the month its id names (YYYY-MM),
 * else "".
 */
void paper_date(const sheaf_document *doc, char out[TIME_TEXT_SIZE]);
/* When it last changed: updated, else submitted, else the first of its id's month. */
sheaf_time paper_last_change(const sheaf_document *doc);
/*
 * The year to cite it by: the one that its journal reference names, else that of its date; 0: not
 * known.
 */
int paper_reference_year(const sheaf_document *doc);
/* 1 where a journal reference or a DOI other than arXiv's own says that it is published. */
int paper_is_published(const sheaf_document *doc);
/* What it is in a digest: "new", or "updated" for a new version of what was delivered. */
const char *paper_status(const sheaf_item *item);
/* Appends "updated, v3", without the version where it is not known; nothing for a new paper. */
void paper_news(const sheaf_item *item, buf *out);
/* The shortest number of digits, up to 17, that gives `number` back. */
int number_digits(double number);

#endif
