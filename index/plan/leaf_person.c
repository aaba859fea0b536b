#include "leaf_person.h"

#include <string.h>

#include "person_name.h"
#include "person_words.h"
#include "words.h"

enum { GIVEN_ASKED_MAX = 4 }; /* given names that a query tells apart; each costs a phrase */

/* An expression in the making. */
typedef struct person_query {
	person_name  name;
	buf         *out;
	leaf_shape  *shape;
	leaf_words  *words;
	sheaf_error *err;
	sheaf_status status;
} person_query;

static void begin(person_query *q)
{
	if (q->shape->phrases++)
		buf_puts(q->out, " OR ");
	leaf_open_phrase(q->out);
}

static void end(person_query *q)
{
	leaf_close_phrase(q->out, 0);
}

static void put(person_query *q, char before, char marker, const char *text, size_t len)
{
	leaf_put_token(q->out, before, marker, text, len);
}

/* "quist_a", the first position of what a person's given names follow. */
static void put_key(person_query *q, person_span family, const char *given, size_t given_len)
{
	put(q, TOKENS_NEXT, TOKEN_KEY, family.text, family.len);
	buf_putc(q->out, '_');
	buf_append(q->out, given, person_initial(given, given_len));
}

static void put_name(person_query *q, const char *text, size_t len)
{
	put(q, TOKENS_NEXT, 0, text, len);
	put(q, TOKENS_SAME, TOKEN_GIVEN, text, len);
}

/* A given name: met as the same word, or as the initial where one of the two is no more. */
static void put_given(person_query *q, const person_given *g)
{
	size_t first = person_initial(g->text, g->len);

	put_name(q, g->text, g->len);
	if (g->initial) {
		put(q, TOKENS_SAME, TOKEN_INITIAL, g->text, first);
	} else {
		put(q, TOKENS_SAME, 0, g->text, first);
		put(q, TOKENS_SAME, TOKEN_GIVEN, g->text, first);
	}
}

/* Behind the last given name: a family name of one word, or the sign that there are no more. */
static void put_no_more(person_query *q, char before, person_span family)
{
	put(q, before, TOKEN_GIVEN, "", 0);
	put(q, TOKENS_SAME, 0, family.text, family.len);
}

/* A word that is a name; with `key` 1, also the family names of several words that come to it. */
static void put_family(person_query *q, person_span family, int key)
{
	begin(q);
	put(q, TOKENS_NEXT, 0, family.text, family.len);
	if (key)
		put(q, TOKENS_SAME, TOKEN_KEY, family.text, family.len);
	end(q);
}

/* Persons of this family name whose given names agree with the first `count`, as far as both go. */
static void put_person(person_query *q, person_span family, size_t count)
{
	const person_given *given = q->name.given;

	if (count > GIVEN_ASKED_MAX)
		count = GIVEN_ASKED_MAX;
	for (size_t known = 1; known + 1 < count; known++) {
		begin(q);
		put_key(q, family, given[0].text, given[0].len);
		for (size_t i = 0; i < known; i++)
			put_given(q, &given[i]);
		put_no_more(q, TOKENS_NEXT, family);
		end(q);
	}
	begin(q);
	put_key(q, family, given[0].text, given[0].len);
	for (size_t i = 0; i < count && (count > 1 || !given[0].initial); i++)
		put_given(q, &given[i]);
	if (count > 1)
		put_no_more(q, TOKENS_SAME, family);
	end(q);
}

/* "Xiao-Ming" is written "Xiaoming", too. */
static void put_joined_given(person_query *q)
{
	const person_span *joined = &q->name.joined;

	if (!joined->len)
		return;
	begin(q);
	put_key(q, q->name.family, joined->text, joined->len);
	put_name(q, joined->text, joined->len);
	end(q);
}

/* "Smith-Jones" where it is printed without the hyphen: the first half looks like a given name. */
static void put_divided_family(person_query *q)
{
	const person_name *p = &q->name;
	person_span        whole = p->core.len ? p->core : p->family;
	const person_word *last = &p->words[whole.word + whole.count - 1];
	person_span        key = {p->bytes + last->at, last->len, 0, 1};

	if (whole.count < 2)
		return;
	begin(q);
	put_key(q, key, p->given[0].text, p->given[0].len);
	for (size_t i = 0; i < p->given_count; i++)
		put_given(q, &p->given[i]);
	for (size_t i = whole.word; i < whole.word + whole.count; i++)
		put(q, TOKENS_NEXT, 0, p->bytes + p->words[i].at, p->words[i].len);
	end(q);
}

/* "Smith Jones" where it is printed with a hyphen, or with particles that are joined on. */
static void put_joined_family(person_query *q)
{
	const person_name  *p = &q->name;
	const person_given *last = &p->given[p->given_count - 1];
	person_span         both = last->span;

	if (!p->aligned || last->initial || p->given_count == PERSON_GIVEN_MAX)
		return;
	both.len += p->family.len;
	both.count += p->family.count;
	if (both.len > PERSON_KEY_MAX)
		return;
	if (p->given_count > 1)
		put_person(q, both, p->given_count - 1);
	else if (p->words[0].roles & PERSON_PARTICLE)
		put_family(q, both, 0);
}

