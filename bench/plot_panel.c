#include "plot_panel.h"

#include "bench_util.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { ROOM_LEFT = 64, ROOM_RIGHT = 14, ROOM_TOP = 26, ROOM_BOTTOM = 40 };

/* What the axes show, and where. */
typedef struct frame {
	double left, right, top, bottom; /* of the inner rectangle */
	double x_min, x_max, y_min, y_max;
	int    log_y;
} frame;

plot_series *plot_panel_series(plot_panel *panel, const char *name)
{
	plot_series *made;

	for (size_t i = 0; i < panel->count; i++)
		if (!strcmp(panel->series[i].name, name))
			return &panel->series[i];
	if (panel->count == PLOT_SERIES_MAX || strlen(name) >= PLOT_NAME_SIZE)
		bench_fail(name, "too many lines in a plot, or too long a name");
	made = &panel->series[panel->count++];
	memset(made, 0, sizeof *made);
	memcpy(made->name, name, strlen(name) + 1);
	return made;
}

void plot_series_add(plot_series *series, double x, double y, int hollow)
{
	size_t at = series->count;

	if (x <= 0 || y <= 0 || at == PLOT_POINTS_MAX)
		return;
	for (; at && series->points[at - 1].x > x; at--)
		series->points[at] = series->points[at - 1];
	series->points[at] = (plot_point){x, y, hollow};
	series->count++;
}

/* The limits of all points; 0 where there are none. */
static int find_limits(const plot_panel *panel, frame *f)
{
	int found = 0;

	for (size_t i = 0; i < panel->count; i++)
		for (size_t j = 0; j < panel->series[i].count; j++) {
			const plot_point *p = &panel->series[i].points[j];

			f->x_min = found ? fmin(f->x_min, p->x) : p->x;
			f->x_max = found ? fmax(f->x_max, p->x) : p->x;
			f->y_min = found ? fmin(f->y_min, p->y) : p->y;
			f->y_max = found ? fmax(f->y_max, p->y) : p->y;
			found = 1;
		}
	return found;
}

/* A step of 1, 2 or 5 times a power of ten, of which at most six make `range`. */
static double nice_step(double range)
{
	double step = pow(10, floor(log10(range / 6)));

	if (step * 2 * 6 >= range)
		return step * 6 >= range ? step : step * 2;
	return step * 5 * 6 >= range ? step * 5 : step * 10;
}

static void set_frame(const plot_panel *panel, frame *f)
{
	f->left = panel->left + ROOM_LEFT;
	f->right = panel->left + panel->width - ROOM_RIGHT;
	f->top = panel->top + ROOM_TOP;
	f->bottom = panel->top + panel->height - ROOM_BOTTOM;
	f->log_y = panel->log_y;
	/* Room at both sides, so that one size alone stands in the middle. */
	f->x_min /= 1.5;
	f->x_max *= 1.5;
	if (f->log_y) {
		f->y_min = pow(10, floor(log10(f->y_min)));
		f->y_max = pow(10, ceil(log10(f->y_max * 1.0001)));
	} else {
		double step = nice_step(f->y_max);

		f->y_min = 0;
		f->y_max = ceil(f->y_max * 1.02 / step) * step;
	}
}

static double place_x(const frame *f, double x)
{
	return f->left + (f->right - f->left) * log(x / f->x_min) / log(f->x_max / f->x_min);
}

static double place_y(const frame *f, double y)
{
	double share = f->log_y ? log(y / f->y_min) / log(f->y_max / f->y_min)
	                        : (y - f->y_min) / (f->y_max - f->y_min);

	return f->bottom - (f->bottom - f->top) * share;
}

/* 130000 as "130k", 2000000 as "2M". */
static void number_text(double number, char text[32])
{
	if (number >= 999500)
		snprintf(text, 32, "%.3gM", number / 1e6);
	else if (number >= 1000)
		snprintf(text, 32, "%.3gk", number / 1e3);
	else
		snprintf(text, 32, "%.3g", number);
}

static void draw_y_tick(FILE *out, const frame *f, double y)
{
	char text[32];

	number_text(y, text);
	fprintf(out,
	        "<path class=\"grid\" d=\"M%.1f %.1fH%.1f\"/><text x=\"%.1f\" y=\"%.1f\" "
	        "class=\"end\">%s</text>\n",
	        f->left, place_y(f, y), f->right, f->left - 6, place_y(f, y) + 4, text);
}

static void draw_x_tick(FILE *out, const frame *f, double x)
{
	char text[32];

	number_text(x, text);
	fprintf(out,
	        "<path class=\"grid\" d=\"M%.1f %.1fV%.1f\"/><text x=\"%.1f\" y=\"%.1f\" "
	        "class=\"mid\">%s</text>\n",
	        place_x(f, x), f->top, f->bottom, place_x(f, x), f->bottom + 15, text);
}

/* Powers of ten; where these are few, 2 and 5 times them as well. */
static void draw_log_ticks(FILE *out, const frame *f)
{
	int few = f->y_max / f->y_min < 101;

	for (double y = f->y_min; y <= f->y_max * 1.001; y *= 10) {
		draw_y_tick(out, f, y);
		if (few && y * 5 < f->y_max) {
			draw_y_tick(out, f, y * 2);
			draw_y_tick(out, f, y * 5);
		}
	}
}

