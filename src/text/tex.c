#include "tex.h"

#include <string.h>

#include "str.h"
#include "tex_names.h"

/* A backslash before a sign: accents, places where a line may break, and what divides words. */
static tex_kind sign_kind(char sign)
{
	if (sign && strchr("'`^\"~=.", sign))
		return TEX_ACCENT;
	return sign && strchr("-/@", sign) ? TEX_SILENT : TEX_BREAK;
}

tex_control tex_read(const char *s, size_t len)
{
	tex_control     c = {TEX_BREAK, 1, NULL, 0};
	const tex_name *known;
	size_t          n = 1;

	while (n < len && str_is_alpha((unsigned char)s[n]))
		n++;
	if (n == 1) {
		if (len > 1) {
			c.len = 2;
			c.kind = sign_kind(s[1]);
		}
		return c;
	}
	c.text = s + 1;
	c.text_len = n - 1;
	known = tex_name_find(c.text, c.text_len);
	c.kind = known ? known->kind : TEX_WORD;
	if (known && known->letters) {
		c.text = known->letters;
		c.text_len = strlen(c.text);
	}
	/* "\v s", "\o re" and "\rm QCD" go on after the blank; others divide words anyway. */
	if (c.kind != TEX_BREAK && c.kind != TEX_PAIR && c.kind != TEX_WORD && n < len &&
	    s[n] == ' ')
		n++;
	c.len = n;
	return c;
}
