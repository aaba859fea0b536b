#include "eval_output.h"

#include <math.h>

#include "text_cell.h"

enum { NAME_MAX_COLUMNS = 24, NAME_MIN_COLUMNS = 8, CONFUSIONS_SHOWN = 15 };

static const char *name_of(const eval_report *r, size_t profile)
{
	if (profile == SIZE_MAX)
		return NULL;
	return sheaf_evaluation_get(r->evaluation, profile).name;
}

/* ---- for people ---- */

static size_t name_width(const eval_report *r)
{
	size_t width = NAME_MIN_COLUMNS;

	for (size_t i = 0; i < sheaf_evaluation_size(r->evaluation); i++) {
		size_t own = text_cell_width(sheaf_evaluation_get(r->evaluation, i).name);

		width = own > width ? own : width;
	}
	return width < NAME_MAX_COLUMNS ? width : NAME_MAX_COLUMNS;
}

static void print_measure(output *out, int columns, double value)
{
	if (isnan(value))
		output_printf(out, "%*s", columns, "-");
	else
		output_printf(out, "%*.3f", columns, value);
}

static void print_measures(output *out, const sheaf_measures *m)
{
	print_measure(out, 11, m->precision);
	print_measure(out, 8, m->recall);
	print_measure(out, 8, m->f1);
	output_puts(out, "\n");
}

static void print_class(output *out, const eval_report *r, size_t i, size_t width)
{
	sheaf_evaluation_class c = sheaf_evaluation_get(r->evaluation, i);

	text_cell_print(out, c.name, width, r->utf8);
	if (c.measured)
		output_printf(out, "%9lld%9lld%9lld", (long long)c.labelled, (long long)c.placed,
		              (long long)c.right);
	else
		output_printf(out, "%9s%9s%9s", "-", "-", "-");
	print_measures(out, &c.measures);
}

static void print_mean(output *out, const char *name, size_t width, const sheaf_measures *m)
{
	output_printf(out, "%-*s%27s", (int)width, name, "");
	print_measures(out, m);
}

static void print_table(output *out, const eval_report *r)
{
	sheaf_evaluation_totals t = sheaf_evaluation_get_totals(r->evaluation);
	size_t                  width = name_width(r);

	output_printf(out, "%-*s%9s%9s%9s%11s%8s%8s\n", (int)width, "profile", "papers", "placed",
	              "right", "precision", "recall", "F1");
	for (size_t i = 0; i < sheaf_evaluation_size(r->evaluation); i++)
		print_class(out, r, i, width);
	print_mean(out, "macro", width, &t.macro);
	print_mean(out, "micro", width, &t.micro);
	if (isnan(t.accuracy))
		return;
	output_printf(out, "%-*s%18s%9lld", (int)width, "accuracy", "", (long long)t.right);
	print_measure(out, 11, t.accuracy);
	output_puts(out, "\n");
}

static void print_counts(output *out, const eval_report *r)
{
	sheaf_evaluation_totals t = sheaf_evaluation_get_totals(r->evaluation);

	output_printf(out, "\n%lld papers counted, %lld of them in no section", (long long)t.papers,
	              (long long)t.unplaced);
	if (t.left_out)
		output_printf(out, "; %lld left out, of no profile's category",
		              (long long)t.left_out);
	if (t.missing)
		output_printf(out, "; %lld marked, but not in the database", (long long)t.missing);
	output_puts(out, "\n");
}

static void print_confusion(output *out, const eval_report *r, const sheaf_confusion *c)
{
	const char *from = name_of(r, c->label), *to = name_of(r, c->placed);

	output_puts(out, "  ");
	output_line(out, from ? from : "what belongs elsewhere");
	output_puts(out, to ? " taken for " : " in no section");
	if (to)
		output_line(out, to);
	output_printf(out, " %lld\n", (long long)c->papers);
}

static void print_confusions(output *out, const eval_report *r)
{
	size_t shown = 0;

	for (size_t i = 0; i < sheaf_evaluation_confusion_count(r->evaluation); i++) {
		sheaf_confusion c = sheaf_evaluation_get_confusion(r->evaluation, i);

		if (c.label == c.placed || shown == CONFUSIONS_SHOWN)
			continue;
		if (!shown++)
			output_puts(out, "\nmost frequent mistakes\n");
		print_confusion(out, r, &c);
	}
}

void eval_output_text(output *out, const eval_report *r)
{
	print_table(out, r);
	print_counts(out, r);
	print_confusions(out, r);
}

/* ---- lines with tabs ---- */

static void put_tab_number(output *out, double value)
{
	if (isnan(value))
		output_puts(out, "\t");
	else
		output_printf(out, "\t%.6f", value);
}

