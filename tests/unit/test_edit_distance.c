/* The banded distance against the whole table, filled in by the definition. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "edit_distance.h"

static unsigned random_below(uint64_t *seed, unsigned limit)
{
	*seed = *seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(*seed >> 33) % limit;
}

static unsigned naive(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	static unsigned d[EDIT_LETTERS_MAX + 1][EDIT_LETTERS_MAX + 1];

	for (size_t i = 0; i <= n; i++)
		for (size_t j = 0; j <= m; j++) {
			unsigned best = i ? j ? 1000 : (unsigned)i : (unsigned)j;

			if (i && j) {
				best = d[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
				if (d[i - 1][j] + 1 < best)
					best = d[i - 1][j] + 1;
				if (d[i][j - 1] + 1 < best)
					best = d[i][j - 1] + 1;
			}
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
			    d[i - 2][j - 2] + 1 < best)
				best = d[i - 2][j - 2] + 1;
			d[i][j] = best;
		}
	return d[n][m];
}

static size_t letters(const char *text, uint32_t *out)
{
	size_t n = strlen(text);

	for (size_t i = 0; i < n; i++)
		out[i] = (unsigned char)text[i];
	return n;
}

static void known_pairs(void **state)
{
	static const struct {
		const char *a, *b;
		unsigned    edits;
	} pairs[] = {
		{"", "", 0},
		{"", "a", 1},
		{"ab", "", 2},
		{"same", "same", 0},
		{"word", "world", 1},
		{"netwrok", "network", 1},
		{"ab", "ba", 1},
		{"abc", "ca", 3},
		{"kitten", "sitting", 3},
		{"nueral", "neural", 1},
		{"abcd", "badc", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
		uint32_t a[16], b[16];
		size_t   n = letters(pairs[i].a, a), m = letters(pairs[i].b, b);

		for (unsigned max = 0; max <= 4; max++) {
			unsigned right = pairs[i].edits <= max ? pairs[i].edits : max + 1;

			assert_int_equal(edit_distance(a, n, b, m, max), right);
			assert_int_equal(edit_distance(b, m, a, n, max), right);
		}
	}
}

/* Few letters and short words, so that all kinds of edits meet; then edits made on purpose. */
static void random_words(void **state)
{
	uint64_t seed = 20240117;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		uint32_t a[EDIT_LETTERS_MAX], b[EDIT_LETTERS_MAX];
		size_t   n = random_below(&seed, 9), m;
		unsigned right, alphabet = 2 + random_below(&seed, 4);

		for (size_t i = 0; i < n; i++)
			a[i] = random_below(&seed, alphabet);
		if (round % 2) {
			m = random_below(&seed, 9);
			for (size_t i = 0; i < m; i++)
				b[i] = random_below(&seed, alphabet);
		} else {
			m = n;
			memcpy(b, a, sizeof a);
			for (unsigned e = random_below(&seed, 4); m && e; e--)
				b[random_below(&seed, (unsigned)m)] = random_below(&seed, alphabet);
			if (m && random_below(&seed, 2))
				m--;
		}
		right = naive(a, n, b, m);
		for (unsigned max = 0; max <= 3; max++)
			assert_int_equal(edit_distance(a, n, b, m, max),
			                 right <= max ? right : max + 1);
	}
}

static void longest_words(void **state)
{
	uint32_t a[EDIT_LETTERS_MAX], b[EDIT_LETTERS_MAX];

	(void)state;
	for (size_t i = 0; i < EDIT_LETTERS_MAX; i++)
		a[i] = b[i] = 'a' + i % 26;
	assert_int_equal(edit_distance(a, EDIT_LETTERS_MAX, b, EDIT_LETTERS_MAX, 2), 0);
	b[EDIT_LETTERS_MAX - 1] = '!';
	assert_int_equal(edit_distance(a, EDIT_LETTERS_MAX, b, EDIT_LETTERS_MAX, 2), 1);
	assert_int_equal(edit_distance(a, EDIT_LETTERS_MAX, b, EDIT_LETTERS_MAX - 2, 2), 2);
	assert_int_equal(edit_distance(a, EDIT_LETTERS_MAX, b, 3, 2), 3);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(known_pairs),
		cmocka_unit_test(random_words),
		cmocka_unit_test(longest_words),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
