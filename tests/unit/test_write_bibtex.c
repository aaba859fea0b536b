/* write_bibtex.c, cite_key.c and tex_value.c, read again as BibTeX reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "cite_key.h"
#include "str.h"
#include "tex_value.h"
#include "writer_fixture.h"

static void check_value(const char *text, const char *expected)
{
	buf out = BUF_INIT(0);

	tex_value(&out, text, strlen(text));
	assert_string_equal(buf_str(&out), expected);
	buf_free(&out);
}

static void tex_stays_tex(void **state)
{
	static const char *const same[] = {
		"plain words, 3--4; \"quoted\"",
		"Schr\\\"odinger and Erd\\H{o}s, \\'{e}t\\'e, \\o re, {\\ss}",
		"$\\alpha_1^{2} \\leq \\mathbb{R}^n$ and $\\{x | y < z\\}$",
		"\\emph{all} of $\\mathcal{N}=4$",
		"na\xC3\xAFve \xE7\xA5\x9E",
		"50\\% of \\$5, \\& \\# a\\_b",
		"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof same / sizeof *same; i++)
		check_value(same[i], same[i]);
}

static void special_characters_are_escaped(void **state)
{
	static const char *const cases[][2] = {
		{"50% of A&B, C#", "50\\% of A\\&B, C\\#"},
		{"x_1^2", "x\\_1\\^{}2"},
		{"$x_1$ y_1", "$x_1$ y\\_1"},
		{"costs $5", "costs \\$5"},
		{"a < b > c | d", "a \\textless{} b \\textgreater{} c \\textbar{} d"},
		{"$a < b$", "$a < b$"},
		{"$a % b$", "$a \\% b$"},
		{"{open", "\\textbraceleft{}open"},
		{"close}", "close\\textbraceright{}"},
		{"}{", "\\textbraceright{}\\textbraceleft{}"},
		{"\\{half", "\\textbraceleft{}half"},
		{"$\\{$", "$\\lbrace{}$"},
		{"a \\\\ b", "a   b"},
		{"end\\", "end\\textbackslash{}"},
		{"end\\'", "end\\'{}"},
		{"in \\(a_1 < b\\) and", "in $a_1 < b$ and"},
		{"\\(open", "\\textbackslash{}(open"},
		{"shut\\)", "shut\\textbackslash{})"},
		{"\\(a $ b\\)", "\\textbackslash{}(a \\$ b\\textbackslash{})"},
		{"\\(a \\\\) b", "\\textbackslash{}(a  ) b"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_value(cases[i][0], cases[i][1]);
}

static void nothing_that_could_run_gets_through(void **state)
{
	static const char *const cases[][2] = {
		{"\\input{/etc/passwd}", "\\textbackslash{}input{/etc/passwd}"},
		{"\\immediate\\write18{ls}",
	         "\\textbackslash{}immediate\\textbackslash{}write18{ls}"},
		{"$\\csname input\\endcsname$",
	         "$\\backslash{}csname input\\backslash{}endcsname$"},
		{"\\def\\alpha{x}", "\\textbackslash{}def\\alpha{x}"},
		{"\\begin{document}", "\\textbackslash{}begin{document}"},
		{"\\inpu\\t", "\\textbackslash{}inpu\\t"},
		{"\\@input", "\\textbackslash{}@input"},
		{"\\alphax", "\\textbackslash{}alphax"},
		/*
		 * TeX reads two carets and a number as the character of that number: a backslash.
		 */
		{"^^5cinput", "\\^{}\\^{}5cinput"},
		{"$^^5cinput$", "$^5cinput$"},
		{"$\\^^^5cinput$", "$\\^5cinput$"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
		check_value(cases[i][0], cases[i][1]);
}

