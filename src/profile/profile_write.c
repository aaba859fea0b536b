/* profile_write.c: a set of profiles as YAML. */
#include <stdio.h>
#include <string.h>

#include "error.h"
#include "escape.h"
#include "profile_keys.h"
#include "profile_write.h"
#include "str.h"
#include "utf8.h"

/* 1 for a text that YAML reads as it stands, and nobody as a number, a truth or nothing. */
static int is_plain(const char *text)
{
	static const char *const taken[] = {"null", "true", "false", "yes", "no",
	                                    "on",   "off",  "y",     "n",   NULL};
	size_t                   len = strlen(text);

	if (!str_is_alpha((unsigned char)*text) || text[len - 1] == ' ')
		return 0;
	for (size_t i = 0; i < len; i++)
		if (!str_is_alpha((unsigned char)text[i]) &&
		    !str_is_digit((unsigned char)text[i]) && !strchr(" _-./^+*()<>=?", text[i]))
			return 0;
	for (const char *const *t = taken; *t; t++)
		if (str_ieq(*t, text))
			return 0;
	return 1;
}

/* 1 for a character that a YAML file shows as it is on one line, and that steers no terminal. */
static int is_shown(uint32_t c)
{
	if (escape_is_control(c))
		return 0;
	return (c >= 0x20 && c < 0x7F) ||
	       (c > 0xA0 && c != 0x2028 && c != 0x2029 && c != 0xFEFF && c < 0xD800) ||
	       (c >= 0xE000 && c != 0xFEFF && c < 0xFFFE) || (c >= 0x10000 && c < 0x110000);
}

static int is_shown_text(const char *text)
{
	size_t len = strlen(text);

	while (len) {
		uint32_t c;
		size_t   n = utf8_decode(text, len, &c);

		if (!is_shown(c))
			return 0;
		text += n;
		len -= n;
	}
	return 1;
}

static void put_escaped(buf *out, const char *text)
{
	size_t len = strlen(text);

	buf_putc(out, '"');
	while (len) {
		uint32_t c;
		size_t   n = utf8_decode(text, len, &c);

		if (c == '"' || c == '\\')
			buf_printf(out, "\\%c", (char)c);
		else if (c == '\n')
			buf_puts(out, "\\n");
		else if (is_shown(c))
			buf_append(out, text, n);
		else
			buf_printf(out, c < 0x10000 ? "\\u%04X" : "\\U%08X", (unsigned)c);
		text += n;
		len -= n;
	}
	buf_putc(out, '"');
}

void profile_write_text(buf *out, const char *text)
{
	if (*text && is_plain(text)) {
		buf_puts(out, text);
		return;
	}
	if (!is_shown_text(text)) {
		put_escaped(out, text);
		return;
	}
	buf_putc(out, '\'');
	for (; *text; text++)
		buf_puts(out, *text == '\'' ? "''" : (char[]){*text, 0});
	buf_putc(out, '\'');
}

/* A text of several lines that a block can hold: one with nothing that the block would change. */
static int is_block(const char *text)
{
	int lines = 0;

	if (!*text || *text == ' ' || *text == '\n' || *text == '\t')
		return 0;
	for (const char *p = text; *p; p += *p == '\n') {
		size_t len = strcspn(p, "\n");
		size_t used = 0;

		while (used < len) {
			uint32_t c;

			used += utf8_decode(p + used, len - used, &c);
			if (!is_shown(c))
				return 0;
		}
		lines++;
		p += len;
	}
	return lines > 1;
}

void profile_write_query(buf *out, const char *indent, const char *text)
{
	if (!is_block(text)) {
		profile_write_text(out, text);
		buf_putc(out, '\n');
		return;
	}
	buf_puts(out, "|\n");
	while (*text) {
		size_t len = strcspn(text, "\n");

		if (len) {
			buf_puts(out, indent);
			buf_append(out, text, len);
		}
		buf_putc(out, '\n');
		text += len + (text[len] == '\n');
	}
}

/* A line of a map; nothing where there is no value. */
static void put_text(buf *out, const char *indent, const char *key, const char *text)
{
	if (!text)
		return;
	buf_printf(out, "%s%s: ", indent, key);
	profile_write_text(out, text);
	buf_putc(out, '\n');
}

static void put_query(buf *out, const char *indent, const char *key, const char *text)
{
	if (!text)
		return;
	buf_printf(out, "%s%s: ", indent, key);
	profile_write_query(out, *indent && indent[2] ? "      " : "    ", text);
}

