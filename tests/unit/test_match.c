/* What a query finds: exact words, families, prefixes, phrases, names, terms, dates. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "datetime.h"
#include "engine_fixture.h"

static engine e;

static void author(const char *name)
{
	const sheaf_author a = {.name = name};

	assert_int_equal(sheaf_document_add_author(e.doc, &a, NULL), SHEAF_OK);
}

static void date(sheaf_field field, int year, int month, int day)
{
	assert_int_equal(
		sheaf_document_set_value(e.doc, field, date_days(year, month, day) * 86400, NULL),
		SHEAF_OK);
}

static void text(sheaf_field field, const char *value)
{
	assert_int_equal(sheaf_document_set_text(e.doc, field, value, SIZE_MAX, NULL), SHEAF_OK);
}

static void paper(const char *id, const char *title, const char *abstract)
{
	must(scratch_paper(e.doc, id, title, abstract, NULL), NULL);
}

static int set_up(void **state)
{
	(void)state;
	engine_begin(&e, "match");
	paper("p1", "A network of computational units",
	      "Detects events. Schr\\\"odinger's equation.");
	author("Ada Moor");
	author("Ben Network");
	sheaf_document_add_category(e.doc, "cs.NE", NULL);
	sheaf_document_add_category(e.doc, "math.CO", NULL);
	text(SHEAF_FIELD_DOI, "10.5555/ABC");
	date(SHEAF_FIELD_SUBMITTED, 2024, 1, 15);
	engine_store(&e);

	paper("p2", "Networks and networking",
	      "Non-invasive spiking\nneural networks; event-based.");
	author("Cleo Moor Ruiz");
	author("Dov Jones");
	sheaf_document_add_category(e.doc, "math.CO", NULL);
	text(SHEAF_FIELD_COMMENTS, "12 pages; unusualword");
	text(SHEAF_FIELD_JOURNAL_REF, "Journal of Nets 7 (2020)");
	date(SHEAF_FIELD_SUBMITTED, 2024, 2, 29);
	engine_store(&e);

	paper("p3", "Noninvasive computing", "CO$_2$ and $\\alpha$-decay. Jone wrote.");
	sheaf_document_add_category(e.doc, "cs.NEX", NULL);
	text(SHEAF_FIELD_REPORT_NO, "ANL-HEP-77");
	date(SHEAF_FIELD_UPDATED, 2025, 6, 1);
	engine_store(&e);

	/* Dates known by the identifier's month alone, and not at all. */
	paper("2402.00004", "Eventbased spiking", "neural things, far from any networks");
	engine_store(&e);
	paper("p5", "Erd\xC5\x91s numbers", NULL);
	engine_store(&e);
	return 0;
}

static int tear_down(void **state)
{
	(void)state;
	engine_end(&e);
	return 0;
}

typedef struct find_case {
	const char *query, *ids;
} find_case;

static void expect_all(const find_case *cases, size_t count)
{
	for (size_t i = 0; i < count; i++)
		engine_finds(e.db, cases[i].query, cases[i].ids);
}
#define EXPECT_ALL(cases) expect_all((cases), sizeof(cases) / sizeof *(cases))

