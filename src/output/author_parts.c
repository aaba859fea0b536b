#include "author_parts.h"

#include <string.h>

#include "person_name.h"
#include "str.h"

static void set(const char **part, size_t *part_len, const char *text, size_t len)
{
	str_trim(&text, &len);
	*part = text;
	*part_len = len;
}

/* Braces that TeX groups with must not be torn apart. */
static int is_balanced(const char *text, size_t len)
{
	long depth = 0;

	for (size_t i = 0; i < len && depth >= 0; i++)
		depth += text[i] == '{' ? 1 : text[i] == '}' ? -1 : 0;
	return depth == 0;
}

/* Blanks and commas inside braces divide nothing. */
static int divides(char c)
{
	return str_is_space((unsigned char)c) || c == ',';
}

/* "Given Family Suffix", told apart by the place of the family name. */
static int take_apart(const char *name, author_parts *parts)
{
	size_t      len = strlen(name), begin, end;
	person_name p;

	person_name_parse(&p, name, len);
	if (p.kind == PERSON_NONE || p.inverted)
		return 0;
	begin = p.words[p.family.word].begin;
	end = p.words[p.family.word + p.family.count - 1].end;
	/* A word's bytes leave out what surrounds them: braces, a dot. */
	while (begin && !divides(name[begin - 1]))
		begin--;
	while (end < len && !divides(name[end]))
		end++;
	set(&parts->given, &parts->given_len, name, begin);
	set(&parts->family, &parts->family_len, name + begin, end - begin);
	while (end < len && divides(name[end]))
		end++;
	set(&parts->suffix, &parts->suffix_len, name + end, len - end);
	return parts->family_len && is_balanced(parts->given, parts->given_len) &&
	       is_balanced(parts->family, parts->family_len) &&
	       !memchr(parts->given, ',', parts->given_len) &&
	       !memchr(parts->suffix, ',', parts->suffix_len);
}

void author_parts_of(const sheaf_author *author, author_parts *parts)
{
	memset(parts, 0, sizeof *parts);
	parts->given = parts->suffix = "";
	if (author->keyname && author->forenames) {
		set(&parts->family, &parts->family_len, author->keyname, strlen(author->keyname));
		set(&parts->given, &parts->given_len, author->forenames, strlen(author->forenames));
		if (author->suffix)
			set(&parts->suffix, &parts->suffix_len, author->suffix,
			    strlen(author->suffix));
		parts->is_person = parts->family_len > 0;
	} else if (take_apart(author->name, parts)) {
		parts->is_person = 1;
	}
	if (!parts->is_person) {
		memset(parts, 0, sizeof *parts);
		parts->given = parts->suffix = "";
		set(&parts->family, &parts->family_len, author->name, strlen(author->name));
	}
}
