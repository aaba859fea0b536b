#include "progress.h"

#include <stdio.h>
#include <string.h>

#include "wallclock.h"

enum { REDRAW_MS = 100 };

void progress_begin(progress *p, console *c)
{
	*p = (progress){c, wallclock_ms(), 0};
}

double progress_seconds(const progress *p)
{
	return (double)(wallclock_ms() - p->started_ms) / 1000;
}

double progress_rate(const progress *p, int64_t count)
{
	double seconds = progress_seconds(p);

	return seconds > 0 ? (double)count / seconds : 0;
}

void progress_number(buf *out, int64_t n)
{
	char digits[32];
	int  len = snprintf(digits, sizeof digits, "%lld", (long long)n);

	for (int i = 0; i < len; i++) {
		if (i && (len - i) % 3 == 0 && digits[i - 1] != '-')
			buf_putc(out, ',');
		buf_putc(out, digits[i]);
	}
}

void progress_size(buf *out, int64_t bytes)
{
	static const char *const units[] = {"kB", "MB", "GB", "TB"};
	double                   size = (double)bytes / 1000;
	size_t                   unit = 0;

	while (size >= 1000 && unit + 1 < sizeof units / sizeof *units) {
		size /= 1000;
		unit++;
	}
	buf_printf(out, "%.1f %s", size, units[unit]);
}

/* "12,345 papers  3.4 MB  4,200/s", and an estimate where the total is known. */
static void describe(const progress *p, const progress_state *s, buf *out)
{
	double rate = progress_rate(p, s->count);

	progress_number(out, s->count);
	if (s->total > 0) {
		buf_puts(out, " of ");
		progress_number(out, s->total);
	}
	buf_printf(out, " %s", s->what);
	if (s->bytes > 0) {
		buf_puts(out, "  ");
		progress_size(out, s->bytes);
	}
	buf_puts(out, "  ");
	progress_number(out, (int64_t)(rate + 0.5));
	buf_puts(out, "/s");
	if (s->total > s->count && rate > 0) {
		int64_t left = (int64_t)((double)(s->total - s->count) / rate + 0.5);

		buf_printf(out, "  %lld:%02lld left", (long long)(left / 60),
		           (long long)(left % 60));
	}
}

static int silent(const progress *p)
{
	return p->console->quiet || !p->console->progress;
}

void progress_update(progress *p, const progress_state *state)
{
	buf     line = BUF_INIT(512);
	int64_t now = wallclock_ms();

	if (silent(p) || !p->console->rewrites || (p->drawn_ms && now - p->drawn_ms < REDRAW_MS))
		return;
	p->drawn_ms = now;
	describe(p, state, &line);
	console_draw(p->console, buf_str(&line));
	buf_free(&line);
}

void progress_page(progress *p, const progress_state *state, const char *page)
{
	buf line = BUF_INIT(1024);

	if (!silent(p) && (!p->console->rewrites || p->console->verbose)) {
		buf_printf(&line, "%s: ", page);
		describe(p, state, &line);
		console_note(p->console, "%s", buf_str(&line));
	}
	progress_update(p, state);
	buf_free(&line);
}

void progress_end(progress *p)
{
	console_draw(p->console, "");
}
