/*
 * Neighbouring words of the query that stand side by side in a document. In documents that FTS5 finds their
 * positions are at hand; in those that ranking lists find they are read afterwards, and only as long as what
 * neighbours can add could still change the best.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "bm25.h"
#include "error.h"
#include "field.h"
#include "match_lists.h"
#include "match_tally.h"
#include "positions.h"

/* ---- how many documents have them ---- */

/* How often a place of the second list is right behind one of the first, by weights. */
static double adjacent(const word_places *a, const word_places *b, const double *weights)
{
	double sum = 0;
	size_t j = 0;

	for (size_t i = 0; i < a->count; i++) {
		word_place next = {a->list[i].column, a->list[i].offset + 1};

		while (j < b->count &&
		       (b->list[j].column < next.column ||
		        (b->list[j].column == next.column && b->list[j].offset < next.offset)))
			j++;
		if (j < b->count && next.column < COLUMN_TEXT_COUNT &&
		    b->list[j].column == next.column && b->list[j].offset == next.offset)
			sum += weights[next.column];
	}
	return sum;
}

enum {
	SAMPLE_ALL = 1 << 14, /* revisions of a database in which all are looked at */
	SAMPLE = 1 << 12,     /* in a larger one: so many */
	SAMPLE_PARTS = 8,     /* evenly spread */
	SAMPLE_READ_MAX =
		1024 /* documents whose positions are read one by one; for more FTS5 is quicker */
};

/* Revisions that have both words of a pair. */
typedef struct both {
	sheaf_revision list[SAMPLE_READ_MAX];
	size_t         count;
	int            too_many;
} both;

/* What was found in a sample of all revisions, for all; what was not found may be there half a time. */
static int64_t scale_up(int64_t count, sheaf_revision all)
{
	return (int64_t)((count ? (double)count : 0.5) * (double)all / SAMPLE + 0.5);
}

/* Begin and end of the i-th part of the sample: (after, until]. */
static void sample_part(sheaf_revision all, int i, sheaf_revision *after, sheaf_revision *until)
{
	*until = (i + 1) * (all / SAMPLE_PARTS);
	*after = *until - SAMPLE / SAMPLE_PARTS;
}

static void find_both(match_walk *w, const plan_pair *p, sheaf_revision after, sheaf_revision until,
                      both *found)
{
	walk_leaf     *a = &w->leaves[p->a], *b = &w->leaves[p->b];
	sheaf_revision last = until < w->run->last ? until : w->run->last, r = after + 1;

	while (!found->too_many) {
		walk_leaf_seek(a, r);
		if (a->revision > last)
			return;
		walk_leaf_seek(b, a->revision);
		r = b->revision;
		if (r > last)
			return;
		if (r != a->revision)
			continue;
		found->too_many = found->count == SAMPLE_READ_MAX;
		if (!found->too_many)
			found->list[found->count++] = r++;
	}
}

static sheaf_status count_side_by_side(match_run_state *m, sheaf_database *db, const plan_pair *p,
                                       const both *found, int64_t *documents, sheaf_error *err)
{
	word_places  a = {0}, b = {0};
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < found->count; i++) {
		status = positions_read(db, m->plan->leaves[p->a].tokens, found->list[i], &a, err);
		if (status == SHEAF_OK)
			status = positions_read(db, m->plan->leaves[p->b].tokens, found->list[i],
			                        &b, err);
		*documents += status == SHEAF_OK && adjacent(&a, &b, match_default_weights()) > 0;
	}
	word_places_free(&a);
	word_places_free(&b);
	return status;
}

/*
 * Moves the words of a pair to the beginning of the run: another pair may have had one of them at its end. 0 where not
 * all of its postings were read, since only some revisions are asked for.
 */
static int begin_pair(match_walk *w, const plan_pair *p)
{
	walk_leaf *words[] = {&w->leaves[p->a], &w->leaves[p->b]};

	for (size_t i = 0; i < 2; i++) {
		if (words[i]->unread || words[i]->partly)
			return 0;
		walk_leaf_rewind(words[i], w->run->first);
	}
	return 1;
}

/* *done 0 where lists do not cover the sample, or too many documents have both words. */
static sheaf_status sample_lists(match_run_state *m, sheaf_database *db, const plan_pair *p,
                                 int64_t *documents, int *done, sheaf_error *err)
{
	sheaf_revision all = db->totals.revision, after, until, covered = 0;
	both           found = {.count = 0};

	*done = 0;
	for (size_t i = 0; i < m->lists.count; i++) {
		match_walk *w = &m->lists.walks[i];

		if (w->db != db)
			continue;
		if (!begin_pair(w, p))
			return SHEAF_OK;
		for (int j = 0; j < SAMPLE_PARTS; j++) {
			sample_part(all, j, &after, &until);
			if (after < w->run->last && until >= w->run->first)
				find_both(w, p, after, until, &found);
			covered = w->run->last;
		}
	}
	if (found.too_many || covered < SAMPLE_PARTS * (all / SAMPLE_PARTS))
		return SHEAF_OK;
	*done = 1;
	return count_side_by_side(m, db, p, &found, documents, err);
}

