/*
 * classifier_model.c: how often the leaves of the profiles come in an even sample of the database, and
 * how the weights of papers that match are spread. A sample makes the cost of this the same however
 * large the database is; and it is kept, so that weights of different days compare, until there are
 * twice as many papers.
 */
#include <math.h>
#include <string.h>

#include "alloc.h"
#include "bm25.h"
#include "bytes.h"
#include "classifier_private.h"
#include "error.h"
#include "match.h"
#include "store.h"
#include "weights_score.h"

enum { SAMPLE = 4096, MODEL_VERSION = 1, MODEL_HEAD = 6 * 8 };

/* ---- as it is kept ---- */

static void put_number(buf *b, uint64_t number)
{
	char bytes[8];

	bytes_store_8(bytes, number);
	buf_append(b, bytes, sizeof bytes);
}

static void put_double(buf *b, double number)
{
	uint64_t bits;

	memcpy(&bits, &number, sizeof bits);
	put_number(b, bits);
}

static double load_double(const char *from)
{
	uint64_t bits = bytes_load_8(from);
	double   number;

	memcpy(&number, &bits, sizeof number);
	return number;
}

static void pack(const profile_model *m, buf *b)
{
	put_number(b, MODEL_VERSION);
	put_number(b, (uint64_t)m->archive);
	put_number(b, (uint64_t)m->documents);
	put_number(b, (uint64_t)m->matches);
	put_double(b, m->average);
	put_double(b, m->mean);
	for (size_t i = 0; i < m->count; i++)
		put_double(b, m->weights[i]);
}

static int is_amount(double number)
{
	return isfinite(number) && number >= 0;
}

/* 1 where the bytes are a model with so many leaves; they may be anything. */
static int unpack(const char *bytes, size_t len, profile_model *m, size_t leaves)
{
	if (len != MODEL_HEAD + 8 * leaves || bytes_load_8(bytes) != MODEL_VERSION)
		return 0;
	m->archive = (int64_t)bytes_load_8(bytes + 8);
	m->documents = (int64_t)bytes_load_8(bytes + 16);
	m->matches = (int64_t)bytes_load_8(bytes + 24);
	m->average = load_double(bytes + 32);
	m->mean = load_double(bytes + 40);
	if (m->archive < 1 || m->documents < 0 || m->documents > SAMPLE || m->matches < 0 ||
	    m->matches > m->documents || !is_amount(m->average) || !is_amount(m->mean))
		return 0;
	for (size_t i = 0; i < leaves; i++) {
		m->weights[i] = load_double(bytes + MODEL_HEAD + 8 * i);
		if (!is_amount(m->weights[i]))
			return 0;
	}
	return 1;
}

/* ---- the sample ---- */

/* What is counted on the way through the sample. */
typedef struct counting {
	sheaf_classifier *c;
	int64_t          *documents, *occurrences; /* by leaf, among the different ones */
	double           *sums;                    /* by profile: weights of those that match */
	int64_t           seen, length;
	sheaf_revision    last;  /* the newest that was seen */
	int               weigh; /* 1: the second time, when leaves have their weights */
	int               one;   /* 1: stop after each paper */
	sheaf_status      status;
	sheaf_error      *err;
} counting;

static void count_hits(counting *n)
{
	size_t                count;
	const percolator_hit *hits = percolator_hits(n->c->percolator, &count);

	for (size_t i = 0; i < count; i++) {
		n->documents[hits[i].term]++;
		n->occurrences[hits[i].term] += (int64_t)hits[i].frequency;
	}
	n->length += percolator_length(n->c->percolator);
}

static void count_weights(counting *n)
{
	for (size_t i = 0; i < n->c->set->count; i++) {
		classifier_entry *e = &n->c->entries[i];

		if (!e->model.made || !percolator_test(n->c->percolator, (size_t)e->query))
			continue;
		e->model.matches++;
		n->sums[i] += percolator_weight(n->c->percolator, (size_t)e->query);
	}
}

static int count_document(void *ctx, const sheaf_document *doc)
{
	counting *n = ctx;

	n->last = sheaf_document_get_revision(doc);
	n->status = classifier_show(n->c, doc, (1u << COLUMN_COUNT) - 1, n->err);
	if (n->status != SHEAF_OK)
		return 1;
	n->seen++;
	if (n->weigh)
		count_weights(n);
	else
		count_hits(n);
	return n->one;
}

