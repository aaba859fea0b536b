#include "query_leaf.h"

#include <string.h>

#include "query_date.h"
#include "query_leaf_private.h"
#include "query_scan.h"
#include "str.h"
#include "utf8.h"

int leaf_shown(const char *text, size_t len)
{
	return (int)(len < NOTE_TEXT_MAX ? len : utf8_floor(text, NOTE_TEXT_MAX));
}

int leaf_term(leaf_draft *d, query_operand *leaf)
{
	if (d->len > QUERY_TERM_MAX) {
		d->len = utf8_floor(d->text, QUERY_TERM_MAX);
		query_note(d->qp, "a term longer than %d bytes was cut", QUERY_TERM_MAX);
	}
	str_trim(&d->text, &d->len);
	/* Terms of the caller's may be any bytes. */
	if (!d->len || (d->field->field != SHEAF_FIELD_TERM && !leaf_first_word(d).words))
		return 1;
	leaf->node = query_new_term(d->field->field, d->term_flags, d->text, d->len);
	return leaf->node != NULL;
}

/* 1 where a quote that nothing closes stands between a field and its value. */
static int stands_behind_quote(const query_token *t)
{
	for (const char *p = t->begin; p < t->text; p++)
		if (query_quote_len(p))
			return 1;
	return 0;
}

int leaf_as_words(leaf_draft *d, query_operand *leaf)
{
	const query_token *t = d->token;

	d->field = field_get(SHEAF_FIELD_ANY);
	if (t->type == TOKEN_WORD && !stands_behind_quote(t)) {
		d->len = (size_t)(t->text + t->len - t->begin);
		d->text = t->begin;
	}
	return leaf_text(d, leaf);
}

/*
 * The value in the spelling that the index has; NULL: the field knows its values, and not this one.
 */
static const char *known_value(const leaf_draft *d)
{
	const char *const *values = field_values(d->field->field);

	for (; *values; values++)
		if (strlen(*values) == d->len && str_ieq_n(*values, d->text, d->len))
			return *values;
	return NULL;
}

/* is: and has:, which know what they can be. */
static int state_leaf(leaf_draft *d, query_operand *leaf)
{
	const char *value = known_value(d);

	if (!value) {
		query_note(d->qp, "'%s:%.*s' is not known: taken as words", d->field->name,
		           leaf_shown(d->text, d->len), d->text);
		return leaf_as_words(d, leaf);
	}
	leaf->node = query_new_term(d->field->field, 0, value, strlen(value));
	return leaf->node != NULL;
}

/* A whole value, or what all values that are meant begin with. */
static int boolean_leaf(leaf_draft *d, query_operand *leaf)
{
	if (field_values(d->field->field))
		return state_leaf(d, leaf);
	if (d->token->type == TOKEN_PHRASE) {
		d->term_flags = d->token->prefix ? SHEAF_TERM_PREFIX : 0;
	} else if ((d->flags & SHEAF_FLAG_WILDCARD) && d->len && d->text[d->len - 1] == '*') {
		while (d->len && d->text[d->len - 1] == '*')
			d->len--;
		d->term_flags = SHEAF_TERM_PREFIX;
	}
	return leaf_term(d, leaf);
}

/* A span of time. */
static int range_leaf(leaf_draft *d, query_operand *leaf)
{
	int64_t begin, end;

	if (query_date_parse(d->text, d->len, d->qp->now, &begin, &end)) {
		leaf->node = query_new_range(d->field->field, begin, end);
		return leaf->node != NULL;
	}
	query_note(d->qp, "no date in '%s:%.*s': taken as words", d->field->name,
	           leaf_shown(d->text, d->len), d->text);
	return leaf_as_words(d, leaf);
}

/* What a leaf is made of, by the kind of its field. */
static int (*const makers[])(leaf_draft *d, query_operand *leaf) = {
	[FIELD_PROSE] = leaf_text,
	[FIELD_NAME] = leaf_text,
	[FIELD_BOOLEAN] = boolean_leaf,
	[FIELD_VALUE] = range_leaf,
};

int leaf_in_field(leaf_draft *d, query_operand *leaf)
{
	return makers[d->field->kind](d, leaf);
}

int query_leaf(sheaf_query_parser *qp, unsigned flags, const query_token *token,
               const query_scope *scope, query_operand *leaf)
{
	const query_scope own = {token->field, token->name};
	leaf_draft        d = {
		       .qp = qp, .flags = flags, .token = token, .text = token->text, .len = token->len};
	int ok;

	*leaf = (query_operand){.sign = token->sign};
	if (own.field || own.name)
		scope = &own;
	d.field = scope->field ? scope->field : field_get(SHEAF_FIELD_ANY);
	if (leaf_ask_ranges(&d, scope, leaf, &ok))
		return ok;
	return scope->name ? leaf_named(&d, scope->name, leaf) : leaf_in_field(&d, leaf);
}
