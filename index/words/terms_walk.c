/* Terms of whole databases: a cursor for words and one for stems of each, merged in byte order. */
#include "terms_walk.h"

#include <string.h>

#include "database_private.h"
#include "error.h"
#include "field.h"
#include "folded.h"
#include "group.h"
#include "str.h"

enum { CURSORS_MAX = 2 * (DATABASE_OTHERS_MAX + 1), PREFIX_MAX = TOKEN_MAX };

sheaf_status terms_tables(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = statement_exec(db, STMT_TERMS_BY_ROW, err);

	return status == SHEAF_OK ? statement_exec(db, STMT_TERMS_BY_COLUMN, err) : status;
}

int terms_describe(const char *text, size_t len, int all_stems, sheaf_term_info *info)
{
	const field_info *field;
	const char       *colon;

	*info = (sheaf_term_info){SHEAF_FIELD_ANY, all_stems, text, len, 0, 0};
	if (!len)
		return 0;
	if ((unsigned char)*text > ' ')
		return 1;
	info->text++;
	info->len--;
	if (*text == TOKEN_STEM) {
		info->stemmed = 1;
		return 1;
	}
	colon = *text == TOKEN_BOOLEAN ? memchr(info->text, ':', info->len) : NULL;
	field = colon ? field_find(info->text, (size_t)(colon - info->text)) : NULL;
	if (!field || field->kind != FIELD_BOOLEAN)
		return 0;
	info->field = field->field;
	info->len -= (size_t)(colon + 1 - info->text);
	info->text = colon + 1;
	return 1;
}

int terms_compare(const sheaf_term_info *a, const sheaf_term_info *b)
{
	int order = memcmp(a->text, b->text, a->len < b->len ? a->len : b->len);

	if (order)
		return order;
	if (a->len != b->len)
		return a->len < b->len ? -1 : 1;
	return a->field != b->field ? (int)a->field - (int)b->field : a->stemmed - b->stemmed;
}

/* The terms of one database behind one marker. */
typedef struct cursor {
	sheaf_database *db;
	sqlite3_stmt   *stmt;
	int             row;
	sheaf_term_info now;
} cursor;

typedef struct merge {
	cursor cursors[CURSORS_MAX];
	size_t count;
	int    all_stems;
} merge;

static sheaf_status cursor_next(cursor *c, int all_stems, sheaf_error *err)
{
	sheaf_status status;

	do {
		const char *text;

		status = statement_step(c->db, c->stmt, &c->row, err);
		if (status != SHEAF_OK || !c->row)
			return status;
		text = (const char *)sqlite3_column_text(c->stmt, 0);
		if (!text)
			return sheaf_nomem(err);
		if (terms_describe(text, (size_t)sqlite3_column_bytes(c->stmt, 0), all_stems,
		                   &c->now))
			break;
	} while (1);
	c->now.termfreq = sqlite3_column_int64(c->stmt, 1);
	c->now.wdf = sqlite3_column_int64(c->stmt, 2);
	/* The caller's terms are indexed once more than they count. */
	if (c->now.field == SHEAF_FIELD_TERM)
		c->now.wdf -= c->now.termfreq;
	return SHEAF_OK;
}

/* `low`: what the tokens begin with; empty: they are the words, which no marker comes before. */
static sheaf_status cursor_open(merge *m, sheaf_database *db, statement_id id, const buf *low,
                                sheaf_error *err)
{
	cursor      *c = &m->cursors[m->count];
	buf          high = BUF_INIT(0);
	sheaf_status status = statement_get(db, id, &c->stmt, err);

	if (status != SHEAF_OK)
		return status;
	c->db = db;
	m->count++;
	/* No token has this byte. */
	buf_append(&high, buf_str(low), low->len);
	buf_putc(&high, '\xFF');
	status = buf_status(&high, err);
	if (status == SHEAF_OK) {
		const char *from = low->len ? low->data : "!";

		sqlite3_bind_int(c->stmt, 3, FIELD_TITLE_WEIGHT);
		/* These are copied, and a range without an end would be an empty one. */
		if (sqlite3_bind_text(c->stmt, 1, from, -1, SQLITE_TRANSIENT) != SQLITE_OK ||
		    sqlite3_bind_text(c->stmt, 2, high.data, (int)high.len, SQLITE_TRANSIENT) !=
		            SQLITE_OK)
			status = sheaf_nomem(err);
		else
			status = cursor_next(c, m->all_stems, err);
	}
	buf_free(&high);
	return status;
}

/*
 * What the tokens begin with: a marker, the name of a boolean field, the prefix as it is indexed.
 */
