#include "bench_util.h"

#include <sqlite3.h>

int64_t bench_index_bytes(const char *path)
{
	sqlite3      *db = NULL;
	sqlite3_stmt *stmt = NULL;
	int64_t       bytes = -1;

	if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK &&
	    sqlite3_prepare_v2(
		    db, "SELECT sum(pgsize) FROM dbstat WHERE name NOT IN ('document', 'paper')",
		    -1, &stmt, NULL) == SQLITE_OK &&
	    sqlite3_step(stmt) == SQLITE_ROW)
		bytes = sqlite3_column_int64(stmt, 0);
	sqlite3_finalize(stmt);
	sqlite3_close(db);
	return bytes;
}
