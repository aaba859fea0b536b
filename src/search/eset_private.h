/* eset_private.h: the inside of rsets and esets, and the steps from one to the other. */
#ifndef ESET_PRIVATE_H
#define ESET_PRIVATE_H

#include <sheaf/enquire.h>

#include "arena.h"
#include "buf.h"

typedef struct rset_document {
	sheaf_docid docid;
	double      weight;
} rset_document;

typedef struct rset_text {
	char  *text; /* owned */
	size_t len;
	double weight;
} rset_text;

struct sheaf_rset {
	rset_document *documents; /* by docid */
	size_t         document_count, document_size;
	rset_text     *texts; /* as they came */
	size_t         text_count, text_size;
};

/* A word of a family, and how often the documents have it. */
typedef struct family_word {
	struct family_word *next;
	const char         *text;
	size_t              len;
	int64_t             count;
} family_word;

/* The words of the documents that have one stem. */
typedef struct family {
	const char  *stem;
	size_t       stem_len;
	family_word *words;
	double       mass;      /* by the scheme: of all documents, each with its weight */
	double       now;       /* weighted occurrences in the document that is being read */
	size_t       documents; /* that have it */
	size_t       texts;     /* the same of texts */
	int          stopped;   /* 1: it says nothing */
} family;

/* All families of an rset, found by their stems. */
typedef struct family_table {
	arena    arena;
	family **slots; /* a hash table with open addressing */
	size_t   size, count;
	family **touched; /* those of the document that is being read */
	size_t   touched_count, touched_size;
} family_table;

void family_table_free(family_table *t);
/* The most frequent word; of equals the shortest, then the first in byte order. */
const family_word *family_best_word(const family *f);

/* What is known of a family when it is weighed. */
typedef struct eset_counts {
	double  mass;         /* as in family */
	double  total_weight; /* of the documents of the rset */
	int64_t documents;    /* of the database, with the texts of the rset */
	int64_t termfreq;     /* of these */
	int64_t occurrences;  /* field-weighted, in the database */
	int64_t rset_size, rset_freq;
} eset_counts;

/* How a scheme reads documents and weighs what it found. */
typedef struct eset_scheme {
	double title_weight; /* of an occurrence in the title */
	int    share;        /* 1: mass is of frequencies over the length; 0: of frequencies */
	/* Whether `weigh` rises with the mass and needs nothing else. */
	int by_mass;
	double (*weigh)(const eset_counts *c);
} eset_scheme;

/* NULL for what is no scheme. */
const eset_scheme *eset_scheme_get(sheaf_expansion expansion);

typedef struct eset_item {
	const char *word; /* ended by NUL */
	const char *stem;
	size_t      stem_len;
	double      weight;
	int64_t     termfreq;
	size_t      rset_freq;
} eset_item;

struct sheaf_eset {
	arena      arena; /* items and their strings */
	eset_item *items; /* the best first */
	size_t     count;
	size_t     bound; /* terms there were to choose from */
};

/* Reads the documents and texts of an rset into `t`, all-zero. Errors: DOC_NOT_FOUND. */
sheaf_status eset_read(sheaf_database *db, const sheaf_rset *rset, const eset_scheme *scheme,
                       family_table *t, sheaf_error *err);

#endif
