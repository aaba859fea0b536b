/*
 * A query in the words of its own language: sheaf_query_get_description(). What the parser made
 * reads back to the same tree.
 */
#include <string.h>

#include "datetime.h"
#include "error.h"
#include "field.h"
#include "query_lexer.h"
#include "query_plain.h"
#include "query_scan.h"
#include "query_tree.h"

/* What stands between the operands. */
static const struct {
	const char *name;
	int has_window; /* 1: of positions, as the distance between neighbours; 2: a number */
} joints[] = {
	[QUERY_AND] = {"AND", 0},         [QUERY_OR] = {"OR", 0},
	[QUERY_AND_NOT] = {"NOT", 0},     [QUERY_FILTER] = {"FILTER", 0},
	[QUERY_PHRASE] = {"ADJ", 1},      [QUERY_NEAR] = {"NEAR", 1},
	[QUERY_XOR] = {"XOR", 0},         [QUERY_MAYBE] = {"AND_MAYBE", 0},
	[QUERY_SYNONYM] = {"SYNONYM", 0}, [QUERY_ELITE] = {"ELITE", 2},
};

/* Quotes inside would end the phrase; those of TeX (\") do not. */
static void put_quoted(buf *out, const char *text)
{
	size_t len = strlen(text);

	buf_putc(out, '"');
	for (const char *p = text; *p;) {
		size_t quote = query_quote_len(p);

		if (*p == '\\' && p[1]) {
			buf_append(out, p, 2);
			p += 2;
		} else if (quote) {
			buf_putc(out, ' ');
			p += quote;
		} else {
			buf_putc(out, *p++);
		}
	}
	/* A backslash would hide the quote that follows. */
	if (len && text[len - 1] == '\\')
		buf_putc(out, ' ');
	buf_putc(out, '"');
}

static void put_field(buf *out, sheaf_field field)
{
	if (field == SHEAF_FIELD_ANY)
		return;
	buf_puts(out, field_get(field)->name);
	buf_putc(out, ':');
}

/* What quotes alone do not say is written behind them. */
static void put_phrase(buf *out, sheaf_field field, const char *text, unsigned flags)
{
	unsigned    bare = query_bare_flags(field, 1, text, strlen(text));
	int         whole = flags == SHEAF_TERM_WHOLE && bare == SHEAF_TERM_NAME;
	const char *suffix = query_phrase_suffix(flags);

	if (whole)
		buf_putc(out, '=');
	put_quoted(out, text);
	if (flags & SHEAF_TERM_PREFIX)
		buf_putc(out, '*');
	else if (flags != bare && !whole && suffix)
		buf_puts(out, suffix);
}

static void put_text(buf *out, sheaf_field field, const char *text, unsigned flags)
{
	unsigned bare = query_bare_flags(field, 0, text, strlen(text));
	int      exact = !flags && bare == SHEAF_TERM_STEMMED;

	if (!query_is_plain_word(text) ||
	    !(flags == bare || exact || (flags & SHEAF_TERM_PREFIX))) {
		put_phrase(out, field, text, flags);
		return;
	}
	if (exact)
		buf_putc(out, '=');
	buf_puts(out, text);
	if (flags & SHEAF_TERM_PREFIX)
		buf_putc(out, '*');
}

static void put_value(buf *out, const char *value, unsigned flags)
{
	if (query_is_plain_value(value))
		buf_puts(out, value);
	else
		put_quoted(out, value);
	if (flags & SHEAF_TERM_PREFIX)
		buf_putc(out, '*');
}

static void put_term(buf *out, const sheaf_query *q)
{
	buf clean = BUF_INIT(0);

	/* Terms that did not come through the parser may hold anything. */
	query_clean(&clean, q->text);
	put_field(out, q->field);
	if (query_field_is_text(q->field))
		put_text(out, q->field, buf_str(&clean), q->flags);
	else
		put_value(out, buf_str(&clean), q->flags);
	if (clean.status != SHEAF_OK && out->status == SHEAF_OK)
		out->status = clean.status;
	buf_free(&clean);
}

