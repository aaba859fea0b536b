#include "arxiv_id.h"

#include <string.h>

#include "str.h"

enum { LOCAL_MAX = 64 };

static const char *const prefixes[] = {
	"https://",       "http://",    "www.", "export.", "browse.",
	"oai:arxiv.org:", "arxiv.org/", "abs/", "pdf/",    "arxiv:",
};

static int number(const char *s, int count)
{
	int n = 0;

	while (count--)
		n = n * 10 + (*s++ - '0');
	return n;
}

static size_t digit_run(const char *s, size_t len)
{
	size_t n = 0;

	while (n < len && str_is_digit((unsigned char)s[n]))
		n++;
	return n;
}

/* Takes `vN` from the end. */
static size_t split_version(const char *s, size_t len, int *version)
{
	size_t start = len;

	while (start && str_is_digit((unsigned char)s[start - 1]))
		start--;
	if (start < 2 || start == len || len - start > 4 || str_lower(s[start - 1]) != 'v')
		return len;
	*version = number(s + start, (int)(len - start));
	return start - 1;
}

/* YYMM.NNNN to 2014, YYMM.NNNNN since. */
static int parse_new(const char *s, size_t len, arxiv_id *id)
{
	size_t serial;

	if (len < 9 || digit_run(s, len) != 4 || s[4] != '.')
		return 0;
	serial = digit_run(s + 5, len - 5);
	if (serial + 5 != len || serial < 4 || serial > 5)
		return 0;
	id->year = 2000 + number(s, 2);
	id->month = number(s + 2, 2);
	if (id->month < 1 || id->month > 12)
		return 0;
	memcpy(id->id, s, len);
	id->id[len] = 0;
	return 1;
}

/* archive[.SC]/YYMMNNN. */
static int parse_old(const char *s, size_t len, arxiv_id *id)
{
	const char *slash = memchr(s, '/', len);
	size_t      archive, out = 0, rest;
	int         yy;

	if (!slash)
		return 0;
	archive = (size_t)(slash - s);
	rest = len - archive - 1;
	if (rest != 7 || digit_run(slash + 1, rest) != 7 || !archive || archive > 16)
		return 0;
	for (size_t i = 0; i < archive && s[i] != '.'; i++) {
		if (!str_is_alpha((unsigned char)s[i]) && s[i] != '-')
			return 0;
		id->id[out++] = str_lower(s[i]);
	}
	yy = number(slash + 1, 2);
	id->year = yy > 90 ? 1900 + yy : 2000 + yy;
	id->month = number(slash + 3, 2);
	if (!out || id->month < 1 || id->month > 12)
		return 0;
	memcpy(id->id + out, slash, 8);
	id->id[out + 8] = 0;
	return 1;
}

static int parse_local(const char *s, size_t len, arxiv_id *id)
{
	if (!len || len > LOCAL_MAX)
		return 0;
	for (size_t i = 0; i < len; i++)
		if (!str_is_alpha((unsigned char)s[i]) && !str_is_digit((unsigned char)s[i]) &&
		    !(s[i] && strchr("._:/+-", s[i])))
			return 0;
	if (!str_is_alpha((unsigned char)*s) && !str_is_digit((unsigned char)*s))
		return 0;
	/* 2613.00001 is meant as one of arXiv's, and there is no such paper. */
	if (len > 5 && digit_run(s, len) == 4 && s[4] == '.' && str_is_digit((unsigned char)s[5]))
		return 0;
	memcpy(id->id, s, len);
	id->id[len] = 0;
	return 1;
}

int arxiv_id_parse(const char *text, size_t len, arxiv_id *id)
{
	const char *s = text;
	size_t      n = len, bare;

	memset(id, 0, sizeof *id);
	str_trim(&s, &n);
	text = s;
	len = n;
	/* Mostly there is none: the number comes first. */
	for (size_t i = 0;
	     n && !str_is_digit((unsigned char)*s) && i < sizeof prefixes / sizeof *prefixes; i++) {
		size_t skip = strlen(prefixes[i]);

		if (n >= skip && str_ieq_n(s, prefixes[i], skip)) {
			s += skip;
			n -= skip;
		}
	}
	if (n > 4 && str_ieq_n(s + n - 4, ".pdf", 4))
		n -= 4;
	bare = split_version(s, n, &id->version);
	if (parse_new(s, bare, id) || parse_old(s, bare, id))
		return 1;
	memset(id, 0, sizeof *id);
	return parse_local(text, len, id);
}
