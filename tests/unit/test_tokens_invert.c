/*
 * tokens_invert(): the postings of a text are those of the tokens that tokens_split() gives, and
 * those that FTS5 itself makes of them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis.h"
#include "database_private.h"
#include "dice.h"
#include "engine_fixture.h"
#include "inverter.h"
#include "tokens.h"

/* ---- random texts ---- */

static const char *const pieces[] = {
	"network",
	"networks",
	"Networking",
	"the",
	"of",
	"matrices",
	"a",
	"x",
	"happily",
	"universities",
	"abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz",
	"NASA",
	"Schr\\\"odinger",
	"Erd\\H{o}s",
	"$\\alpha$-decay",
	"CO$_2$",
	"$\\frac{a}{b}$",
	"event-based",
	"O'Brien",
	"Bell's",
	"1,000",
	"C++",
	"\xCE\xB1\xCE\xB2",
	"\xE7\xA5\x9E\xE7\xBB\x8F",
	"K\xC3\xB6rper",
	"\xFF",
	"\004stem",
	"\005cat:cs",
	"{",
	"}",
	"_",
	"^",
	",",
	"Ada Quist",
	"Quist, Ada, Jr.",
	"J.-P. del Monte",
	"QUIST Ada",
	"Xiao-Ming Networks",
	"Networks Networks",
	"van der Lamp",
	"The Lamp Collaboration",
	"cat:cs.ne",
	"id:2601.22876",
	"term:own_networks",
};

static void random_text(dice *d, char mode, buf *out)
{
	static const char *const gaps[] = {" ", " ", " ", "\n", "", "-", ". "};

	buf_clear(out);
	buf_putc(out, mode);
	for (size_t n = dice_below(d, 60); n; n--) {
		buf_puts(out, pieces[dice_below(d, sizeof pieces / sizeof *pieces)]);
		buf_puts(out, gaps[dice_below(d, sizeof gaps / sizeof *gaps)]);
	}
}

/* ---- what is expected ---- */

/* A line for each token: term, document, column, position; in the order of postings once sorted. */
typedef struct expectation {
	char   **lines;
	size_t   count, size;
	unsigned document, column;
	int      positions;
} expectation;

static void note(expectation *x, const char *text, size_t len, unsigned document, unsigned column,
                 unsigned position)
{
	buf line = BUF_INIT(0);

	for (size_t i = 0; i < len; i++)
		buf_printf(&line, "%02x", (unsigned char)text[i]);
	buf_printf(&line, " %06u %02u %06u", document, column, position);
	if (x->count == x->size) {
		x->size = x->size ? 2 * x->size : 256;
		x->lines = realloc(x->lines, x->size * sizeof *x->lines);
		assert_non_null(x->lines);
	}
	x->lines[x->count] = buf_take(&line);
	assert_non_null(x->lines[x->count++]);
}

