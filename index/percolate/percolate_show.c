/* percolate_show.c: a document against all queries. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "field.h"
#include "percolator_private.h"

/* 0: out of memory. */
static int push_number(uint32_t **list, size_t *count, size_t *size, uint32_t number)
{
	if (*count == *size) {
		size_t    more = *size ? *size * 2 : 256;
		uint32_t *grown = mem_realloc_array(*list, more, sizeof *grown);

		if (!grown)
			return 0;
		*list = grown;
		*size = more;
	}
	(*list)[(*count)++] = number;
	return 1;
}

/* ---- before the first document ---- */

static int grow_places(token_places **list, size_t *size, size_t count)
{
	token_places *grown;

	if (count <= *size)
		return 1;
	grown = mem_realloc_array(*list, count, sizeof *grown);
	if (!grown)
		return 0;
	memset(grown + *size, 0, (count - *size) * sizeof *grown);
	*list = grown;
	*size = count;
	return 1;
}

static int grow_terms(percolator *p)
{
	size_t    count = p->keys.count;
	uint32_t *hit_of, *seen;

	if (count <= p->term_room)
		return 1;
	hit_of = mem_realloc_array(p->hit_of, count, sizeof *hit_of);
	if (!hit_of)
		return 0;
	p->hit_of = hit_of;
	seen = mem_realloc_array(p->term_seen, count, sizeof *seen);
	if (!seen)
		return 0;
	p->term_seen = seen;
	memset(seen + p->term_room, 0, (count - p->term_room) * sizeof *seen);
	p->term_room = count;
	return 1;
}

static int settle(percolator *p)
{
	return number_lists_settle(&p->token_terms, p->tokens.count) &&
	       number_lists_settle(&p->prefix_terms, p->prefixes.count) &&
	       number_lists_settle(&p->postings, p->keys.count) &&
	       grow_places(&p->places, &p->places_size, p->tokens.count) &&
	       grow_places(&p->prefix_places, &p->prefix_places_size, p->prefixes.count) &&
	       grow_terms(p);
}

/* Serials tell what is of this document; when they begin anew, nothing may look as if it were. */
static void next_serial(percolator *p)
{
	if (++p->serial)
		return;
	memset(p->places, 0, p->places_size * sizeof *p->places);
	memset(p->prefix_places, 0, p->prefix_places_size * sizeof *p->prefix_places);
	memset(p->term_seen, 0, p->term_room * sizeof *p->term_seen);
	for (size_t i = 0; i < p->query_count; i++)
		p->queries[i].seen = p->queries[i].matched = 0;
	p->serial = 1;
}

/* ---- tokens ---- */

static int new_node(percolator *p, uint64_t place, uint32_t *number)
{
	if (p->node_count == p->node_size) {
		size_t      size = p->node_size ? p->node_size * 2 : 1024;
		place_node *grown = mem_realloc_array(p->nodes, size, sizeof *grown);

		if (!grown)
			return 0;
		p->nodes = grown;
		p->node_size = size;
	}
	p->nodes[p->node_count] = (place_node){place, 0};
	*number = (uint32_t)++p->node_count;
	return 1;
}

static int note_place(percolator *p, token_places *places, uint32_t name, uint64_t place)
{
	uint32_t number;

	if (places->serial != p->serial) {
		if (!push_number(&p->touched, &p->touched_count, &p->touched_size, name))
			return 0;
		*places = (token_places){p->serial, 0, 0};
	}
	/* Two words that begin alike may stand at one place. */
	if (places->last && p->nodes[places->last - 1].place == place)
		return 1;
	if (!new_node(p, place, &number))
		return 0;
	if (places->last)
		p->nodes[places->last - 1].next = number;
	else
		places->first = number;
	places->last = number;
	return 1;
}

static int note_prefixes(percolator *p, const token *t, uint64_t place)
{
	for (size_t len = 1; len <= t->len && len <= TOKEN_MAX; len++) {
		uint32_t number;

		if (!(p->prefix_lengths[len >> 6] >> (len & 63) & 1))
			continue;
		number = text_table_find(&p->prefixes, t->text, len);
		if (number != UINT32_MAX &&
		    !note_place(p, &p->prefix_places[number], number | PERCOLATOR_PREFIX, place))
			return 0;
	}
	return 1;
}

/* As the index counts positions: one a token that is not at the place of the one before. */
static int take_token(void *ctx, const token *t)
{
	percolator *p = ctx;
	uint32_t   *positions = &p->positions[p->column], number;
	uint64_t    place;

	if (t->len > TOKEN_MAX)
		return 0;
	*positions += !t->same || !*positions;
	place = (uint64_t)p->column << PLACE_SHIFT | (*positions - 1);
	number = text_table_find(&p->tokens, t->text, t->len);
	if (number != UINT32_MAX && !note_place(p, &p->places[number], number, place))
		return -1;
	return p->prefixes.count && !note_prefixes(p, t, place) ? -1 : 0;
}

static int read_tokens(percolator *p)
{
	p->node_count = p->touched_count = 0;
	memset(p->positions, 0, sizeof p->positions);
	for (p->column = 0; p->column < COLUMN_COUNT; p->column++) {
		const buf *text = &p->view.text[p->column];

		if (p->view.columns >> p->column & 1 && text->len &&
		    tokens_split(p->config, text->data, text->len, take_token, p) < 0)
			return 0;
	}
	return 1;
}

/* ---- leaves and queries ---- */

static double length_norm(const percolator *p, const percolator_norm *norm)
{
	if (norm->average <= 0)
		return norm->k1;
	return norm->k1 * (1 - norm->b + norm->b * (double)percolator_length(p) / norm->average);
}

