/* cmd_status.c: what a database holds. */
#include <sheaf/harvest.h>

#include "change_counts.h"
#include "command.h"
#include "databases.h"
#include "datetime.h"
#include "paths.h"
#include "progress.h"
#include "str.h"
#include "wallclock.h"

typedef struct status_options {
	const char *format;
	int         coverage;
} status_options;

static const char *const    format_choices[] = {"text", "json", NULL};
static const status_options defaults = {.format = "text"};

#define AT(member) offsetof(status_options, member)

static const option options[] = {
	OPT_WORD("format", 0, "F", AT(format), format_choices, "text (default) or json"),
	OPT_SET("json", AT(format), "json", "the same as --format json"),
	OPT_FLAG("coverage", 0, AT(coverage),
                 "which days are complete, partial or missing; exit 3 where some lack"),
	{0},
};

typedef struct facts {
	int64_t        documents, bytes;
	int64_t        changes[SHEAF_CHANGE_KINDS]; /* papers by the kind of their last change */
	sheaf_revision revision;
} facts;

typedef struct listing {
	output *out;
	size_t  count;
} listing;

static int take_change(void *ctx, const sheaf_term_info *term)
{
	facts *f = ctx;

	for (int i = SHEAF_CHANGE_NEW; i < SHEAF_CHANGE_KINDS; i++)
		if (str_eq(term->text, change_kind_name((sheaf_change_kind)i)))
			f->changes[i] = term->termfreq;
	return 0;
}

static sheaf_status gather(session *s, facts *f, sheaf_error *err)
{
	sheaf_status status = sheaf_database_get_doccount(s->db, &f->documents, err);

	if (status == SHEAF_OK)
		status = sheaf_database_get_revision(s->db, &f->revision, err);
	if (status == SHEAF_OK)
		status = sheaf_database_each_term(s->db, SHEAF_FIELD_CHANGE, NULL, take_change, f,
		                                  err);
	f->bytes = databases_bytes(s);
	return status;
}

static void text_member(output *out, const char *key, const char *text)
{
	output_printf(out, "%s: ", key);
	output_line(out, text);
	output_puts(out, "\n");
}

static int text_harvest(void *ctx, const sheaf_harvest_state *h)
{
	listing *l = ctx;
	char     when[TIME_TEXT_SIZE] = "never";

	if (h->finished != SHEAF_TIME_NONE)
		time_format_minute(h->finished, when);
	output_puts(l->out, l->count++ ? "" : "harvests:\n");
	output_puts(l->out, "  ");
	output_line(l->out, h->source);
	output_puts(l->out, " ");
	output_line(l->out, h->selection && *h->selection ? h->selection : "(all)");
	output_puts(l->out, " from ");
	output_line(l->out, h->base_url);
	output_printf(l->out, ": %s, finished %s", h->complete ? "complete" : "to be continued",
	              when);
	if (h->high_water && *h->high_water) {
		output_puts(l->out, ", up to ");
		output_line(l->out, h->high_water);
	}
	output_printf(l->out, ", %lld records in %lld pages\n", (long long)h->records,
	              (long long)h->pages);
	return l->out->failure != 0;
}

/* `last changes: new 120, version 8` */
static void print_changes(output *out, const facts *f)
{
	const char *between = "last changes: ";

	for (int i = SHEAF_CHANGE_NEW; i < SHEAF_CHANGE_KINDS; i++) {
		if (!f->changes[i])
			continue;
		output_printf(out, "%s%s %lld", between, change_kind_name((sheaf_change_kind)i),
		              (long long)f->changes[i]);
		between = ", ";
	}
	if (*between == ',')
		output_puts(out, "\n");
}

static int text_cooldown(void *ctx, const sheaf_cooldown *c)
{
	output *out = ctx;
	char    until[TIME_TEXT_SIZE];

	time_format_minute(c->until, until);
	output_puts(out, "cool-down: ");
	output_line(out, c->host);
	output_printf(out, " until %s\n", until);
	return out->failure != 0;
}

