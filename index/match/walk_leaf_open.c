/* Opens the postings of a leaf: from its ranking list, with what stands beside it, or from the index's pages. */
#include "alloc.h"
#include "error.h"
#include "field.h"
#include "str.h"
#include "walk_leaf_private.h"

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
	return leaf->tokens && !leaf->own_term;
}

/* All its tokens are in lists: families, and boolean terms that do not mark single documents. */
int walk_leaf_has_lists(sheaf_database *db, const leaf_tokens *t)
{
	if (t->prefix || !is_boolean(t))
		return !t->prefix && is_family(t);
	for (size_t i = 0; i < t->count; i++)
		if (ranking_has(db, TOKEN_BOOLEAN, t->list[i].text, t->list[i].len) <= 0)
			return 0;
	return 1;
}

/* ---- opening ---- */

/* What is opened, and from where. */
typedef struct opening {
	sheaf_database    *db;
	const ranking_run *run;
	walk_leaf         *l;
	sheaf_error       *err;
} opening;

/* Takes over postings beside those that there are. */
static sheaf_status add_beside(opening *o, const found_posting *more, size_t more_count)
{
	found_postings all = {.list = o->l->own, .count = o->l->count};
	sheaf_status   status = found_unite(&all, more, more_count, o->err);

	o->l->postings = o->l->own = all.list;
	o->l->count = all.count;
	return status;
}

/* All of a list in the leaf's column, but for what no document has any more. */
static sheaf_status read_all(opening *o, list_cursor *c, found_posting **list, size_t *count)
{
	size_t       size = c->counts.documents > 0 ? (size_t)c->counts.documents : 0, n = 0;
	sheaf_status status = SHEAF_OK;

	*list = mem_realloc_array(NULL, size + 1, sizeof **list);
	*count = 0;
	if (!*list)
		return sheaf_nomem(o->err);
	for (list_cursor_seek(c, o->run->first);
	     c->revision != LIST_END && n < size && status == SHEAF_OK; list_cursor_next(c)) {
		uint32_t frequency;

		if (o->db->ranking.dead &&
		    values_get_length(o->db, c->revision, &status, o->err) < 0)
			continue;
		list_cursor_read(c);
		frequency = walk_leaf_weigh(o->l, c->title, c->abstract, c->other);
		(*list)[n] = (found_posting){(uint32_t)(c->revision - o->run->first), frequency};
		n += frequency != 0;
	}
	*count = n;
	if (status == SHEAF_OK && c->status != SHEAF_OK)
		status = ranking_damaged(o->db, o->err);
	return status;
}

/* The list of one token, in memory. */
static sheaf_status add_list(opening *o, const leaf_token *t)
{
	list_cursor    cursor;
	found_posting *list = NULL;
	size_t         count = 0;
	sheaf_status   status = ranking_open(o->db, o->run, t->marker, t->text, t->len, &cursor,
	                                     o->err);

	if (status == SHEAF_OK)
		status = read_all(o, &cursor, &list, &count);
	if (status == SHEAF_OK && count)
		status = add_beside(o, list, count);
	mem_free(list);
	list_cursor_close(&cursor);
	return status;
}

/* What the index has of a token, in memory. */
static sheaf_status add_token(opening *o, const leaf_token *t)
{
	const leaf_tokens alone = {.column = o->l->column, .count = 1, .list = {*t}};
	found_postings    found;
	sheaf_status      status = token_postings_find(o->db, o->run->first, o->run->last, &alone,
	                                               &found, o->err);

	if (status == SHEAF_OK && found.count)
		status = add_beside(o, found.list, found.count);
	found_postings_free(&found);
	return status;
}

/* Adds to the counts of a column, as a list has them. */
static void add_counts(list_counts *c, int column, int64_t documents, int64_t occurrences)
{
	c->documents += documents;
	if (column == COLUMN_TITLE) {
		c->title_documents += documents;
		c->title_occurrences += occurrences / FIELD_TITLE_WEIGHT;
	} else if (column == COLUMN_ABSTRACT) {
		c->abstract_documents += documents;
		c->abstract_occurrences += occurrences;
	} else {
		c->occurrences += occurrences;
	}
}