/* Any text gives balanced braces, an even number of dollars, no comment and no pair of carets. */
static void any_value_is_whole(void **state)
{
	static const char *const pieces[] = {"\\", "{",       "}",   "$",        "^",   "%",   "_",
	                                     "a",  "\\alpha", " ",   "\\input",  "\\{", "\\^", "\"",
	                                     "~",  "\\(",     "\\)", "\xC3\xA9", "&",   "#",   "'"};
	uint32_t                 seed = 7;

	(void)state;
	for (int round = 0; round < 20000; round++) {
		buf    text = BUF_INIT(0), out = BUF_INIT(0);
		long   depth = 0;
		size_t dollars = 0;

		for (int i = 0; i < round % 12; i++) {
			seed = seed * 1664525u + 1013904223u;
			buf_puts(&text, pieces[(seed >> 16) % (sizeof pieces / sizeof *pieces)]);
		}
		tex_value(&out, buf_str(&text), text.len);
		for (size_t i = 0; i < out.len; i++) {
			char c = out.data[i];

			depth += c == '{' ? 1 : c == '}' ? -1 : 0;
			assert_true(depth >= 0);
			if (c == '\\') {
				i++;
				depth += out.data[i] == '{' ? 1 : out.data[i] == '}' ? -1 : 0;
				assert_true(i < out.len);
				continue;
			}
			dollars += c == '$';
			assert_true(c != '%' && c != '#' && c != '&');
		}
		assert_int_equal(depth, 0);
		assert_int_equal(dollars % 2, 0);
		if (out.len)
			has_not(out.data, "^^");
		has_not(buf_str(&out), "\\input");
		buf_free(&text);
		buf_free(&out);
	}
}

static void an_eprint(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a};

	(void)state;
	writes(SHEAF_FORMAT_BIBTEX, NULL, &item, 1,
	       "@misc{moor-2601.22876,\n"
	       "  title = {{Loops in nets}},\n"
	       "  author = {Moor, Ada and Ruiz, Ben and Tan, Cleo and Ek, Dov},\n"
	       "  year = {2026},\n"
	       "  month = jan,\n"
	       "  eprint = {2601.22876},\n"
	       "  archivePrefix = {arXiv},\n"
	       "  primaryClass = {cs.NE},\n"
	       "  url = {https://arxiv.org/abs/2601.22876v2}\n"
	       "}\n");
	writes(SHEAF_FORMAT_BIBTEX, NULL, NULL, 0, "");
	sheaf_document_free(a);
}