static sheaf_status sample_index(sheaf_database *db, const plan_leaf *leaf, int64_t *documents,
                                 sheaf_error *err)
{
	leaf_counts  counts = {0, 0};
	sheaf_status status = SHEAF_OK;

	for (int i = 0; status == SHEAF_OK && i < SAMPLE_PARTS; i++) {
		sheaf_revision after, until;

		sample_part(db->totals.revision, i, &after, &until);
		status = tally_leaf(db, leaf, after, until, &counts, err);
	}
	*documents = counts.documents;
	return status;
}

/* How many documents of one database have two words side by side. */
static sheaf_status count_pair(match_run_state *m, sheaf_database *db, const plan_pair *p,
                               const plan_leaf *phrase, int64_t *documents, sheaf_error *err)
{
	leaf_counts  counts = {0, 0};
	int          done = 0;
	sheaf_status status;

	if (db->totals.revision <= SAMPLE_ALL) {
		status = tally_leaf(db, phrase, 0, db->totals.revision, &counts, err);
		*documents = counts.documents;
		return status;
	}
	status = sample_lists(m, db, p, documents, &done, err);
	if (status == SHEAF_OK && !done)
		status = sample_index(db, phrase, documents, err);
	*documents = scale_up(*documents, db->totals.revision);
	return status;
}

/* The same in all databases, as far as it is not known already. */
static sheaf_status count_everywhere(match_run_state *m, const plan_pair *p, const char *fts,
                                     int64_t *sum, sheaf_error *err)
{
	const plan_leaf phrase = {.fts = fts, .shape = {.phrases = 1, .counted = 1}};
	buf             key = BUF_INIT(0);
	sheaf_status    status;

	*sum = 0;
	buf_puts(&key, "side by side ");
	buf_puts(&key, fts);
	status = buf_status(&key, err);
	for (size_t i = 0; status == SHEAF_OK && i < group_count(m->group); i++) {
		sheaf_database *db = group_member(m->group, i);
		df_cache       *cache = match_known_counts(db);
		int64_t         own = 0, unused;

		if (!df_cache_get(cache, key.data, &own, &unused)) {
			own = 0;
			status = count_pair(m, db, p, &phrase, &own, err);
			if (status == SHEAF_OK)
				df_cache_put(cache, key.data, own, 0);
		}
		*sum += own;
	}
	buf_free(&key);
	return status;
}

static sheaf_status weigh_pair(match_run_state *m, size_t i, sheaf_error *err)
{
	const plan_pair *pair = &m->plan->pairs[i];
	/* Only read. */
	sheaf_query *words[] = {(sheaf_query *)(uintptr_t)m->plan->leaves[pair->a].source,
	                        (sheaf_query *)(uintptr_t)m->plan->leaves[pair->b].source};
	sheaf_query  phrase = {.type = QUERY_PHRASE, .count = 2, .sub = words};
	buf          fts = BUF_INIT(0);
	leaf_shape   shape;
	sheaf_status status = leaf_write(&m->group->tokenizer.config, &phrase, &fts, &shape, NULL,
	                                 err);

	if (status == SHEAF_OK)
		status = count_everywhere(m, pair, fts.data, &m->pair_documents[i], err);
	m->pair_weight[i] = m->options->weighting.adjacency * pair->factor *
	                    bm25_idf(m->documents, m->pair_documents[i]);
	buf_free(&fts);
	return status;
}

sheaf_status match_weigh_pairs(match_run_state *m, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < m->pair_count; i++)
		status = weigh_pair(m, i, err);
	return status == SHEAF_OK ? match_lists_rewind(m, err) : status;
}

/* ---- what they add ---- */

int match_may_have_pair(const match_run_state *m, size_t i)
{
	const match_leaf *a = &m->leaves[m->plan->pairs[i].a], *b = &m->leaves[m->plan->pairs[i].b];

	return a->present && b->present && !a->idle && !b->idle && m->pair_weight[i] > 0;
}

uint64_t match_pairs_there(const match_run_state *m, double *most)
{
	uint64_t pairs = 0;

	*most = 0;
	for (size_t i = 0; i < m->pair_count; i++) {
		const match_leaf *a = &m->leaves[m->plan->pairs[i].a];
		const match_leaf *b = &m->leaves[m->plan->pairs[i].b];

		if (!match_may_have_pair(m, i))
			continue;
		pairs |= (uint64_t)1 << i;
		/* They stand side by side at most as often as each is there. */
		*most += m->pair_weight[i] * fmin(a->score / a->weight, b->score / b->weight);
	}
	return pairs;
}

