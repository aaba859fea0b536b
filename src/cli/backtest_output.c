#include "backtest_output.h"

#include <math.h>

#include "datetime.h"

/* ---- lines with tabs ---- */

void backtest_output_tsv(output *out, const backtest_report *r)
{
	sheaf_backtest_totals t = sheaf_backtest_get_totals(r->backtest);

	for (size_t i = 0; i < sheaf_backtest_week_count(r->backtest); i++) {
		sheaf_backtest_week w = sheaf_backtest_get_week(r->backtest, i);
		char                begins[TIME_TEXT_SIZE];

		time_format_date(w.begins, begins);
		output_printf(out, "%04d-W%02d\t%s\t%lld\t%lld", w.year, w.number, begins,
		              (long long)w.looked_at, (long long)w.papers);
		if (t.changed)
			output_printf(out, "\t%lld", (long long)w.papers_after);
		output_puts(out, "\n");
	}
}

/* ---- JSON ---- */

static void put_value(output *out, double value)
{
	if (isnan(value))
		output_puts(out, "null");
	else
		output_printf(out, "%.6g", value);
}

static void put_number(output *out, const char *key, double value)
{
	output_printf(out, ",\"%s\":", key);
	put_value(out, value);
}

static void put_day(output *out, const char *key, sheaf_time time)
{
	char text[TIME_TEXT_SIZE];

	time_format_date(time, text);
	if (time == SHEAF_TIME_NONE)
		output_printf(out, ",\"%s\":null", key);
	else
		output_printf(out, ",\"%s\":\"%s\"", key, text);
}

static void put_week(output *out, const backtest_report *r, size_t i, int changed)
{
	sheaf_backtest_week w = sheaf_backtest_get_week(r->backtest, i);

	output_printf(out, "{\"week\":\"%04d-W%02d\"", w.year, w.number);
	put_day(out, "begins", w.begins);
	output_printf(out, ",\"looked_at\":%lld,\"papers\":%lld", (long long)w.looked_at,
	              (long long)w.papers);
	if (changed)
		output_printf(out, ",\"papers_after\":%lld", (long long)w.papers_after);
	output_puts(out, "}");
}

static void put_weeks(output *out, const backtest_report *r, int changed)
{
	size_t count = sheaf_backtest_week_count(r->backtest);

	output_puts(out, ",\"busiest\":");
	if (count)
		put_week(out, r, sheaf_backtest_get_totals(r->backtest).busiest, changed);
	else
		output_puts(out, "null");
	output_puts(out, ",\"weeks\":[");
	for (size_t i = 0; i < count; i++) {
		output_puts(out, i ? "," : "");
		put_week(out, r, i, changed);
	}
	output_puts(out, "]");
}

static void put_overlaps(output *out, const backtest_report *r)
{
	output_puts(out, ",\"overlap\":[");
	for (size_t i = 0; i < sheaf_backtest_overlap_count(r->backtest); i++) {
		sheaf_overlap o = sheaf_backtest_get_overlap(r->backtest, i);

		output_puts(out, i ? ",{\"profile\":" : "{\"profile\":");
		output_json(out, o.name);
		output_printf(out, ",\"matches\":%lld,\"common\":%lld", (long long)o.matches,
		              (long long)o.common);
		if (r->best)
			output_printf(out, ",\"lost\":%lld", (long long)o.lost);
		put_number(out, "jaccard", o.jaccard);
		put_number(out, "share", o.share);
		output_puts(out, "}");
	}
	output_puts(out, "]");
}

static void put_papers(output *out, const backtest_report *r, const char *key, int dropped)
{
	output_printf(out, ",\"%s\":[", key);
	for (size_t i = 0; i < sheaf_backtest_paper_count(r->backtest, dropped); i++) {
		sheaf_backtest_paper p = sheaf_backtest_get_paper(r->backtest, dropped, i);

		output_puts(out, i ? ",{\"id\":" : "{\"id\":");
		output_json(out, p.id);
		output_puts(out, ",\"title\":");
		output_json(out, p.title);
		put_day(out, "day", p.day);
		if (r->best) {
			output_puts(out, dropped ? ",\"to\":" : ",\"from\":");
			output_json(out, p.other);
		}
		output_puts(out, "}");
	}
	output_puts(out, "]");
}

static void put_change(output *out, const backtest_report *r)
{
	sheaf_backtest_totals t = sheaf_backtest_get_totals(r->backtest);

	if (!t.changed) {
		output_puts(out, ",\"change\":null");
		return;
	}
	output_printf(out, ",\"change\":{\"papers\":%lld,\"added\":%lld,\"dropped\":%lld",
	              (long long)t.papers_after, (long long)t.added, (long long)t.dropped);
	put_papers(out, r, "added_papers", 0);
	put_papers(out, r, "dropped_papers", 1);
	output_puts(out, "}");
}

static void put_measures(output *out, const char *key, const sheaf_measures *m)
{
	output_printf(out, ",\"%s\":{\"precision\":", key);
	put_value(out, m->precision);
	put_number(out, "recall", m->recall);
	put_number(out, "f1", m->f1);
	output_puts(out, "}");
}

static void put_marks(output *out, const backtest_report *r)
{
	sheaf_backtest_totals t = sheaf_backtest_get_totals(r->backtest);

	output_printf(out, ",\"marks\":{\"belong\":%lld,\"not\":%lld", (long long)t.marks_belong,
	              (long long)t.marks_not);
	put_measures(out, t.changed ? "before" : "now", &t.before);
	if (t.changed)
		put_measures(out, "after", &t.after);
	output_puts(out, "}");
}

void backtest_output_json(output *out, const backtest_report *r)
{
	sheaf_backtest_totals t = sheaf_backtest_get_totals(r->backtest);

	output_puts(out, "{\"format_version\":1,\"digest\":");
	output_json(out, r->digest);
	output_puts(out, ",\"profile\":");
	output_json(out, r->profile);
	put_day(out, "first", t.first);
	put_day(out, "last", t.last);
	output_printf(out, ",\"looked_at\":%lld,\"undated\":%lld,\"matches\":%lld,\"papers\":%lld",
	              (long long)t.looked_at, (long long)t.undated, (long long)t.matches,
	              (long long)t.papers);
	put_number(out, "per_week", t.per_week);
	put_weeks(out, r, t.changed);
	put_overlaps(out, r);
	put_change(out, r);
	put_marks(out, r);
	output_puts(out, "}\n");
}
