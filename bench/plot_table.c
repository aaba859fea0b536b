#include "plot_table.h"

#include "bench_util.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { COLUMNS_MAX = 64, FILE_MAX = 64 << 20 };

static char *read_whole(const char *path)
{
	FILE  *file = fopen(path, "r");
	size_t size = 0, room = 1 << 16;
	char  *text = malloc(room);

	if (!file)
		bench_fail(path, strerror(errno));
	while (text && room <= FILE_MAX) {
		size_t n = fread(text + size, 1, room - size - 1, file);

		size += n;
		if (!n)
			break;
		if (size + 1 == room)
			text = realloc(text, room *= 2);
	}
	if (!text || room > FILE_MAX)
		bench_fail(path, "the table is too large");
	fclose(file);
	text[size] = 0;
	return text;
}

/* Cuts a line into cells; how many. */
static size_t split(char *line, char *cells[COLUMNS_MAX])
{
	size_t n = 0;

	while (line && n < COLUMNS_MAX) {
		cells[n++] = line;
		line = strchr(line, '\t');
		if (line)
			*line++ = 0;
	}
	return n;
}

static char *next_line(char **rest)
{
	char *line = *rest, *end;

	if (!line || !*line)
		return NULL;
	end = strchr(line, '\n');
	*rest = end ? end + 1 : NULL;
	if (end)
		*end = 0;
	return line;
}

static char **grow(char **cells, size_t count)
{
	cells = realloc(cells, count * sizeof *cells);
	if (!cells)
		bench_fail("table", "out of memory");
	return cells;
}

void plot_table_read(const char *path, plot_table *table)
{
	char *cells[COLUMNS_MAX], *rest, *line;

	memset(table, 0, sizeof *table);
	rest = table->text = read_whole(path);
	line = next_line(&rest);
	if (!line)
		bench_fail(path, "the table is empty");
	table->columns = split(line, cells);
	table->names = grow(NULL, table->columns);
	memcpy(table->names, cells, table->columns * sizeof *cells);
	while ((line = next_line(&rest))) {
		if (split(line, cells) != table->columns)
			bench_fail(path, "a row has not as many cells as the heading");
		table->cells = grow(table->cells, (table->rows + 1) * table->columns);
		memcpy(table->cells + table->rows++ * table->columns, cells,
		       table->columns * sizeof *cells);
	}
}

void plot_table_free(plot_table *table)
{
	free(table->text);
	free(table->cells);
	free(table->names);
}

const char *plot_table_cell(const plot_table *table, size_t row, const char *name)
{
	size_t column = 0;

	while (column < table->columns && strcmp(table->names[column], name))
		column++;
	if (column == table->columns || row >= table->rows)
		bench_fail(name, "the table has no such column");
	return table->cells[row * table->columns + column];
}

double plot_table_number(const plot_table *table, size_t row, const char *name)
{
	return strtod(plot_table_cell(table, row, name), NULL);
}