static int by_line(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static void sort_lines(expectation *x)
{
	if (x->count)
		qsort(x->lines, x->count, sizeof *x->lines, by_line);
}

static void drop(expectation *x)
{
	for (size_t i = 0; i < x->count; i++)
		sheaf_free(x->lines[i]);
	free(x->lines);
	*x = (expectation){0};
}

static int expect_token(void *ctx, const token *t)
{
	expectation *x = ctx;

	if (t->len > TOKEN_MAX)
		return 0;
	if (!t->same || !x->positions)
		x->positions++;
	note(x, t->text, t->len, x->document, x->column, (unsigned)x->positions - 1);
	return 0;
}

static unsigned next_number(const unsigned char **at)
{
	unsigned n = 0;

	while (**at & 0x80)
		n = n << 7 | (*(*at)++ & 0x7Fu);
	return n << 7 | *(*at)++;
}

static void note_postings(expectation *x, const inverter *v, size_t i)
{
	inverter_cursor c;
	size_t          len;
	const char     *text = inverter_term_text(v, i, &len);

	inverter_open(v, i, &c);
	while (inverter_next(&c)) {
		const unsigned char *at = c.positions;
		unsigned             column = 0, position = 0;

		while (at < c.positions + c.len) {
			unsigned n = next_number(&at);

			if (n == 1) {
				column = next_number(&at);
				position = 0;
				continue;
			}
			position += n - 2;
			note(x, text, len, (unsigned)c.revision, column, position);
		}
	}
}

static void note_all(expectation *x, inverter *v, size_t documents)
{
	int64_t *revisions = calloc(documents + 1, sizeof *revisions);

	assert_non_null(revisions);
	for (size_t i = 0; i < documents; i++)
		revisions[i] = (int64_t)i + 1;
	assert_int_equal(inverter_sort(v, revisions, NULL), SHEAF_OK);
	for (size_t i = 0; i < inverter_term_count(v); i++)
		note_postings(x, v, i);
	free(revisions);
}

static void expect_same(expectation *got, expectation *wanted, const char *what)
{
	sort_lines(got);
	sort_lines(wanted);
	for (size_t i = 0; i < got->count && i < wanted->count; i++)
		if (strcmp(got->lines[i], wanted->lines[i]) != 0)
			fail_msg("%s: %s, not %s", what, got->lines[i], wanted->lines[i]);
	assert_int_equal(got->count, wanted->count);
}

/* ---- against the callback ---- */

static void compare_texts(const tokens_config *config, uint64_t seed, const char *what)
{
	static const char modes[] = {MODE_PROSE, MODE_NAMES, MODE_PEOPLE, MODE_TERMS, 9};
	enum { DOCUMENTS = 40, MODES = sizeof modes };
	expectation got = {0}, wanted = {0};
	inverter   *v;
	buf         text = BUF_INIT(0);

	assert_int_equal(inverter_new(&v, NULL), SHEAF_OK);
	for (unsigned n = 0; n < DOCUMENTS; n++) {
		dice d;

		dice_start(&d, 4, seed, n);
		inverter_begin(v);
		for (unsigned column = 0; column < MODES; column++) {
			uint32_t positions;

			random_text(&d, modes[column], &text);
			wanted.document = n + 1;
			wanted.column = column;
			wanted.positions = 0;
			assert_int_equal(
				tokens_split(config, text.data, text.len, expect_token, &wanted),
				0);
			assert_int_equal(
				tokens_invert(config, text.data, text.len, v, column, &positions),
				0);
			assert_int_equal(positions, wanted.positions);
		}
	}
	note_all(&got, v, DOCUMENTS);
	assert_true(wanted.count > 1000);
	expect_same(&got, &wanted, what);
	drop(&got);
	drop(&wanted);
	buf_free(&text);
	inverter_free(v);
}

static void every_strategy(void **state)
{
	static const char *const languages[] = {"english", "german", "french", "none"};

	(void)state;
	for (size_t l = 0; l < sizeof languages / sizeof *languages; l++) {
		tokens_config config;

		assert_int_equal(sheaf_stem_new(languages[l], &config.stem, NULL), SHEAF_OK);
		for (int s = SHEAF_STEM_NONE; s <= SHEAF_STEM_ALL; s++) {
			config.strategy = (sheaf_stem_strategy)s;
			compare_texts(&config, l, languages[l]);
		}
		sheaf_stem_free(config.stem);
	}
}

/* Its first letter, and for some words more than they have. */
static int shorten(void *ctx, const char *text, size_t len, char *out)
{
	(void)ctx;
	memcpy(out, text, len);
	out[len] = 'z';
	return len % 3 ? 1 : (int)len + 1;
}

static void a_stemmer_of_the_callers(void **state)
{
	tokens_config config;

	(void)state;
	assert_int_equal(sheaf_stem_new_custom("shorten", shorten, NULL, &config.stem, NULL),
	                 SHEAF_OK);
	for (int s = SHEAF_STEM_NONE; s <= SHEAF_STEM_ALL; s++) {
		config.strategy = (sheaf_stem_strategy)s;
		compare_texts(&config, 9, "shorten");
	}
	sheaf_stem_free(config.stem);
}

/* ---- against FTS5 ---- */

static void random_paper(sheaf_document *doc, unsigned n)
{
	static const struct {
		sheaf_field field;
	} fields[] = {{SHEAF_FIELD_TITLE},
	              {SHEAF_FIELD_ABSTRACT},
	              {SHEAF_FIELD_COMMENTS},
	              {SHEAF_FIELD_JOURNAL_REF},
	              {SHEAF_FIELD_REPORT_NO}};
	buf         text = BUF_INIT(0);
	char        id[32];
	dice        d;
	sheaf_error err;

	dice_start(&d, 5, n, 0);
	sheaf_document_clear(doc);
	snprintf(id, sizeof id, "2601.%05u", n + 1);
	must(sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, strlen(id), &err), &err);
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		random_text(&d, ' ', &text);
		if (!dice_one_in(&d, 4))
			must(sheaf_document_set_text(doc, fields[i].field, text.data, text.len,
			                             &err),
			     &err);
	}
	for (size_t i = dice_below(&d, 5); i; i--) {
		sheaf_author a = {.name = pieces[33 + dice_below(&d, 6)]};

		must(sheaf_document_add_author(doc, &a, &err), &err);
	}
	must(sheaf_document_add_category(doc, n % 2 ? "cs.NE" : "math", &err), &err);
	must(sheaf_document_add_term(doc, "own", n % 3, &err), &err);
	buf_free(&text);
}

static unsigned column_named(const char *name)
{
	static const char *const names[] = {"abstract",    "title",     "authors", "comments",
	                                    "journal_ref", "report_no", "terms"};

	for (unsigned i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i], name) == 0)
			return i;
	fail_msg("no column '%s'", name);
	return 0;
}

