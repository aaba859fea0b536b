/*
 * percolator.h: queries that are kept ready, and shown one document after the other: which match,
 * and what the document weighs for each. The terms of all queries are one inverted index, so that
 * a document costs what it has in common with them, not what there are (percolation; the parts of
 * a query are looked at only where one of its leaves is in the document).
 *
 * What a leaf finds, and how often, is what a search finds; a document weighs what it does there but
 * for neighbouring words, with the statistics that the caller gives.
 */
#ifndef PERCOLATOR_H
#define PERCOLATOR_H

#include <sheaf/document.h>

#include "buf.h"
#include "plan.h"
#include "tokens.h"

typedef struct percolator percolator;

/* `config` is borrowed until the percolator is freed. */
sheaf_status percolator_new(const tokens_config *config, percolator **out, sheaf_error *err);
/* Takes NULL. */
void percolator_free(percolator *p);

/*
 * Adds the query of a plan, which may be freed afterwards, as the next number from 0. `driven` 1:
 * documents that match it are reported; 0: it is only asked for. Errors: NOMEM, INVALID_OPERATION.
 */
sheaf_status percolator_add(percolator *p, const plan *from, int driven, size_t *number,
                            sheaf_error *err);

/* How a query weighs: tf * (k1 + 1) / (tf + k1 * (1 - b + b * length / average)). */
typedef struct percolator_norm {
	double k1, b, average; /* average 0: lengths do not count */
} percolator_norm;

/* A leaf of a query, in the order of the plan's. */
typedef struct percolator_leaf {
	uint32_t term;     /* its number among the different leaves of all queries */
	int      weighted; /* 0: it weighs nothing */
	double   factor;   /* as the query has it */
	double   weight;   /* with what the caller knows of it; first the factor */
} percolator_leaf;

size_t                 percolator_leaf_count(const percolator *p, size_t query);
const percolator_leaf *percolator_leaf_at(const percolator *p, size_t query, size_t i);
void                   percolator_set_weight(percolator *p, size_t query, size_t i, double weight);
void                   percolator_set_norm(percolator *p, size_t query, percolator_norm norm);
/* How many different leaves there are. */
size_t percolator_term_count(const percolator *p);

/* A document as it is shown. */
typedef struct percolator_view {
	const buf            *text;    /* of COLUMN_COUNT, as indexed: mode byte first */
	unsigned              columns; /* a bit each: those that are looked at */
	const sheaf_document *doc;     /* for ranges; NULL: none matches */
} percolator_view;

/* Looks at a document; the answers below are of it until the next. Errors: NOMEM. */
sheaf_status percolator_show(percolator *p, const percolator_view *view, sheaf_error *err);
/* The driven queries that match, in ascending order. Borrowed. */
const uint32_t *percolator_matches(const percolator *p, size_t *count);
/* Of one that matches, as percolator_matches() has them. */
double percolator_weight(const percolator *p, size_t query);
/* 1 where any query matches. */
int percolator_test(percolator *p, size_t query);
/* The document's length: its words, those of the title three times. */
int64_t percolator_length(const percolator *p);

/* What the document has of a leaf. */
typedef struct percolator_hit {
	uint32_t term;
	double frequency; /* with those in the title three times; of the caller's terms, their own */
	unsigned columns; /* a bit each */
} percolator_hit;

/* The different leaves that the document has. Borrowed. */
const percolator_hit *percolator_hits(const percolator *p, size_t *count);
/* What it has of one of them; NULL: nothing. */
const percolator_hit *percolator_hit_of(const percolator *p, uint32_t term);
/*
 * What the i-th leaf of a query that matches adds to the document's weight; 0 where it is not there,
 * or in a part of the query that does not match.
 */
double percolator_share(percolator *p, size_t query, size_t i);

#endif
