#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "key_set.h"

static void what_was_added_is_found(void **state)
{
	enum { MANY = 1000 };
	arena   memory = {0};
	key_set set;
	char    text[16];

	(void)state;
	assert_true(key_set_init(&set, &memory, MANY));
	for (int i = 0; i < MANY; i++) {
		snprintf(text, sizeof text, "k%d", i);
		assert_false(key_set_has(&set, text));
		assert_true(key_set_add(&set, arena_strdup(&memory, text)));
	}
	for (int i = 0; i < MANY; i++) {
		snprintf(text, sizeof text, "k%d", i);
		assert_true(key_set_has(&set, text));
		assert_false(key_set_add(&set, text));
	}
	assert_false(key_set_has(&set, "k1000"));
	assert_false(key_set_has(&set, ""));
	arena_free(&memory);
}

static void an_empty_set_has_nothing(void **state)
{
	arena   memory = {0};
	key_set set;

	(void)state;
	assert_true(key_set_init(&set, &memory, 0));
	assert_false(key_set_has(&set, ""));
	arena_free(&memory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_was_added_is_found),
		cmocka_unit_test(an_empty_set_has_nothing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
