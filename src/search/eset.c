/* The terms that set an rset apart: which of them, in what order, and as a query. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "enquire_private.h"
#include "error.h"
#include "eset_private.h"
#include "query_tree.h"

enum {
	CANDIDATES =
		500, /* families looked up in the index, those with the most mass; more for longer
	                     esets: */
	CANDIDATES_A_TERM = 2,
	COMMON_DOCUMENTS = 10 /* what no more documents have is never too common by default */
};
#define MAX_SHARE 0.2

/* An eset in the making. */
typedef struct making {
	sheaf_database           *db;
	const sheaf_eset_options *options;
	const eset_scheme        *scheme;
	size_t                    maxitems;
	eset_counts               counts; /* of the rset and the database */
	size_t                    texts;
	double                    most_common; /* documents that a term may have */
	sheaf_eset               *eset;
} making;

void sheaf_eset_free(sheaf_eset *eset)
{
	if (!eset)
		return;
	arena_free(&eset->arena);
	mem_free(eset);
}

/* ---- which families may be in it ---- */

static int by_mass(const void *a, const void *b)
{
	const family *x = *(family *const *)a, *y = *(family *const *)b;
	size_t        len = x->stem_len < y->stem_len ? x->stem_len : y->stem_len;
	int           order;

	if (x->mass != y->mass)
		return x->mass < y->mass ? 1 : -1;
	order = memcmp(x->stem, y->stem, len);
	return order ? order : (x->stem_len > y->stem_len) - (x->stem_len < y->stem_len);
}

static int is_wanted(const making *m, const family *f)
{
	const family_word *word = family_best_word(f);

	return !f->stopped && (!m->options->decider ||
	                       m->options->decider(m->options->decider_ctx, word->text, word->len));
}

/* Moves the families that may be in the eset to the front of the table's slots, the best first. */
static size_t choose(const making *m, family_table *t)
{
	size_t count = 0;

	for (size_t i = 0; i < t->size; i++)
		if (t->slots[i] && is_wanted(m, t->slots[i]))
			t->slots[count++] = t->slots[i];
	if (count)
		qsort(t->slots, count, sizeof(*t->slots), by_mass);
	return count;
}

/* ---- what each is worth ---- */

static sheaf_status add_item(making *m, const family *f, const char *word, double weight,
                             int64_t termfreq, sheaf_error *err)
{
	sheaf_eset *e = m->eset;
	eset_item  *item = &e->items[e->count];

	item->word = word;
	item->stem = arena_strndup(&e->arena, f->stem, f->stem_len);
	item->stem_len = f->stem_len;
	item->weight = weight;
	item->termfreq = termfreq;
	item->rset_freq = f->documents + f->texts;
	if (!item->stem)
		return sheaf_nomem(err);
	e->count++;
	return SHEAF_OK;
}

/*
 * Counts a family in the index and adds it where it is worth something. The texts of the rset count as
 * if they were documents. A term that no document outside the rset has finds nothing new.
 */
static sheaf_status consider(making *m, const family *f, sheaf_error *err)
{
	const family_word *best = family_best_word(f);
	sheaf_query        leaf = {.type = QUERY_TERM, .flags = SHEAF_TERM_STEMMED};
	eset_counts        c = m->counts;
	int64_t            termfreq, occurrences;
	double             weight;
	sheaf_status       status;

	leaf.field = SHEAF_FIELD_ANY;
	leaf.text = arena_strndup(&m->eset->arena, best->text, best->len);
	if (!leaf.text)
		return sheaf_nomem(err);
	status = match_count(m->db, &leaf, &termfreq, &occurrences, err);
	if (status != SHEAF_OK)
		return status;
	if (termfreq <= (int64_t)f->documents || (double)termfreq > m->most_common)
		return SHEAF_OK;
	c.mass = f->mass;
	c.termfreq = termfreq + (int64_t)f->texts;
	c.occurrences = occurrences;
	c.rset_freq = (int64_t)(f->documents + f->texts);
	weight = m->scheme->weigh(&c);
	if (!(weight > 0) || !isfinite(weight))
		return SHEAF_OK;
	return add_item(m, f, leaf.text, weight, termfreq, err);
}

static int by_weight(const void *a, const void *b)
{
	const eset_item *x = a, *y = b;
	size_t           len = x->stem_len < y->stem_len ? x->stem_len : y->stem_len;
	int              order;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	order = memcmp(x->stem, y->stem, len);
	return order ? order : (x->stem_len > y->stem_len) - (x->stem_len < y->stem_len);
}

static sheaf_status weigh(making *m, family *const *families, size_t count, sheaf_error *err)
{
	sheaf_eset *e = m->eset;
	size_t most = m->maxitems < SIZE_MAX / CANDIDATES_A_TERM ? m->maxitems * CANDIDATES_A_TERM
	                                                         : SIZE_MAX;
	sheaf_status status = SHEAF_OK;

	if (most < CANDIDATES)
		most = CANDIDATES;
	e->bound = count;
	if (count > most)
		count = most;
	e->items = arena_calloc(&e->arena, count + 1, sizeof *e->items);
	if (!e->items)
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++) {
		if (m->scheme->by_mass && e->count == m->maxitems)
			break;
		status = consider(m, families[i], err);
	}
	qsort(e->items, e->count, sizeof *e->items, by_weight);
	if (e->count > m->maxitems)
		e->count = m->maxitems;
	return status;
}

