#include "slot_values.h"

#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"

/* The values of one block. */
#define BLOCK_BYTES_MAX ((size_t)VALUE_BLOCK * SHEAF_SLOT_VALUE_MAX)

static void forget(slot_cache *c)
{
	for (int i = 0; i < SLOT_BLOCKS; i++)
		if (c->blocks[i])
			c->blocks[i]->filled = 0;
}

void slot_values_clear(slot_cache *c)
{
	for (int i = 0; i < SLOT_BLOCKS; i++) {
		if (c->blocks[i])
			buf_free(&c->blocks[i]->bytes);
		mem_free(c->blocks[i]);
	}
	memset(c, 0, sizeof *c);
}

/* Takes the value of a row; *i is the next revision of the block without one. */
static sheaf_status read_row(sheaf_database *db, sqlite3_stmt *stmt, slot_block *b, size_t *i,
                             sheaf_error *err)
{
	size_t      at = (size_t)(sqlite3_column_int64(stmt, 0) & (VALUE_BLOCK - 1));
	const void *value = sqlite3_column_blob(stmt, 1);
	int         len = sqlite3_column_bytes(stmt, 1);

	if (!value && sqlite3_errcode(db->sql) == SQLITE_NOMEM)
		return sheaf_nomem(err);
	if (!value || len < 1 || len > SHEAF_SLOT_VALUE_MAX || at < *i)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                  "%s: the values in slot %lu are damaged; run 'sheaf reindex'",
		                  db->path, (unsigned long)b->slot);
	while (*i <= at)
		b->at[(*i)++] = (uint32_t)b->bytes.len;
	buf_append(&b->bytes, value, (size_t)len);
	return buf_status(&b->bytes, err);
}

static sheaf_status read_slot_block(sheaf_database *db, slot_block *b, sheaf_error *err)
{
	int64_t       first = (int64_t)b->block << VALUE_BLOCK_SHIFT;
	sqlite3_stmt *stmt;
	size_t        i = 0;
	int           row = 1;
	sheaf_status  status = statement_get(db, STMT_SLOT_EACH, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	buf_clear(&b->bytes);
	b->bytes.cap = BLOCK_BYTES_MAX;
	sqlite3_bind_int64(stmt, 1, b->slot);
	sqlite3_bind_int64(stmt, 2, first);
	sqlite3_bind_int64(stmt, 3, first + VALUE_BLOCK);
	while (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		status = read_row(db, stmt, b, &i, err);
	}
	statement_reset(stmt);
	while (i <= VALUE_BLOCK)
		b->at[i++] = (uint32_t)b->bytes.len;
	b->filled = status == SHEAF_OK;
	return status;
}

/* Where the block of a slot is kept: its own place, a free one, or one that is given up. */
static slot_block **place_of(slot_cache *c, uint32_t slot)
{
	slot_block **given_up;

	for (int i = 0; i < SLOT_BLOCKS; i++)
		if (!c->blocks[i] || c->blocks[i]->slot == slot)
			return &c->blocks[i];
	given_up = &c->blocks[c->next];
	c->next = (c->next + 1) % SLOT_BLOCKS;
	return given_up;
}

static sheaf_status get_block(sheaf_database *db, uint32_t slot, size_t block, slot_block **out,
                              sheaf_error *err)
{
	slot_block **place = place_of(&db->values.slots, slot);

	*out = *place;
	if (*out && (*out)->filled && (*out)->slot == slot && (*out)->block == block)
		return SHEAF_OK;
	if (!*place)
		*place = mem_calloc(1, sizeof **place);
	*out = *place;
	if (!*place)
		return sheaf_nomem(err);
	(*place)->filled = 0;
	(*place)->slot = slot;
	(*place)->block = block;
	return read_slot_block(db, *place, err);
}

sheaf_status slot_value_get(sheaf_database *db, sheaf_revision revision, uint32_t slot,
                            const void **value, size_t *len, sheaf_error *err)
{
	size_t       i = (size_t)(revision & (VALUE_BLOCK - 1));
	slot_block  *b;
	sheaf_status status;

	*value = NULL;
	*len = 0;
	if (revision < 0 || revision > REVISION_MAX)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT, "%s: impossible revision %lld",
		                  db->path, (long long)revision);
	status = get_block(db, slot, (size_t)(revision >> VALUE_BLOCK_SHIFT), &b, err);
	if (status != SHEAF_OK || b->at[i] == b->at[i + 1])
		return status;
	*value = b->bytes.data + b->at[i];
	*len = b->at[i + 1] - b->at[i];
	return SHEAF_OK;
}

sheaf_status slot_values_put(sheaf_database *db, sheaf_revision revision, const sheaf_document *doc,
                             sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < doc->slot_count; i++) {
		const document_slot *s = &doc->slots[i];
		sqlite3_stmt        *stmt;

		status = statement_get(db, STMT_SLOT_PUT, &stmt, err);
		if (status != SHEAF_OK)
			return status;
		forget(&db->values.slots);
		sqlite3_bind_int64(stmt, 1, s->number);
		sqlite3_bind_int64(stmt, 2, revision);
		sqlite3_bind_blob(stmt, 3, s->value, (int)s->len, SQLITE_STATIC);
		status = statement_run(db, stmt, err);
	}
	return status;
}

sheaf_status slot_values_remove(sheaf_database *db, sheaf_revision revision,
                                const sheaf_document *doc, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < doc->slot_count; i++) {
		sqlite3_stmt *stmt;

		status = statement_get(db, STMT_SLOT_DELETE, &stmt, err);
		if (status != SHEAF_OK)
			return status;
		forget(&db->values.slots);
		sqlite3_bind_int64(stmt, 1, doc->slots[i].number);
		sqlite3_bind_int64(stmt, 2, revision);
		status = statement_run(db, stmt, err);
	}
	return status;
}

sheaf_status slot_values_check(sheaf_database *db, const sheaf_document *doc, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < doc->slot_count; i++) {
		const document_slot *s = &doc->slots[i];
		const void          *value;
		size_t               len;

		status = slot_value_get(db, doc->revision, s->number, &value, &len, err);
		if (status == SHEAF_OK && (len != s->len || memcmp(value, s->value, len) != 0))
			status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
			                    "%s: slot %lu of revision %lld is not that of its "
			                    "document; run 'sheaf reindex'",
			                    db->path, (unsigned long)s->number,
			                    (long long)doc->revision);
	}
	return status;
}

sheaf_status slot_values_count(sheaf_database *db, int64_t *count, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = statement_get(db, STMT_SLOT_COUNT, &stmt, err);

	*count = 0;
	if (status != SHEAF_OK)
		return status;
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row)
		*count = sqlite3_column_int64(stmt, 0);
	statement_reset(stmt);
	return status;
}
