/* cmd_similar.c: papers like these, by the words that set these apart from the rest. */
#include <errno.h>
#include <sheaf/enquire.h>
#include <string.h>
#include <unistd.h>

#include "answer.h"
#include "command.h"
#include "error.h"
#include "query_input.h"
#include "similar_query.h"
#include "str.h"

typedef struct similar_options {
	paper_output form;
	int64_t      limit;
	int          query_only, highlight;
	query_filter filter;
} similar_options;

enum {
	RESULTS_MAX = 1000000000,
	TEXT_MAX = 1 << 20, /* bytes of standard input */
	QUERY_MAX = 65536,  /* bytes, as of a profile */
	CHUNK = 65536
};

static const similar_options defaults = {.form.format = "text", .limit = 10};

#define AT(member) offsetof(similar_options, member)

static const option options[] = {
	PAPER_OUTPUT_ROWS(similar_options, form, paper_formats, PAPER_FORMATS_HELP),
	OPT_INT("limit", 'n', "N", AT(limit), 0, RESULTS_MAX, "papers at most (10)"),
	QUERY_RESTRICT_ROWS(similar_options, filter),
	OPT_FLAG("query-only", 0, AT(query_only), "print the query instead of papers"),
	OPT_FLAG("highlight", 0, AT(highlight), "mark matched words in snippets (U+E000, U+E001)"),
	{0},
};

static sheaf_status read_stdin(buf *text, sheaf_error *err)
{
	char    chunk[CHUNK];
	ssize_t n;

	while ((n = read(STDIN_FILENO, chunk, sizeof chunk)) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return sheaf_fail(err, SHEAF_ERROR_IO, "standard input: %s",
			                  strerror(errno));
		if (text->len + (size_t)n > TEXT_MAX)
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                  "standard input: longer than %d bytes", TEXT_MAX);
		buf_append(text, chunk, (size_t)n);
	}
	return buf_status(text, err);
}

static sheaf_status add_stdin(similar_examples *e, sheaf_error *err)
{
	buf          text = BUF_INIT(TEXT_MAX);
	sheaf_status status = read_stdin(&text, err);

	if (status == SHEAF_OK)
		status = sheaf_rset_add_text(e->rset, buf_str(&text), text.len, 1, err);
	e->found += status == SHEAF_OK;
	buf_free(&text);
	return status;
}

/* An id that leads to no paper is named, and no failure. */
static sheaf_status add_paper(similar_examples *e, const char *id, sheaf_error *err)
{
	sheaf_docid  docid;
	sheaf_error  why = {0};
	sheaf_status status = sheaf_database_find_document(e->s->db, id, &docid, &why);

	if (status == SHEAF_ERROR_DOC_NOT_FOUND || status == SHEAF_ERROR_INVALID_ARGUMENT) {
		console_note(e->s->console, "%s", why.message);
		return SHEAF_OK;
	}
	if (status != SHEAF_OK) {
		if (err)
			*err = why;
		return status;
	}
	e->found++;
	if (!sheaf_rset_contains(e->rset, docid))
		e->docids[e->count++] = docid;
	return sheaf_rset_add_document(e->rset, docid, 1, err);
}

static sheaf_status gather(similar_examples *e, sheaf_error *err)
{
	session     *s = e->s;
	sheaf_status status = sheaf_rset_new(&e->rset, err);

	e->docids = arena_calloc(s->arena, s->word_count, sizeof *e->docids);
	if (status == SHEAF_OK && !e->docids)
		status = sheaf_nomem(err);
	for (size_t i = 0; i < s->word_count && status == SHEAF_OK; i++)
		status = str_eq(s->words[i], "-") ? add_stdin(e, err)
		                                  : add_paper(e, s->words[i], err);
	if (!e->found)
		s->code = CODE_NOTHING;
	else if (e->found < s->word_count)
		s->code = CODE_INCOMPLETE;
	return status;
}

/* What is run is what the text says, so that whoever searches for the text gets the same. */
static sheaf_status read_query(query_input *input, const char *text, sheaf_enquire **enquire,
                               sheaf_error *err)
{
	sheaf_query *query = NULL;
	sheaf_status status = sheaf_query_parser_parse_query(input->parser, text,
	                                                     SHEAF_FLAG_DEFAULT, &query, err);

	if (status == SHEAF_OK)
		status = sheaf_enquire_new(input->session->db, enquire, err);
	if (status == SHEAF_OK)
		sheaf_enquire_set_query(*enquire, query);
	else
		sheaf_query_free(query);
	return status;
}

static sheaf_status print_papers(session *s, query_input *input, const char *text, sheaf_error *err)
{
	const similar_options *o = s->options;
	answer_style           style = answer_style_of(s, &o->form, o->highlight);
	answer_query           q = {.parsed = text};
	sheaf_enquire         *enquire = NULL;
	sheaf_mset            *mset = NULL;
	sheaf_writer          *writer = NULL;
	sheaf_status           status = query_input_join(s, &q.text, err);

	if (status == SHEAF_OK)
		status = paper_output_writer(s, &o->form, &writer, err);
	if (status == SHEAF_OK)
		status = read_query(input, text, &enquire, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_get_mset(enquire, 0, (size_t)o->limit, &mset, err);
	if (status == SHEAF_OK) {
		if (!sheaf_mset_get_matches_estimated(mset))
			s->code = exit_worst(s->code, CODE_NOTHING);
		status = answer_write(&style, &q, enquire, mset, writer, err);
	}
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	sheaf_writer_free(writer);
	return status;
}

static sheaf_status answer(const similar_examples *e, query_input *input, sheaf_error *err)
{
	const similar_options *o = e->s->options;
	const char            *text;
	sheaf_status           status = similar_query_text(e, input, &text, err);

	if (status != SHEAF_OK)
		return status;
	if (!*text) {
		console_note(e->s->console, "there is no word by which to look for others");
		e->s->code = exit_worst(e->s->code, CODE_NOTHING);
	}
	if (!o->query_only)
		return print_papers(e->s, input, text, err);
	output_line(e->s->out, text);
	output_puts(e->s->out, *text ? "\n" : "");
	return SHEAF_OK;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	const similar_options *o = s->options;
	similar_examples       e = {.s = s};
	query_input            input = {0};
	sheaf_status           status = query_input_begin(&input, s, &o->filter, err);

	if (status == SHEAF_OK)
		status = gather(&e, err);
	if (status == SHEAF_OK && e.found) {
		sheaf_query_parser_set_max_length(input.parser, QUERY_MAX);
		status = answer(&e, &input, err);
	}
	sheaf_rset_free(e.rset);
	query_input_end(&input);
	return status;
}

const command command_similar = {
	.name = "similar",
	.summary = "Find papers like these, or like a text",
	.arguments = "ID… | -",
	.details =
		"Looks for the words that set the papers apart from the rest; - is the text on standard\n"
		"input. The papers themselves are left out.",
	.options = options,
	.defaults = &defaults,
	.options_size = sizeof(similar_options),
	.need = DB_READ,
	.joins = 1,
	.min_words = 1,
	.max_words = WORDS_ANY,
	.run = run,
};
