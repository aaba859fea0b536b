/* cmd_check.c: verifies a database. */
#include "command.h"

static sheaf_status run(session *s, sheaf_error *err)
{
	sheaf_status status = sheaf_database_check(s->db, err);

	if (status != SHEAF_OK)
		return status;
	output_line(s->out, s->db_path);
	output_puts(s->out, ": no fault found\n");
	return SHEAF_OK;
}

const command command_check = {
	.name = "check",
	.summary = "Verify everything that can be verified",
	.arguments = "",
	.details =
		"Compares the file's pages, the index, the stored documents, the value blocks and the counts.",
	.need = DB_WRITE, /* the index compares itself only where it may write */
	.run = run,
};
