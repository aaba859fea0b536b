/* profile_learn.c: `sheaf profile learn`, profiles made from papers whose topics are known. */
#include <sheaf/learn.h>
#include <stdio.h>

#include "error.h"
#include "profile_verbs.h"
#include "str.h"

static int show_progress(void *ctx, size_t part, size_t parts)
{
	session *s = ctx;
	char     line[64];

	if (s->console->progress && s->console->rewrites) {
		snprintf(line, sizeof line, "learning, step %zu of %zu", part + 1, parts);
		console_draw(s->console, line);
	}
	return 0;
}

static void tell(const session *s, const sheaf_learn_stats *stats)
{
	if (stats->held_out)
		console_note(s->console,
		             "%zu categories from %lld papers; of %lld held out %.1f %% are right, "
		             "macro-F1 %.3f",
		             stats->categories, (long long)stats->learnt_from,
		             (long long)stats->held_out, 100 * stats->accuracy, stats->macro_f1);
	else
		console_note(s->console, "%zu categories from %lld papers; none is held out",
		             stats->categories, (long long)stats->learnt_from);
}

/* Too few papers are no mistake in the command line. */
static sheaf_status learn(session *s, char **yaml, sheaf_learn_stats *stats, sheaf_error *err)
{
	const profile_options *o = s->options;
	sheaf_learn_options    with = {.categories = (size_t)o->top,
	                               .terms = (size_t)o->terms,
	                               .progress = show_progress,
	                               .ctx = s};
	sheaf_error            why = {0};
	sheaf_status           status = sheaf_learn_categories(s->db, &with, yaml, stats, &why);

	console_draw(s->console, "");
	if (status == SHEAF_ERROR_INVALID_OPERATION) {
		console_note(s->console, "%s", why.message);
		s->code = CODE_NOTHING;
		return SHEAF_OK;
	}
	return status == SHEAF_OK ? status : sheaf_fail(err, why.status, "%s", why.message);
}

sheaf_status profile_learn(session *s, sheaf_error *err)
{
	const profile_options *o = s->options;
	sheaf_learn_stats      stats;
	char                  *yaml = NULL;
	sheaf_status           status;

	if (o->by && !str_eq(o->by, "categories"))
		return sheaf_fail(
			err, SHEAF_ERROR_INVALID_ARGUMENT,
			"learn takes --by categories only; for marks there is 'profile suggest'");
	if (o->split && !str_eq(o->split, "train"))
		return sheaf_fail(
			err, SHEAF_ERROR_INVALID_ARGUMENT,
			"learn takes --split train only: what it tests with stays unseen");
	status = learn(s, &yaml, &stats, err);
	if (status != SHEAF_OK || !yaml)
		return status;
	output_puts(s->out, yaml);
	sheaf_free(yaml);
	tell(s, &stats);
	return SHEAF_OK;
}
