/* review_profile.c: profiles that cannot match, and what in them has no effect. */
#include <string.h>

#include "alloc.h"
#include "arxiv_id.h"
#include "profile_keys.h"
#include "profile_review.h"
#include "query_private.h"
#include "str.h"
#include "utf8.h"

enum { COVER_PAIRS_MAX = 1 << 16, KEYWORD_LETTERS = 3, TRAIL_MAX = 8 };

static const sheaf_query *unscaled(const sheaf_query *query)
{
	while (query->type == QUERY_SCALE)
		query = query->sub[0];
	return query;
}

/* 1 where two trees find the same papers because they are the same, whatever they weigh. */
static int is_same(const sheaf_query *a, const sheaf_query *b)
{
	a = unscaled(a);
	b = unscaled(b);
	if (a->type != b->type || a->field != b->field || a->flags != b->flags ||
	    a->count != b->count || a->window != b->window || a->begin != b->begin ||
	    a->end != b->end || a->type == QUERY_SLOT_RANGE || !str_eq(a->text, b->text))
		return 0;
	for (size_t i = 0; i < a->count; i++)
		if (!is_same(a->sub[i], b->sub[i]))
			return 0;
	return 1;
}

/* The alternatives of a query: the operands of an OR, or the query itself. */
static size_t alternatives(const sheaf_query *query)
{
	return query->type == QUERY_OR ? query->count : 1;
}

static const sheaf_query *alternative(const sheaf_query *query, size_t i)
{
	return unscaled(query->type == QUERY_OR ? query->sub[i] : query);
}

/* 1 where what `one` finds `all` finds, too, since it is, or has to meet, one of its alternatives. */
static int is_covered(const sheaf_query *one, const sheaf_query *all)
{
	size_t parts = one->type == QUERY_AND || one->type == QUERY_FILTER ? one->count : 0;

	for (size_t i = 0; i < alternatives(all); i++) {
		if (is_same(one, alternative(all, i)))
			return 1;
		for (size_t p = 0; p < parts; p++)
			if (is_same(one->sub[p], alternative(all, i)))
				return 1;
	}
	return 0;
}

static int covers(const sheaf_query *all, const sheaf_query *query)
{
	all = unscaled(all);
	query = unscaled(query);
	if (alternatives(all) * alternatives(query) > COVER_PAIRS_MAX)
		return 0;
	for (size_t i = 0; i < alternatives(query); i++)
		if (!is_covered(alternative(query, i), all))
			return 0;
	return 1;
}

/* Where `exclude` takes all that the query, or `require`, leaves. */
static void look_at_exclude(profile_review *r, const char *where, const review_query *q,
                            const review_query *exclude)
{
	if (!q->tree || !exclude->tree || !covers(exclude->tree, q->tree))
		return;
	review_note(r, SHEAF_SEVERITY_ERROR, exclude->node->key_line, NULL,
	            "%s can match nothing: its 'exclude' takes all that its '%s' finds", where,
	            q->key);
}

static void look_at_id(profile_review *r, const char *where, const char *key, const yaml_node *node,
                       const arxiv_id *id)
{
	/* Since 2015 a month has five digits. */
	int short_of_digits = id->year >= 2015 && strlen(id->id) < sizeof "yymm.00000" - 1;

	if (id->year && !short_of_digits)
		return;
	if (short_of_digits)
		review_note(r, SHEAF_SEVERITY_ERROR, node->line, NULL,
		            "'%s' in %s: '%.60s' is no arXiv id", key, where, node->text);
	else
		review_note(
			r, SHEAF_SEVERITY_WARNING, node->line, NULL,
			"'%s' in %s: '%.60s' is no arXiv id, only a paper of that name is meant",
			key, where, node->text);
}

/* The ids of a list; those that `seen` has from another one are noted. */
static void look_at_ids(profile_review *r, const char *where, const char *key,
                        const yaml_node *list, key_set *seen, int again)
{
	const yaml_node *node = list && list->type == YAML_LIST ? list->first : NULL;

	for (; node; node = node->next) {
		arxiv_id    id;
		const char *text;

		if (node->type != YAML_TEXT || !arxiv_id_parse(node->text, strlen(node->text), &id))
			continue;
		look_at_id(r, where, key, node, &id);
		text = arena_strdup(&r->arena, id.id);
		r->failed |= !text;
		if (text && !again)
			(void)key_set_add(seen, text);
		else if (text && key_set_has(seen, text))
			review_note(r, SHEAF_SEVERITY_ERROR, node->line, NULL,
			            "%s is in both 'must' and 'mustnot' of %s", id.id, where);
	}
}