/* A leaf of a driven query is there. */
static int lead_query(percolator *p, uint32_t leaf, const percolator_hit *hit)
{
	pquery                *q = &p->queries[p->leaf_query[leaf]];
	const percolator_leaf *l = &p->leaves[leaf];

	if (q->seen != p->serial) {
		q->seen = p->serial;
		q->weight = 0;
		q->length = length_norm(p, &q->norm);
		if (!push_number(&p->candidates, &p->candidate_count, &p->candidate_size,
		                 p->leaf_query[leaf]))
			return 0;
	}
	if (!q->root && l->weight > 0 && hit->frequency > 0)
		q->weight += l->weight * percolate_saturate(q, hit->frequency);
	return 1;
}

static int note_hit(percolator *p, const percolator_hit *hit)
{
	if (p->hit_count == p->hit_size) {
		size_t          size = p->hit_size ? p->hit_size * 2 : 256;
		percolator_hit *grown = mem_realloc_array(p->hits, size, sizeof *grown);

		if (!grown)
			return 0;
		p->hits = grown;
		p->hit_size = size;
	}
	p->hits[p->hit_count++] = *hit;
	p->hit_of[hit->term] = (uint32_t)p->hit_count;
	for (uint32_t i = p->postings.begin[hit->term]; i < p->postings.begin[hit->term + 1]; i++)
		if (!lead_query(p, p->postings.items[i], hit))
			return 0;
	return 1;
}

static int try_terms(percolator *p, const number_lists *lists, uint32_t number)
{
	for (uint32_t i = lists->begin[number]; i < lists->begin[number + 1]; i++) {
		uint32_t       term_number = lists->items[i];
		percolator_hit hit;
		int            found;

		if (p->term_seen[term_number] == p->serial)
			continue;
		p->term_seen[term_number] = p->serial;
		p->hit_of[term_number] = 0;
		found = percolate_term(p, term_number, &hit);
		if (found < 0 || (found && !note_hit(p, &hit)))
			return 0;
	}
	return 1;
}

static int find_leaves(percolator *p)
{
	p->hit_count = p->candidate_count = 0;
	for (size_t i = 0; i < p->touched_count; i++) {
		uint32_t name = p->touched[i];
		int      fine = name & PERCOLATOR_PREFIX
		                        ? try_terms(p, &p->prefix_terms, name & ~PERCOLATOR_PREFIX)
		                        : try_terms(p, &p->token_terms, name);

		if (!fine)
			return 0;
	}
	for (size_t i = 0; i < p->bare_count; i++) {
		pquery *q = &p->queries[p->bare[i]];

		if (q->seen == p->serial)
			continue;
		q->seen = p->serial;
		q->length = length_norm(p, &q->norm);
		if (!push_number(&p->candidates, &p->candidate_count, &p->candidate_size,
		                 p->bare[i]))
			return 0;
	}
	return 1;
}

static int by_number(const void *a, const void *b)
{
	const uint32_t *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static int test_candidates(percolator *p)
{
	p->match_count = 0;
	for (size_t i = 0; i < p->candidate_count; i++) {
		pquery *q = &p->queries[p->candidates[i]];

		if (q->root) {
			q->weight = 0;
			if (!percolate_weigh(p, q, q->root, UINT32_MAX, &q->weight))
				continue;
		}
		q->matched = p->serial;
		if (!push_number(&p->matches, &p->match_count, &p->match_size, p->candidates[i]))
			return 0;
	}
	if (p->match_count)
		qsort(p->matches, p->match_count, sizeof *p->matches, by_number);
	return 1;
}

sheaf_status percolator_show(percolator *p, const percolator_view *view, sheaf_error *err)
{
	p->view = *view;
	p->hit_count = p->match_count = 0;
	if (!settle(p))
		return sheaf_nomem(err);
	next_serial(p);
	if (!read_tokens(p) || !find_leaves(p) || !test_candidates(p)) {
		p->match_count = p->hit_count = 0;
		return sheaf_nomem(err);
	}
	return SHEAF_OK;
}

/* ---- answers ---- */

const uint32_t *percolator_matches(const percolator *p, size_t *count)
{
	*count = p->match_count;
	return p->matches;
}

double percolator_weight(const percolator *p, size_t query)
{
	const pquery *q = &p->queries[query];

	return q->matched == p->serial ? q->weight : 0;
}

int percolator_test(percolator *p, size_t query)
{
	const pquery *q = &p->queries[query];

	return q->driven ? q->matched == p->serial : percolate_matches(p, q, q->root);
}

int64_t percolator_length(const percolator *p)
{
	return (int64_t)FIELD_TITLE_WEIGHT * p->positions[COLUMN_TITLE] +
	       p->positions[COLUMN_ABSTRACT];
}

const percolator_hit *percolator_hits(const percolator *p, size_t *count)
{
	*count = p->hit_count;
	return p->hits;
}

const percolator_hit *percolator_hit_of(const percolator *p, uint32_t term_number)
{
	if (term_number >= p->term_room || p->term_seen[term_number] != p->serial ||
	    !p->hit_of[term_number])
		return NULL;
	return &p->hits[p->hit_of[term_number] - 1];
}

double percolator_share(percolator *p, size_t query, size_t i)
{
	const pquery          *q = &p->queries[query];
	const percolator_leaf *l = &p->leaves[q->first + i];
	const percolator_hit  *hit = percolator_hit_of(p, l->term);
	double                 sum = 0;

	if (!hit || q->matched != p->serial)
		return 0;
	if (q->root)
		percolate_weigh(p, q, q->root, (uint32_t)i, &sum);
	else if (l->weight > 0 && hit->frequency > 0)
		sum = l->weight * percolate_saturate(q, hit->frequency);
	return sum;
}
