/* profile_backtest.c: a profile against the papers of a span of time, as it is and as it would be. */
#include <sheaf/backtest.h>
#include <string.h>

#include "backtest_output.h"
#include "error.h"
#include "profile_lookup.h"
#include "profile_source.h"
#include "profile_verbs.h"
#include "progress.h"
#include "str.h"

enum { LISTED_DEFAULT = 10 };

/* The profile that was asked for. */
typedef struct target {
	const sheaf_profile_set *set;
	size_t                   profile;
	size_t                   count; /* sets that have it */
} target;

typedef struct backtesting {
	session               *s;
	sheaf_backtest_options options;
	progress               progress;
	target                 target;
} backtesting;

static int show_progress(void *ctx, int64_t done, int64_t total)
{
	backtesting   *b = ctx;
	progress_state state = {.what = "papers", .count = done, .total = total};

	progress_update(&b->progress, &state);
	return 0;
}

/* ---- which profile ---- */

static void look_in_set(target *t, const sheaf_profile_set *set, const char *text)
{
	for (size_t i = 0; i < sheaf_profile_set_size(set); i++) {
		if (!profile_is_named(text, set, sheaf_profile_set_get(set, i)))
			continue;
		if (!t->count++) {
			t->set = set;
			t->profile = i;
		}
	}
}

static sheaf_status no_such(session *s, const profile_sets *sets, const char *text,
                            sheaf_error *err)
{
	const char **names;
	const char  *nearest;
	size_t       count = 0, used = 0;

	for (size_t i = 0; i < sets->count; i++)
		count += sheaf_profile_set_size(sets->items[i]);
	names = arena_calloc(s->arena, count + 1, sizeof *names);
	if (!names)
		return sheaf_nomem(err);
	for (size_t i = 0; i < sets->count; i++)
		for (size_t p = 0; p < sheaf_profile_set_size(sets->items[i]); p++)
			names[used++] = sheaf_profile_set_get(sets->items[i], p)->name;
	nearest = str_nearest(text, names);
	if (nearest)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                  "no profile is named '%.64s' (did you mean %.64s?)", text,
		                  nearest);
	return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND, "no profile is named '%.64s'", text);
}

static sheaf_status find_target(backtesting *b, const profile_sets *sets, sheaf_error *err)
{
	const char *text = b->s->words[1];
	target     *t = &b->target;

	for (size_t i = 0; i < sets->count; i++)
		look_in_set(t, sets->items[i], text);
	if (!t->count)
		return no_such(b->s, sets, text, err);
	if (t->count > 1)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "several sets have a profile '%.64s': say %.64s/%.64s", text,
		                  sheaf_profile_set_get_digest(t->set)->name, text);
	return SHEAF_OK;
}

/* ---- what is said ---- */

static void say_nothing_found(backtesting *b, const char *profile, const sheaf_backtest_totals *t)
{
	if (t->looked_at)
		console_note(b->s->console, "%s takes none of the %lld papers of that time",
		             profile, (long long)t->looked_at);
	else
		console_note(b->s->console, "the database has no papers of that time%s",
		             t->undated ? ", or their days are not known" : "");
}

static sheaf_status print_report(backtesting *b, const backtest_report *r, sheaf_error *err)
{
	const profile_options *o = b->s->options;

	if (str_eq(o->format, "json"))
		backtest_output_json(b->s->out, r);
	else if (str_eq(o->format, "tsv"))
		backtest_output_tsv(b->s->out, r);
	else
		return backtest_output_text(b->s->out, r, err);
	return SHEAF_OK;
}

static sheaf_status report(backtesting *b, const sheaf_backtest *result, sheaf_error *err)
{
	const sheaf_profile_set     *set = b->target.set;
	const sheaf_digest_settings *digest = sheaf_profile_set_get_digest(set);
	const char                  *name = sheaf_profile_set_get(set, b->target.profile)->name;
	sheaf_backtest_totals        t = sheaf_backtest_get_totals(result);
	backtest_report r = {digest->name, name,           digest->assign == SHEAF_ASSIGN_BEST,
	                     result,       console_utf8(), (size_t)console_width()};

	if (t.papers || t.papers_after)
		return print_report(b, &r, err);
	say_nothing_found(b, name, &t);
	b->s->code = CODE_NOTHING;
	return SHEAF_OK;
}

/* ---- running ---- */

static sheaf_status run_target(backtesting *b, sheaf_error *err)
{
	sheaf_backtest *result = NULL;
	sheaf_status    status;

	progress_begin(&b->progress, b->s->console);
	status = sheaf_backtest_run(b->s->db, b->target.set, b->target.profile, &b->options,
	                            &result, err);
	progress_end(&b->progress);
	if (status == SHEAF_OK)
		status = report(b, result, err);
	sheaf_backtest_free(result);
	return status;
}

static void read_span(backtesting *b)
{
	const profile_options *o = b->s->options;
	time_span              year = {0, 0};

	time_parse_span("1y", strlen("1y"), b->s->now, &year);
	b->options.since = o->since.given ? o->since.span.first : year.first;
	b->options.until = o->until.given ? o->until.span.last : SHEAF_TIME_NONE;
}

static sheaf_status run(backtesting *b, const profile_sets *sets, sheaf_error *err)
{
	const profile_options *o = b->s->options;
	sheaf_profile_set     *with = NULL;
	sheaf_status           status = find_target(b, sets, err);

	if (status == SHEAF_OK && o->with)
		status = sheaf_profile_set_read(o->with, &with, err);
	b->options.with = with;
	if (status == SHEAF_OK)
		status = run_target(b, err);
	sheaf_profile_set_free(with);
	return status;
}

sheaf_status profile_backtest(session *s, sheaf_error *err)
{
	const profile_options *o = s->options;
	backtesting            b = {.s = s};
	profile_sets           sets;
	sheaf_status           status;

	b.options.query = o->query;
	b.options.limit = o->limit ? o->limit : LISTED_DEFAULT;
	b.options.progress = show_progress;
	b.options.progress_ctx = &b;
	read_span(&b);
	status = profile_sources(s, &o->profiles, 0, &sets, err);
	if (status == SHEAF_OK)
		status = run(&b, &sets, err);
	profile_sets_free(&sets);
	return status;
}
