/* cmd_rm.c: papers out of the database, and kept out. */
#include "command.h"

static sheaf_status remove_all(session *s, int64_t *removed, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < s->word_count && status == SHEAF_OK; i++) {
		sheaf_error why = {0};

		status = sheaf_database_exclude_document(s->db, s->words[i], s->now, &why);
		if (status == SHEAF_ERROR_DOC_NOT_FOUND) {
			console_note(s->console, "%s", why.message);
			status = SHEAF_OK;
		} else if (status == SHEAF_OK) {
			++*removed;
		} else {
			*err = why;
		}
	}
	return status;
}

/* All of them or none. */
static sheaf_status run(session *s, sheaf_error *err)
{
	int64_t      removed = 0;
	sheaf_status status = sheaf_database_begin_transaction(s->db, err);

	if (status != SHEAF_OK)
		return status;
	status = remove_all(s, &removed, err);
	if (status == SHEAF_OK)
		status = sheaf_database_commit_transaction(s->db, err);
	if (status != SHEAF_OK) {
		sheaf_database_cancel_transaction(s->db);
		return status;
	}
	output_printf(s->out, "removed %lld\n", (long long)removed);
	if (!removed)
		s->code = CODE_NOTHING;
	return SHEAF_OK;
}

const command command_rm = {
	.name = "rm",
	.summary = "Take papers out of the database, and keep them out",
	.arguments = "ID…",
	.details =
		"Later harvests and imports pass them over, unless they are told --force. A paper that is not\n"
		"there is kept out, too.",
	.need = DB_WRITE,
	.min_words = 1,
	.max_words = WORDS_ANY,
	.run = run,
};
