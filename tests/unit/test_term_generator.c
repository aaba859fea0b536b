/* term_generator.h: the words of a text with their stems and places. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "engine_fixture.h"

static int show(void *ctx, const sheaf_term *t)
{
	buf_printf(ctx, "%u:%.*s/%.*s[%zu,%zu) ", (unsigned)t->position, (int)t->word_len, t->word,
	           (int)t->stem_len, t->stem, t->begin, t->end);
	return 0;
}

static void terms_of_a_text(void **state)
{
	static const char     text[] = "Spiking Schr\\\"odinger networks";
	sheaf_term_generator *tg;
	buf                   out = BUF_INIT(0);

	(void)state;
	assert_int_equal(sheaf_term_generator_new(NULL, &tg, NULL), SHEAF_OK);
	assert_int_equal(
		sheaf_term_generator_index_text(tg, text, sizeof text - 1, show, &out, NULL),
		SHEAF_OK);
	assert_string_equal(buf_str(&out), "0:spiking/spike[0,7) 1:schrodinger/schroding[8,21) "
	                                   "2:networks/network[22,30) ");
	buf_clear(&out);
	assert_int_equal(sheaf_term_generator_index_text(tg, "", 0, show, &out, NULL), SHEAF_OK);
	assert_string_equal(buf_str(&out), "");
	buf_free(&out);
	sheaf_term_generator_free(tg);
	sheaf_term_generator_free(NULL);
}

static void the_stemmer_is_that_of_the_database(void **state)
{
	const sheaf_database_options options = {.stemmer = "german"};
	sheaf_term_generator        *tg;
	sheaf_database              *db;
	sheaf_error                  err;
	char                         path[SCRATCH_PATH_SIZE];
	buf                          out = BUF_INIT(0);

	(void)state;
	scratch_path(path, "terms");
	must(sheaf_database_open(path, SHEAF_DB_CREATE, &options, &db, &err), &err);
	must(sheaf_term_generator_new(db, &tg, &err), &err);
	must(sheaf_term_generator_index_text(tg, "netze", 5, show, &out, &err), &err);
	assert_string_equal(buf_str(&out), "0:netze/netz[0,5) ");
	buf_free(&out);
	sheaf_term_generator_free(tg);
	sheaf_database_close(db);
	scratch_remove(path);
}

static int stop(void *ctx, const sheaf_term *t)
{
	int *left = ctx;

	(void)t;
	return --*left == 0;
}

static void a_callback_may_stop(void **state)
{
	sheaf_term_generator *tg;
	sheaf_error           err;
	int                   left = 2;

	(void)state;
	assert_int_equal(sheaf_term_generator_new(NULL, &tg, NULL), SHEAF_OK);
	assert_int_equal(sheaf_term_generator_index_text(tg, "a b c", 5, stop, &left, &err),
	                 SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(err.status, SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(left, 0);
	left = 1;
	assert_int_equal(sheaf_term_generator_index_text(tg, "a b c", 5, stop, &left, NULL),
	                 SHEAF_ERROR_INTERRUPTED);
	sheaf_term_generator_free(tg);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(terms_of_a_text),
		cmocka_unit_test(the_stemmer_is_that_of_the_database),
		cmocka_unit_test(a_callback_may_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
