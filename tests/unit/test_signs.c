/* signs.h: signs among letters; never a byte past the length. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "signs.h"

typedef struct example {
	const char *text;
	size_t      bytes;
} example;

static void expect(size_t (*sign)(const char *, size_t), const example *e, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		size_t len = strlen(e[i].text), found = sign(e[i].text, len);

		if (found != e[i].bytes)
			fail_msg("'%s': %zu, not %zu", e[i].text, found, e[i].bytes);
		/*
		 * What stands past the length is not seen: no shorter text gives more bytes than it
		 * has.
		 */
		while (--len)
			assert_true(sign(e[i].text, len) <= len);
	}
}

#define EXPECT(sign, cases) expect(sign, cases, sizeof(cases) / sizeof *(cases))

static void possessives(void **state)
{
	static const example cases[] = {
		{"'s", 2},        {"'S x", 2},       {"\xE2\x80\x99s.", 4},
		{"\xC2\xB4s", 3}, {"\xCA\xBCs", 3},  {"'st", 0},
		{"'s1", 0},       {"'s\xC3\xA9", 0}, {"'t", 0},
		{"'", 0},         {"s", 0},          {"\xE2\x80\x98s", 0},
	};

	(void)state;
	EXPECT(sign_possessive, cases);
}

static void thousands(void **state)
{
	static const example cases[] = {
		{",000", 1}, {",123,456", 1}, {"{,}000", 3}, {"\\,000x", 2}, {",0000", 0},
		{",00", 0},  {", 000", 0},    {".000", 0},   {",", 0},       {"{,000", 0},
	};

	(void)state;
	EXPECT(sign_thousands, cases);
}

static void languages(void **state)
{
	static const example cases[] = {
		{"++", 2}, {"++11", 2}, {"#", 1},  {"#.", 1}, {"\\#", 2}, {"\\+\\+,", 4},
		{"+", 0},  {"+++", 0},  {"##", 0}, {"#x", 0}, {"++a", 0}, {"\\+", 0},
	};

	(void)state;
	EXPECT(sign_language, cases);
}

static void small_digits(void **state)
{
	static const example high[] = {
		{"\xC2\xB2", 2},     {"\xC2\xB3", 2},
		{"\xC2\xB9", 2},     {"\xE2\x81\xB0", 3},
		{"\xE2\x81\xB4", 3}, {"\xE2\x81\xB9", 3},
		{"\xC2\xB4", 0},     {"\xE2\x81\xB1", 0},
		{"\xE2\x81\xBA", 0}, {"2", 0},
		{"\xE2\x82\x80", 0},
	};
	static const example low[] = {
		{"\xE2\x82\x80", 3}, {"\xE2\x82\x89", 3}, {"\xE2\x82\x8A", 0},
		{"\xE2\x82\x90", 0}, {"\xC2\xB2", 0},     {"0", 0},
	};

	(void)state;
	EXPECT(sign_high_digit, high);
	EXPECT(sign_low_digit, low);
}

static void scripts(void **state)
{
	static const struct {
		const char *text;
		char        last;
		int         joins;
	} cases[] = {
		{"_2", 'O', 1},       {"_2O", 'H', 1},         {"_{2}", 'O', 1},
		{"_c", 'T', 1},       {"_{\\rm s}", 'a', 1},   {"$_2$", 'O', 1},
		{"^{2n}", 'x', 1},    {"^", 'x', 1},           {"_max", 'E', 0},
		{"_{ij}", 'x', 0},    {"_{\\rm QCD}", 'a', 0}, {"_\\mathrm{NL}", 'f', 0},
		{"^6", '0', 0},       {"^{12}", '0', 0},       {"^n", '2', 1},
		{"_\\alpha", 'x', 1}, {"_{-1}", 'x', 1},       {"_\\", 'x', 1},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		if (sign_script_joins(cases[i].text, strlen(cases[i].text), cases[i].last) !=
		    cases[i].joins)
			fail_msg("'%s' behind '%c'", cases[i].text, cases[i].last);
	/* The second letter stands past the end. */
	assert_int_equal(sign_script_joins("_max", 2, 'E'), 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(possessives), cmocka_unit_test(thousands),
		cmocka_unit_test(languages),   cmocka_unit_test(small_digits),
		cmocka_unit_test(scripts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
