/* sniff.c: which format a file is in, told from its beginning. */
#include <string.h>

#include "source.h"
#include "str.h"

typedef struct mark {
	const char         *text;
	sheaf_source_format format;
} mark;

/* Outermost elements. */
static const mark elements[] = {
	{"OAI-PMH", SHEAF_SOURCE_OAI},   {"ListRecords", SHEAF_SOURCE_OAI},
	{"GetRecord", SHEAF_SOURCE_OAI}, {"record", SHEAF_SOURCE_OAI},
	{"arXiv", SHEAF_SOURCE_OAI},     {"arXivRaw", SHEAF_SOURCE_OAI},
	{"arXivOld", SHEAF_SOURCE_OAI},  {"dc", SHEAF_SOURCE_OAI},
	{"feed", SHEAF_SOURCE_ATOM},     {"entry", SHEAF_SOURCE_ATOM},
	{"rss", SHEAF_SOURCE_RSS},       {"RDF", SHEAF_SOURCE_RSS},
};

/* What tells the format where the outermost element is somebody's own. */
static const mark inside[] = {
	{"<OAI-PMH", SHEAF_SOURCE_OAI},
	{"openarchives.org/OAI/", SHEAF_SOURCE_OAI},
	{"arxiv.org/OAI/", SHEAF_SOURCE_OAI},
	{"http://www.w3.org/2005/Atom", SHEAF_SOURCE_ATOM},
};

static int starts(const char *s, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && memcmp(s, with, n) == 0;
}

/* The place of `what` in the bytes, `len` where it is not there. */
static size_t find(const char *s, size_t len, const char *what)
{
	size_t n = strlen(what);

	for (size_t i = 0; i + n <= len; i++)
		if (s[i] == *what && memcmp(s + i, what, n) == 0)
			return i;
	return len;
}

static size_t skip_space(const char *s, size_t len)
{
	size_t i = 0;

	while (i < len && str_is_space((unsigned char)s[i]))
		i++;
	return i;
}

/* The length of "HTTP/1.1 200 OK … blank line" at the start; 0 where there is none. */
static size_t header_length(const char *s, size_t len)
{
	size_t crlf, lf;

	if (!starts(s, len, "HTTP/"))
		return 0;
	crlf = find(s, len, "\r\n\r\n");
	lf = find(s, len, "\n\n");
	if (crlf == len && lf == len)
		return 0;
	return crlf < lf ? crlf + 4 : lf + 2;
}

/* What ends the declaration, comment or instruction at `s`. */
static const char *end_of_markup(const char *s, size_t len)
{
	if (s[1] == '?')
		return "?>";
	if (starts(s, len, "<!--"))
		return "-->";
	return find(s, len, "[") < find(s, len, ">") ? "]>" : ">";
}

/* Passes over declarations, comments and instructions, to the name of the outermost element. */
static size_t find_root(const char *s, size_t len)
{
	size_t i = skip_space(s, len);

	while (i + 1 < len && s[i] == '<' && (s[i + 1] == '?' || s[i + 1] == '!')) {
		const char *end = end_of_markup(s + i, len - i);

		i += find(s + i, len - i, end);
		if (i == len)
			return len;
		i += strlen(end);
		i += skip_space(s + i, len - i);
	}
	return i + 1 < len && s[i] == '<' ? i + 1 : len;
}

/* rss.arxiv.org also writes its announcements as Atom: it names itself, and in each entry the kind. */
static int is_announcement(const char *s, size_t len)
{
	return find(s, find(s, len, "<entry"), "rss.arxiv.org/") < find(s, len, "<entry") ||
	       find(s, len, "<arxiv:announce_type") < len;
}

static sheaf_source_format sniff_xml(const char *s, size_t len)
{
	size_t start = find_root(s, len), end;

	for (end = start;
	     end < len && !str_is_space((unsigned char)s[end]) && !strchr("/>", s[end]); end++)
		if (s[end] == ':')
			start = end + 1;
	if (start < end && end < len)
		for (size_t i = 0; i < sizeof elements / sizeof *elements; i++)
			if (end - start == strlen(elements[i].text) &&
			    starts(s + start, end - start, elements[i].text))
				return elements[i].format == SHEAF_SOURCE_ATOM &&
				                       is_announcement(s, len)
				               ? SHEAF_SOURCE_RSS
				               : elements[i].format;
	for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
		if (find(s, len, inside[i].text) < len)
			return inside[i].format;
	return SHEAF_SOURCE_AUTO;
}

sheaf_source_format source_sniff(const char *bytes, size_t len, size_t *skip)
{
	size_t at = 0, n;

	/* A redirected answer has several headers. */
	while ((n = header_length(bytes + at, len - at)))
		at += n;
	if (starts(bytes + at, len - at, "\xEF\xBB\xBF"))
		at += 3;
	/* An XML declaration must be the first thing that the parser sees. */
	at += skip_space(bytes + at, len - at);
	*skip = at;
	if (at == len)
		return SHEAF_SOURCE_AUTO;
	if (bytes[at] == '{')
		return SHEAF_SOURCE_JSONL;
	return bytes[at] == '<' ? sniff_xml(bytes + at, len - at) : SHEAF_SOURCE_AUTO;
}
