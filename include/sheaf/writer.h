/* sheaf/writer.h: papers as text, JSON, Markdown …: one interface, one file a format. */
#ifndef SHEAF_WRITER_H
#define SHEAF_WRITER_H

#include <sheaf/document.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct sheaf_writer sheaf_writer;

/* The formats; docs/FORMATS.md describes each. The numbers are append-only. */
typedef enum sheaf_format {
	SHEAF_FORMAT_TEXT = 0, /* for people; may change */
	SHEAF_FORMAT_IDS,      /* one id a line, without version */
	SHEAF_FORMAT_TSV,
	SHEAF_FORMAT_JSON,  /* one object, with "format_version": 1 */
	SHEAF_FORMAT_JSONL, /* one object a paper and line */
	SHEAF_FORMAT_TREC,  /* a TREC run: qid Q0 id rank score sheaf */
	SHEAF_FORMAT_MARKDOWN,
	SHEAF_FORMAT_SNAPSHOT, /* JSON Lines in the schema of the Kaggle snapshot, plus "sheaf" */
	SHEAF_FORMAT_CSV,      /* RFC 4180, a header line first */
	SHEAF_FORMAT_HTML,     /* one self-contained page */
	SHEAF_FORMAT_ATOM,     /* RFC 4287 */
	SHEAF_FORMAT_BIBTEX,
	SHEAF_FORMAT_RIS,
	SHEAF_FORMAT_OAI,      /* an answer to OAI-PMH's ListRecords, in arXivRaw */
	SHEAF_FORMAT_JSONFEED, /* JSON Feed 1.1 */
	SHEAF_FORMAT_MIME      /* a message, as text and as a page */
} sheaf_format;

/* What a list of papers is. It decides what surrounds them. */
typedef enum sheaf_list_kind {
	SHEAF_LIST_PAPERS = 0, /* papers that were named */
	SHEAF_LIST_SEARCH,     /* the answer to a query, with ranks and scores */
	SHEAF_LIST_DIGEST      /* papers in sections */
} sheaf_list_kind;

/* A value of a facet, and the matches that have it. */
typedef struct sheaf_facet_count {
	const char *value;
	int64_t count;
} sheaf_facet_count;

/* The most frequent values of one property over all matches. */
typedef struct sheaf_facet {
	const char *name; /* "category", "year", "author" */
	const sheaf_facet_count *counts;
	size_t count;
} sheaf_facet;

/* A part of the query that a paper has, for people: sheaf_enquire_each_matching_term(). */
typedef struct sheaf_explanation {
	const char *description;
	const char *detail; /* in one line: fields, frequency, weight */
	double weight;
} sheaf_explanation;

/* Another page that a list leads to. */
typedef struct sheaf_page_link {
	const char *label;
	const char *address;
} sheaf_page_link;

typedef struct sheaf_list_head { /* all-zero means the defaults */
	sheaf_list_kind kind;
	const char *title; /* DIGEST */
	const char *intro; /* DIGEST; NULL: none */
	const char *link;  /* with {id} and {version}; NULL: https://arxiv.org/abs/{id}v{version} */
	int escape;        /* DIGEST, Markdown: 1 escapes titles and abstracts */
	sheaf_time now;    /* DIGEST, Atom, OAI: when it was made */
	const char *query_id;      /* SEARCH, TREC */
	const char *query;         /* SEARCH: as it was given */
	const char *parsed;        /* SEARCH: as it was understood */
	int64_t total;             /* SEARCH: matches in all */
	int exact;                 /* SEARCH: 1 where `total` is exact */
	size_t first;              /* SEARCH: rank of the first item, from 0 */
	const char *did_you_mean;  /* SEARCH; NULL: nothing */
	const sheaf_facet *facets; /* SEARCH; counted over all matches */
	size_t facet_count;
	int colour;       /* TEXT: 1 for a terminal that takes colours */
	int width;        /* TEXT: columns; 0: 80 */
	const char *name; /* DIGEST: what it is known by, from day to day; NULL: `title` */
	const char *home; /* address of a page that shows the list; NULL: none */
	const char *self; /* address that this output will have; NULL: not known */
	const char *atom, *jsonfeed; /* HTML: addresses of feeds of the same papers; NULL: none */
	const char *from,
		*to; /* MIME: "name@host" or "Name <name@host>", by commas; NULL: left out */
	const char *coverage; /* DIGEST; HTML, JSON, text, MIME: which days of arXiv's lists are
	                         known, in one line; NULL: not said */
	const sheaf_page_link *pages; /* DIGEST; HTML: pages of single sections */
	size_t page_count;
} sheaf_list_head;

typedef struct sheaf_item {
	const sheaf_document *doc;
	double weight; /* SEARCH, DIGEST */
	int percent;
	size_t rank; /* SEARCH: from 1 */
	const char
		*snippet; /* NULL: none; matched words between U+E000 and U+E001, or not marked */
	const sheaf_explanation *explanations; /* NULL: none; they add up to `weight` */
	size_t explanation_count;
	int updated; /* DIGEST: 1 for a new version of a paper that was delivered before */
	const char *announcement; /* DIGEST: "new", "cross", "replace", "replace-cross"; NULL: not
	                             known */
} sheaf_item;

/* Takes bytes of output. Non-zero stops. */
typedef int (*sheaf_write_fn)(void *ctx, const char *bytes, size_t len);

/* The format of this name ("json"); -1: there is none. */
SHEAF_API int sheaf_format_from_name(const char *name);
/* The names of all formats, ended by NULL. Static storage. */
SHEAF_API const char *const *sheaf_format_names(void);

/*
 * Makes a writer. Errors: INVALID_ARGUMENT. Calls after an error do nothing;
 * sheaf_writer_end() answers the first error of the run.
 */
SHEAF_API sheaf_status sheaf_writer_new(sheaf_format format, sheaf_write_fn fn, void *ctx,
                                        sheaf_writer **writer, sheaf_error *err);
/*
 * Chooses what CSV, TSV, JSON, JSONL and text show of a paper, and in which order: keys of the JSON
 * of a paper ("id,title,score"), and some more that docs/FORMATS.md lists. NULL or "": the format's
 * own choice. Errors: INVALID_ARGUMENT (no such field, with the nearest one; one named twice; a
 * format that has no choice).
 */
SHEAF_API sheaf_status sheaf_writer_set_fields(sheaf_writer *writer, const char *names,
                                               sheaf_error *err);
/* Begins a list. `head` is borrowed until sheaf_writer_end(); NULL: all-zero. */
SHEAF_API void sheaf_writer_begin(sheaf_writer *writer, const sheaf_list_head *head);
/* Begins a section of a digest; `name` is its profile's, NULL for the fallback. */
SHEAF_API void sheaf_writer_section(sheaf_writer *writer, const char *name, const char *heading);
/* One paper. `item` and all it points to are borrowed for the call. */
SHEAF_API void sheaf_writer_item(sheaf_writer *writer, const sheaf_item *item);
/*
 * Ends the list; the writer can begin another. Errors: the first of the run (IO, NOMEM,
 * INTERRUPTED; INVALID_ARGUMENT: an address in `from` or `to`, or more than a page can hold, 1 GiB).
 */
SHEAF_API sheaf_status sheaf_writer_end(sheaf_writer *writer, sheaf_error *err);
/* Frees a writer. Takes NULL. */
SHEAF_API void sheaf_writer_free(sheaf_writer *writer);

#ifdef __cplusplus
}
#endif

#endif
