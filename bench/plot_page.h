/* plot_page.h: tables of a folder in, pages of SVG out. */
#ifndef PLOT_PAGE_H
#define PLOT_PAGE_H

#include "plot_panel.h"
#include "plot_table.h"

enum { PLOT_LEGEND_HEIGHT = 66 };

/* Reads the table `name` of a folder; 0 where there is none. Ends the program where it is damaged. */
int plot_page_table(const char *folder, const char *name, plot_table *table);

/* Begins a file in a folder; ends the program where it cannot be written. */
FILE *plot_page_create(const char *folder, const char *name);
/* Closes what is begun, `name` in what is said of a failure. */
void plot_page_finish(FILE *out, const char *name);

/* Draws one panel, with its legend, on a page of its own. */
void plot_page_draw(const char *folder, const char *name, plot_panel *panel);

/*
 * fit.svg of fit.tsv: how the vocabulary grows with the words read, and how frequent the word of each rank
 * is, in the real papers and in the synthetic ones.
 */
void plot_fit(const char *results, const char *folder);

#endif
