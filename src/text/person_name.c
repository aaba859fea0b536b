#include "person_name.h"

#include <string.h>

#include "person_read.h"
#include "person_words.h"
#include "str.h"
#include "utf8.h"

size_t person_initial(const char *text, size_t len)
{
	uint32_t cp;

	return len ? utf8_decode(text, len, &cp) : 0;
}

static int is_single(const person_name *p, size_t i)
{
	const person_word *w = &p->words[i];

	return person_initial(p->bytes + w->at, w->len) == w->len;
}

static int is_in(const person_name *p, size_t i, unsigned role)
{
	return (p->words[i].roles & role) != 0;
}

/* ---- which words are what ---- */

/* The words that matter, [first, end) of the name, and where the two halves of it are. */
typedef struct parts {
	size_t first, end; /* without titles, suffixes, and what is in brackets at the end */
	size_t family, family_end, core; /* words of the family name; core: behind its particles */
	size_t given, given_end;
} parts;

static person_span span(const person_name *p, size_t first, size_t end)
{
	person_span s = {NULL, 0, first, end - first};

	if (end <= first)
		return (person_span){NULL, 0, first, 0};
	s.text = p->bytes + p->words[first].at;
	s.len = p->words[end - 1].at + p->words[end - 1].len - p->words[first].at;
	if (s.len > PERSON_KEY_MAX)
		s.len = utf8_floor(s.text, PERSON_KEY_MAX);
	return s;
}

/* 1 where word `i` and the one before are one name in two words: "Smith-Jones", "O'Brien". */
static int is_tied(const person_name *p, size_t i)
{
	const person_word *w = &p->words[i];

	return (w[-1].gap & (PERSON_HYPHEN | PERSON_APOSTROPHE)) && w[-1].aside == w->aside;
}

static int is_word(const person_name *p, size_t i, const char *text)
{
	const person_word *w = &p->words[i];

	return w->len == strlen(text) && memcmp(p->bytes + w->at, text, w->len) == 0;
}

/* "d'", "l'" are particles only with their apostrophe, "'t" only behind another one. */
static int is_particle(const person_name *p, size_t i)
{
	if (is_in(p, i, PERSON_PARTICLE))
		return 1;
	if (p->words[i].gap & PERSON_APOSTROPHE && is_in(p, i, PERSON_ELISION))
		return 1;
	return i && is_word(p, i, "t") && is_in(p, i - 1, PERSON_PARTICLE);
}

static size_t skip_particles(const person_name *p, size_t i, size_t end)
{
	while (i + 1 < end && is_particle(p, i))
		i++;
	return i;
}

/* Particles that begin a name are given names in other languages ("Di Wang"), unless small. */
static int is_leading_particle(const person_name *p, size_t i)
{
	if (!is_particle(p, i))
		return 0;
	return !is_in(p, i, PERSON_GIVEN_TOO) || (p->words[i].lower && !p->words[i + 1].lower);
}

/* The family name last: its group of tied words, and the particles before. */
static void family_last(const person_name *p, parts *x)
{
	size_t at = x->end - 1;

	while (at > x->first && is_tied(p, at) && !p->words[at - 1].aside)
		at--;
	x->core = skip_particles(p, at, x->end);
	while (at > x->first + 1 && is_particle(p, at - 1) &&
	       (!is_tied(p, at - 1) || is_particle(p, at - 2)))
		at--;
	if (at == x->first + 1 && (at < x->core || is_leading_particle(p, x->first)) &&
	    is_particle(p, x->first))
		at = x->first;
	x->family = at;
	x->family_end = x->end;
	x->given = x->first;
	x->given_end = at;
}

/* Where the initials begin that stand behind a family name. */
static size_t initials_behind(const person_name *p, const parts *x)
{
	size_t at = x->end;

	while (at > x->first + 1 && is_single(p, at - 1))
		at--;
	return at;
}

/* The family name first: particles, and one group of tied words. */
static void family_first(const person_name *p, parts *x)
{
	size_t at, end = initials_behind(p, x);

	x->family = x->first;
	x->core = skip_particles(p, x->first, end);
	at = x->core + 1;
	while (at < end && is_tied(p, at))
		at++;
	x->family_end = x->given = at;
	x->given_end = x->end;
}

static int all_in(const person_name *p, size_t first, size_t end, unsigned role)
{
	for (size_t i = first; i < end; i++)
		if (!is_in(p, i, role))
			return 0;
	return first < end;
}

