/* document_lines.c: authors and categories as sources write them on one line. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "document_private.h"

/* `expected`: names divided by "|", an affiliation after "@". */
static void expect_authors(const char *line, const char *expected)
{
	sheaf_document *doc;
	buf             got = BUF_INIT(0);

	assert_int_equal(sheaf_document_new(&doc, NULL), SHEAF_OK);
	assert_int_equal(document_add_author_line(doc, line, NULL), SHEAF_OK);
	for (size_t i = 0; i < sheaf_document_author_count(doc); i++) {
		const sheaf_author *a = sheaf_document_get_author(doc, i);

		buf_printf(&got, "%s%s", i ? "|" : "", a->name);
		if (a->affiliation)
			buf_printf(&got, "@%s", a->affiliation);
	}
	if (strcmp(buf_str(&got), expected) != 0)
		fail_msg("'%s': '%s'", line, buf_str(&got));
	buf_free(&got);
	sheaf_document_free(doc);
}

static void author_lines(void **state)
{
	static const struct {
		const char *line, *authors;
	} cases[] = {
		{"", ""},
		{" \n ", ""},
		{",,; ,", ""},
		{"Ada Lovelace", "Ada Lovelace"},
		{"A. One, B. Two, C. Three", "A. One|B. Two|C. Three"},
		{"A. One; B. Two", "A. One|B. Two"},
		{"A. One and B. Two", "A. One|B. Two"},
		{"A. One, B. Two, and C. Three", "A. One|B. Two|C. Three"},
		{"A. One,B. Two,and C. Three", "A. One|B. Two|C. Three"},
		{"A. One\n  and\nB. Two", "A. One|B. Two"},
		{"A.  One,\n  B.\tTwo", "A. One|B. Two"},
		{"A.\x01 \x02One \x1F, \x07, B. Two ( \t Inst \x03 )", "A. One|B. Two@Inst"},
		{"A. One ( ), (Inst), B. \xFFTwo", "A. One|(Inst)|B. \xEF\xBF\xBDTwo"},
		/* "and" inside a name. */
		{"P. W. Anderson and R. Anand", "P. W. Anderson|R. Anand"},
		{"Sand, G., Andrews, J. and Brand, S.", "Sand|G.|Andrews|J.|Brand|S."},
		{"Rand and Band", "Rand|Band"},
		{"A. One and", "A. One and"},
		{"and B. Two", "and B. Two"},
		/* Affiliations, with the separators inside. */
		{"A. One (Inst), B. Two", "A. One@Inst|B. Two"},
		{"A. One (Inst, Dept; City and Land), B. Two and C. Three (Other)",
	         "A. One@Inst, Dept; City and Land|B. Two|C. Three@Other"},
		{"A. One (Inst (City), Land) and B. Two", "A. One@Inst (City), Land|B. Two"},
		{"A. One (the first), B. Two", "A. One@the first|B. Two"},
		{"A. (Ann) One, B. Two", "A. (Ann) One|B. Two"},
		{"(A. One), B. Two", "(A. One)|B. Two"},
		{"A. One (), B. Two", "A. One|B. Two"},
		/* Parentheses that do not pair: nothing is lost. */
		{"A. One (Inst, B. Two and C. Three", "A. One (Inst, B. Two and C. Three"},
		{"A. One), B. Two", "A. One)|B. Two"},
		{")(, A. One", ")(, A. One"},
		/* Suffixes belong to the name before the comma. */
		{"M. King, Jr., B. Two", "M. King, Jr.|B. Two"},
		{"M. King, Jr", "M. King, Jr"},
		{"M. King, JR. and B. Two", "M. King, JR.|B. Two"},
		{"M. King, III, and B. Two", "M. King, III|B. Two"},
		{"M. King, Sr. (Inst), B. Two", "M. King, Sr.@Inst|B. Two"},
		{"M. King,\n II\n and B. Two", "M. King, II|B. Two"},
		{"A. One, Jr. Two", "A. One|Jr. Two"},
		{"A. One, IVan Two", "A. One|IVan Two"},
		/* Collaborations and other shapes. */
		{"The ATLAS Collaboration, A. One", "The ATLAS Collaboration|A. One"},
		{"ATLAS: A. One", "ATLAS: A. One"},
		{"Erd\\H{o}s, P\xC3\xA1l", "Erd\\H{o}s|P\xC3\xA1l"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		expect_authors(cases[i].line, cases[i].authors);
}

static void very_long_author_lines(void **state)
{
	enum { NAMES = DOCUMENT_AUTHORS_MAX + 5 };
	char           *line = malloc(NAMES * 3 + 1);
	sheaf_document *doc;

	(void)state;
	assert_non_null(line);
	for (size_t i = 0; i < NAMES; i++)
		memcpy(line + i * 3, "Xy,", 4);
	assert_int_equal(sheaf_document_new(&doc, NULL), SHEAF_OK);
	assert_int_equal(document_add_author_line(doc, line, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_author_count(doc), DOCUMENT_AUTHORS_MAX);
	sheaf_document_clear(doc);
	/* Open parentheses do not nest on the stack. */
	memset(line, '(', NAMES * 3);
	assert_int_equal(document_add_author_line(doc, line, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_author_count(doc), 1);
	sheaf_document_free(doc);
	free(line);
}

static void category_lines(void **state)
{
	static const struct {
		const char *line, *categories;
	} cases[] = {
		{"cs.NE", "cs.NE"},
		{"cs.NE q-bio.NC", "cs.NE q-bio.NC"},
		{"  cs.NE\n\tq-bio.NC  cs.NE ", "cs.NE q-bio.NC"},
		{"", NULL},
		{" \n", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document *doc;
		const char     *got;

		assert_int_equal(sheaf_document_new(&doc, NULL), SHEAF_OK);
		assert_int_equal(document_add_category_line(doc, cases[i].line, NULL), SHEAF_OK);
		got = sheaf_document_get_text(doc, SHEAF_FIELD_CATEGORY);
		if (cases[i].categories)
			assert_string_equal(got, cases[i].categories);
		else
			assert_null(got);
		sheaf_document_free(doc);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(author_lines),
		cmocka_unit_test(very_long_author_lines),
		cmocka_unit_test(category_lines),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
