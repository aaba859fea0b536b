/* query:NAME, from the stored sets and among the profiles of one set. */
#include "profile_fixture.h"

#include "buf.h"
#include "profile_private.h"

typedef struct fixture {
	char                path[SCRATCH_PATH_SIZE];
	sheaf_database     *db;
	sheaf_query_parser *qp;
} fixture;

static const char garden[] = "digest:\n  name: garden\n"
			     "profiles:\n"
			     "  trees:\n    query: oak OR ti:beech\n"
			     "  soil:\n    query: clay sand\n    require: cat:cs.NE\n"
			     "    exclude: rock\n"
			     "  both:\n    query: query:trees AND query:soil^2\n"
			     "  self:\n    query: moss OR query:self\n"
			     "  ring-a:\n    query: a1 OR query:ring-b\n"
			     "  ring-b:\n    query: b1 OR query:ring-a\n"
			     "  lost:\n    query: x1 OR query:nowhere\n";

static const char kitchen[] = "digest:\n  name: kitchen\n"
			      "profiles:\n"
			      "  trees:\n    query: spoon\n"
			      "  pots:\n    query: pan\n";

static void store(sheaf_database *db, const char *yaml)
{
	sheaf_profile_set *set = fixture_profiles(yaml);
	sheaf_error        err;

	must(sheaf_profile_set_store(db, set, &err), &err);
	sheaf_profile_set_free(set);
}

static int setup(void **state)
{
	fixture    *f = test_malloc(sizeof *f);
	sheaf_error err;

	f->db = fixture_open(f->path, "profile_processor");
	must(sheaf_query_parser_new(&f->qp, &err), &err);
	must(sheaf_query_parser_add_profiles(f->qp, f->db, &err), &err);
	store(f->db, garden);
	*state = f;
	return 0;
}

static int teardown(void **state)
{
	fixture *f = *state;

	sheaf_query_parser_free(f->qp);
	fixture_close(f->db, f->path);
	test_free(f);
	return 0;
}

static void check_description(const sheaf_query *query, const char *expected)
{
	char       *description;
	sheaf_error err;

	must(sheaf_query_get_description(query, &description, &err), &err);
	assert_string_equal(description, expected);
	sheaf_free(description);
}

static void check(fixture *f, const char *text, const char *expected)
{
	sheaf_query *query;
	sheaf_error  err;

	must(sheaf_query_parser_parse_query(f->qp, text, SHEAF_FLAG_DEFAULT, &query, &err), &err);
	check_description(query, expected);
	sheaf_query_free(query);
}

static void test_names(void **state)
{
	fixture *f = *state;

	check(f, "query:trees", "(oak OR title:beech)");
	check(f, "query:soil leaf", "((((clay AND sand) FILTER cat:cs.NE) AND leaf) NOT rock)");
	check(f, "leaf -query:trees", "(leaf NOT (oak OR title:beech))");
	check(f, "query:\"trees\"^2", "(oak OR title:beech)^2");
	check(f, "query:garden/trees", "(oak OR title:beech)");
	assert_string_equal(sheaf_query_parser_get_notes(f->qp), "");
	check(f, "query:nowhere", "query:nowhere");
	assert_string_equal(sheaf_query_parser_get_notes(f->qp),
	                    "'query:nowhere' is not known: taken as words");
}

static void test_references(void **state)
{
	check(*state, "query:both",
	      "((oak OR title:beech) AND (((clay AND sand) FILTER cat:cs.NE) NOT rock)^2)");
}

/* What leads back to itself ends there, and says so. */
static void test_cycles(void **state)
{
	fixture *f = *state;

	check(f, "query:self", "(moss OR query:self)");
	assert_string_equal(sheaf_query_parser_get_notes(f->qp),
	                    "in profile 'self': 'query:self' is not known: taken as words");
	check(f, "query:ring-a", "(a1 OR b1 OR query:ring-a)");
	check(f, "query:lost", "(x1 OR query:nowhere)");
	check(f, "query:ring-a query:ring-b",
	      "((a1 OR b1 OR query:ring-a) AND (b1 OR a1 OR query:ring-b))");
}

static void test_several_sets(void **state)
{
	fixture *f = *state;

	store(f->db, kitchen);
	check(f, "query:trees", "(oak OR title:beech OR spoon)");
	check(f, "query:kitchen/trees", "spoon");
	check(f, "query:garden/trees", "(oak OR title:beech)");
	check(f, "query:pots", "pan");
	check(f, "query:garden/pots", "query:garden/pots");
}

