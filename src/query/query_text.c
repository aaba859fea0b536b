/* query_text.c: leaves of text fields: words, phrases, names, beginnings of words. */
#include <string.h>

#include "arxiv_id.h"
#include "query_leaf_private.h"
#include "query_pattern.h"
#include "query_plain.h"
#include "query_scan.h"
#include "query_stop_words.h"
#include "str.h"

static int keep_first(void *ctx, const word *w)
{
	first_word *first = ctx;
	size_t      len = w->len < WORD_MAX ? w->len : WORD_MAX;

	if (first->words++)
		return 1;
	memcpy(first->text, w->text, len);
	first->text[len] = 0;
	return 0;
}

first_word leaf_first_word(const leaf_draft *d)
{
	first_word first = {.words = 0};
	words_sink sink = {.ctx = &first, .word = keep_first};

	words_split(d->text, d->len, d->field->kind == FIELD_NAME ? WORDS_NAMES : WORDS_PROSE,
	            &sink);
	return first;
}

static int is_on_list(const sheaf_query_parser *qp, const char *text)
{
	if (qp->stop)
		return qp->stop(qp->stop_ctx, text, strlen(text));
	if (qp->own_stop_words)
		return !qp->foreign && query_stop_words_has(text);
	for (const char *const *w = qp->stop_words; w && *w; w++)
		if (str_ieq(*w, text))
			return 1;
	return 0;
}

static int is_stop_word(const leaf_draft *d, const first_word *first)
{
	return d->plain && d->field->kind == FIELD_PROSE && (d->term_flags & SHEAF_TERM_STEMMED) &&
	       first->words == 1 && is_on_list(d->qp, first->text);
}

/* **bold** is a word, not the beginning of one. */
static void cut_emphasis(leaf_draft *d)
{
	if (!d->len || *d->text != '*')
		return;
	for (; d->len && *d->text == '*'; d->text++)
		d->len--;
	while (d->len && d->text[d->len - 1] == '*')
		d->len--;
}

/* How a word or phrase is to be met. */
static unsigned text_flags(const leaf_draft *d)
{
	const query_token *t = d->token;
	int                person = d->field->field == SHEAF_FIELD_AUTHOR;
	unsigned bare = query_bare_flags(d->field->field, t->type == TOKEN_PHRASE, d->text, d->len);

	if (t->suffixed)
		return person ? t->suffix : t->suffix & SHEAF_TERM_STEMMED;
	if (t->prefix)
		return SHEAF_TERM_PREFIX;
	if (t->exact)
		return bare == SHEAF_TERM_NAME ? SHEAF_TERM_WHOLE : 0;
	return bare;
}

/* The characters before the first wildcard. */
static size_t letters_given(const char *text, size_t len)
{
	size_t letters = 0;

	for (size_t i = 0; i < len && text[i] != '*' && text[i] != '?'; i++)
		letters += ((unsigned char)text[i] & 0xC0) != 0x80;
	return letters;
}

static int is_wild(const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (text[i] == '*' || text[i] == '?')
			return 1;
	return 0;
}

/* Each is looked up in the vocabulary. */
enum { PATTERNS_MAX = 8 };

static int is_one_too_many(const leaf_draft *d)
{
	if (d->qp->patterns++ < PATTERNS_MAX)
		return 0;
	query_note(d->qp, "more than %d patterns: '%.*s' is taken as words", PATTERNS_MAX,
	           leaf_shown(d->text, d->len), d->text);
	return 1;
}

static int has_too_few_letters(const leaf_draft *d)
{
	if (letters_given(d->text, d->len) >= d->qp->min_wildcard_prefix)
		return 0;
	query_note(d->qp, "'%.*s' has fewer than %u letters before its wildcard: taken as words",
	           leaf_shown(d->text, d->len), d->text, d->qp->min_wildcard_prefix);
	return 1;
}

/*
 * A word with wildcards: `*` at its end, or within, where it is one word. 1 where it is one, and
 * the leaf is made, or the draft has become the beginning of a word; `ok` 0 when out of memory.
 */
