/* Parsing, describing, copying and walking a query, with each allocation failing in turn. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "alloc.h"
#include "failing_malloc.h"
#include "query_parser_private.h"

#if FAILING_MALLOC

static sheaf_status suggest(sheaf_database *db, const char *word, unsigned max_edits,
                            char **suggestion, sheaf_error *err)
{
	(void)db, (void)max_edits, (void)err;
	*suggestion = strcmp(word, "lattcie") == 0 ? mem_strdup("lattice") : NULL;
	return *suggestion || strcmp(word, "lattcie") != 0 ? SHEAF_OK : SHEAF_ERROR_NOMEM;
}

static sheaf_status each_synonym(sheaf_database *db, const char *term, sheaf_synonym_fn fn,
                                 void *ctx, sheaf_error *err)
{
	(void)db, (void)err;
	return fn(ctx, term, "motor car") || fn(ctx, term, "auto") ? SHEAF_ERROR_INTERRUPTED
	                                                           : SHEAF_OK;
}

static int pages(void *ctx, const char *name, const char *begin, const char *end,
                 sheaf_query **query)
{
	(void)ctx;
	if (*name)
		return 0;
	return sheaf_query_new_slot_range(1, begin, strlen(begin), end, strlen(end), query, NULL) ==
	                       SHEAF_OK
	               ? 1
	               : -1;
}

static int colour(void *ctx, const char *value, sheaf_query **query)
{
	(void)ctx;
	return sheaf_query_new_term(SHEAF_FIELD_TERM, value, 0, query, NULL) == SHEAF_OK ? 1 : -1;
}

static sheaf_status make_parser(sheaf_query_parser **qp)
{
	sheaf_status status = sheaf_query_parser_new(qp, NULL);

	if (status != SHEAF_OK)
		return status;
	(*qp)->vocabulary = (query_vocabulary){NULL, suggest, each_synonym};
	status = sheaf_query_parser_add_prefix(*qp, "in", SHEAF_FIELD_TITLE, NULL);
	if (status == SHEAF_OK)
		status = sheaf_query_parser_add_prefix(*qp, "in", SHEAF_FIELD_ABSTRACT, NULL);
	if (status == SHEAF_OK)
		status = sheaf_query_parser_add_boolean_prefix(*qp, "kind", "XK", 1, NULL);
	if (status == SHEAF_OK)
		status = sheaf_query_parser_add_field_processor(*qp, "colour", colour, NULL, NULL);
	if (status == SHEAF_OK)
		status = sheaf_query_parser_add_range_processor(*qp, pages, NULL, NULL);
	return status;
}

static int see(void *ctx, const sheaf_query_term *term)
{
	(void)ctx, (void)term;
	return 0;
}

/* All that can be done with a query; answers the first failure. */
static sheaf_status use(const char *text, unsigned flags)
{
	sheaf_query_parser *qp = NULL;
	sheaf_query        *query = NULL, *copy = NULL;
	char               *description = NULL;
	sheaf_status        status = make_parser(&qp);

	if (status == SHEAF_OK)
		status = sheaf_query_parser_parse_query(
			qp, text, flags | SHEAF_FLAG_SPELLING_CORRECTION, &query, NULL);
	assert_int_equal(query != NULL, status == SHEAF_OK);
	if (status == SHEAF_OK)
		status = sheaf_query_copy(query, &copy, NULL);
	if (status == SHEAF_OK)
		status = sheaf_query_get_description(copy, &description, NULL);
	if (status == SHEAF_OK)
		status = sheaf_query_each_term(query, 1, see, NULL, NULL);
	sheaf_free(description);
	sheaf_query_free(query);
	sheaf_query_free(copy);
	sheaf_query_parser_free(qp);
	return status;
}

static void fail_each(const char *text, unsigned flags)
{
	long blocks = atomic_load(&memory_blocks), count;

	memory_arm(MEMORY_ENOUGH, 0);
	assert_int_equal(use(text, flags), SHEAF_OK);
	count = memory_disarm();
	assert_true(count > 10);
	for (long n = 0; n < count; n++) {
		sheaf_status status;

		memory_arm(n % 2 ? MEMORY_FAILS_ONCE : MEMORY_FAILS_ON, n);
		status = use(text, flags);
		memory_disarm();
		assert_int_equal(status, SHEAF_ERROR_NOMEM);
		assert_int_equal(atomic_load(&memory_blocks), blocks);
	}
}

static void every_allocation_may_fail(void **state)
{
	static const char *const texts[] = {
		"the lattcie ~car (graph XOR ti:netw?rk^2) -tree +of cat:cs.NE cat:cs.AI is:new",
		"a1 AND b1 NOT c1 OR d1 NEAR/3 e1 ADJ f1 SYNONYM g1 AND_MAYBE h1 ELITE/1 i1",
		"in:lattcie kind:a kind:b colour:red 10..20 au:\"Ada Quist\" foo:x submitted:soon",
		"search_query=au:quist_a+ANDNOT+%28ti:tree+OR+%22spin+glass%22%29&id_list=2601.22876",
		"(+deep network) OR (submitted:2024..2025 query:x)^3 netw",
	};

	(void)state;
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
		fail_each(texts[i], SHEAF_FLAG_DEFAULT);
		fail_each(texts[i], SHEAF_FLAG_DEFAULT | SHEAF_FLAG_ARXIV | SHEAF_FLAG_PARTIAL);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(every_allocation_may_fail)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
