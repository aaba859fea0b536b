/* backtest_text.c: a backtest for people. */
#include <math.h>

#include "alloc.h"
#include "backtest_output.h"
#include "datetime.h"
#include "error.h"
#include "sparkline.h"
#include "text_cell.h"

enum {
	NAME_MAX_COLUMNS = 24,
	NAME_MIN_COLUMNS = 8,
	OVERLAPS_SHOWN = 15,
	WIDTH_DEFAULT = 80,
	TITLE_MIN = 20
};

static void print_date(output *out, sheaf_time time)
{
	char text[TIME_TEXT_SIZE];

	time_format_date(time, text);
	output_puts(out, text);
}

static void print_measure(output *out, int columns, double value)
{
	if (isnan(value))
		output_printf(out, "%*s", columns, "-");
	else
		output_printf(out, "%*.3f", columns, value);
}

static const char *plural(int64_t count)
{
	return count == 1 ? "" : "s";
}

/* ---- weeks ---- */

static void print_head(output *out, const backtest_report *r)
{
	sheaf_backtest_totals t = sheaf_backtest_get_totals(r->backtest);
	sheaf_backtest_week   w = sheaf_backtest_get_week(r->backtest, t.busiest);

	output_line(out, r->profile);
	output_printf(out, ": %lld paper%s from ", (long long)t.papers, plural(t.papers));
	print_date(out, t.first);
	output_puts(out, " to ");
	print_date(out, t.last);
	output_printf(out, ", of %lld\n", (long long)t.looked_at);
	if (t.matches > t.papers)
		output_printf(out, "%lld more match, but other sections have them\n",
		              (long long)(t.matches - t.papers));
	if (t.undated)
		output_printf(out, "%lld papers are left out, since their days are not known\n",
		              (long long)t.undated);
	output_printf(out, "%.1f a week, most in %04d-W%02d: %lld\n", t.per_week, w.year, w.number,
	              (long long)w.papers);
}

static sheaf_status print_weeks(output *out, const backtest_report *r, sheaf_error *err)
{
	size_t   count = sheaf_backtest_week_count(r->backtest), each;
	int64_t *numbers = mem_calloc(count + 1, sizeof *numbers);

	if (!numbers)
		return sheaf_nomem(err);
	for (size_t i = 0; i < count; i++)
		numbers[i] = sheaf_backtest_get_week(r->backtest, i).papers;
	output_puts(out, "\n");
	each = sparkline_print(out, numbers, count, r->width ? r->width : WIDTH_DEFAULT, r->utf8);
	mem_free(numbers);
	output_printf(out, "\n%zu week%s", count, plural((int64_t)count));
	if (each > 1)
		output_printf(out, ", %zu in each column", each);
	output_puts(out, "\n");
	return SHEAF_OK;
}

/* ---- others ---- */

static size_t overlap_width(const backtest_report *r)
{
	size_t width = NAME_MIN_COLUMNS;

	for (size_t i = 0; i < sheaf_backtest_overlap_count(r->backtest); i++) {
		sheaf_overlap o = sheaf_backtest_get_overlap(r->backtest, i);
		size_t        own = o.common ? text_cell_width(o.name) : 0;

		width = own > width ? own : width;
	}
	return width < NAME_MAX_COLUMNS ? width : NAME_MAX_COLUMNS;
}

static void print_overlap(output *out, const backtest_report *r, size_t i, size_t width)
{
	sheaf_overlap o = sheaf_backtest_get_overlap(r->backtest, i);

	text_cell_print(out, o.name, width, r->utf8);
	output_printf(out, "%9lld%9lld", (long long)o.matches, (long long)o.common);
	if (r->best)
		output_printf(out, "%9lld", (long long)o.lost);
	print_measure(out, 9, o.jaccard);
	print_measure(out, 8, o.share);
	output_puts(out, "\n");
}

