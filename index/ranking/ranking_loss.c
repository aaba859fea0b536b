/* What documents take from the counts of lists when they go. */
#include "ranking_loss.h"

#include <string.h>

#include "alloc.h"
#include "arena.h"
#include "error.h"
#include "field.h"
#include "list_block.h"
#include "ranking_keys.h"
#include "ranking_store.h"
#include "ranking_write.h"

enum { FIRST_SLOTS = 1024 };
static const int counts_of_a_key = 6;

typedef struct lost_key {
	struct lost_key *touched; /* the next one of the document at hand */
	uint64_t         hash;
	const char      *key;
	size_t           len;
	posting          now; /* of the document at hand */
	list_counts      counts;
} lost_key;

struct ranking_loss {
	arena      arena;
	lost_key **slots; /* open addressing */
	size_t     size, count;
	lost_key  *touched; /* by the document at hand */
	int        column;
};

void ranking_loss_free(ranking_loss *loss)
{
	if (!loss)
		return;
	arena_free(&loss->arena);
	mem_free(loss->slots);
	mem_free(loss);
}

/* ---- collecting ---- */

static lost_key **slot_of(const ranking_loss *loss, uint64_t hash, const char *key, size_t len)
{
	size_t i = (size_t)hash & (loss->size - 1);

	while (loss->slots[i] && (loss->slots[i]->hash != hash || loss->slots[i]->len != len ||
	                          memcmp(loss->slots[i]->key, key, len) != 0))
		i = (i + 1) & (loss->size - 1);
	return &loss->slots[i];
}

static int grow(ranking_loss *loss)
{
	size_t     old_size = loss->size;
	lost_key **old = loss->slots;
	lost_key **slots = mem_calloc(old_size ? old_size * 2 : FIRST_SLOTS, sizeof *slots);

	if (!slots)
		return 0;
	loss->slots = slots;
	loss->size = old_size ? old_size * 2 : FIRST_SLOTS;
	for (size_t i = 0; i < old_size; i++)
		if (old[i])
			*slot_of(loss, old[i]->hash, old[i]->key, old[i]->len) = old[i];
	mem_free(old);
	return 1;
}

/* NULL: out of memory. */
static lost_key *find_key(ranking_loss *loss, const char *key, size_t len)
{
	uint64_t   hash = list_hash(key, len);
	lost_key **slot, *k;

	if (loss->count * 2 >= loss->size && !grow(loss))
		return NULL;
	slot = slot_of(loss, hash, key, len);
	if (*slot)
		return *slot;
	k = arena_calloc(&loss->arena, 1, sizeof *k);
	if (!k || !(k->key = arena_strndup(&loss->arena, key, len)))
		return NULL;
	k->hash = hash;
	k->len = len;
	loss->count++;
	return *slot = k;
}

ranking_loss *ranking_loss_new(void)
{
	return mem_calloc(1, sizeof(ranking_loss));
}

int ranking_loss_add(ranking_loss *loss, const char *key, size_t len, const list_counts *counts,
                     int sign)
{
	lost_key *k = find_key(loss, key, len);

	if (k)
		list_counts_sum(&k->counts, counts, sign);
	return k != NULL;
}

int ranking_loss_is_even(const ranking_loss *loss)
{
	static const list_counts none;

	for (size_t i = 0; i < loss->size; i++)
		if (loss->slots[i] && memcmp(&loss->slots[i]->counts, &none, sizeof none) != 0)
			return 0;
	return 1;
}

static int lose_occurrence(void *ctx, const char *key, size_t len)
{
	ranking_loss *loss = ctx;
	lost_key     *k = find_key(loss, key, len);

	if (!k)
		return -1;
	if (!k->now.title && !k->now.abstract && !k->now.other) {
		k->touched = loss->touched;
		loss->touched = k;
	}
	k->now.title += loss->column == COLUMN_TITLE;
	k->now.abstract += loss->column == COLUMN_ABSTRACT;
	k->now.other += loss->column != COLUMN_TITLE && loss->column != COLUMN_ABSTRACT;
	return 0;
}

/* Counts the document at hand, unless it has failed. */
static void end_document(ranking_loss *loss, int count)
{
	for (lost_key *k = loss->touched; k; k = k->touched) {
		if (count)
			list_counts_add(&k->counts, &k->now, 1);
		k->now = (posting){0};
	}
	loss->touched = NULL;
}

