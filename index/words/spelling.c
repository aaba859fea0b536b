/* "Did you mean": the word of the dictionary that a word was most likely meant to be. */
#include "spelling.h"

#include <math.h>
#include <string.h>

#include "alloc.h"
#include "database_private.h"
#include "edit_distance.h"
#include "error.h"
#include "folded.h"
#include "group.h"
#include "utf8.h"
#include "words.h"

enum {
	EDITS_MAX = 2,
	LETTERS_MIN = 4,      /* shorter words have too many neighbours */
	LETTERS_TWO_EDITS = 6 /* of a word that may have two slips */
};

/*
 * Logarithms of how much likelier it is that a word begins as it was meant, and that a slip was
 * not made.
 */
static const double FIRST_LETTER = 2.5, EDIT = 6;

typedef struct candidate { /* all-zero: none */
	char     word[WORD_MAX + 1];
	double   worth;
	unsigned edits;
	int64_t  documents;
} candidate;

typedef struct search {
	const char *word;
	size_t      len, letters;
	uint32_t    letter[SPELLING_LETTERS_MAX];
	uint32_t    bits;      /* as of a spelling_entry */
	int64_t     documents; /* that have the word itself, where the dictionary tells */
	unsigned    edits;     /* at most */
	candidate   best;
} search;

static size_t decode(const char *text, size_t len, uint32_t *letters)
{
	size_t count = 0;

	for (size_t at = 0; at < len && count < SPELLING_LETTERS_MAX;)
		at += utf8_decode(text + at, len - at, &letters[count++]);
	return count;
}

/* Each edit takes away at most one letter, and brings at most one. */
static int may_be_near(uint32_t a, uint32_t b, unsigned edits)
{
	uint32_t gone = a & ~b, come = b & ~a;

	for (unsigned i = 0; i < edits; i++) {
		gone &= gone - 1;
		come &= come - 1;
	}
	return !gone && !come;
}

/* The logarithm of how likely the word is meant, but for what is the same for all. */
static double worth(const search *s, const spelling_entry *entry, uint32_t first, unsigned edits)
{
	return log((double)entry->documents + 1) + (first == s->letter[0] ? FIRST_LETTER : 0) -
	       EDIT * (double)edits;
}

static void consider(search *s, const spelling_entry *entry)
{
	uint32_t letters[SPELLING_LETTERS_MAX];
	size_t   count = decode(entry->word, entry->len, letters);
	unsigned edits = edit_distance(s->letter, s->letters, letters, count, s->edits);
	double   value;

	if (!edits || edits > s->edits)
		return;
	value = worth(s, entry, letters[0], edits);
	if ((s->best.edits && value <= s->best.worth) || entry->len > WORD_MAX ||
	    !spelling_letters(entry->word, entry->len))
		return;
	memcpy(s->best.word, entry->word, entry->len);
	s->best.word[entry->len] = 0;
	s->best.worth = value;
	s->best.edits = edits;
	s->best.documents = entry->documents;
}

/* Adds the documents of the word itself. */
static void count(search *s, const spelling_entry *entry)
{
	if (entry->len == s->len && memcmp(entry->word, s->word, s->len) == 0)
		s->documents += entry->documents;
}

typedef void (*entry_fn)(search *s, const spelling_entry *entry);

/*
 * Shows the words that may be near, of the rows from `first` up to, but not with, `end`. All are of one
 * number of letters.
 */
static sheaf_status each_word(sheaf_database *db, search *s, int64_t first, int64_t end,
                              entry_fn show, sheaf_error *err)
{
	sqlite3_stmt  *stmt;
	spelling_entry entry;
	int            row;
	sheaf_status   status = statement_get(db, STMT_SPELLING_GET, &stmt, err);

	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, first);
	sqlite3_bind_int64(stmt, 2, end);
	while ((status = statement_step(db, stmt, &row, err)) == SHEAF_OK && row) {
		const size_t    letters = (size_t)(first >> SPELLING_FIRST_BITS);
		spelling_reader r = {.at = sqlite3_column_blob(stmt, 0), .letters = letters};
		int             more = r.at ? 1 : -1;

		if (r.at)
			r.end = r.at + sqlite3_column_bytes(stmt, 0);
		while (more > 0 && (more = spelling_next(&r, &entry)) > 0)
			if (may_be_near(s->bits, entry.letters, s->edits))
				show(s, &entry);
		if (more < 0) {
			status = spelling_damaged(db, err);
			break;
		}
	}
	statement_reset(stmt);
	return status;
}

static sheaf_status scan(sheaf_database *db, search *s, size_t letters, sheaf_error *err)
{
	return each_word(db, s, spelling_row(letters, 0), spelling_row(letters + 1, 0), consider,
	                 err);
}

/*
 * How many times as many documents must have the other word before one that is in some is doubted.
 * Short words have right ones beside them; two slips in a word are rare.
 */
static double doubt(const search *s, unsigned edits)
{
	static const double by_letters[] = {1000, 500, 200, 100}; /* from LETTERS_MIN on */
	static const double two_edits = 10;
	size_t last = sizeof by_letters / sizeof *by_letters - 1, at = s->letters - LETTERS_MIN;

	return by_letters[at < last ? at : last] * (edits > 1 ? two_edits : 1);
}