double match_pair_bonus(match_run_state *m)
{
	double sum = 0;
	int    rc = SQLITE_OK;

	for (size_t i = 0; i < m->pair_count && rc == SQLITE_OK; i++) {
		const plan_pair *pair = &m->plan->pairs[i];
		double           pf;

		if (!match_may_have_pair(m, i))
			continue;
		pf = match_adjacent(&m->plan->leaves[pair->a], &m->plan->leaves[pair->b],
		                    m->options->column_weight, m->api, m->fts, NULL, &rc);
		if (pf > 0)
			sum += m->pair_weight[i] * match_saturation(m, pf, m->length);
	}
	return sum;
}

/* ---- documents that lists found ---- */

/* Where the words of a document's pairs stand: each is looked up once. */
typedef struct word_reading {
	word_places   *places; /* by leaf */
	unsigned char *read;
} word_reading;

static sheaf_status read_places(match_run_state *m, const match_item *item, size_t leaf,
                                word_reading *r, sheaf_error *err)
{
	if (r->read[leaf])
		return SHEAF_OK;
	r->read[leaf] = 1;
	return positions_read(group_member(m->group, item->place), m->plan->leaves[leaf].tokens,
	                      item->revision, &r->places[leaf], err);
}

static sheaf_status find_bonus(match_run_state *m, match_item *item, word_reading *r,
                               sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	int64_t      length = values_get_length(group_member(m->group, item->place), item->revision,
	                                        &status, err);

	memset(r->read, 0, m->plan->leaf_count);
	item->bonus = 0;
	for (size_t i = 0; status == SHEAF_OK && i < m->pair_count; i++) {
		const plan_pair *p = &m->plan->pairs[i];
		double           frequency;

		if (!(item->pairs >> i & 1))
			continue;
		status = read_places(m, item, p->a, r, err);
		if (status == SHEAF_OK)
			status = read_places(m, item, p->b, r, err);
		if (status != SHEAF_OK)
			break;
		frequency = adjacent(&r->places[p->a], &r->places[p->b], m->options->column_weight);
		if (frequency > 0)
			item->bonus += m->pair_weight[i] *
			               match_saturation(m, frequency, (double)length);
	}
	item->pairs = 0;
	return status;
}

static int compare_revisions(const void *a, const void *b)
{
	const match_item *const *x = a, *const *y = b;

	return ((*x)->revision > (*y)->revision) - ((*x)->revision < (*y)->revision);
}

/*
 * Finds what pairs add in the documents from the `from`-th to before the `until`-th, but for those that cannot
 * reach `least` by it. Positions are read in the order in which the index has them.
 */
static sheaf_status find_bonuses(match_run_state *m, size_t from, size_t until, double least,
                                 word_reading *r, sheaf_error *err)
{
	match_item  *items[MATCH_PAIRS_BEST];
	size_t       count = 0;
	sheaf_status status = SHEAF_OK;

	for (size_t i = from; i < until; i++) {
		match_item *item = &m->heap[i];

		if (!item->pairs)
			continue;
		if ((item->weight + item->bonus) * MATCH_MARGIN < least)
			item->bonus = 0;
		else
			items[count++] = item;
	}
	if (count)
		qsort(items, count, sizeof *items, compare_revisions);
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		status = find_bonus(m, items[i], r, err);
	return status;
}

/* Adds what was found to the documents of a part of the list, each of which finds its place before it. */
static void add_bonuses(match_run_state *m, size_t from, size_t until)
{
	for (size_t i = from; i < until; i++) {
		match_item item = m->heap[i];
		size_t     at = i;

		item.weight += item.bonus;
		if (item.weight > m->max_attained) {
			m->max_attained = item.weight;
			m->best_share = item.share;
		}
		for (; at && match_before(m, &item, &m->heap[at - 1]); at--)
			m->heap[at] = m->heap[at - 1];
		m->heap[at] = item;
	}
}

/* The rest has to pass the last of those that are asked for: most cannot. */
static sheaf_status apply_pairs(match_run_state *m, word_reading *r, sheaf_error *err)
{
	size_t       count = m->heap_count < MATCH_PAIRS_BEST ? m->heap_count : MATCH_PAIRS_BEST;
	size_t       wanted = m->options->keep < count ? m->options->keep : count;
	sheaf_status status = find_bonuses(m, 0, wanted, 0, r, err);

	if (status != SHEAF_OK)
		return status;
	add_bonuses(m, 0, wanted);
	if (wanted < count)
		status = find_bonuses(m, wanted, count, m->heap[wanted - 1].weight, r, err);
	if (status == SHEAF_OK)
		add_bonuses(m, wanted, count);
	return status;
}

sheaf_status match_apply_pairs(match_run_state *m, sheaf_error *err)
{
	size_t       leaves = m->plan->leaf_count;
	word_reading r = {mem_calloc(leaves, sizeof *r.places), mem_calloc(leaves, 1)};
	sheaf_status status = r.places && r.read ? apply_pairs(m, &r, err) : sheaf_nomem(err);

	for (size_t i = 0; r.places && i < leaves; i++)
		word_places_free(&r.places[i]);
	mem_free(r.places);
	mem_free(r.read);
	return status;
}
