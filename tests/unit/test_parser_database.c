/* A query parser that asks a real database: synonyms, spelling, language. */
#include "scratch_db.h"

#include <string.h>

typedef struct fixture {
	char                path[SCRATCH_PATH_SIZE];
	sheaf_database     *db;
	sheaf_query_parser *qp;
} fixture;

static void open_fixture(fixture *f, const char *stemmer)
{
	sheaf_database_options options = {.stemmer = stemmer};
	sheaf_error            err;

	scratch_path(f->path, "parser_database");
	must(sheaf_database_open(f->path, SHEAF_DB_CREATE, &options, &f->db, &err), &err);
	must(sheaf_query_parser_new(&f->qp, &err), &err);
	sheaf_query_parser_set_database(f->qp, f->db);
}

static void close_fixture(fixture *f)
{
	sheaf_query_parser_free(f->qp);
	sheaf_database_close(f->db);
	scratch_remove(f->path);
}

static void check(fixture *f, const char *text, const char *expected)
{
	sheaf_query *query;
	char        *description;
	sheaf_error  err;

	must(sheaf_query_parser_parse_query(f->qp, text,
	                                    SHEAF_FLAG_DEFAULT | SHEAF_FLAG_SPELLING_CORRECTION,
	                                    &query, &err),
	     &err);
	must(sheaf_query_get_description(query, &description, &err), &err);
	assert_string_equal(description, expected);
	sheaf_free(description);
	sheaf_query_free(query);
}

static void test_synonyms(void **state)
{
	fixture     f;
	sheaf_error err;

	(void)state;
	open_fixture(&f, NULL);
	must(sheaf_database_add_synonym(f.db, "car", "auto", &err), &err);
	must(sheaf_database_add_synonym(f.db, "car", "motor car", &err), &err);
	must(sheaf_database_add_synonym(f.db, "deep learning", "neural network", &err), &err);
	check(&f, "~Car", "(Car SYNONYM auto SYNONYM \"motor car\":stem)");
	check(&f, "~\"Deep Learning\"", "(\"Deep Learning\" SYNONYM \"neural network\":stem)");
	check(&f, "~tree", "tree");
	assert_string_equal(sheaf_query_parser_get_notes(f.qp),
	                    "no synonyms of 'tree' are known: taken as it is");
	sheaf_query_parser_set_database(f.qp, NULL);
	check(&f, "~car", "car");
	close_fixture(&f);
}

static void test_spelling(void **state)
{
	fixture         f;
	sheaf_document *doc;
	sheaf_error     err;

	(void)state;
	open_fixture(&f, NULL);
	must(sheaf_document_new(&doc, &err), &err);
	for (int i = 0; i < 40; i++) {
		char id[32];

		snprintf(id, sizeof id, "2601.%05d", i + 1);
		must(scratch_paper(doc, id, "A lattice of neural networks",
		                   "The lattice holds a network.", &err),
		     &err);
		must(sheaf_database_replace_document(f.db, doc, NULL, NULL, &err), &err);
	}
	sheaf_document_free(doc);
	must(sheaf_database_compact(f.db, &err), &err);
	check(&f, "Lattcie of netwrok", "(Lattcie AND netwrok)");
	assert_string_equal(sheaf_query_parser_get_corrected_query_string(f.qp),
	                    "Lattice of network");
	check(&f, "lattice", "lattice");
	assert_string_equal(sheaf_query_parser_get_corrected_query_string(f.qp), "");
	close_fixture(&f);
}

/* The built-in stop list is for English. */
static void test_language(void **state)
{
	fixture f;

	(void)state;
	open_fixture(&f, "german");
	check(&f, "the tree", "(the AND tree)");
	close_fixture(&f);
	open_fixture(&f, "english");
	check(&f, "the tree", "tree");
	sheaf_query_parser_set_database(f.qp, NULL);
	check(&f, "the tree", "tree");
	close_fixture(&f);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_synonyms),
		cmocka_unit_test(test_spelling),
		cmocka_unit_test(test_language),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
