/* cmd_version.c: the versions of sheaf and of what it runs on. */
#include "command.h"
#include "error.h"

static sheaf_status run(session *s, sheaf_error *err)
{
	char *components = sheaf_components();

	if (!components)
		return sheaf_nomem(err);
	output_printf(s->out, "sheaf %s\n", sheaf_version_string());
	output_text(s->out, components);
	sheaf_free(components);
	return SHEAF_OK;
}

const command command_version = {
	.name = "version",
	.summary = "Print the versions of sheaf and its libraries",
	.arguments = "",
	.run = run,
};
