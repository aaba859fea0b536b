/* percolator.c: queries become tables. */
#include "percolator.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "percolator_private.h"
#include "query_tree.h"

sheaf_status percolator_new(const tokens_config *config, percolator **out, sheaf_error *err)
{
	*out = mem_calloc(1, sizeof **out);
	if (!*out)
		return sheaf_nomem(err);
	(*out)->config = config;
	return SHEAF_OK;
}

void percolator_free(percolator *p)
{
	if (!p)
		return;
	for (size_t i = 0; i < p->slot_count; i++)
		sheaf_query_free(p->slots[i]);
	for (size_t i = 0; i < p->part_size; i++)
		place_list_free(&p->parts[i].starts);
	place_list_free(&p->scratch);
	text_table_free(&p->tokens);
	text_table_free(&p->prefixes);
	text_table_free(&p->keys);
	number_lists_free(&p->token_terms);
	number_lists_free(&p->prefix_terms);
	number_lists_free(&p->postings);
	mem_free(p->slots);
	mem_free(p->terms);
	mem_free(p->leaves);
	mem_free(p->leaf_query);
	mem_free(p->queries);
	mem_free(p->bare);
	mem_free(p->places);
	mem_free(p->prefix_places);
	mem_free(p->nodes);
	mem_free(p->touched);
	mem_free(p->hit_of);
	mem_free(p->term_seen);
	mem_free(p->hits);
	mem_free(p->candidates);
	mem_free(p->matches);
	mem_free(p->parts);
	arena_free(&p->arena);
	mem_free(p);
}

/* Room for one more of what has `size` bytes. 0: out of memory. */
static int make_room(void *list, size_t count, size_t *room, size_t size)
{
	void **at = list, *grown;
	size_t more = *room ? *room * 2 : 64;

	if (count < *room)
		return 1;
	grown = mem_realloc_array(*at, more, size);
	if (!grown)
		return 0;
	*at = grown;
	*room = more;
	return 1;
}

/* ---- terms ---- */

static void note_prefix_length(percolator *p, size_t len)
{
	p->prefix_lengths[len >> 6 & 3] |= 1ull << (len & 63);
}

/* The number of a token, with its marker; prefixes have PERCOLATOR_PREFIX. UINT32_MAX: no memory. */
static uint32_t number_token(percolator *p, const leaf_token *t, int prefix)
{
	char     text[TOKEN_MAX + 2];
	size_t   len = 0;
	uint32_t number;

	if (t->marker)
		text[len++] = t->marker;
	/* A longer one is in no index; cut, with a byte more than any, it is in no document either. */
	for (size_t i = 0; i < t->len && len <= TOKEN_MAX; i++)
		text[len++] = t->text[i];
	number = text_table_put(prefix ? &p->prefixes : &p->tokens, &p->arena, text, len);
	if (prefix && number != UINT32_MAX) {
		note_prefix_length(p, len);
		number |= PERCOLATOR_PREFIX;
	}
	return number;
}

static size_t count_tokens(const leaf_pattern *pattern)
{
	size_t count = 0;

	for (size_t i = 0; i < pattern->count; i++)
		for (size_t j = 0; j < pattern->phrases[i].count; j++)
			count += pattern->phrases[i].words[j].count;
	return count;
}

static int number_tokens(percolator *p, pterm *t)
{
	size_t at = 0;

	t->tokens = arena_calloc(&p->arena, count_tokens(&t->pattern) + 1, sizeof *t->tokens);
	if (!t->tokens)
		return 0;
	for (size_t i = 0; i < t->pattern.count; i++) {
		const pattern_phrase *phrase = &t->pattern.phrases[i];

		for (size_t j = 0; j < phrase->count; j++)
			for (size_t k = 0; k < phrase->words[j].count; k++) {
				int prefix = phrase->prefix && j + 1 == phrase->count;

				t->tokens[at] = number_token(p, &phrase->words[j].tokens[k],
				                             prefix);
				if (t->tokens[at++] == UINT32_MAX)
					return 0;
			}
	}
	return 1;
}

