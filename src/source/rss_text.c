#include "rss_text.h"

#include <string.h>

#include "str.h"
#include "utf8.h"

enum {
	REFERENCE_MAX = 10, /* bytes between & and ; */
	TAG_MAX = 1024      /* bytes of a tag; what goes on for longer is text */
};

static int begins(const rss_part *at, const char *with)
{
	size_t n = strlen(with);

	return at->len >= n && str_ieq_n(at->text, with, n);
}

static void skip(rss_part *at, size_t n)
{
	at->text += n;
	at->len -= n;
}

static void skip_blanks(rss_part *at)
{
	while (at->len && str_is_space((unsigned char)*at->text))
		skip(at, 1);
}

/* Takes what stands before the next blank. */
static rss_part take_token(rss_part *at)
{
	rss_part t = *at;

	while (at->len && !str_is_space((unsigned char)*at->text))
		skip(at, 1);
	t.len -= at->len;
	return t;
}

/* Passes over `what`, if it stands here; 1 if so. */
static int take(rss_part *at, const char *what)
{
	rss_part after = *at;

	skip_blanks(&after);
	if (!begins(&after, what))
		return 0;
	skip(&after, strlen(what));
	skip_blanks(&after);
	*at = after;
	return 1;
}

announcement_kind rss_kind(const char *text, size_t len)
{
	static const char *const names[ANNOUNCEMENT_KINDS] = {
		[ANNOUNCEMENT_NEW] = "new",
		[ANNOUNCEMENT_CROSS] = "cross",
		[ANNOUNCEMENT_REPLACE] = "replace",
		[ANNOUNCEMENT_REPLACE_CROSS] = "replace-cross",
	};

	str_trim(&text, &len);
	for (int i = ANNOUNCEMENT_NEW; i < ANNOUNCEMENT_KINDS; i++)
		if (strlen(names[i]) == len && str_ieq_n(text, names[i], len))
			return (announcement_kind)i;
	return ANNOUNCEMENT_NONE;
}

void rss_split_description(const char *text, size_t len, rss_parts *parts)
{
	rss_part at = {text, len}, kind;

	memset(parts, 0, sizeof *parts);
	skip_blanks(&at);
	if (begins(&at, "arXiv:"))
		parts->id = take_token(&at);
	if (take(&at, "Announce Type:")) {
		kind = take_token(&at);
		parts->kind = rss_kind(kind.text, kind.len);
	}
	/* Words that merely begin like one of ours stay in the text. */
	if (parts->id.len && !parts->kind)
		at = (rss_part){text, len};
	take(&at, "Abstract:");
	str_trim(&at.text, &at.len);
	parts->rest = at;
}

/* The last "(arXiv:" of a title that ends with ")", or NULL. */
static const char *find_tail(const char *text, size_t len)
{
	static const char open[] = "(arXiv:";
	size_t            n = sizeof open - 1;

	if (len < n || text[len - 1] != ')')
		return NULL;
	for (size_t at = len - n + 1; at-- > 0;)
		if (text[at] == '(' && memcmp(text + at, open, n) == 0)
			return text + at;
	return NULL;
}

int rss_split_title(const char *text, size_t len, rss_parts *parts)
{
	const char *tail;
	rss_part    at;

	memset(parts, 0, sizeof *parts);
	str_trim(&text, &len);
	parts->rest = (rss_part){text, len};
	tail = find_tail(text, len);
	if (!tail)
		return 0;
	at = (rss_part){tail + 1, len - (size_t)(tail - text) - 2};
	parts->id = take_token(&at);
	if (take(&at, "[")) {
		parts->category = at;
		while (at.len && *at.text != ']')
			skip(&at, 1);
		parts->category.len -= at.len;
		take(&at, "]");
	}
	parts->kind = begins(&at, "UPDATED")        ? ANNOUNCEMENT_REPLACE
	              : begins(&at, "CROSS LISTED") ? ANNOUNCEMENT_CROSS
	                                            : ANNOUNCEMENT_NEW;
	parts->rest.len = (size_t)(tail - text);
	str_trim(&parts->rest.text, &parts->rest.len);
	if (parts->rest.len && parts->rest.text[parts->rest.len - 1] == '.')
		parts->rest.len--;
	return 1;
}

