/* cmd_classify.c: sorts new papers into topics. */
#include "classify_explain.h"
#include "command.h"
#include "error.h"
#include "profile_source.h"
#include "str.h"

typedef struct classify_options {
	option_list profiles;
	const char *explain, *format;
	int         all;
} classify_options;

static const char *const      format_choices[] = {"text", "json", NULL};
static const classify_options defaults = {.format = "text"};

#define AT(member) offsetof(classify_options, member)

static const option options[] = {
	OPT_VALUE("profiles", 0, "FILE", OPTION_LIST, AT(profiles),
                  "the profiles, stored as well; may be repeated (default: all stored)"),
	OPT_FLAG("all", 0, AT(all), "classify every paper again, not only the new ones"),
	OPT_VALUE("explain", 0, "ID", OPTION_TEXT, AT(explain),
                  "why this paper, and those named behind it, are where they are"),
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
	if (!o->explain && s->word_count)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "classify takes no words without --explain, but there is '%.64s'",
		                  s->words[0]);
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

/* One set after the other; what is printed is the sum. */
static sheaf_status classify(session *s, const profile_sets *sets, sheaf_error *err)
{
	const classify_options *o = s->options;
	sheaf_classify_stats    total = {0};
	sheaf_status            status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < sets->count; i++) {
		sheaf_classify_stats stats = {0};

		status = sheaf_classify(s->db, sets->items[i], o->all, &stats, err);
		total.profiles += stats.profiles;
		total.documents += stats.documents;
		total.matches += stats.matches;
	}
	if (status != SHEAF_OK)
		return status;
	print_stats(s, &total, str_eq(o->format, "json"));
	s->code = total.documents ? CODE_DONE : CODE_NOTHING;
	return SHEAF_OK;
}

/* Every set tells of the paper. */
static sheaf_status explain_one(session *s, const profile_sets *sets, const char *id, int *placed,
                                sheaf_error *err)
{
	const classify_options *o = s->options;
	sheaf_status            status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < sets->count; i++)
		status = classify_explain(s, sets->items[i], id, str_eq(o->format, "json"), placed,
		                          err);
	return status;
}

static sheaf_status explain(session *s, const profile_sets *sets, sheaf_error *err)
{
	const classify_options *o = s->options;
	int                     placed = 0;
	sheaf_status            status = explain_one(s, sets, o->explain, &placed, err);

	for (size_t i = 0; status == SHEAF_OK && i < s->word_count; i++)
		status = explain_one(s, sets, s->words[i], &placed, err);
	s->code = placed ? CODE_DONE : CODE_NOTHING;
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	const classify_options *o = s->options;
	profile_sets            sets;
	/* What only explains leaves the stored profiles alone. */
	sheaf_status status = profile_sources(s, &o->profiles, !o->explain, &sets, err);

	if (status == SHEAF_OK)
		status = o->explain ? explain(s, &sets, err) : classify(s, &sets, err);
	profile_sets_free(&sets);
	return status;
}

const command command_classify = {
	.name = "classify",
	.summary = "Sort new papers into topics",
	.arguments = "[--explain ID…]",
	.details =
		"Scores the papers that are new since the last time against each profile. A profile whose\n"
		"text changed is classified again from the first paper.",
	.options = options,
	.defaults = &defaults,
	.options_size = sizeof(classify_options),
	.need = DB_WRITE,
	.max_words = WORDS_ANY,
	.prepare = prepare,
	.run = run,
};
