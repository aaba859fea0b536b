#include "person_read.h"

#include <string.h>

#include "person_words.h"
#include "str.h"
#include "words.h"

typedef struct reader {
	person_name *p;
	const char  *text;
	size_t       used, depth;
} reader;

static const struct {
	const char *bytes;
	unsigned    gap;
} wide_signs[] = {
	{"\xE2\x80\x90", PERSON_HYPHEN},     {"\xE2\x80\x91", PERSON_HYPHEN},
	{"\xE2\x80\x92", PERSON_HYPHEN},     {"\xE2\x80\x93", PERSON_HYPHEN},
	{"\xE2\x88\x92", PERSON_HYPHEN},     {"\xE2\x80\x98", PERSON_APOSTROPHE},
	{"\xE2\x80\x99", PERSON_APOSTROPHE}, {"\xC2\xB4", PERSON_APOSTROPHE},
};

static unsigned wide_sign(const char *s, size_t left)
{
	for (size_t i = 0; i < sizeof wide_signs / sizeof *wide_signs; i++) {
		size_t n = strlen(wide_signs[i].bytes);

		if (n <= left && memcmp(s, wide_signs[i].bytes, n) == 0)
			return wide_signs[i].gap;
	}
	return 0;
}

static unsigned sign_at(const char *s, size_t left)
{
	switch (*s) {
	case '.': return PERSON_DOT;
	case '-': return PERSON_HYPHEN;
	case ',': return PERSON_COMMA;
	case '_': return PERSON_LINE;
	case '\'':
	case '`': return PERSON_APOSTROPHE;
	case ';':
	case ':':
	case '&':
	case '/':
	case '|': return PERSON_OTHER;
	default: return (unsigned char)*s < 0x80 ? 0 : wide_sign(s, left);
	}
}

/* What stands in `len` bytes between two words; brackets move the reader's depth. */
static unsigned read_gap(reader *r, const char *s, size_t len)
{
	unsigned gap = 0;
	int      blank = 0;

	for (size_t i = 0; i < len; i++) {
		gap |= sign_at(s + i, len - i);
		blank |= str_is_space((unsigned char)s[i]);
		if (s[i] == '(' || s[i] == '[')
			r->depth++;
		else if ((s[i] == ')' || s[i] == ']') && r->depth)
			r->depth--;
	}
	if (gap & PERSON_APOSTROPHE && (blank || gap != PERSON_APOSTROPHE))
		gap &= ~(unsigned)PERSON_APOSTROPHE;
	return gap;
}

/* 1 where the letters of the source are ASCII capitals, as far as they are ASCII; at least two. */
static int is_capitals(const char *s, size_t len)
{
	size_t capitals = 0;

	for (size_t i = 0; i < len; i++) {
		if (s[i] >= 'a' && s[i] <= 'z')
			return 0;
		capitals += s[i] >= 'A' && s[i] <= 'Z';
	}
	return capitals > 1;
}

static int add_word(void *ctx, const word *w)
{
	reader      *r = ctx;
	person_name *p = r->p;
	person_word *last = p->word_count ? &p->words[p->word_count - 1] : NULL, *now;
	size_t       from = last ? last->end : 0;
	unsigned     gap;

	if (p->word_count == PERSON_WORDS_MAX || r->used + w->len > sizeof p->bytes) {
		p->overflow = 1;
		return 1;
	}
	gap = w->begin > from + 1 || (w->begin > from && r->text[from] != ' ')
	              ? read_gap(r, r->text + from, w->begin - from)
	              : 0;
	if (last)
		last->gap = gap;
	now = &p->words[p->word_count++];
	*now = (person_word){.at = r->used, .len = w->len, .begin = w->begin, .end = w->end};
	now->roles = person_word_roles(w->text, w->len);
	now->capitals = is_capitals(r->text + w->begin, w->end - w->begin) != 0;
	now->lower = r->text[w->begin] >= 'a' && r->text[w->begin] <= 'z';
	now->aside = r->depth > 0;
	memcpy(p->bytes + r->used, w->text, w->len);
	r->used += w->len;
	return 0;
}

void person_read(person_name *p, const char *text, size_t len)
{
	reader       r = {p, text, 0, 0};
	words_sink   sink = {&r, add_word, NULL};
	person_word *last;

	words_split(text, len, WORDS_NAMES, &sink);
	if (!p->word_count || p->overflow)
		return;
	last = &p->words[p->word_count - 1];
	last->gap = len > last->end ? read_gap(&r, text + last->end, len - last->end) : 0;
}
