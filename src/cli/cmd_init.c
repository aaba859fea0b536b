/* cmd_init.c: makes an empty database. */
#include "command.h"
#include "stemming.h"

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	return stemming_apply(s->options, &request->options, err);
}

static sheaf_status run(session *s, sheaf_error *err)
{
	(void)err;
	output_puts(s->out, "made ");
	output_line(s->out, s->db_path);
	output_puts(s->out, "\n");
	return SHEAF_OK;
}

const command command_init = {
	.name = "init",
	.summary = "Make an empty database",
	.arguments = "",
	.details = "A database is also made by the first import or harvest.",
	.options = stemming_options,
	.options_size = sizeof(stemming),
	.need = DB_NEW,
	.prepare = prepare,
	.run = run,
};
