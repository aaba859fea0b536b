/*
 * document_pack.c: the storage forms of authors and versions go round with every subset of parts.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "document_private.h"
#include "str.h"

static sheaf_document *doc, *back;

static int set_up(void **state)
{
	(void)state;
	return sheaf_document_new(&doc, NULL) != SHEAF_OK ||
	       sheaf_document_new(&back, NULL) != SHEAF_OK;
}

static int tear_down(void **state)
{
	(void)state;
	sheaf_document_free(doc);
	sheaf_document_free(back);
	return 0;
}

static void pack_and_unpack_authors(void)
{
	buf names = BUF_INIT(0), parts = BUF_INIT(0);

	document_pack_author_names(doc, &names);
	document_pack_author_parts(doc, &parts);
	assert_int_equal(document_unpack_authors(back, buf_str(&names),
	                                         parts.len ? buf_str(&parts) : NULL, NULL),
	                 SHEAF_OK);
	assert_int_equal(sheaf_document_author_count(back), sheaf_document_author_count(doc));
	for (size_t i = 0; i < sheaf_document_author_count(doc); i++) {
		const sheaf_author *a = sheaf_document_get_author(doc, i);
		const sheaf_author *b = sheaf_document_get_author(back, i);

		assert_true(str_eq(a->name, b->name) && str_eq(a->keyname, b->keyname) &&
		            str_eq(a->forenames, b->forenames) && str_eq(a->suffix, b->suffix) &&
		            str_eq(a->affiliation, b->affiliation));
	}
	buf_free(&names);
	buf_free(&parts);
}

static void every_subset_of_parts_goes_round(void **state)
{
	(void)state;
	/* Each subset alone, then all of them as the authors of one paper. */
	for (int together = 0; together < 2; together++) {
		for (unsigned subset = 0; subset < 16; subset++) {
			char         name[32];
			sheaf_author a = {.name = name};

			snprintf(name, sizeof name, "Name %u", subset);
			a.keyname = subset & 1 ? "Key" : NULL;
			a.forenames = subset & 2 ? "Fore Names" : NULL;
			a.suffix = subset & 4 ? "Jr." : NULL;
			a.affiliation = subset & 8 ? "Inst, Dept; City (Land)" : NULL;
			assert_int_equal(sheaf_document_add_author(doc, &a, NULL), SHEAF_OK);
			if (together)
				continue;
			pack_and_unpack_authors();
			sheaf_document_clear(doc);
			sheaf_document_clear(back);
		}
	}
	pack_and_unpack_authors();
	assert_int_equal(sheaf_document_author_count(back), 16);
}

static void names_alone_need_no_parts(void **state)
{
	const sheaf_author a = {.name = "Ada"}, b = {.name = "Ben"},
			   c = {.name = "C", .suffix = "Jr."};
	buf out = BUF_INIT(0);

	(void)state;
	buf_puts(&out, "before");
	document_pack_author_parts(doc, &out);
	assert_string_equal(buf_str(&out), "before");
	sheaf_document_add_author(doc, &a, NULL);
	sheaf_document_add_author(doc, &b, NULL);
	document_pack_author_parts(doc, &out);
	assert_string_equal(buf_str(&out), "before");
	sheaf_document_add_author(doc, &c, NULL);
	buf_clear(&out);
	document_pack_author_parts(doc, &out);
	assert_string_equal(buf_str(&out), "\n\n\x1F\x1FJr.");
	buf_clear(&out);
	document_pack_author_names(doc, &out);
	assert_string_equal(buf_str(&out), "Ada\nBen\nC");
	buf_free(&out);
}

/* No part of an author can break the form: separators become blanks when they are set. */
static void separators_inside_parts(void **state)
{
	const sheaf_author a = {"Na\nme\x1F",
	                        "K\x1F"
	                        "ey",
	                        "Fore\nnames", NULL, "In\x1E\x1Fst\n"};
	const sheaf_author b = {.name = "Next"};

	(void)state;
	sheaf_document_add_author(doc, &a, NULL);
	sheaf_document_add_author(doc, &b, NULL);
	pack_and_unpack_authors();
	assert_string_equal(sheaf_document_get_author(back, 0)->name, "Na me");
	assert_string_equal(sheaf_document_get_author(back, 0)->affiliation, "In  st");
	assert_string_equal(sheaf_document_get_author(back, 1)->name, "Next");
}

