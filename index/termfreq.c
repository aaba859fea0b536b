/* Statistics of single terms. */
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "database_private.h"
#include "error.h"
#include "leaf.h"

sheaf_status sheaf_database_get_termfreq(sheaf_database *db, const char *term, int64_t *docs,
                                         sheaf_error *err)
{
	sheaf_query   leaf = {.type = QUERY_TERM, .field = SHEAF_FIELD_ANY};
	buf           text = BUF_INIT(QUERY_TERM_MAX), fts = BUF_INIT(0);
	leaf_shape    shape;
	sqlite3_stmt *stmt = NULL;
	char          empty[] = "";
	int           row = 0;
	sheaf_status  status;

	*docs = 0;
	if (!term)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no term");
	leaf.flags = *term == '=' ? 0 : SHEAF_TERM_STEMMED;
	buf_puts(&text, *term == '=' ? term + 1 : term);
	status = buf_status(&text, err);
	leaf.text = text.data ? text.data : empty;
	if (status == SHEAF_OK)
		status = database_begin_read(db, err);
	if (status == SHEAF_OK) {
		status = leaf_write(&db->tokenizer.config, &leaf, &fts, &shape, NULL, err);
		if (status == SHEAF_OK && shape.phrases)
			status = statement_get(db, STMT_INDEX_COUNT, &stmt, err);
		if (status == SHEAF_OK && shape.phrases) {
			sqlite3_bind_text(stmt, 1, fts.data, (int)fts.len, SQLITE_STATIC);
			status = statement_step(db, stmt, &row, err);
		}
		if (status == SHEAF_OK && row)
			*docs = sqlite3_column_int64(stmt, 0);
		statement_reset(stmt);
		database_end_read(db);
	}
	buf_free(&text);
	buf_free(&fts);
	return status;
}
