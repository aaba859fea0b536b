#include "words.h"

#include <stdint.h>
#include <string.h>

#include "bytes.h"
#include "fold.h"
#include "signs.h"
#include "str.h"
#include "tex.h"
#include "utf8.h"

#define INFINITY_SIGN 0x221Eu

typedef struct splitter {
	const char       *text;
	size_t            len, at;
	words_mode        mode;
	const words_sink *sink;
	char              word[WORD_MAX + FOLD_MAX]; /* past a word's, eight bytes may be written */
	size_t            word_len;
	size_t            begin, end;
	size_t            greek_end;  /* where the last letter of a Greek word ended */
	size_t            symbol_end; /* where the last Greek symbol ended */
	size_t number; /* 1 + where the number begins whose thousands are set apart; 0: none */
	size_t pairs;  /* \frac and the like whose first argument has not ended */
} splitter;

static int flush(splitter *s)
{
	word w = {s->word, s->word_len, s->begin, s->end};

	if (!s->word_len)
		return 0;
	s->word_len = 0;
	return s->sink->word(s->sink->ctx, &w);
}

static void append(splitter *s, const char *folded, size_t len, size_t begin, size_t end)
{
	if (!s->word_len)
		s->begin = begin;
	s->end = end;
	/* Past the cap the rest of the word is read and dropped. */
	if (s->word_len + len <= WORD_MAX) {
		memcpy(s->word + s->word_len, folded, len);
		s->word_len += len;
	}
}

static int in_prose(const splitter *s)
{
	return s->mode == WORDS_PROSE && s->word_len;
}

/* A word of its own that only a script goes on with: \alpha_s is one word, \alpha x is two. */
static int symbol(splitter *s, const char *name, size_t len, size_t begin, int goes_on)
{
	size_t at = s->at;
	int    stop = flush(s);

	if (stop)
		return stop;
	append(s, name, len, begin, s->at);
	while (at < s->len && s->text[at] == '}')
		at++;
	goes_on |= at < s->len && (s->text[at] == '_' || s->text[at] == '^');
	return goes_on ? 0 : flush(s);
}

static int control_word(splitter *s, const tex_control *c, size_t begin)
{
	char   folded[WORD_MAX];
	size_t len = c->text_len < WORD_MAX ? c->text_len : WORD_MAX;

	for (size_t i = 0; i < len; i++)
		folded[i] = str_lower(c->text[i]);
	return symbol(s, folded, len, begin, 0);
}

/* Two arguments begin, in braces or each one digit: \frac{a}{b}, \frac12. */
static int pair(splitter *s)
{
	const char *p = s->text + s->at;
	int         stop = flush(s);

	if (stop || s->len - s->at < 2 || !str_is_digit((unsigned char)p[0]) ||
	    !str_is_digit((unsigned char)p[1])) {
		s->pairs++;
		return stop;
	}
	append(s, p, 1, s->at, s->at + 1);
	s->at++;
	return flush(s);
}

static int control_sequence(splitter *s)
{
	tex_control c = tex_read(s->text + s->at, s->len - s->at);
	size_t      begin = s->at;

	s->at += c.len;
	switch (c.kind) {
	case TEX_ACCENT:
	case TEX_SILENT: return 0;
	case TEX_LETTERS: append(s, c.text, c.text_len, begin, s->at); return 0;
	case TEX_WORD: return control_word(s, &c, begin);
	case TEX_PAIR: return pair(s);
	case TEX_BREAK: break;
	}
	return flush(s);
}

/* How a Greek letter, folded to `text`, is called in prose; NULL: it is no Greek letter. */
static const char *greek_name(const splitter *s, const char *text, size_t len)
{
	uint32_t cp;

	if (len != 2 || s->mode != WORDS_PROSE)
		return NULL;
	utf8_decode(text, len, &cp);
	return fold_greek_name(cp);
}

static int greek_follows(const splitter *s)
{
	char     folded[FOLD_MAX];
	size_t   len;
	uint32_t cp;

	if (s->at >= s->len || (unsigned char)s->text[s->at] < 0x80)
		return 0;
	utf8_decode(s->text + s->at, s->len - s->at, &cp);
	fold_char(cp, folded, &len);
	return greek_name(s, folded, len) != NULL;
}