static sheaf_status note_dead(sheaf_database *db, sheaf_revision revision, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_RANKING_DEAD_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, revision);
	db->ranking.dead++;
	return statement_run(db, stmt, err);
}

sheaf_status ranking_forget(sheaf_database *db, sheaf_revision revision, const struct analysis *x,
                            sheaf_error *err)
{
	sheaf_revision until;
	ranking_loss  *loss;
	int            stop = 0;
	sheaf_status   status = ranking_until(db, &until, err);

	if (status != SHEAF_OK || revision > until)
		return status;
	if (!db->ranking.loss)
		db->ranking.loss = ranking_loss_new();
	loss = db->ranking.loss;
	if (!loss)
		return sheaf_nomem(err);
	for (int i = 0; !stop && i < COLUMN_COUNT; i++) {
		loss->column = i;
		stop = ranking_replay(x, i, lose_occurrence, loss);
	}
	end_document(loss, !stop);
	return stop ? sheaf_nomem(err) : note_dead(db, revision, err);
}

sheaf_status ranking_flush(sheaf_database *db, sheaf_error *err)
{
	ranking_loss *loss = db->ranking.loss;
	sheaf_status  status = SHEAF_OK;

	if (!loss)
		return SHEAF_OK;
	for (size_t i = 0; status == SHEAF_OK && i < loss->size; i++) {
		const lost_key *k = loss->slots[i];

		if (k && k->counts.documents)
			status = ranking_lose(db, k->key, k->len, &k->counts, 1, err);
	}
	ranking_loss_free(loss);
	db->ranking.loss = NULL;
	return status;
}

/* ---- the table: for each key, under its hash, a byte and the key, and six numbers ---- */

typedef struct loss_entry {
	const char *key;
	size_t      len;
	list_counts counts;
	size_t      at, end; /* bytes of the row */
} loss_entry;

static int64_t *count_number(list_counts *c, int i)
{
	int64_t *const numbers[] = {&c->documents,          &c->occurrences,
	                            &c->title_documents,    &c->title_occurrences,
	                            &c->abstract_documents, &c->abstract_occurrences};

	return numbers[i];
}

/* The entry at e->end. 1: there is one; 0: the end; -1: damaged. */
static int next_entry(const unsigned char *row, size_t len, loss_entry *e)
{
	const unsigned char *p = row + e->end, *end = row + len;
	uint64_t             n;

	e->at = e->end;
	if (p == end)
		return 0;
	e->len = *p++;
	if (e->len > (size_t)(end - p))
		return -1;
	e->key = (const char *)p;
	p += e->len;
	for (int i = 0; i < counts_of_a_key; i++) {
		if (!list_varint_get(&p, end, &n) || n > (uint64_t)LIST_COUNT_MAX)
			return -1;
		*count_number(&e->counts, i) = (int64_t)n;
	}
	e->end = (size_t)(p - row);
	return 1;
}

/* The row of a hash, copied; empty where there is none. */
static sheaf_status read_row(sheaf_database *db, uint64_t hash, buf *row, sheaf_error *err)
{
	const unsigned char *data;
	size_t               len;
	sqlite3_stmt        *stmt;
	int                  found = 0;
	sheaf_status         status = statement_get(db, STMT_RANKING_LOSS_GET, &stmt, err);

	buf_clear(row);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, (int64_t)hash);
	status = statement_step(db, stmt, &found, err);
	if (status == SHEAF_OK && found && !ranking_blob(stmt, 0, &data, &len))
		status = ranking_damaged(db, err);
	if (status == SHEAF_OK && found && len)
		buf_append(row, (const char *)data, len);
	statement_reset(stmt);
	return status == SHEAF_OK ? buf_status(row, err) : status;
}

/* Finds the key's entry in its row; one that is not there is empty, at the end. */
static sheaf_status find_entry(sheaf_database *db, const buf *row, const char *key, size_t len,
                               loss_entry *e, sheaf_error *err)
{
	int more;

	*e = (loss_entry){0};
	while ((more = next_entry((const unsigned char *)buf_str(row), row->len, e)) > 0)
		if (e->len == len && memcmp(e->key, key, len) == 0)
			return SHEAF_OK;
	if (more < 0)
		return ranking_damaged(db, err);
	e->counts = (list_counts){0};
	return SHEAF_OK;
}

