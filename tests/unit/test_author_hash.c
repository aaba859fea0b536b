/* author_hash.h: who counts as the same person. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>

#include "author_hash.h"

static uint64_t hash(const char *name)
{
	return author_hash(name, strlen(name));
}

static void the_same_name_in_other_clothes(void **state)
{
	static const char *const pairs[][2] = {
		{"Ada Moor", "ADA MOOR"},
		{"J\xC3\xBCrgen Kuhl", "jurgen kuhl"},
		{"Erwin Schr\\\"odinger", "Erwin Schr\xC3\xB6"
	                                  "dinger"},
		{"A. B. Moor", "A B Moor"},
		{"Jean-Luc Ruiz", "Jean Luc Ruiz"},
		{" Ada  Moor ", "Ada Moor"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
		if (hash(pairs[i][0]) != hash(pairs[i][1]))
			fail_msg("%s is not %s", pairs[i][0], pairs[i][1]);
}

static void other_names(void **state)
{
	static const char *const names[] = {"Ada Moor",  "Moor Ada",  "A. Moor", "AdaMoor",
	                                    "Ada Moore", "Ada M oor", "Moor",    "Ada"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		for (size_t j = 0; j < i; j++)
			if (hash(names[i]) == hash(names[j]))
				fail_msg("%s is %s", names[i], names[j]);
}

static void nobody(void **state)
{
	(void)state;
	assert_true(hash("") == 0);
	assert_true(hash(" .,;- ") == 0);
	assert_true(hash("0") != 0);
}

static int compare(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;

	return (x > y) - (x < y);
}

/* 48 bits that are all used: a hundred thousand names meet nowhere, and fill the buckets evenly. */
static void hashes_are_spread(void **state)
{
	enum { COUNT = 100000 };
	uint64_t *all = malloc(COUNT * sizeof *all), ones = 0, zeros = 0;
	size_t    buckets[256] = {0};
	char      name[32];

	(void)state;
	assert_non_null(all);
	for (size_t i = 0; i < COUNT; i++) {
		snprintf(name, sizeof name, "A%zu Moor%zu", i % 300, i);
		all[i] = hash(name);
		assert_true(all[i] >> AUTHOR_HASH_BITS == 0);
		ones |= all[i];
		zeros |= ~all[i];
		buckets[all[i] & 255]++;
	}
	assert_true(ones == ((uint64_t)1 << AUTHOR_HASH_BITS) - 1);
	assert_true((zeros & ones) == ones);
	for (size_t i = 0; i < 256; i++)
		assert_true(buckets[i] > COUNT / 256 / 2 && buckets[i] < COUNT / 256 * 2);
	qsort(all, COUNT, sizeof *all, compare);
	for (size_t i = 1; i < COUNT; i++)
		assert_true(all[i] != all[i - 1]);
	free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_same_name_in_other_clothes),
		cmocka_unit_test(other_names),
		cmocka_unit_test(nobody),
		cmocka_unit_test(hashes_are_spread),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
