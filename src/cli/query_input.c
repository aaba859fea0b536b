#include "query_input.h"

#include <sheaf/profile.h>
#include <string.h>

#include "error.h"
#include "str.h"

const char *const query_match_choices[] = {"all", "any", NULL};
const char *const query_syntax_choices[] = {"sheaf", "arxiv", NULL};

int query_filter_given(const query_filter *filter)
{
	return filter->since.given || filter->until.given || filter->categories.count;
}

sheaf_status query_input_begin(query_input *in, session *s, const query_filter *filter,
                               sheaf_error *err)
{
	sheaf_status status;

	*in = (query_input){.session = s, .filter = filter};
	status = sheaf_query_parser_new(&in->parser, err);
	if (status != SHEAF_OK)
		return status;
	sheaf_query_parser_set_now(in->parser, s->now);
	sheaf_query_parser_set_database(in->parser, s->db);
	if (str_eq(filter->match, "any"))
		sheaf_query_parser_set_default_op(in->parser, SHEAF_OP_OR);
	return sheaf_query_parser_add_profiles(in->parser, s->db, err);
}

void query_input_end(query_input *in)
{
	sheaf_query_parser_free(in->parser);
	in->parser = NULL;
}

/* One remark a line. */
static void say_notes(query_input *in)
{
	const char *note = sheaf_query_parser_get_notes(in->parser);

	while (*note) {
		size_t len = strcspn(note, "\n");

		console_note(in->session->console, "%.*s", (int)len, note);
		note += len + (note[len] == '\n');
	}
}

static int blank(const char *text)
{
	while (str_is_space((unsigned char)*text))
		text++;
	return !*text;
}

/* A category as `cat:` in a query has it, so that both mean the same. */
static sheaf_status category(query_input *in, const char *name, sheaf_query **query,
                             sheaf_error *err)
{
	buf          text = BUF_INIT(256);
	sheaf_status status;

	for (const char *p = name; *p; p++)
		if (!str_is_alpha((unsigned char)*p) && !str_is_digit((unsigned char)*p) &&
		    !strchr(".-*", *p))
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                  "--cat: '%.40s' is no category", name);
	if (!*name)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "--cat: the category is empty");
	buf_printf(&text, "cat:%s", name);
	status = buf_status(&text, err);
	if (status == SHEAF_OK)
		status = sheaf_query_parser_parse_query(in->parser, buf_str(&text),
		                                        SHEAF_FLAG_WILDCARD, query, err);
	buf_free(&text);
	return status;
}

/* Any of the categories. */
static sheaf_status categories(query_input *in, sheaf_query **query, sheaf_error *err)
{
	const option_list *list = &in->filter->categories;
	sheaf_query      **subs = arena_calloc(in->session->arena, list->count, sizeof *subs);
	sheaf_status       status = SHEAF_OK;
	size_t             made = 0;

	if (!subs)
		return sheaf_nomem(err);
	for (; status == SHEAF_OK && made < list->count; made++)
		status = category(in, list->items[made], &subs[made], err);
	if (status == SHEAF_OK)
		return sheaf_query_new_op(SHEAF_OP_OR, subs, made, 0, query, err);
	for (size_t i = 0; i < made; i++)
		sheaf_query_free(subs[i]);
	return status;
}

static sheaf_status dates(const query_filter *filter, sheaf_query **query, sheaf_error *err)
{
	int64_t begin = filter->since.given ? filter->since.span.first : INT64_MIN;
	int64_t end = filter->until.given ? filter->until.span.last : INT64_MAX;

	return sheaf_query_new_range(SHEAF_FIELD_DATE, begin, end, query, err);
}

/* Takes `*query` and gives it back below what the filter asks for. */
static sheaf_status add_filters(query_input *in, sheaf_query **query, sheaf_error *err)
{
	const query_filter *filter = in->filter;
	sheaf_query        *subs[3] = {*query, NULL, NULL};
	size_t              count = 1;
	sheaf_status        status = SHEAF_OK;

	*query = NULL;
	if (filter->since.given || filter->until.given)
		status = dates(filter, &subs[count++], err);
	if (status == SHEAF_OK && filter->categories.count)
		status = categories(in, &subs[count++], err);
	if (status == SHEAF_OK)
		return sheaf_query_new_op(SHEAF_OP_FILTER, subs, count, 0, query, err);
	for (size_t i = 0; i < count; i++)
		sheaf_query_free(subs[i]);
	return status;
}

sheaf_status query_input_restrict(query_input *in, sheaf_query **query, sheaf_error *err)
{
	if (!query_filter_given(in->filter) || sheaf_query_empty(*query))
		return SHEAF_OK;
	return add_filters(in, query, err);
}

static unsigned flags_of(const query_input *in)
{
	return SHEAF_FLAG_DEFAULT | (str_eq(in->filter->syntax, "arxiv") ? SHEAF_FLAG_ARXIV : 0u);
}

sheaf_status query_input_make(query_input *in, const char *text, sheaf_query **query,
                              sheaf_error *err)
{
	sheaf_status status;

	*query = NULL;
	if (query_filter_given(in->filter) && blank(text))
		status = sheaf_query_new_match_all(query, err);
	else
		status = sheaf_query_parser_parse_query(in->parser, text, flags_of(in), query, err);
	if (status == SHEAF_OK) {
		say_notes(in);
		status = query_input_restrict(in, query, err);
	}
	return status;
}

sheaf_status query_input_correct(query_input *in, const char *text, const char **corrected,
                                 sheaf_error *err)
{
	sheaf_query *query;
	const char  *found;
	sheaf_status status = sheaf_query_parser_parse_query(
		in->parser, text, flags_of(in) | SHEAF_FLAG_SPELLING_CORRECTION, &query, err);

	*corrected = NULL;
	if (status != SHEAF_OK)
		return status;
	sheaf_query_free(query);
	found = sheaf_query_parser_get_corrected_query_string(in->parser);
	if (!*found)
		return SHEAF_OK;
	*corrected = arena_strdup(in->session->arena, found);
	return *corrected ? SHEAF_OK : sheaf_nomem(err);
}

sheaf_status query_input_join(session *s, const char **text, sheaf_error *err)
{
	buf          joined = BUF_INIT(0);
	sheaf_status status;

	*text = NULL;
	for (size_t i = 0; i < s->word_count; i++)
		buf_printf(&joined, "%s%s", i ? " " : "", s->words[i]);
	status = buf_status(&joined, err);
	if (status == SHEAF_OK && !(*text = arena_strdup(s->arena, buf_str(&joined))))
		status = sheaf_nomem(err);
	buf_free(&joined);
	return status;
}
