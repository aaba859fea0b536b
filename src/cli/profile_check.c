/* profile_check.c: looks for mistakes in profile files, or in the stored sets. */
#include <sheaf/query_parser.h>

#include "error.h"
#include "profile_verbs.h"
#include "profile_visit.h"

enum { PROFILE_QUERY_MAX = 65536 };

typedef struct checking {
	session *s;
	size_t   found;
} checking;

/* Parses one query of a profile and says what the parser remarks on. */
static sheaf_status check_query(session *s, const sheaf_profile *p, const char *text,
                                sheaf_query_parser *qp, sheaf_error *err)
{
	sheaf_query *query = NULL;
	sheaf_status status;

	if (!text)
		return SHEAF_OK;
	status = sheaf_query_parser_parse_query(qp, text, SHEAF_FLAG_DEFAULT, &query, err);
	if (status != SHEAF_OK)
		return status;
	if (*sheaf_query_parser_get_notes(qp))
		console_note(s->console, "profile %s: %s", p->name,
		             sheaf_query_parser_get_notes(qp));
	if (sheaf_query_empty(query))
		status = sheaf_fail(
			err, SHEAF_ERROR_CONFIG,
			"profile %s, line %ld: a query matches nothing, whatever the papers",
			p->name, p->line);
	sheaf_query_free(query);
	return status;
}

static sheaf_status check_set(void *ctx, const sheaf_profile_set *set, sheaf_error *err)
{
	checking           *v = ctx;
	sheaf_query_parser *qp;
	sheaf_status        status = sheaf_query_parser_new(&qp, err);

	if (status != SHEAF_OK)
		return status;
	sheaf_query_parser_set_max_length(qp, PROFILE_QUERY_MAX);
	for (size_t i = 0; i < sheaf_profile_set_size(set) && status == SHEAF_OK; i++, v->found++) {
		const sheaf_profile *p = sheaf_profile_set_get(set, i);
		const char *const    queries[] = {p->query, p->exclude, p->require};

		for (size_t q = 0; q < 3 && status == SHEAF_OK; q++)
			status = check_query(v->s, p, queries[q], qp, err);
	}
	sheaf_query_parser_free(qp);
	return status;
}

static sheaf_status check_file(checking *v, const char *file, sheaf_error *err)
{
	sheaf_profile_set *set = NULL;
	sheaf_status       status = sheaf_profile_set_read(file, &set, err);

	if (status == SHEAF_OK)
		status = check_set(v, set, err);
	sheaf_profile_set_free(set);
	return status;
}

sheaf_status profile_check(session *s, sheaf_error *err)
{
	checking     v = {s, 0};
	sheaf_status status = SHEAF_OK;

	if (s->word_count == 1)
		status = profile_visit(s, check_set, &v, err);
	for (size_t i = 1; status == SHEAF_OK && i < s->word_count; i++)
		status = check_file(&v, s->words[i], err);

	if (status == SHEAF_OK)
		output_printf(s->out, "%zu profiles, no fault found\n", v.found);
	return status;
}
