/* The dictionary: made from the index, read back word by word, and checked. */
#include <string.h>

#include "database_private.h"
#include "error.h"
#include "segment_terms.h"
#include "spelling.h"
#include "terms_walk.h"
#include "utf8.h"

enum {
	SMALL_DATABASE = 1000,    /* documents; in fewer, a word of one of them is taken */
	DOCUMENTS_A_SLIP = 250000 /* so many more documents bring another one with the same slip */
};

int64_t spelling_least_documents(int64_t documents)
{
	return documents < SMALL_DATABASE ? 1 : 2 + documents / DOCUMENTS_A_SLIP;
}

size_t spelling_letters(const char *word, size_t len)
{
	size_t letters = 0;

	for (size_t at = 0; at < len; letters++) {
		unsigned char c = (unsigned char)word[at];
		uint32_t      cp;

		if (c < 0x80 && (c < 'a' || c > 'z'))
			return 0;
		at += c < 0x80 ? 1 : utf8_decode(word + at, len - at, &cp);
		/* U+0080 to U+009F are control characters. */
		if (c >= 0x80 && (cp == UTF8_REPLACEMENT || cp < 0xA0))
			return 0;
	}
	return letters >= SPELLING_LETTERS_MIN && letters <= SPELLING_LETTERS_MAX ? letters : 0;
}

/* ---- reading a row ---- */

sheaf_status spelling_damaged(const sheaf_database *db, sheaf_error *err)
{
	/* SQLite hands out no row where there is no memory for it. */
	if (sqlite3_errcode(db->sql) == SQLITE_NOMEM)
		return sheaf_nomem(err);
	return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
	                  "%s: the spelling dictionary is damaged; run 'sheaf reindex'", db->path);
}

static int read_count(spelling_reader *r, int64_t *count)
{
	uint64_t n = 0;
	int      shift = 0;

	while (r->at < r->end && shift < 35) {
		unsigned char c = *r->at++;

		n |= (uint64_t)(c & 0x7F) << shift;
		if (c < 0x80) {
			*count = (int64_t)n;
			return n > 0 && n <= (uint64_t)REVISION_MAX ? 1 : -1;
		}
		shift += 7;
	}
	return -1;
}

int spelling_next(spelling_reader *r, spelling_entry *entry)
{
	uint32_t bits = 0;

	if (r->at == r->end)
		return 0;
	entry->word = (const char *)r->at;
	for (size_t i = 0; i < r->letters; i++) {
		uint32_t cp;

		if (r->at == r->end)
			return -1;
		cp = *r->at;
		if (cp < 0x80)
			r->at++;
		else
			r->at += utf8_decode((const char *)r->at, (size_t)(r->end - r->at), &cp);
		bits |= (uint32_t)1 << (cp & 31);
	}
	entry->len = (size_t)((const char *)r->at - entry->word);
	entry->letters = bits;
	return read_count(r, &entry->documents);
}

/* ---- making all rows ---- */

typedef struct row_set {
	buf     of[SPELLING_LETTERS_MAX + 1]; /* by number of letters */
	int64_t least;
} row_set;

typedef sheaf_status (*collect_fn)(sheaf_database *db, row_set *rows, sheaf_error *err);

static void put_word(void *ctx, const char *text, size_t len, int64_t documents)
{
	row_set *rows = ctx;
	size_t   letters = documents >= rows->least ? spelling_letters(text, len) : 0;
	buf     *row = &rows->of[letters];

	if (!letters)
		return;
	buf_append(row, text, len);
	for (; documents >= 0x80; documents >>= 7)
		buf_putc(row, (char)(documents | 0x80));
	buf_putc(row, (char)documents);
}

/*
 * The plain way: FTS5's vocabulary table. It gives terms in byte order; markers and digits come
 * before letters.
 */