/* The pauses that hosts have asked for, as every harvest of this user keeps them. */
static sheaf_status each_cooldown(sheaf_cooldown_fn fn, void *ctx, sheaf_error *err)
{
	const sheaf_clock *clock = wallclock();
	buf                folder = BUF_INIT(4096);
	sheaf_status       status = paths_state(&folder, err);

	if (status == SHEAF_OK)
		status = sheaf_cooldown_each(buf_str(&folder), clock->now(clock->ctx), fn, ctx,
		                             err);
	buf_free(&folder);
	return status;
}

static sheaf_status print_text(session *s, const facts *f, sheaf_error *err)
{
	buf          size = BUF_INIT(64), number = BUF_INIT(64);
	listing      l = {s->out, 0};
	sheaf_status status;

	progress_size(&size, f->bytes);
	progress_number(&number, f->documents);
	text_member(s->out, "path", s->db_path);
	text_member(s->out, "size", buf_str(&size));
	text_member(s->out, "documents", buf_str(&number));
	output_printf(s->out, "revision: %lld\n", (long long)f->revision);
	print_changes(s->out, f);
	text_member(s->out, "stemmer", sheaf_database_get_stemmer(s->db));
	text_member(s->out, "uuid", sheaf_database_get_uuid(s->db));
	buf_free(&size);
	buf_free(&number);
	status = sheaf_harvest_each(s->db, text_harvest, &l, err);
	return status == SHEAF_OK ? each_cooldown(text_cooldown, s->out, err) : status;
}

static void json_member(output *out, const char *key, const char *text)
{
	output_printf(out, ",\"%s\":", key);
	output_json(out, text);
}

static int json_harvest(void *ctx, const sheaf_harvest_state *h)
{
	listing *l = ctx;
	char     when[TIME_TEXT_SIZE];

	output_printf(l->out, "%s{\"source\":", l->count++ ? "," : "");
	output_json(l->out, h->source);
	json_member(l->out, "base_url", h->base_url);
	json_member(l->out, "selection", h->selection && *h->selection ? h->selection : NULL);
	json_member(l->out, "metadata_prefix",
	            h->metadata_prefix && *h->metadata_prefix ? h->metadata_prefix : NULL);
	json_member(l->out, "high_water", h->high_water && *h->high_water ? h->high_water : NULL);
	if (h->finished != SHEAF_TIME_NONE)
		time_format_iso(h->finished, when);
	json_member(l->out, "finished", h->finished != SHEAF_TIME_NONE ? when : NULL);
	output_printf(l->out, ",\"complete\":%s,\"pages\":%lld,\"records\":%lld}",
	              h->complete ? "true" : "false", (long long)h->pages, (long long)h->records);
	return l->out->failure != 0;
}

static int json_cooldown(void *ctx, const sheaf_cooldown *c)
{
	listing *l = ctx;
	char     until[TIME_TEXT_SIZE];

	time_format_iso(c->until, until);
	output_printf(l->out, "%s{\"host\":", l->count++ ? "," : "");
	output_json(l->out, c->host);
	json_member(l->out, "until", until);
	output_puts(l->out, "}");
	return l->out->failure != 0;
}

static sheaf_status print_json(session *s, const facts *f, sheaf_error *err)
{
	listing      l = {s->out, 0};
	sheaf_status status;

	output_printf(s->out, "{\"format_version\":1,\"documents\":%lld,\"revision\":%lld",
	              (long long)f->documents, (long long)f->revision);
	json_member(s->out, "path", s->db_path);
	output_printf(s->out, ",\"bytes\":%lld", (long long)f->bytes);
	json_member(s->out, "stemmer", sheaf_database_get_stemmer(s->db));
	json_member(s->out, "uuid", sheaf_database_get_uuid(s->db));
	output_puts(s->out, ",\"changes\":{");
	for (int i = SHEAF_CHANGE_NEW; i < SHEAF_CHANGE_KINDS; i++)
		output_printf(s->out, "%s\"%s\":%lld", i > SHEAF_CHANGE_NEW ? "," : "",
		              change_kind_name((sheaf_change_kind)i), (long long)f->changes[i]);
	output_puts(s->out, "},\"harvests\":[");
	status = sheaf_harvest_each(s->db, json_harvest, &l, err);
	l.count = 0;
	output_puts(s->out, "],\"cooldown\":[");
	if (status == SHEAF_OK)
		status = each_cooldown(json_cooldown, &l, err);
	output_puts(s->out, "]}\n");
	return status;
}