/* "Quist Ada" for "Ada Quist", where both are known in full. */
static void put_other_order(person_query *q)
{
	const person_name *p = &q->name;
	person_span        given = p->joined.len ? p->joined : p->given[0].span;
	size_t             words = p->joined.len ? p->joined.count : 1;

	if (!p->aligned || p->given[0].initial || words != p->given_count)
		return;
	begin(q);
	put_key(q, given, p->family.text, p->family.len);
	put_name(q, p->family.text, p->family.len);
	end(q);
}

/* ---- words ---- */

/* The words of a text as one phrase. */
typedef struct phrase {
	person_query *q;
	size_t        count;
	int           skip_the; /* 1: a "the" in front is left out */
} phrase;

static int put_word(void *ctx, const word *w)
{
	phrase       *f = ctx;
	person_query *q = f->q;

	if (f->skip_the && !f->count && w->len == 3 && memcmp(w->text, "the", 3) == 0) {
		f->skip_the = 0;
		return 0;
	}
	if (f->count++ == LEAF_WORDS_MAX)
		return 1;
	put(q, TOKENS_NEXT, 0, w->text, w->len);
	if (w->len > 1)
		q->status = leaf_remember(q->words, SHEAF_FIELD_AUTHOR, w->text, w->len, NULL, 0, 0,
		                          q->err);
	return q->status != SHEAF_OK;
}

static void put_words(person_query *q, const char *text, int whole)
{
	phrase     f = {q, 0, q->name.group && !whole};
	words_sink sink = {&f, put_word, NULL};
	const char line = TOKEN_LINE;

	begin(q);
	if (whole)
		put(q, TOKENS_NEXT, 0, &line, 1);
	words_split(text, strlen(text), WORDS_NAMES, &sink);
	if (whole)
		put(q, TOKENS_NEXT, 0, &line, 1);
	end(q);
}

/* Some words of the name as one phrase. */
static void put_span(person_query *q, person_span s)
{
	const person_name *p = &q->name;

	begin(q);
	for (size_t i = s.word; i < s.word + s.count; i++)
		put(q, TOKENS_NEXT, 0, p->bytes + p->words[i].at, p->words[i].len);
	end(q);
}

static void remember_words(person_query *q)
{
	const person_name *p = &q->name;

	for (size_t i = 0; q->status == SHEAF_OK && i < p->word_count; i++)
		if (p->words[i].len > 1)
			q->status = leaf_remember(q->words, SHEAF_FIELD_AUTHOR,
			                          p->bytes + p->words[i].at, p->words[i].len, NULL,
			                          0, 0, q->err);
	if (q->status == SHEAF_OK && p->family.count > 1)
		q->status = leaf_remember(q->words, SHEAF_FIELD_AUTHOR, p->family.text,
		                          p->family.len, NULL, 0, 0, q->err);
}

/* What is known by initials alone is told by its keys; words in full may be part of any name. */
static int is_in_full(const person_name *p)
{
	for (size_t i = 0; i < p->given_count; i++)
		if (p->given[i].initial)
			return person_initial(p->family.text, p->family.len) == p->family.len;
	return 1;
}

static void put_full_name(person_query *q)
{
	const person_name *p = &q->name;

	if (is_in_full(p)) {
		person_span all = {NULL, 0, 0, p->word_count};

		put_span(q, all);
	}
	put_person(q, p->family, p->given_count);
	put_joined_given(q);
	put_divided_family(q);
	put_joined_family(q);
	put_other_order(q);
}

sheaf_status leaf_person_write(const char *text, unsigned flags, buf *out, leaf_shape *shape,
                               leaf_words *words, sheaf_error *err)
{
	person_query q = {.out = out, .shape = shape, .words = words, .err = err};

	shape->phrases = 0;
	person_name_parse(&q.name, text, strlen(text));
	if (!q.name.word_count)
		return SHEAF_OK;
	if (q.name.kind == PERSON_NONE || flags & SHEAF_TERM_WHOLE) {
		put_words(&q, text, (flags & SHEAF_TERM_WHOLE) != 0);
	} else {
		remember_words(&q);
		if (q.name.kind == PERSON_FULL) {
			put_full_name(&q);
		} else {
			if (q.name.family.count > 1)
				put_span(&q, q.name.family);
			put_family(&q, q.name.family, q.name.family.count == 1);
		}
	}
	shape->counted = shape->phrases;
	return q.status;
}

int leaf_person_is_family(const char *text)
{
	person_name p;

	person_name_parse(&p, text, strlen(text));
	if (p.kind != PERSON_FAMILY || p.family.count != p.word_count)
		return 0;
	for (size_t i = 0; i + 1 < p.word_count; i++)
		if (!(p.words[i].gap & (PERSON_HYPHEN | PERSON_APOSTROPHE)))
			return 0;
	return 1;
}
