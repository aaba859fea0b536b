/* cmd_profile.c: what can be done with profiles, by the command's first word. */
#include "error.h"
#include "profile_verbs.h"
#include "str.h"
#include "verb.h"

static const char *const format_choices[] = {"text", "json", "tsv", NULL};
static const char *const by_choices[] = {"marks", "categories", NULL};

#define AT(member) offsetof(profile_options, member)

static const option options[] = {
	OPT_WORD("format", 0, "F", AT(format), format_choices,
                 "text (default) or json; eval, backtest: tsv, too"),
	OPT_SET("json", AT(format), "json", "the same as --format json"),
	OPT_VALUE("profiles", 0, "FILE", OPTION_LIST, AT(profiles),
                  "the profiles of FILE instead of the stored ones; may be repeated"),
	OPT_FLAG("marks", 0, AT(marks), "test: the marks as well, not only must and mustnot"),
	OPT_WORD("by", 0, "WHAT", AT(by), by_choices,
                 "eval: marks, or the categories that papers have; learn: categories"),
	OPT_VALUE("split", 0, "PART", OPTION_TEXT, AT(split),
                  "eval: only the papers of this part, train or test; learn: train"),
	OPT_INT("limit", 'n', "N", AT(limit), 1, INT64_MAX,
                "eval: papers at most; backtest: papers to list (10)"),
	OPT_VALUE("since", 0, "DATE", OPTION_SPAN, AT(since), "backtest: papers from DATE on (1y)"),
	OPT_VALUE("until", 0, "DATE", OPTION_SPAN, AT(until), "backtest: papers up to and on DATE"),
	OPT_VALUE("with", 0, "FILE", OPTION_TEXT, AT(with),
                  "backtest: compare with the profile as FILE has it"),
	OPT_VALUE("query", 0, "QUERY", OPTION_TEXT, AT(query), "backtest: compare with this query"),
	OPT_MANY("like", "ID…", AT(like), "suggest: papers that belong"),
	OPT_MANY("unlike", "ID…", AT(unlike), "suggest: papers that do not"),
	OPT_INT("terms", 0, "N", AT(terms), 1, 10000, "suggest, learn: terms of a query at most"),
	OPT_INT("top", 0, "N", AT(top), 1, 10000, "learn: the N largest categories (40)"),
	{0},
};

static const verb verbs[] = {
	{"list", 0, 0, profile_list, DB_READ, "format"},
	{"show", 1, 1, profile_show, DB_READ, "format"},
	{"check", 0, WORDS_ANY, profile_check, DB_READ, NULL},
	{"test", 0, 0, profile_test, DB_READ, "format profiles marks"},
	{"eval", 0, 0, profile_eval, DB_READ, "format profiles by split limit"},
	{"backtest", 1, 1, profile_backtest, DB_READ,
         "format profiles since until with query limit"},
	{"add", 2, WORDS_ANY, profile_add, DB_CREATE, NULL},
	{"rm", 1, 1, profile_rm, DB_WRITE, NULL},
	{"import", 1, WORDS_ANY, profile_import, DB_CREATE, NULL},
	{"export", 0, 1, profile_export, DB_READ, NULL},
	{"suggest", 1, 1, profile_suggest, DB_READ, "like unlike terms"},
	{"learn", 0, 0, profile_learn, DB_READ, "by split top terms"},
	{0},
};

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const profile_options *o = s->options;
	const verb            *v;
	sheaf_status           status = verb_prepare(s, verbs, &v, request, err);

	if (status == SHEAF_OK && v->run == profile_check && s->word_count > 1)
		request->need = DB_NONE;
	if (status == SHEAF_OK && str_eq(o->format, "tsv") && v->run != profile_eval &&
	    v->run != profile_backtest)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "profile %s has no format 'tsv'; see sheaf help profile",
		                  v->name);
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	return verb_run(s, verbs, err);
}

const command command_profile = {
	.name = "profile",
	.summary = "List, check, test and edit profiles",
	.arguments = "list | show NAME | check [FILE]… | test | eval | backtest NAME |\n"
		     "       suggest NAME --like ID… [--unlike ID…] | learn |\n"
		     "       add NAME QUERY | rm NAME | import FILE… | export [SET]",
	.details =
		"  list              the stored profiles, divided by tabs: set, name, heading, papers,\n"
		"                    and how many of them no digest has delivered\n"
		"  show NAME         one stored profile\n"
		"  check [FILE]…     every mistake in the files, or in what is stored, with its line\n"
		"  test              whether papers are where `must` and `mustnot` say; ends with 1\n"
		"                    where one is not\n"
		"  eval              precision, recall and F1 of each profile, by marks or categories\n"
		"  backtest NAME     papers a week, what it shares with others, what a change would do\n"
		"  suggest NAME      a weighted query from papers that belong, with what speaks for it\n"
		"  learn             a profile file for the largest categories, from all papers\n"
		"  add NAME QUERY    one more profile, in the set that is stored\n"
		"  rm NAME           removes it, with what was placed in it\n"
		"  import FILE…      stores the files, each under its digest's name\n"
		"  export [SET]      a stored set as the file that it was\n"
		"NAME is that of a profile, or SET/NAME where several sets have one.",
	.options = options,
	.options_size = sizeof(profile_options),
	.need = DB_READ,
	.min_words = 1,
	.max_words = WORDS_ANY,
	.prepare = prepare,
	.run = run,
};
