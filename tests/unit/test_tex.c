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
		    (i && strchr("'`^\"~=.-/@", i)))
			continue;
		assert_int_equal(c.kind, TEX_BREAK);
		assert_int_equal(c.len, 2);
	}
}

static void signs_that_print_nothing(void **state)
{
	(void)state;
	for (const char *p = "-/@"; *p; p++) {
		char        text[] = {'\\', *p, 'o', 0};
		tex_control c = tex_read(text, 3);

		assert_int_equal(c.kind, TEX_SILENT);
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
	         "Bbb Cal Huge LARGE Large MakeUppercase acute bar bf bfseries bm bold boldmath "
	         "boldsymbol breve cal check dddot ddot dot em emph enquote ensuremath fbox footnotesize "
	         "frak grave hat hbox huge it itshape large lowercase mathbb mathbbm mathbf mathbin "
	         "mathcal mathds mathfrak mathit mathnormal mathop mathord mathrel mathring mathrm "
	         "mathscr mathsf mathsfit mathtt mbox mdseries normalfont normalsize operatorname "
	         "overbrace overleftarrow overline overrightarrow pmb rm rmfamily sc scriptsize scshape "
	         "sf sffamily sl slshape small text textbf textit textmd textnormal textrm textsc textsf "
	         "textsl textsubscript textsuperscript texttt textup tilde tiny tt ttfamily underbar "
	         "underbrace underline uppercase upshape vec widecheck widehat widetilde"},
		{TEX_BREAK,
	         "Big Bigg Biggl Biggr Bigl Bigm Bigr Box Diamond Leftarrow Leftrightarrow "
	         "Longrightarrow P Rightarrow S Vert allowbreak amalg approx ast asymp backslash begin "
	         "big bigcap bigcup bigg biggl biggr bigl bigm bigoplus bigotimes bigr bigskip bigvee "
	         "bigwedge bot bullet cap cdot cdots centering choose circ cite citealt citeauthor citep "
	         "citet colon color cong copyright cup dag dagger ddag ddagger ddots diamond "
	         "displaylimits displaystyle div doteq dots dotsb dotsc downarrow emptyset end enspace "
	         "equiv exists flat footnote forall ge geq geqslant gets gg gsim gtrapprox gtrsim hfill "
	         "hookrightarrow hphantom hskip hspace iff iint implies in int item lVert label land "
	         "langle lbrace lbrack lceil ldots le left leftarrow leftrightarrow leq leqslant "
	         "lessapprox lesssim lfloor lhd limits linebreak ll longleftarrow longmapsto "
	         "longrightarrow lor lq lsim ltimes lvert mapsto mathchoice medskip mid middle models "
	         "nabla natural ne neq newline newpage ni nobreakspace noindent nolimits nolinebreak not "
	         "notin nparallel odot oint ominus oplus otimes over pagebreak par parallel partial perp "
	         "phantom pm prec preceq prime propto protect qquad quad rVert rangle rbrace rbrack "
	         "rceil ref rfloor rhd right rightarrow rq rtimes rvert scriptscriptstyle scriptstyle "
	         "setminus sharp sim simeq smallskip sqcap sqcup square star subset subseteq subsetneq "
	         "succ succeq supset supseteq textasciicircum textasciitilde textbackslash textemdash "
	         "textendash textquotedblleft textquotedblright textquoteleft textquoteright "
	         "textquotesingle textstyle thinspace times to top triangle trianglelefteq unicode unlhd "
	         "uparrow uplus url varnothing vdash vdots vee vert vfill vphantom vskip vspace wedge wr "
	         "xrightarrow"},
		{TEX_PAIR,
	         "binom cfrac dbinom dfrac frac href overset sideset stackrel tbinom textcolor tfrac "
	         "underset"},
		{TEX_ACCENT, "H b c d k r t u v"},
		{TEX_LETTERS,
	         "AA AE DH DJ L NG O OE TH aa ae dh dj i imath j jmath l ng o oe ss th"},
		{TEX_WORD,
	         "alpha Omega foo oes ssx A z textb mathcall ell infty varepsilon varkappa varphi varpi "
	         "varrho varsigma vartheta"},
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

static void what_words_are_called(void **state)
{
	static const char *const cases[][2] = {{"\\varepsilon", "epsilon"},
	                                       {"\\varphi", "phi"},
	                                       {"\\infty", "infinity"},
	                                       {"\\ell", "l"},
	                                       {"\\Gamma", "Gamma"}};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		tex_control c = tex_read(cases[i][0], strlen(cases[i][0]));

		assert_int_equal(c.kind, TEX_WORD);
		assert_int_equal(c.text_len, strlen(cases[i][1]));
		assert_memory_equal(c.text, cases[i][1], c.text_len);
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
	assert_int_equal(tex_read("\\rm s", 5).len, 4);
	assert_int_equal(tex_read("\\frac 1", 7).len, 5);
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
		cmocka_unit_test(signs_that_print_nothing),
		cmocka_unit_test(known_words),
		cmocka_unit_test(what_letters_print),
		cmocka_unit_test(what_words_are_called),
		cmocka_unit_test(words_keep_their_name_and_the_blank),
		cmocka_unit_test(the_end_of_the_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
