/* The other names of a category; with the shared data, all that arXiv's own tables say. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "category.h"
#include "taxonomy.h"

static int append(void *ctx, const char *category)
{
	buf *names = ctx;

	buf_putc(names, ' ');
	buf_puts(names, category);
	buf_putc(names, ' ');
	return 0;
}

static void others(const char *category, buf *names)
{
	buf_clear(names);
	assert_int_equal(taxonomy_each_other(category, strlen(category), append, names), 0);
}

static int lists(const buf *names, const char *category)
{
	char between[64];

	snprintf(between, sizeof between, " %s ", category);
	return strstr(buf_str(names), between) != NULL;
}

static void check(const char *category, const char *expected)
{
	buf names = BUF_INIT(0);

	others(category, &names);
	assert_string_equal(buf_str(&names), expected);
	buf_free(&names);
}

static void test_aliases(void **state)
{
	(void)state;
	check("cs.NA", " math.NA ");
	check("math.NA", " cs.NA ");
	check("MATH.na", " cs.NA ");
	check("math-ph", " math.MP ");
	check("stat.TH", " math.ST ");
	check("eess.SY", " cs.SY ");
	check("q-fin.EC", " econ.GN ");
	check("cs.CL", " cmp-lg ");
	check("cmp-lg", " cs.CL ");
	check("cs.NE", "");
	check("no.such", "");
	check("", "");
	check("cs.N", "");
	check("grp_", "");
}

static void test_archives(void **state)
{
	(void)state;
	check("nlin", " adap-org  chao-dyn  comp-gas  patt-sol  solv-int ");
	check("cond-mat", " mtrl-th  supr-con ");
	check("hep-th", "");
	check("cs", " cmp-lg ");
	check("CS", " cmp-lg ");
	check("math", " alg-geom  dg-ga  funct-an  q-alg ");
	check("stat", "");
}

static void test_groups(void **state)
{
	buf names = BUF_INIT(0);

	(void)state;
	others("physics", &names);
	assert_true(lists(&names, "hep-th"));
	assert_true(lists(&names, "quant-ph"));
	assert_true(lists(&names, "chao-dyn"));
	assert_false(lists(&names, "physics"));
	assert_false(lists(&names, "cs"));
	others("grp_physics", &names);
	assert_true(lists(&names, "physics"));
	assert_true(lists(&names, "math-ph"));
	others("GRP_math", &names);
	assert_true(lists(&names, "math"));
	assert_true(lists(&names, "q-alg"));
	assert_false(lists(&names, "math-ph"));
	buf_free(&names);
}

static int stop_at_first(void *ctx, const char *category)
{
	++*(int *)ctx;
	(void)category;
	return 5;
}

static void test_stops(void **state)
{
	static const char *const names[] = {"physics", "grp_cs", "nlin", "cs.NA"};

	(void)state;
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		int seen = 0;

		assert_int_equal(
			taxonomy_each_other(names[i], strlen(names[i]), stop_at_first, &seen), 5);
		assert_int_equal(seen, 1);
	}
}

/* Cuts the next field off a line of tab-separated values; NULL at its end. */
static char *next_field(char **line)
{
	char *field = *line, *tab;

	if (!field)
		return NULL;
	tab = strchr(field, '\t');
	if (tab)
		*tab = 0;
	*line = tab ? tab + 1 : NULL;
	field[strcspn(field, "\r\n")] = 0;
	return field;
}

static FILE *open_table(const char *name)
{
	const char *folder = getenv("SHEAF_SHARED_DATA");
	char        path[1024];

	snprintf(path, sizeof path, "%s/taxonomy/%s", folder ? folder : "../shared/data", name);
	return fopen(path, "r");
}

enum { FIELDS_MAX = 12 };

/* Calls `row` for each line of a table but the first. */
static void each_row(const char *table, void (*row)(char *const fields[FIELDS_MAX]))
{
	char  line[512];
	FILE *file = open_table(table);

	if (!file) {
		print_message("skipped: no %s among the shared data\n", table);
		skip();
		return;
	}
	assert_non_null(fgets(line, sizeof line, file));
	while (fgets(line, sizeof line, file)) {
		char *rest = line, *fields[FIELDS_MAX] = {NULL};

		for (int i = 0; i < FIELDS_MAX; i++)
			fields[i] = next_field(&rest);
		row(fields);
	}
	fclose(file);
}

/* category, full name, archive, group, active, other name */
static void check_category(char *const fields[FIELDS_MAX])
{
	buf names = BUF_INIT(0);

	if (fields[5] && *fields[5]) {
		others(fields[0], &names);
		if (!lists(&names, fields[5]))
			fail_msg("%s has no other name %s", fields[0], fields[5]);
	}
	buf_free(&names);
}

/* archive, full name, group, active, start, end, other name */
static void check_archive(char *const fields[FIELDS_MAX])
{
	buf  names = BUF_INIT(0);
	char group[64];

	if (fields[2] && strcmp(fields[2], "bad") != 0) {
		assert_non_null(category_archive_find(fields[0], strlen(fields[0])));
		snprintf(group, sizeof group, "grp_%s", fields[2]);
		others(group, &names);
		if (!lists(&names, fields[0]))
			fail_msg("%s lacks %s", group, fields[0]);
	}
	/* An archive of old, now a class of another. */
	if (fields[6] && strchr(fields[6], '.') && strcmp(fields[3], "0") == 0) {
		char parent[64];

		snprintf(parent, sizeof parent, "%.*s", (int)strcspn(fields[6], "."), fields[6]);
		others(parent, &names);
		if (!lists(&names, fields[0]))
			fail_msg("%s lacks %s", parent, fields[0]);
	}
	buf_free(&names);
}

static void test_shared_categories(void **state)
{
	(void)state;
	each_row("categories.tsv", check_category);
}

static void test_shared_archives(void **state)
{
	(void)state;
	each_row("archives.tsv", check_archive);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_aliases),
		cmocka_unit_test(test_archives),
		cmocka_unit_test(test_groups),
		cmocka_unit_test(test_stops),
		cmocka_unit_test(test_shared_categories),
		cmocka_unit_test(test_shared_archives),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
