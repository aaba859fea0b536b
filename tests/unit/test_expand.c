/* Queries that grow by the terms of their best hits. */
#include "engine_fixture.h"
#include "enquire_private.h"

static const struct paper {
	const char *title, *abstract, *category;
} papers[] = {
	{"Otters", "Otters of the river hunt among reeds and alders.", "q-bio.PE"},
	{"An otter's year", "Otters, reeds, alders: a year by the river.", "q-bio.PE"},
	{"Reeds and alders", "What grows by the river: reeds, alders, sedges.", "q-bio.QM"},
	{"Sedges", "Sedges and reeds between the alders.", "cs.LG"},
	{"Wax", "Candles of wax.", "q-bio.PE"},
	{"Tides", "Otters at sea, where the kelp is.", "cs.LG"},
};

static int set_up(void **state)
{
	static engine e;
	sheaf_error   err;

	engine_begin(&e, "expand");
	for (size_t i = 0; i < sizeof papers / sizeof *papers; i++) {
		char id[16];

		snprintf(id, sizeof id, "t%zu", i + 1);
		must(scratch_paper(e.doc, id, papers[i].title, papers[i].abstract, &err), &err);
		must(sheaf_document_add_category(e.doc, papers[i].category, &err), &err);
		engine_store(&e);
	}
	*state = &e;
	return 0;
}

static int tear_down(void **state)
{
	engine_end(*state);
	return 0;
}

static sheaf_enquire *enquire_for(engine *e, const char *text)
{
	sheaf_query_parser *parser;
	sheaf_enquire      *enquire;
	sheaf_query        *query;
	sheaf_error         err;

	must(sheaf_query_parser_new(&parser, &err), &err);
	must(sheaf_query_parser_parse_query(parser, text, SHEAF_FLAG_DEFAULT, &query, &err), &err);
	must(sheaf_enquire_new(e->db, &enquire, &err), &err);
	sheaf_enquire_set_query(enquire, query);
	sheaf_query_parser_free(parser);
	return enquire;
}

static char *describe(const sheaf_query *query)
{
	char       *text;
	sheaf_error err;

	must(sheaf_query_get_description(query, &text, &err), &err);
	return text;
}

/* `text`, grown by `terms` terms of the best `documents`, is the query `expected`. */
static void grows_to(engine *e, const char *text, size_t documents, size_t terms,
                     const char *expected)
{
	sheaf_enquire *enquire = enquire_for(e, text), *other = enquire_for(e, expected);
	char          *is, *should_be;
	sheaf_error    err;

	must(sheaf_enquire_expand(enquire, documents, terms, &err), &err);
	is = describe(enquire->query);
	should_be = describe(other->query);
	assert_string_equal(is, should_be);
	sheaf_free(is);
	sheaf_free(should_be);
	sheaf_enquire_free(enquire);
	sheaf_enquire_free(other);
}

/* The papers found, in the order of their docids: test papers count up. */
static void finds(engine *e, const char *text, size_t documents, const char *ids)
{
	sheaf_enquire *enquire = enquire_for(e, text);
	sheaf_mset    *mset;
	sheaf_error    err;
	buf            found = BUF_INIT(0);

	if (documents)
		must(sheaf_enquire_expand(enquire, documents, 0, &err), &err);
	must(sheaf_enquire_get_mset(enquire, 0, 10, &mset, &err), &err);
	for (size_t paper = 1; paper <= sizeof papers / sizeof *papers; paper++)
		for (size_t i = 0; i < sheaf_mset_size(mset); i++)
			if (sheaf_mset_get_docid(mset, i) == (sheaf_docid)paper)
				buf_printf(&found, "%st%zu", found.len ? " " : "", paper);
	assert_string_equal(buf_str(&found), ids);
	buf_free(&found);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
}

static void words_grow_by_or(void **state)
{
	/* Of paper 1: otter twice in nine words, the others once; what it alone has is left out. */
	grows_to(*state, "ti:otters", 1, 2, "(title:otters OR otters^0.6 OR alders^0.4243)");
	grows_to(*state, "hunt", 1, 9,
	         "(hunt OR otters^0.6 OR alders^0.4243 OR reeds^0.4243 OR river^0.4243)");
}

static void what_is_related_is_found(void **state)
{
	finds(*state, "hunt", 0, "t1");
	finds(*state, "hunt", 1, "t1 t2 t3 t4 t6");
}

static void restrictions_hold(void **state)
{
	grows_to(*state, "hunt cat:q-bio.PE", 1, 2,
	         "(hunt OR otters^0.6 OR alders^0.4243) cat:q-bio.PE");
	grows_to(*state, "hunt -sedges", 1, 1, "(hunt OR otters^0.6) NOT sedges");
	finds(*state, "hunt -sedges cat:q-bio.*", 1, "t1 t2");
	finds(*state, "hunt NOT kelp", 1, "t1 t2 t3 t4");
	/* Under a scale as well. */
	finds(*state, "(hunt NOT kelp)^2", 1, "t1 t2 t3 t4");
}

static void several_words_stay_together(void **state)
{
	grows_to(*state, "hunt river", 1, 1, "((hunt AND river) OR otters^0.6)");
}

static void without_words_nothing_grows(void **state)
{
	grows_to(*state, "cat:cs.LG", 0, 0, "cat:cs.LG");
	grows_to(*state, "nosuchword", 0, 0, "nosuchword");
	grows_to(*state, "*", 0, 0, "*");
}

static void without_a_query_nothing_happens(void **state)
{
	engine        *e = *state;
	sheaf_enquire *enquire;
	sheaf_error    err;

	must(sheaf_enquire_new(e->db, &enquire, &err), &err);
	must(sheaf_enquire_expand(enquire, 0, 0, &err), &err);
	assert_null(enquire->query);
	assert_int_equal(sheaf_enquire_expand(NULL, 0, 0, &err), SHEAF_ERROR_INVALID_ARGUMENT);
	sheaf_enquire_free(enquire);
}

/* Order, page and threshold are of the search that follows, not of the one that looks for terms. */
static void the_order_asked_for_does_not_matter(void **state)
{
	engine        *e = *state;
	sheaf_enquire *plain = enquire_for(e, "otters"), *dated = enquire_for(e, "otters");
	char          *a, *b;
	sheaf_error    err;

	sheaf_enquire_set_sort_by_value(dated, SHEAF_FIELD_DATE, 1);
	sheaf_enquire_set_cutoff(dated, 1e6);
	sheaf_enquire_set_cutoff_percent(dated, 100);
	must(sheaf_enquire_expand(plain, 2, 3, &err), &err);
	must(sheaf_enquire_expand(dated, 2, 3, &err), &err);
	a = describe(plain->query);
	b = describe(dated->query);
	assert_string_equal(a, b);
	assert_non_null(strstr(a, "OR"));
	sheaf_free(a);
	sheaf_free(b);
	sheaf_enquire_free(plain);
	sheaf_enquire_free(dated);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(words_grow_by_or),
		cmocka_unit_test(what_is_related_is_found),
		cmocka_unit_test(restrictions_hold),
		cmocka_unit_test(several_words_stay_together),
		cmocka_unit_test(without_words_nothing_grows),
		cmocka_unit_test(without_a_query_nothing_happens),
		cmocka_unit_test(the_order_asked_for_does_not_matter),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