static void draw_y_ticks(FILE *out, const frame *f)
{
	double step = nice_step(f->y_max);

	if (f->log_y)
		draw_log_ticks(out, f);
	else
		for (double y = 0; y <= f->y_max * 1.001; y += step)
			draw_y_tick(out, f, y);
}

/* At each size that was measured, as far as there is room for its number. */
static void draw_x_ticks(FILE *out, const plot_panel *panel, const frame *f)
{
	double last = -1e9;

	for (size_t i = 0; i < panel->count; i++)
		for (size_t j = 0; j < panel->series[i].count; j++) {
			double x = panel->series[i].points[j].x;

			if (place_x(f, x) - last > 34) {
				draw_x_tick(out, f, x);
				last = place_x(f, x);
			}
		}
}

static void draw_axes(FILE *out, const plot_panel *panel, const frame *f)
{
	double middle = (f->top + f->bottom) / 2;

	draw_y_ticks(out, f);
	if (!panel->decades_x)
		draw_x_ticks(out, panel, f);
	for (double x = 1; panel->decades_x && x <= f->x_max; x *= 10)
		if (x >= f->x_min)
			draw_x_tick(out, f, x);
	fprintf(out, "<rect class=\"box\" x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\"/>\n",
	        f->left, f->top, f->right - f->left, f->bottom - f->top);
	fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" class=\"head\">%s</text>\n", f->left, f->top - 8,
	        panel->title);
	fprintf(out, "<text x=\"%.1f\" y=\"%.1f\" class=\"mid\">%s</text>\n",
	        (f->left + f->right) / 2, f->bottom + 31, panel->x_label);
	fprintf(out,
	        "<text transform=\"translate(%.1f %.1f) rotate(-90)\" class=\"mid\">%s</text>\n",
	        panel->left + 16, middle, panel->y_label);
}

/* A point of a full line is round, of a dashed one a square. */
static void draw_marker(FILE *out, const plot_series *series, double x, double y, int hollow)
{
	const char *fill = hollow ? "#fff" : series->colour;

	if (series->dashed)
		fprintf(out,
		        "<rect x=\"%.1f\" y=\"%.1f\" width=\"6\" height=\"6\" stroke=\"%s\" "
		        "fill=\"%s\"/>\n",
		        x - 3, y - 3, series->colour, fill);
	else
		fprintf(out,
		        "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" stroke=\"%s\" fill=\"%s\"/>\n",
		        x, y, series->colour, fill);
}

static void draw_series(FILE *out, const plot_series *series, const frame *f)
{
	fprintf(out, "<path class=\"line\" stroke=\"%s\"%s d=\"", series->colour,
	        series->dashed ? " stroke-dasharray=\"5 4\"" : "");
	for (size_t i = 0; i < series->count; i++)
		fprintf(out, "%c%.1f %.1f", i ? 'L' : 'M', place_x(f, series->points[i].x),
		        place_y(f, series->points[i].y));
	fputs("\"/>\n", out);
	for (size_t i = 0; i < series->count; i++)
		draw_marker(out, series, place_x(f, series->points[i].x),
		            place_y(f, series->points[i].y), series->points[i].hollow);
}

void plot_begin(FILE *out, double width, double height, const char *title)
{
	fprintf(out,
	        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%.0f\" height=\"%.0f\" "
	        "viewBox=\"0 0 %.0f %.0f\">\n"
	        "<title>%s</title>\n"
	        "<style>text{font:12px sans-serif;fill:#222}.head{font-weight:bold}"
	        ".mid{text-anchor:middle}.end{text-anchor:end}"
	        ".grid{stroke:#ddd;fill:none}.box{stroke:#888;fill:none}"
	        ".line{fill:none;stroke-width:2}</style>\n"
	        "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>\n",
	        width, height, width, height, title);
}

void plot_panel_draw(FILE *out, const plot_panel *panel)
{
	frame f = {0};

	if (!find_limits(panel, &f))
		return;
	set_frame(panel, &f);
	draw_axes(out, panel, &f);
	for (size_t i = 0; i < panel->count; i++)
		draw_series(out, &panel->series[i], &f);
}

static int has_hollow(const plot_panel *panel)
{
	for (size_t i = 0; i < panel->count; i++)
		for (size_t j = 0; j < panel->series[i].count; j++)
			if (panel->series[i].points[j].hollow)
				return 1;
	return 0;
}

static double entry_width(const char *name)
{
	return 54 + 7 * (double)strlen(name);
}

void plot_legend(FILE *out, const plot_panel *panel, double left, double top, double right)
{
	double x = left;

	for (size_t i = 0; i < panel->count; i++) {
		const plot_series *s = &panel->series[i];

		if (x + entry_width(s->name) > right) {
			x = left;
			top += 20;
		}
		fprintf(out,
		        "<path class=\"line\" stroke=\"%s\"%s d=\"M%.1f %.1fh26\"/>"
		        "<text x=\"%.1f\" y=\"%.1f\">%s</text>\n",
		        s->colour, s->dashed ? " stroke-dasharray=\"5 4\"" : "", x, top, x + 32,
		        top + 4, s->name);
		draw_marker(out, s, x + 13, top, 0);
		x += entry_width(s->name);
	}
	if (!has_hollow(panel))
		return;
	if (x + entry_width("hollow: synthetic") > right) {
		x = left;
		top += 20;
	}
	fprintf(out, "<text x=\"%.1f\" y=\"%.1f\">hollow: synthetic papers</text>\n", x, top + 4);
}

void plot_end(FILE *out)
{
	fputs("</svg>\n", out);
}
