/* Categories by their names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "category_name.h"

static void test_names(void **state)
{
	static const struct {
		const char *name, *category;
	} cases[] = {
		{"Optics", "physics.optics"},
		{"optics", "physics.optics"},
		{"Physics - Optics", "physics.optics"},
		{"Astrophysics", "astro-ph"},
		{"Astrophysics - Solar and Stellar Astrophysics", "astro-ph.SR"},
		{"High Energy Physics - Theory", "hep-th"},
		{"Mathematics - Logic", "math.LO"},
		{"Computer Science - Logic in Computer Science", "cs.LO"},
		{"Computer Science - Learning", "cs.LG"},
		{"Machine Learning", "cs.LG"},
		{"Statistics - Machine Learning", "stat.ML"},
		{"Systems and Control", "cs.SY"},
		{"Electrical Engineering and Systems Science - Systems and Control", "eess.SY"},
		{"Algebraic Geometry", "math.AG"},
		{"Quantum Algebra and Topology", "q-alg"},
		{"Mathematics - Optics", NULL},
		{"Mathematics - ", NULL},
		{"Mathematics", NULL},
		{" - Logic", NULL},
		{"05C80, 05C15", NULL},
		{"", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *found = category_by_name(cases[i].name, strlen(cases[i].name));

		if (!cases[i].category)
			assert_null(found);
		else if (!found || strcmp(found, cases[i].category) != 0)
			fail_msg("%s: %s", cases[i].name, found ? found : "none");
	}
}

static void test_spelling(void **state)
{
	static const struct {
		const char *given, *spelled, *title;
	} cases[] = {
		{"cs.NE", "cs.NE", "Neural and Evolutionary Computing"},
		{"CS.ne", "cs.NE", "Neural and Evolutionary Computing"},
		{"cs.LG", "cs.LG", "Machine Learning"},
		{"Cond-Mat.DIS-NN", "cond-mat.dis-nn", "Disordered Systems and Neural Networks"},
		{"CS", "cs", "Computer Science"},
		{"Q-BIO", "q-bio", "Quantitative Biology"},
		{"hep-th", "hep-th", "High Energy Physics - Theory"},
		{"cs.XX", NULL, NULL},
		{"", NULL, NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		const char *found = category_spelling(cases[i].given, strlen(cases[i].given));

		if (cases[i].spelled) {
			assert_non_null(found);
			assert_string_equal(found, cases[i].spelled);
			assert_string_equal(category_title(cases[i].given), cases[i].title);
		} else {
			assert_null(found);
			assert_null(category_title(cases[i].given));
		}
	}
	assert_null(category_spelling("cs.NE, cs.AI", 12));
	assert_string_equal(category_spelling("cs.NE, cs.AI", 5), "cs.NE");
}

static void test_nearest(void **state)
{
	(void)state;
	assert_string_equal(category_nearest("cs.NEE"), "cs.NE");
	assert_string_equal(category_nearest("q-bio.NCC"), "q-bio.NC");
	assert_string_equal(category_nearest("quantph"), "quant-ph");
	assert_null(category_nearest("gardening"));
}

/* Every active category of arXiv's own table, by its name. */
static void test_taxonomy(void **state)
{
	const char *folder = getenv("SHEAF_SHARED_DATA");
	char        path[4096], line[1024];
	int         count = 0;
	FILE       *file = NULL;

	(void)state;
	if (folder) {
		snprintf(path, sizeof path, "%s/taxonomy/categories.tsv", folder);
		file = fopen(path, "r");
	}
	if (!file)
		skip();
	while (fgets(line, sizeof line, file)) {
		char category[200], name[200], archive[200], group[200];
		int  active;

		if (sscanf(line, "%199[^\t]\t%199[^\t]\t%199[^\t]\t%199[^\t]\t%d", category, name,
		           archive, group, &active) != 5 ||
		    !active || strcmp(group, "test") == 0)
			continue;
		count++;
		assert_non_null(category_title(category));
		assert_string_equal(category_title(category), name);
	}
	fclose(file);
	assert_true(count > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_names),
		cmocka_unit_test(test_spelling),
		cmocka_unit_test(test_nearest),
		cmocka_unit_test(test_taxonomy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
