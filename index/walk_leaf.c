#include "walk_leaf.h"

#include <string.h>

#include "alloc.h"
#include "error.h"
#include "field.h"
#include "match_tally.h"
#include "str.h"

/* ---- what lists can answer ---- */

static int is_family(const leaf_tokens *t)
{
	const leaf_token *word = &t->list[0], *stem = &t->list[1], *name = &t->list[2];

	if (t->count < 2 || t->count > 3 || word->marker || stem->marker != TOKEN_STEM ||
	    !str_eq(word->text, stem->text))
		return 0;
	if (t->count == 3 && name->marker != TOKEN_NAME)
		return 0;
	return t->column < 0 || t->column == COLUMN_TITLE || t->column == COLUMN_ABSTRACT;
}

static int is_boolean(const leaf_tokens *t)
{
	for (size_t i = 0; i < t->count; i++)
		if (t->list[i].marker != TOKEN_BOOLEAN)
			return 0;
	return t->count > 0 && t->column < 0;
}

int walk_leaf_can(const plan_leaf *leaf)
{
	if (!leaf->tokens || leaf->own_term)
		return 0;
	return is_family(leaf->tokens) || (!leaf->weighted && is_boolean(leaf->tokens));
}

/* ---- moving ---- */

static uint32_t in_column(const walk_leaf *l, uint32_t title, uint32_t abstract, uint32_t other)
{
	if (l->column < 0)
		return FIELD_TITLE_WEIGHT * title + abstract + other;
	return l->column == COLUMN_TITLE ? FIELD_TITLE_WEIGHT * title : abstract;
}

static int has_column(const walk_leaf *l, const list_occurrences *o)
{
	return l->column == COLUMN_TITLE ? o->title != 0 : o->abstract != 0;
}

/* From the posting at hand on to one in the leaf's column. */
static void pass_other_columns(walk_leaf *l)
{
	list_cursor *c = &l->cursor;

	while (c->revision != LIST_END) {
		list_cursor_read(c);
		for (; c->revision != LIST_END && c->at < c->count; c->at++) {
			unsigned code = c->codes[c->at];

			if (!has_column(l, code < LIST_CODES ? &list_code_table[code]
			                                     : &c->rare[code - LIST_CODES]))
				continue;
			c->revision = c->base + c->offsets[c->at];
			return;
		}
		if (c->revision == LIST_END)
			return;
		c->at = c->count - 1;
		list_cursor_next_block(c);
	}
}

/* In steps of twice the size, then by halves. */
static void seek_postings(walk_leaf *l, int64_t revision)
{
	size_t step = 1, low = l->at, high;

	while (low + step < l->count && l->postings[low + step].revision < revision) {
		low += step;
		step *= 2;
	}
	high = low + step < l->count ? low + step : l->count;
	while (low < high) {
		size_t mid = (low + high) / 2;

		if (l->postings[mid].revision < revision)
			low = mid + 1;
		else
			high = mid;
	}
	l->at = low;
}

static uint32_t frequency_beside(const walk_leaf *l)
{
	const posting *p = &l->postings[l->at];

	return in_column(l, p->title, p->abstract, p->other);
}

/* The earlier of the list's posting and that beside it. */
static void settle(walk_leaf *l)
{
	l->revision = l->cursor.revision;
	while (l->at < l->count && l->column >= 0 && !frequency_beside(l))
		l->at++;
	if (l->at < l->count && l->postings[l->at].revision < l->revision)
		l->revision = l->postings[l->at].revision;
}

void walk_leaf_seek(walk_leaf *l, int64_t revision)
{
	list_cursor_seek(&l->cursor, revision);
	if (l->column >= 0)
		pass_other_columns(l);
	l->revision = l->cursor.revision;
	if (l->count) {
		seek_postings(l, revision);
		settle(l);
	}
}

void walk_leaf_next(walk_leaf *l)
{
	int64_t now = l->revision;

	if (l->at < l->count && l->postings[l->at].revision == now)
		l->at++;
	if (l->cursor.revision == now && now != WALK_END) {
		list_cursor_next(&l->cursor);
		if (l->column >= 0)
			pass_other_columns(l);
	}
	settle(l);
}

uint32_t walk_leaf_frequency(walk_leaf *l)
{
	uint32_t frequency = 0;

	if (l->cursor.revision == l->revision) {
		list_cursor_read(&l->cursor);
		frequency = in_column(l, l->cursor.title, l->cursor.abstract, l->cursor.other);
	}
	if (l->at < l->count && l->postings[l->at].revision == l->revision)
		frequency += frequency_beside(l);
	return frequency;
}

int walk_leaf_has_more(const walk_leaf *l, int64_t from, int64_t until)
{
	for (size_t i = l->at; i < l->count && l->postings[i].revision <= until; i++)
		if (l->postings[i].revision >= from)
			return 1;
	return 0;
}

void walk_leaf_rewind(walk_leaf *l, int64_t first)
{
	list_cursor_rewind(&l->cursor);
	l->at = 0;
	l->block_from = WALK_END;
	l->block_last = -1;
	walk_leaf_seek(l, first);
}

/* ---- opening ---- */

/* What is opened, and from where. */
typedef struct opening {
	sheaf_database    *db;
	const ranking_run *run;
	walk_leaf         *l;
	sheaf_error       *err;
} opening;

