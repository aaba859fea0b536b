/*
 * A word that is also a name has postings beside its family's list. The list's bounds know nothing
 * of them, so a block may hold a better document than they say.
 */
#include "database_private.h"
#include "engine_fixture.h"
#include "list_answers.h"

enum { PAPERS = 900, TWICE = 20, NAMED = 700 };

static engine e;

/*
 * All are of one length and have the word once, but for one early paper, which has it twice, and a
 * late one, by two people of that name.
 */
static int set_up(void **state)
{
	sheaf_error err;

	(void)state;
	engine_begin(&e, "match-beside");
	engine_begin_write(&e);
	for (int i = 1; i <= PAPERS; i++) {
		char id[32];

		snprintf(id, sizeof id, "2401.%05d", i);
		must(scratch_paper(e.doc, id, "Fields and walls",
		                   i == TWICE ? "of stones, stones" : "of stones, bricks", &err),
		     &err);
		for (int j = 0; i == NAMED && j < 2; j++) {
			sheaf_author author = {.forenames = j ? "Ada" : "Ida", .keyname = "Stones"};

			must(sheaf_document_add_author(e.doc, &author, &err), &err);
		}
		engine_store(&e);
	}
	engine_commit(&e);
	must(sheaf_database_compact(e.db, &err), &err);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

static void search(const char *text, list_answer *a)
{
	sheaf_mset *mset;
	sheaf_error err;

	memset(a, 0, sizeof *a);
	must(scratch_search(e.db, text, SHEAF_OP_OR, 1, &mset, &err), &err);
	list_answer_read(mset, a);
	sheaf_mset_free(mset);
}

static void the_best_may_stand_beside_the_list(void **state)
{
	static const char *const queries[] = {"stones", "stones fields", "stones OR bricks OR of"};
	enum { COUNT = sizeof queries / sizeof *queries };
	list_answer with[COUNT], without;

	(void)state;
	for (unsigned i = 0; i < COUNT; i++) {
		search(queries[i], &with[i]);
		assert_int_equal(with[i].docid[0], NAMED);
	}
	e.db = reopen_without_lists(e.db, e.path);
	for (unsigned i = 0; i < COUNT; i++) {
		search(queries[i], &without);
		list_answers_equal(i, queries[i], &with[i], &without);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(the_best_may_stand_beside_the_list, set_up,
	                                        tear_down),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
