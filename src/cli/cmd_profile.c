/* cmd_profile.c: the stored profiles, and checking a file of them. */
#include <sheaf/profile.h>
#include <sheaf/query_parser.h>

#include "command.h"
#include "error.h"
#include "str.h"
#include "verb.h"

enum { PROFILE_QUERY_MAX = 65536 };

/* Something to do with each stored set. */
typedef struct visit {
	session *s;
	sheaf_status (*each)(struct visit *v, const sheaf_profile_set *set, sheaf_error *err);
	const char  *name; /* of the profile that is looked for */
	size_t       found;
	sheaf_status status; /* the first failure, and why */
	sheaf_error *err;
} visit;

static int visit_name(void *ctx, const char *name)
{
	visit             *v = ctx;
	sheaf_profile_set *set = NULL;

	v->status = sheaf_profile_set_load(v->s->db, name, &set, v->err);
	if (v->status == SHEAF_OK)
		v->status = v->each(v, set, v->err);
	sheaf_profile_set_free(set);
	return v->status != SHEAF_OK;
}

static sheaf_status visit_all(visit *v, sheaf_error *err)
{
	sheaf_error  why = {0};
	sheaf_status status;

	v->err = err;
	status = sheaf_profile_set_each(v->s->db, visit_name, v, &why);
	if (v->status != SHEAF_OK)
		return v->status;
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

static sheaf_status list_set(visit *v, const sheaf_profile_set *set, sheaf_error *err)
{
	const char *digest = sheaf_profile_set_get_digest(set)->name;

	(void)err;
	for (size_t i = 0; i < sheaf_profile_set_size(set); i++, v->found++) {
		const sheaf_profile *p = sheaf_profile_set_get(set, i);

		output_line(v->s->out, digest);
		output_puts(v->s->out, "\t");
		output_line(v->s->out, p->name);
		output_puts(v->s->out, "\t");
		output_line(v->s->out, p->heading);
		output_puts(v->s->out, "\n");
	}
	return SHEAF_OK;
}

static sheaf_status run_list(session *s, sheaf_error *err)
{
	visit        v = {.s = s, .each = list_set};
	sheaf_status status = visit_all(&v, err);

	if (status == SHEAF_OK && !v.found)
		s->code = CODE_NOTHING;
	return status;
}

static void print_text(output *out, const char *key, const char *text)
{
	if (!text)
		return;
	output_printf(out, "%s: ", key);
	output_line(out, text);
	output_puts(out, "\n");
}

static void print_number(output *out, const char *key, int64_t number)
{
	if (number)
		output_printf(out, "%s: %lld\n", key, (long long)number);
}

static void print_keywords(output *out, const sheaf_profile *p)
{
	if (!p->keyword_count)
		return;
	output_puts(out, "keywords: ");
	for (size_t i = 0; i < p->keyword_count; i++) {
		output_puts(out, i ? ", " : "");
		output_line(out, p->keywords[i]);
	}
	output_puts(out, "\n");
}

static sheaf_status show_in_set(visit *v, const sheaf_profile_set *set, sheaf_error *err)
{
	output *out = v->s->out;

	(void)err;
	for (size_t i = 0; i < sheaf_profile_set_size(set); i++) {
		const sheaf_profile *p = sheaf_profile_set_get(set, i);

		if (!str_eq(p->name, v->name))
			continue;
		output_puts(out, v->found++ ? "\n" : "");
		print_text(out, "digest", sheaf_profile_set_get_digest(set)->name);
		print_text(out, "name", p->name);
		print_text(out, "heading", p->heading);
		print_text(out, "query", p->query);
		print_text(out, "exclude", p->exclude);
		print_text(out, "require", p->require);
		print_keywords(out, p);
		print_number(out, "min_percent", p->min_percent);
		print_number(out, "max", p->max);
	}
	return SHEAF_OK;
}

static sheaf_status run_show(session *s, sheaf_error *err)
{
	visit        v = {.s = s, .each = show_in_set, .name = s->words[1]};
	sheaf_status status = visit_all(&v, err);

	if (status == SHEAF_OK && !v.found)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                  "no stored profile is named '%.64s'", v.name);
	return status;
}

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

static sheaf_status check_set(visit *v, const sheaf_profile_set *set, sheaf_error *err)
{
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

static sheaf_status check_file(visit *v, const char *file, sheaf_error *err)
{
	sheaf_profile_set *set = NULL;
	sheaf_status       status = sheaf_profile_set_read(file, &set, err);

	if (status == SHEAF_OK)
		status = check_set(v, set, err);
	sheaf_profile_set_free(set);
	return status;
}

static sheaf_status run_check(session *s, sheaf_error *err)
{
	visit        v = {.s = s, .each = check_set};
	sheaf_status status = s->word_count > 1 ? check_file(&v, s->words[1], err)
	                                        : visit_all(&v, err);

	if (status == SHEAF_OK)
		output_printf(s->out, "%zu profiles, no fault found\n", v.found);
	return status;
}

static const verb verbs[] = {
	{"list", 0, 0, run_list},
	{"show", 1, 1, run_show},
	{"check", 0, 1, run_check},
	{0},
};

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	const verb  *v;
	sheaf_status status = verb_find(s, verbs, &v, err);

	if (status == SHEAF_OK && v->run == run_check && s->word_count > 1)
		request->need = DB_NONE;
	return status;
}

static sheaf_status run(session *s, sheaf_error *err)
{
	return verb_run(s, verbs, err);
}

const command command_profile = {
	.name = "profile",
	.summary = "List, show or check profiles",
	.arguments = "list | show NAME | check [FILE]",
	.details =
		"  list          the stored profiles: digest, name and heading, divided by tabs\n"
		"  show NAME     one stored profile\n"
		"  check [FILE]  the profiles of FILE, or the stored ones",
	.need = DB_READ,
	.min_words = 1,
	.max_words = 2,
	.prepare = prepare,
	.run = run,
};
