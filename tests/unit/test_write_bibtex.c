/* write_bibtex.c, cite_key.c and tex_value.c, read again as BibTeX reads. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

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
	       "@misc{moor2026loops,\n"
	       "  title = {{Loops in nets}},\n"
	       "  author = {Moor, Ada and Ruiz, Ben and Tan, Cleo and Ek, Dov},\n"
	       "  year = {2026},\n"
	       "  eprint = {2601.22876},\n"
	       "  archivePrefix = {arXiv},\n"
	       "  primaryClass = {cs.NE},\n"
	       "  url = {https://arxiv.org/abs/2601.22876v2}\n"
	       "}\n");
	writes(SHEAF_FORMAT_BIBTEX, NULL, NULL, 0, "");
	sheaf_document_free(a);
}

static void what_is_published_is_an_article(void **state)
{
	static const struct {
		const char *journal, *doi, *type, *year;
	} cases[] = {
		{"Phys. Rev. Q 76, 2013 (2007)", NULL, "@article{", "year = {2007}"},
		{"J. Lamps 1999, 2027, 14", "10.1/a_(b)", "@article{", "year = {2027}"},
		{"J. Lamps 12, 1950-1999", NULL, "@article{", "year = {2026}"},
		{NULL, "10.1/a", "@article{", "year = {2026}"},
		{NULL, "10.48550/arXiv.2601.00001", "@misc{", "year = {2026}"},
		{NULL, NULL, "@misc{", "year = {2026}"},
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
		has(text, cases[i].year);
		if (cases[i].journal)
			has(text, cases[i].journal);
		if (i == 1)
			has(text, "  doi = {10.1/a_(b)},\n");
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

/* The bytes of the key that begins at or after *p; NULL: there is none. */
static char *next_key(const char **p, size_t *len)
{
	const char *at = strchr(*p, '@'), *open = at ? strchr(at, '{') : NULL;
	char       *key = NULL;

	if (open) {
		*len = strcspn(open + 1, ",");
		key = (char *)(open + 1);
		*p = key + *len;
	}
	return key;
}

static void keys_differ(void **state)
{
	static const char *const expected[] = {"moor2026loops", "moor2026loopsa", "moor2026loopsb",
	                                       "moor2026loopsaa"};
	enum { PAPERS = 60 };
	sheaf_document *docs[PAPERS];
	sheaf_item      items[PAPERS];
	char           *text;
	const char     *p, *keys[PAPERS];
	size_t          lens[PAPERS];

	(void)state;
	memset(items, 0, sizeof items);
	for (int i = 0; i < PAPERS; i++) {
		/* A title that has the key of another with its letter. */
		docs[i] = paper("2601.00001", i == 3 ? "Loopsa" : "The Loops", NULL, "Ada Moor");
		items[i].doc = docs[i];
	}
	p = text = written(SHEAF_FORMAT_BIBTEX, NULL, items, PAPERS);
	for (int i = 0; i < PAPERS; i++) {
		keys[i] = next_key(&p, &lens[i]);
		assert_non_null(keys[i]);
		for (int j = 0; j < i; j++)
			assert_false(lens[i] == lens[j] && memcmp(keys[i], keys[j], lens[i]) == 0);
		if (i < (int)(sizeof expected / sizeof *expected)) {
			assert_int_equal(lens[i], strlen(expected[i]));
			assert_memory_equal(keys[i], expected[i], lens[i]);
		}
	}
	sheaf_free(text);
	for (int i = 0; i < PAPERS; i++)
		sheaf_document_free(docs[i]);
}

static void keys_are_plain(void **state)
{
	static const struct {
		const char *author, *title, *key;
	} cases[] = {
		{"\xC3\x89milie D\xC3\xBCrer-Li", "A $\\alpha$ decay", "{durerli2026alpha,"},
		{"Lara del Monte", "3D shapes", "{delmonte2026"},
		{"\xE6\x9D\x8E \xE6\x98\x8E", "\xE7\xA5\x9E\xE7\xBB\x8F", "{anon2026,"},
		{NULL, "The the", "{anon2026,"},
		{"Al'x, O", "Of #{things}", "{"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document *a = paper("2601.00001", cases[i].title, NULL, cases[i].author);
		sheaf_item      item = {.doc = a};
		char           *text = written(SHEAF_FORMAT_BIBTEX, NULL, &item, 1);
		const char     *p = text;
		size_t          len = 0;
		const char     *key = next_key(&p, &len);

		has(text, cases[i].key);
		for (size_t j = 0; j < len; j++)
			assert_true(str_is_alpha((unsigned char)key[j]) ||
			            str_is_digit((unsigned char)key[j]));
		sheaf_free(text);
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
	sheaf_item      items[] = {{.doc = a}, {.doc = b}, {.doc = a}};
	char           *text = written(SHEAF_FORMAT_BIBTEX, NULL, items, 3);

	(void)state;
	is_clean(text);
	check_entries(text, 3);
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
	writes(SHEAF_FORMAT_BIBTEX, NULL, &item, 1, "@misc{anont,\n  title = {{T}}\n}\n");
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
		cmocka_unit_test(keys_differ),
		cmocka_unit_test(keys_are_plain),
		cmocka_unit_test(hostile_papers_stay_in_their_entries),
		cmocka_unit_test(local_papers_have_no_eprint),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
