#include "tex_value.h"

#include <string.h>

#include "str.h"

/* Control words that print something or set a font, and do nothing else. Each between blanks. */
static const char harmless[] =
	" "
	"AA AE Bbb Big Bigg Bigl Bigr Box DH DJ Delta Diamond Gamma H Im L Lambda Leftarrow "
	"Leftrightarrow Longleftrightarrow Longrightarrow NG O OE Omega P Phi Pi Pr Psi Re "
	"Rightarrow S SS Sigma TH Theta Upsilon Vert Xi aa acute ae aleph alpha amalg angle "
	"approx arccos arcsin arctan arg ast asymp atop b backslash bar beta beth bf big "
	"bigcap bigcirc bigcup bigg biggl biggr bigl bigoplus bigotimes bigr bigsqcup "
	"bigstar bigvee bigwedge binom blacksquare bm bmod boldsymbol bot breve bullet c cal "
	"cap cdot cdotp cdots check checkmark chi choose circ clubsuit colon cong coprod "
	"copyright cos cosh cot csc cup d dag dagger dashv ddag ddagger ddot ddots deg "
	"degree delta det dfrac dh diamond diamondsuit dim displaystyle div dj dot doteq "
	"dots dotsb dotsc downarrow ell em emph emptyset ensuremath epsilon equiv eta exists "
	"exp flat forall frac frak gamma gcd ge geq geqslant gets gg gimel grave gtrapprox "
	"gtrsim hat hbar hbox heartsuit hom hookleftarrow hookrightarrow i iff iiint iint "
	"implies in inf infty int iota it j k kappa ker l lVert lambda land langle lbrace "
	"lbrack lceil ldots le left leftarrow leftrightarrow leq leqslant lessapprox lesssim "
	"lfloor lim liminf limits limsup ll ln lnot log longleftarrow longleftrightarrow "
	"longmapsto longrightarrow lor ltimes lvert mapsto mathbb mathbf mathcal mathfrak "
	"mathit mathop mathring mathrm mathscr mathsf mathtt max mbox mid min mod models mp "
	"mu nabla natural ne nearrow neg neq nexists ng ni nmid nolimits not notin nu o odot "
	"oe oint omega ominus operatorname oplus oslash otimes over overbrace overleftarrow "
	"overline overrightarrow overset parallel partial perp phi pi pm pmb pmod pounds "
	"prec preceq prime prod propto psi qquad quad r rVert rangle rbrace rbrack rceil "
	"rfloor rho right rightarrow rightharpoonup rightleftharpoons rightsquigarrow rm "
	"rtimes rvert sc scriptstyle searrow sec setminus sharp sigma sim simeq sin sinh sl "
	"spadesuit sqcap sqcup sqrt square ss stackrel star subset subseteq subsetneq "
	"substack succ succeq sum sup supset supseteq supsetneq t tan tanh tau tbinom text "
	"textasciicircum textasciitilde textbackslash textbar textbf textbraceleft "
	"textbraceright textcopyright textdegree textemdash textendash textgreater textit "
	"textless textmu textquotesingle textregistered textrm textsc textsf textsl "
	"textstyle textsubscript textsuperscript texttrademark texttt tfrac th theta "
	"thinspace tilde times to top triangle trianglelefteq triangleq tt twoheadrightarrow "
	"u underbrace underline underset uparrow uplus upsilon v varepsilon varnothing "
	"varphi varpi varrho varsigma vartheta vdash vdots vec vee vert wedge widehat "
	"widetilde wp wr xi xrightarrow zeta ";

/* What may follow a backslash, beside letters. */
#define HARMLESS_SIGNS "'`^\"~=.,;:!>/-|&%$#_{} "

typedef enum tex_math {
	MATH_NONE = 0,
	MATH_DOLLARS, /* between two dollar signs */
	MATH_BRACKETS /* between \( and \), which become dollar signs */
} tex_math;

typedef struct tex_text {
	buf        *out;
	const char *p; /* what is left */
	size_t      len;
	int         braces;  /* 1: they are balanced and stay */
	int         dollars; /* 1: they are paired and stay */
	tex_math    math;
} tex_text;

static int is_harmless(const char *word, size_t len)
{
	char name[32];

	if (len + 3 > sizeof name)
		return 0;
	name[0] = ' ';
	memcpy(name + 1, word, len);
	name[len + 1] = ' ';
	name[len + 2] = 0;
	return strstr(harmless, name) != NULL;
}

/* BibTeX counts every brace, a backslash before it or not. */
static int are_braces_balanced(const char *text, size_t len)
{
	long depth = 0;

	for (size_t i = 0; i < len && depth >= 0; i++)
		depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
	return depth == 0;
}