/* The lines of an entry that tell where and when it was published. */
static void what_is_published_is_an_article(void **state)
{
	static const struct {
		const char *journal, *doi, *type, *place;
	} cases[] = {
		{"Phys. Rev. Q 76, 2013 (2007)", NULL, "@article{",
	         "journal = {Phys. Rev. Q},\n  volume = {76},\n  pages = {2013},\n  year = {2007},\n  "
	         "eprint"},
		{"J. Lamps, vol. 3, no. 2,\n  pp. 1-10, May 2010", NULL, "@article{",
	         "journal = {J. Lamps},\n  volume = {3},\n  number = {2},\n  pages = {1--10},\n"
	         "  year = {2010},\n  month = may,\n"},
		{"J. Lamps & Wicks 12, 1950-1999", NULL, "@article{",
	         "journal = {J. Lamps \\& Wicks},\n  volume = {12},\n  pages = {1950--1999},\n"
	         "  year = {2026},\n"},
		{"J. Lamps 1, 2 (2027); Erratum ibid. 2, 5% (2028)", "10.1/b", "@article{",
	         "year = {2027},\n  doi = {10.1/b},\n"},
		{"J. Lamps 1999, 2027, 14", "10.1/a_(b)", "@misc{",
	         "howpublished = {J. Lamps 1999, 2027, 14},\n  year = {2027},\n  doi = "
	         "{10.1/a_(b)},\n"},
		{"Proc. of the 3rd Lamp Workshop, Ulm", NULL, "@misc{",
	         "howpublished = {Proc. of the 3rd Lamp Workshop, Ulm},\n  year = {2026},\n"},
		{NULL, "10.1/a", "@misc{", "year = {2026},\n  doi = {10.1/a},\n"},
		{NULL, "10.48550/arXiv.2601.00001", "@misc{",
	         "year = {2026},\n  month = jan,\n  doi = {10.48550/arXiv.2601.00001},\n"},
		{NULL, NULL, "@misc{", "year = {2026},\n  month = jan,\n  eprint"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document *a = paper("2601.00001", "T", NULL, NULL);
		sheaf_item      item = {.doc = a};
		char           *text;

		if (cases[i].journal)
			set(a, SHEAF_FIELD_JOURNAL_REF, cases[i].journal);
		if (cases[i].doi)
			set(a, SHEAF_FIELD_DOI, cases[i].doi);
		text = written(SHEAF_FORMAT_BIBTEX, NULL, &item, 1);
		has(text, cases[i].type);
		has(text, cases[i].place);
		has(text, "  eprint = {2601.00001},\n");
		if (i == 3)
			has(text, "  note = {Erratum ibid. 2, 5\\% (2028)}\n");
		sheaf_free(text);
		sheaf_document_free(a);
	}
}

static void names_are_taken_apart(void **state)
{
	static const struct {
		sheaf_author author;
		const char  *written;
	} cases[] = {
		{{.name = "Ada B. Moor"}, "{Moor, Ada B.}"},
		{{.name = "A. Moor", .keyname = "Moor", .forenames = "Ada"}, "{Moor, Ada}"},
		{{.name = "A. Moor Jr", .keyname = "Moor", .forenames = "A.", .suffix = "Jr"},
	         "{Moor, Jr, A.}"},
		{{.name = "Lara del Monte"}, "{del Monte, Lara}"},
		{{.name = "The LAMP Collaboration"}, "{{The LAMP Collaboration}}"},
		{{.name = "LAMP", .keyname = "LAMP Collaboration", .forenames = ""}, "{{LAMP}}"},
		{{.name = "Plato"}, "{{Plato}}"},
		{{.name = "x", .keyname = "Moor, von", .forenames = "A and B"},
	         "{{Moor, von}, {A and B}}"},
		{{.name = "x", .keyname = "And", .forenames = "A\\\\and\\\\B"},
	         "{{And}, {A and B}}"},
		{{.name = "x",
	          .keyname = "Anders",
	          .forenames = "O\xC2\xA0"
	                       "AND\xC2\xA0"
	                       "B"},
	         "{Anders, {O\xC2\xA0"
	         "AND\xC2\xA0"
	         "B}}"},
		{{.name = "Erwin Schr\\\"odinger"}, "{Schr\\\"odinger, Erwin}"},
		{{.name = "Erwin Schr{\\\"o}dinger"}, "{Schr{\\\"o}dinger, Erwin}"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document *a = paper("2601.00001", "T", NULL, NULL);
		sheaf_item      item = {.doc = a};
		char           *text, line[200];

		sheaf_document_add_author(a, &cases[i].author, NULL);
		text = written(SHEAF_FORMAT_BIBTEX, NULL, &item, 1);
		snprintf(line, sizeof line, "  author = %s,\n", cases[i].written);
		has(text, line);
		sheaf_free(text);
		sheaf_document_free(a);
	}
}

/* Of one paper, whatever is written before it. */
static void a_key_is_the_papers_own(void **state)
{
	sheaf_document *a = usual(), *b = paper("2601.00001", "The Loops", NULL, "Ada Moor");
	sheaf_item      both[] = {{.doc = b}, {.doc = a}, {.doc = b}, {.doc = a}};
	char           *alone = written(SHEAF_FORMAT_BIBTEX, NULL, &both[1], 1);
	char           *first = written(SHEAF_FORMAT_BIBTEX, NULL, both, 1);
	char           *all = written(SHEAF_FORMAT_BIBTEX, NULL, both, 4);

	(void)state;
	/* What comes again is left out. */
	assert_int_equal(strlen(all), strlen(first) + 1 + strlen(alone));
	assert_memory_equal(all, first, strlen(first));
	assert_string_equal(all + strlen(first) + 1, alone);
	sheaf_free(alone);
	sheaf_free(first);
	sheaf_free(all);
	sheaf_document_free(a);
	sheaf_document_free(b);
}

static void keys_differ_without_regard_to_case(void **state)
{
	static const char *const ids[] = {
		"a.B",   "a.b",   "a_42",  "A_42",           "hep-th/9901001",
		"a+b/c", "a:b/c", "a.b:c", "hep-th:9901001x"};
	enum { PAPERS = sizeof ids / sizeof *ids };
	char texts[PAPERS][64];

	(void)state;
	for (int i = 0; i < PAPERS; i++) {
		sheaf_document *doc = paper(ids[i], "T", NULL, NULL);
		buf             key = BUF_INIT(0);

		cite_key_make(doc, &key);
		assert_true(key.len < sizeof texts[i]);
		memcpy(texts[i], buf_str(&key), key.len + 1);
		for (int j = 0; j < i; j++)
			assert_false(str_ieq(texts[i], texts[j]));
		buf_free(&key);
		sheaf_document_free(doc);
	}
}

static void keys_are_plain(void **state)
{
	static const struct {
		const char *id, *author, *key;
	} cases[] = {
		{"2601.00001", "\xC3\x89milie D\xC3\xBCrer-Li", "durerli-2601.00001"},
		{"2601.00001", "Lara del Monte", "delmonte-2601.00001"},
		{"2601.00001", "\xE6\x9D\x8E \xE6\x98\x8E", "anon-2601.00001"},
		{"hep-th/9901001", NULL, "anon-hep-th:9901001"},
		{"Lamp_1+2:x", "O, Al'x #{5}%", NULL},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document *a = paper(cases[i].id, "T", NULL, cases[i].author);
		buf             key = BUF_INIT(0);

		cite_key_make(a, &key);
		if (cases[i].key)
			assert_string_equal(buf_str(&key), cases[i].key);
		for (const char *p = buf_str(&key); *p; p++)
			assert_true(str_is_alpha((unsigned char)*p) ||
			            str_is_digit((unsigned char)*p) || strchr(".-:_", *p));
		buf_free(&key);
		sheaf_document_free(a);
	}
}

/* Reads entries as BibTeX does: a value ends where its braces do. */
static void check_entries(const char *p, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			assert_true(*p++ == '\n');
		assert_true(str_starts(p, "@misc{") || str_starts(p, "@article{"));
		p = strchr(p, ',');
		while (*p == ',') {
			long depth = 1;

			assert_true(str_starts(p, ",\n  "));
			p += 4;
			p += strspn(p, "abcdefghijklmnopqrstuvwxyzPC");
			if (str_starts(p, " = jan")) {
				p += 6;
				continue;
			}
			assert_true(str_starts(p, " = {"));
			for (p += 4; depth; p++) {
				assert_true(*p != 0 && *p != '\n');
				depth += *p == '{' ? 1 : *p == '}' ? -1 : 0;
			}
		}
		assert_true(str_starts(p, "\n}\n"));
		p += 3;
	}
	assert_int_equal(*p, 0);
}

static void hostile_papers_stay_in_their_entries(void **state)
{
	sheaf_document *a = hostile(), *b = usual();
	sheaf_item      items[] = {{.doc = a}, {.doc = b}};
	char           *text = written(SHEAF_FORMAT_BIBTEX, NULL, items, 2);

	(void)state;
	is_clean(text);
	check_entries(text, 2);
	has_not(text, "\\input");
	sheaf_free(text);
	sheaf_document_free(a);
	sheaf_document_free(b);
}

static void local_papers_have_no_eprint(void **state)
{
	sheaf_document *a = paper("cran.17", "T", NULL, NULL);
	sheaf_item      item = {.doc = a};

	(void)state;
	writes(SHEAF_FORMAT_BIBTEX, NULL, &item, 1, "@misc{anon-cran.17,\n  title = {{T}}\n}\n");
	sheaf_document_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(tex_stays_tex),
		cmocka_unit_test(special_characters_are_escaped),
		cmocka_unit_test(nothing_that_could_run_gets_through),
		cmocka_unit_test(any_value_is_whole),
		cmocka_unit_test(an_eprint),
		cmocka_unit_test(what_is_published_is_an_article),
		cmocka_unit_test(names_are_taken_apart),
		cmocka_unit_test(a_key_is_the_papers_own),
		cmocka_unit_test(keys_differ_without_regard_to_case),
		cmocka_unit_test(keys_are_plain),
		cmocka_unit_test(hostile_papers_stay_in_their_entries),
		cmocka_unit_test(local_papers_have_no_eprint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
