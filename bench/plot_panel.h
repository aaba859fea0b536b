/* plot_panel.h: axes with lines, drawn as SVG. */
#ifndef PLOT_PANEL_H
#define PLOT_PANEL_H

#include <stddef.h>
#include <stdio.h>

enum { PLOT_POINTS_MAX = 40, PLOT_SERIES_MAX = 16, PLOT_NAME_SIZE = 64 };

typedef struct plot_point {
	double x, y;
	int    hollow; /* 1: measured on synthetic papers */
} plot_point;

/* One line. Points are added in any order and joined from left to right. */
typedef struct plot_series {
	char        name[PLOT_NAME_SIZE];
	const char *colour;
	int         dashed;
	plot_point  points[PLOT_POINTS_MAX];
	size_t      count;
} plot_series;

/* One pair of axes. x is logarithmic. */
typedef struct plot_panel {
	double      left, top, width, height; /* of all of it, labels included */
	char        title[PLOT_NAME_SIZE];
	const char *x_label, *y_label;
	int         log_y;     /* 0: linear, from 0 */
	int         decades_x; /* x has its numbers at powers of ten; 0: where there are points */
	plot_series series[PLOT_SERIES_MAX];
	size_t      count;
} plot_panel;

/* The line of that name, made where it is new; ends the program where there are too many. */
plot_series *plot_panel_series(plot_panel *panel, const char *name);
/* Adds a point; what is not above 0 is left out. */
void plot_series_add(plot_series *series, double x, double y, int hollow);

void plot_begin(FILE *out, double width, double height, const char *title);
void plot_panel_draw(FILE *out, const plot_panel *panel);
/* Names and strokes of a panel's lines in rows up to `right`, and what hollow points are, if there are any. */
void plot_legend(FILE *out, const plot_panel *panel, double left, double top, double right);
void plot_end(FILE *out);

#endif
