#include "plot_page.h"

#include "bench_util.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

enum { PATH_SIZE = 4096, PAGE_WIDTH = 860, PAGE_HEIGHT = 400 };

static void path_of(const char *folder, const char *name, char path[PATH_SIZE])
{
	if (snprintf(path, PATH_SIZE, "%s/%s", folder, name) >= PATH_SIZE)
		bench_fail(folder, "the path is too long");
}

int plot_page_table(const char *folder, const char *name, plot_table *table)
{
	char path[PATH_SIZE];

	path_of(folder, name, path);
	memset(table, 0, sizeof *table);
	if (access(path, F_OK))
		return 0;
	plot_table_read(path, table);
	return 1;
}

FILE *plot_page_create(const char *folder, const char *name)
{
	char  path[PATH_SIZE];
	FILE *out;

	path_of(folder, name, path);
	out = fopen(path, "w");
	if (!out)
		bench_fail(path, strerror(errno));
	return out;
}

void plot_page_finish(FILE *out, const char *name)
{
	int failed;

	plot_end(out);
	failed = ferror(out);
	if (fclose(out) || failed)
		bench_fail(name, "the plot was not written");
}

void plot_page_draw(const char *folder, const char *name, plot_panel *panel)
{
	FILE *out = plot_page_create(folder, name);

	panel->top = PLOT_LEGEND_HEIGHT;
	panel->width = PAGE_WIDTH;
	panel->height = PAGE_HEIGHT;
	plot_begin(out, panel->width, panel->height + PLOT_LEGEND_HEIGHT, panel->title);
	plot_legend(out, panel, 20, 18, panel->width);
	plot_panel_draw(out, panel);
	plot_page_finish(out, name);
}
