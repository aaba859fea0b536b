/* cmd_classify.c: sorts new papers into topics. */
#include "command.h"
#include "profile_source.h"

typedef struct classify_options {
	const char *profiles;
	int         all;
} classify_options;

#define AT(member) offsetof(classify_options, member)

static const option options[] = {
	OPT_VALUE("profiles", 0, "FILE", OPTION_TEXT, AT(profiles),
                  "the profiles, copied into the database (default: the stored ones)"),
	OPT_FLAG("all", 0, AT(all), "classify every paper again, not only the new ones"),
	{0},
};

static sheaf_status run(session *s, sheaf_error *err)
{
	const classify_options *o = s->options;
	sheaf_profile_set      *set = NULL;
	sheaf_classify_stats    stats = {0};
	sheaf_status            status = profile_source(s, o->profiles, &set, err);

	if (status == SHEAF_OK)
		status = sheaf_classify(s->db, set, o->all, &stats, err);
	sheaf_profile_set_free(set);
	if (status != SHEAF_OK)
		return status;
	output_printf(s->out, "profiles %lld, papers %lld, placements %lld\n",
	              (long long)stats.profiles, (long long)stats.documents,
	              (long long)stats.matches);
	s->code = stats.documents ? CODE_DONE : CODE_NOTHING;
	return SHEAF_OK;
}

const command command_classify = {
	.name = "classify",
	.summary = "Sort new papers into topics",
	.arguments = "",
	.details =
		"Scores the papers that are new since the last time against each profile. A profile whose\n"
		"text changed is classified again from the first paper.",
	.options = options,
	.options_size = sizeof(classify_options),
	.need = DB_WRITE,
	.run = run,
};
