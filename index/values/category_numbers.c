#include "category_numbers.h"

#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"
#include "hash.h"

void category_numbers_clear(category_numbers *c)
{
	arena_free(&c->texts);
	mem_free(c->names);
	mem_free(c->table);
	memset(c, 0, sizeof *c);
}

/* Where a name stands in the table, or the free place where it would. */
static size_t place_of(const category_numbers *c, const char *name)
{
	size_t at = (size_t)hash_bytes(HASH_SEED, name, strlen(name)) & (c->table_size - 1);

	while (c->table[at] && strcmp(c->names[c->table[at]], name) != 0)
		at = (at + 1) & (c->table_size - 1);
	return at;
}

/* Room for names up to `number`, and a table that stays half empty. */
static sheaf_status reserve(category_numbers *c, size_t number, sheaf_error *err)
{
	size_t       size = c->size ? c->size : 256;
	const char **names;
	uint32_t    *table;

	if (number < c->size)
		return SHEAF_OK;
	while (size <= number)
		size *= 2;
	names = mem_realloc_array(c->names, size, sizeof *names);
	if (!names)
		return sheaf_nomem(err);
	memset(names + c->size, 0, (size - c->size) * sizeof *names);
	c->names = names;
	table = mem_calloc(size * 2, sizeof *table);
	if (!table)
		return sheaf_nomem(err);
	mem_free(c->table);
	c->table = table;
	c->table_size = size * 2;
	c->size = size;
	for (size_t i = 1; i < c->count; i++)
		if (c->names[i])
			c->table[place_of(c, c->names[i])] = (uint32_t)i;
	return SHEAF_OK;
}

static sheaf_status add(category_numbers *c, size_t number, const char *name, sheaf_error *err)
{
	const char  *copy;
	sheaf_status status = reserve(c, number, err);

	if (status != SHEAF_OK)
		return status;
	copy = arena_strdup(&c->texts, name);
	if (!copy)
		return sheaf_nomem(err);
	c->names[number] = copy;
	if (c->count <= number)
		c->count = number + 1;
	c->table[place_of(c, copy)] = (uint32_t)number;
	return SHEAF_OK;
}

static sheaf_status read_row(sheaf_database *db, sqlite3_stmt *stmt, sheaf_error *err)
{
	int64_t     number = sqlite3_column_int64(stmt, 0);
	const char *name = (const char *)sqlite3_column_text(stmt, 1);

	if (!name && sqlite3_errcode(db->sql) == SQLITE_NOMEM)
		return sheaf_nomem(err);
	if (!name || number < 1 || number > CATEGORY_NUMBER_MAX)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                  "%s: category number %lld is damaged; run 'sheaf reindex'",
		                  db->path, (long long)number);
	return add(&db->values.categories, (size_t)number, name, err);
}

static sheaf_status load(sheaf_database *db, sheaf_error *err)
{
	category_numbers *c = &db->values.categories;
	sqlite3_stmt     *stmt = NULL;
	int               row = 1;
	sheaf_status      status;

	if (c->loaded)
		return SHEAF_OK;
	category_numbers_clear(c);
	status = reserve(c, 0, err);
	c->count = 1;
	if (status == SHEAF_OK)
		status = statement_get(db, STMT_CATEGORY_EACH, &stmt, err);
	while (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		status = read_row(db, stmt, err);
	}
	statement_reset(stmt);
	c->loaded = status == SHEAF_OK;
	return status;
}

sheaf_status category_number_find(sheaf_database *db, const char *name, unsigned *number,
                                  sheaf_error *err)
{
	sheaf_status status = load(db, err);

	*number = 0;
	if (status == SHEAF_OK)
		*number = db->values.categories.table[place_of(&db->values.categories, name)];
	return status;
}

sheaf_status category_number_give(sheaf_database *db, const char *name, unsigned *number,
                                  sheaf_error *err)
{
	category_numbers *c = &db->values.categories;
	sqlite3_stmt     *stmt;
	size_t            next;
	sheaf_status      status = category_number_find(db, name, number, err);

	if (status != SHEAF_OK || *number || c->count > CATEGORY_NUMBER_MAX)
		return status;
	next = c->count;
	status = statement_get(db, STMT_CATEGORY_PUT, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, (int64_t)next);
	sqlite3_bind_text(stmt, 2, name, -1, SQLITE_STATIC);
	status = statement_run(db, stmt, err);
	if (status == SHEAF_OK)
		status = add(c, next, name, err);
	if (status == SHEAF_OK)
		*number = (unsigned)next;
	return status;
}

sheaf_status category_number_name(sheaf_database *db, unsigned number, const char **name,
                                  sheaf_error *err)
{
	sheaf_status status = load(db, err);

	*name = NULL;
	if (status == SHEAF_OK && number < db->values.categories.count)
		*name = db->values.categories.names[number];
	if (status == SHEAF_OK && !*name)
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "%s: no category has the number %u; run 'sheaf reindex'",
		                    db->path, number);
	return status;
}
