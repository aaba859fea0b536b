/*
 * How many documents have any of some words: exactly, where the lists are not too long to be read for it;
 * else about, from evenly spread parts of the revisions.
 */
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "match_walk.h"

enum {
	READ_MAX = 1 << 18, /* postings that are read to count exactly */
	MEET_MAX = 1 << 14, /* documents that may match, looked at one by one to count exactly */
	PARTS = 64,         /* of the revisions, where they are more */
	PART = 1 << 15,     /* revisions that have a mark each at a time */
	STRETCHES = 32      /* of it; a byte can hold the marks of an eighth of one */
};

int walk_is_any(const match_walk *w)
{
	const walk_node *n = w->root;

	for (size_t i = 0; i < n->count; i++)
		if (n->sub[i]->type != PLAN_LEAF)
			return 0;
	return n->type == PLAN_LEAF || n->type == PLAN_OR;
}

static walk_leaf *word_of(const walk_node *n, size_t i)
{
	return n->type == PLAN_LEAF ? n->leaf : n->sub[i]->leaf;
}

static size_t word_count(const walk_node *n)
{
	return n->type == PLAN_LEAF ? 1 : n->count;
}

/* A list in any column: a block at a time. */
static void mark_blocks(list_cursor *c, unsigned char *marks, int64_t begin, int64_t end)
{
	while (c->revision < end) {
		int64_t shift = c->base - begin;
		size_t  stop = list_cursor_find(c, end);

		for (size_t i = c->at; i < stop; i++)
			marks[shift + c->offsets[i]] = 1;
		if (stop < c->count) {
			c->at = stop;
			c->revision = c->base + c->offsets[stop];
			return;
		}
		c->at = stop - 1;
		list_cursor_next_block(c);
	}
}

/* Marks a word's postings in [begin, end). */
static void mark(walk_leaf *l, unsigned char *marks, int64_t begin, int64_t end)
{
	walk_leaf_seek(l, begin);
	if (!l->count && l->column < 0) {
		mark_blocks(&l->cursor, marks, begin, end);
		l->revision = l->cursor.revision;
		return;
	}
	for (; l->revision < end; walk_leaf_next(l))
		marks[l->revision - begin] = 1;
}

/* Documents that are gone are still in the lists. */
static sheaf_status take_out_dead(match_walk *w, unsigned char *marks, int64_t begin, int64_t end,
                                  sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 1;
	sheaf_status  status;

	if (!w->db->ranking.dead)
		return SHEAF_OK;
	status = statement_get(w->db, STMT_RANKING_DEAD_AMONG, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, begin);
	sqlite3_bind_int64(stmt, 2, end);
	while ((status = statement_step(w->db, stmt, &row, err)) == SHEAF_OK && row)
		marks[sqlite3_column_int64(stmt, 0) - begin] = 0;
	statement_reset(stmt);
	return status;
}

/* How many of PART places are marked: eight are added at a time, as long as none can pass a byte. */
static int64_t count_marks(const unsigned char *marks)
{
	const uint64_t even = UINT64_C(0x00FF00FF00FF00FF);
	int64_t        count = 0;

	for (size_t at = 0; at < PART; at += PART / STRETCHES) {
		uint64_t sums = 0;

		for (size_t i = 0; i < PART / STRETCHES; i += sizeof sums) {
			uint64_t eight;

			memcpy(&eight, marks + at + i, sizeof eight);
			sums += eight;
		}
		sums = (sums & even) + (sums >> 8 & even);
		count += (int64_t)(sums * UINT64_C(0x0001000100010001) >> 48);
	}
	return count;
}

/* Adds the documents in [begin, end) that have any of the words. */
static sheaf_status count_part(match_walk *w, unsigned char *marks, int64_t begin, int64_t end,
                               int64_t *count, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (int64_t next; begin < end && status == SHEAF_OK; begin = next) {
		next = begin + PART < end ? begin + PART : end;
		memset(marks, 0, PART);
		for (size_t i = 0; i < word_count(w->root); i++)
			mark(word_of(w->root, i), marks, begin, next);
		status = take_out_dead(w, marks, begin, next, err);
		*count += count_marks(marks);
	}
	return status;
}

/* How many documents have a word where it is looked for, with those that are gone. */
static int64_t documents_of(const walk_leaf *l)
{
	if (l->column < 0)
		return l->counts.documents;
	return l->column == COLUMN_TITLE ? l->counts.title_documents : l->counts.abstract_documents;
}

