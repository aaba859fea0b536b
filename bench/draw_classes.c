#include "draw_classes.h"

#include <stdio.h>
#include <string.h>

#include "query_stop_words.h"
#include "str.h"

enum {
	RARE_MIN = 2, /* papers with a rare word */
	RARE_MAX = 50,
	COMMON_PERCENT = 2, /* of the papers have a common word, or more */
	WORD_MIN = 3,       /* letters of a word that is searched for */
	PREFIX_MIN = 4,     /* letters of a prefix: so many, or up to two more */
	PREFIX_KINDS = 3,
	TRIES = 20 /* at a paper */
};

static int is_stop(const corpus_word *w)
{
	return query_stop_words_has(w->text);
}

static int says_something(const corpus_word *w)
{
	return w->len >= WORD_MIN && !is_stop(w);
}

static int is_rare(const drawing *d, const corpus_word *w)
{
	uint32_t papers = drawing_papers_with(d, w);

	return says_something(w) && papers >= RARE_MIN && papers <= RARE_MAX;
}

static int is_common(const drawing *d, const corpus_word *w)
{
	return says_something(w) &&
	       (uint64_t)drawing_papers_with(d, w) * 100 > (uint64_t)d->papers * COMMON_PERCENT;
}

static int is_any(const drawing *d, const corpus_word *w)
{
	(void)d;
	return says_something(w);
}

typedef int (*word_test)(const drawing *d, const corpus_word *w);

/* Any word of a text, each occurrence as likely as another; NULL for an empty text. */
static const corpus_word *any_of(drawing *d, const corpus_words *words)
{
	if (!words->count)
		return NULL;
	return &words->at[corpus_random_below(&d->random, (unsigned)words->count)];
}

/* A word of title or abstract. */
static const corpus_word *any_of_paper(drawing *d)
{
	unsigned count = (unsigned)(d->title.count + d->abstract.count), i;

	if (!count)
		return NULL;
	i = corpus_random_below(&d->random, count);
	return i < d->title.count ? &d->title.at[i] : &d->abstract.at[i - d->title.count];
}

static drawn_clause *add(drawn_query *q, drawn_kind kind, drawn_field field, const char *text)
{
	drawn_clause *c = &q->clauses[q->count++];

	c->kind = kind;
	c->field = field;
	snprintf(c->text, sizeof c->text, "%s", text);
	return c;
}

static int has(const drawn_query *q, const char *text)
{
	for (size_t i = 0; i < q->count; i++)
		if (!strcmp(q->clauses[i].text, text))
			return 1;
	return 0;
}

/* Adds `count` different words that pass the test, from one text or (NULL) from the paper. */
static int add_words(drawing *d, drawn_query *q, unsigned count, const corpus_words *from,
                     drawn_field field, word_test test)
{
	for (unsigned i = 0; count && i < TRIES; i++) {
		const corpus_word *w = from ? any_of(d, from) : any_of_paper(d);

		if (!w || !test(d, w) || has(q, w->text))
			continue;
		add(q, DRAWN_WORDS, field, w->text);
		count--;
	}
	return !count;
}

static int draw_rare(drawing *d, drawn_query *q)
{
	return add_words(d, q, 1, NULL, DRAWN_ANY, is_rare);
}

static int draw_common(drawing *d, drawn_query *q)
{
	return add_words(d, q, 1, NULL, DRAWN_ANY, is_common);
}

static int draw_and2(drawing *d, drawn_query *q)
{
	return add_words(d, q, 2, &d->title, DRAWN_ANY, is_any);
}

static int draw_or4(drawing *d, drawn_query *q)
{
	q->any = 1;
	return add_words(d, q, 4, NULL, DRAWN_ANY, is_any);
}

/* Eight words of an abstract as they follow each other, some of them stop words. */
static int draw_or8stop(drawing *d, drawn_query *q)
{
	const corpus_word *first = any_of(d, &d->abstract);
	unsigned           stops = 0;

	q->any = 1;
	if (!first ||
	    !corpus_words_run(&d->abstract, (size_t)(first - d->abstract.at), DRAWN_CLAUSES_MAX))
		return 0;
	for (const corpus_word *w = first; w < first + DRAWN_CLAUSES_MAX; w++) {
		stops += (unsigned)is_stop(w);
		add(q, DRAWN_WORDS, DRAWN_ANY, w->text);
	}
	return stops > 0 && stops < DRAWN_CLAUSES_MAX;
}

/* Two or three words of an abstract, side by side. */
static int draw_phrase(drawing *d, drawn_query *q)
{
	const corpus_word *w = any_of(d, &d->abstract);
	size_t             count = 2 + corpus_random_below(&d->random, 2), len = 0;
	drawn_clause      *c = add(q, DRAWN_PHRASE, DRAWN_ANY, "");

	if (!w || !corpus_words_run(&d->abstract, (size_t)(w - d->abstract.at), count))
		return 0;
	for (size_t i = 0; i < count; i++, w++) {
		if (!says_something(w))
			return 0;
		len += (size_t)snprintf(c->text + len, sizeof c->text - len, i ? " %s" : "%s",
		                        w->text);
	}
	return 1;
}