/* ---- HTML ---- */

/* The length of the tag or comment at the start of `html`; 0: it begins none. */
static size_t tag_length(const char *html, size_t len)
{
	char quote = 0;

	if (len < 3 || *html != '<' ||
	    !(str_is_alpha((unsigned char)html[1]) || html[1] == '!' ||
	      (html[1] == '/' && str_is_alpha((unsigned char)html[2]))))
		return 0;
	for (size_t i = 1; i < len && i < TAG_MAX; i++) {
		if (quote)
			quote = html[i] == quote ? 0 : quote;
		else if (html[i] == '"' || html[i] == '\'')
			quote = html[i];
		else if (html[i] == '>')
			return i + 1;
		else if (html[i] == '<')
			return 0;
	}
	return 0;
}

int rss_is_html(const char *text, size_t len)
{
	rss_part at = {text, len};

	skip_blanks(&at);
	if (begins(&at, "<p>") || begins(&at, "<p ") || begins(&at, "<a "))
		return 1;
	for (; at.len; skip(&at, 1))
		if (*at.text == '<' && begins(&at, "<a href="))
			return 1;
	return 0;
}

/* The character that `&#…;` names, of which `digits` is what stands between # and ;. */
static uint32_t number_of(const char *digits, size_t len)
{
	uint32_t base = 10, c = 0;

	if (len && str_lower(*digits) == 'x') {
		base = 16;
		digits++, len--;
	}
	for (size_t i = 0; i < len; i++) {
		char     d = str_lower(digits[i]);
		uint32_t n = str_is_digit((unsigned char)d) ? (uint32_t)(d - '0')
		             : d >= 'a' && d <= 'f'         ? (uint32_t)(d - 'a' + 10)
		                                            : 16;

		if (n >= base || c > 0x10FFFF)
			return UTF8_REPLACEMENT;
		c = c * base + n;
	}
	if (c == '\t' || c == '\n' || c == '\r')
		return c;
	if (c < 0x20 || c == 0x7F)
		return ' ';
	return c > 0x10FFFF || (c >= 0xD800 && c < 0xE000) ? UTF8_REPLACEMENT : c;
}

/* Appends what the reference at the start stands for. Answers its length; 0: it is none. */
static size_t put_reference(buf *out, const char *html, size_t len)
{
	static const struct {
		const char *name, *text;
	} named[] = {{"lt", "<"},    {"gt", ">"},   {"amp", "&"},
	             {"quot", "\""}, {"apos", "'"}, {"nbsp", " "}};
	size_t n = 1;
	char   bytes[4];

	while (n < len && n <= REFERENCE_MAX && html[n] != ';')
		n++;
	if (n == len || html[n] != ';' || n < 2)
		return 0;
	if (html[1] == '#' && n > 2) {
		buf_append(out, bytes, utf8_put(number_of(html + 2, n - 2), bytes));
		return n + 1;
	}
	for (size_t i = 0; i < sizeof named / sizeof *named; i++)
		if (strlen(named[i].name) == n - 1 && memcmp(html + 1, named[i].name, n - 1) == 0) {
			buf_puts(out, named[i].text);
			return n + 1;
		}
	return 0;
}

/* A paragraph or a line begins: what stands before and after is not one word. */
static int breaks(const char *tag, size_t len)
{
	rss_part at = {tag + 1, len - 1};

	return begins(&at, "p>") || begins(&at, "p ") || begins(&at, "br");
}

void rss_plain_text(buf *out, const char *html, size_t len)
{
	while (len) {
		size_t n = *html == '<' ? tag_length(html, len) : 0;

		if (n) {
			if (breaks(html, len))
				buf_putc(out, '\n');
		} else {
			n = *html == '&' ? put_reference(out, html, len) : 0;
			if (!n) {
				buf_putc(out, *html);
				n = 1;
			}
		}
		html += n;
		len -= n;
	}
}