static int read_wildcard(leaf_draft *d, query_operand *leaf, int *ok)
{
	const sheaf_query_parser *qp = d->qp;
	size_t                    base = d->len;
	int                       within, at_end;

	*ok = 1;
	while (base && d->text[base - 1] == '*')
		base--;
	at_end = base < d->len;
	within = is_wild(d->text, base) && query_is_pattern(d->text, base);
	if (!(d->flags & SHEAF_FLAG_WILDCARD) || d->len > QUERY_TERM_MAX || !base ||
	    !(at_end || within) || has_too_few_letters(d) || (within && is_one_too_many(d)))
		return 0;
	d->len = base;
	d->term_flags = SHEAF_TERM_PREFIX;
	if (!within && !(qp->max_expansion && query_is_pattern(d->text, base)))
		return 1;
	leaf->node = query_pattern(d->field->field, d->text, base + (size_t)at_end,
	                           qp->max_expansion, qp->expansion_limit);
	*ok = leaf->node != NULL;
	return 1;
}

/* 1 where the word is the last of the query, and may be the beginning of one. */
static int is_partial(const leaf_draft *d)
{
	return d->qp->partial_end && d->text + d->len == d->qp->partial_end && !d->token->exact &&
	       d->token->type == TOKEN_WORD && d->term_flags == SHEAF_TERM_STEMMED &&
	       letters_given(d->text, d->len) >= d->qp->min_wildcard_prefix;
}

/* The word, or any that begins so; of names, which have no stems, the latter alone. */
static int partial_leaf(leaf_draft *d, query_operand *leaf)
{
	query_operand whole = {0};
	query_list    list = {0};

	if (d->field->kind == FIELD_PROSE && !leaf_term(d, &whole))
		return 0;
	d->term_flags = SHEAF_TERM_PREFIX;
	if (!leaf_term(d, leaf)) {
		sheaf_query_free(whole.node);
		return 0;
	}
	if (!whole.node || !leaf->node)
		return 1;
	query_list_push(&list, whole.node);
	query_list_push(&list, leaf->node);
	leaf->node = query_or(&list);
	return leaf->node != NULL;
}

static int phrase_leaf(leaf_draft *d, query_operand *leaf)
{
	d->term_flags = text_flags(d);
	if (!leaf_term(d, leaf))
		return 0;
	return !leaf->node || !d->token->synonyms || leaf_add_synonyms(d, leaf);
}

#define COMPOUND_WEIGHT 0.3

/* The length of a sign that joins the words of a compound; 0: there is none. */
static size_t joint_len(const char *s, size_t len)
{
	if (*s == '-' || *s == '/')
		return 1;
	return len >= 3 && (memcmp(s, "\xE2\x80\x90", 3) == 0 ||
	                    memcmp(s, "\xE2\x80\x91", 3) == 0 || memcmp(s, "\xE2\x80\x93", 3) == 0)
	               ? 3
	               : 0;
}

/* The part of a compound that begins at `from`, as a term; stop words are left out. */
static int add_part(const leaf_draft *d, size_t from, size_t to, query_list *list)
{
	leaf_draft    part = *d;
	query_operand leaf = {0};
	first_word    first;

	part.text = d->text + from;
	part.len = to - from;
	if (!part.len || !leaf_term(&part, &leaf))
		return !part.len;
	first = leaf_first_word(&part);
	if (leaf.node && is_stop_word(&part, &first)) {
		sheaf_query_free(leaf.node);
		leaf.node = NULL;
	}
	if (leaf.node)
		query_list_push(list, leaf.node);
	return 1;
}

/*
 * Where words are joined by OR, those of a compound are so, too, as if they stood side by side, and
 * the compound as a whole only adds to them: `event-based` is met as event, as based, and as
 * eventbased.
 */
static int compound_leaf(leaf_draft *d, query_operand *leaf)
{
	query_list list = {0};
	size_t     from = 0, joint;
	int        ok;

	ok = leaf_term(d, leaf);
	if (!ok || !leaf->node)
		return ok;
	query_list_push(&list, query_scale(leaf->node, COMPOUND_WEIGHT));
	leaf->node = NULL;
	for (size_t i = 0; ok && i < d->len; i += joint ? joint : 1) {
		joint = joint_len(d->text + i, d->len - i);
		if (!joint)
			continue;
		ok = add_part(d, from, i, &list);
		from = i + joint;
	}
	ok = ok && add_part(d, from, d->len, &list);
	leaf->node = query_or(&list);
	return ok && leaf->node;
}

