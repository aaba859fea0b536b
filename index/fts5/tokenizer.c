/* The tokenizer that FTS5 calls. */
#include <string.h>

#include "alloc.h"
#include "analysis.h"
#include "database_private.h"
#include "fts5_api.h"
#include "sql_error.h"

sheaf_status fts5_api_get(sqlite3 *sql, fts5_api **api, sheaf_error *err)
{
	sqlite3_stmt *stmt = NULL;
	int           rc = sqlite3_prepare_v2(sql, "SELECT fts5(?1)", -1, &stmt, NULL);

	*api = NULL;
	if (rc == SQLITE_OK) {
		sqlite3_bind_pointer(stmt, 1, (void *)api, "fts5_api_ptr", NULL);
		sqlite3_step(stmt);
		rc = sqlite3_finalize(stmt);
	}
	if (rc == SQLITE_OK && (!*api || (*api)->iVersion < 2))
		rc = SQLITE_ERROR;
	return rc == SQLITE_OK ? SHEAF_OK : sql_fail(sql, rc, err);
}

static int create(void *user, const char **args, int count, Fts5Tokenizer **out)
{
	(void)args;
	(void)count;
	/* One context a connection: the tokenizer is the context. */
	*out = (Fts5Tokenizer *)user;
	return SQLITE_OK;
}

static void destroy(Fts5Tokenizer *tokenizer)
{
	(void)tokenizer;
}

typedef struct fts5_sink {
	void *ctx;
	int (*token)(void *ctx, int flags, const char *text, int len, int begin, int end);
	int rc;
} fts5_sink;

static int pass_on(void *ctx, const token *t)
{
	fts5_sink *sink = ctx;

	sink->rc = sink->token(sink->ctx, t->same ? FTS5_TOKEN_COLOCATED : 0, t->text, (int)t->len,
	                       (int)t->begin, (int)t->end);
	return sink->rc != SQLITE_OK;
}

/*
 * The tokens of the document that is being written are known, where FTS5 asks for just its columns
 * in order.
 */
static int can_replay(tokenizer_context *c, int flags, const char *text, int len)
{
	const buf *expected;

	if (!c->replay || !c->replay->recorded || flags != FTS5_TOKENIZE_DOCUMENT ||
	    c->replay_column >= COLUMN_COUNT)
		return 0;
	expected = &c->replay->text[c->replay_column];
	return expected->len == (size_t)len && memcmp(expected->data, text, expected->len) == 0;
}

static int tokenize(Fts5Tokenizer *tokenizer, void *ctx, int flags, const char *text, int len,
                    int (*emit)(void *, int, const char *, int, int, int))
{
	tokenizer_context *c = (tokenizer_context *)tokenizer;
	fts5_sink          sink = {ctx, emit, SQLITE_OK};
	int                stop;

	if (!text || len <= 0 || !c->config.stem)
		return SQLITE_OK;
	if (can_replay(c, flags, text, len))
		stop = analysis_replay(c->replay, c->replay_column++, pass_on, &sink);
	else
		stop = tokens_split(&c->config, text, (size_t)len, pass_on, &sink);
	return stop < 0 ? SQLITE_NOMEM : sink.rc;
}

sheaf_status tokenizer_register(sheaf_database *db, sheaf_error *err)
{
	fts5_tokenizer methods = {create, destroy, tokenize};
	fts5_api      *api;
	sheaf_status   status = fts5_api_get(db->sql, &api, err);
	int            rc;

	if (status != SHEAF_OK)
		return status;
	rc = api->xCreateTokenizer(api, "sheaf", &db->tokenizer, &methods, NULL);
	return rc == SQLITE_OK ? SHEAF_OK : sql_fail(db->sql, rc, err);
}
