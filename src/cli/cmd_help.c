/* cmd_help.c: the help pages. */
#include "commands.h"
#include "error.h"
#include "help.h"

static sheaf_status run(session *s, sheaf_error *err)
{
	const char    *name = s->word_count ? s->words[0] : NULL, *nearest;
	const command *c = name ? commands_find(name) : NULL;
	buf            page = BUF_INIT(0);
	sheaf_status   status;

	if (name && !c) {
		nearest = commands_nearest(name);
		if (nearest)
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                  "no command '%.80s' (did you mean %s?)", name, nearest);
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no command '%.80s'; see sheaf help", name);
	}
	if (c)
		help_command(c, &page);
	else
		help_overview(&page);
	(void)output_write(s->out, buf_str(&page), page.len);
	status = buf_status(&page, err);
	buf_free(&page);
	return status;
}

const command command_help = {
	.name = "help",
	.summary = "Describe sheaf or one of its commands",
	.arguments = "[COMMAND]",
	.max_words = 1,
	.run = run,
};