static void look_at_tests(profile_review *r, const char *where, const yaml_node *entry)
{
	const yaml_node *must = yaml_get(entry, "must"), *mustnot = yaml_get(entry, "mustnot");
	key_set          seen = {NULL, 0};

	if (must && must->count > PROFILE_LIST_MAX)
		return;
	if (!key_set_init(&seen, &r->arena, must ? must->count : 0)) {
		r->failed = 1;
		return;
	}
	look_at_ids(r, where, "must", must, &seen, 0);
	look_at_ids(r, where, "mustnot", mustnot, &seen, 1);
}

static void look_at_keywords(profile_review *r, const char *where, const yaml_node *list)
{
	const yaml_node *node = list && list->type == YAML_LIST ? list->first : NULL;

	for (; node; node = node->next) {
		const char *text = node->text;
		size_t      len = text ? strlen(text) : 0, letters = 0;

		str_trim(&text, &len);
		for (size_t i = 0; i < len && letters < KEYWORD_LETTERS; letters++) {
			uint32_t ignored;

			i += utf8_decode(text + i, len - i, &ignored);
		}
		if (letters && letters < KEYWORD_LETTERS)
			review_note(r, SHEAF_SEVERITY_WARNING, node->line, NULL,
			            "the keyword '%.*s' of %s is so short that it is found inside "
			            "other words",
			            (int)len, text, where);
	}
}

void review_profile(profile_review *r, size_t profile, const char *where,
                    const review_query queries[3])
{
	const yaml_node *entry = r->nodes[profile], *bias = yaml_get(entry, "bias");

	look_at_exclude(r, where, &queries[0], &queries[2]);
	look_at_exclude(r, where, &queries[1], &queries[2]);
	look_at_tests(r, where, entry);
	if (r->set->digest.match == SHEAF_MATCH_KEYWORDS)
		look_at_keywords(r, where, yaml_get(entry, "keywords"));
	if (bias && r->set->digest.score != SHEAF_SCORE_WEIGHTS)
		review_note(r, SHEAF_SEVERITY_WARNING, bias->key_line, NULL,
		            "'bias' in %s counts only with 'score: weights' in digest", where);
}

/* How far a profile was looked at when its references are followed. */
typedef struct stand {
	size_t next, end; /* of its links */
	int    state;     /* 0: not seen, 1: on the way, 2: done */
} stand;

/* "a → b → a", where the way that `path` goes comes back to `to`. */
static void note_cycle(profile_review *r, const review_link *link, const size_t *path, size_t depth)
{
	buf    trail = BUF_INIT(0);
	size_t begin = depth;

	while (begin && path[begin - 1] != link->to)
		begin--;
	begin -= begin > 0;
	for (size_t i = begin; i < depth && i < begin + TRAIL_MAX; i++)
		buf_printf(&trail, "%.60s → ", r->names[path[i]]);
	if (depth - begin > TRAIL_MAX)
		buf_puts(&trail, "… → ");
	buf_puts(&trail, r->names[link->to]);
	r->failed |= trail.status != SHEAF_OK;
	review_note(r, SHEAF_SEVERITY_ERROR, link->line, NULL,
	            "profiles.%s leads back to itself: %s", r->names[link->to], buf_str(&trail));
	buf_free(&trail);
}

/* Follows all links from `first`, along `path`, which has room for every profile. */
static void follow(profile_review *r, stand *stands, size_t first, size_t *path)
{
	size_t depth = 0;

	path[depth++] = first;
	stands[first].state = 1;
	while (depth) {
		stand             *at = &stands[path[depth - 1]];
		const review_link *link = &r->links[at->next];

		if (at->next == at->end) {
			at->state = 2;
			depth--;
			continue;
		}
		at->next++;
		if (stands[link->to].state == 1)
			note_cycle(r, link, path, depth);
		if (stands[link->to].state == 0) {
			stands[link->to].state = 1;
			path[depth++] = link->to;
		}
	}
}

void review_links(profile_review *r)
{
	size_t  count = r->set->count;
	stand  *stands = arena_calloc(&r->arena, count + 1, sizeof *stands);
	size_t *path = arena_calloc(&r->arena, count + 1, sizeof *path);

	if (!stands || !path) {
		r->failed = 1;
		return;
	}
	/* Links were noted profile by profile. */
	for (size_t i = 0; i < r->link_count; i++) {
		stand *from = &stands[r->links[i].from];

		if (!from->end)
			from->next = i;
		from->end = i + 1;
	}
	for (size_t i = 0; i < count; i++)
		if (!stands[i].state)
			follow(r, stands, i, path);
}
