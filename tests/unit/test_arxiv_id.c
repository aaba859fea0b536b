/* arxiv_id.h: identifiers in every form they are written in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "arxiv_id.h"

static void arxiv_forms(void **state)
{
	static const struct {
		const char *text, *id;
		int         version, year, month;
	} cases[] = {
		{"2601.22876", "2601.22876", 0, 2026, 1},
		{"2601.22876v3", "2601.22876", 3, 2026, 1},
		{"2601.22876V12", "2601.22876", 12, 2026, 1},
		{"2601.22876v0", "2601.22876", 0, 2026, 1},
		{"0704.0001", "0704.0001", 0, 2007, 4},
		{"1412.9999v1", "1412.9999", 1, 2014, 12},
		{" 2601.22876\n", "2601.22876", 0, 2026, 1},
		{"arXiv:2601.22876v2", "2601.22876", 2, 2026, 1},
		{"ARXIV:2601.22876", "2601.22876", 0, 2026, 1},
		{"oai:arXiv.org:2601.22876", "2601.22876", 0, 2026, 1},
		{"oai:arXiv.org:math/0309136", "math/0309136", 0, 2003, 9},
		{"https://arxiv.org/abs/2601.22876v2", "2601.22876", 2, 2026, 1},
		{"http://arxiv.org/abs/2601.22876", "2601.22876", 0, 2026, 1},
		{"https://www.arxiv.org/pdf/2601.22876v2.pdf", "2601.22876", 2, 2026, 1},
		{"https://arxiv.org/pdf/2601.22876", "2601.22876", 0, 2026, 1},
		{"http://export.arxiv.org/abs/hep-th/9901001v1", "hep-th/9901001", 1, 1999, 1},
		{"abs/2601.22876", "2601.22876", 0, 2026, 1},
		{"math/0309136", "math/0309136", 0, 2003, 9},
		{"math.GT/0309136", "math/0309136", 0, 2003, 9},
		{"arXiv:math.GT/0309136v2", "math/0309136", 2, 2003, 9},
		{"MATH/0309136", "math/0309136", 0, 2003, 9},
		{"hep-th/9108001", "hep-th/9108001", 0, 1991, 8},
		{"cond-mat.dis-nn/0001001", "cond-mat/0001001", 0, 2000, 1},
		{"quant-ph/0703999", "quant-ph/0703999", 0, 2007, 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		arxiv_id id;

		if (!arxiv_id_parse(cases[i].text, strlen(cases[i].text), &id))
			fail_msg("'%s' is refused", cases[i].text);
		if (strcmp(id.id, cases[i].id) != 0 || id.version != cases[i].version ||
		    id.year != cases[i].year || id.month != cases[i].month)
			fail_msg("'%s': %s v%d %d-%d", cases[i].text, id.id, id.version, id.year,
			         id.month);
	}
}

static void local_identifiers(void **state)
{
	static const char *const cases[] = {
		"CORD-123",    "doc_7",
		"a",           "7",
		"x:y/z+1.0",   "2601.2287",
		"260.122876",  "math/9913001",
		"math/030913", "math2/0309136",
		"note-v2",     "0123456789012345678901234567890123456789012345678901234567890123",
	};

	(void)state;
	/*
	 * 2601.2287 has four digits, as identifiers had to 2014: it is read as one, all others are
	 * local.
	 */
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		arxiv_id id;

		if (!arxiv_id_parse(cases[i], strlen(cases[i]), &id))
			fail_msg("'%s' is refused", cases[i]);
		assert_string_equal(id.id, cases[i]);
		assert_int_equal(id.version, 0);
		assert_int_equal(id.month != 0, strcmp(cases[i], "2601.2287") == 0);
	}
}

static void what_is_no_identifier(void **state)
{
	static const struct {
		const char *text;
		size_t      len;
	} cases[] = {
		{"", 0},
		{"   ", 3},
		{"2613.22876", 10},
		{"2600.22876", 10},
		{"2601.228765", 11},
		{"0704.1", 6},
		{"two words", 9},
		{"a\nb", 3},
		{"a\"b", 3},
		{"a'b", 3},
		{"a%b", 3},
		{"-x", 2},
		{".", 1},
		{"/etc", 4},
		{"caf\xC3\xA9", 5},
		{"\x1B[31m", 5},
		{"ab\0cd", 5},
		{"01234567890123456789012345678901234567890123456789012345678901234", 65},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		arxiv_id id;

		if (arxiv_id_parse(cases[i].text, cases[i].len, &id))
			fail_msg("'%s' is taken as %s", cases[i].text, id.id);
	}
}

/* Reading what was written gives the same again, and nothing is read past the length. */
static void canonical_forms_are_stable(void **state)
{
	static const char text[] = "https://arxiv.org/pdf/math.GT/0309136v12.pdf";

	(void)state;
	for (size_t len = 0; len < sizeof text; len++) {
		arxiv_id id, again;

		if (!arxiv_id_parse(text, len, &id))
			continue;
		assert_true(strlen(id.id) < ARXIV_ID_SIZE);
		assert_true(arxiv_id_parse(id.id, strlen(id.id), &again));
		assert_string_equal(id.id, again.id);
		assert_int_equal(id.month, again.month);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(arxiv_forms),
		cmocka_unit_test(local_identifiers),
		cmocka_unit_test(what_is_no_identifier),
		cmocka_unit_test(canonical_forms_are_stable),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
