/* tex.h: what control sequences mean. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "tex.h"

static void accents_of_one_sign(void **state)
{
	(void)state;
	for (const char *p = "'`^\"~=."; *p; p++) {
		char        text[] = {'\\', *p, 'o', 0};
		tex_control c = tex_read(text, 3);

		assert_int_equal(c.kind, TEX_ACCENT);
		assert_int_equal(c.len, 2);
	}
}

static void other_signs_break(void **state)
{
	(void)state;
	for (int i = 0; i < 256; i++) {
		char        text[] = {'\\', (char)i, 'o'};
		tex_control c = tex_read(text, 3);

		if ((i >= 'a' && i <= 'z') || (i >= 'A' && i <= 'Z') ||
		    (i && strchr("'`^\"~=.", i)))
			continue;
		assert_int_equal(c.kind, TEX_BREAK);
		assert_int_equal(c.len, 2);
	}
}

/* Each word of each kind: an unsorted table would lose some. */
static void known_words(void **state)
{
	static const struct {
		tex_kind    kind;
		const char *names;
	} groups[] = {
		{TEX_SILENT,
	         "Bbb Large bar bf bm boldsymbol cal dot em emph ensuremath hat hbox it large mathbb mathbf "
	         "mathcal mathfrak mathit mathrm mathscr mathsf mathtt mbox operatorname overline rm "
	         "scriptsize sf sl small text textbf textit textrm textsc textsf textsl textsubscript "
	         "textsuperscript texttt tilde tt underline vec widehat widetilde"},
		{TEX_BREAK,
	         "Big Bigg P S approx begin big bigg bigl bigr cdot cdots cite displaystyle dots end frac ge "
	         "geq href in item label langle ldots le left leq mid newline noindent par pm prime qquad "
	         "quad rangle ref right rightarrow sim simeq times to url"},
		{TEX_ACCENT, "H b c d k r t u v"},
		{TEX_LETTERS, "AA AE DH DJ L O OE TH aa ae dh dj i j l o oe ss th"},
		{TEX_WORD, "alpha Omega foo oes ssx A z textb mathcall"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++) {
		const char *name = groups[i].names;

		while (*name) {
			size_t      len = strcspn(name, " ");
			char        text[64] = "\\";
			tex_control c;

			memcpy(text + 1, name, len);
			c = tex_read(text, len + 1);
			if (c.kind != groups[i].kind || c.len != len + 1)
				fail_msg("%s: kind %d, length %zu", text, (int)c.kind, c.len);
			name += len + (name[len] == ' ');
		}
	}
}

static void what_letters_print(void **state)
{
	static const struct {
		const char *text, *letters;
		size_t      len;
	} cases[] = {{"\\o", "o", 2},      {"\\ss ", "ss", 4}, {"\\AA ngstr", "a", 4},
	             {"\\ae{}", "ae", 3},  {"\\l\\'", "l", 2}, {"\\i", "i", 2},
	             {"\\th  x", "th", 4}, {"\\OE x", "oe", 4}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		tex_control c = tex_read(cases[i].text, strlen(cases[i].text));

		assert_int_equal(c.kind, TEX_LETTERS);
		assert_int_equal(c.len, cases[i].len);
		assert_int_equal(c.text_len, strlen(cases[i].letters));
		assert_memory_equal(c.text, cases[i].letters, c.text_len);
	}
}

static void words_keep_their_name_and_the_blank(void **state)
{
	tex_control c = tex_read("\\alpha x", 8);

	(void)state;
	assert_int_equal(c.kind, TEX_WORD);
	assert_int_equal(c.len, 6);
	assert_int_equal(c.text_len, 5);
	assert_memory_equal(c.text, "alpha", 5);
	assert_int_equal(tex_read("\\v s", 4).len, 3);
}

static void the_end_of_the_text(void **state)
{
	(void)state;
	assert_int_equal(tex_read("\\", 1).kind, TEX_BREAK);
	assert_int_equal(tex_read("\\", 1).len, 1);
	/* The bytes past the length would make another word. */
	assert_int_equal(tex_read("\\oe", 2).kind, TEX_LETTERS);
	assert_int_equal(tex_read("\\oe", 2).text_len, 1);
	assert_int_equal(tex_read("\\textsf", 5).kind, TEX_SILENT);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(accents_of_one_sign),
		cmocka_unit_test(other_signs_break),
		cmocka_unit_test(known_words),
		cmocka_unit_test(what_letters_print),
		cmocka_unit_test(words_keep_their_name_and_the_blank),
		cmocka_unit_test(the_end_of_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