static void print_overlaps(output *out, const backtest_report *r)
{
	size_t count = sheaf_backtest_overlap_count(r->backtest), used = 0;
	size_t width = overlap_width(r);

	while (used < count && sheaf_backtest_get_overlap(r->backtest, used).common)
		used++;
	if (!used)
		return;
	output_printf(out, "\n%-*s%9s%9s%s%9s%8s\n", (int)width, "overlaps", "matches", "common",
	              r->best ? "     lost" : "", "jaccard", "share");
	for (size_t i = 0; i < used && i < OVERLAPS_SHOWN; i++)
		print_overlap(out, r, i, width);
	if (used > OVERLAPS_SHOWN)
		output_printf(out, "and %zu more\n", used - OVERLAPS_SHOWN);
}

/* ---- the change ---- */

static void print_title(output *out, const backtest_report *r, const char *title, size_t used)
{
	size_t room = r->width > used + TITLE_MIN ? r->width - used : TITLE_MIN;

	if (!r->width || text_cell_width(title) <= room)
		output_line(out, title);
	else
		text_cell_print(out, title, room, r->utf8);
}

static void print_paper(output *out, const backtest_report *r, int dropped, size_t i)
{
	sheaf_backtest_paper p = sheaf_backtest_get_paper(r->backtest, dropped, i);
	const char          *title = p.title ? p.title : "";
	size_t               used = 16 + text_cell_width(p.id);

	if (p.other)
		used += 9 + text_cell_width(p.other);
	output_puts(out, dropped ? "- " : "+ ");
	output_line(out, p.id);
	output_puts(out, "  ");
	print_date(out, p.day);
	output_puts(out, "  ");
	print_title(out, r, title, used);
	if (p.other) {
		output_puts(out, dropped ? "  (to " : "  (from ");
		output_line(out, p.other);
		output_puts(out, ")");
	}
	output_puts(out, "\n");
}

static void print_papers(output *out, const backtest_report *r, int dropped, int64_t all)
{
	size_t count = sheaf_backtest_paper_count(r->backtest, dropped);

	for (size_t i = 0; i < count; i++)
		print_paper(out, r, dropped, i);
	if (all > (int64_t)count)
		output_printf(out, "%s %lld more\n", dropped ? "-" : "+",
		              (long long)(all - (int64_t)count));
}

static void print_change(output *out, const backtest_report *r)
{
	sheaf_backtest_totals t = sheaf_backtest_get_totals(r->backtest);

	if (!t.changed)
		return;
	output_printf(out, "\nthe change adds %lld and drops %lld: %lld paper%s\n",
	              (long long)t.added, (long long)t.dropped, (long long)t.papers_after,
	              plural(t.papers_after));
	print_papers(out, r, 0, t.added);
	print_papers(out, r, 1, t.dropped);
}

/* ---- marks ---- */

static void print_measures(output *out, const char *name, const sheaf_measures *m)
{
	output_printf(out, "%-8s", name);
	print_measure(out, 11, m->precision);
	print_measure(out, 8, m->recall);
	print_measure(out, 8, m->f1);
	output_puts(out, "\n");
}

static void print_marks(output *out, const backtest_report *r)
{
	sheaf_backtest_totals t = sheaf_backtest_get_totals(r->backtest);

	if (!t.marks_belong && !t.marks_not)
		return;
	output_printf(out, "\nof these papers %lld marked as belonging, %lld as not\n",
	              (long long)t.marks_belong, (long long)t.marks_not);
	output_printf(out, "%8s%11s%8s%8s\n", "", "precision", "recall", "F1");
	print_measures(out, t.changed ? "before" : "now", &t.before);
	if (t.changed)
		print_measures(out, "after", &t.after);
}

sheaf_status backtest_output_text(output *out, const backtest_report *r, sheaf_error *err)
{
	sheaf_status status;

	print_head(out, r);
	status = print_weeks(out, r, err);
	print_overlaps(out, r);
	print_change(out, r);
	print_marks(out, r);
	return status;
}