/* Takes away brackets and "et al." at the end, titles in front. */
static void trim(const person_name *p, parts *x)
{
	while (x->end > x->first + 1 && p->words[x->end - 1].aside)
		x->end--;
	if (x->end > x->first + 2 && is_word(p, x->end - 1, "al") && is_word(p, x->end - 2, "et"))
		x->end -= 2;
	while (x->end > x->first + 2 && is_in(p, x->first, PERSON_TITLE))
		x->first++;
}

static size_t segment_end(const person_name *p, size_t at, size_t end)
{
	while (at < end && !(p->words[at].gap & PERSON_COMMA))
		at++;
	return at < end ? at + 1 : end;
}

static size_t without_suffixes(const person_name *p, size_t first, size_t end)
{
	while (end > first + 1 && is_in(p, end - 1, PERSON_SUFFIX))
		end--;
	return end;
}

/*
 * "Family, Given": 1 where a comma divides it so, whatever suffixes stand where; 0 where there is
 * one part;
 * -1 where it is a list of something.
 */
static int by_comma(const person_name *p, parts *x)
{
	size_t begin[2] = {0}, end[2] = {0}, count = 0;

	for (size_t at = x->first, next; at < x->end; at = next) {
		next = segment_end(p, at, x->end);
		if (count && all_in(p, at, next, PERSON_SUFFIX))
			continue;
		if (count == 2)
			return -1;
		begin[count] = at;
		end[count++] = without_suffixes(p, at, next);
	}
	if (count < 2) {
		x->end = end[0];
		return 0;
	}
	x->family = begin[0];
	x->family_end = end[0];
	x->core = skip_particles(p, x->family, x->family_end);
	x->given = begin[1];
	x->given_end = end[1];
	return 1;
}

/* "family_i", "del_monte_l", "family_given", and arXiv's "family_i_1". 1 where it is one. */
static int by_line(const person_name *p, parts *x)
{
	size_t at = x->first;

	while (at < x->end && !(p->words[at].gap & PERSON_LINE))
		at++;
	if (at + 1 >= x->end)
		return 0;
	if (x->end > x->first + 2 && str_is_digit((unsigned char)p->bytes[p->words[x->end - 1].at]))
		x->end--;
	family_first(p, x);
	at = initials_behind(p, x);
	if (at < x->end)
		x->family_end = x->given = at;
	return 1;
}

static int is_short_ascii(const person_name *p, size_t i)
{
	const person_word *w = &p->words[i];

	for (size_t k = 0; k < w->len; k++)
		if (!str_is_alpha((unsigned char)p->bytes[w->at + k]))
			return 0;
	return w->len == 2 || w->len == 3;
}

static int has_vowel(const person_name *p, size_t i, size_t from)
{
	const person_word *w = &p->words[i];

	for (size_t k = from; k < w->len; k++)
		if (strchr("aeiouy", p->bytes[w->at + k]))
			return 1;
	return 0;
}

/* Two capitals ("JP", "AB"), or three that can hardly be spoken ("CNR", not "LEE"). */
static int looks_like_initials(const person_name *p, size_t i)
{
	return is_short_ascii(p, i) && (p->words[i].len == 2 || !has_vowel(p, i, 1));
}

/* The words in capitals in front, where one of them is a family name; else the first word. */
static size_t capitals_run(const person_name *p, const parts *x)
{
	size_t at = x->first;
	int    name = 0;

	while (at < x->end && p->words[at].capitals &&
	       (is_particle(p, at) || !looks_like_initials(p, at)))
		name |= !is_particle(p, at++);
	return name ? at : x->first;
}

/* Without a sign that tells: initials or what is not in capitals come behind a family name. */
static int by_look(const person_name *p, parts *x)
{
	size_t capitals = capitals_run(p, x);

	if (capitals > x->first && capitals < x->end && !p->words[x->end - 1].capitals &&
	    !is_single(p, x->end - 1)) {
		family_first(p, x);
		if (capitals > x->family_end)
			x->family_end = x->given = capitals;
		return 1;
	}
	if (x->end < x->first + 2 || !is_single(p, x->end - 1) ||
	    (is_single(p, x->first) && !(p->words[x->first].gap & PERSON_APOSTROPHE))) {
		family_last(p, x);
		return 0;
	}
	family_first(p, x);
	return 1;
}

/* ---- given names ---- */

/* `len` bytes at `text` of the words `s`. */
static void add_given(person_name *p, person_span s, const char *text, size_t len, int initial,
                      int as_printed)
{
	if (p->given_count == PERSON_GIVEN_MAX)
		return;
	p->given[p->given_count++] = (person_given){s, text, len, initial, as_printed};
}