/* 1 where a plain word is several, joined by hyphens or the like. */
static int is_compound(const leaf_draft *d)
{
	const query_token *t = d->token;

	if (d->qp->join != SHEAF_OP_OR || d->field->kind != FIELD_PROSE || t->sign || t->exact ||
	    t->synonyms || d->term_flags != SHEAF_TERM_STEMMED || d->len > QUERY_TERM_MAX ||
	    leaf_first_word(d).words < 2)
		return 0;
	for (size_t i = 0; i < d->len; i++)
		if (joint_len(d->text + i, d->len - i))
			return 1;
	return 0;
}

/* 1 where a text ends in an identifier, perhaps with a version, and nothing runs into it. */
static int ends_in(const char *text, size_t len, const char *id)
{
	size_t id_len = strlen(id), at = len;

	while (at && str_is_digit((unsigned char)text[at - 1]))
		at--;
	if (at && at < len && text[at - 1] == 'v')
		len = at - 1;
	if (len < id_len || memcmp(text + len - id_len, id, id_len) != 0)
		return 0;
	return len == id_len || text[len - id_len - 1] == ':' || text[len - id_len - 1] == '/';
}

/*
 * 1 for what can only be one of arXiv's identifiers: 2601.22876v2, arXiv:math/0309136, an abs URL.
 */
static int is_identifier(const leaf_draft *d, arxiv_id *id)
{
	return d->field->field == SHEAF_FIELD_ANY && d->len < 200 && !d->token->exact &&
	       !d->token->synonyms && leaf_first_word(d).words > 1 &&
	       arxiv_id_parse(d->text, d->len, id) && id->month && ends_in(d->text, d->len, id->id);
}

/* A pasted identifier: that paper, and those which name it. */
static int identifier_leaf(leaf_draft *d, const arxiv_id *id, query_operand *leaf)
{
	char       words[ARXIV_ID_SIZE];
	query_list list = {0};
	leaf_draft named = *d;
	int        ok;

	/* In words, so that a description does not read as an identifier again. */
	for (size_t i = 0; i < sizeof words; i++)
		words[i] = id->id[i] == '.' || id->id[i] == '/' ? ' ' : id->id[i];
	named.text = words;
	named.len = strlen(words);
	ok = leaf_term(&named, leaf);
	if (ok && leaf->node)
		query_list_push(&list, leaf->node);
	query_list_push(&list, query_new_term(SHEAF_FIELD_ID, 0, id->id, strlen(id->id)));
	leaf->node = query_or(&list);
	return ok && leaf->node;
}

static int word_leaf(leaf_draft *d, query_operand *leaf)
{
	const query_token *t = d->token;
	arxiv_id           id;
	first_word         first;
	int                ok;

	d->plain = !t->sign;
	query_trim_word(&d->text, &d->len);
	cut_emphasis(d);
	if (t->unknown)
		query_note(d->qp, "unknown field '%.*s': taken as a word",
		           leaf_shown(t->text, t->unknown), t->text);
	if (read_wildcard(d, leaf, &ok))
		return !ok || leaf->node ? ok : leaf_term(d, leaf);
	d->term_flags = text_flags(d);
	if (is_identifier(d, &id))
		return identifier_leaf(d, &id, leaf);
	if (is_partial(d))
		return partial_leaf(d, leaf);
	if (is_compound(d))
		return compound_leaf(d, leaf);
	if (!leaf_term(d, leaf))
		return 0;
	if (!leaf->node)
		return 1;
	first = leaf_first_word(d);
	leaf->stop = is_stop_word(d, &first) && !t->synonyms;
	if (!leaf->stop)
		leaf_check_spelling(d, &first);
	return !t->synonyms || leaf_add_synonyms(d, leaf);
}

int leaf_text(leaf_draft *d, query_operand *leaf)
{
	if (d->token->type == TOKEN_PHRASE)
		return phrase_leaf(d, leaf);
	if (d->field->field == SHEAF_FIELD_ANY && d->len == 1 && *d->text == '*' &&
	    (d->flags & SHEAF_FLAG_WILDCARD)) {
		leaf->node = query_new_simple(QUERY_ALL);
		return leaf->node != NULL;
	}
	return word_leaf(d, leaf);
}
