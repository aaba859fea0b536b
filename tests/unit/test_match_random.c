/*
 * The engine against brute force: random papers, random query trees, and for each the same set, the
 * same scores and an order that follows from them.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "naive_compare.h"

enum { QUERIES = 500, DEEPEST = 62 };

static void try_trees(world *w, int queries)
{
	for (int tried = 0; tried < queries;)
		tried += naive_try(w, naive_ask_tree(w, 1 + (int)below(w, 4)), NULL, NULL);
}

static void trees(void **state)
{
	world *w = naive_open(SHEAF_STEM_SOME, 1, 1);

	(void)state;
	try_trees(w, QUERIES);
	must(sheaf_database_check(w->db[0], NULL), NULL);
	must(sheaf_database_compact(w->db[0], NULL), NULL);
	try_trees(w, QUERIES / 5);
	naive_close(w);
}

static void chains(void **state)
{
	world *w = naive_open(SHEAF_STEM_SOME, 1, 2);

	(void)state;
	for (int tried = 0; tried < QUERIES / 5;)
		tried += naive_try(w, naive_ask_chain(w, 10 + (int)below(w, DEEPEST - 10)), NULL,
		                   NULL);
	naive_close(w);
}

/* Neighbours count, and the more terms there are the larger is k1. */
static void lists_of_words(void **state)
{
	world *w = naive_open(SHEAF_STEM_SOME, 1, 3);

	(void)state;
	for (int tried = 0; tried < QUERIES;)
		tried += naive_try(w, naive_ask_list(w), NULL, NULL);
	naive_close(w);
}

static void stems_alone(void **state)
{
	world *w = naive_open(SHEAF_STEM_ALL, 1, 4);

	(void)state;
	try_trees(w, QUERIES / 4);
	naive_close(w);
}

static void words_alone(void **state)
{
	world *w = naive_open(SHEAF_STEM_NONE, 1, 5);

	(void)state;
	try_trees(w, QUERIES / 4);
	naive_close(w);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(trees),          cmocka_unit_test(chains),
		cmocka_unit_test(lists_of_words), cmocka_unit_test(stems_alone),
		cmocka_unit_test(words_alone),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
