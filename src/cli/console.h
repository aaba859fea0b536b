/* console.h: what is said on standard error: errors, notes, and the line that shows progress. */
#ifndef CONSOLE_H
#define CONSOLE_H

#include <sheaf/status.h>

typedef struct console {
	int    quiet;    /* errors only */
	int    verbose;  /* details as well */
	int    rewrites; /* standard error is a terminal that can draw a line anew */
	int    progress; /* 0: nothing is said about progress */
	int    shown;    /* a progress line stands on the terminal */
	size_t columns;  /* of the terminal */
} console;

/* Looks at standard error and at TERM. */
void console_init(console *c);
/* Each says one line, "sheaf: …", with control characters removed. */
__attribute__((format(printf, 2, 3))) void console_error(console *c, const char *format, ...);
/* Not with -q. */
__attribute__((format(printf, 2, 3))) void console_note(console *c, const char *format, ...);
/* Only with -v. */
__attribute__((format(printf, 2, 3))) void console_detail(console *c, const char *format, ...);
/* A note that begins with a place in a file instead of the program's name. */
__attribute__((format(printf, 2, 3))) void console_remark(console *c, const char *format, ...);
/* An error that begins with a place in a file; said with -q, too. */
__attribute__((format(printf, 2, 3))) void console_complaint(console *c, const char *format, ...);
/* Draws `text` (one line, plain) where the last progress line stood; "" removes it. */
void console_draw(console *c, const char *text);

/* 1 where standard output is a terminal that knows colours. */
int console_colours(void);
/* 1 where the locale says that text is UTF-8, so that characters beyond ASCII can be drawn. */
int console_utf8(void);
/* Columns of the terminal behind standard output; 0 where there is none. */
int console_width(void);

#endif