/* ---- the whole ---- */

static sheaf_status begin(making *m, const sheaf_rset *rset, sheaf_error *err)
{
	double       share = m->options->max_share;
	sheaf_status status;

	m->scheme = eset_scheme_get(m->options->scheme);
	if (!m->scheme)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no expansion scheme %d",
		                  (int)m->options->scheme);
	if (!(share >= 0 && share <= 1))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the largest share of all documents must lie between 0 and 1");
	status = sheaf_database_get_doccount(m->db, &m->counts.documents, err);
	if (status != SHEAF_OK)
		return status;
	m->most_common = (double)m->counts.documents * (share > 0 ? share : MAX_SHARE);
	if (share <= 0 && m->most_common < COMMON_DOCUMENTS)
		m->most_common = COMMON_DOCUMENTS;
	m->counts.documents += (int64_t)rset->text_count;
	m->counts.rset_size = (int64_t)sheaf_rset_size(rset);
	for (size_t i = 0; i < rset->document_count; i++)
		m->counts.total_weight += rset->documents[i].weight;
	for (size_t i = 0; i < rset->text_count; i++)
		m->counts.total_weight += rset->texts[i].weight;
	return SHEAF_OK;
}

sheaf_status sheaf_enquire_get_eset(sheaf_enquire *enquire, size_t maxitems, const sheaf_rset *rset,
                                    const sheaf_eset_options *options, sheaf_eset **out,
                                    sheaf_error *err)
{
	static const sheaf_eset_options defaults = {0};
	making       m = {.maxitems = maxitems, .options = options ? options : &defaults};
	family_table table = {0};
	sheaf_status status;

	*out = NULL;
	if (!enquire || !rset)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no session or no rset");
	m.db = enquire->db;
	status = begin(&m, rset, err);
	if (status != SHEAF_OK)
		return status;
	m.eset = mem_calloc(1, sizeof *m.eset);
	if (!m.eset)
		return sheaf_nomem(err);
	status = eset_read(m.db, rset, m.scheme, &table, err);
	if (status == SHEAF_OK)
		status = weigh(&m, table.slots, choose(&m, &table), err);
	family_table_free(&table);
	if (status == SHEAF_OK)
		*out = m.eset;
	else
		sheaf_eset_free(m.eset);
	return status;
}

size_t sheaf_eset_size(const sheaf_eset *eset)
{
	return eset ? eset->count : 0;
}

size_t sheaf_eset_get_ebound(const sheaf_eset *eset)
{
	return eset ? eset->bound : 0;
}

const char *sheaf_eset_get_term(const sheaf_eset *eset, size_t i)
{
	return i < sheaf_eset_size(eset) ? eset->items[i].word : NULL;
}

double sheaf_eset_get_weight(const sheaf_eset *eset, size_t i)
{
	return i < sheaf_eset_size(eset) ? eset->items[i].weight : 0;
}

int64_t sheaf_eset_get_termfreq(const sheaf_eset *eset, size_t i)
{
	return i < sheaf_eset_size(eset) ? eset->items[i].termfreq : 0;
}

size_t sheaf_eset_get_rset_freq(const sheaf_eset *eset, size_t i)
{
	return i < sheaf_eset_size(eset) ? eset->items[i].rset_freq : 0;
}

/* ---- as a query ---- */

enum { DECIMALS = 10000 }; /* of a factor, so that a person can read and edit it: four */

/* A term scaled by its share of `factor`. NULL: out of memory. */
static sheaf_query *new_factored_term(const eset_item *item, double share, double factor)
{
	double       rounded = floor(share * factor * DECIMALS + 0.5);
	sheaf_query *term = query_new_term(SHEAF_FIELD_ANY, SHEAF_TERM_STEMMED, item->word,
	                                   strlen(item->word));

	return term ? query_scale(term, (rounded < 1 ? 1 : rounded) / DECIMALS) : NULL;
}

sheaf_status sheaf_eset_get_query(const sheaf_eset *eset, double factor, sheaf_query **query,
                                  sheaf_error *err)
{
	query_list list = {0};

	*query = NULL;
	if (!eset || !(factor > 0 && factor <= QUERY_FACTOR_MAX))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no eset, or a factor that is not above 0 and at most %g",
		                  QUERY_FACTOR_MAX);
	for (size_t i = 0; i < eset->count; i++) {
		const eset_item *item = &eset->items[i];

		query_list_push(&list, new_factored_term(item, item->weight / eset->items[0].weight,
		                                         factor));
	}
	*query = query_or(&list);
	return *query ? SHEAF_OK : sheaf_nomem(err);
}