/*
 * Counts what the postings beside the list add to it: a document that has both is one. The list is at its
 * beginning before and after.
 */
static sheaf_status count_beside(opening *o)
{
	walk_leaf   *l = o->l;
	list_cursor *c = &l->cursor;

	for (size_t i = 0; i < l->count; i++) {
		int there;

		list_cursor_seek(c, walk_leaf_beside(l, i));
		there = c->revision == walk_leaf_beside(l, i);
		if (there) {
			list_cursor_read(c);
			there = walk_leaf_weigh(l, c->title, c->abstract, c->other) != 0;
		}
		add_counts(&l->counts, l->column, !there, l->postings[i].frequency);
	}
	if (l->count)
		list_cursor_rewind(c);
	return c->status;
}

/*
 * A stem that is also a word, with another stem of its own (dimensional, dimension, dimens): the family's list
 * does not have that word. And an inflected word that is also a name is met there, too.
 */
static sheaf_status add_strays(opening *o, const leaf_tokens *t)
{
	int          own = ranking_has(o->db, 0, t->list[0].text, t->list[0].len);
	sheaf_status status = own < 0 ? sheaf_nomem(o->err) : SHEAF_OK;

	if (status == SHEAF_OK && !own)
		status = add_token(o, &t->list[0]);
	return status == SHEAF_OK && t->count == 3 ? add_list(o, &t->list[2]) : status;
}

/* The tokens of a family have one list; a boolean term has one, and one for each other name of it. */
static sheaf_status open_lists(opening *o, const leaf_tokens *t)
{
	const leaf_token *first = &t->list[0];
	walk_leaf        *l = o->l;
	sheaf_status      status;

	l->column = t->column;
	status = ranking_open(o->db, o->run, first->marker, first->text, first->len, &l->cursor,
	                      o->err);
	if (status == SHEAF_OK && !first->marker)
		status = add_strays(o, t);
	for (size_t i = 1; status == SHEAF_OK && first->marker && i < t->count; i++)
		status = add_list(o, &t->list[i]);
	l->counts = l->cursor.counts;
	return status == SHEAF_OK ? count_beside(o) : status;
}

/* What has no list is read from the index's pages, of which the run has a part. */
static sheaf_status open_pages(opening *o, const leaf_tokens *t, leaf_pages *pages)
{
	walk_leaf   *l = o->l;
	int64_t      occurrences = 0;
	sheaf_status status = SHEAF_OK;

	if (!pages->read)
		status = token_postings_find(o->db, pages->first, pages->last, t, &pages->found,
		                             o->err);
	if (status != SHEAF_OK)
		return status;
	pages->read = 1;
	l->partly = pages->partly;
	l->base = pages->first;
	l->postings = pages->found.list;
	l->count = pages->found.count;
	l->at = 0;
	l->postings += walk_leaf_find(l, o->run->first);
	l->count -= (size_t)(l->postings - pages->found.list);
	if (o->run->last < pages->last)
		l->count = walk_leaf_find(l, o->run->last + 1);
	for (size_t i = 0; i < l->count; i++)
		occurrences += l->postings[i].frequency;
	add_counts(&l->counts, t->column, (int64_t)l->count, occurrences);
	return SHEAF_OK;
}

sheaf_status walk_leaf_open(walk_leaf *l, sheaf_database *db, const ranking_run *run,
                            const leaf_tokens *tokens, leaf_pages *pages, int64_t first,
                            int counted, sheaf_error *err)
{
	opening      o = {db, run, l, err};
	sheaf_status status = SHEAF_OK;

	list_cursor_empty(&l->cursor);
	l->used = 1;
	l->column = -1;
	l->base = run->first;
	l->block_from = l->stretch_from = WALK_END;
	l->block_last = l->stretch_last = -1;
	l->all = pages != NULL;
	l->unread = l->all && counted;
	if (!l->all)
		status = open_lists(&o, tokens);
	else if (!l->unread)
		status = open_pages(&o, tokens, pages);
	if (status == SHEAF_OK)
		walk_leaf_seek(l, first);
	return status;
}

void walk_leaf_close(walk_leaf *l)
{
	list_cursor_close(&l->cursor);
	mem_free(l->own);
}