static void exact_words_and_families(void **state)
{
	static const find_case cases[] = {
		{"\"network\"", "p1"},
		{"=network", "p1"},
		{"network", "p1 p2 2402.00004"},
		{"networks", "p1 p2 2402.00004"},
		{"NETWORKING", "p1 p2 2402.00004"},
		{"\"networks\"", "p2 2402.00004"},
		{"=networking", "p2"},
		{"ti:network", "p1 p2"},
		{"ti:\"networks\"", "p2"},
		{"abs:network", "p2 2402.00004"},
		{"computat*", "p1"},
		{"comput*", "p1 p3"},
		{"computing", "p1 p3"},
		{"=comput", ""},
		{"\"spiking neur*\"", ""},
		{"unusualword", "p2"},
		{"co:unusualword", "p2"},
		{"ti:unusualword", ""},
		{"jr:nets", "p2"},
		{"rn:ANL-HEP-77", "p3"},
		{"rn:anl", "p3"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void spellings(void **state)
{
	static const find_case cases[] = {
		{"Schrodinger", "p1"},
		{"schr\xC3\xB6"
	         "dinger",
	         "p1"},
		{"=schrodinger", "p1"},
		{"erdos", "p5"},
		{"ERD\xC5\x90S", "p5"},
		{"Erd\\H{o}s", "p5"},
		{"non-invasive", "p2 p3"},
		{"event-based", "p2 2402.00004"},
		{"\"non invasive\"", "p2"},
		{"noninvasive", "p3"},
		{"co2", "p3"},
		{"CO$_2$", "p3"},
		{"alpha decay", "p3"},
		{"\xCE\xB1-decay", "p3"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void phrases(void **state)
{
	static const find_case cases[] = {
		/* Across the line break of the abstract. */
		{"\"spiking neural networks\"", "p2"},
		{"\"neural spiking\"", ""},
		/* Not across fields. */
		{"\"eventbased spiking\"", "2402.00004"},
		{"\"spiking neural\"", "p2"},
		{"\"spiking neural things\"", ""},
		{"spiking neural", "p2 2402.00004"},
		{"ti:\"of computational units\"", "p1"},
		{"\"detects events schrodinger\"", "p1"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void names_are_whole_and_unstemmed(void **state)
{
	static const find_case cases[] = {
		{"au:moor", "p1 p2"},
		{"au:\"Ada Moor\"", "p1"},
		{"au:\"Moor Ruiz\"", "p2"},
		/* No phrase from one author to the next. */
		{"au:\"Moor Ben\"", ""},
		{"au:\"Ruiz Dov\"", ""},
		{"au:jones", "p2"},
		{"au:jone", ""},
		{"au:networks", ""},
		{"au:network", "p1"},
		{"au:moo*", "p1 p2"},
		/* In any field the stem is looked for in prose, the word itself among names. */
		{"jones", "p2 p3"},
		{"\"jones\"", "p2"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void boolean_terms(void **state)
{
	static const find_case cases[] = {
		{"cat:cs.NE", "p1"},
		{"cat:CS.ne", "p1"},
		{"cat:cs.NE*", "p1 p3"},
		{"cat:math.CO", "p1 p2"},
		{"primary:math.CO", "p2"},
		{"primary:cs.NE", "p1"},
		{"cat:NE", ""},
		{"id:p3", "p3"},
		{"id:2402.00004", "2402.00004"},
		{"id:arXiv:2402.00004v7", "2402.00004"},
		{"doi:10.5555/abc", "p1"},
		{"doi:10.5555/ABC", "p1"},
		{"doi:10.5555/a*", "p1"},
		{"doi:10.5555", ""},
		/* A term is no word, and a word no term. */
		{"cs", ""},
		{"ti:cs.NE", ""},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void operators(void **state)
{
	static const find_case cases[] = {
		{"network AND spiking", "p2 2402.00004"},
		{"network spiking", "p2 2402.00004"},
		{"computing OR spiking", "p1 p2 p3 2402.00004"},
		{"network NOT spiking", "p1"},
		{"network -spiking", "p1"},
		{"NOT network", "p3 p5"},
		{"-network -computing", "p5"},
		{"NOT cat:math.CO", "p3 2402.00004 p5"},
		{"(network OR computing) (cat:math.CO OR id:p3)", "p1 p2 p3"},
		{"spiking OR NOT network", "p2 p3 2402.00004 p5"},
		{"*", "p1 p2 p3 2402.00004 p5"},
		{"* NOT spiking", "p1 p3 p5"},
		{"nothingatall", ""},
		{"network nothingatall", ""},
		{"", ""},
	};

	(void)state;
	EXPECT_ALL(cases);
}

static void dates(void **state)
{
	static const find_case cases[] = {
		{"submitted:2024", "p1 p2 2402.00004"},
		{"submitted:2024-01", "p1"},
		{"submitted:2024-01-15", "p1"},
		{"submitted:2024-01-16..", "p2 2402.00004"},
		/* The month alone is known: it matches where the whole month does. */
		{"submitted:2024-02", "p2 2402.00004"},
		{"submitted:2024-02-01..2024-02-29", "p2 2402.00004"},
		{"submitted:2024-02-02..2024-02-29", "p2"},
		{"submitted:2024-02-01..2024-02-28", ""},
		{"submitted:..2024-02-29", "p1 p2 2402.00004"},
		{"submitted:..2024-02-28", "p1"},
		{"updated:2025", "p3"},
		/* UPDATED falls back to SUBMITTED, DATE to either, SUBMITTED to nothing. */
		{"updated:2024", "p1 p2 2402.00004"},
		{"date:2025", "p3"},
		{"date:2024..2025", "p1 p2 p3 2402.00004"},
		{"submitted:2025", ""},
		{"network submitted:2024-02", "p2 2402.00004"},
		{"network OR submitted:2025-06-01..", "p1 p2 2402.00004"},
		{"computing OR updated:2025-06-01", "p1 p3"},
		{"NOT submitted:2024", "p3 p5"},
		{"spiking NOT submitted:2024-02-02..2024-02-29", "2402.00004"},
		{"submittedDate:[202402010000 TO 202402292359]", "p2 2402.00004"},
	};

	(void)state;
	EXPECT_ALL(cases);
}

/* A document without a date never lies in a range, however wide. */
static void ranges_that_are_open(void **state)
{
	static const sheaf_field fields[] = {SHEAF_FIELD_SUBMITTED, SHEAF_FIELD_UPDATED,
	                                     SHEAF_FIELD_DATE};
	static const int64_t     counts[] = {3, 4, 4};

	(void)state;
	for (size_t i = 0; i < 3; i++) {
		sheaf_enquire *enquire;
		sheaf_query   *query;
		sheaf_mset    *mset;

		must(sheaf_enquire_new(e.db, &enquire, NULL), NULL);
		must(sheaf_query_new_range(fields[i], INT64_MIN, INT64_MAX, &query, NULL), NULL);
		sheaf_enquire_set_query(enquire, query);
		must(sheaf_enquire_get_mset(enquire, 0, 10, &mset, NULL), NULL);
		assert_int_equal(sheaf_mset_get_matches_estimated(mset), counts[i]);
		sheaf_mset_free(mset);
		must(sheaf_query_new_range(fields[i], 5, 4, &query, NULL), NULL);
		assert_true(sheaf_query_empty(query));
		sheaf_enquire_set_query(enquire, query);
		must(sheaf_enquire_get_mset(enquire, 0, 10, &mset, NULL), NULL);
		assert_int_equal(sheaf_mset_get_matches_estimated(mset), 0);
		sheaf_mset_free(mset);
		sheaf_enquire_free(enquire);
	}
}

static void term_frequencies(void **state)
{
	static const struct {
		const char *term;
		int64_t     docs;
	} cases[] = {
		{"network", 3},
		{"=network", 1},
		{"Networking", 3},
		{"=networking", 1},
		{"moor", 2},
		{"spiking", 2},
		{"nothing", 0},
		{"", 0},
		{"=", 0},
		{"...", 0},
		{"cs.ne", 0},
		{"\" OR x", 0},
		{"spiking neural", 1},
		{"non-invasive", 2},
	};
	char    huge[5000];
	int64_t docs;

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		docs = 77;
		must(sheaf_database_get_termfreq(e.db, cases[i].term, &docs, NULL), NULL);
		if (docs != cases[i].docs)
			fail_msg("'%s': %d", cases[i].term, (int)docs);
	}
	assert_int_equal(sheaf_database_get_termfreq(e.db, NULL, &docs, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
	memset(huge, 'x', sizeof huge - 1);
	huge[sizeof huge - 1] = 0;
	assert_int_equal(sheaf_database_get_termfreq(e.db, huge, &docs, NULL),
	                 SHEAF_ERROR_INVALID_ARGUMENT);
}

/* Terms within reach of each other; where one part of a NEAR is missing, nothing of it counts. */
static void near_and_phrase_operators(void **state)
{
	static const struct {
		sheaf_op    op;
		unsigned    window;
		const char *words[3], *also, *ids;
	} cases[] = {
		{SHEAF_OP_PHRASE, 0, {"spiking", "neural"}, NULL, "p2"},
		{SHEAF_OP_PHRASE, 0, {"neural", "spiking"}, NULL, ""},
		{SHEAF_OP_NEAR, 2, {"neural", "spiking"}, NULL, "p2"},
		{SHEAF_OP_NEAR, 1, {"neural", "network"}, NULL, "p2"},
		{SHEAF_OP_NEAR, 1, {"neural", "any"}, NULL, ""},
		{SHEAF_OP_NEAR, 4, {"neural", "any"}, NULL, ""},
		{SHEAF_OP_NEAR, 5, {"neural", "any"}, NULL, "2402.00004"},
		{SHEAF_OP_NEAR, 5, {"any", "neural"}, NULL, "2402.00004"},
		{SHEAF_OP_PHRASE, 4, {"neural", "any"}, NULL, ""},
		{SHEAF_OP_PHRASE, 5, {"neural", "any"}, NULL, "2402.00004"},
		{SHEAF_OP_PHRASE, 5, {"any", "neural"}, NULL, ""},
		{SHEAF_OP_NEAR, 9, {"network", "far from any"}, NULL, "2402.00004"},
		{SHEAF_OP_NEAR, 9, {"network", "far of any"}, NULL, ""},
		{SHEAF_OP_NEAR, 9, {"network", "far of any"}, "units", "p1"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_query   *subs[3], *query, *both[2];
		size_t         count = 0;
		sheaf_enquire *enquire;
		sheaf_mset    *mset;
		buf            ids = BUF_INIT(0);

		for (; count < 3 && cases[i].words[count]; count++)
			must(sheaf_query_new_term(SHEAF_FIELD_ANY, cases[i].words[count],
			                          SHEAF_TERM_STEMMED, &subs[count], NULL),
			     NULL);
		must(sheaf_query_new_op(cases[i].op, subs, count, cases[i].window, &query, NULL),
		     NULL);
		if (cases[i].also) {
			both[0] = query;
			must(sheaf_query_new_term(SHEAF_FIELD_ANY, cases[i].also, 0, &both[1],
			                          NULL),
			     NULL);
			must(sheaf_query_new_op(SHEAF_OP_OR, both, 2, 0, &query, NULL), NULL);
		}
		must(sheaf_enquire_new(e.db, &enquire, NULL), NULL);
		sheaf_enquire_set_query(enquire, query);
		must(sheaf_enquire_get_mset(enquire, 0, 10, &mset, NULL), NULL);
		engine_ids(mset, &ids);
		if (strcmp(buf_str(&ids), cases[i].ids) != 0)
			fail_msg("case %zu: '%s'", i, buf_str(&ids));
		buf_free(&ids);
		sheaf_mset_free(mset);
		sheaf_enquire_free(enquire);
	}
}

/* A NEAR that fails, tested against the whole tree beside a term that is there. */
static void a_failed_near_counts_for_nothing(void **state)
{
	sheaf_query   *near[2], *either[2], *both[2], *query;
	sheaf_enquire *enquire;
	sheaf_mset    *mset;
	buf            ids = BUF_INIT(0);

	(void)state;
	/* p1 has all the words, but no "units of". */
	must(sheaf_query_new_term(SHEAF_FIELD_ANY, "network", 0, &near[0], NULL), NULL);
	must(sheaf_query_new_term(SHEAF_FIELD_ANY, "units of", 0, &near[1], NULL), NULL);
	must(sheaf_query_new_op(SHEAF_OP_NEAR, near, 2, 50, &both[1], NULL), NULL);
	must(sheaf_query_new_term(SHEAF_FIELD_ANY, "detects", 0, &either[0], NULL), NULL);
	must(sheaf_query_new_range(SHEAF_FIELD_DATE, 0, 1, &either[1], NULL), NULL);
	must(sheaf_query_new_op(SHEAF_OP_OR, either, 2, 0, &both[0], NULL), NULL);
	must(sheaf_query_new_op(SHEAF_OP_AND_NOT, both, 2, 0, &query, NULL), NULL);
	must(sheaf_enquire_new(e.db, &enquire, NULL), NULL);
	sheaf_enquire_set_query(enquire, query);
	must(sheaf_enquire_get_mset(enquire, 0, 10, &mset, NULL), NULL);
	engine_ids(mset, &ids);
	assert_string_equal(buf_str(&ids), "p1");
	buf_free(&ids);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(exact_words_and_families),
		cmocka_unit_test(spellings),
		cmocka_unit_test(phrases),
		cmocka_unit_test(names_are_whole_and_unstemmed),
		cmocka_unit_test(boolean_terms),
		cmocka_unit_test(operators),
		cmocka_unit_test(dates),
		cmocka_unit_test(ranges_that_are_open),
		cmocka_unit_test(term_frequencies),
		cmocka_unit_test(near_and_phrase_operators),
		cmocka_unit_test(a_failed_near_counts_for_nothing),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
