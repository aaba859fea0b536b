/* cmd_search.c: papers for a query, best first. */
#include <sheaf/enquire.h>

#include "answer.h"
#include "batch.h"
#include "command.h"
#include "error.h"
#include "query_input.h"
#include "search_analyze.h"
#include "search_facets.h"
#include "str.h"

typedef struct search_options {
	paper_output form;
	const char  *sort, *batch;
	int64_t      limit, offset;
	int          reverse, explain, analyze, expand, highlight;
	option_list  facets;
	query_filter filter;
} search_options;

static const char *const sort_choices[] = {"relevance", "submitted", "updated", "announced", NULL};
static const search_options defaults = {.form.format = "text", .sort = "relevance", .limit = 10};

enum {
	RESULTS_MAX = 1000000000,
	TYPOS_FOUND_MAX = 50 /* a query that finds so many papers is taken to be right */
};

#define AT(member) offsetof(search_options, member)

static const option options[] = {
	PAPER_OUTPUT_ROWS(search_options, form, search_formats, PAPER_FORMATS_HELP),
	OPT_INT("limit", 'n', "N", AT(limit), 0, RESULTS_MAX, "papers at most (10)"),
	OPT_INT("offset", 0, "N", AT(offset), 0, RESULTS_MAX, "leave out the first N"),
	OPT_WORD("sort", 0, "ORDER", AT(sort), sort_choices,
                 "relevance (default), submitted, updated or announced (newest first)"),
	OPT_FLAG("reverse", 0, AT(reverse), "oldest first; with --sort other than relevance"),
	QUERY_FILTER_ROWS(search_options, filter),
	OPT_WORDS("facet", 0, "NAME", AT(facets), search_facet_choices,
                  "count all matches by category, year, author or primary"),
	OPT_FLAG("expand", 0, AT(expand), "let the query grow by words of its best hits"),
	OPT_FLAG("explain", 0, AT(explain), "say what each part of the query adds to each paper"),
	OPT_FLAG("analyze", 0, AT(analyze),
                 "print how the query is understood and run, instead of papers"),
	OPT_FLAG("highlight", 0, AT(highlight), "mark matched words in snippets (U+E000, U+E001)"),
	OPT_VALUE("batch", 0, "FILE|-", OPTION_TEXT, AT(batch),
                  "read queries, QID<TAB>QUERY or QUERY a line"),
	{0},
};

/* A search that answers one query or many. */
typedef struct searching {
	session              *s;
	const search_options *o;
	query_input           input;
	answer_style          style;
	search_facets         facets;
	sheaf_writer         *writer;
	int                   spelling; /* 1: misspelt words are looked for */
	int     choice;  /* 1: some words of the query at hand may be missing in a paper */
	int64_t matches; /* of all queries */
} searching;

/* Refuses options for which the format has no place. */
static sheaf_status check_format(const search_options *o, sheaf_error *err)
{
	static const char *const explains[] = {"text", "json", "jsonl", NULL};
	static const char *const counts[] = {"text", "json", "html", NULL};
	static const char *const follow[] = {"text", "ids",    "tsv", "json", "jsonl", "markdown",
	                                     "csv",  "bibtex", "ris", "trec", NULL};
	sheaf_status             status = SHEAF_OK;

	if (o->explain)
		status = paper_output_needs(&o->form, "--explain", explains, err);
	if (status == SHEAF_OK && o->facets.count)
		status = paper_output_needs(&o->form, "--facet", counts, err);
	if (status == SHEAF_OK && o->batch)
		status = paper_output_needs(&o->form, "--batch", follow, err);
	return status;
}

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const search_options *o = s->options;

	(void)request;
	if (o->reverse && str_eq(o->sort, "relevance"))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--reverse needs --sort submitted, updated or announced");
	if (o->batch && s->word_count)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "search takes a query or --batch, not both");
	if (!o->batch && !s->word_count && !query_filter_given(&o->filter))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "search needs a query");
	return check_format(o, err);
}

static void set_order(sheaf_enquire *enquire, const search_options *o)
{
	if (str_eq(o->sort, "submitted"))
		sheaf_enquire_set_sort_by_value(enquire, SHEAF_FIELD_DATE, o->reverse);
	else if (str_eq(o->sort, "updated"))
		sheaf_enquire_set_sort_by_value(enquire, SHEAF_FIELD_UPDATED, o->reverse);
	else if (str_eq(o->sort, "announced"))
		sheaf_enquire_set_sort_by_value(enquire, SHEAF_FIELD_ANNOUNCED, o->reverse);
}

/* 1 where a paper can match without one of the words. */
static int is_choice(const sheaf_query *query)
{
	sheaf_op type = sheaf_query_get_type(query);

	if (type == SHEAF_OP_OR || type == SHEAF_OP_XOR || type == SHEAF_OP_AND_MAYBE ||
	    type == SHEAF_OP_ELITE_SET)
		return 1;
	for (size_t i = 0; i < sheaf_query_get_num_subqueries(query); i++)
		if (is_choice(sheaf_query_get_subquery(query, i)))
			return 1;
	return 0;
}