static void put_range(buf *out, const sheaf_query *q)
{
	char begin[TIME_TEXT_SIZE] = "", end[TIME_TEXT_SIZE] = "";

	if (q->begin != INT64_MIN)
		time_format_iso(q->begin, begin);
	if (q->end != INT64_MAX)
		time_format_iso(q->end, end);
	put_field(out, q->field);
	buf_printf(out, "%s..%s", begin, end);
}

static void put_wildcard(buf *out, const sheaf_query *q)
{
	put_field(out, q->field);
	buf_puts(out, q->text);
}

/* Bytes that a line of text cannot show as \xNN. */
static void put_bytes(buf *out, const char *bytes, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)bytes[i];

		if (c > 0x20 && c < 0x7F && c != '\\')
			buf_putc(out, (char)c);
		else
			buf_printf(out, "\\x%02X", c);
	}
}

/* The query language has no words for it. */
static void put_slot_range(buf *out, const sheaf_query *q)
{
	buf_printf(out, "slot:%lu:", (unsigned long)q->slot);
	put_bytes(out, q->low ? q->low : "", q->low_len);
	buf_puts(out, "..");
	put_bytes(out, q->high ? q->high : "", q->high_len);
}

/* In plain decimals, six at most, whatever the locale. */
static void put_factor(buf *out, double factor)
{
	int64_t millionths = (int64_t)(factor * 1e6 + 0.5);
	int     width = 6;

	buf_printf(out, "^%lld", (long long)(millionths / 1000000));
	millionths %= 1000000;
	if (!millionths)
		return;
	for (; millionths % 10 == 0; millionths /= 10)
		width--;
	buf_printf(out, ".%0*lld", width, (long long)millionths);
}

static void put(buf *out, const sheaf_query *q);

static void put_in_parentheses(buf *out, const sheaf_query *q)
{
	buf_putc(out, '(');
	put(out, q);
	buf_putc(out, ')');
}

static void put_scale(buf *out, const sheaf_query *q)
{
	const sheaf_query *inner = q->sub[0];

	if (!inner->count || inner->type == QUERY_SCALE)
		put_in_parentheses(out, inner);
	else
		put(out, inner);
	put_factor(out, q->factor);
}

/* FILTER reads back as an operator before a filter, or else behind a parenthesis. */
static int needs_parentheses(const sheaf_query *q)
{
	return q->type == QUERY_FILTER && !q->sub[0]->count && q->sub[0]->type != QUERY_ALL &&
	       !query_restricts(q->sub[1]);
}

static void put_joint(buf *out, const sheaf_query *q)
{
	unsigned terms = q->count < q->window ? (unsigned)q->count : q->window;

	buf_printf(out, " %s", joints[q->type].name);
	if (joints[q->type].has_window)
		buf_printf(out, "/%u",
		           joints[q->type].has_window == 1 ? q->window - terms + 1 : q->window);
	buf_putc(out, ' ');
}

static void put_joined(buf *out, const sheaf_query *q)
{
	buf_putc(out, '(');
	for (size_t i = 0; i < q->count; i++) {
		if (i)
			put_joint(out, q);
		if (!i && needs_parentheses(q))
			put_in_parentheses(out, q->sub[i]);
		else
			put(out, q->sub[i]);
	}
	buf_putc(out, ')');
}

static void put(buf *out, const sheaf_query *q)
{
	switch (q->type) {
	case QUERY_NOTHING: buf_puts(out, "<nothing>"); break;
	case QUERY_ALL: buf_putc(out, '*'); break;
	case QUERY_TERM: put_term(out, q); break;
	case QUERY_RANGE: put_range(out, q); break;
	case QUERY_SCALE: put_scale(out, q); break;
	case QUERY_WILDCARD: put_wildcard(out, q); break;
	case QUERY_SLOT_RANGE: put_slot_range(out, q); break;
	default: put_joined(out, q);
	}
}

sheaf_status sheaf_query_get_description(const sheaf_query *query, char **text, sheaf_error *err)
{
	buf          out = BUF_INIT(0);
	sheaf_status status;

	*text = NULL;
	if (!query)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no query to describe");
	put(&out, query);
	status = buf_status(&out, err);
	if (status == SHEAF_OK)
		*text = buf_take(&out);
	buf_free(&out);
	return status == SHEAF_OK && !*text ? sheaf_nomem(err) : status;
}
