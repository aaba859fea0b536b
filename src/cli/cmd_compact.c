/* cmd_compact.c: merges the index and gives free pages back. */
#include "command.h"
#include "databases.h"
#include "progress.h"

static sheaf_status report(session *s, int64_t before, sheaf_error *err)
{
	buf          old = BUF_INIT(64), new = BUF_INIT(64);
	sheaf_status status;

	progress_size(&old, before);
	progress_size(&new, databases_bytes(s));
	output_printf(s->out, "compacted, %s before, %s after\n", buf_str(&old), buf_str(&new));
	status = buf_status(&old, err);
	if (status == SHEAF_OK)
		status = buf_status(&new, err);
	buf_free(&old);
	buf_free(&new);
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	int64_t      before = databases_bytes(s);
	sheaf_status status = sheaf_database_compact(s->db, err);

	return status == SHEAF_OK ? report(s, before, err) : status;
}

const command command_compact = {
	.name = "compact",
	.summary = "Merge the index and give free pages back",
	.arguments = "",
	.details =
		"An index of one piece, as an import leaves it, is searched quickest. As much room\n"
		"as the database takes has to be free.",
	.need = DB_WRITE,
	.run = run,
};