static void put_count(buf *out, const char *indent, const char *key, int64_t number)
{
	if (number)
		buf_printf(out, "%s%s: %lld\n", indent, key, (long long)number);
}

static void put_list(buf *out, const char *key, const char *const *items, size_t count)
{
	if (!count)
		return;
	buf_printf(out, "    %s: [", key);
	for (size_t i = 0; i < count; i++) {
		buf_puts(out, i ? ", " : "");
		profile_write_text(out, items[i]);
	}
	buf_puts(out, "]\n");
}

enum { NUMBER_SIZE = 400 }; /* for the largest there is */

static void print_number(char text[NUMBER_SIZE], double number, int decimals)
{
	snprintf(text, NUMBER_SIZE, "%.*f", decimals, number);
	for (char *p = text; *p; p++)
		if (*p == ',')
			*p = '.';
}

void profile_write_number(buf *out, double number, int decimals)
{
	char text[NUMBER_SIZE];

	print_number(text, number, decimals);
	buf_puts(out, text);
}

/* The shortest decimal number that reads back to the same, as what a file says always does. */
static void put_number(buf *out, const char *key, double number)
{
	char text[NUMBER_SIZE];

	for (int decimals = 0; decimals <= 17; decimals++) {
		double back;

		print_number(text, number, decimals);
		if (str_to_double(text, &back) && memcmp(&back, &number, sizeof back) == 0)
			break;
	}
	buf_printf(out, "    %s: %s\n", key, text);
}

static void put_digest(buf *out, const sheaf_digest_settings *d)
{
	buf_puts(out, "digest:\n");
	put_text(out, "  ", "name", d->name);
	put_text(out, "  ", "title", str_eq(d->title, d->name) ? NULL : d->title);
	put_text(out, "  ", "intro", d->intro);
	put_query(out, "  ", "select", d->select);
	put_text(out, "  ", "assign", d->assign == SHEAF_ASSIGN_ALL ? "all" : NULL);
	put_text(out, "  ", "match", d->match == SHEAF_MATCH_KEYWORDS ? "keywords" : NULL);
	put_text(out, "  ", "score", d->score == SHEAF_SCORE_WEIGHTS ? "weights" : NULL);
	put_text(out, "  ", "fallback", d->fallback);
	put_count(out, "  ", "limit", d->limit);
	put_text(out, "  ", "order", d->order == SHEAF_ORDER_RELEVANCE ? "relevance" : NULL);
	put_text(out, "  ", "link", d->link);
	buf_puts(out, d->escape ? "" : "  escape: false\n");
}

static void put_include(buf *out, unsigned include)
{
	static const char *const kinds[] = {"new", "cross", "replace"};
	const char              *items[3];
	size_t                   count = 0;

	for (unsigned i = 0; i < 3; i++)
		if (include & 1u << i)
			items[count++] = kinds[i];
	put_list(out, "include", items, count);
}

static void put_profile(buf *out, const sheaf_profile *p)
{
	buf_puts(out, "  ");
	profile_write_text(out, p->name);
	buf_puts(out, ":\n");
	put_text(out, "    ", "heading", str_eq(p->heading, p->name) ? NULL : p->heading);
	put_query(out, "    ", "query", p->query);
	put_list(out, "keywords", p->keywords, p->keyword_count);
	put_query(out, "    ", "exclude", p->exclude);
	put_query(out, "    ", "require", p->require);
	put_count(out, "    ", "min_percent", p->min_percent);
	put_count(out, "    ", "max", p->max);
	if (p->bias != 0)
		put_number(out, "bias", p->bias);
	put_include(out, p->include);
	put_list(out, "must", p->must, p->must_count);
	put_list(out, "mustnot", p->mustnot, p->mustnot_count);
}

sheaf_status sheaf_profile_set_to_yaml(const sheaf_profile_set *set, char **yaml, sheaf_error *err)
{
	buf          out = BUF_INIT(YAML_SIZE_MAX);
	sheaf_status status;

	if (!yaml)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the text");
	*yaml = NULL;
	if (!set)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no profiles");
	put_digest(&out, &set->digest);
	buf_puts(&out, "profiles:\n");
	for (size_t i = 0; i < set->count; i++)
		put_profile(&out, &set->profiles[i]);
	status = buf_status(&out, err);
	if (status == SHEAF_OK)
		*yaml = buf_take(&out);
	buf_free(&out);
	return status;
}
