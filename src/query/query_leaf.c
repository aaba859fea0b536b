#include "query_leaf.h"

#include <string.h>

#include "query_date.h"
#include "query_parser_private.h"
#include "query_scan.h"
#include "query_stop_words.h"
#include "str.h"
#include "utf8.h"
#include "words.h"

enum { NOTE_TEXT_MAX = 48 }; /* bytes of the query that a note quotes */

/* A leaf in the making. */
typedef struct draft {
	const char       *text;
	size_t            len;
	const field_info *field;
	unsigned          term_flags; /* SHEAF_TERM_* */
	int               plain;      /* unquoted, without sign or =: may be a stop word */
} draft;

/* The folded words of a text, as far as a stop list needs them. */
typedef struct first_word {
	char   text[WORD_MAX + 1];
	size_t words;
} first_word;

static int keep_first(void *ctx, const word *w)
{
	first_word *first = ctx;

	if (first->words++)
		return 1;
	memcpy(first->text, w->text, w->len < WORD_MAX ? w->len : WORD_MAX);
	first->text[w->len < WORD_MAX ? w->len : WORD_MAX] = 0;
	return 0;
}

/* How many words the index would see in the text, up to 2, and the first of them. */
static first_word look(const draft *d)
{
	first_word first = {.words = 0};
	words_sink sink = {.ctx = &first, .word = keep_first};

	words_split(d->text, d->len, d->field->kind == FIELD_NAME ? WORDS_NAMES : WORDS_PROSE,
	            &sink);
	return first;
}

static int is_stop_word(const sheaf_query_parser *qp, const draft *d, const first_word *first)
{
	if (!d->plain || d->field->kind != FIELD_PROSE || !(d->term_flags & SHEAF_TERM_STEMMED) ||
	    first->words != 1)
		return 0;
	if (qp->own_stop_words)
		return query_stop_words_has(first->text);
	for (const char *const *w = qp->stop_words; w && *w; w++)
		if (str_ieq(*w, first->text))
			return 1;
	return 0;
}

/* Takes `*` off the end: any word or value that begins so. */
static void cut_wildcard(draft *d, unsigned flags)
{
	if (!(flags & SHEAF_FLAG_WILDCARD) || !d->len || d->text[d->len - 1] != '*')
		return;
	while (d->len && d->text[d->len - 1] == '*')
		d->len--;
	d->term_flags = SHEAF_TERM_PREFIX;
}

/* **bold** is a word, not the beginning of one. */
static void cut_emphasis(draft *d)
{
	if (!d->len || *d->text != '*')
		return;
	for (; d->len && *d->text == '*'; d->text++)
		d->len--;
	while (d->len && d->text[d->len - 1] == '*')
		d->len--;
}

static int finish_term(sheaf_query_parser *qp, draft *d, query_operand *leaf)
{
	first_word first;

	if (d->len > QUERY_TERM_MAX) {
		d->len = utf8_floor(d->text, QUERY_TERM_MAX);
		query_note(qp, "a term longer than %d bytes was cut", QUERY_TERM_MAX);
	}
	str_trim(&d->text, &d->len);
	first = look(d);
	if (!first.words)
		return 1;
	leaf->stop = is_stop_word(qp, d, &first);
	leaf->node = query_new_term(d->field->field, d->term_flags, d->text, d->len);
	return leaf->node != NULL;
}

static unsigned phrase_flags(const query_token *t)
{
	return t->prefix ? SHEAF_TERM_PREFIX : t->stemmed ? SHEAF_TERM_STEMMED : 0u;
}

/* A word or phrase of text. */
static int text_leaf(sheaf_query_parser *qp, unsigned flags, const query_token *t, draft *d,
                     query_operand *leaf)
{
	if (t->type == TOKEN_PHRASE) {
		d->term_flags = phrase_flags(t);
		return finish_term(qp, d, leaf);
	}
	if (d->field->field == SHEAF_FIELD_ANY && t->len == 1 && *t->text == '*' &&
	    (flags & SHEAF_FLAG_WILDCARD)) {
		leaf->node = query_new_simple(QUERY_ALL);
		return leaf->node != NULL;
	}
	d->term_flags = t->exact ? 0 : SHEAF_TERM_STEMMED;
	d->plain = !t->sign;
	query_trim_word(&d->text, &d->len);
	cut_emphasis(d);
	cut_wildcard(d, flags);
	if (t->unknown)
		query_note(qp, "unknown field '%.*s': taken as a word",
		           (int)(t->unknown < NOTE_TEXT_MAX ? t->unknown : NOTE_TEXT_MAX), t->text);
	return finish_term(qp, d, leaf);
}

/* A whole value. */
static int boolean_leaf(sheaf_query_parser *qp, unsigned flags, const query_token *t, draft *d,
                        query_operand *leaf)
{
	if (t->type == TOKEN_PHRASE)
		d->term_flags = t->prefix ? SHEAF_TERM_PREFIX : 0;
	else
		cut_wildcard(d, flags);
	return finish_term(qp, d, leaf);
}

/* 1 where a quote that nothing closes stands between a field and its value. */
static int stands_behind_quote(const query_token *t)
{
	for (const char *p = t->begin; p < t->text; p++)
		if (query_quote_len(p))
			return 1;
	return 0;
}

/* A span of time; what is none is taken as words, as it was written. */
static int range_leaf(sheaf_query_parser *qp, unsigned flags, const query_token *t, draft *d,
                      query_operand *leaf)
{
	int64_t begin, end;
	size_t  shown = d->len < NOTE_TEXT_MAX ? d->len : utf8_floor(d->text, NOTE_TEXT_MAX);

	if (query_date_parse(d->text, d->len, qp->now, &begin, &end)) {
		leaf->node = query_new_range(d->field->field, begin, end);
		return leaf->node != NULL;
	}
	query_note(qp, "no date in '%s:%.*s': taken as words", d->field->name, (int)shown, d->text);
	d->field = field_get(SHEAF_FIELD_ANY);
	if (t->type == TOKEN_WORD && !stands_behind_quote(t)) {
		d->len = (size_t)(t->text + t->len - t->begin);
		d->text = t->begin;
	}
	return text_leaf(qp, flags, t, d, leaf);
}

/* What a leaf is made of, by the kind of its field. */
static int (*const makers[])(sheaf_query_parser *qp, unsigned flags, const query_token *t, draft *d,
                             query_operand *leaf) = {
	[FIELD_PROSE] = text_leaf,
	[FIELD_NAME] = text_leaf,
	[FIELD_BOOLEAN] = boolean_leaf,
	[FIELD_VALUE] = range_leaf,
};

int query_leaf(sheaf_query_parser *qp, unsigned flags, const query_token *token,
               const field_info *field, query_operand *leaf)
{
	draft d = {.text = token->text,
	           .len = token->len,
	           .field = token->field ? token->field : field};

	*leaf = (query_operand){.sign = token->sign};
	if (!d.field)
		d.field = field_get(SHEAF_FIELD_ANY);
	return makers[d.field->kind](qp, flags, token, &d, leaf);
}