static sheaf_status collect(sheaf_database *db, row_set *rows, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 1;
	sheaf_status  status = terms_tables(db, err);

	if (status == SHEAF_OK)
		status = statement_get(db, STMT_TERMS_COUNT, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_text(stmt, 1, "a", 1, SQLITE_STATIC);
	while (status == SHEAF_OK) {
		const char *text;

		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		text = (const char *)sqlite3_column_text(stmt, 0);
		if (text)
			put_word(rows, text, (size_t)sqlite3_column_bytes(stmt, 0),
			         sqlite3_column_int64(stmt, 1));
		else
			status = sheaf_nomem(err);
	}
	statement_reset(stmt);
	return status;
}

static void rows_clear(row_set *rows)
{
	for (size_t i = 0; i <= SPELLING_LETTERS_MAX; i++)
		buf_clear(&rows->of[i]);
}

static sheaf_status collect_fast(sheaf_database *db, row_set *rows, sheaf_error *err)
{
	int          understood;
	sheaf_status status = segment_each_term(db, 'a', put_word, rows, &understood, err);

	if (status != SHEAF_OK || understood)
		return status;
	rows_clear(rows);
	return collect(db, rows, err);
}

/*
 * `rows` is all-zero; free it whatever the outcome. Where only stems are indexed, there are no
 * words.
 */
static sheaf_status make_rows(sheaf_database *db, collect_fn how, row_set *rows, sheaf_error *err)
{
	sheaf_status status;

	for (size_t i = 0; i <= SPELLING_LETTERS_MAX; i++)
		rows->of[i].cap = 256u << 20;
	rows->least = spelling_least_documents(db->totals.documents);
	if (db->tokenizer.config.strategy == SHEAF_STEM_ALL)
		return SHEAF_OK;
	status = how(db, rows, err);
	for (size_t i = 0; status == SHEAF_OK && i <= SPELLING_LETTERS_MAX; i++)
		status = buf_status(&rows->of[i], err);
	return status;
}

static void rows_free(row_set *rows)
{
	for (size_t i = 0; i <= SPELLING_LETTERS_MAX; i++)
		buf_free(&rows->of[i]);
}

/*
 * The words at the front of `*words` that begin with one letter: their length, its code point; 0 at
 * the end. They have been put there by put_word().
 */
static size_t next_row(spelling_reader *words, uint32_t *first)
{
	const unsigned char *begin = words->at;
	spelling_entry       entry;
	spelling_reader      ahead = *words;

	*first = 0;
	while (spelling_next(&ahead, &entry) > 0) {
		uint32_t letter;

		utf8_decode(entry.word, entry.len, &letter);
		if (words->at == begin)
			*first = letter;
		else if (letter != *first)
			break;
		words->at = ahead.at;
	}
	return (size_t)(words->at - begin);
}

/* Writes the words of so many letters. */
static sheaf_status put_rows(sheaf_database *db, size_t letters, const buf *all, sheaf_error *err)
{
	spelling_reader words = {(const unsigned char *)all->data,
	                         (const unsigned char *)all->data + all->len, letters};
	sqlite3_stmt   *stmt;
	uint32_t        first;
	size_t          len;
	sheaf_status    status = SHEAF_OK;

	while (status == SHEAF_OK && (len = next_row(&words, &first)) > 0) {
		status = statement_get(db, STMT_SPELLING_PUT, &stmt, err);
		if (status != SHEAF_OK)
			break;
		sqlite3_bind_int64(stmt, 1, spelling_row(letters, first));
		sqlite3_bind_blob(stmt, 2, words.at - len, (int)len, SQLITE_STATIC);
		status = statement_run(db, stmt, err);
	}
	return status;
}

sheaf_status spelling_build(sheaf_database *db, sheaf_error *err)
{
	row_set      rows = {0};
	sheaf_status status = make_rows(db, collect_fast, &rows, err);

	if (status == SHEAF_OK)
		status = statement_exec(db, STMT_SPELLING_CLEAR, err);
	for (size_t i = 0; status == SHEAF_OK && i <= SPELLING_LETTERS_MAX; i++)
		if (rows.of[i].len)
			status = put_rows(db, i, &rows.of[i], err);
	rows_free(&rows);
	return status == SHEAF_OK ? meta_put_number(db, "spelled_until", db->totals.revision, err)
	                          : status;
}

sheaf_status spelling_settle(sheaf_database *db, sheaf_error *err)
{
	int64_t      until = 0;
	sheaf_status status = meta_get_number(db, "spelled_until", &until, err);

	if (until < 0 || until > db->totals.revision)
		until = 0;
	if (status == SHEAF_OK && db->totals.revision - until > until / 2)
		status = spelling_build(db, err);
	return status;
}

/* ---- checking ---- */

/* Words in their order, of letters alone, the first one as the row's id has it. */
static int is_row(const unsigned char *data, size_t len, int64_t row)
{
	const size_t    letters = (size_t)(row >> SPELLING_FIRST_BITS);
	spelling_reader r = {data, data + len, letters};
	spelling_entry  now, before = {0};
	int             more = -1;

	if (letters < SPELLING_LETTERS_MIN || letters > SPELLING_LETTERS_MAX)
		return 0;
	for (; (more = spelling_next(&r, &now)) > 0; before = now) {
		size_t   both = now.len < before.len ? now.len : before.len;
		int      order = before.len ? memcmp(before.word, now.word, both) : -1;
		uint32_t first;

		if (order > 0 || (!order && before.len >= now.len) ||
		    spelling_letters(now.word, now.len) != letters)
			return 0;
		utf8_decode(now.word, now.len, &first);
		if (spelling_row(letters, first) != row)
			return 0;
	}
	return more == 0;
}

/* What there is to be, and how much of it has been found. */
typedef struct row_check {
	row_set right;
	size_t  found[SPELLING_LETTERS_MAX + 1];
} row_check;

/* `c` NULL: the index has changed since, and only the form can be told. */
static sheaf_status check_row(sheaf_database *db, sqlite3_stmt *stmt, row_check *c,
                              sheaf_error *err)
{
	int64_t              row = sqlite3_column_int64(stmt, 0);
	const unsigned char *data = sqlite3_column_blob(stmt, 1);
	size_t               len = (size_t)sqlite3_column_bytes(stmt, 1), letters;
	const buf           *right;

	if (!data || row < 0 || !is_row(data, len, row))
		return spelling_damaged(db, err);
	if (!c)
		return SHEAF_OK;
	letters = (size_t)(row >> SPELLING_FIRST_BITS);
	right = &c->right.of[letters];
	if (right->len - c->found[letters] < len ||
	    memcmp(right->data + c->found[letters], data, len) != 0)
		return spelling_damaged(db, err);
	c->found[letters] += len;
	return SHEAF_OK;
}

static sheaf_status check_rows(sheaf_database *db, row_check *c, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 1;
	sheaf_status  status = statement_get(db, STMT_SPELLING_EACH, &stmt, err);

	while (status == SHEAF_OK) {
		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		status = check_row(db, stmt, c, err);
	}
	statement_reset(stmt);
	for (size_t i = 0; status == SHEAF_OK && c && i <= SPELLING_LETTERS_MAX; i++)
		if (c->found[i] != c->right.of[i].len)
			status = spelling_damaged(db, err);
	return status;
}

sheaf_status spelling_check(sheaf_database *db, sheaf_error *err)
{
	row_check    c = {0};
	int64_t      until = 0;
	int          same;
	sheaf_status status = meta_get_number(db, "spelled_until", &until, err);

	if (status != SHEAF_OK)
		return status;
	if (until < 0 || until > db->totals.revision)
		return spelling_damaged(db, err);
	same = until > 0 && until == db->totals.revision;
	if (same)
		status = make_rows(db, collect, &c.right, err);
	if (status == SHEAF_OK)
		status = check_rows(db, same ? &c : NULL, err);
	rows_free(&c.right);
	return status;
}