static int draw_near(drawing *d, drawn_query *q)
{
	const corpus_word *w = any_of(d, &d->abstract), *other;
	size_t             apart = 1 + corpus_random_below(&d->random, DRAWN_DISTANCE);
	drawn_clause      *c = add(q, DRAWN_NEAR, DRAWN_ANY, "");

	if (!w || !corpus_words_run(&d->abstract, (size_t)(w - d->abstract.at), apart + 1))
		return 0;
	other = w + apart;
	if (!says_something(w) || !says_something(other) || !strcmp(w->text, other->text))
		return 0;
	snprintf(c->text, sizeof c->text, "%s %s", w->text, other->text);
	return 1;
}

static int draw_prefix(drawing *d, drawn_query *q)
{
	const corpus_word *w = any_of_paper(d);
	size_t             len = PREFIX_MIN + (size_t)corpus_random_below(&d->random, PREFIX_KINDS);

	if (!w || w->len <= len || !says_something(w))
		return 0;
	add(q, DRAWN_PREFIX, DRAWN_ANY, w->text)->text[len] = 0;
	return 1;
}

/* The last word of the first author's name, which most often is the family name. */
static int add_author(drawing *d, drawn_query *q)
{
	char        name[CORPUS_WORD_SIZE] = "";
	size_t      len = strcspn(d->paper.authors, ","), start = len;
	const char *s = d->paper.authors;

	while (start && str_is_alpha((unsigned char)s[start - 1]))
		start--;
	if (len - start < WORD_MIN || len - start >= sizeof name || !start || s[start - 1] != ' ')
		return 0;
	for (size_t i = start; i < len; i++)
		name[i - start] = str_lower(s[i]);
	if (query_stop_words_has(name))
		return 0;
	add(q, DRAWN_WORDS, DRAWN_AUTHOR, name);
	return 1;
}

/* Of five: two a title word, one an abstract word, one an author, one title word and author. */
static int draw_field(drawing *d, drawn_query *q)
{
	switch (corpus_random_below(&d->random, 5)) {
	case 0: return add_words(d, q, 1, &d->abstract, DRAWN_ABSTRACT, is_any);
	case 1: return add_author(d, q);
	case 2: return add_words(d, q, 1, &d->title, DRAWN_TITLE, is_any) && add_author(d, q);
	default: return add_words(d, q, 1, &d->title, DRAWN_TITLE, is_any);
	}
}

static int draw_category(drawing *d, drawn_query *q)
{
	char   category[DRAWN_TEXT_MAX];
	size_t len = strcspn(d->paper.categories, " ");

	if (!len || len >= sizeof category)
		return 0;
	memcpy(category, d->paper.categories, len);
	category[len] = 0;
	if (strspn(category, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ.-") != len ||
	    !add_words(d, q, 1, NULL, DRAWN_ANY, is_any))
		return 0;
	add(q, DRAWN_CATEGORY, DRAWN_ANY, category);
	return 1;
}

/* A word, and the paper's year or some months of that year, its own among them. */
static int draw_dates(drawing *d, drawn_query *q)
{
	drawn_clause *c;

	if (d->paper.month < 1 || d->paper.month > 12 ||
	    !add_words(d, q, 1, NULL, DRAWN_ANY, is_any))
		return 0;
	c = add(q, DRAWN_DATES, DRAWN_ANY, "");
	c->year = d->paper.year;
	c->first_month = 1;
	c->last_month = 12;
	if (corpus_random_below(&d->random, 2)) {
		unsigned before = (unsigned)d->paper.month;

		c->first_month += (int)corpus_random_below(&d->random, before);
		c->last_month -= (int)corpus_random_below(&d->random, 13 - before);
	}
	return 1;
}

static int draw_common_one_or_two(drawing *d, drawn_query *q)
{
	unsigned count = 1 + corpus_random_below(&d->random, 2);

	return add_words(d, q, count, NULL, DRAWN_ANY, is_common);
}

static int draw_facets(drawing *d, drawn_query *q)
{
	return add_words(d, q, 1, NULL, DRAWN_ANY, is_any);
}

const draw_class draw_classes[] = {
	{"rare", draw_rare},       {"common", draw_common},
	{"and2", draw_and2},       {"or4", draw_or4},
	{"or8stop", draw_or8stop}, {"phrase", draw_phrase},
	{"near", draw_near},       {"prefix", draw_prefix},
	{"field", draw_field},     {"category", draw_category},
	{"dates", draw_dates},     {"bydate", draw_common_one_or_two},
	{"facets", draw_facets},   {NULL, NULL},
};