static void note_index(sheaf_database *db, expectation *x)
{
	sqlite3_stmt *stmt;

	assert_int_equal(sqlite3_exec(db->sql,
	                              "CREATE VIRTUAL TABLE temp.instances "
	                              "USING fts5vocab(main, document_fts, instance)",
	                              NULL, NULL, NULL),
	                 SQLITE_OK);
	assert_int_equal(sqlite3_prepare_v2(db->sql,
	                                    "SELECT term, doc, col, offset FROM temp.instances", -1,
	                                    &stmt, NULL),
	                 SQLITE_OK);
	while (sqlite3_step(stmt) == SQLITE_ROW)
		note(x, (const char *)sqlite3_column_text(stmt, 0),
		     (size_t)sqlite3_column_bytes(stmt, 0), (unsigned)sqlite3_column_int(stmt, 1),
		     column_named((const char *)sqlite3_column_text(stmt, 2)),
		     (unsigned)sqlite3_column_int(stmt, 3));
	assert_int_equal(sqlite3_finalize(stmt), SQLITE_OK);
	assert_int_equal(sqlite3_exec(db->sql, "DROP TABLE temp.instances", NULL, NULL, NULL),
	                 SQLITE_OK);
}

/* The averages record: rows, then the tokens of each column. */
static void same_averages(sheaf_database *db, unsigned documents, const uint64_t *sums)
{
	sqlite3_stmt        *stmt;
	const unsigned char *at;

	assert_int_equal(sqlite3_prepare_v2(db->sql,
	                                    "SELECT block FROM document_fts_data WHERE id = 1", -1,
	                                    &stmt, NULL),
	                 SQLITE_OK);
	assert_int_equal(sqlite3_step(stmt), SQLITE_ROW);
	at = sqlite3_column_blob(stmt, 0);
	assert_non_null(at);
	assert_int_equal(next_number(&at), documents);
	for (size_t i = 0; i < COLUMN_COUNT; i++)
		assert_int_equal(next_number(&at), sums[i]);
	sqlite3_finalize(stmt);
}

static void as_fts5_has_it(void **state)
{
	enum { DOCUMENTS = 60 };
	engine      e;
	expectation got = {0}, wanted = {0};
	uint64_t    sums[COLUMN_COUNT] = {0};
	analysis   *x = analysis_new();
	analyser   *a;
	inverter   *v;
	sheaf_error err;

	(void)state;
	assert_non_null(x);
	engine_begin(&e, "invert");
	must(inverter_new(&v, &err), &err);
	must(analyser_new(e.db, &a, &err), &err);
	for (unsigned n = 0; n < DOCUMENTS; n++) {
		int64_t length;

		random_paper(e.doc, n);
		assert_int_equal(engine_store(&e), SHEAF_ADDED);
		must(analyser_run(a, e.doc, x, &err), &err);
		assert_int_equal(x->recorded, 1);
		length = x->length;
		must(analyser_invert(a, e.doc, x, v, &err), &err);
		assert_int_equal(x->recorded, 0);
		assert_int_equal(x->length, length);
		for (size_t i = 0; i < COLUMN_COUNT; i++)
			sums[i] += x->positions[i];
	}
	note_all(&got, v, DOCUMENTS);
	note_index(e.db, &wanted);
	assert_true(wanted.count > 1000);
	expect_same(&got, &wanted, "FTS5");
	same_averages(e.db, DOCUMENTS, sums);
	drop(&got);
	drop(&wanted);
	analyser_free(a);
	inverter_free(v);
	analysis_free(x);
	engine_end(&e);
}

/* What was inverted is not recorded: written plainly, it is split again. */
static void an_inverted_document_can_be_written(void **state)
{
	engine       e;
	analysis    *x = analysis_new();
	analyser    *a;
	inverter    *v;
	sheaf_change change;
	sheaf_error  err;

	(void)state;
	assert_non_null(x);
	engine_begin(&e, "inverted");
	must(inverter_new(&v, &err), &err);
	must(analyser_new(e.db, &a, &err), &err);
	must(scratch_paper(e.doc, "2601.00001", "Lichen networks", "Growing", &err), &err);
	must(analyser_invert(a, e.doc, x, v, &err), &err);
	must(store_replace(e.db, e.doc, x, NULL, &change, &err), &err);
	assert_int_equal(change, SHEAF_ADDED);
	engine_finds(e.db, "network growing", "2601.00001");
	analyser_free(a);
	inverter_free(v);
	analysis_free(x);
	engine_end(&e);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_strategy),
		cmocka_unit_test(a_stemmer_of_the_callers),
		cmocka_unit_test(as_fts5_has_it),
		cmocka_unit_test(an_inverted_document_can_be_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