/* ---- coverage ---- */

static const char *const coverage_states[] = {
	[SHEAF_COVERAGE_COMPLETE] = "complete", [SHEAF_COVERAGE_PARTIAL] = "partial",
	[SHEAF_COVERAGE_MISSING] = "missing",   [SHEAF_COVERAGE_EMPTY] = "empty",
	[SHEAF_COVERAGE_STALE] = "stale",       [SHEAF_COVERAGE_MADE_UP] = "made-up",
};

static int text_coverage(void *ctx, const sheaf_coverage *c)
{
	listing *l = ctx;
	char     when[TIME_TEXT_SIZE];

	l->count++;
	output_line(l->out, c->source);
	output_puts(l->out, " ");
	output_line(l->out, *c->selection ? c->selection : "(all)");
	if (*c->metadata_prefix && !str_eq(c->source, c->metadata_prefix)) {
		output_puts(l->out, " ");
		output_line(l->out, c->metadata_prefix);
	}
	output_printf(l->out, ": %s .. %s %s", *c->first ? c->first : "beginning", c->last,
	              coverage_states[c->state]);
	if (c->papers >= 0)
		output_printf(l->out, ", %lld papers", (long long)c->papers);
	if (c->checked != SHEAF_TIME_NONE) {
		time_format_minute(c->checked, when);
		output_printf(l->out, ", read %s", when);
	}
	output_puts(l->out, "\n");
	return l->out->failure != 0;
}

static int json_coverage(void *ctx, const sheaf_coverage *c)
{
	listing *l = ctx;
	char     when[TIME_TEXT_SIZE];

	output_printf(l->out, "%s{\"source\":", l->count++ ? "," : "");
	output_json(l->out, c->source);
	json_member(l->out, "base_url", *c->base_url ? c->base_url : NULL);
	json_member(l->out, "selection", *c->selection ? c->selection : NULL);
	json_member(l->out, "metadata_prefix", *c->metadata_prefix ? c->metadata_prefix : NULL);
	json_member(l->out, "first", *c->first ? c->first : NULL);
	json_member(l->out, "last", c->last);
	json_member(l->out, "state", coverage_states[c->state]);
	if (c->papers >= 0)
		output_printf(l->out, ",\"papers\":%lld", (long long)c->papers);
	else
		output_puts(l->out, ",\"papers\":null");
	if (c->checked != SHEAF_TIME_NONE)
		time_format_iso(c->checked, when);
	json_member(l->out, "checked", c->checked != SHEAF_TIME_NONE ? when : NULL);
	output_puts(l->out, "}");
	return l->out->failure != 0;
}

static sheaf_status print_coverage(session *s, int json, sheaf_error *err)
{
	listing      l = {s->out, 0};
	int          incomplete = 0;
	sheaf_status status;

	if (json)
		output_puts(s->out, "{\"format_version\":1,\"coverage\":[");
	status = sheaf_coverage_each(s->db, json ? json_coverage : text_coverage, &l, &incomplete,
	                             err);
	if (json)
		output_printf(s->out, "],\"complete\":%s}\n", incomplete ? "false" : "true");
	if (status == SHEAF_OK)
		s->code = incomplete ? CODE_INCOMPLETE : l.count ? CODE_DONE : CODE_NOTHING;
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	const status_options *o = s->options;
	facts                 f = {0};
	sheaf_status          status;

	if (o->coverage)
		return print_coverage(s, str_eq(o->format, "json"), err);
	status = gather(s, &f, err);
	if (status != SHEAF_OK)
		return status;
	if (str_eq(o->format, "json"))
		return print_json(s, &f, err);
	return print_text(s, &f, err);
}

const command command_status = {
	.name = "status",
	.summary = "Say what the database holds",
	.arguments = "",
	.options = options,
	.defaults = &defaults,
	.options_size = sizeof(status_options),
	.need = DB_READ,
	.run = run,
};
