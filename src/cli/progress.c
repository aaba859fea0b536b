#include "progress.h"

#include <stdio.h>
#include <string.h>

#include "wallclock.h"

enum { REDRAW_MS = 100, REWRITE_MS = 10000 };

void progress_begin(progress *p, console *c)
{
	int64_t now = wallclock_ms();

	*p = (progress){.console = c, .started_ms = now, .part_ms = now};
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

void progress_part(progress *p, int64_t part, int64_t whole)
{
	p->part = part;
	p->whole = whole;
}

void progress_part_skipped(progress *p)
{
	p->part_first = p->part;
	p->part_ms = wallclock_ms();
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

static void add_time_left(buf *out, double seconds)
{
	int64_t left = (int64_t)(seconds + 0.5);

	buf_printf(out, "  %lld:%02lld left", (long long)(left / 60), (long long)(left % 60));
}

/* "37%", and an estimate once enough was read to tell. */
static void add_part(const progress *p, buf *out)
{
	int64_t part = p->part < p->whole ? p->part : p->whole;
	int64_t done = part - p->part_first;
	double  seconds = (double)(wallclock_ms() - p->part_ms) / 1000;

	if (p->whole <= 0 || part < 0)
		return;
	buf_printf(out, "  %d%%", (int)((double)part * 100 / (double)p->whole));
	if (done > 0 && seconds >= 1)
		add_time_left(out, (double)(p->whole - part) * seconds / (double)done);
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
	if (s->total > s->count && rate > 0)
		add_time_left(out, (double)(s->total - s->count) / rate);
	add_part(p, out);
}

static int silent(const progress *p)
{
	return p->console->quiet || !p->console->progress;
}

void progress_update(progress *p, const progress_state *state)
{
	int     rewrites = p->console->rewrites;
	buf     line = BUF_INIT(512);
	int64_t now = wallclock_ms();
	/* Where lines stay, a short run says nothing. */
	int64_t last = p->drawn_ms || rewrites ? p->drawn_ms : p->started_ms;

	if (silent(p) || now - last < (rewrites ? REDRAW_MS : REWRITE_MS))
		return;
	p->drawn_ms = now;
	describe(p, state, &line);
	if (rewrites)
		console_draw(p->console, buf_str(&line));
	else
		console_note(p->console, "%s", buf_str(&line));
	buf_free(&line);
}

void progress_page(progress *p, const progress_state *state, const char *page)
{
	buf line = BUF_INIT(1024);

	if (!silent(p) && (!p->console->rewrites || p->console->verbose)) {
		buf_printf(&line, "%s: ", page);
		describe(p, state, &line);
		console_note(p->console, "%s", buf_str(&line));
		p->drawn_ms = p->console->rewrites ? p->drawn_ms : wallclock_ms();
	}
	progress_update(p, state);
	buf_free(&line);
}

void progress_end(progress *p)
{
	console_draw(p->console, "");
}
