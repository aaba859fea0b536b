/* The user's synonyms: for a folded word or words, other texts. */
#include <string.h>

#include "database_private.h"
#include "error.h"
#include "folded.h"
#include "str.h"
#include "utf8.h"

enum {
	SYNONYM_MAX = 200,  /* bytes of a term and of a synonym */
	SYNONYMS_MAX = 1000 /* of one term */
};

/* The term as it is looked up. */
static sheaf_status fold_term(const char *term, buf *out, sheaf_error *err)
{
	if (!term || strlen(term) > SYNONYM_MAX || !folded_words(term, out))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "a term with synonyms has a word and at most %d bytes",
		                  SYNONYM_MAX);
	return buf_status(out, err);
}

static int has_control(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)text[i];

		/* U+0080 to U+009F are control characters, too. */
		if (c < ' ' || c == 0x7F || (c == 0xC2 && (unsigned char)text[i + 1] < 0xA0))
			return 1;
	}
	return 0;
}

/* Without the blanks around it; it has to have a word for the query parser. */
static sheaf_status clean_synonym(const char *synonym, const char **text, size_t *len,
                                  sheaf_error *err)
{
	buf    folded = BUF_INIT(0);
	size_t words;

	*text = synonym ? synonym : "";
	*len = strlen(*text);
	str_trim(text, len);
	if (!*len || *len > SYNONYM_MAX || utf8_valid_prefix(*text, *len) != *len ||
	    has_control(*text, *len))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "synonyms are texts of 1 to %d bytes in UTF-8, of one line",
		                  SYNONYM_MAX);
	words = folded_words(*text, &folded);
	buf_free(&folded);
	return words ? SHEAF_OK
	             : sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "'%.*s' has no word",
	                          (int)*len, *text);
}

/* Runs a statement with a term and a synonym, NULL for either where it is not bound. */
static sheaf_status change(sheaf_database *db, statement_id id, const buf *term,
                           const char *synonym, size_t len, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           own;
	sheaf_status  status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = statement_get(db, id, &stmt, err);
	if (status == SHEAF_OK) {
		if (term->len)
			sqlite3_bind_text(stmt, 1, term->data, (int)term->len, SQLITE_STATIC);
		if (synonym)
			sqlite3_bind_text(stmt, 2, synonym, (int)len, SQLITE_STATIC);
		status = statement_run(db, stmt, err);
	}
	return database_end_write(db, own, status, err);
}

static sheaf_status check_room(sheaf_database *db, const buf *term, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row, full = 0;
	sheaf_status  status = statement_get(db, STMT_SYNONYM_COUNT, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, term->data, (int)term->len, SQLITE_STATIC);
	status = statement_step(db, stmt, &row, err);
	if (status == SHEAF_OK && row)
		full = sqlite3_column_int64(stmt, 0) >= SYNONYMS_MAX;
	statement_reset(stmt);
	return full ? sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "'%s' has %d synonyms already",
	                         term->data, SYNONYMS_MAX)
	            : status;
}

sheaf_status sheaf_database_add_synonym(sheaf_database *db, const char *term, const char *synonym,
                                        sheaf_error *err)
{
	buf          folded = BUF_INIT(0);
	const char  *text;
	size_t       len;
	int          own = 0;
	sheaf_status status = fold_term(term, &folded, err);

	if (status == SHEAF_OK)
		status = clean_synonym(synonym, &text, &len, err);
	if (status == SHEAF_OK)
		status = database_begin_write(db, &own, err);
	if (status == SHEAF_OK) {
		status = check_room(db, &folded, err);
		if (status == SHEAF_OK)
			status = change(db, STMT_SYNONYM_PUT, &folded, text, len, err);
		status = database_end_write(db, own, status, err);
	}
	buf_free(&folded);
	return status;
}

sheaf_status sheaf_database_remove_synonym(sheaf_database *db, const char *term,
                                           const char *synonym, sheaf_error *err)
{
	buf          folded = BUF_INIT(0);
	const char  *text;
	size_t       len;
	sheaf_status status = fold_term(term, &folded, err);

	if (status == SHEAF_OK)
		status = clean_synonym(synonym, &text, &len, err);
	if (status == SHEAF_OK)
		status = change(db, STMT_SYNONYM_DELETE, &folded, text, len, err);
	buf_free(&folded);
	return status;
}

sheaf_status sheaf_database_clear_synonyms(sheaf_database *db, const char *term, sheaf_error *err)
{
	buf          folded = BUF_INIT(0);
	sheaf_status status = term ? fold_term(term, &folded, err) : SHEAF_OK;

	if (status == SHEAF_OK)
		status = change(db, STMT_SYNONYM_DELETE, &folded, NULL, 0, err);
	buf_free(&folded);
	return status;
}

static sheaf_status walk(sheaf_database *db, sqlite3_stmt *stmt, sheaf_synonym_fn fn, void *ctx,
                         sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	int          row;

	while (status == SHEAF_OK) {
		const char *term, *synonym;

		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		term = (const char *)sqlite3_column_text(stmt, 0);
		synonym = (const char *)sqlite3_column_text(stmt, 1);
		if (!term || !synonym)
			status = sheaf_nomem(err);
		else if (fn(ctx, term, synonym))
			status = sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	return status;
}

sheaf_status sheaf_database_each_synonym(sheaf_database *db, const char *term, sheaf_synonym_fn fn,
                                         void *ctx, sheaf_error *err)
{
	statement_id  id = term ? STMT_SYNONYM_OF : STMT_SYNONYM_EACH;
	buf           folded = BUF_INIT(0);
	sqlite3_stmt *stmt = NULL;
	sheaf_status  status;

	if (!db || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no function");
	if (db->statements[id] && sqlite3_stmt_busy(db->statements[id]))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION,
		                  "%s: a walk is under way on this handle", db->path);
	/* What is no word has none. */
	if (term && !folded_words(term, &folded))
		return SHEAF_OK;
	status = buf_status(&folded, err);
	if (status == SHEAF_OK)
		status = database_begin_read(db, err);
	if (status == SHEAF_OK) {
		status = statement_get(db, id, &stmt, err);
		if (status == SHEAF_OK && term)
			sqlite3_bind_text(stmt, 1, folded.data, (int)folded.len, SQLITE_STATIC);
		if (status == SHEAF_OK)
			status = walk(db, stmt, fn, ctx, err);
		statement_reset(stmt);
		database_end_read(db);
	}
	buf_free(&folded);
	return status;
}
