/* profile_export.c: a stored set as the file that it was. */
#include <sheaf/profile.h>
#include <sheaf/status.h>
#include <string.h>

#include "error.h"
#include "profile_verbs.h"

typedef struct stored {
	session    *s;
	const char *only;
	size_t      count;
	buf         names;
} stored;

static int note_name(void *ctx, const char *name)
{
	stored *st = ctx;

	buf_printf(&st->names, "%s%s", st->count++ ? ", " : "", name);
	st->only = arena_strdup(st->s->arena, name);
	return st->only == NULL;
}

/* The name of the only set. */
static sheaf_status find_only(session *s, const char **name, sheaf_error *err)
{
	stored       st = {.s = s, .names = BUF_INIT(0)};
	sheaf_status status = sheaf_profile_set_each(s->db, note_name, &st, err);

	if (st.count && !st.only)
		status = sheaf_nomem(err);
	if (status == SHEAF_OK && !st.count)
		status = sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND, "no profiles are stored");
	if (status == SHEAF_OK && st.count > 1)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "several sets of profiles are stored (%.200s): name one",
		                    buf_str(&st.names));
	*name = st.only;
	buf_free(&st.names);
	return status;
}

sheaf_status profile_export(session *s, sheaf_error *err)
{
	const char  *name = s->word_count > 1 ? s->words[1] : NULL;
	char        *yaml = NULL;
	sheaf_status status = SHEAF_OK;

	if (!name)
		status = find_only(s, &name, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_get_text(s->db, name, &yaml, err);
	if (status == SHEAF_OK)
		(void)output_write(s->out, yaml, strlen(yaml));
	sheaf_free(yaml);
	return status;
}
