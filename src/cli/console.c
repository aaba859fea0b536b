#include "console.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "escape.h"
#include "str.h"
#include "utf8.h"

enum { MESSAGE_MAX = 4096, COLUMNS_DEFAULT = 80, COLUMNS_MAX = 400 };

static size_t columns_of(int fd)
{
	struct winsize size;

	if (ioctl(fd, TIOCGWINSZ, &size) != 0 || size.ws_col < 20)
		return COLUMNS_DEFAULT;
	return size.ws_col < COLUMNS_MAX ? size.ws_col : COLUMNS_MAX;
}

static int dumb_terminal(void)
{
	const char *term = getenv("TERM");

	return !term || !*term || str_eq(term, "dumb");
}

void console_init(console *c)
{
	*c = (console){0};
	c->progress = 1;
	c->rewrites = isatty(STDERR_FILENO) && !dumb_terminal();
	c->columns = c->rewrites ? columns_of(STDERR_FILENO) : COLUMNS_DEFAULT;
}

/* Standard error is the last place to speak: what cannot be written there is lost. */
static void put(const char *bytes, size_t len)
{
	while (len) {
		ssize_t n = write(STDERR_FILENO, bytes, len);

		if (n <= 0)
			return;
		bytes += n;
		len -= (size_t)n;
	}
}

static void say(console *c, const char *prefix, const char *format, va_list args)
{
	char text[MESSAGE_MAX];
	buf  line = BUF_INIT(0);
	int  n = vsnprintf(text, sizeof text, format, args);

	console_draw(c, "");
	buf_puts(&line, prefix);
	escape_line(&line, n < 0 ? "out of memory" : text);
	buf_putc(&line, '\n');
	put(buf_str(&line), line.len);
	buf_free(&line);
}

void console_error(console *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(c, "sheaf: ", format, args);
	va_end(args);
}

void console_note(console *c, const char *format, ...)
{
	va_list args;

	if (c->quiet)
		return;
	va_start(args, format);
	say(c, "sheaf: ", format, args);
	va_end(args);
}

void console_detail(console *c, const char *format, ...)
{
	va_list args;

	if (c->quiet || !c->verbose)
		return;
	va_start(args, format);
	say(c, "sheaf: ", format, args);
	va_end(args);
}

void console_remark(console *c, const char *format, ...)
{
	va_list args;

	if (c->quiet)
		return;
	va_start(args, format);
	say(c, "", format, args);
	va_end(args);
}

void console_complaint(console *c, const char *format, ...)
{
	va_list args;

	va_start(args, format);
	say(c, "", format, args);
	va_end(args);
}

/* The bytes of `text` that fit into the terminal's line, so that it never wraps. */
static size_t fitting(const console *c, const char *text, size_t len)
{
	size_t used = 0;

	for (size_t column = 1; column < c->columns && used < len; column++) {
		uint32_t ignored;

		used += utf8_decode(text + used, len - used, &ignored);
	}
	return used;
}

void console_draw(console *c, const char *text)
{
	buf clean = BUF_INIT(MESSAGE_MAX), line = BUF_INIT(2 * MESSAGE_MAX);

	if (!c->rewrites || (!*text && !c->shown))
		return;
	escape_line(&clean, text);
	buf_putc(&line, '\r');
	buf_append(&line, buf_str(&clean), fitting(c, buf_str(&clean), clean.len));
	buf_puts(&line, "\033[K");
	put(buf_str(&line), line.len);
	c->shown = *text != 0;
	buf_free(&clean);
	buf_free(&line);
}

int console_colours(void)
{
	return isatty(STDOUT_FILENO) && !dumb_terminal();
}

/* "en_GB.UTF-8", "C.utf8", "UTF-8@euro" */
static int names_utf8(const char *locale)
{
	for (; *locale; locale++)
		if (str_istarts(locale, "utf-8") || str_istarts(locale, "utf8"))
			return 1;
	return 0;
}

int console_utf8(void)
{
	/* The first that says anything counts, as in setlocale(). */
	static const char *const names[] = {"LC_ALL", "LC_CTYPE", "LANG"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		const char *locale = getenv(names[i]);

		if (locale && *locale)
			return names_utf8(locale);
	}
	return 0;
}

int console_width(void)
{
	return isatty(STDOUT_FILENO) ? (int)columns_of(STDOUT_FILENO) : 0;
}
