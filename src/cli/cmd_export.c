/* cmd_export.c: papers in a form that other programs read. */
#include <sheaf/enquire.h>

#include "command.h"
#include "error.h"
#include "paper_output.h"
#include "query_input.h"
#include "str.h"

typedef struct export_options {
	paper_output form;
	query_filter filter;
} export_options;

static const char *const format_choices[] = {"jsonl", "oai", "csv", "tsv", "bibtex", "ris", NULL};
static const export_options defaults = {.form.format = "jsonl"};

#define AT(member) offsetof(export_options, member)

static const option options[] = {
	OPT_WORD("format", 0, "F", AT(form.format), format_choices,
                 "jsonl (default: the whole record), oai, csv, tsv, bibtex or ris"),
	OPT_VALUE("fields", 0, "A,B,C", OPTION_TEXT, AT(form.fields),
                  "which fields, and in which order (csv, tsv)"),
	QUERY_FILTER_ROWS(export_options, filter),
	{0},
};

typedef struct exporting {
	session      *s;
	sheaf_writer *writer;
	size_t        count;
} exporting;

static int write_one(void *ctx, const sheaf_document *doc)
{
	exporting *e = ctx;

	sheaf_writer_item(e->writer, &(sheaf_item){.doc = doc});
	e->count++;
	return e->s->out->failure != 0;
}

/* Documents are loaded one by one: the mset would keep them all. */
static sheaf_status write_matches(exporting *e, sheaf_mset *mset, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; i < sheaf_mset_size(mset) && status == SHEAF_OK; i++) {
		sheaf_document *doc = NULL;

		status = sheaf_database_get_document(e->s->db, sheaf_mset_get_docid(mset, i), &doc,
		                                     err);
		if (status == SHEAF_OK && write_one(e, doc) != 0)
			i = sheaf_mset_size(mset);
		sheaf_document_free(doc);
	}
	return status;
}

/* Takes the query. */
static sheaf_status export_query(exporting *e, sheaf_query *query, sheaf_error *err)
{
	sheaf_enquire *enquire = NULL;
	sheaf_mset    *mset = NULL;
	int64_t        all = 0;
	sheaf_status   status = sheaf_enquire_new(e->s->db, &enquire, err);

	if (status != SHEAF_OK) {
		sheaf_query_free(query);
		return status;
	}
	sheaf_enquire_set_query(enquire, query);
	status = sheaf_database_get_doccount(e->s->db, &all, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_get_mset(enquire, 0, (size_t)all, &mset, err);
	if (status == SHEAF_OK)
		status = write_matches(e, mset, err);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	return status;
}

static sheaf_status export_papers(exporting *e, sheaf_error *err)
{
	const export_options *o = e->s->options;
	query_input           input = {0};
	sheaf_query          *query = NULL;
	const char           *text;
	sheaf_status          status;

	if (!e->s->word_count && !query_filter_given(&o->filter))
		return sheaf_database_each_document(e->s->db, 0, write_one, e, err);
	status = query_input_join(e->s, &text, err);
	if (status == SHEAF_OK)
		status = query_input_begin(&input, e->s, &o->filter, err);
	if (status == SHEAF_OK)
		status = query_input_make(&input, text, &query, err);
	if (status == SHEAF_OK)
		status = export_query(e, query, err);
	query_input_end(&input);
	return status;
}

/* JSON Lines are those of the snapshot here: the whole record, for import. */
static sheaf_status make_writer(exporting *e, sheaf_error *err)
{
	const export_options *o = e->s->options;

	if (!str_eq(o->form.format, "jsonl"))
		return paper_output_writer(e->s, &o->form, &e->writer, err);
	if (o->form.fields)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--fields needs --format csv or tsv: jsonl is the whole record");
	return sheaf_writer_new(SHEAF_FORMAT_SNAPSHOT, output_write, e->s->out, &e->writer, err);
}

static sheaf_status run(session *s, sheaf_error *err)
{
	exporting    e = {.s = s};
	sheaf_status status = make_writer(&e, err), ended;

	if (status != SHEAF_OK)
		return status;
	sheaf_writer_begin(e.writer, &(sheaf_list_head){.now = s->now});
	status = export_papers(&e, err);
	ended = sheaf_writer_end(e.writer, status == SHEAF_OK ? err : NULL);
	sheaf_writer_free(e.writer);
	if (status == SHEAF_OK && !e.count)
		s->code = CODE_NOTHING;
	return status == SHEAF_OK ? ended : status;
}

const command command_export = {
	.name = "export",
	.summary = "Write papers for other programs",
	.arguments = "[QUERY…]",
	.details = "Without a query: every paper. sheaf import reads jsonl and oai back.",
	.options = options,
	.defaults = &defaults,
	.options_size = sizeof(export_options),
	.need = DB_READ,
	.max_words = WORDS_ANY,
	.run = run,
};
