#include "plot_page.h"

#include <stdlib.h>
#include <string.h>

enum { WIDTH = 860, HEIGHT = 380 };

/* The columns of fit.tsv that are corpora: "real", "synthetic", "synthetic_2000000". */
static int is_corpus(const char *column)
{
	return !strcmp(column, "real") ||
	       (!strncmp(column, "synthetic", 9) && !strchr(column, '/'));
}

static plot_series *series_of(plot_panel *panel, const char *column)
{
	static const char *const colours[] = {"#0072b2", "#d55e00", "#009e73", "#7a5195"};

	char         name[PLOT_NAME_SIZE];
	plot_series *series;

	if (column[9] == '_' && !strncmp(column, "synthetic", 9))
		snprintf(name, sizeof name, "%.30s synthetic papers", column + 10);
	else
		snprintf(name, sizeof name, "%.30s papers", column);
	series = plot_panel_series(panel, name);
	series->colour = colours[(size_t)(series - panel->series) % 4];
	series->dashed = strcmp(column, "real") != 0;
	return series;
}

/* The lines of a figure, one for each corpus. */
static void fill(const plot_table *table, const char *figure, plot_panel *panel)
{
	for (size_t column = 2; column < table->columns; column++) {
		plot_series *series;

		if (!is_corpus(table->names[column]))
			continue;
		series = series_of(panel, table->names[column]);
		for (size_t row = 0; row < table->rows; row++)
			if (!strcmp(plot_table_cell(table, row, "figure"), figure))
				plot_series_add(series, plot_table_number(table, row, "at"),
				                plot_table_number(table, row, table->names[column]),
				                0);
	}
}

static void draw(const plot_table *table, const char *folder)
{
	FILE      *out = plot_page_create(folder, "fit.svg");
	plot_panel growth = {.title = "Vocabulary (Heaps)",
	                     .x_label = "words read",
	                     .y_label = "different words",
	                     .log_y = 1,
	                     .decades_x = 1};
	plot_panel ranks = {.title = "Frequency of words (Zipf)",
	                    .x_label = "rank of the word",
	                    .y_label = "occurrences in a million words",
	                    .log_y = 1,
	                    .decades_x = 1};

	fill(table, "vocabulary", &growth);
	fill(table, "per_million", &ranks);
	growth.top = ranks.top = PLOT_LEGEND_HEIGHT / 2;
	growth.width = ranks.width = ranks.left = WIDTH / 2;
	growth.height = ranks.height = HEIGHT;
	plot_begin(out, WIDTH, HEIGHT + PLOT_LEGEND_HEIGHT / 2,
	           "Real and synthetic papers: vocabulary and frequencies");
	plot_legend(out, &growth, 20, 18, WIDTH);
	plot_panel_draw(out, &growth);
	plot_panel_draw(out, &ranks);
	plot_page_finish(out, "fit.svg");
}

void plot_fit(const char *results, const char *folder)
{
	plot_table table;

	if (plot_page_table(results, "fit.tsv", &table))
		draw(&table, folder);
	plot_table_free(&table);
}
