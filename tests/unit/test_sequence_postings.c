/*
 * Phrases and words near each other are found in the index's pages where FTS5 finds them, and as often: random
 * sequences over an index of several segments, some half merged, with documents that are gone and with positions that
 * run over pages; pages that are damaged end in an answer.
 */
#include "scratch_db.h"

#include <sqlite3.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "database_private.h"
#include "dice.h"
#include "field.h"
#include "match_tally.h"
#include "positions.h"
#include "segment_structure.h"
#include "token_postings.h"

enum { PAPERS = 1500, LATER = 150, WORDS = 12, TRIES = 1500, DAMAGES = 1500 };

static char            path[SCRATCH_PATH_SIZE];
static sheaf_error     error;
static sheaf_database *db;

#define OK(call) must((call), &error)

/* ---- papers ---- */

/* The lower its number the commoner; few, so that they meet. */
static void put_word(dice *d, buf *text)
{
	static const char *const endings[] = {"", "s", "ing"};

	buf_printf(text, "w%c%s ", (char)('a' + (int)dice_below(d, dice_below(d, WORDS) + 1)),
	           endings[dice_below(d, 3)]);
}

static void put_text(dice *d, sheaf_document *doc, sheaf_field field, size_t most)
{
	buf text = BUF_INIT(0);

	for (size_t i = dice_below(d, most) + 1; i; i--)
		put_word(d, &text);
	OK(sheaf_document_set_text(doc, field, text.data, text.len, &error));
	buf_free(&text);
}

static void put_paper(sheaf_database *to, dice *d, unsigned number)
{
	char            id[32];
	sheaf_document *doc;

	snprintf(id, sizeof id, "2401.%05u", number);
	OK(sheaf_document_new(&doc, &error));
	OK(sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, &error));
	put_text(d, doc, SHEAF_FIELD_TITLE, 6);
	/* Of some a word's positions take more than a page. */
	put_text(d, doc, SHEAF_FIELD_ABSTRACT, dice_one_in(d, 100) ? 30000 : 40);
	if (dice_one_in(d, 3))
		put_text(d, doc, SHEAF_FIELD_COMMENTS, 6);
	OK(sheaf_database_replace_document(to, doc, NULL, NULL, &error));
	sheaf_document_free(doc);
}

static void change(dice *d, unsigned i)
{
	unsigned number = (unsigned)dice_below(d, PAPERS) + 1;
	char     id[32];

	snprintf(id, sizeof id, "2401.%05u", number);
	if (i % 3)
		put_paper(db, d, i % 3 == 1 ? number : PAPERS + i);
	else if (sheaf_database_delete_document(db, id, &error) != SHEAF_OK)
		assert_int_equal(error.status, SHEAF_ERROR_DOC_NOT_FOUND);
}

static void must_run(const char *sql)
{
	assert_int_equal(sqlite3_exec(db->sql, sql, NULL, NULL, NULL), SQLITE_OK);
}

/* One large segment, and several small ones with marks of what is gone. */
static int fill(void **state)
{
	dice d;

	(void)state;
	dice_start(&d, 0x5E9, 0, 0);
	scratch_path(path, "sequence-postings");
	db = scratch_fill(path, PAPERS, put_paper, &d);
	for (unsigned i = 0; i < LATER; i++)
		change(&d, i);
	return 0;
}

static int clean(void **state)
{
	(void)state;
	sheaf_database_close(db);
	scratch_remove(path);
	return 0;
}

/* ---- what to look for ---- */

/* A position: a word as it is, or a family. */
static void put_position(dice *d, buf *fts)
{
	static const char *const endings[] = {"", "s", "ing"};
	char letter = (char)('a' + (int)dice_below(d, dice_below(d, WORDS) + 1));

	if (dice_one_in(d, 2))
		buf_printf(fts, "\037w%c%s", letter, endings[dice_below(d, 3)]);
	else
		buf_printf(fts, "\037w%c\036\004w%c", letter, letter);
	if (dice_one_in(d, 12))
		buf_puts(fts, "\036absent");
}

