#include "ranklist.h"

#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "error.h"

void ranklist_close(ranklist *list)
{
	mem_free(list->data);
	memset(list, 0, sizeof *list);
}

sheaf_status ranklist_damaged(sheaf_database *db, sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "%s: a ranking list is damaged; run 'sheaf reindex'", db->path);
}

static sheaf_status read_row(sqlite3_stmt *stmt, ranklist *list, sheaf_error *err)
{
	const void *data = sqlite3_column_blob(stmt, 0);
	size_t      len = (size_t)sqlite3_column_bytes(stmt, 0);

	list->data = (unsigned char *)mem_strndup(data ? data : "", data ? len : 0);
	if (!list->data)
		return sheaf_nomem(err);
	list->len = data ? len : 0;
	return SHEAF_OK;
}

sheaf_status ranklist_open(sheaf_database *db, const char *stem, ranklist *list, int *found,
                           sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_LIST_GET, &stmt, err);

	*found = 0;
	memset(list, 0, sizeof *list);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, stem, -1, SQLITE_STATIC);
	status = statement_step(db, stmt, found, err);
	if (status == SHEAF_OK && *found)
		status = read_row(stmt, list, err);
	statement_reset(stmt);
	if (status == SHEAF_OK && *found)
		status = meta_get_number(db, "ranked_until", &list->until, err);
	if (status != SHEAF_OK) {
		ranklist_close(list);
		*found = 0;
	}
	return status;
}

static int read_varint(ranklist *list, uint64_t *number)
{
	uint64_t n = 0;

	for (unsigned shift = 0; shift < 63 && list->at < list->len; shift += 7) {
		unsigned char byte = list->data[list->at++];

		n |= (uint64_t)(byte & 0x7F) << shift;
		if (!(byte & 0x80)) {
			*number = n;
			return 1;
		}
	}
	return 0;
}

int ranklist_next(ranklist *list)
{
	uint64_t head, frequency = 1;

	if (list->at == list->len)
		return 0;
	if (!read_varint(list, &head) || head < 2 || head >> 1 > (uint64_t)REVISION_MAX)
		return -1;
	if ((head & 1) && (!read_varint(list, &frequency) || frequency > INT32_MAX))
		return -1;
	list->revision += (sheaf_revision)(head >> 1);
	list->frequency = (int64_t)frequency;
	return list->revision <= list->until ? 1 : -1;
}