static int are_dollars_paired(const char *text, size_t len)
{
	size_t count = 0;

	for (size_t i = 0; i < len; i++) {
		if (text[i] == '\\')
			i++;
		else
			count += text[i] == '$';
	}
	return count % 2 == 0;
}

/* The sign by its name, which is another in math. */
static void put_named(tex_text *t, const char *in_text, const char *in_math)
{
	buf_putc(t->out, '\\');
	buf_puts(t->out, t->math ? in_math : in_text);
	buf_puts(t->out, "{}");
}

static void put_brace(tex_text *t, char brace)
{
	if (brace == '{')
		put_named(t, "textbraceleft", "lbrace");
	else
		put_named(t, "textbraceright", "rbrace");
}

/* Math in \( and \) that is closed again, soon, and has no dollar signs in it. */
static int opens_brackets(const tex_text *t)
{
	enum { MATH_MAX = 2000 };
	size_t most = t->len < MATH_MAX ? t->len : MATH_MAX;

	if (t->math)
		return 0;
	for (size_t i = 2; i + 1 < most && t->p[i] != '$'; i++) {
		if (t->p[i] != '\\')
			continue;
		if (t->p[i + 1] == ')')
			return 1;
		i++;
	}
	return 0;
}

/* 1 for a bracket of math, which is written as a dollar sign. */
static int put_bracket(tex_text *t, char sign)
{
	if (!(sign == '(' && opens_brackets(t)) && !(sign == ')' && t->math == MATH_BRACKETS))
		return 0;
	buf_putc(t->out, '$');
	t->math = sign == '(' ? MATH_BRACKETS : MATH_NONE;
	return 1;
}

/* A backslash and what belongs to it; answers its bytes. */
static size_t put_control(tex_text *t)
{
	const char *word = t->p + 1;
	size_t      n = 0;

	while (n + 1 < t->len && str_is_alpha((unsigned char)word[n]))
		n++;
	if (n ? is_harmless(word, n) : t->len > 1 && strchr(HARMLESS_SIGNS, *word) != NULL) {
		n = n ? n : 1;
		if ((*word == '{' || *word == '}') && !t->braces) {
			put_brace(t, *word);
		} else {
			buf_append(t->out, t->p, n + 1);
			/* An accent without its letter must not take what stands behind the value. */
			if (n + 1 == t->len && strchr("'`^\"~=.", *word))
				buf_puts(t->out, "{}");
		}
		return n + 1;
	}
	if (!n && t->len > 1 && put_bracket(t, *word))
		return 2;
	/* "\\" breaks a line, which a value does not do. */
	if (!n && t->len > 1 && *word == '\\') {
		buf_putc(t->out, ' ');
		return 2;
	}
	put_named(t, "textbackslash", "backslash");
	buf_append(t->out, word, n);
	return n + 1;
}

static void put_caret(tex_text *t)
{
	/* Two of them would write any character by its number. */
	if (!t->math)
		buf_puts(t->out, "\\^{}");
	else if (t->out->len && t->out->data[t->out->len - 1] != '^')
		buf_putc(t->out, '^');
}

static void put_dollar(tex_text *t)
{
	if (!t->dollars) {
		buf_puts(t->out, "\\$");
		return;
	}
	buf_putc(t->out, '$');
	t->math = t->math ? MATH_NONE : MATH_DOLLARS;
}

static void put_char(tex_text *t)
{
	char c = *t->p;

	switch (c) {
	case '$': put_dollar(t); return;
	case '^': put_caret(t); return;
	case '%':
	case '&':
	case '#':
		buf_putc(t->out, '\\');
		buf_putc(t->out, c);
		return;
	case '{':
	case '}':
		if (!t->braces) {
			put_brace(t, c);
			return;
		}
		break;
	case '_':
		if (!t->math)
			buf_putc(t->out, '\\');
		break;
	case '<':
	case '>':
	case '|':
		if (!t->math) {
			put_named(t,
			          c == '<'   ? "textless"
			          : c == '>' ? "textgreater"
			                     : "textbar",
			          "");
			return;
		}
		break;
	default: break;
	}
	buf_putc(t->out, c);
}

void tex_value(buf *out, const char *text, size_t len)
{
	tex_text t = {out, text, len, are_braces_balanced(text, len), are_dollars_paired(text, len),
	              0};

	while (t.len) {
		size_t n = 1;

		if (*t.p == '\\')
			n = put_control(&t);
		else
			put_char(&t);
		t.p += n;
		t.len -= n;
	}
}