static void names_from_a_source_are_known_as_such(void **state)
{
	(void)state;
	assert_int_equal(document_unpack_authors(doc, "Ada\nBen", NULL, NULL), SHEAF_OK);
	assert_int_equal(doc->parsed_names, 0);
	assert_int_equal(document_unpack_authors(back, "Ada\nBen", "\nKey", NULL), SHEAF_OK);
	assert_int_equal(back->parsed_names, 1);
	assert_string_equal(sheaf_document_get_author(back, 1)->keyname, "Key");
}

static void damaged_author_lists(void **state)
{
	static const struct {
		const char *names, *parts;
		size_t      count;
	} cases[] = {
		{NULL, NULL, 0},
		{"", "", 0},
		{"", "Key", 0},
		{"\n\n", NULL, 0},
		{"A\n\nB", NULL, 2},
		{"A", "\x1F\x1F\x1F\x1F\x1F", 1},
		{"A\nB", "\n\n\n\n", 2},
		{"A", NULL, 1},
		{"\n",
	         "\x1F"
	         "Fore",
	         1},
		{"A\n", "K\nL", 2},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document_clear(doc);
		assert_int_equal(document_unpack_authors(doc, cases[i].names, cases[i].parts, NULL),
		                 SHEAF_OK);
		if (sheaf_document_author_count(doc) != cases[i].count)
			fail_msg("case %zu: %zu", i, sheaf_document_author_count(doc));
	}
}

static void versions_go_round(void **state)
{
	buf packed = BUF_INIT(0);

	(void)state;
	for (unsigned subset = 0; subset < 8; subset++) {
		sheaf_document_version v = {(int)subset + 1, SHEAF_TIME_NONE, NULL, NULL};

		if (subset & 1)
			v.created = -5 - (int64_t)subset;
		v.size = subset & 2 ? "66kb" : NULL;
		v.source_type = subset & 4 ? "D" : NULL;
		assert_int_equal(sheaf_document_add_version(doc, &v, NULL), SHEAF_OK);
	}
	document_pack_versions(doc, &packed);
	assert_int_equal(document_unpack_versions(back, buf_str(&packed), NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_version_count(back), 8);
	for (size_t i = 0; i < 8; i++) {
		const sheaf_document_version *a = sheaf_document_get_version(doc, i);
		const sheaf_document_version *b = sheaf_document_get_version(back, i);

		assert_int_equal(a->number, b->number);
		assert_true(a->created == b->created);
		assert_true(str_eq(a->size, b->size));
		assert_true(str_eq(a->source_type, b->source_type));
	}
	buf_free(&packed);
}

static void damaged_versions_are_left_out(void **state)
{
	static const struct {
		const char *packed;
		size_t      count;
	} cases[] = {
		{NULL, 0},
		{"", 0},
		{"\n\n", 0},
		{"x\x1F"
	         "1",
	         0},
		{"0\x1F"
	         "1",
	         0},
		{"-1", 0},
		{"1000001", 0},
		{"99999999999999999999", 0},
		{"1", 1},
		{"1\x1Fnever\x1F\x1F\x1F\x1F", 1},
		{"1\n2\nx\n3", 3},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document_clear(doc);
		assert_int_equal(document_unpack_versions(doc, cases[i].packed, NULL), SHEAF_OK);
		if (sheaf_document_version_count(doc) != cases[i].count)
			fail_msg("case %zu: %zu", i, sheaf_document_version_count(doc));
	}
	document_unpack_versions(back, "7\x1Fnever", NULL);
	assert_true(sheaf_document_get_version(back, 0)->created == SHEAF_TIME_NONE);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		TEST(every_subset_of_parts_goes_round),
		TEST(names_alone_need_no_parts),
		TEST(separators_inside_parts),
		TEST(names_from_a_source_are_known_as_such),
		TEST(damaged_author_lists),
		TEST(versions_go_round),
		TEST(damaged_versions_are_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