/*
 * Looks for misspelt words, where there is a reason to: a query that found many papers by all of
 * its words has none, and looking them up would cost as much as finding the papers.
 */
static sheaf_status look_for_typos(searching *se, int64_t found, answer_query *q, sheaf_error *err)
{
	sheaf_status status;

	if (!se->spelling || (found >= TYPOS_FOUND_MAX && !se->choice))
		return SHEAF_OK;
	status = query_input_correct(&se->input, q->text, &q->did_you_mean, err);
	/* JSON has a place for it. */
	if (q->did_you_mean && (se->o->analyze || !str_eq(se->o->form.format, "json")))
		console_note(se->s->console, "did you mean: %.1000s", q->did_you_mean);
	return status;
}

static sheaf_status write_answer(searching *se, sheaf_enquire *enquire, sheaf_mset *mset,
                                 answer_query *q, sheaf_error *err)
{
	int64_t      found = sheaf_mset_get_matches_estimated(mset);
	sheaf_status status = search_facets_count(&se->facets, err);

	if (status == SHEAF_OK)
		status = look_for_typos(se, found, q, err);
	if (status != SHEAF_OK)
		return status;
	q->facets = se->facets.facets;
	q->facet_count = se->facets.count;
	se->matches += found;
	return answer_write(&se->style, q, enquire, mset, se->writer, err);
}

static sheaf_status print_papers(searching *se, sheaf_enquire *enquire, answer_query *q,
                                 sheaf_error *err)
{
	sheaf_mset  *mset = NULL;
	sheaf_status status = search_facets_watch(&se->facets, enquire, err);

	set_order(enquire, se->o);
	if (status == SHEAF_OK)
		status = sheaf_enquire_get_mset(enquire, (size_t)se->o->offset,
		                                (size_t)se->o->limit, &mset, err);
	if (status == SHEAF_OK)
		status = write_answer(se, enquire, mset, q, err);
	sheaf_mset_free(mset);
	return status;
}

static sheaf_status print_analysis(searching *se, sheaf_enquire *enquire, answer_query *q,
                                   sheaf_error *err)
{
	sheaf_status status = look_for_typos(se, 0, q, err);

	return status == SHEAF_OK ? search_analyze_plan(se->s->out, enquire, err) : status;
}

/* Takes the query. */
static sheaf_status run_query(searching *se, sheaf_query *query, answer_query *q, sheaf_error *err)
{
	sheaf_enquire *enquire = NULL;
	sheaf_status   status = sheaf_enquire_new(se->s->db, &enquire, err);

	if (status != SHEAF_OK) {
		sheaf_query_free(query);
		return status;
	}
	se->choice = is_choice(query);
	if (se->o->analyze)
		status = search_analyze_query(se->s->out, q, query, err);
	sheaf_enquire_set_query(enquire, query);
	if (status == SHEAF_OK && se->o->expand)
		status = sheaf_enquire_expand(enquire, 0, 0, err);
	if (status == SHEAF_OK)
		status = se->o->analyze ? print_analysis(se, enquire, q, err)
		                        : print_papers(se, enquire, q, err);
	sheaf_enquire_free(enquire);
	return status;
}

static sheaf_status answer_one(void *ctx, const char *id, const char *text, sheaf_error *err)
{
	searching   *se = ctx;
	sheaf_query *query = NULL;
	char        *parsed = NULL;
	answer_query q = {.id = id, .text = text};
	sheaf_status status = query_input_make(&se->input, text, &query, err);

	if (status == SHEAF_OK)
		status = sheaf_query_get_description(query, &parsed, err);
	if (status == SHEAF_OK) {
		if (sheaf_query_empty(query))
			console_note(se->s->console, "nothing is left to search for in '%.200s'",
			             text);
		q.parsed = parsed;
		status = run_query(se, query, &q, err);
		query = NULL;
	}
	sheaf_query_free(query);
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
	searching             se = {.s = s, .o = o};
	sheaf_status          status;

	se.style = answer_style_of(s, &o->form, o->highlight);
	se.style.explain = o->explain;
	status = query_input_begin(&se.input, s, &o->filter, err);
	/* Of many queries, only where it stands beside the answer. */
	se.spelling = !o->batch || str_eq(o->form.format, "json");
	if (status == SHEAF_OK)
		status = search_facets_begin(&se.facets, s, &o->facets, err);
	if (status == SHEAF_OK)
		status = paper_output_writer(s, &o->form, &se.writer, err);
	if (status == SHEAF_OK)
		status = answer_all(&se, err);
	if (status == SHEAF_OK && !o->analyze && !se.matches)
		s->code = exit_worst(s->code, CODE_NOTHING);
	sheaf_writer_free(se.writer);
	search_facets_end(&se.facets);
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
	.joins = 1,
	.max_words = WORDS_ANY,
	.prepare = prepare,
	.run = run,
};