static sheaf_status put_prefix(const field_info *field, char marker, const char *prefix, buf *out,
                               sheaf_error *err)
{
	if (marker)
		buf_putc(out, marker);
	if (marker == TOKEN_BOOLEAN)
		buf_printf(out, "%s:", field->name);
	if (prefix && *prefix && marker == TOKEN_BOOLEAN) {
		for (const char *c = prefix; *c; c++)
			buf_putc(out, field->field == SHEAF_FIELD_TERM ? *c : str_lower(*c));
	} else if (prefix && *prefix && folded_words(prefix, out) != 1) {
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "'%s' is not how a word begins", prefix);
	}
	if (out->len > PREFIX_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "terms have at most %d bytes",
		                  TOKEN_MAX);
	return buf_status(out, err);
}

static sheaf_status open_marked(merge *m, sheaf_database *db, statement_id id,
                                const field_info *field, char marker, const char *prefix,
                                sheaf_error *err)
{
	buf          low = BUF_INIT(0);
	sheaf_status status = put_prefix(field, marker, prefix, &low, err);

	if (status == SHEAF_OK)
		status = cursor_open(m, db, id, &low, err);
	buf_free(&low);
	return status;
}

static sheaf_status open_member(merge *m, sheaf_database *db, const field_info *field,
                                const char *prefix, sheaf_error *err)
{
	int          words = field->field == SHEAF_FIELD_ANY;
	sheaf_status status = terms_tables(db, err);

	if (status == SHEAF_OK)
		status = open_marked(m, db, STMT_TERMS_WALK, field, words ? 0 : TOKEN_BOOLEAN,
		                     prefix, err);
	if (status == SHEAF_OK && words)
		status = open_marked(m, db, STMT_TERMS_WALK_STEMS, field, TOKEN_STEM, prefix, err);
	return status;
}

/* The least term of all cursors; 0 where all are at their end. */
static int least(const merge *m, sheaf_term_info *term)
{
	const cursor *first = NULL;

	for (size_t i = 0; i < m->count; i++)
		if (m->cursors[i].row &&
		    (!first || terms_compare(&m->cursors[i].now, &first->now) < 0))
			first = &m->cursors[i];
	if (!first)
		return 0;
	*term = first->now;
	term->termfreq = term->wdf = 0;
	for (size_t i = 0; i < m->count; i++)
		if (m->cursors[i].row && terms_compare(&m->cursors[i].now, term) == 0) {
			term->termfreq += m->cursors[i].now.termfreq;
			term->wdf += m->cursors[i].now.wdf;
		}
	return 1;
}

/* Moves all cursors past the least term. */
static sheaf_status pass(merge *m, const sheaf_term_info *term, sheaf_error *err)
{
	int          at_it[CURSORS_MAX];
	sheaf_status status = SHEAF_OK;

	/* The term's text is that of a cursor, and gone once it moves. */
	for (size_t i = 0; i < m->count; i++)
		at_it[i] = m->cursors[i].row && terms_compare(&m->cursors[i].now, term) == 0;
	for (size_t i = 0; status == SHEAF_OK && i < m->count; i++)
		if (at_it[i])
			status = cursor_next(&m->cursors[i], m->all_stems, err);
	return status;
}

static sheaf_status walk(merge *m, sheaf_term_info_fn fn, void *ctx, sheaf_error *err)
{
	sheaf_status    status = SHEAF_OK;
	sheaf_term_info term;

	while (status == SHEAF_OK && least(m, &term))
		status = fn(ctx, &term) ? sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted")
		                        : pass(m, &term, err);
	return status;
}

static int is_walking(sheaf_database *db)
{
	for (size_t i = 0; i < group_count(db); i++) {
		sqlite3_stmt *stmt = group_member(db, i)->statements[STMT_TERMS_WALK];

		if (stmt && sqlite3_stmt_busy(stmt))
			return 1;
	}
	return 0;
}

sheaf_status sheaf_database_each_term(sheaf_database *db, sheaf_field field, const char *prefix,
                                      sheaf_term_info_fn fn, void *ctx, sheaf_error *err)
{
	const field_info *info = field_get(field);
	merge             m = {.count = 0};
	sheaf_status      status;

	if (!db || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no function");
	if (!info || (field != SHEAF_FIELD_ANY && info->kind != FIELD_BOOLEAN))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "field %d has no terms of its own", (int)field);
	if (is_walking(db))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "%s: a walk is under way on this handle", db->path);
	status = group_begin_read(db, err);
	if (status != SHEAF_OK)
		return status;
	m.all_stems = db->tokenizer.config.strategy == SHEAF_STEM_ALL;
	for (size_t i = 0; status == SHEAF_OK && i < group_count(db); i++)
		status = open_member(&m, group_member(db, i), info, prefix, err);
	if (status == SHEAF_OK)
		status = walk(&m, fn, ctx, err);
	for (size_t i = 0; i < m.count; i++)
		statement_reset(m.cursors[i].stmt);
	group_end_read(db);
	return status;
}