/* A set that is stored later counts from the next query on. */
static void test_sets_are_read_anew(void **state)
{
	fixture *f = *state;

	check(f, "query:pots", "query:pots");
	store(f->db, kitchen);
	check(f, "query:pots", "pan");
}

/* Each profile names the next twice: what would double at each step stops somewhere. */
static void test_growth(void **state)
{
	fixture     *f = *state;
	buf          yaml = BUF_INIT(0), text = BUF_INIT(0);
	sheaf_query *query;
	sheaf_error  err;

	buf_puts(&yaml, "digest:\n  name: tower\nprofiles:\n");
	for (int i = 0; i < 30; i++)
		buf_printf(&yaml, "  p%d:\n    query: w%d OR query:p%d OR query:p%d\n", i, i, i + 1,
		           i + 1);
	store(f->db, buf_str(&yaml));
	for (int i = 0; i < 300; i++)
		buf_puts(&text, "query:p0 ");
	must(sheaf_query_parser_parse_query(f->qp, buf_str(&text), SHEAF_FLAG_DEFAULT, &query,
	                                    &err),
	     &err);
	assert_in_range(sheaf_query_get_num_subqueries(query), 300, 300);
	assert_non_null(strstr(sheaf_query_parser_get_notes(f->qp), "taken as words"));
	sheaf_query_free(query);
	buf_free(&yaml);
	buf_free(&text);
}

/* A profile may refer to another of its own file, stored or not. */
static void test_within_a_set(void **state)
{
	sheaf_profile_set *set = fixture_profiles(garden);
	sheaf_query       *query;
	sheaf_error        err;

	(void)state;
	must(profile_parse_query(set, NULL, "query:trees leaf", &query, &err), &err);
	check_description(query, "((oak OR title:beech) AND leaf)");
	sheaf_query_free(query);
	must(profile_parse_query(set, sheaf_profile_set_get(set, 3),
	                         sheaf_profile_set_get(set, 3)->query, &query, &err),
	     &err);
	check_description(query, "(moss OR query:self)");
	sheaf_query_free(query);
	must(profile_parse_query(NULL, NULL, "query:trees leaf", &query, &err), &err);
	check_description(query, "(query:trees AND leaf)");
	sheaf_query_free(query);
	sheaf_profile_set_free(set);
}

static void test_wrong_arguments(void **state)
{
	fixture *f = *state;

	assert_int_equal(sheaf_query_parser_add_profiles(NULL, f->db, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	assert_int_equal(sheaf_query_parser_add_profiles(f->qp, NULL, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

static int64_t placed(sheaf_database *db, const sheaf_profile_set *set)
{
	sheaf_classify_stats stats;
	sheaf_error          err;

	must(sheaf_classify(db, set, 0, &stats, &err), &err);
	return stats.matches;
}

/* A profile is classified again where one that it refers to has changed. */
static void test_classification_follows(void **state)
{
	static const char  before[] = "digest:\n  name: d\n  assign: all\nprofiles:\n"
				      "  inner:\n    query: oak\n"
				      "  outer:\n    query: query:inner\n";
	static const char  after[] = "digest:\n  name: d\n  assign: all\nprofiles:\n"
				     "  inner:\n    query: beech\n"
				     "  outer:\n    query: query:inner\n";
	fixture           *f = *state;
	sheaf_profile_set *set = fixture_profiles(before);

	fixture_put(f->db, "2601.00001", "Oak trees", "Leaves.", "2026-01-01", "cs.NE");
	fixture_put(f->db, "2601.00002", "Beech trees", "Leaves.", "2026-01-02", "cs.NE");
	assert_int_equal(placed(f->db, set), 2);
	assert_int_equal(placed(f->db, set), 0);
	sheaf_profile_set_free(set);
	set = fixture_profiles(after);
	assert_int_equal(placed(f->db, set), 2);
	sheaf_profile_set_free(set);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_names, setup, teardown),
		cmocka_unit_test_setup_teardown(test_references, setup, teardown),
		cmocka_unit_test_setup_teardown(test_cycles, setup, teardown),
		cmocka_unit_test_setup_teardown(test_several_sets, setup, teardown),
		cmocka_unit_test_setup_teardown(test_sets_are_read_anew, setup, teardown),
		cmocka_unit_test_setup_teardown(test_growth, setup, teardown),
		cmocka_unit_test_setup_teardown(test_within_a_set, setup, teardown),
		cmocka_unit_test_setup_teardown(test_wrong_arguments, setup, teardown),
		cmocka_unit_test_setup_teardown(test_classification_follows, setup, teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