/* The word of a phrase that is met most rarely, as far as its length tells. */
static size_t longest_word(const pattern_phrase *phrase)
{
	size_t best = 0;

	for (size_t i = 1; i < phrase->count; i++)
		if (phrase->words[i].tokens[0].len > phrase->words[best].tokens[0].len)
			best = i;
	return best;
}

static int lead_to(percolator *p, uint32_t token_number, uint32_t term_number)
{
	if (token_number & PERCOLATOR_PREFIX)
		return number_lists_add(&p->prefix_terms, token_number & ~PERCOLATOR_PREFIX,
		                        term_number);
	return number_lists_add(&p->token_terms, token_number, term_number);
}

/* A document is looked through for a phrase only where it has one chosen word of it. */
static int add_leads(percolator *p, const pterm *t, uint32_t term_number)
{
	size_t at = 0;

	for (size_t i = 0; i < t->pattern.count; i++) {
		const pattern_phrase *phrase = &t->pattern.phrases[i];
		size_t                chosen = longest_word(phrase);
		/* Where all phrases must be there, the first one leads. */
		int leads = !t->pattern.near || i == 0;

		for (size_t j = 0; j < phrase->count; j++)
			for (size_t k = 0; k < phrase->words[j].count; k++, at++)
				if (leads && j == chosen && !lead_to(p, t->tokens[at], term_number))
					return 0;
	}
	return 1;
}

static sheaf_status add_term(percolator *p, const plan_leaf *leaf, uint32_t *number,
                             sheaf_error *err)
{
	size_t       known = p->keys.count;
	pterm       *t;
	sheaf_status status;

	*number = text_table_put(&p->keys, &p->arena, leaf->key, strlen(leaf->key));
	if (*number == UINT32_MAX)
		return sheaf_nomem(err);
	if (*number < known)
		return SHEAF_OK;
	if (!make_room(&p->terms, *number, &p->term_size, sizeof *p->terms))
		return sheaf_nomem(err);
	t = &p->terms[*number];
	memset(t, 0, sizeof *t);
	t->own_term = leaf->own_term;
	status = leaf_pattern_read(leaf, &p->arena, &t->pattern, err);
	if (status != SHEAF_OK)
		return status;
	return number_tokens(p, t) && add_leads(p, t, *number) ? SHEAF_OK : sheaf_nomem(err);
}

/* ---- queries ---- */

/* Any of its leaves makes it match, and nothing else does. */
static int is_flat(const plan_node *root)
{
	if (root->type == PLAN_LEAF)
		return 1;
	if (root->type != PLAN_OR)
		return 0;
	for (size_t i = 0; i < root->count; i++)
		if (root->sub[i]->type != PLAN_LEAF)
			return 0;
	return 1;
}

/* Could a document that has none of the leaves match? */
static int is_bare(const plan_node *n)
{
	int any = 0, all = 1;

	if (n->type == PLAN_ALL || n->type == PLAN_RANGE || n->type == PLAN_SLOT_RANGE)
		return 1;
	if (n->type == PLAN_AND_NOT)
		return is_bare(n->sub[0]);
	for (size_t i = 0; i < n->count; i++) {
		int bare = is_bare(n->sub[i]);

		any = any || bare;
		all = all && bare;
	}
	return n->type == PLAN_AND ? all : any;
}

static sheaf_status keep_slot(percolator *p, const plan_node *from, pnode *to, sheaf_error *err)
{
	if (!make_room(&p->slots, p->slot_count, &p->slot_size, sizeof *p->slots))
		return sheaf_nomem(err);
	to->slot = query_clone(from->slot);
	if (!to->slot)
		return sheaf_nomem(err);
	p->slots[p->slot_count++] = to->slot;
	return SHEAF_OK;
}