/* At least as many as the most frequent word has, at most as many as all together. */
static void settle(match_walk *w, int64_t count)
{
	int64_t least = 0, most = 0, dead = w->db->ranking.dead, span = w->last - w->first + 1;

	for (size_t i = 0; i < word_count(w->root); i++) {
		int64_t documents = documents_of(word_of(w->root, i));

		most += documents;
		least = documents > least ? documents : least;
	}
	/* A list's documents are those of all the run; a part of it can have none. */
	least = w->first > w->run->first || w->last < w->run->last ? 0 : least - dead;
	least = least > 0 ? least : 0;
	most = most < span ? most : span;
	count = count < least ? least : count > most ? most : count;
	w->m->hits += count;
	w->m->fewer += count - least;
	w->m->more += most - count;
}

/* Evenly spread parts, so many that READ_MAX postings or so are read. */
static sheaf_status count_about(match_walk *w, unsigned char *marks, size_t postings,
                                sheaf_error *err)
{
	int64_t      span = w->last - w->first + 1, step = span / PARTS, count = 0;
	int64_t      size = (int64_t)((double)step * READ_MAX / 2 / (double)postings);
	sheaf_status status = SHEAF_OK;

	size = size ? size : 1;
	for (int64_t i = 0; status == SHEAF_OK && i < PARTS; i++) {
		int64_t begin = w->first + i * step + (step - size) / 2;

		status = count_part(w, marks, begin, begin + size, &count, err);
	}
	settle(w, (int64_t)((double)count * (double)span / ((double)size * PARTS)));
	return status;
}

/* 1 where the caller wants as many matches counted as there can be. */
static int is_asked_for(const match_walk *w, size_t most)
{
	size_t all = (size_t)w->run->documents;

	return w->m->options->check_at_least >= (most < all ? most : all);
}

sheaf_status match_total(match_walk *w, sheaf_error *err)
{
	walk_node     *n = w->root;
	size_t         postings = 0;
	int64_t        span = w->last - w->first + 1, count = 0;
	unsigned char *marks = mem_alloc(PART);
	sheaf_status   status;

	if (!marks)
		return sheaf_nomem(err);
	for (size_t i = 0; i < word_count(n); i++)
		postings += (size_t)word_of(n, i)->counts.documents;
	if (postings <= READ_MAX || w->m->lists.exact || is_asked_for(w, postings) ||
	    span < PARTS * 2) {
		status = count_part(w, marks, w->first, w->last + 1, &count, err);
		w->m->hits += count;
	} else {
		status = count_about(w, marks, postings, err);
	}
	mem_free(marks);
	if (status == SHEAF_OK)
		status = match_walk_status(w, err);
	return status == SHEAF_OK ? match_walk_rewind(w, err) : status;
}

int match_total_is_about(const match_walk *w)
{
	int64_t span = w->last - w->first + 1;

	return w->root->documents > MEET_MAX && !w->m->lists.exact &&
	       !is_asked_for(w, w->root->documents) && span >= PARTS * 2;
}

double match_total_part(const match_walk *w, double span)
{
	return span * MEET_MAX / 2 / (double)(w->root->documents ? w->root->documents : 1);
}

void match_total_add(match_walk *w, int64_t found, int64_t about)
{
	match_run_state *m = w->m;
	int64_t          span = w->last - w->first + 1, most = (int64_t)w->root->documents;

	most = most < span ? most : span;
	/* What was met counts, even where damaged counts deny it. */
	most = most < found ? found : most;
	about = about < found ? found : about > most ? most : about;
	m->hits += about;
	m->fewer += about - found;
	m->more += most - about;
}

static sheaf_status count_matches(match_walk *w, int64_t begin, int64_t end, int64_t *count)
{
	for (int64_t r = walk_seek(w, w->root, begin); r < end; r = walk_seek(w, w->root, r + 1)) {
		*count += walk_is_alive(w, r);
		if (w->m->status != SHEAF_OK)
			return w->m->status;
	}
	return SHEAF_OK;
}

sheaf_status match_total_about(match_walk *w, sheaf_error *err)
{
	int64_t      span = w->last - w->first + 1, step = span / PARTS, found = 0;
	int64_t      size = (int64_t)match_total_part(w, (double)step);
	sheaf_status status = SHEAF_OK;

	size = size ? size : 1;
	for (int64_t i = 0; status == SHEAF_OK && i < PARTS; i++) {
		int64_t begin = w->first + i * step + (step - size) / 2;

		status = count_matches(w, begin, begin + size, &found);
	}
	if (status == SHEAF_OK)
		status = match_walk_status(w, err);
	if (status != SHEAF_OK)
		return status;
	match_total_add(w, found, (int64_t)((double)found * (double)span / ((double)size * PARTS)));
	return match_walk_rewind(w, err);
}