static void put_phrase(dice *d, buf *fts)
{
	size_t words = dice_one_in(d, 2) ? 1 : 2 + dice_below(d, 2);

	buf_puts(fts, "\"\007");
	while (words--)
		put_position(d, fts);
	buf_puts(fts, "\"");
}

static void put_several(dice *d, const char *between, buf *fts)
{
	for (size_t i = 1 + dice_below(d, 3);; i--) {
		put_phrase(d, fts);
		if (!i)
			return;
		buf_puts(fts, between);
	}
}

/* The expression of a leaf; its shape is what sheaf gives such a leaf. */
static void choose(dice *d, buf *fts, leaf_shape *shape)
{
	static const char *const columns[] = {"", "", "", "title : ", "abstract : ", "comments : "};
	size_t                   quotes = 0;
	int                      near = dice_one_in(d, 2);

	*shape = (leaf_shape){0};
	buf_clear(fts);
	buf_puts(fts, columns[dice_below(d, 6)]);
	if (near) {
		buf_puts(fts, "NEAR( ");
		put_several(d, " ", fts);
		buf_printf(fts, ", %zu)", dice_below(d, 12));
	} else if (dice_one_in(d, 3)) {
		buf_puts(fts, "(");
		put_several(d, " OR ", fts);
		buf_puts(fts, ")");
	} else {
		buf_puts(fts, "\"\007");
		for (size_t i = 2 + dice_below(d, 3); i; i--)
			put_position(d, fts);
		buf_puts(fts, "\"");
	}
	for (size_t i = 0; i < fts->len; i++)
		quotes += fts->data[i] == '"';
	shape->phrases = quotes / 2;
	shape->counted = near ? 1 : shape->phrases;
	if (near && dice_one_in(d, 3))
		shape->window = shape->phrases + dice_below(d, 12);
}

static const leaf_tokens *read_leaf(const buf *fts, const leaf_shape *shape, arena *a)
{
	int                failed;
	const leaf_tokens *t = leaf_read_tokens(fts->data, shape->window, a, &failed);

	assert_non_null(t);
	assert_non_null(t->sequence);
	return t;
}

/* ---- compared ---- */

static int64_t compare(dice *d, const buf *fts, const leaf_shape *shape)
{
	const plan_leaf leaf = {.fts = fts->data, .shape = *shape};
	sheaf_revision  last = db->totals.revision, after = 0, until = last;
	leaf_counts     counts = {0, 0};
	found_postings  found;
	int64_t         occurrences = 0;
	arena           a = {0};

	if (dice_one_in(d, 2)) {
		after = (sheaf_revision)dice_below(d, (size_t)last);
		until = after + 1 + (sheaf_revision)dice_below(d, (size_t)(last - after));
	}
	OK(token_postings_find(db, after + 1, until, read_leaf(fts, shape, &a), &found, &error));
	OK(tally_leaf(db, &leaf, after, until, &counts, &error));
	for (size_t i = 0; i < found.count; i++) {
		assert_true(!i || found.list[i - 1].offset < found.list[i].offset);
		occurrences += found.list[i].frequency;
	}
	if ((int64_t)found.count != counts.documents || occurrences != counts.occurrences)
		fail_msg("%s (window %zu), %lld to %lld: %zu (%lld), FTS5 %lld (%lld)", fts->data,
		         shape->window, (long long)after, (long long)until, found.count,
		         (long long)occurrences, (long long)counts.documents,
		         (long long)counts.occurrences);
	found_postings_free(&found);
	arena_free(&a);
	return counts.documents;
}

