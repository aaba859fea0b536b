/*
 * What a ranking owes to whoever searches, on a handful of papers: which of two goes first, why.
 * Needs no data; test_relevance.c measures the same on real collections.
 */
#include <string.h>

#include "scratch_db.h"

static const struct paper {
	const char *id, *title, *abstract;
} papers[] = {
	{"t1", "Otters", "River animals and their burrows, counted over one winter in the north."},
	{"t2", "River animals", "Otters and their burrows, counted over one winter in the north."},
	{"t3", "Herons",
         "A heron waits. It waits for fish, and then for more fish, in shallow water."},
	{"t4", "Herons at dusk",
         "A heron waits by the lake, where water is shallow and cold at dusk."},
	{"t5", "Lakes", "Fish in a lake."},
	{"t6", "Lakes of the plain",
         "Fish in a lake, among reeds, stones, mud, frogs, snails, beetles, "
         "dragonflies, swans, ducks, geese, and whatever else the water holds."},
	{"t7", "Connected waters", "A connection of two lakes connects what was connected before."},
	{"t8", "Twins", "An equal text."},
	{"t9", "Twins", "An equal text."},
	{"t10", "Bees", "Honey and wax, and the dances of bees between field and hive in summer."},
	{"t11", "Wax", "Candles are made of it, and so are seals on letters and old tablets."},
	{"t12", "Notes", "Water, water, and water again, of every kind, in every season."},
};
enum { PAPERS = sizeof papers / sizeof *papers };

typedef struct fixture {
	char            path[SCRATCH_PATH_SIZE];
	sheaf_database *db;
} fixture;

static int set_up(void **state)
{
	static fixture  f;
	sheaf_document *doc;
	sheaf_error     err;

	scratch_path(f.path, "ranked-order");
	must(sheaf_database_open(f.path, SHEAF_DB_CREATE, NULL, &f.db, &err), &err);
	must(sheaf_document_new(&doc, &err), &err);
	must(sheaf_database_begin_transaction(f.db, &err), &err);
	for (size_t i = 0; i < PAPERS; i++) {
		must(scratch_paper(doc, papers[i].id, papers[i].title, papers[i].abstract, &err),
		     &err);
		must(sheaf_database_replace_document(f.db, doc, NULL, NULL, &err), &err);
	}
	must(sheaf_database_commit_transaction(f.db, &err), &err);
	sheaf_document_free(doc);
	*state = &f;
	return 0;
}

static int tear_down(void **state)
{
	fixture *f = *state;

	sheaf_database_close(f->db);
	scratch_remove(f->path);
	return 0;
}

static sheaf_mset *find(fixture *f, const char *text)
{
	sheaf_mset *mset;
	sheaf_error err;

	must(scratch_search(f->db, text, SHEAF_OP_OR, PAPERS, &mset, &err), &err);
	return mset;
}

static const char *id_at(sheaf_mset *mset, size_t i)
{
	const sheaf_document *doc = NULL;
	sheaf_error           err;

	must(sheaf_mset_get_document(mset, i, &doc, &err), &err);
	return sheaf_document_get_text(doc, SHEAF_FIELD_ID);
}

/* The ids in the order found, parted by blanks, are `expected`. */
static void expect(fixture *f, const char *query, const char *expected)
{
	char        ids[256] = "";
	sheaf_mset *mset = find(f, query);

	for (size_t i = 0; i < sheaf_mset_size(mset); i++) {
		size_t len = strlen(ids);

		snprintf(ids + len, sizeof ids - len, i ? " %s" : "%s", id_at(mset, i));
	}
	sheaf_mset_free(mset);
	assert_string_equal(ids, expected);
}

static void title_beats_abstract(void **state)
{
	expect(*state, "otters", "t1 t2");
	expect(*state, "river animals", "t2 t1");
	expect(*state, "wax", "t11 t10");
}

static void stems_meet(void **state)
{
	expect(*state, "connecting", "t7");
	expect(*state, "otter", "t1 t2");
	expect(*state, "burrow winters", "t1 t2");
}

static void shorter_beats_longer(void **state)
{
	expect(*state, "abs:fish", "t3 t5 t6");
	expect(*state, "ti:lakes", "t5 t6");
}

static void rarer_beats_commoner(void **state)
{
	sheaf_mset *mset = find(*state, "water reeds");

	/* Four papers have water, one has reeds as well. */
	assert_int_equal(sheaf_mset_size(mset), 5);
	assert_string_equal(id_at(mset, 0), "t6");
	sheaf_mset_free(mset);
}

static void ties_go_to_the_newest(void **state)
{
	sheaf_mset *mset = find(*state, "twins");

	assert_int_equal(sheaf_mset_size(mset), 2);
	assert_true(sheaf_mset_get_weight(mset, 0) == sheaf_mset_get_weight(mset, 1));
	assert_string_equal(id_at(mset, 0), "t9");
	sheaf_mset_free(mset);
}

static void weights_fall(void **state)
{
	sheaf_mset *mset = find(*state, "water fish heron lake otters");

	assert_true(sheaf_mset_size(mset) >= 8);
	for (size_t i = 1; i < sheaf_mset_size(mset); i++)
		assert_true(sheaf_mset_get_weight(mset, i - 1) >= sheaf_mset_get_weight(mset, i));
	assert_true(sheaf_mset_get_weight(mset, sheaf_mset_size(mset) - 1) > 0);
	sheaf_mset_free(mset);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(title_beats_abstract),  cmocka_unit_test(stems_meet),
		cmocka_unit_test(shorter_beats_longer),  cmocka_unit_test(rarer_beats_commoner),
		cmocka_unit_test(ties_go_to_the_newest), cmocka_unit_test(weights_fall),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