/* "JP": initials without dots, as capitals tell, or that no word is written so. */
static int is_run_of_initials(const person_name *p, size_t i, int shouted)
{
	if (!looks_like_initials(p, i))
		return 0;
	return (p->words[i].capitals && !shouted) || (p->words[i].len == 2 && !has_vowel(p, i, 0));
}

/* "Yu." and "Chr." abbreviate; "Md" always does. */
static int is_abbreviation(const person_name *p, size_t i)
{
	if (is_in(p, i, PERSON_ABBREVIATION))
		return 1;
	return (p->words[i].gap & PERSON_DOT) && is_short_ascii(p, i);
}

/* Adds the given names that the tied words [i, end) stand for. */
static void add_group(person_name *p, size_t i, size_t end, int shouted)
{
	for (size_t next; i < end; i = next) {
		person_span s = span(p, i, i + 1);
		size_t      first = person_initial(s.text, s.len);

		next = i + 1;
		while (next < end && p->words[next - 1].gap & PERSON_APOSTROPHE)
			next++;
		if (next > i + 1) {
			s = span(p, i, next);
			add_given(p, s, s.text, s.len, 0, 0);
		} else if (is_single(p, i)) {
			add_given(p, s, s.text, s.len, 1, 1);
		} else if (is_abbreviation(p, i)) {
			add_given(p, s, s.text, first, 1, 0);
		} else if (is_run_of_initials(p, i, shouted)) {
			for (size_t k = 0; k < s.len; k++)
				add_given(p, s, s.text + k, 1, 1, 0);
		} else {
			add_given(p, s, s.text, s.len, 0, s.len == p->words[i].len);
		}
	}
}

/* "Xiao-Ming" is written "Xiaoming", too; initials are not joined. */
static void join_first(person_name *p, size_t first, size_t end)
{
	int hyphens = 0;

	for (size_t i = first; i < end; i++) {
		if (is_single(p, i) || is_abbreviation(p, i))
			return;
		hyphens |= i + 1 < end && p->words[i].gap & PERSON_HYPHEN;
	}
	if (hyphens)
		p->joined = span(p, first, end);
}

static void add_givens(person_name *p, const parts *x)
{
	int shouted = 1;

	for (size_t i = x->first; i < x->end; i++)
		shouted &= p->words[i].capitals || is_single(p, i);
	for (size_t i = x->given, next; i < x->given_end; i = next) {
		next = i + 1;
		if (p->words[i].aside)
			continue;
		while (next < x->given_end && is_tied(p, next))
			next++;
		if (!p->given_count)
			join_first(p, i, next);
		add_group(p, i, next, shouted);
	}
}

/* ---- all of it ---- */

static int is_aligned(const person_name *p, const parts *x)
{
	if (p->inverted || x->family != x->given_end || x->first)
		return 0;
	for (size_t i = 0; i < p->given_count; i++)
		if (p->given[i].span.word != i || p->given[i].span.count != 1)
			return 0;
	return p->given_count == x->family || p->given_count == PERSON_GIVEN_MAX;
}

static int is_group(const person_name *p)
{
	for (size_t i = 0; i < p->word_count; i++)
		if (is_in(p, i, PERSON_GROUP))
			return 1;
	return 0;
}

static int is_list(const person_name *p)
{
	for (size_t i = 0; i + 1 < p->word_count; i++)
		if (p->words[i].gap & PERSON_OTHER || (i && is_word(p, i, "and")))
			return 1;
	return 0;
}

/* Han and kana come as words of one character each, and names in them are found as words. */
static int is_ideographic(const person_name *p)
{
	uint32_t cp;

	utf8_decode(p->bytes, p->words[0].len, &cp);
	return cp >= 0x3040;
}

void person_name_parse(person_name *p, const char *text, size_t len)
{
	parts x = {0};
	int   comma;

	p->word_count = p->given_count = 0;
	p->overflow = p->group = p->inverted = p->aligned = 0;
	p->kind = PERSON_NONE;
	p->family = p->core = p->joined = (person_span){NULL, 0, 0, 0};
	person_read(p, text, len);
	if (!p->word_count || p->overflow || is_list(p) || is_ideographic(p))
		return;
	p->group = is_group(p);
	if (p->group)
		return;
	x.end = p->word_count;
	trim(p, &x);
	comma = by_comma(p, &x);
	if (comma < 0)
		return;
	p->inverted = comma || by_line(p, &x) || by_look(p, &x);
	p->family = span(p, x.family, x.family_end);
	if (x.core > x.family)
		p->core = span(p, x.core, x.family_end);
	add_givens(p, &x);
	p->kind = p->given_count ? PERSON_FULL : PERSON_FAMILY;
	p->aligned = is_aligned(p, &x);
}
