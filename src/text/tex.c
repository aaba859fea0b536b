#include "tex.h"

#include <string.h>

#include "str.h"

typedef struct tex_name {
	const char *name;
	tex_kind    kind;
	const char *letters;
} tex_name;

/*
 * Control words that are not words themselves, sorted by strcmp(). All others stand for their name.
 */
static const tex_name names[] = {
	{"AA", TEX_LETTERS, "a"},
	{"AE", TEX_LETTERS, "ae"},
	{"Bbb", TEX_SILENT, 0},
	{"Big", TEX_BREAK, 0},
	{"Bigg", TEX_BREAK, 0},
	{"DH", TEX_LETTERS, "d"},
	{"DJ", TEX_LETTERS, "d"},
	{"H", TEX_ACCENT, 0},
	{"L", TEX_LETTERS, "l"},
	{"Large", TEX_SILENT, 0},
	{"O", TEX_LETTERS, "o"},
	{"OE", TEX_LETTERS, "oe"},
	{"P", TEX_BREAK, 0},
	{"S", TEX_BREAK, 0},
	{"TH", TEX_LETTERS, "th"},
	{"aa", TEX_LETTERS, "a"},
	{"ae", TEX_LETTERS, "ae"},
	{"approx", TEX_BREAK, 0},
	{"b", TEX_ACCENT, 0},
	{"bar", TEX_SILENT, 0},
	{"begin", TEX_BREAK, 0},
	{"bf", TEX_SILENT, 0},
	{"big", TEX_BREAK, 0},
	{"bigg", TEX_BREAK, 0},
	{"bigl", TEX_BREAK, 0},
	{"bigr", TEX_BREAK, 0},
	{"bm", TEX_SILENT, 0},
	{"boldsymbol", TEX_SILENT, 0},
	{"c", TEX_ACCENT, 0},
	{"cal", TEX_SILENT, 0},
	{"cdot", TEX_BREAK, 0},
	{"cdots", TEX_BREAK, 0},
	{"cite", TEX_BREAK, 0},
	{"d", TEX_ACCENT, 0},
	{"dh", TEX_LETTERS, "d"},
	{"displaystyle", TEX_BREAK, 0},
	{"dj", TEX_LETTERS, "d"},
	{"dot", TEX_SILENT, 0},
	{"dots", TEX_BREAK, 0},
	{"em", TEX_SILENT, 0},
	{"emph", TEX_SILENT, 0},
	{"end", TEX_BREAK, 0},
	{"ensuremath", TEX_SILENT, 0},
	{"frac", TEX_BREAK, 0},
	{"ge", TEX_BREAK, 0},
	{"geq", TEX_BREAK, 0},
	{"hat", TEX_SILENT, 0},
	{"hbox", TEX_SILENT, 0},
	{"href", TEX_BREAK, 0},
	{"i", TEX_LETTERS, "i"},
	{"in", TEX_BREAK, 0},
	{"it", TEX_SILENT, 0},
	{"item", TEX_BREAK, 0},
	{"j", TEX_LETTERS, "j"},
	{"k", TEX_ACCENT, 0},
	{"l", TEX_LETTERS, "l"},
	{"label", TEX_BREAK, 0},
	{"langle", TEX_BREAK, 0},
	{"large", TEX_SILENT, 0},
	{"ldots", TEX_BREAK, 0},
	{"le", TEX_BREAK, 0},
	{"left", TEX_BREAK, 0},
	{"leq", TEX_BREAK, 0},
	{"mathbb", TEX_SILENT, 0},
	{"mathbf", TEX_SILENT, 0},
	{"mathcal", TEX_SILENT, 0},
	{"mathfrak", TEX_SILENT, 0},
	{"mathit", TEX_SILENT, 0},
	{"mathrm", TEX_SILENT, 0},
	{"mathscr", TEX_SILENT, 0},
	{"mathsf", TEX_SILENT, 0},
	{"mathtt", TEX_SILENT, 0},
	{"mbox", TEX_SILENT, 0},
	{"mid", TEX_BREAK, 0},
	{"newline", TEX_BREAK, 0},
	{"noindent", TEX_BREAK, 0},
	{"o", TEX_LETTERS, "o"},
	{"oe", TEX_LETTERS, "oe"},
	{"operatorname", TEX_SILENT, 0},
	{"overline", TEX_SILENT, 0},
	{"par", TEX_BREAK, 0},
	{"pm", TEX_BREAK, 0},
	{"prime", TEX_BREAK, 0},
	{"qquad", TEX_BREAK, 0},
	{"quad", TEX_BREAK, 0},
	{"r", TEX_ACCENT, 0},
	{"rangle", TEX_BREAK, 0},
	{"ref", TEX_BREAK, 0},
	{"right", TEX_BREAK, 0},
	{"rightarrow", TEX_BREAK, 0},
	{"rm", TEX_SILENT, 0},
	{"scriptsize", TEX_SILENT, 0},
	{"sf", TEX_SILENT, 0},
	{"sim", TEX_BREAK, 0},
	{"simeq", TEX_BREAK, 0},
	{"sl", TEX_SILENT, 0},
	{"small", TEX_SILENT, 0},
	{"ss", TEX_LETTERS, "ss"},
	{"t", TEX_ACCENT, 0},
	{"text", TEX_SILENT, 0},
	{"textbf", TEX_SILENT, 0},
	{"textit", TEX_SILENT, 0},
	{"textrm", TEX_SILENT, 0},
	{"textsc", TEX_SILENT, 0},
	{"textsf", TEX_SILENT, 0},
	{"textsl", TEX_SILENT, 0},
	{"textsubscript", TEX_SILENT, 0},
	{"textsuperscript", TEX_SILENT, 0},
	{"texttt", TEX_SILENT, 0},
	{"th", TEX_LETTERS, "th"},
	{"tilde", TEX_SILENT, 0},
	{"times", TEX_BREAK, 0},
	{"to", TEX_BREAK, 0},
	{"tt", TEX_SILENT, 0},
	{"u", TEX_ACCENT, 0},
	{"underline", TEX_SILENT, 0},
	{"url", TEX_BREAK, 0},
	{"v", TEX_ACCENT, 0},
	{"vec", TEX_SILENT, 0},
	{"widehat", TEX_SILENT, 0},
	{"widetilde", TEX_SILENT, 0},
};

