#include "match_tally.h"

#include "alloc.h"
#include "error.h"
#include "field.h"
#include "sql_error.h"

typedef struct tally {
	plan_leaf    leaf; /* as its expression alone has it */
	leaf_counts *counts;
} tally;

typedef struct collection {
	plan_leaf leaf;
	posting  *list; /* owned */
	size_t    count, size;
} collection;

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

/* A row's occurrences by kind of column. */
static int collect_row(collection *c, const Fts5ExtensionApi *api, Fts5Context *fts)
{
	uint32_t      columns[COLUMN_COUNT] = {0};
	unsigned char present;
	int           rc = SQLITE_OK;
	posting       now = {.revision = api->xRowid(fts)};

	match_frequency(&c->leaf, match_default_weights(), api, fts, &present, columns, &rc);
	if (rc != SQLITE_OK || !present)
		return rc;
	if (c->count == c->size) {
		size_t   size = c->size ? c->size * 2 : 64;
		posting *grown = mem_realloc_array(c->list, size, sizeof *grown);

		if (!grown)
			return SQLITE_NOMEM;
		c->list = grown;
		c->size = size;
	}
	now.title = columns[COLUMN_TITLE];
	now.abstract = columns[COLUMN_ABSTRACT];
	for (int i = 0; i < COLUMN_TEXT_COUNT; i++)
		now.other += i == COLUMN_TITLE || i == COLUMN_ABSTRACT ? 0 : columns[i];
	c->list[c->count++] = now;
	return SQLITE_OK;
}

static void collect_rows(const Fts5ExtensionApi *api, Fts5Context *fts, sqlite3_context *context,
                         int count, sqlite3_value **args)
{
	collection *c = count == 1 ? sqlite3_value_pointer(args[0], "sheaf_collect") : NULL;
	int         rc = c ? collect_row(c, api, fts) : SQLITE_MISUSE;

	if (rc != SQLITE_OK)
		sqlite3_result_error_code(context, rc);
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
	if (rc == SQLITE_OK)
		rc = api->xCreateFunction(api, "sheaf_collect", NULL, collect_rows, NULL);
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

sheaf_status collect_token(sheaf_database *db, const leaf_token *t, sheaf_revision after,
                           sheaf_revision until, posting **list, size_t *count, sheaf_error *err)
{
	collection    c = {.leaf = {.shape = {.phrases = 1, .counted = 1}, .weighted = 1}};
	buf           fts = BUF_INIT(0);
	sqlite3_stmt *stmt = NULL;
	int           row = 1;
	sheaf_status  status;

	*list = NULL;
	*count = 0;
	leaf_write_token(t, &fts);
	status = buf_status(&fts, err);
	if (status == SHEAF_OK)
		status = statement_get(db, STMT_INDEX_COLLECT, &stmt, err);
	if (status == SHEAF_OK) {
		sqlite3_bind_text(stmt, 1, fts.data, (int)fts.len, SQLITE_STATIC);
		sqlite3_bind_pointer(stmt, 2, &c, "sheaf_collect", NULL);
		sqlite3_bind_int64(stmt, 3, after);
		sqlite3_bind_int64(stmt, 4, until);
	}
	while (status == SHEAF_OK && row)
		status = statement_step(db, stmt, &row, err);
	if (stmt) {
		statement_reset(stmt);
		sqlite3_clear_bindings(stmt);
	}
	buf_free(&fts);
	if (status != SHEAF_OK) {
		mem_free(c.list);
		return status;
	}
	*list = c.list;
	*count = c.count;
	return SHEAF_OK;
}

sheaf_status token_is_there(sheaf_database *db, const leaf_token *t, int *answer, sheaf_error *err)
{
	df_cache     *cache = match_known_counts(db);
	buf           fts = BUF_INIT(0);
	int64_t       there = 0, unused;
	sqlite3_stmt *stmt;
	sheaf_status  status;

	*answer = 0;
	buf_puts(&fts, "any ");
	leaf_write_token(t, &fts);
	status = buf_status(&fts, err);
	if (status == SHEAF_OK && !df_cache_get(cache, fts.data, &there, &unused)) {
		status = statement_get(db, STMT_INDEX_ANY, &stmt, err);
		if (status == SHEAF_OK) {
			sqlite3_bind_text(stmt, 1, fts.data + 4, (int)fts.len - 4, SQLITE_STATIC);
			status = statement_step(db, stmt, answer, err);
			there = *answer;
			statement_reset(stmt);
			sqlite3_clear_bindings(stmt);
		}
		if (status == SHEAF_OK)
			df_cache_put(cache, fts.data, there, 0);
	}
	*answer = there != 0;
	buf_free(&fts);
	return status;
}
