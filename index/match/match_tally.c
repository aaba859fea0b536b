#include "match_tally.h"

#include "sql_error.h"

typedef struct tally {
	plan_leaf    leaf; /* as its expression alone has it */
	leaf_counts *counts;
} tally;

/* The row that the interface stands at. */
static int count_row(tally *t, const Fts5ExtensionApi *api, Fts5Context *fts)
{
	unsigned char present;
	int           rc = SQLITE_OK;
	double frequency = match_frequency(&t->leaf, match_default_weights(), api, fts, &present,
	                                   NULL, &rc);

	t->counts->documents += present;
	t->counts->occurrences += (int64_t)frequency;
	return rc;
}

static int count_phrase_row(const Fts5ExtensionApi *api, Fts5Context *fts, void *ctx)
{
	return count_row(ctx, api, fts);
}

static tally *tally_of(int count, sqlite3_value **args)
{
	return count == 1 ? sqlite3_value_pointer(args[0], "sheaf_tally") : NULL;
}

/* Called for each row. */
static void count_rows(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context,
                       int count, sqlite3_value **args)
{
	tally *t = tally_of(count, args);
	int    rc = t ? count_row(t, api, fts) : SQLITE_MISUSE;

	if (rc != SQLITE_OK)
		sqlite3_result_error_code(context, rc);
}

/* Called once: the interface then walks all rows of the one phrase without SQL between them. */
static void count_phrase(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context,
                         int count, sqlite3_value **args)
{
	tally *t = tally_of(count, args);
	int    rc = t ? api->xQueryPhrase(fts, 0, t, count_phrase_row) : SQLITE_MISUSE;

	if (rc != SQLITE_OK)
		sqlite3_result_error_code(context, rc);
}

sheaf_status tally_register(sheaf_database *db, sheaf_error *err)
{
	fts5_api    *api;
	sheaf_status status = fts5_api_get(db->sql, &api, err);
	int          rc;

	if (status != SHEAF_OK)
		return status;
	rc = api->xCreateFunction(api, "sheaf_tally", NULL, count_rows, NULL);
	if (rc == SQLITE_OK)
		rc = api->xCreateFunction(api, "sheaf_tally_phrase", NULL, count_phrase, NULL);
	return rc == SQLITE_OK ? SHEAF_OK : sql_fail(db->sql, rc, err);
}

sheaf_status tally_leaf(sheaf_database *db, const plan_leaf *leaf, sheaf_revision after,
                        sheaf_revision until, leaf_counts *counts, sheaf_error *err)
{
	int           all = after <= 0 && until >= db->totals.revision;
	tally         t = {*leaf, counts};
	int           one_phrase = leaf->shape.phrases == 1 && all, row = 1;
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(
		 db, one_phrase ? STMT_INDEX_TALLY_PHRASE : STMT_INDEX_TALLY, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	t.leaf.first = 0;
	t.leaf.weighted = 1;
	sqlite3_bind_text(stmt, 1, leaf->fts, -1, SQLITE_STATIC);
	sqlite3_bind_pointer(stmt, 2, &t, "sheaf_tally", NULL);
	if (!one_phrase) {
		sqlite3_bind_int64(stmt, 3, after);
		sqlite3_bind_int64(stmt, 4, until);
	}
	while (status == SHEAF_OK && row)
		status = statement_step(db, stmt, &row, err);
	statement_reset(stmt);
	sqlite3_clear_bindings(stmt);
	return status;
}
