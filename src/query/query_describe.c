/*
 * A query in the words of its own language: sheaf_query_get_description(). What the parser made
 * reads back to the same tree.
 */
#include <string.h>

#include "datetime.h"
#include "error.h"
#include "field.h"
#include "query_lexer.h"
#include "query_scan.h"
#include "query_tree.h"

/* What stands between the operands. */
static const struct {
	const char *name;
	int         has_window;
} joints[] = {
	[QUERY_AND] = {"AND", 0},       [QUERY_OR] = {"OR", 0},      [QUERY_AND_NOT] = {"NOT", 0},
	[QUERY_FILTER] = {"FILTER", 0}, [QUERY_PHRASE] = {"ADJ", 1}, [QUERY_NEAR] = {"NEAR", 1},
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

static void put_text(buf *out, const char *text, unsigned flags)
{
	int plain = query_is_plain_word(text);

	if (!plain)
		put_quoted(out, text);
	else if (!flags)
		buf_printf(out, "=%s", text);
	else
		buf_puts(out, text);
	if (flags & SHEAF_TERM_PREFIX)
		buf_putc(out, '*');
	else if (!plain && (flags & SHEAF_TERM_STEMMED))
		buf_puts(out, ":stem");
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
		put_text(out, buf_str(&clean), q->flags);
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
	return q->type == QUERY_FILTER && q->sub[0]->type == QUERY_TERM &&
	       !query_is_filter(q->sub[1]);
}

static void put_joined(buf *out, const sheaf_query *q)
{
	buf_putc(out, '(');
	for (size_t i = 0; i < q->count; i++) {
		if (i && joints[q->type].has_window)
			buf_printf(out, " %s/%u ", joints[q->type].name, q->window);
		else if (i)
			buf_printf(out, " %s ", joints[q->type].name);
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