/* Adds postings beside those that there are; where both have a revision, occurrences add up. */
static sheaf_status unite(opening *o, const posting *more, size_t more_count)
{
	walk_leaf *l = o->l;
	posting   *all = mem_alloc((l->count + more_count + 1) * sizeof *all);
	size_t     a = 0, b = 0, n = 0;

	if (!all)
		return sheaf_nomem(o->err);
	while (a < l->count || b < more_count) {
		int take_a = b == more_count ||
		             (a < l->count && l->postings[a].revision <= more[b].revision);
		const posting *from = take_a ? &l->postings[a++] : &more[b++];

		if (n && all[n - 1].revision == from->revision) {
			all[n - 1].title += from->title;
			all[n - 1].abstract += from->abstract;
			all[n - 1].other += from->other;
		} else {
			all[n++] = *from;
		}
	}
	mem_free(l->postings);
	l->postings = all;
	l->count = n;
	return SHEAF_OK;
}

/* All of a list, but for what no document has any more. */
static sheaf_status read_all(opening *o, list_cursor *c, posting **list, size_t *count)
{
	size_t       size = c->counts.documents > 0 ? (size_t)c->counts.documents : 0, n = 0;
	sheaf_status status = SHEAF_OK;

	*list = mem_alloc((size + 1) * sizeof **list);
	*count = 0;
	if (!*list)
		return sheaf_nomem(o->err);
	for (list_cursor_seek(c, o->run->first);
	     c->revision != LIST_END && n < size && status == SHEAF_OK; list_cursor_next(c)) {
		if (o->db->ranking.dead &&
		    values_get_length(o->db, c->revision, &status, o->err) < 0)
			continue;
		list_cursor_read(c);
		(*list)[n++] = (posting){.revision = c->revision,
		                         .title = c->title,
		                         .abstract = c->abstract,
		                         .other = c->other};
	}
	*count = n;
	if (status == SHEAF_OK && c->status != SHEAF_OK)
		status = ranking_damaged(o->db, o->err);
	return status;
}

/* The list of one token, in memory. */
static sheaf_status add_list(opening *o, const leaf_token *t)
{
	list_cursor  cursor;
	posting     *list = NULL;
	size_t       count = 0;
	sheaf_status status = ranking_open(o->db, o->run, t->marker, t->text, t->len, &cursor,
	                                   o->err);

	if (status == SHEAF_OK)
		status = read_all(o, &cursor, &list, &count);
	if (status == SHEAF_OK)
		status = unite(o, list, count);
	mem_free(list);
	list_cursor_close(&cursor);
	return status;
}

/* What FTS5 has of a token, in memory. */
static sheaf_status add_token(opening *o, const leaf_token *t)
{
	posting     *list = NULL;
	size_t       count = 0;
	sheaf_status status = collect_token(o->db, t, o->run->first - 1, o->run->last, &list,
	                                    &count, o->err);

	if (status == SHEAF_OK)
		status = unite(o, list, count);
	mem_free(list);
	return status;
}

/*
 * Counts what the postings beside the list add to it: a document that has both is one. The list is at its
 * beginning before and after.
 */
static sheaf_status count_beside(opening *o)
{
	walk_leaf *l = o->l;

	for (size_t i = 0; i < l->count; i++) {
		posting here = {.revision = l->postings[i].revision}, both = l->postings[i];

		list_cursor_seek(&l->cursor, here.revision);
		if (l->cursor.revision != here.revision) {
			list_counts_add(&l->counts, &both, 1);
			continue;
		}
		list_cursor_read(&l->cursor);
		here.title = l->cursor.title;
		here.abstract = l->cursor.abstract;
		here.other = l->cursor.other;
		both.title += here.title;
		both.abstract += here.abstract;
		both.other += here.other;
		list_counts_add(&l->counts, &both, 1);
		list_counts_add(&l->counts, &here, -1);
	}
	if (l->count)
		list_cursor_rewind(&l->cursor);
	return l->cursor.status;
}

/*
 * A stem that is also a word, with another stem of its own (dimensional, dimension, dimens): the family's list
 * does not have that word. And an inflected word that is also a name is met there, too.
 */
static sheaf_status add_strays(opening *o, const leaf_tokens *t)
{
	int          own = ranking_has(o->db, 0, t->list[0].text, t->list[0].len), there = 0;
	sheaf_status status = own < 0 ? sheaf_nomem(o->err) : SHEAF_OK;

	if (status == SHEAF_OK && !own)
		status = token_is_there(o->db, &t->list[0], &there, o->err);
	if (status == SHEAF_OK && there)
		status = add_token(o, &t->list[0]);
	return status == SHEAF_OK && t->count == 3 ? add_list(o, &t->list[2]) : status;
}

/* The tokens of a family have one list; a boolean term has one, and one for each other name of it. */
static sheaf_status open_lists(opening *o, const leaf_tokens *t)
{
	const leaf_token *first = &t->list[0];
	sheaf_status      status = ranking_open(o->db, o->run, first->marker, first->text,
	                                        first->len, &o->l->cursor, o->err);

	if (status == SHEAF_OK && !first->marker)
		return add_strays(o, t);
	for (size_t i = 1; status == SHEAF_OK && i < t->count; i++)
		status = add_list(o, &t->list[i]);
	return status;
}

sheaf_status walk_leaf_open(walk_leaf *l, sheaf_database *db, const ranking_run *run,
                            const leaf_tokens *tokens, int64_t first, sheaf_error *err)
{
	opening      o = {db, run, l, err};
	sheaf_status status;

	list_cursor_empty(&l->cursor);
	l->used = 1;
	l->column = tokens->column;
	l->block_from = WALK_END;
	l->block_last = -1;
	status = open_lists(&o, tokens);
	l->counts = l->cursor.counts;
	if (status == SHEAF_OK)
		status = count_beside(&o);
	if (status == SHEAF_OK)
		walk_leaf_seek(l, first);
	return status;
}

void walk_leaf_close(walk_leaf *l)
{
	list_cursor_close(&l->cursor);
	mem_free(l->postings);
}
