/* Categories and archives to OAI-PMH sets. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "buf.h"
#include "category.h"
#include "file.h"

static void expect(const char *name, const char *spec)
{
	buf out = BUF_INIT(1000);

	assert_int_equal(category_set_spec(name, &out), spec != NULL);
	assert_string_equal(buf_str(&out), spec ? spec : "");
	buf_free(&out);
}

static void test_set_specs(void **state)
{
	(void)state;
	expect("cs", "cs");
	expect("cs.NE", "cs:cs:NE");
	expect("CS.ne", "cs:cs:NE");
	expect("hep-th", "physics:hep-th");
	expect("math.GT", "math:math:GT");
	expect("math-ph", "physics:math-ph");
	expect("astro-ph", "physics:astro-ph");
	expect("astro-ph.he", "physics:astro-ph:HE");
	expect("cond-mat.Dis-NN", "physics:cond-mat:dis-nn");
	expect("physics", "physics");
	expect("physics.optics", "physics:physics:optics");
	expect("q-bio.NC", "q-bio:q-bio:NC");
	expect("cmp-lg", "cs:cmp-lg");
	expect("alg-geom", "math:alg-geom");
}

static void test_passed_through(void **state)
{
	(void)state;
	expect("cs:cs:NE", "cs:cs:NE");
	expect("physics:hep-th", "physics:hep-th");
	expect("openaire_data", "openaire_data");
	expect("c", "c");
}

static void test_refused(void **state)
{
	char long_name[400];

	(void)state;
	memset(long_name, 'a', sizeof long_name - 1);
	long_name[sizeof long_name - 1] = 0;
	expect("", NULL);
	expect("cs.", NULL);
	expect("cs NE", NULL);
	expect("cs&verb=Identify", NULL);
	expect("cs\n", NULL);
	expect(long_name, NULL);
}

/* Cuts the next tab-separated field off `*line`. */
static char *next_field(char **line)
{
	char *field = *line, *tab = strchr(field, '\t');

	if (tab)
		*tab++ = 0;
	*line = tab ? tab : field + strlen(field);
	return field;
}

static void check_row(char *line, int *checked)
{
	char *category = next_field(&line), *active, *spec;

	for (int i = 0; i < 3; i++)
		next_field(&line);
	active = next_field(&line);
	next_field(&line);
	spec = next_field(&line);
	if (strcmp(active, "1") != 0)
		return;
	expect(category, spec);
	++*checked;
}

static void test_whole_taxonomy(void **state)
{
	const char *shared = getenv("SHEAF_SHARED_DATA");
	char        path[4096], *line, *end;
	buf         text = BUF_INIT(0);
	int         checked = 0;

	(void)state;
	snprintf(path, sizeof path, "%s/taxonomy/categories.tsv", shared ? shared : "");
	if (file_read(path, &text, NULL) != SHEAF_OK) {
		buf_free(&text);
		skip();
	}
	for (line = strchr(text.data, '\n') + 1; (end = strchr(line, '\n')); line = end + 1) {
		*end = 0;
		check_row(line, &checked);
	}
	buf_free(&text);
	assert_true(checked > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_set_specs),
		cmocka_unit_test(test_passed_through),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_whole_taxonomy),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
