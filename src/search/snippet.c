#include "snippet.h"

#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "error.h"
#include "str.h"
#include "utf8.h"

typedef struct spot {
	size_t begin, end;
	int    matches;
} spot;

typedef struct spots {
	spot  *list;
	size_t count, size;
	int    failed; /* out of memory */
} spots;

static int add(void *ctx, size_t begin, size_t end, int matches)
{
	spots *s = ctx;
	spot  *grown;
	size_t size = s->size ? s->size * 2 : 256;

	if (s->count == s->size) {
		grown = mem_realloc_array(s->list, size, sizeof *grown);
		if (!grown) {
			s->failed = 1;
			return 1;
		}
		s->list = grown;
		s->size = size;
	}
	s->list[s->count++] = (spot){begin, end, matches};
	return 0;
}

/* The window of `words` words with the most matches; the first of equals. */
static size_t best_window(const spots *s, size_t words)
{
	size_t in_window = 0, best = 0, at = 0;

	for (size_t i = 0; i < s->count; i++) {
		in_window += s->list[i].matches != 0;
		if (i >= words)
			in_window -= s->list[i - words].matches != 0;
		if (in_window > best) {
			best = in_window;
			at = i + 1 > words ? i + 1 - words : 0;
		}
	}
	return at;
}

/* A window ends at a match; showing what follows it, too, reads better. */
static size_t centre(const spots *s, size_t at, size_t words)
{
	size_t first = at, last = at, end = at + words < s->count ? at + words : s->count, slack;

	while (first < end && !s->list[first].matches)
		first++;
	for (size_t i = first; i < end; i++)
		if (s->list[i].matches)
			last = i;
	if (first == end)
		return at;
	slack = words - (last - first + 1);
	at = first > slack / 2 ? first - slack / 2 : 0;
	if (s->count > words && at > s->count - words)
		at = s->count - words;
	return at;
}

/* One blank for each run of white space. */
static void append_folded(buf *out, const char *text, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		if (!str_is_space((unsigned char)text[i]))
			buf_putc(out, text[i]);
		else if (out->len && out->data[out->len - 1] != ' ')
			buf_putc(out, ' ');
	}
}

static void write_window(const spots *s, const char *source, size_t from, size_t to,
                         const snippet_options *options, buf *out)
{
	size_t at = from ? s->list[from].begin : 0;
	size_t end = to == s->count ? strlen(source) : s->list[to - 1].end;

	if (from)
		buf_puts(out, "\xE2\x80\xA6");
	for (size_t i = from; i < to; i++) {
		const spot *w = &s->list[i];

		if (!w->matches)
			continue;
		append_folded(out, source + at, w->begin - at);
		buf_puts(out, options->before);
		append_folded(out, source + w->begin, w->end - w->begin);
		buf_puts(out, options->after);
		at = w->end;
	}
	append_folded(out, source + at, end - at);
	while (out->len && out->data[out->len - 1] == ' ')
		buf_truncate(out, out->len - 1);
	if (to < s->count)
		buf_puts(out, "\xE2\x80\xA6");
}

sheaf_status snippet_make(highlight *h, sheaf_field field, const char *source,
                          const snippet_options *options, char **text, sheaf_error *err)
{
	spots        s = {NULL, 0, 0, 0};
	buf          out = BUF_INIT(0);
	size_t       words = options->words ? options->words : 30, at, to;
	sheaf_status status = highlight_split(h, field, source, strlen(source), add, &s, err);

	*text = NULL;
	if (status == SHEAF_OK && s.failed)
		status = sheaf_nomem(err);
	while (str_is_space((unsigned char)*source) && !s.count)
		source++;
	if (status == SHEAF_OK) {
		at = s.count > words ? centre(&s, best_window(&s, words), words) : 0;
		to = s.count - at > words ? at + words : s.count;
		write_window(&s, source, at, to, options, &out);
		status = buf_status(&out, err);
	}
	if (status == SHEAF_OK) {
		*text = buf_take(&out);
		if (!*text)
			status = sheaf_nomem(err);
	}
	buf_free(&out);
	mem_free(s.list);
	return status;
}
