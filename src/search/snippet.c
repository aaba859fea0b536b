#include "snippet.h"

#include <string.h>

#include "buf.h"
#include "error.h"
#include "escape.h"
#include "passage.h"
#include "str.h"
#include "utf8.h"

enum { WORDS_DEFAULT = 30 };

/*
 * Matches stand between these until everything is escaped. They are taken out of the source, so that no
 * text can mark itself.
 */
#define MARK_BEGIN 0xE000u
#define MARK_END 0xE001u
#define MARK_BEGIN_TEXT "\xEE\x80\x80"
#define MARK_END_TEXT "\xEE\x80\x81"
#define ELLIPSIS "\xE2\x80\xA6"

/* One blank for each run of white space and controls; without what would pass for a mark. */
static void append_clean(buf *out, const char *text, size_t len)
{
	while (len) {
		uint32_t c;
		size_t   n = utf8_decode(text, len, &c);

		if (c <= 0x20 || (c >= 0x7F && c < 0xA0)) {
			if (out->len && out->data[out->len - 1] != ' ')
				buf_putc(out, ' ');
		} else if (c == UTF8_REPLACEMENT && n == 1) {
			buf_puts(out, "\xEF\xBF\xBD");
		} else if (c != MARK_BEGIN && c != MARK_END && !escape_is_control(c)) {
			buf_append(out, text, n);
		}
		text += n;
		len -= n;
	}
}

/* Signs that open what follows belong to it: "(see", "$k$-means". */
static size_t shown_begin(const passage *p, const char *source)
{
	size_t at = p->from ? p->words[p->from].begin : 0;
	size_t least = p->from ? p->words[p->from - 1].end : 0;

	while (at > least && strchr("([{$\"'`", source[at - 1]))
		at--;
	return at;
}

/* Signs that close belong to what stands before them, and the stop to its sentence. */
static size_t shown_end(const passage *p, const char *source)
{
	size_t at, most;

	if (p->to == p->count)
		return strlen(source);
	at = p->words[p->to - 1].end;
	most = p->words[p->to].begin;
	while (at < most && !str_is_space((unsigned char)source[at]) &&
	       (p->ends || strchr(")]}$\"'", source[at])))
		at++;
	return at;
}

static void put_passage(const passage *p, const char *source, buf *out)
{
	size_t at = shown_begin(p, source), end = shown_end(p, source);

	for (size_t i = p->from; i < p->to; i++) {
		const passage_word *w = &p->words[i];

		if (!w->number)
			continue;
		append_clean(out, source + at, w->begin - at);
		buf_puts(out, MARK_BEGIN_TEXT);
		append_clean(out, source + w->begin, w->end - w->begin);
		buf_puts(out, MARK_END_TEXT);
		at = w->end;
	}
	append_clean(out, source + at, end - at);
	while (out->len && out->data[out->len - 1] == ' ')
		buf_truncate(out, out->len - 1);
}

/* The text with the caller's markers in place of the marks. */
static void put_markers(buf *out, const char *text, const sheaf_snippet_options *options)
{
	const char *start = options->hi_start ? options->hi_start : "";
	const char *end = options->hi_end ? options->hi_end : "";
	size_t      len = strlen(text);

	while (len) {
		uint32_t c;
		size_t   n = utf8_decode(text, len, &c);

		if (c == MARK_BEGIN || c == MARK_END)
			buf_puts(out, c == MARK_BEGIN ? start : end);
		else
			buf_append(out, text, n);
		text += n;
		len -= n;
	}
}

/* A blank divides the ellipsis from a whole sentence, none from one that is cut. */
static void put_snippet(const passage *p, const char *source, const sheaf_snippet_options *options,
                        buf *out)
{
	const char *omit = options->omit ? options->omit : ELLIPSIS;
	buf         plain = BUF_INIT(0), escaped = BUF_INIT(0);

	put_passage(p, source, &plain);
	if (options->escape == SHEAF_SNIPPET_HTML)
		escape_html(&escaped, buf_str(&plain));
	else if (options->escape == SHEAF_SNIPPET_MARKDOWN)
		escape_markdown(&escaped, buf_str(&plain));
	if (p->from)
		buf_puts(out, omit);
	if (p->from && p->starts && *omit)
		buf_putc(out, ' ');
	put_markers(out,
	            options->escape == SHEAF_SNIPPET_PLAIN ? buf_str(&plain) : buf_str(&escaped),
	            options);
	if (p->to < p->count && p->ends && *omit)
		buf_putc(out, ' ');
	if (p->to < p->count)
		buf_puts(out, omit);
	if (out->status == SHEAF_OK)
		out->status = plain.status != SHEAF_OK ? plain.status : escaped.status;
	buf_free(&plain);
	buf_free(&escaped);
}

sheaf_status snippet_make(highlight *h, sheaf_field field, const char *source,
                          const sheaf_snippet_options *options, char **text, sheaf_error *err)
{
	passage      p = {0};
	buf          out = BUF_INIT(0);
	sheaf_status status = passage_find(
		h, field, source, options->words ? options->words : WORDS_DEFAULT, &p, err);

	*text = NULL;
	if (status == SHEAF_OK) {
		put_snippet(&p, source, options, &out);
		status = buf_status(&out, err);
	}
	if (status == SHEAF_OK) {
		*text = buf_take(&out);
		if (!*text)
			status = sheaf_nomem(err);
	}
	buf_free(&out);
	passage_free(&p);
	return status;
}