/*
 * Greek letters side by side are a Greek word; one alone, or behind what is not Greek, is a symbol.
 */
static int in_greek_word(const splitter *s, size_t begin)
{
	if (s->word_len)
		return s->greek_end == begin;
	return s->symbol_end != begin && greek_follows(s);
}

static int greek(splitter *s, const char *folded, size_t len, size_t begin)
{
	const char *left = s->text + s->at, *name = greek_name(s, folded, len);
	int         digit;

	if (in_greek_word(s, begin)) {
		append(s, folded, len, begin, s->at);
		s->greek_end = s->at;
		return 0;
	}
	digit = s->at < s->len &&
	        (str_is_digit((unsigned char)*left) || sign_low_digit(left, s->len - s->at) ||
	         sign_high_digit(left, s->len - s->at));
	s->symbol_end = s->at;
	return symbol(s, name, strlen(name), begin, digit);
}

static void combine(splitter *s, uint32_t cp)
{
	if (!s->word_len)
		return;
	if (s->greek_end == s->end)
		s->greek_end = s->at;
	s->end = s->at;
	fold_combine(s->word, s->word_len, cp);
}

static int ends_in_digit(const splitter *s)
{
	return s->word_len && str_is_digit((unsigned char)s->word[s->word_len - 1]);
}

static int wide(splitter *s)
{
	uint32_t   cp;
	char       folded[FOLD_MAX];
	size_t     len, begin = s->at, left = s->len - begin;
	size_t     n = in_prose(s) ? sign_possessive(s->text + begin, left) : 0;
	char_class cls;
	int        stop = 0;

	s->at += n ? n : utf8_decode(s->text + begin, left, &cp);
	if (n)
		return flush(s);
	cls = fold_char(cp, folded, &len);
	if (cls == CHAR_MARK) {
		combine(s, cp);
		return 0;
	}
	if (cp == INFINITY_SIGN && s->mode == WORDS_PROSE)
		return symbol(s, "infinity", 8, begin, 0);
	if (cls == CHAR_OTHER)
		return flush(s);
	if (greek_name(s, folded, len))
		return greek(s, folded, len, begin);
	/* 10 to the 5 is not 105. */
	if (cls == CHAR_IDEOGRAPH || (ends_in_digit(s) && sign_high_digit(s->text + begin, left)))
		stop = flush(s);
	if (stop)
		return stop;
	append(s, folded, len, begin, s->at);
	return cls == CHAR_IDEOGRAPH ? flush(s) : 0;
}

/* A subscript or superscript begins. */
static int script(splitter *s)
{
	int joins = in_prose(s) &&
	            sign_script_joins(s->text + s->at, s->len - s->at, s->word[s->word_len - 1]);

	s->at++;
	return joins ? 0 : flush(s);
}

/* "}" ends what is read; between two arguments it also ends the word. */
static int close_brace(splitter *s)
{
	s->at++;
	if (!s->pairs || s->at >= s->len || s->text[s->at] != '{')
		return 0;
	s->pairs--;
	return flush(s);
}

/* Digits alone, so far, that may be the front of a number with its thousands set apart. */
static int is_number(const splitter *s)
{
	if (s->word[0] == '0' || (s->word_len > 3 && s->number != s->begin + 1))
		return 0;
	for (size_t i = 0; i < s->word_len; i++)
		if (!str_is_digit((unsigned char)s->word[i]))
			return 0;
	return 1;
}

/*
 * Signs right behind a letter or digit that belong to the word; 1 where there was one, with what
 * the sink did in *stop.
 */
static int inner_sign(splitter *s, int *stop)
{
	const char *p = s->text + s->at;
	size_t      left = s->len - s->at, n;

	*stop = 0;
	if (!in_prose(s) || s->end != s->at)
		return 0;
	n = sign_thousands(p, left);
	if (n && is_number(s)) {
		s->at += n;
		s->number = s->begin + 1;
		return 1;
	}
	n = s->word_len == 1 && str_is_alpha((unsigned char)s->word[0]) ? sign_language(p, left)
	                                                                : 0;
	if (!n)
		return 0;
	s->at += n;
	append(s, p[n - 1] == '#' ? "#" : "++", p[n - 1] == '#' ? 1 : 2, s->begin, s->at);
	*stop = flush(s);
	return 1;
}

