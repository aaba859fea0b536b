/* person_words.h: the small words of names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "person_words.h"

static void words_have_their_roles(void **state)
{
	static const struct {
		const char *word;
		unsigned    roles;
	} cases[] = {
		{"2nd", PERSON_SUFFIX},
		{"al", PERSON_PARTICLE | PERSON_GIVEN_TOO},
		{"chr", PERSON_ABBREVIATION},
		{"collaboration", PERSON_GROUP},
		{"collaborations", PERSON_GROUP},
		{"d", PERSON_ELISION},
		{"de", PERSON_PARTICLE | PERSON_GIVEN_TOO},
		{"dell", PERSON_PARTICLE | PERSON_ELISION},
		{"dr", PERSON_TITLE},
		{"iii", PERSON_SUFFIX},
		{"jr", PERSON_SUFFIX},
		{"l", PERSON_ELISION},
		{"md", PERSON_ABBREVIATION},
		{"team", PERSON_GROUP},
		{"van", PERSON_PARTICLE | PERSON_GIVEN_TOO},
		{"von", PERSON_PARTICLE},
		{"workshop", PERSON_GROUP},
		{"zur", PERSON_PARTICLE},
		{"", 0},
		{"a", 0},
		{"quist", 0},
		{"va", 0},
		{"vans", 0},
		{"zz", 0},
		{"collaborationsx", 0},
		{"\xC3\xA9", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (person_word_roles(cases[i].word, strlen(cases[i].word)) != cases[i].roles)
			fail_msg("'%s'", cases[i].word);
	/* Only the bytes given count. */
	assert_int_equal(person_word_roles("vonx", 3), PERSON_PARTICLE);
	assert_int_equal(person_word_roles("von", 2), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(words_have_their_roles)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
