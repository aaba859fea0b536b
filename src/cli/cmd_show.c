/* cmd_show.c: papers by their ids. */
#include "answer.h"
#include "command.h"

typedef struct show_options {
	paper_output form;
} show_options;

static const show_options defaults = {.form.format = "text"};

static const option options[] = {
	PAPER_OUTPUT_ROWS(show_options, form, paper_formats, PAPER_FORMATS_HELP),
	{0},
};

/* Writes one paper. `*found` becomes 0 where no paper has this id. */
static sheaf_status show_one(session *s, const char *id, sheaf_writer *writer, int *found,
                             sheaf_error *err)
{
	sheaf_docid     docid;
	sheaf_document *doc = NULL;
	sheaf_error     why = {0};
	sheaf_status    status = sheaf_database_find_document(s->db, id, &docid, &why);

	*found = status == SHEAF_OK;
	if (status == SHEAF_ERROR_DOC_NOT_FOUND || status == SHEAF_ERROR_INVALID_ARGUMENT) {
		console_note(s->console, "%s", why.message);
		return SHEAF_OK;
	}
	if (status == SHEAF_OK)
		status = sheaf_database_get_document(s->db, docid, &doc, &why);
	if (status == SHEAF_OK)
		sheaf_writer_item(writer, &(sheaf_item){.doc = doc});
	else if (err)
		*err = why;
	sheaf_document_free(doc);
	return status;
}

static sheaf_status show_all(session *s, sheaf_writer *writer, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	size_t       shown = 0;

	for (size_t i = 0; i < s->word_count && status == SHEAF_OK; i++) {
		int found;

		status = show_one(s, s->words[i], writer, &found, err);
		shown += (size_t)found;
	}
	if (!shown)
		s->code = CODE_NOTHING;
	else if (shown < s->word_count)
		s->code = CODE_INCOMPLETE;
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	const show_options *o = s->options;
	answer_style        style = answer_style_of(s, &o->form, 0);
	sheaf_list_head     head = {.kind = SHEAF_LIST_PAPERS,
	                            .colour = style.colour,
	                            .width = style.width,
	                            .now = s->now};
	sheaf_writer       *writer;
	sheaf_status        status = paper_output_writer(s, &o->form, &writer, err), ended;

	if (status != SHEAF_OK)
		return status;
	sheaf_writer_begin(writer, &head);
	status = show_all(s, writer, err);
	ended = sheaf_writer_end(writer, status == SHEAF_OK ? err : NULL);
	sheaf_writer_free(writer);
	return status == SHEAF_OK ? ended : status;
}

const command command_show = {
	.name = "show",
	.summary = "Print papers by their ids",
	.arguments = "ID…",
	.details =
		"An ID may carry a version or be an address: 2601.22876, arXiv:2601.22876v2, math.GT/0309136,\n"
		"https://arxiv.org/abs/2601.22876.",
	.options = options,
	.defaults = &defaults,
	.options_size = sizeof(show_options),
	.need = DB_READ,
	.joins = 1,
	.min_words = 1,
	.max_words = WORDS_ANY,
	.run = run,
};