static void put_tab_measures(output *out, const sheaf_measures *m)
{
	put_tab_number(out, m->precision);
	put_tab_number(out, m->recall);
	put_tab_number(out, m->f1);
	output_puts(out, "\n");
}

void eval_output_tsv(output *out, const eval_report *r)
{
	sheaf_evaluation_totals t = sheaf_evaluation_get_totals(r->evaluation);

	for (size_t i = 0; i < sheaf_evaluation_size(r->evaluation); i++) {
		sheaf_evaluation_class c = sheaf_evaluation_get(r->evaluation, i);

		output_puts(out, "profile\t");
		output_line(out, c.name);
		output_printf(out, "\t%lld\t%lld\t%lld", (long long)c.labelled, (long long)c.placed,
		              (long long)c.right);
		put_tab_measures(out, &c.measures);
	}
	output_puts(out, "macro\t\t\t\t");
	put_tab_measures(out, &t.macro);
	output_puts(out, "micro\t\t\t\t");
	put_tab_measures(out, &t.micro);
	output_printf(out, "accuracy\t\t%lld\t\t%lld", (long long)t.labelled, (long long)t.right);
	put_tab_measures(out, &(sheaf_measures){t.accuracy, NAN, NAN});
}

/* ---- JSON ---- */

static void put_number(output *out, const char *key, double value)
{
	if (isnan(value))
		output_printf(out, ",\"%s\":null", key);
	else
		output_printf(out, ",\"%s\":%.6g", key, value);
}

static void put_measures(output *out, const sheaf_measures *m)
{
	put_number(out, "precision", m->precision);
	put_number(out, "recall", m->recall);
	put_number(out, "f1", m->f1);
}

static void put_mean(output *out, const char *key, const sheaf_measures *m, size_t profiles)
{
	output_printf(out, ",\"%s\":{\"profiles\":%zu", key, profiles);
	put_measures(out, m);
	output_puts(out, "}");
}

static void put_class(output *out, const eval_report *r, size_t i)
{
	sheaf_evaluation_class c = sheaf_evaluation_get(r->evaluation, i);

	output_puts(out, i ? ",{\"name\":" : "{\"name\":");
	output_json(out, c.name);
	output_puts(out, ",\"category\":");
	output_json(out, c.category);
	output_printf(out, ",\"measured\":%s,\"papers\":%lld,\"placed\":%lld,\"right\":%lld",
	              c.measured ? "true" : "false", (long long)c.labelled, (long long)c.placed,
	              (long long)c.right);
	put_measures(out, &c.measures);
	output_puts(out, "}");
}

static void put_confusions(output *out, const eval_report *r)
{
	for (size_t i = 0; i < sheaf_evaluation_confusion_count(r->evaluation); i++) {
		sheaf_confusion c = sheaf_evaluation_get_confusion(r->evaluation, i);

		output_puts(out, i ? ",{\"label\":" : "{\"label\":");
		output_json(out, name_of(r, c.label));
		output_puts(out, ",\"placed\":");
		output_json(out, name_of(r, c.placed));
		output_printf(out, ",\"papers\":%lld}", (long long)c.papers);
	}
}

static void put_settings(output *out, const eval_report *r)
{
	static const char *const labels[] = {"marks", "categories"};
	static const char *const splits[] = {"null", "\"train\"", "\"test\""};
	static const char *const assigns[] = {"best", "all"};

	const sheaf_digest_settings *digest = sheaf_profile_set_get_digest(r->set);

	output_puts(out, "{\"format_version\":1,\"digest\":");
	output_json(out, digest->name);
	output_printf(out, ",\"by\":\"%s\",\"split\":%s,\"assign\":\"%s\"",
	              labels[r->options->labels], splits[r->options->split],
	              assigns[digest->assign]);
}

void eval_output_json(output *out, const eval_report *r)
{
	sheaf_evaluation_totals t = sheaf_evaluation_get_totals(r->evaluation);

	put_settings(out, r);
	output_printf(out,
	              ",\"papers\":%lld,\"labelled\":%lld,\"right\":%lld,\"unplaced\":%lld,"
	              "\"left_out\":%lld,\"missing\":%lld",
	              (long long)t.papers, (long long)t.labelled, (long long)t.right,
	              (long long)t.unplaced, (long long)t.left_out, (long long)t.missing);
	put_number(out, "accuracy", t.accuracy);
	put_mean(out, "macro", &t.macro, t.measured);
	put_mean(out, "micro", &t.micro, t.measured);
	output_puts(out, ",\"profiles\":[");
	for (size_t i = 0; i < sheaf_evaluation_size(r->evaluation); i++)
		put_class(out, r, i);
	output_puts(out, "],\"confusion\":[");
	put_confusions(out, r);
	output_puts(out, "]}\n");
}
