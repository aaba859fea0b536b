/* Categories by their names. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
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

int main(void)
{
	const struct CMUnitTest tests[] = {cmocka_unit_test(test_names)};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
