/*
 * bench_plot: draws the tables that run.sh writes.
 *
 *   bench_plot --results FOLDER --out FOLDER
 *
 * import.svg, search.svg, size.svg and memory.svg, each against the number of papers; and fit.svg, where
 * there is a fit.tsv.
 */
#include "bench_util.h"
#include "plot_page.h"

#include <stdlib.h>
#include <string.h>

enum { CLASSES_MAX = 24, PANEL_WIDTH = 320, PANEL_HEIGHT = 240, ACROSS = 3 };

/* Colours that are told apart by those, too, who see red and green alike. */
static const struct engine_look {
	const char *engine, *name, *colour;
} looks[] = {
	{"sheaf", "sheaf", "#0072b2"},
	{"xapian", "Xapian", "#d55e00"},
	{"lucene", "Lucene", "#009e73"},
	{"stock", "stock FTS5", "#777777"},
};

static struct engine_look look_of(const char *engine)
{
	for (size_t i = 0; i < sizeof looks / sizeof *looks; i++)
		if (!strcmp(looks[i].engine, engine))
			return looks[i];
	return (struct engine_look){engine, engine, "#444444"};
}

static void read_table(const char *folder, const char *name, plot_table *table)
{
	if (!plot_page_table(folder, name, table))
		bench_fail(name, "there is no such table");
}

/* The line of an engine; with `detail`, "engine detail", and dashed where `dashed`. */
static plot_series *line_of(plot_panel *panel, const char *engine, const char *detail, int dashed)
{
	struct engine_look look = look_of(engine);
	char               name[PLOT_NAME_SIZE];
	plot_series       *series;

	snprintf(name, sizeof name, *detail ? "%s, %s" : "%s%s", look.name, detail);
	series = plot_panel_series(panel, name);
	series->colour = look.colour;
	series->dashed = dashed;
	return series;
}

static void add(const plot_table *table, size_t row, plot_series *series, double y)
{
	plot_series_add(series, plot_table_number(table, row, "papers"), y,
	                strcmp(plot_table_cell(table, row, "source"), "real") != 0);
}