sheaf_status ranking_read_loss(sheaf_database *db, const char *key, size_t len, list_counts *counts,
                               sheaf_error *err)
{
	buf          row = BUF_INIT(0);
	loss_entry   e = {0};
	sheaf_status status = read_row(db, list_hash(key, len), &row, err);

	if (status == SHEAF_OK)
		status = find_entry(db, &row, key, len, &e, err);
	*counts = e.counts;
	buf_free(&row);
	return status;
}

static sheaf_status write_row(sheaf_database *db, uint64_t hash, const buf *row, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(
		 db, row->len ? STMT_RANKING_LOSS_PUT : STMT_RANKING_LOSS_DELETE, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, (int64_t)hash);
	if (row->len)
		sqlite3_bind_blob64(stmt, 2, row->data, row->len, SQLITE_STATIC);
	status = statement_run(db, stmt, err);
	sqlite3_clear_bindings(stmt);
	return status;
}

/* `row` without the old entry, and with the new one where it has documents. */
static void put_entry(const buf *row, const loss_entry *old, const char *key, size_t len,
                      list_counts *counts, buf *out)
{
	unsigned char bytes[LIST_VARINT_MAX];

	buf_append(out, buf_str(row), old->at);
	buf_append(out, buf_str(row) + old->end, row->len - old->end);
	if (!counts->documents)
		return;
	buf_putc(out, (char)(unsigned char)len);
	buf_append(out, key, len);
	for (int i = 0; i < counts_of_a_key; i++)
		buf_append(out, (char *)bytes,
		           list_varint_put(bytes, (uint64_t)*count_number(counts, i)));
}

sheaf_status ranking_lose(sheaf_database *db, const char *key, size_t len,
                          const list_counts *counts, int sign, sheaf_error *err)
{
	buf          row = BUF_INIT(0), fresh = BUF_INIT(0);
	loss_entry   e;
	list_counts  sum;
	sheaf_status status = read_row(db, list_hash(key, len), &row, err);

	if (status == SHEAF_OK)
		status = find_entry(db, &row, key, len, &e, err);
	if (status != SHEAF_OK) {
		buf_free(&row);
		return status;
	}
	sum = e.counts;
	list_counts_sum(&sum, counts, sign);
	for (int i = 0; status == SHEAF_OK && i < counts_of_a_key; i++)
		if (*count_number(&sum, i) < 0)
			status = ranking_damaged(db, err);
	if (status == SHEAF_OK) {
		put_entry(&row, &e, key, len, &sum, &fresh);
		status = buf_status(&fresh, err);
	}
	if (status == SHEAF_OK)
		status = write_row(db, list_hash(key, len), &fresh, err);
	buf_free(&row);
	buf_free(&fresh);
	return status;
}

static sheaf_status each_in_row(sheaf_database *db, const buf *row, ranking_loss_fn fn, void *ctx,
                                sheaf_error *err)
{
	loss_entry   e = {0};
	int          more = 1;
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK &&
	       (more = next_entry((const unsigned char *)buf_str(row), row->len, &e)) > 0)
		status = fn(ctx, e.key, e.len, &e.counts, err);
	return more < 0 ? ranking_damaged(db, err) : status;
}

sheaf_status ranking_each_loss(sheaf_database *db, ranking_loss_fn fn, void *ctx, sheaf_error *err)
{
	buf          row = BUF_INIT(0);
	int64_t      id = 0;
	int          found = 1;
	sheaf_status status = SHEAF_OK;

	while (status == SHEAF_OK && found) {
		sqlite3_stmt *stmt;

		status = statement_get(db, STMT_RANKING_LOSS_NEXT, &stmt, err);
		if (status != SHEAF_OK)
			break;
		sqlite3_bind_int64(stmt, 1, id);
		status = statement_step(db, stmt, &found, err);
		if (status != SHEAF_OK || !found)
			break;
		id = sqlite3_column_int64(stmt, 0);
		statement_reset(stmt);
		status = read_row(db, (uint64_t)id, &row, err);
		if (status == SHEAF_OK)
			status = each_in_row(db, &row, fn, ctx, err);
		found = id++ < INT64_MAX;
	}
	buf_free(&row);
	return status;
}
