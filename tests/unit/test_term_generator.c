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

static void expect(sheaf_term_generator *tg, const char *text, const char *terms)
{
	sheaf_error err;
	buf         out = BUF_INIT(0);

	sheaf_term_generator_set_termpos(tg, 0);
	must(sheaf_term_generator_index_text(tg, text, strlen(text), show, &out, &err), &err);
	assert_string_equal(buf_str(&out), terms);
	buf_free(&out);
}

static sheaf_term_generator *make(void)
{
	sheaf_term_generator *tg;

	assert_int_equal(sheaf_term_generator_new(NULL, &tg, NULL), SHEAF_OK);
	return tg;
}

static void strategies(void **state)
{
	sheaf_term_generator *tg = make();

	(void)state;
	expect(tg, "cats sit", "0:cats/cat[0,4) 1:sit/sit[5,8) ");
	sheaf_term_generator_set_stemming_strategy(tg, SHEAF_STEM_ALL);
	expect(tg, "cats sit", "0:cat/cat[0,4) 1:sit/sit[5,8) ");
	sheaf_term_generator_set_stemming_strategy(tg, SHEAF_STEM_NONE);
	expect(tg, "cats sit", "0:cats/cats[0,4) 1:sit/sit[5,8) ");
	sheaf_term_generator_set_stemming_strategy(tg, SHEAF_STEM_KEEP);
	expect(tg, "cats", "0:cats/cats[0,4) ");
	sheaf_term_generator_set_stemming_strategy(tg, SHEAF_STEM_SOME);
	expect(tg, "cats", "0:cats/cat[0,4) ");
	sheaf_term_generator_free(tg);
}

static int reverse(void *ctx, const char *text, size_t len, char *out)
{
	(void)ctx;
	for (size_t i = 0; i < len; i++)
		out[i] = text[len - 1 - i];
	return (int)len;
}

static void another_stemmer(void **state)
{
	sheaf_term_generator *tg = make();
	sheaf_stem           *stem;
	sheaf_error           err;

	(void)state;
	must(sheaf_stem_new_custom("reverse", reverse, NULL, &stem, &err), &err);
	must(sheaf_term_generator_set_stemmer(tg, stem, &err), &err);
	sheaf_stem_free(stem);
	expect(tg, "cats", "0:cats/stac[0,4) ");
	must(sheaf_term_generator_set_stemmer(tg, NULL, &err), &err);
	expect(tg, "cats", "0:cats/cats[0,4) ");
	sheaf_term_generator_free(tg);
}

static void stop_words(void **state)
{
	sheaf_term_generator *tg = make();
	sheaf_stopper        *stopper;
	sheaf_error           err;

	(void)state;
	must(sheaf_stopper_new(1, &stopper, &err), &err);
	must(sheaf_stopper_add(stopper, "cats", &err), &err);
	sheaf_term_generator_set_stopper_fn(tg, sheaf_stopper_is_stop_word, stopper);
	/* They keep their places. */
	expect(tg, "The cats of dogs", "3:dogs/dog[12,16) ");
	sheaf_term_generator_set_stopper_strategy(tg, SHEAF_STOP_STEMMED);
	expect(tg, "cats, dogs", "0:cats/cats[0,4) 1:dogs/dog[6,10) ");
	sheaf_term_generator_set_stopper_strategy(tg, SHEAF_STOP_ALL);
	sheaf_term_generator_set_text_kind(tg, SHEAF_TEXT_NAMES);
	expect(tg, "The Cats", "0:the/the[0,3) 1:cats/cats[4,8) ");
	sheaf_term_generator_set_text_kind(tg, SHEAF_TEXT_PROSE);
	sheaf_term_generator_set_stopper_fn(tg, NULL, NULL);
	expect(tg, "the", "0:the/the[0,3) ");
	sheaf_stopper_free(stopper);
	sheaf_term_generator_free(tg);
}

static void long_words(void **state)
{
	sheaf_term_generator *tg = make();

	(void)state;
	sheaf_term_generator_set_max_word_length(tg, 4);
	expect(tg, "four fives \xC3\xA9\xC3\xA9\xC3\xA9\xC3\xA9",
	       "0:four/four[0,4) 2:eeee/eeee[11,19) ");
	sheaf_term_generator_set_max_word_length(tg, 0);
	expect(tg, "fives", "0:fives/five[0,5) ");
	sheaf_term_generator_free(tg);
}

static void positions_go_on(void **state)
{
	sheaf_term_generator *tg = make();
	sheaf_error           err;
	buf                   out = BUF_INIT(0);

	(void)state;
	assert_int_equal(sheaf_term_generator_get_termpos(tg), 0);
	must(sheaf_term_generator_index_text(tg, "a b", 3, show, &out, &err), &err);
	assert_int_equal(sheaf_term_generator_get_termpos(tg), 2);
	sheaf_term_generator_increase_termpos(tg, 100);
	must(sheaf_term_generator_index_text(tg, "c", 1, show, &out, &err), &err);
	assert_string_equal(buf_str(&out), "0:a/a[0,1) 1:b/b[2,3) 102:c/c[0,1) ");
	sheaf_term_generator_set_termpos(tg, 7);
	assert_int_equal(sheaf_term_generator_get_termpos(tg), 7);
	buf_free(&out);
	sheaf_term_generator_free(tg);
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
		cmocka_unit_test(strategies),
		cmocka_unit_test(another_stemmer),
		cmocka_unit_test(stop_words),
		cmocka_unit_test(long_words),
		cmocka_unit_test(positions_go_on),
		cmocka_unit_test(a_callback_may_stop),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