static sheaf_status walk(counting *n, sheaf_revision since, sheaf_error *err)
{
	sheaf_error  why = {0};
	sheaf_status status = sheaf_database_each_document(n->c->db, since, count_document, n,
	                                                   &why);

	if (n->status != SHEAF_OK)
		return n->status;
	if (status == SHEAF_OK || status == SHEAF_ERROR_INTERRUPTED)
		return SHEAF_OK;
	if (err)
		*err = why;
	return status;
}

/* All papers, or of many every so many revisions the next. */
static sheaf_status walk_sample(counting *n, int64_t archive, sheaf_error *err)
{
	sheaf_revision newest;
	sheaf_status   status;

	n->seen = n->length = 0;
	n->last = 0;
	n->one = archive > SAMPLE;
	if (!n->one)
		return walk(n, 0, err);
	status = sheaf_database_get_revision(n->c->db, &newest, err);
	for (int64_t i = 0; status == SHEAF_OK && i < SAMPLE; i++) {
		sheaf_revision since = newest / SAMPLE * i + newest % SAMPLE * i / SAMPLE;

		if (since >= n->last)
			status = walk(n, since, err);
	}
	return status;
}

/* ---- models ---- */

static void set_norm(sheaf_classifier *c, size_t i)
{
	const match_options     o = match_defaults();
	const classifier_entry *e = &c->entries[i];
	percolator_norm         norm = {WEIGHTS_K1, 0, 0};

	if (c->set->digest.score == SHEAF_SCORE_BM25)
		norm = (percolator_norm){e->k1, o.weighting.b, e->model.average};
	percolator_set_norm(c->percolator, (size_t)e->query, norm);
}

static void set_weights(sheaf_classifier *c, size_t i)
{
	const classifier_entry *e = &c->entries[i];

	for (size_t l = 0; l < e->model.count; l++) {
		const percolator_leaf *leaf = percolator_leaf_at(c->percolator, (size_t)e->query,
		                                                 l);

		percolator_set_weight(c->percolator, (size_t)e->query, l,
		                      leaf->weighted ? leaf->factor * e->model.weights[l] : 0);
	}
	set_norm(c, i);
}

static void weigh_leaves(counting *n, size_t i)
{
	const match_options o = match_defaults();
	classifier_entry   *e = &n->c->entries[i];

	e->model.documents = n->seen;
	e->model.average = n->seen ? (double)n->length / (double)n->seen : 0;
	for (size_t l = 0; l < e->model.count; l++) {
		uint32_t term = percolator_leaf_at(n->c->percolator, (size_t)e->query, l)->term;

		e->model.weights[l] = bm25_idf(n->seen, n->documents[term]) *
		                      bm25_burst(n->occurrences[term], n->documents[term],
		                                 o.weighting.burst);
	}
	set_weights(n->c, i);
}

/* What a single leaf weighs: where there is nothing else to go by, the mean of what matches. */
static double typical_weight(const sheaf_classifier *c, size_t i)
{
	const classifier_entry *e = &c->entries[i];
	double                  sum = 0;
	size_t                  count = 0;

	for (size_t l = 0; l < e->model.count; l++) {
		const percolator_leaf *leaf = percolator_leaf_at(c->percolator, (size_t)e->query,
		                                                 l);

		sum += leaf->weight;
		count += leaf->weight > 0;
	}
	return count ? sum / (double)count : 0;
}

static sheaf_status make_models(counting *n, int64_t archive, sheaf_error *err)
{
	sheaf_classifier *c = n->c;
	sheaf_status      status = walk_sample(n, archive, err);

	for (size_t i = 0; status == SHEAF_OK && i < c->set->count; i++)
		if (c->entries[i].model.made)
			weigh_leaves(n, i);
	n->weigh = 1;
	if (status == SHEAF_OK)
		status = walk_sample(n, archive, err);
	for (size_t i = 0; status == SHEAF_OK && i < c->set->count; i++) {
		profile_model *m = &c->entries[i].model;

		if (!m->made)
			continue;
		m->archive = archive < 1 ? 1 : archive;
		m->mean = (n->sums[i] + typical_weight(c, i)) / (double)(m->matches + 1);
	}
	return status;
}