static int apostrophe(splitter *s)
{
	size_t n = in_prose(s) ? sign_possessive(s->text + s->at, s->len - s->at) : 0;

	s->at += n ? n : 1;
	return flush(s);
}

static int narrow(splitter *s, unsigned char c)
{
	int stop;

	switch (c) {
	case '\\': return inner_sign(s, &stop) ? stop : control_sequence(s);
	case '{':
		if (!inner_sign(s, &stop))
			s->at++;
		return stop;
	case '}': return close_brace(s);
	case '$': s->at++; return 0;
	case '_':
	case '^': return script(s);
	case '\'': return apostrophe(s);
	case ',':
	case '+':
	case '#':
		if (inner_sign(s, &stop))
			return stop;
		break;
	default: break;
	}
	s->at++;
	stop = flush(s);
	if (stop)
		return stop;
	return c == '\n' && s->mode == WORDS_NAMES && s->sink->line ? s->sink->line(s->sink->ctx)
	                                                            : 0;
}

/* ---- what most of a text is: ASCII letters and digits, and signs that only divide them ---- */

/* The bytes of `x`, none above 0x7F, that lie from `first` to `last`: their high bits. */
static uint64_t in_range(uint64_t x, unsigned first, unsigned last)
{
	return (x + BYTES_ALL(0x80 - first)) & ~(x + BYTES_ALL(0x7F - last)) & BYTES_HIGH;
}

/*
 * Letters and digits among eight bytes, by their high bits, and the bytes with capitals made small.
 */
static uint64_t plain_bytes(uint64_t bytes, uint64_t *folded)
{
	uint64_t low = bytes & ~BYTES_HIGH;
	uint64_t letters = in_range(low | BYTES_ALL(0x20), 'a', 'z') & ~bytes;

	*folded = bytes | letters >> 2;
	return letters | (in_range(low, '0', '9') & ~bytes);
}

/* Moves over the letters and digits from here on, a word or a part of one. */
static void take_run(splitter *s)
{
	const char *text = s->text;
	size_t      at = s->at, len = s->len, used = s->word_len, n;

	do {
		size_t   left = len - at;
		uint64_t folded, plain;

		n = left < 8 ? left : 8;
		plain = plain_bytes(bytes_load(text + at, n), &folded);
		if (plain != BYTES_HIGH)
			n = bytes_first(plain ^ BYTES_HIGH);
		bytes_store_8(s->word + used, folded);
		used += n;
		if (used > WORD_MAX)
			used = WORD_MAX;
		at += n;
	} while (n == 8);
	if (at == s->at)
		return;
	if (!s->word_len)
		s->begin = s->at;
	s->word_len = used;
	s->at = s->end = at;
}

/* 1 for signs that end a word whatever stands around them. */
static int divides(unsigned char c)
{
	static const unsigned char table[256] = {
		[' '] = 1, ['.'] = 1, ['-'] = 1, ['('] = 1, [')'] = 1, [';'] = 1, [':'] = 1,
		['/'] = 1, ['"'] = 1, ['='] = 1, ['?'] = 1, ['!'] = 1, ['~'] = 1, ['%'] = 1,
		['<'] = 1, ['>'] = 1, ['['] = 1, [']'] = 1, ['*'] = 1, ['&'] = 1, ['@'] = 1,
	};

	return table[c];
}

int words_split(const char *text, size_t len, words_mode mode, const words_sink *sink)
{
	splitter s = {.text = text, .len = len, .mode = mode, .sink = sink, .symbol_end = SIZE_MAX};

	while (s.at < len) {
		unsigned char c;
		int           stop;

		take_run(&s);
		if (s.at == len)
			break;
		c = (unsigned char)text[s.at];
		if (divides(c)) {
			while (++s.at < len && divides((unsigned char)text[s.at]))
				;
			stop = flush(&s);
		} else {
			stop = c < 0x80 ? narrow(&s, c) : wide(&s);
		}
		if (stop)
			return stop;
	}
	return flush(&s);
}