static sheaf_status copy_node(percolator *p, const plan_node *from, pnode *to, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	to->type = from->type;
	to->leaf = (uint32_t)from->leaf;
	to->range = (plan_node){
		.type = from->type, .field = from->field, .begin = from->begin, .end = from->end};
	if (from->type == PLAN_SLOT_RANGE)
		return keep_slot(p, from, to, err);
	to->count = from->count;
	to->sub = arena_calloc(&p->arena, from->count + 1, sizeof *to->sub);
	if (!to->sub)
		return sheaf_nomem(err);
	for (size_t i = 0; status == SHEAF_OK && i < from->count; i++)
		status = copy_node(p, from->sub[i], &to->sub[i], err);
	return status;
}

static sheaf_status add_leaf(percolator *p, const plan_leaf *leaf, int driven, sheaf_error *err)
{
	size_t          room = p->leaf_size;
	percolator_leaf l = {.weighted = leaf->weighted && leaf->used, .factor = leaf->factor};
	sheaf_status    status = add_term(p, leaf, &l.term, err);

	l.weight = l.weighted ? l.factor : 0;
	if (status != SHEAF_OK)
		return status;
	if (!make_room(&p->leaves, p->leaf_count, &p->leaf_size, sizeof *p->leaves) ||
	    !make_room(&p->leaf_query, p->leaf_count, &room, sizeof *p->leaf_query))
		return sheaf_nomem(err);
	p->leaves[p->leaf_count] = l;
	p->leaf_query[p->leaf_count] = (uint32_t)p->query_count;
	/* What the plan has dropped, since nothing can match there, leads to nothing. */
	if (driven && leaf->used &&
	    !number_lists_add(&p->postings, l.term, (uint32_t)p->leaf_count))
		return sheaf_nomem(err);
	p->leaf_count++;
	return SHEAF_OK;
}

static sheaf_status add_bare(percolator *p, sheaf_error *err)
{
	if (!make_room(&p->bare, p->bare_count, &p->bare_size, sizeof *p->bare))
		return sheaf_nomem(err);
	p->bare[p->bare_count++] = (uint32_t)p->query_count;
	return SHEAF_OK;
}

sheaf_status percolator_add(percolator *p, const plan *from, int driven, size_t *number,
                            sheaf_error *err)
{
	pquery       q = {.first = p->leaf_count, .count = from->leaf_count, .driven = driven};
	sheaf_status status = SHEAF_OK;

	*number = p->query_count;
	for (size_t i = 0; status == SHEAF_OK && i < from->leaf_count; i++)
		status = add_leaf(p, &from->leaves[i], driven, err);
	if (status == SHEAF_OK && !(driven && is_flat(from->root))) {
		q.root = arena_calloc(&p->arena, 1, sizeof *q.root);
		status = q.root ? copy_node(p, from->root, q.root, err) : sheaf_nomem(err);
	}
	if (status == SHEAF_OK && driven && is_bare(from->root))
		status = add_bare(p, err);
	if (status == SHEAF_OK &&
	    !make_room(&p->queries, p->query_count, &p->query_size, sizeof *p->queries))
		status = sheaf_nomem(err);
	if (status != SHEAF_OK)
		return status;
	p->queries[p->query_count++] = q;
	percolator_set_norm(p, *number, (percolator_norm){1.2, 0, 0});
	return SHEAF_OK;
}

size_t percolator_leaf_count(const percolator *p, size_t query)
{
	return p->queries[query].count;
}

const percolator_leaf *percolator_leaf_at(const percolator *p, size_t query, size_t i)
{
	return &p->leaves[p->queries[query].first + i];
}

void percolator_set_weight(percolator *p, size_t query, size_t i, double weight)
{
	p->leaves[p->queries[query].first + i].weight = weight;
}

void percolator_set_norm(percolator *p, size_t query, percolator_norm norm)
{
	p->queries[query].norm = norm;
	p->queries[query].saturation = norm.k1 + 1;
}

size_t percolator_term_count(const percolator *p)
{
	return p->keys.count;
}
