#include "text_cell.h"

#include "escape.h"
#include "utf8.h"

static size_t count(const char *text, size_t len)
{
	size_t   characters = 0;
	uint32_t ignored;

	for (size_t at = 0; at < len; characters++)
		at += utf8_decode(text + at, len - at, &ignored);
	return characters;
}

/* The bytes of the first characters. */
static size_t prefix(const char *text, size_t len, size_t characters)
{
	size_t   at = 0;
	uint32_t ignored;

	while (characters-- && at < len)
		at += utf8_decode(text + at, len - at, &ignored);
	return at;
}

size_t text_cell_width(const char *text)
{
	buf    clean = BUF_INIT(0);
	size_t width;

	escape_line(&clean, text);
	width = count(buf_str(&clean), clean.len);
	buf_free(&clean);
	return width;
}

void text_cell_print(output *out, const char *text, size_t width, int utf8)
{
	const char *ellipsis = utf8 ? "\xE2\x80\xA6" : "..";
	size_t      room = utf8 ? 1 : 2, used;
	buf         clean = BUF_INIT(0);

	escape_line(&clean, text);
	used = count(buf_str(&clean), clean.len);
	if (used > width && width > room) {
		buf_truncate(&clean, prefix(buf_str(&clean), clean.len, width - room));
		buf_puts(&clean, ellipsis);
		used = width;
	}
	output_puts(out, buf_str(&clean));
	for (; used < width; used++)
		output_puts(out, " ");
	buf_free(&clean);
}