static sheaf_status count_sample(sheaf_classifier *c, int64_t archive, sheaf_error *err)
{
	size_t       terms = percolator_term_count(c->percolator);
	counting     n = {.c = c, .err = err};
	sheaf_status status = SHEAF_OK;

	n.documents = mem_calloc(terms + 1, sizeof *n.documents);
	n.occurrences = mem_calloc(terms + 1, sizeof *n.occurrences);
	n.sums = mem_calloc(c->set->count + 1, sizeof *n.sums);
	if (!n.documents || !n.occurrences || !n.sums)
		status = sheaf_nomem(err);
	if (status == SHEAF_OK)
		status = make_models(&n, archive, err);
	mem_free(n.documents);
	mem_free(n.occurrences);
	mem_free(n.sums);
	return status;
}

static sheaf_status load_model(sheaf_classifier *c, size_t i, uint64_t fingerprint, int64_t archive,
                               sheaf_error *err)
{
	const match_options o = match_defaults();
	classifier_entry   *e = &c->entries[i];
	profile_model      *m = &e->model;
	profile_state       state;
	sheaf_status        status;

	m->count = percolator_leaf_count(c->percolator, (size_t)e->query);
	m->weights = mem_calloc(m->count + 1, sizeof *m->weights);
	if (!m->weights)
		return sheaf_nomem(err);
	e->k1 = bm25_k1(o.weighting.k1, e->terms, o.weighting.length_exponent);
	status = store_profile_state_get(c->db, c->set->digest.name, c->set->profiles[i].name,
	                                 &state, err);
	if (status != SHEAF_OK)
		return status;
	if (state.fingerprint == fingerprint && state.model &&
	    unpack(state.model, state.model_len, m, m->count) && archive / 2 < m->archive)
		set_weights(c, i);
	else
		*m = (profile_model){.weights = m->weights, .count = m->count, .made = 1};
	mem_free(state.model);
	return SHEAF_OK;
}

sheaf_status classifier_learn(sheaf_classifier *c, const uint64_t *fingerprints, sheaf_error *err)
{
	int64_t      archive = 0;
	int          missing = 0;
	sheaf_status status;

	if (c->set->digest.match == SHEAF_MATCH_KEYWORDS)
		return SHEAF_OK;
	status = sheaf_database_get_doccount(c->db, &archive, err);
	for (size_t i = 0; status == SHEAF_OK && i < c->set->count; i++) {
		if (c->set->digest.score == SHEAF_SCORE_WEIGHTS)
			set_norm(c, i);
		else
			status = load_model(c, i, fingerprints[i], archive, err);
		missing += c->entries[i].model.made;
	}
	return status == SHEAF_OK && missing ? count_sample(c, archive, err) : status;
}

sheaf_status classifier_keep(sheaf_classifier *c, sheaf_error *err)
{
	buf          b = BUF_INIT(0);
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < c->set->count; i++) {
		profile_model *m = &c->entries[i].model;

		if (!m->made)
			continue;
		buf_clear(&b);
		pack(m, &b);
		status = buf_status(&b, err);
		if (status == SHEAF_OK)
			status = store_profile_model_put(c->db, c->set->digest.name,
			                                 c->set->profiles[i].name, b.data, b.len,
			                                 err);
		m->made = 0;
	}
	buf_free(&b);
	return status;
}

/* ---- scores ---- */

static int to_percent(double share)
{
	int percent = (int)floor(100 * share + 0.5);

	return percent < 0 ? 0 : percent > 100 ? 100 : percent;
}

double classifier_share(const sheaf_classifier *c)
{
	return c->set->digest.score == SHEAF_SCORE_WEIGHTS
	               ? weights_length_share(percolator_length(c->percolator))
	               : 1;
}

void classifier_score(const sheaf_classifier *c, size_t i, double weight, sheaf_class *result)
{
	const profile_model *m = &c->entries[i].model;

	result->weight = result->score = weight;
	if (c->set->digest.score == SHEAF_SCORE_WEIGHTS) {
		weight *= classifier_share(c);
		result->weight = result->score = weight + c->set->profiles[i].bias;
		result->percent = to_percent(1 / (1 + exp(-result->score)));
		return;
	}
	result->score = log((double)(m->documents + 1) / (double)(m->matches + 1));
	result->percent = 100;
	if (m->mean > 0) {
		result->score += weight / m->mean;
		/* Of the papers that match, so many weigh less. */
		result->percent = to_percent(1 - exp(-weight / m->mean));
	}
	if (result->percent < 1)
		result->percent = 1;
}
