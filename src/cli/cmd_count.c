/* cmd_count.c: how many papers match. */
#include <sheaf/enquire.h>
#include <sys/stat.h>

#include "batch.h"
#include "command.h"
#include "error.h"
#include "query_input.h"
#include "str.h"

typedef struct count_options {
	int          batch;
	query_filter filter;
} count_options;

#define AT(member) offsetof(count_options, member)

static const option options[] = {
	OPT_FLAG("batch", 0, AT(batch),
                 "each argument is a file of queries, - (standard input) or a query"),
	QUERY_FILTER_ROWS(count_options, filter),
	{0},
};

typedef struct counting {
	session    *s;
	query_input input;
	int64_t     matches; /* of all queries */
} counting;

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const count_options *o = s->options;

	(void)request;
	if (!o->batch && !s->word_count && !query_filter_given(&o->filter))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "count needs a query");
	return SHEAF_OK;
}

/* Takes the query. An mset may estimate; with every match in it, it cannot. */
static sheaf_status matches_of(sheaf_database *db, sheaf_query *query, int64_t *count,
                               sheaf_error *err)
{
	sheaf_enquire *enquire = NULL;
	sheaf_mset    *mset = NULL;
	int64_t        all = 0;
	sheaf_status   status = sheaf_enquire_new(db, &enquire, err);

	*count = 0;
	if (status != SHEAF_OK) {
		sheaf_query_free(query);
		return status;
	}
	sheaf_enquire_set_query(enquire, query);
	status = sheaf_enquire_get_mset(enquire, 0, 0, &mset, err);
	if (status == SHEAF_OK && !sheaf_mset_matches_exact(mset)) {
		sheaf_mset_free(mset);
		mset = NULL;
		status = sheaf_database_get_doccount(db, &all, err);
		if (status == SHEAF_OK)
			status = sheaf_enquire_get_mset(enquire, 0, (size_t)all, &mset, err);
	}
	if (status == SHEAF_OK)
		*count = sheaf_mset_get_matches_estimated(mset);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	return status;
}

static sheaf_status count_one(void *ctx, const char *id, const char *text, sheaf_error *err)
{
	counting    *c = ctx;
	sheaf_query *query = NULL;
	int64_t      count = 0;
	sheaf_status status = query_input_make(&c->input, text, &query, err);

	(void)id;
	if (status != SHEAF_OK)
		return status;
	if (sheaf_query_empty(query))
		console_note(c->s->console, "nothing is left to search for in '%.200s'", text);
	status = matches_of(c->s->db, query, &count, err);
	if (status == SHEAF_OK) {
		c->matches += count;
		output_printf(c->s->out, "%lld\n", (long long)count);
	}
	return status;
}

static int is_file(const char *path)
{
	struct stat about;

	return stat(path, &about) == 0 && !S_ISDIR(about.st_mode);
}

static sheaf_status count_batch(counting *c, sheaf_error *err)
{
	session     *s = c->s;
	sheaf_status status = SHEAF_OK;

	if (!s->word_count)
		return batch_run(s, "-", count_one, c, err);
	for (size_t i = 0; i < s->word_count && status == SHEAF_OK; i++) {
		if (str_eq(s->words[i], "-") || is_file(s->words[i]))
			status = batch_run(s, s->words[i], count_one, c, err);
		else
			status = count_one(c, NULL, s->words[i], err);
	}
	return status;
}

static sheaf_status count_all(counting *c, sheaf_error *err)
{
	const char  *text;
	sheaf_status status;

	if (((const count_options *)c->s->options)->batch)
		return count_batch(c, err);
	status = query_input_join(c->s, &text, err);
	if (status == SHEAF_OK)
		status = count_one(c, NULL, text, err);
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	counting     c = {.s = s};
	sheaf_status status = query_input_begin(&c.input, s,
	                                        &((const count_options *)s->options)->filter, err);

	if (status == SHEAF_OK)
		status = count_all(&c, err);
	if (status == SHEAF_OK && !c.matches)
		s->code = exit_worst(s->code, CODE_NOTHING);
	query_input_end(&c.input);
	return status;
}

const command command_count = {
	.name = "count",
	.summary = "Print how many papers match",
	.arguments = "QUERY…",
	.details = "Prints one number; with --batch one for each query, a number a line.",
	.options = options,
	.options_size = sizeof(count_options),
	.need = DB_READ,
	.joins = 1,
	.max_words = WORDS_ANY,
	.prepare = prepare,
	.run = run,
};
