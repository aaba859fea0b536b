#include "value_block.h"

#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"

#define COLUMN_SHIFT 40

static int64_t row_id(int column, size_t block)
{
	return ((int64_t)column << COLUMN_SHIFT) + (int64_t)block;
}

sheaf_status value_block_damaged(const sheaf_database *db, int column, size_t block,
                                 sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "%s: value block %d/%zu is damaged; run 'sheaf reindex'", db->path,
	                  column, block);
}

static sheaf_status copy_blob(sheaf_database *db, sqlite3_stmt *stmt, int column, size_t block,
                              unsigned char **data, size_t *len, sheaf_error *err)
{
	const void *blob = sqlite3_column_blob(stmt, 0);

	/* SQLite converts what is no blob, for which it needs memory. */
	if (!blob && sqlite3_errcode(db->sql) == SQLITE_NOMEM)
		return sheaf_nomem(err);
	if (!blob)
		return value_block_damaged(db, column, block, err);
	*len = (size_t)sqlite3_column_bytes(stmt, 0);
	*data = mem_alloc(*len);
	if (!*data)
		return sheaf_nomem(err);
	memcpy(*data, blob, *len);
	return SHEAF_OK;
}

sheaf_status value_block_read(sheaf_database *db, int column, size_t block, unsigned char **data,
                              size_t *len, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 0;
	sheaf_status  status = statement_get(db, STMT_VALUE_GET, &stmt, err);

	*data = NULL;
	*len = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, row_id(column, block));
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row)
		status = copy_blob(db, stmt, column, block, data, len, err);
	statement_reset(stmt);
	return status;
}

sheaf_status value_block_write(sheaf_database *db, int column, size_t block, const void *data,
                               size_t len, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_VALUE_PUT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, row_id(column, block));
	sqlite3_bind_blob(stmt, 2, data, (int)len, SQLITE_STATIC);
	return statement_run(db, stmt, err);
}