/* The rows that can hold what is within so many edits. */
static sheaf_status scan_near(sheaf_database *db, search *s, sheaf_error *err)
{
	sheaf_status status = scan(db, s, s->letters, err);

	for (size_t apart = 1; status == SHEAF_OK && apart <= s->edits; apart++) {
		if (s->letters - apart >= SPELLING_LETTERS_MIN)
			status = scan(db, s, s->letters - apart, err);
		if (status == SHEAF_OK && s->letters + apart <= SPELLING_LETTERS_MAX)
			status = scan(db, s, s->letters + apart, err);
	}
	return status;
}

/* 1: no word can be so frequent that this one is doubted for one that so many edits lead to. */
static int is_beyond_doubt(const sheaf_database *db, const search *s, unsigned edits)
{
	return (double)s->documents * doubt(s, edits) > (double)db->totals.documents;
}

/*
 * All rows of one database that can hold what is near. A word that two edits lead to and that could
 * not be suggested is not looked for: it could stand in the way only of one that is hundreds of
 * times rarer than itself, which this word is not doubted for either.
 */
static sheaf_status scan_rows(sheaf_database *db, search *s, sheaf_error *err)
{
	const int64_t  own = spelling_row(s->letters, s->letter[0]);
	const unsigned edits = s->edits;
	sheaf_status   status = each_word(db, s, own, own + 1, count, err);

	if (status != SHEAF_OK || is_beyond_doubt(db, s, 1))
		return status;
	if (edits > 1 && is_beyond_doubt(db, s, edits))
		s->edits = 1;
	status = scan_near(db, s, err);
	s->edits = edits;
	return status;
}

/* 0: the word is none that could be put right. */
static int begin(search *s, const char *text, size_t len, unsigned max_edits)
{
	s->word = text;
	s->len = len;
	s->letters = spelling_letters(text, len);
	if (s->letters < LETTERS_MIN)
		return 0;
	decode(text, len, s->letter);
	for (size_t i = 0; i < s->letters; i++)
		s->bits |= (uint32_t)1 << (s->letter[i] & 31);
	s->edits = max_edits && max_edits < EDITS_MAX ? max_edits : EDITS_MAX;
	if (s->letters < LETTERS_TWO_EDITS)
		s->edits = 1;
	return 1;
}

/*
 * Too rare for the dictionary, or newer: the index itself tells how many documents have the word.
 */
static sheaf_status count_word(sheaf_database *db, search *s, sheaf_error *err)
{
	buf          term = BUF_INIT(0);
	sheaf_status status;

	buf_printf(&term, "=%s", s->word);
	status = buf_status(&term, err);
	if (status == SHEAF_OK)
		status = sheaf_database_get_termfreq(db, term.data, &s->documents, err);
	buf_free(&term);
	return status;
}

/*
 * `known`: the fewest documents of a word of the dictionary; one in fewer may well be a slip
 * itself.
 */
static int is_doubtful(const search *s, int64_t known)
{
	static const double doubt_of_rare = 10;
	double              need = (double)s->documents *
	              (s->documents < known ? doubt_of_rare : doubt(s, s->best.edits));

	return (double)s->best.documents >= need;
}

/* Another form of the same word, which the word finds as it is. */
static sheaf_status is_same_family(sheaf_stem *stem, const search *s, int *same, sheaf_error *err)
{
	const char  *family;
	char         copy[TOKEN_MAX];
	size_t       len, copy_len;
	sheaf_status status = sheaf_stem_word(stem, s->word, s->len, &family, &copy_len, err);

	*same = 0;
	if (status != SHEAF_OK || copy_len > sizeof copy)
		return status;
	memcpy(copy, family, copy_len);
	status = sheaf_stem_word(stem, s->best.word, strlen(s->best.word), &family, &len, err);
	*same = status == SHEAF_OK && len == copy_len && memcmp(family, copy, len) == 0;
	return status;
}

static sheaf_status run(sheaf_database *db, search *s, int *found, sheaf_error *err)
{
	int          same = 0;
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < group_count(db); i++)
		status = scan_rows(group_member(db, i), s, err);
	if (status != SHEAF_OK || !s->best.edits)
		return status;
	if (!s->documents)
		status = count_word(db, s, err);
	if (status != SHEAF_OK || !is_doubtful(s, spelling_least_documents(db->totals.documents)))
		return status;
	status = is_same_family(db->tokenizer.config.stem, s, &same, err);
	*found = status == SHEAF_OK && !same;
	return status;
}

sheaf_status sheaf_database_get_spelling_suggestion(sheaf_database *db, const char *text,
                                                    unsigned max_edits, char **suggestion,
                                                    sheaf_error *err)
{
	search       s = {0};
	buf          folded = BUF_INIT(0);
	int          found = 0;
	sheaf_status status;

	*suggestion = NULL;
	if (!db || !text || max_edits > EDITS_MAX)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database or no word, or more than %d edits", EDITS_MAX);
	if (folded_words(text, &folded) != 1 || folded.status != SHEAF_OK ||
	    !begin(&s, folded.data, folded.len, max_edits)) {
		status = buf_status(&folded, err);
		buf_free(&folded);
		return status;
	}
	status = group_begin_read(db, err);
	if (status == SHEAF_OK) {
		status = run(db, &s, &found, err);
		group_end_read(db);
	}
	if (found && !(*suggestion = mem_strdup(s.best.word)))
		status = sheaf_nomem(err);
	buf_free(&folded);
	return status;
}
