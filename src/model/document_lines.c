/* Authors and categories as sources write them on one line. */
#include <string.h>

#include "document_private.h"
#include "error.h"
#include "str.h"

/* The length of the separator at `p` outside parentheses: ",", " and ", ";", or 0. */
static size_t separator(const char *p, const char *start)
{
	size_t n = 0;

	if (*p == ',' || *p == ';')
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

/* "Name (Affiliation)" without line breaks. */
static sheaf_status add_one(sheaf_document *doc, const char *text, size_t len, sheaf_error *err)
{
	sheaf_author author = {0};
	const char  *open;
	char        *copy;
	size_t       out = 0, name_len;

	str_trim(&text, &len);
	if (!len)
		return SHEAF_OK;
	copy = arena_strndup(&doc->arena, text, len);
	if (!copy)
		return sheaf_nomem(err);
	for (size_t i = 0; i < len; i++) {
		char c = copy[i];

		if (!str_is_space((unsigned char)c))
			copy[out++] = c;
		else if (out && copy[out - 1] != ' ')
			copy[out++] = ' ';
	}
	copy[out] = 0;
	open = strchr(copy, '(');
	author.name = copy;
	if (open && open > copy && copy[out - 1] == ')') {
		copy[out - 1] = 0;
		name_len = (size_t)(open - copy);
		copy[name_len] = 0;
		author.affiliation = open + 1;
	}
	return sheaf_document_add_author(doc, &author, err);
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
		if (n) {
			char *one = arena_strndup(&doc->arena, line, n);

			status = one ? sheaf_document_add_category(doc, one, err)
			             : sheaf_nomem(err);
		}
		line += n;
	}
	return status;
}
