#include "words.h"

#include <string.h>

#include "fold.h"
#include "str.h"
#include "tex.h"
#include "utf8.h"

typedef struct splitter {
	const char       *text;
	size_t            len, at;
	words_mode        mode;
	const words_sink *sink;
	char              word[WORD_MAX + FOLD_MAX];
	size_t            word_len;
	size_t            begin, end;
	uint32_t          first; /* the only character so far where `chars` is 1 */
	size_t            chars;
} splitter;

static int flush(splitter *s)
{
	word        w = {s->word, s->word_len, s->begin, s->end};
	const char *name;
	int         stop;

	if (!s->word_len)
		return 0;
	if (s->chars == 1 && s->mode == WORDS_PROSE && (name = fold_greek_name(s->first))) {
		w.text = name;
		w.len = strlen(name);
	}
	stop = s->sink->word(s->sink->ctx, &w);
	s->word_len = 0;
	s->chars = 0;
	return stop;
}

static void append(splitter *s, const char *folded, size_t len, size_t begin, size_t end)
{
	if (!s->word_len)
		s->begin = begin;
	s->end = end;
	s->chars++;
	/* Past the cap the rest of the word is read and dropped. */
	if (s->word_len + len <= WORD_MAX) {
		memcpy(s->word + s->word_len, folded, len);
		s->word_len += len;
	}
}

/*
 * What may stand inside a word without dividing it: braces, dollars, and the signs of sub- and
 * superscripts.
 */
static int is_joiner(const splitter *s, char c)
{
	return c == '{' || c == '}' || c == '$' ||
	       ((c == '_' || c == '^') && s->mode == WORDS_PROSE);
}

/* "'s" at the end of a word, with either apostrophe; the bytes it takes, or 0. */
static size_t possessive(const splitter *s)
{
	const char *p = s->text + s->at;
	size_t      left = s->len - s->at, n;

	if (s->mode != WORDS_PROSE || !s->word_len)
		return 0;
	n = *p == '\'' ? 1 : left >= 3 && memcmp(p, "\xE2\x80\x99", 3) == 0 ? 3 : 0;
	if (!n || left <= n || str_lower(p[n]) != 's')
		return 0;
	n++;
	if (left > n && (str_is_alpha((unsigned char)p[n]) || str_is_digit((unsigned char)p[n]) ||
	                 (unsigned char)p[n] >= 0x80))
		return 0;
	return n;
}

static int control_sequence(splitter *s)
{
	tex_control c = tex_read(s->text + s->at, s->len - s->at);
	size_t      begin = s->at;
	char        folded[WORD_MAX];
	int         stop;

	s->at += c.len;
	switch (c.kind) {
	case TEX_ACCENT:
	case TEX_SILENT: return 0;
	case TEX_LETTERS: append(s, c.text, c.text_len, begin, s->at); return 0;
	case TEX_BREAK: return flush(s);
	case TEX_WORD: break;
	}
	stop = flush(s);
	if (stop)
		return stop;
	if (c.text_len > WORD_MAX)
		c.text_len = WORD_MAX;
	for (size_t i = 0; i < c.text_len; i++)
		folded[i] = str_lower(c.text[i]);
	append(s, folded, c.text_len, begin, s->at);
	s->chars = 2;
	/* \alpha_s is one symbol, \alpha x is two. */
	return s->at < s->len && (s->text[s->at] == '_' || s->text[s->at] == '^') ? 0 : flush(s);
}

static int wide(splitter *s)
{
	uint32_t   cp;
	char       folded[FOLD_MAX];
	size_t     len, begin = s->at, n = utf8_decode(s->text + s->at, s->len - s->at, &cp);
	char_class cls = fold_char(cp, folded, &len);
	int        stop;

	s->at += n;
	if (cls == CHAR_MARK) {
		if (s->word_len)
			s->end = s->at;
		return 0;
	}
	if (cls == CHAR_OTHER)
		return flush(s);
	stop = cls == CHAR_IDEOGRAPH ? flush(s) : 0;
	if (stop)
		return stop;
	if (!s->word_len && len >= 2)
		utf8_decode(folded, len, &s->first);
	append(s, folded, len, begin, s->at);
	return cls == CHAR_IDEOGRAPH ? flush(s) : 0;
}

static int narrow(splitter *s, unsigned char c)
{
	size_t n;
	int    stop;

	if (c == '\\')
		return control_sequence(s);
	if (is_joiner(s, (char)c)) {
		s->at++;
		return 0;
	}
	n = c == '\'' ? possessive(s) : 0;
	s->at += n ? n : 1;
	stop = flush(s);
	if (stop)
		return stop;
	return c == '\n' && s->mode == WORDS_NAMES && s->sink->line ? s->sink->line(s->sink->ctx)
	                                                            : 0;
}

int words_split(const char *text, size_t len, words_mode mode, const words_sink *sink)
{
	splitter s = {.text = text, .len = len, .mode = mode, .sink = sink};

	while (s.at < len) {
		unsigned char c = (unsigned char)text[s.at];
		int           stop;

		if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) {
			append(&s, text + s.at, 1, s.at, s.at + 1);
			s.at++;
			continue;
		}
		if (c >= 'A' && c <= 'Z') {
			char lower = (char)(c + 32);

			append(&s, &lower, 1, s.at, s.at + 1);
			s.at++;
			continue;
		}
		if (c < 0x80) {
			stop = narrow(&s, c);
		} else if (c == 0xE2 && possessive(&s)) {
			s.at += possessive(&s);
			stop = flush(&s);
		} else {
			stop = wide(&s);
		}
		if (stop)
			return stop;
	}
	return flush(&s);
}
