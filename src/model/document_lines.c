/* Authors and categories as sources write them on one line. */
#include <string.h>

#include "document_private.h"
#include "error.h"
#include "str.h"

/* The length of the separator at `p` outside parentheses: ",", " and ", ";", or 0. */
static size_t separator(const char *p, const char *start)
{
	size_t n = 0;

	/* Most characters are told at a glance. */
	if (*p != ',' && *p != ';' && *p != 'a')
		return 0;
	if (*p != 'a')
		n = 1;
	else if (p > start && str_is_space((unsigned char)p[-1]) && strncmp(p, "and", 3) == 0 &&
	         str_is_space((unsigned char)p[3]))
		return 4;
	else
		return 0;
	/* "A, and B" is one separator. */
	while (str_is_space((unsigned char)p[n]))
		n++;
	if (strncmp(p + n, "and", 3) == 0 && str_is_space((unsigned char)p[n + 3]))
		n += 4;
	return n;
}

/* "Jr." and the like, up to the next separator, parenthesis or the end. */
static int is_suffix(const char *s)
{
	static const char *const suffixes[] = {"Jr", "Jr.", "Sr", "Sr.", "II", "III", "IV", NULL};
	size_t                   len = strcspn(s, ",;( \t\r\n");
	const char              *next = s + len;

	while (str_is_space((unsigned char)*next))
		next++;
	if (*next && *next != '(' && !separator(next, s))
		return 0;
	for (const char *const *x = suffixes; *x; x++)
		if (strlen(*x) == len && str_ieq_n(s, *x, len))
			return 1;
	return 0;
}

/* Makes one blank of several; answers the length. */
static size_t fold_blanks(char *text)
{
	size_t out = 0;

	for (const char *p = text; *p; p++)
		if (*p != ' ' || text[out - 1] != ' ')
			text[out++] = *p;
	text[out] = 0;
	return out;
}

/* "Name (Affiliation)" without line breaks. */
static sheaf_status add_one(sheaf_document *doc, const char *text, size_t len, sheaf_error *err)
{
	sheaf_author author = {0};
	int          failed = 0;
	char        *copy, *open;

	str_trim(&text, &len);
	if (!len)
		return SHEAF_OK;
	copy = document_keep_line(doc, text, len, &failed);
	if (!copy)
		return failed ? sheaf_nomem(err) : SHEAF_OK;
	len = fold_blanks(copy);
	author.name = copy;
	open = copy[len - 1] == ')' ? memchr(copy, '(', len) : NULL;
	if (open && open > copy) {
		author.name = document_trim(copy, (size_t)(open - copy));
		author.affiliation = document_trim(open + 1, len - 2 - (size_t)(open - copy));
	}
	return document_add_kept_author(doc, &author, err);
}

sheaf_status document_add_author_line(sheaf_document *doc, const char *line, sheaf_error *err)
{
	const char  *start = line, *p = line;
	int          depth = 0;
	sheaf_status status = SHEAF_OK;

	while (*p && status == SHEAF_OK) {
		size_t n;

		if (*p == '(')
			depth++;
		else if (*p == ')' && depth)
			depth--;
		n = depth ? 0 : separator(p, start);
		/* "A. Person, Jr." is one author. */
		if (n && *p == ',' && is_suffix(p + n))
			n = 0;
		if (!n) {
			p++;
			continue;
		}
		status = add_one(doc, start, (size_t)(p - start), err);
		p += n;
		start = p;
	}
	/*
	 * An unclosed parenthesis swallows the rest of the line; the names in it are kept as they
	 * are.
	 */
	if (status == SHEAF_OK)
		status = add_one(doc, start, (size_t)(p - start), err);
	return status;
}

sheaf_status document_add_category_line(sheaf_document *doc, const char *line, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	while (*line && status == SHEAF_OK) {
		size_t n = 0;

		while (str_is_space((unsigned char)*line))
			line++;
		while (line[n] && !str_is_space((unsigned char)line[n]))
			n++;
		if (n)
			status = document_add_category_n(doc, line, n, err);
		line += n;
	}
	return status;
}
