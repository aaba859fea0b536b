/* cmd_search.c: papers for a query, best first. */
#include <sheaf/enquire.h>
#include <sheaf/writer.h>

#include "answer.h"
#include "batch.h"
#include "command.h"
#include "error.h"
#include "query_input.h"
#include "str.h"

typedef struct search_options {
	const char  *format, *sort, *batch;
	int64_t      limit, offset;
	int          reverse, analyze, highlight;
	query_filter filter;
} search_options;

static const char *const    format_choices[] = {"text",  "ids",      "tsv",  "json",
                                                "jsonl", "markdown", "trec", NULL};
static const char *const    sort_choices[] = {"relevance", "submitted", "updated", NULL};
static const search_options defaults = {.format = "text", .sort = "relevance", .limit = 10};

enum { RESULTS_MAX = 1000000000 };

#define AT(member) offsetof(search_options, member)

static const option options[] = {
	OPT_WORD("format", 0, "F", AT(format), format_choices,
                 "text (default), ids, tsv, json, jsonl, markdown or trec"),
	OPT_SET("json", AT(format), "json", "the same as --format json"),
	OPT_INT("limit", 'n', "N", AT(limit), 0, RESULTS_MAX, "papers at most (10)"),
	OPT_INT("offset", 0, "N", AT(offset), 0, RESULTS_MAX, "leave out the first N"),
	OPT_WORD("sort", 0, "ORDER", AT(sort), sort_choices,
                 "relevance (default), submitted or updated (newest first)"),
	OPT_FLAG("reverse", 0, AT(reverse), "oldest first; with --sort submitted or updated"),
	QUERY_FILTER_ROWS(search_options, filter),
	OPT_VALUE("batch", 0, "FILE|-", OPTION_TEXT, AT(batch),
                  "read queries, QID<TAB>QUERY or QUERY a line"),
	OPT_FLAG("analyze", 0, AT(analyze),
                 "print how the query is understood and run, instead of papers"),
	OPT_FLAG("highlight", 0, AT(highlight), "mark matched words in snippets (U+E000, U+E001)"),
	{0},
};

/* A search that answers one query or many. */
typedef struct searching {
	session              *s;
	const search_options *o;
	query_input           input;
	answer_style          style;
	sheaf_writer         *writer;
	int64_t               matches; /* of all queries */
} searching;

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const search_options *o = s->options;

	(void)request;
	if (o->reverse && str_eq(o->sort, "relevance"))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--reverse needs --sort submitted or updated");
	if (o->batch && s->word_count)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "search takes a query or --batch, not both");
	if (!o->batch && !s->word_count && !query_filter_given(&o->filter))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "search needs a query");
	return SHEAF_OK;
}

static void set_order(sheaf_enquire *enquire, const search_options *o)
{
	if (str_eq(o->sort, "submitted"))
		sheaf_enquire_set_sort_by_value(enquire, SHEAF_FIELD_DATE, o->reverse);
	else if (str_eq(o->sort, "updated"))
		sheaf_enquire_set_sort_by_value(enquire, SHEAF_FIELD_UPDATED, o->reverse);
}

/* How the query was understood, and the steps in which it would be run. */
static sheaf_status print_analysis(searching *se, sheaf_enquire *enquire, const answer_query *q,
                                   sheaf_error *err)
{
	output      *out = se->s->out;
	char        *plan = NULL;
	sheaf_status status = sheaf_enquire_get_plan(enquire, &plan, err);

	if (status != SHEAF_OK)
		return status;
	output_puts(out, "query: ");
	output_line(out, q->text);
	output_puts(out, "\nparsed: ");
	output_line(out, q->parsed);
	output_puts(out, "\n");
	output_text(out, plan);
	sheaf_free(plan);
	return SHEAF_OK;
}

static sheaf_status print_papers(searching *se, sheaf_enquire *enquire, const answer_query *q,
                                 sheaf_error *err)
{
	sheaf_mset  *mset = NULL;
	sheaf_status status;

	set_order(enquire, se->o);
	status = sheaf_enquire_get_mset(enquire, (size_t)se->o->offset, (size_t)se->o->limit, &mset,
	                                err);
	if (status == SHEAF_OK) {
		se->matches += sheaf_mset_get_matches_estimated(mset);
		status = answer_write(&se->style, q, mset, se->writer, err);
	}
	sheaf_mset_free(mset);
	return status;
}

static sheaf_status answer_one(void *ctx, const char *id, const char *text, sheaf_error *err)
{
	searching     *se = ctx;
	sheaf_enquire *enquire = NULL;
	sheaf_query   *query = NULL;
	char          *parsed = NULL;
	answer_query   q = {.id = id, .text = text};
	sheaf_status   status = query_input_make(&se->input, text, &query, err);

	if (status == SHEAF_OK && sheaf_query_empty(query))
		console_note(se->s->console, "nothing is left to search for in '%.200s'", text);
	if (status == SHEAF_OK)
		status = sheaf_query_get_description(query, &parsed, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_new(se->s->db, &enquire, err);
	if (status != SHEAF_OK)
		goto out;
	q.parsed = parsed;
	sheaf_enquire_set_query(enquire, query);
	query = NULL;
	status = se->o->analyze ? print_analysis(se, enquire, &q, err)
	                        : print_papers(se, enquire, &q, err);
out:
	sheaf_query_free(query);
	sheaf_enquire_free(enquire);
	sheaf_free(parsed);
	return status;
}

static sheaf_status answer_all(searching *se, sheaf_error *err)
{
	const char  *text;
	sheaf_status status;

	if (se->o->batch)
		return batch_run(se->s, se->o->batch, answer_one, se, err);
	status = query_input_join(se->s, &text, err);
	if (status == SHEAF_OK)
		status = answer_one(se, NULL, text, err);
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	const search_options *o = s->options;
	sheaf_format          format = (sheaf_format)sheaf_format_from_name(o->format);
	searching             se = {.s = s, .o = o};
	sheaf_status          status;

	se.style = answer_style_of(s, format, o->highlight);
	status = query_input_begin(&se.input, s, &o->filter, err);
	if (status == SHEAF_OK)
		status = sheaf_writer_new(format, output_write, s->out, &se.writer, err);
	if (status == SHEAF_OK)
		status = answer_all(&se, err);
	if (status == SHEAF_OK && !o->analyze && !se.matches)
		s->code = exit_worst(s->code, CODE_NOTHING);
	sheaf_writer_free(se.writer);
	query_input_end(&se.input);
	return status;
}

const command command_search = {
	.name = "search",
	.summary = "Find papers, best first",
	.arguments = "QUERY…",
	.details = "The words are joined to one query; sheaf-query(7) describes the language.\n"
		   "A query that begins with - goes after --.",
	.options = options,
	.defaults = &defaults,
	.options_size = sizeof(search_options),
	.need = DB_READ,
	.max_words = WORDS_ANY,
	.prepare = prepare,
	.run = run,
};