static void try_many(unsigned kind)
{
	size_t  met = 0;
	int64_t known = 0;
	buf     fts = BUF_INIT(0);

	OK(database_begin_read(db, &error));
	for (unsigned i = 0; i < TRIES; i++) {
		leaf_shape shape;
		dice       d;

		dice_start(&d, kind, i, 0);
		choose(&d, &fts, &shape);
		met += compare(&d, &fts, &shape) > 0;
	}
	known = db->positions.known;
	database_end_read(db);
	buf_free(&fts);
	assert_true(known);
	assert_true(met > TRIES / 4 && met < TRIES);
}

static void as_fts5_finds_them(void **state)
{
	(void)state;
	try_many(1);
	assert_true(db->positions.count > 2);
}

/* A merge that is under way has moved some terms of a document to another segment than the others. */
static void while_segments_are_merged(void **state)
{
	size_t used_up = 0;

	(void)state;
	must_run("INSERT INTO document_fts(document_fts, rank) VALUES('usermerge', 2)");
	must_run("INSERT INTO document_fts(document_fts, rank) VALUES('merge', 8)");
	positions_clear(&db->positions);
	try_many(2);
	for (size_t i = 0; i < db->positions.count; i++)
		used_up += db->positions.ranges[i].first_page != 1;
	assert_true(used_up > 0);
}

/* ---- damage ---- */

static int64_t choose_page(dice *d)
{
	const segment_range *largest = &db->positions.ranges[0];

	for (size_t i = 1; i < db->positions.count; i++)
		if (db->positions.ranges[i].last_page > largest->last_page)
			largest = &db->positions.ranges[i];
	return (int64_t)largest->segment << SEGMENT_SHIFT |
	       (largest->first_page +
	        (int64_t)dice_below(d, (size_t)(largest->last_page - largest->first_page + 1)));
}

/* The page with this row id, with some bytes changed, and mostly a shorter end. */
static void damage(dice *d, int64_t id)
{
	sqlite3_blob *blob;
	unsigned char block[1 << 14];
	int           len;

	assert_int_equal(
		sqlite3_blob_open(db->sql, "main", "document_fts_data", "block", id, 1, &blob),
		SQLITE_OK);
	len = sqlite3_blob_bytes(blob);
	assert_true(len > 0 && len <= (int)sizeof block);
	assert_int_equal(sqlite3_blob_read(blob, block, len, 0), SQLITE_OK);
	for (size_t i = 1 + dice_below(d, 4); i; i--)
		block[dice_below(d, dice_one_in(d, 3) ? 8 : (size_t)len)] =
			(unsigned char)dice_next(d);
	assert_int_equal(sqlite3_blob_write(blob, block, len, 0), SQLITE_OK);
	sqlite3_blob_close(blob);
}

static void damaged_pages_end_in_an_answer(void **state)
{
	size_t damaged = 0;
	buf    fts = BUF_INIT(0);

	(void)state;
	assert_int_equal(sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL), SQLITE_OK);
	for (unsigned i = 0; i < DAMAGES; i++) {
		leaf_shape     shape;
		found_postings found;
		sheaf_status   status;
		arena          a = {0};
		dice           d;

		dice_start(&d, 0xDA4, i, 0);
		choose(&d, &fts, &shape);
		must_run("BEGIN");
		damage(&d, choose_page(&d));
		positions_clear(&db->positions);
		status = token_postings_find(db, 1, db->totals.revision,
		                             read_leaf(&fts, &shape, &a), &found, &error);
		must_run("ROLLBACK");
		for (size_t j = 0; j < found.count; j++)
			assert_true(found.list[j].offset < db->totals.revision);
		found_postings_free(&found);
		arena_free(&a);
		if (status != SHEAF_OK)
			assert_int_equal(status, SHEAF_ERROR_DATABASE_CORRUPT);
		damaged += status != SHEAF_OK;
	}
	buf_free(&fts);
	assert_true(damaged > 10);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(as_fts5_finds_them),
		cmocka_unit_test(while_segments_are_merged),
		cmocka_unit_test(damaged_pages_end_in_an_answer),
	};

	return cmocka_run_group_tests(tests, fill, clean);
}
