/* query_named.c: leaves that the caller's own names, processors and ranges decide. */
#include <string.h>

#include "alloc.h"
#include "query_leaf_private.h"
#include "query_scan.h"
#include "str.h"

enum {
	/*
	 * Levels that a processor's tree may have: room is left for what the query puts around it.
	 */
	ANSWER_DEPTH_MAX = QUERY_TREE_DEPTH_MAX - 8 * QUERY_DEPTH_MAX
};

/* Takes what a processor answered. 1: it is the leaf; 0: it is none; -1: out of memory. */
static int take_answer(leaf_draft *d, int answer, sheaf_query *query, query_operand *leaf)
{
	if (answer <= 0) {
		sheaf_query_free(query);
		return answer < 0 ? -1 : 0;
	}
	if (query && query->depth > ANSWER_DEPTH_MAX) {
		query_note(d->qp, "'%.*s' stands for a query that is nested too deep",
		           leaf_shown(d->text, d->len), d->text);
		sheaf_query_free(query);
		return 0;
	}
	leaf->node = query ? query : query_new_simple(QUERY_NOTHING);
	leaf->choice = QUERY_NO_CHOICE;
	return leaf->node ? 1 : -1;
}

/* A field without restriction: where one of several may stand. */
static int fields_leaf(leaf_draft *d, const query_name *name, query_operand *leaf)
{
	query_list any = {0};
	int        ok = 1, stop = 1;

	for (size_t i = 0; ok && i < name->field_count; i++) {
		leaf_draft    one = *d;
		query_operand o = {0};

		one.field = field_get(name->fields[i]);
		ok = leaf_in_field(&one, &o);
		stop &= o.stop;
		if (o.node)
			query_list_push(&any, o.node);
	}
	if (!ok || any.failed || !any.count) {
		ok = ok && !any.failed;
		query_list_clear(&any);
		return ok;
	}
	leaf->stop = stop;
	leaf->node = query_or(&any);
	return leaf->node != NULL;
}

static int term_leaf(leaf_draft *d, const query_name *name, query_operand *leaf)
{
	buf text = BUF_INIT(0);

	if (!d->len)
		return 1;
	buf_puts(&text, name->prefix);
	buf_append(&text, d->text, d->len < QUERY_TERM_MAX ? d->len : QUERY_TERM_MAX);
	if (text.status == SHEAF_OK)
		leaf->node = query_new_term(SHEAF_FIELD_TERM, 0, buf_str(&text), text.len);
	leaf->choice = name->exclusive
	                       ? SHEAF_FIELD_COUNT + 1 + (unsigned)(name - d->qp->names.list)
	                       : QUERY_NO_CHOICE;
	buf_free(&text);
	return leaf->node != NULL;
}

static int processor_leaf(leaf_draft *d, const query_name *name, query_operand *leaf)
{
	char        *value = mem_strndup(d->text, d->len);
	sheaf_query *query = NULL;
	int          taken = -1;

	if (value) {
		int answer = name->fn(name->ctx, value, &query);

		taken = take_answer(d, answer, query, leaf);
	}
	mem_free(value);
	if (taken)
		return taken > 0;
	query_note(d->qp, "'%s:%.*s' is not known: taken as words", name->name,
	           leaf_shown(d->text, d->len), d->text);
	return leaf_as_words(d, leaf);
}

int leaf_named(leaf_draft *d, const query_name *name, query_operand *leaf)
{
	if (name->kind == QUERY_NAME_FIELDS)
		return fields_leaf(d, name, leaf);
	return name->kind == QUERY_NAME_TERM ? term_leaf(d, name, leaf)
	                                     : processor_leaf(d, name, leaf);
}

/* A range in words, each ended by NUL. */
typedef struct range_text {
	const char *name, *begin, *end;
} range_text;

/* Divides `text` (at `dots`) and writes the parts to `out`. 0 when out of memory. */
static int divide(const char *name, size_t name_len, const char *text, const char *dots, size_t len,
                  buf *out, range_text *range)
{
	size_t begin_len = (size_t)(dots - text);

	buf_append(out, name, name_len);
	buf_putc(out, 0);
	buf_append(out, text, begin_len);
	buf_putc(out, 0);
	buf_append(out, dots + 2, len - begin_len - 2);
	buf_putc(out, 0);
	range->name = buf_str(out);
	range->begin = range->name + name_len + 1;
	range->end = range->begin + begin_len + 1;
	return out->status == SHEAF_OK;
}

static int ask(leaf_draft *d, const range_text *range, query_operand *leaf)
{
	const sheaf_query_parser *qp = d->qp;
	int                       taken = 0;

	for (size_t i = 0; !taken && i < qp->range_count; i++) {
		sheaf_query *query = NULL;
		int          answer = qp->ranges[i].fn(qp->ranges[i].ctx, range->name, range->begin,
		                                       range->end, &query);

		taken = take_answer(d, answer, query, leaf);
	}
	return taken;
}

static const char *find_dots(const char *text, size_t len)
{
	for (size_t i = 0; i + 1 < len; i++)
		if (text[i] == '.' && text[i + 1] == '.')
			return text + i;
	return NULL;
}

int leaf_ask_ranges(leaf_draft *d, const query_scope *scope, query_operand *leaf, int *ok)
{
	const query_token *t = d->token;
	const char        *text = d->text, *name = "", *dots;
	size_t             len = d->len, name_len = 0;
	range_text         range;
	buf                parts = BUF_INIT(0);
	int                taken = -1;

	*ok = 1;
	if (!d->qp->range_count)
		return 0;
	if (t->unknown) {
		name = text;
		name_len = t->unknown;
		text += name_len + 1;
		len -= name_len + 1;
	} else if (scope->name || scope->field) {
		name = scope->name ? scope->name->name : scope->field->name;
		name_len = strlen(name);
	}
	dots = find_dots(text, len);
	/* "and so on..." is no range. */
	if (!dots || len == 2 || (dots + 2 < text + len && dots[2] == '.'))
		return 0;
	if (divide(name, name_len, text, dots, len, &parts, &range))
		taken = ask(d, &range, leaf);
	buf_free(&parts);
	*ok = taken >= 0;
	return taken != 0;
}
