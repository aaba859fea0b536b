#include "stemming.h"

#include <sheaf/stem.h>

#include "error.h"
#include "str.h"

static const char *const strategy_names[] = {"some", "all", "none", NULL};

#define AT(member) offsetof(stemming, member)

const option stemming_options[] = {
	OPT_VALUE("stemmer", 0, "LANG", OPTION_TEXT, AT(stemmer),
                  "Snowball's name of the language (english)"),
	OPT_WORD("stem-strategy", 0, "S", AT(strategy), strategy_names,
                 "some (words and stems, default), all (only stems), none (only words)"),
	{0},
};

static sheaf_status check_language(const char *language, sheaf_error *err)
{
	const char *const *known = sheaf_stem_get_available_languages();
	const char        *nearest;

	for (const char *const *name = known; *name; name++)
		if (str_eq(*name, language))
			return SHEAF_OK;
	nearest = str_nearest(language, known);
	if (nearest)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--stemmer: unknown '%.40s' (did you mean %s?)", language,
		                  nearest);
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "--stemmer: unknown '%.40s'",
	                  language);
}

sheaf_status stemming_apply(const stemming *from, sheaf_database_options *to, sheaf_error *err)
{
	static const sheaf_stem_strategy strategies[] = {SHEAF_STEM_SOME, SHEAF_STEM_ALL,
	                                                 SHEAF_STEM_NONE};
	sheaf_status                     status = SHEAF_OK;

	if (from->stemmer)
		status = check_language(from->stemmer, err);
	to->stemmer = from->stemmer;
	for (size_t i = 0; strategy_names[i]; i++)
		if (str_eq(strategy_names[i], from->strategy))
			to->stem_strategy = strategies[i];
	return status;
}