static const tex_name *find(const char *word, size_t len)
{
	size_t low = 0, high = sizeof names / sizeof *names;

	while (low < high) {
		size_t mid = (low + high) / 2;
		int    order = strncmp(names[mid].name, word, len);

		if (!order && names[mid].name[len])
			order = 1;
		if (!order)
			return &names[mid];
		if (order < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return NULL;
}

tex_control tex_read(const char *s, size_t len)
{
	tex_control     c = {TEX_BREAK, 1, NULL, 0};
	const tex_name *known;
	size_t          n = 1;

	while (n < len && str_is_alpha((unsigned char)s[n]))
		n++;
	if (n == 1) {
		if (len > 1) {
			c.len = 2;
			if (s[1] && strchr("'`^\"~=.", s[1]))
				c.kind = TEX_ACCENT;
		}
		return c;
	}
	c.text = s + 1;
	c.text_len = n - 1;
	known = find(c.text, c.text_len);
	c.kind = known ? known->kind : TEX_WORD;
	if (known && known->letters) {
		c.text = known->letters;
		c.text_len = strlen(c.text);
	}
	/* "\v s" and "\o re" go on after the blank; a blank after others divides words anyway. */
	if ((c.kind == TEX_ACCENT || c.kind == TEX_LETTERS) && n < len && s[n] == ' ')
		n++;
	c.len = n;
	return c;
}
