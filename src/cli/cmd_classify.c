/* cmd_classify.c: sorts new papers into topics. */
#include "classify_explain.h"
#include "command.h"
#include "error.h"
#include "profile_source.h"
#include "str.h"

typedef struct classify_options {
	const char *profiles, *explain, *format;
	int         all;
} classify_options;

static const char *const      format_choices[] = {"text", "json", NULL};
static const classify_options defaults = {.format = "text"};

#define AT(member) offsetof(classify_options, member)

static const option options[] = {
	OPT_VALUE("profiles", 0, "FILE", OPTION_TEXT, AT(profiles),
                  "the profiles, copied into the database (default: the stored ones)"),
	OPT_FLAG("all", 0, AT(all), "classify every paper again, not only the new ones"),
	OPT_VALUE("explain", 0, "ID", OPTION_TEXT, AT(explain),
                  "why this paper is where it is; nothing is classified or changed"),
	OPT_WORD("format", 0, "F", AT(format), format_choices, "text (default) or json"),
	OPT_SET("json", AT(format), "json", "the same as --format json"),
	{0},
};

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const classify_options *o = s->options;

	if (o->explain && o->all)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "classify takes --all or --explain, not both");
	if (o->explain)
		request->need = DB_READ;
	return SHEAF_OK;
}

static void print_stats(session *s, const sheaf_classify_stats *stats, int json)
{
	output_printf(s->out,
	              json ? "{\"format_version\":1,\"profiles\":%lld,\"papers\":%lld,"
	                     "\"placements\":%lld}\n"
	                   : "profiles %lld, papers %lld, placements %lld\n",
	              (long long)stats->profiles, (long long)stats->documents,
	              (long long)stats->matches);
}

static sheaf_status classify(session *s, const sheaf_profile_set *set, sheaf_error *err)
{
	const classify_options *o = s->options;
	sheaf_classify_stats    stats = {0};
	sheaf_status            status = sheaf_classify(s->db, set, o->all, &stats, err);

	if (status != SHEAF_OK)
		return status;
	print_stats(s, &stats, str_eq(o->format, "json"));
	s->code = stats.documents ? CODE_DONE : CODE_NOTHING;
	return SHEAF_OK;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	const classify_options *o = s->options;
	sheaf_profile_set      *set = NULL;
	sheaf_status            status;

	/* What only explains leaves the stored profiles alone. */
	if (o->explain && o->profiles)
		status = sheaf_profile_set_read(o->profiles, &set, err);
	else
		status = profile_source(s, o->profiles, &set, err);
	if (status == SHEAF_OK && o->explain)
		status = classify_explain(s, set, o->explain, str_eq(o->format, "json"), err);
	else if (status == SHEAF_OK)
		status = classify(s, set, err);
	sheaf_profile_set_free(set);
	return status;
}

const command command_classify = {
	.name = "classify",
	.summary = "Sort new papers into topics",
	.arguments = "",
	.details =
		"Scores the papers that are new since the last time against each profile. A profile whose\n"
		"text changed is classified again from the first paper.",
	.options = options,
	.defaults = &defaults,
	.options_size = sizeof(classify_options),
	.need = DB_WRITE,
	.prepare = prepare,
	.run = run,
};
