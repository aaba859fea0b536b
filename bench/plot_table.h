/* plot_table.h: a table of tab-separated cells with a heading, read whole. */
#ifndef PLOT_TABLE_H
#define PLOT_TABLE_H

#include <stddef.h>

typedef struct plot_table {
	char  *text;  /* the file; cells point into it */
	char **cells; /* row by row, without the heading */
	char **names; /* the heading's cells, as many as there are columns */
	size_t rows, columns;
} plot_table;

/* Reads a file; ends the program where it cannot, or where a row has not the heading's cells. */
void plot_table_read(const char *path, plot_table *table);
void plot_table_free(plot_table *table);
/* The cell of a row under a name; ends the program where there is no such column. */
const char *plot_table_cell(const plot_table *table, size_t row, const char *name);
/* The same as a number; 0 where it is none. */
double plot_table_number(const plot_table *table, size_t row, const char *name);

#endif
