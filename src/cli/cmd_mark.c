/* cmd_mark.c: says that papers belong to a profile, or do not. */
#include <sheaf/document.h>
#include <string.h>

#include "command.h"
#include "error.h"
#include "profile_lookup.h"

typedef struct mark_options {
	int forget;
} mark_options;

#define AT(member) offsetof(mark_options, member)

static const option options[] = {
	OPT_FLAG("forget", 0, AT(forget), "take back what was said of these papers"),
	{0},
};

/* What is said of one paper. */
typedef struct saying {
	const char *id;
	int         belongs;
} saying;

static sheaf_status read_word(const session *s, const char *word, saying *say, sheaf_error *err)
{
	const mark_options *o = s->options;
	int                 sign = *word == '+' || *word == '-';

	if (!sign && !o->forget)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "mark: '%.80s' has no sign: +%.80s belongs, -%.80s does not",
		                  word, word, word);
	say->id = word + sign;
	say->belongs = *word == '+';
	return SHEAF_OK;
}

static sheaf_status apply(session *s, const char *profile, const char *word, sheaf_error *err)
{
	const mark_options *o = s->options;
	saying              say = {NULL, 0};
	sheaf_error         why;
	sheaf_docid         docid;
	int64_t             removed;
	sheaf_status        status = read_word(s, word, &say, err);

	if (status != SHEAF_OK)
		return status;
	if (o->forget) {
		status = sheaf_mark_remove(s->db, profile, say.id, &removed, err);
		if (status == SHEAF_OK && !removed) {
			console_note(s->console, "%s: was not marked", say.id);
			s->code = CODE_NOTHING;
		}
		return status;
	}
	status = sheaf_mark_put(s->db, profile, say.id, say.belongs, s->now, err);
	if (status != SHEAF_OK ||
	    sheaf_database_find_document(s->db, say.id, &docid, &why) == SHEAF_OK)
		return status;
	if (why.status != SHEAF_ERROR_DOC_NOT_FOUND)
		return sheaf_fail(err, why.status, "%s", why.message);
	console_note(s->console, "%s: not in the database; the mark is kept", say.id);
	s->code = CODE_INCOMPLETE;
	return SHEAF_OK;
}

/* All of them, or none where one is no id. */
static sheaf_status apply_all(session *s, const char *profile, sheaf_error *err)
{
	sheaf_status status = sheaf_database_begin_transaction(s->db, err);

	if (status != SHEAF_OK)
		return status;
	for (size_t i = 1; status == SHEAF_OK && i < s->word_count; i++)
		status = apply(s, profile, s->words[i], err);
	if (status == SHEAF_OK)
		return sheaf_database_commit_transaction(s->db, err);
	sheaf_database_cancel_transaction(s->db);
	s->code = CODE_DONE;
	return status;
}

static int print_mark(void *ctx, const sheaf_mark *mark)
{
	session *s = ctx;

	output_puts(s->out, mark->belongs ? "+" : "-");
	output_line(s->out, mark->id);
	output_puts(s->out, "\n");
	return output_unread(s->out);
}

static sheaf_status run(session *s, sheaf_error *err)
{
	profile_found found;
	sheaf_status  status = profile_lookup(s, s->words[0], &found, err);

	if (status != SHEAF_OK)
		return status;
	if (s->word_count > 1)
		return apply_all(s, found.profile, err);
	return sheaf_mark_each(s->db, found.profile, print_mark, s, err);
}

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const mark_options *o = s->options;

	if (s->word_count > 1)
		request->need = DB_WRITE;
	else if (o->forget)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "mark --forget needs the papers whose marks are taken back");
	return SHEAF_OK;
}

const command command_mark = {
	.name = "mark",
	.summary = "Say which papers belong to a profile",
	.arguments = "PROFILE [+ID | -ID]…",
	.details =
		"  +ID   the paper belongs to the profile\n"
		"  -ID   it does not\n"
		"Without ids: prints the marks of the profile. profile eval, suggest and test use them.",
	.options = options,
	.options_size = sizeof(mark_options),
	.need = DB_READ,
	.min_words = 1,
	.max_words = WORDS_ANY,
	.minus_ids = 1,
	.prepare = prepare,
	.run = run,
};
