#include "stored_texts.h"

#include "bench_util.h"

#include <stdlib.h>
#include <string.h>

typedef struct size_list { /* what the SQL function next_size() gives, one a call */
	const uint32_t *next, *end;
} size_list;

void *stored_texts_memory(void *memory, size_t size)
{
	memory = realloc(memory, size ? size : 1);
	if (!memory)
		bench_fail("memory", "there is not enough");
	return memory;
}

static void check(const stored_texts *s, int rc)
{
	if (rc != SQLITE_OK && rc != SQLITE_ROW && rc != SQLITE_DONE)
		bench_fail(s->path, sqlite3_errmsg(s->db));
}

/* A statement of `format`, which has %s for `a` and, behind it, for `b`. */
static sqlite3_stmt *prepare(stored_texts *s, const char *format, const char *a, const char *b)
{
	char         *sql = sqlite3_mprintf(format, a, b);
	sqlite3_stmt *stmt = NULL;

	check(s, sql ? sqlite3_prepare_v2(s->db, sql, -1, &stmt, NULL) : SQLITE_NOMEM);
	sqlite3_free(sql);
	return stmt;
}

/* Runs a statement; the number that it gives, or 0. */
static int64_t run(stored_texts *s, const char *format, const char *a, const char *b)
{
	sqlite3_stmt *stmt = prepare(s, format, a, b);
	int64_t       number = sqlite3_step(stmt) == SQLITE_ROW ? sqlite3_column_int64(stmt, 0) : 0;

	check(s, sqlite3_finalize(stmt));
	return number;
}

static void add_name(char **list, const unsigned char *name)
{
	char *longer = sqlite3_mprintf("%s%s\"%w\"", *list ? *list : "", *list ? ", " : "", name);

	if (!longer)
		bench_fail("memory", "there is not enough");
	sqlite3_free(*list);
	*list = longer;
}

static void read_columns(stored_texts *s)
{
	sqlite3_stmt *stmt = prepare(s,
	                             "SELECT name, type = 'TEXT' AND name <> 'id' "
	                             "FROM pragma_table_info('document') WHERE NOT pk%s%s",
	                             "", "");

	while (sqlite3_step(stmt) == SQLITE_ROW) {
		int is_text = sqlite3_column_int(stmt, 1);

		s->text_columns += is_text;
		add_name(is_text ? &s->texts : &s->rest, sqlite3_column_text(stmt, 0));
	}
	check(s, sqlite3_finalize(stmt));
}

void stored_texts_open(stored_texts *s, const char *path)
{
	char page_size[32];

	*s = (stored_texts){.path = path};
	check(s, sqlite3_open_v2(path, &s->db, SQLITE_OPEN_READONLY, NULL));
	read_columns(s);
	if (!s->texts || !s->rest)
		bench_fail(path, "is no database of sheaf");
	s->papers = run(s, "SELECT count(*) FROM document%s%s", "", "");
	if (s->papers == 0)
		bench_fail(path, "has no papers");
	/* That of the temporary tables, too: it has to be given before the first of them. */
	sqlite3_snprintf(sizeof page_size, page_size, "%lld",
	                 (long long)run(s, "PRAGMA page_size%s%s", "", ""));
	run(s, "PRAGMA page_size = %s%s", page_size, "");
	s->stmt = prepare(s, "SELECT %s FROM document ORDER BY docid%s", s->texts, "");
}

void stored_texts_close(stored_texts *s)
{
	sqlite3_finalize(s->stmt);
	sqlite3_free(s->rest);
	sqlite3_free(s->texts);
	sqlite3_close(s->db);
	*s = (stored_texts){0};
}

void stored_texts_rewind(stored_texts *s)
{
	check(s, sqlite3_reset(s->stmt));
	s->text_bytes = 0;
	s->at_end = 0;
}

static void add_text(text_batch *batch, const void *text, size_t len)
{
	size_t *end = &batch->at[batch->count + 1];

	if (batch->size - *end <= len) {
		batch->size = 2 * (*end + len + 1);
		batch->bytes = stored_texts_memory(batch->bytes, batch->size);
	}
	if (len)
		memcpy(batch->bytes + *end, text, len);
	batch->bytes[*end + len] = '\0';
	*end += len + 1;
}

int stored_texts_next(stored_texts *s, text_batch *batch)
{
	int rc = s->at_end ? SQLITE_DONE : SQLITE_ROW;

	batch->count = 0;
	batch->at[0] = 0;
	while (!s->at_end && batch->count < TEXTS_BATCH &&
	       (rc = sqlite3_step(s->stmt)) == SQLITE_ROW) {
		batch->at[batch->count + 1] = batch->at[batch->count];
		for (int i = 0; i < s->text_columns; i++) {
			const void *text = sqlite3_column_text(s->stmt, i);
			size_t      len = (size_t)sqlite3_column_bytes(s->stmt, i);

			add_text(batch, text, len);
			s->text_bytes += (int64_t)len;
		}
		batch->count++;
	}
	check(s, rc);
	s->at_end = rc != SQLITE_ROW;
	return batch->count > 0;
}

void text_batch_free(text_batch *batch)
{
	free(batch->bytes);
	*batch = (text_batch){0};
}

static void next_size(sqlite3_context *context, int argc, sqlite3_value **argv)
{
	size_list *list = sqlite3_user_data(context);

	(void)argc;
	(void)argv;
	if (list->next == list->end)
		sqlite3_result_error(context, "more rows than sizes", -1);
	else
		sqlite3_result_int64(context, *list->next++);
}

/* The row id of the new table stands for the docid, so it is not a column. */
static void fill_table(stored_texts *s, size_t rows, size_t per)
{
	char count[32];

	sqlite3_snprintf(sizeof count, count, "%lld", (long long)rows);
	if (per == 1) {
		run(s,
		    "CREATE TEMP TABLE papers_again AS SELECT %s, zeroblob(next_size()) "
		    "FROM document ORDER BY docid%s",
		    s->rest, "");
		return;
	}
	run(s, "CREATE TEMP TABLE papers_again AS SELECT %s FROM document ORDER BY docid%s",
	    s->rest, "");
	run(s,
	    "CREATE TEMP TABLE blocks AS WITH RECURSIVE row(i) AS "
	    "(SELECT 1 UNION ALL SELECT i + 1 FROM row WHERE i < %s) "
	    "SELECT zeroblob(next_size()) FROM row%s",
	    count, "");
}

int64_t stored_texts_table_bytes(stored_texts *s, const uint32_t *sizes, size_t per)
{
	size_t    rows = ((size_t)s->papers + per - 1) / per;
	size_list list = {sizes, sizes ? sizes + rows : NULL};
	int64_t   bytes;

	check(s, sqlite3_create_function(s->db, "next_size", 0, SQLITE_UTF8, &list, next_size, NULL,
	                                 NULL));
	if (sizes)
		fill_table(s, rows, per);
	else
		run(s,
		    "CREATE TEMP TABLE papers_again AS SELECT %s, %s "
		    "FROM document ORDER BY docid",
		    s->rest, s->texts);
	bytes = run(s,
	            "SELECT sum(pgsize) FROM dbstat WHERE schema = 'temp' "
	            "AND name IN ('papers_again', 'blocks')%s%s",
	            "", "");
	run(s, "DROP TABLE papers_again%s%s", "", "");
	run(s, "DROP TABLE IF EXISTS blocks%s%s", "", "");
	check(s,
	      sqlite3_create_function(s->db, "next_size", 0, SQLITE_UTF8, NULL, NULL, NULL, NULL));
	return bytes;
}