static int compare(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static int same_import(const plot_table *t, size_t a, size_t b)
{
	static const char *const keys[] = {"papers", "source", "engine", "threads"};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (strcmp(plot_table_cell(t, a, keys[i]), plot_table_cell(t, b, keys[i])))
			return 0;
	return 1;
}

/* The median rate of the runs that are like row `row`; 0 where an earlier row has shown it. */
static double median_rate(const plot_table *t, size_t row)
{
	double rates[64];
	size_t n = 0;

	for (size_t i = 0; i < row; i++)
		if (same_import(t, i, row))
			return 0;
	for (size_t i = row; i < t->rows && n < 64; i++)
		if (same_import(t, i, row))
			rates[n++] = plot_table_number(t, i, "merged_documents_s");
	qsort(rates, n, sizeof *rates, compare);
	return n % 2 ? rates[n / 2] : (rates[n / 2 - 1] + rates[n / 2]) / 2;
}

static void plot_import(const char *results, const char *folder)
{
	plot_panel panel = {.title = "Indexing, one merged index at the end",
	                    .x_label = "papers",
	                    .y_label = "documents a second",
	                    .log_y = 1};
	plot_table table;

	read_table(results, "import.tsv", &table);
	for (size_t row = 0; row < table.rows; row++) {
		const char *threads = plot_table_cell(&table, row, "threads");
		int         one = !strcmp(threads, "1");

		add(&table, row,
		    line_of(&panel, plot_table_cell(&table, row, "engine"),
		            one ? "1 thread" : "2 threads", one),
		    median_rate(&table, row));
	}
	plot_page_draw(folder, "import.svg", &panel);
	plot_table_free(&table);
}

/* Medians in full lines, the 99th percentile dashed. */
static void fill_class(const plot_table *table, const char *kind, plot_panel *panel)
{
	for (size_t row = 0; row < table->rows; row++) {
		const char *engine = plot_table_cell(table, row, "engine");

		if (strcmp(plot_table_cell(table, row, "class"), kind))
			continue;
		add(table, row, line_of(panel, engine, "median", 0),
		    plot_table_number(table, row, "p50_ms"));
		add(table, row, line_of(panel, engine, "99 %", 1),
		    plot_table_number(table, row, "p99_ms"));
	}
}

static size_t find_classes(const plot_table *table, const char *kinds[CLASSES_MAX])
{
	size_t n = 0;

	for (size_t row = 0; row < table->rows; row++) {
		const char *kind = plot_table_cell(table, row, "class");
		size_t      i = 0;

		while (i < n && strcmp(kinds[i], kind))
			i++;
		if (i == n && n < CLASSES_MAX)
			kinds[n++] = kind;
	}
	return n;
}

static void plot_search(const char *results, const char *folder)
{
	const char *kinds[CLASSES_MAX];
	plot_table  table;
	FILE       *out = plot_page_create(folder, "search.svg");
	size_t      n;

	read_table(results, "search.tsv", &table);
	n = find_classes(&table, kinds);
	plot_begin(out, ACROSS * PANEL_WIDTH,
	           PLOT_LEGEND_HEIGHT + (double)((n + ACROSS - 1) / ACROSS * PANEL_HEIGHT),
	           "Searching, by class");
	for (size_t i = 0; i < n; i++) {
		plot_panel panel = {.left = (double)(i % ACROSS * PANEL_WIDTH),
		                    .top = PLOT_LEGEND_HEIGHT + (double)(i / ACROSS * PANEL_HEIGHT),
		                    .width = PANEL_WIDTH,
		                    .height = PANEL_HEIGHT,
		                    .x_label = "papers",
		                    .y_label = "ms",
		                    .log_y = 1};

		snprintf(panel.title, sizeof panel.title, "%s", kinds[i]);
		fill_class(&table, kinds[i], &panel);
		if (!i)
			plot_legend(out, &panel, 12, 18, ACROSS * PANEL_WIDTH);
		plot_panel_draw(out, &panel);
	}
	plot_page_finish(out, "search.svg");
	plot_table_free(&table);
}

static void plot_size(const char *results, const char *folder)
{
	plot_panel panel = {.title = "Index without the stored papers, of the text indexed",
	                    .x_label = "papers",
	                    .y_label = "bytes of index by bytes of text"};
	plot_table table;

	read_table(results, "size.tsv", &table);
	for (size_t row = 0; row < table.rows; row++)
		if (!strcmp(plot_table_cell(&table, row, "part"), "index"))
			add(&table, row,
			    line_of(&panel, plot_table_cell(&table, row, "engine"), "", 0),
			    plot_table_number(&table, row, "of_text"));
	plot_page_draw(folder, "size.svg", &panel);
	plot_table_free(&table);
}

static void plot_memory(const char *results, const char *folder)
{
	plot_panel panel = {
		.title = "Memory: peak of an import; of searches, beside pages of files",
		.x_label = "papers",
		.y_label = "MB",
		.log_y = 1};
	plot_table table;

	read_table(results, "memory.tsv", &table);
	for (size_t row = 0; row < table.rows; row++) {
		const char *phase = plot_table_cell(&table, row, "phase");
		const char *engine = plot_table_cell(&table, row, "engine");
		int         import = !strcmp(phase, "import");

		if (import && !strcmp(plot_table_cell(&table, row, "threads"), "1") &&
		    (!strcmp(engine, "sheaf") || !strcmp(engine, "lucene")))
			continue; /* their line is that of two threads */
		add(&table, row, line_of(&panel, engine, phase, !import),
		    plot_table_number(&table, row, import ? "peak_bytes" : "beside_files_bytes") /
		            1e6);
	}
	plot_page_draw(folder, "memory.svg", &panel);
	plot_table_free(&table);
}

int main(int argc, char **argv)
{
	const char  *results = NULL, *folder = NULL;
	bench_option options[] = {{"--results", &results, NULL, 1, "FOLDER"},
	                          {"--out", &folder, NULL, 1, "FOLDER"},
	                          {0}};

	bench_options(argc, argv, options);
	plot_import(results, folder);
	plot_search(results, folder);
	plot_size(results, folder);
	plot_memory(results, folder);
	plot_fit(results, folder);
	return 0;
}
