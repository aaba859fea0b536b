#include "query_plain.h"

#include <string.h>

#include "query_lexer.h"
#include "query_pattern.h"
#include "query_scan.h"
#include "query_url.h"
#include "str.h"

static int is_wild(const char *text, size_t len)
{
	return strpbrk(text, "*?") && query_is_pattern(text, len);
}

int query_is_plain_word(const char *text)
{
	query_lexer lx;
	query_token t;
	size_t      len = strlen(text);

	query_lexer_init(&lx, text, SHEAF_FLAG_DEFAULT, NULL);
	query_lexer_next(&lx, &t);
	query_trim_word(&t.text, &t.len);
	return len && t.type == TOKEN_WORD && t.text == text && t.len == len && !t.field &&
	       *text != '*' && text[len - 1] != '*' && !is_wild(text, len) &&
	       !query_is_open_tex(text) && !query_has_url_marks(text);
}

int query_is_plain_value(const char *text)
{
	size_t len = strlen(text);
	double factor;

	return len && !strchr("\"([=~", *text) && text[len - 1] != '*' && query_is_balanced(text) &&
	       query_value_end(text) == text + len && query_cut_factor(text, len, &factor) == len &&
	       !query_has_url_marks(text);
}

static int is_part_of_name(char c)
{
	unsigned char u = (unsigned char)c;

	return u >= 0x80 || str_is_alpha(u) || str_is_digit(u);
}

/* "LeCun, Y", Y.LeCun, del_maestro: more than one part, and not merely a hyphen between them. */
static int has_parts(const char *text, size_t len)
{
	int before = 0, divided = 0;

	for (size_t i = 0; i < len; i++) {
		if (is_part_of_name(text[i])) {
			if (divided)
				return 1;
			before = 1;
		} else if (strchr(" _.,", text[i])) {
			divided = before;
		}
	}
	return 0;
}

unsigned query_bare_flags(sheaf_field field, int quoted, const char *text, size_t len)
{
	if (field == SHEAF_FIELD_AUTHOR)
		return has_parts(text, len) ? SHEAF_TERM_NAME : SHEAF_TERM_STEMMED;
	return quoted ? 0 : SHEAF_TERM_STEMMED;
}
