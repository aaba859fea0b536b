#include "oai_request.h"

#include <string.h>

#include "datetime.h"
#include "oai_record.h"
#include "str.h"

static const char earliest[] = "2005-09-16";

static void refuse(oai_request *r, oai_error error, const char *reason)
{
	if (r->error == OAI_FINE) {
		r->error = error;
		r->reason = reason;
	}
}

/* YYYY-MM-DD and nothing else. */
static int read_day(const char *text, int64_t *day)
{
	time_span span;

	if (strlen(text) != 10 || !time_parse_span(text, 10, SHEAF_TIME_NONE, &span))
		return 0;
	*day = span.first / 86400;
	return 1;
}

int oai_set_exists(const char *set)
{
	for (size_t i = 0; vocabulary_groups[i][0]; i++)
		if (str_eq(vocabulary_groups[i][0], set))
			return 1;
	for (size_t i = 0; i < vocabulary_category_count; i++)
		if (str_eq(vocabulary_categories[i].spec, set))
			return 1;
	return 0;
}

/* A snapshot may have categories of every name. */
static int set_exists(const listing *l, const char *set)
{
	return l->file ? *set != 0 : oai_set_exists(set);
}

int oai_set_holds(const char *set, const paper *p)
{
	size_t len = set ? strlen(set) : 0;

	if (!set)
		return 1;
	for (size_t i = 0; i < p->category_count; i++) {
		const char *spec = p->categories[i]->spec;

		if (strncmp(spec, set, len) == 0 && (!spec[len] || spec[len] == ':'))
			return 1;
	}
	return 0;
}

static void check_days(oai_request *r, const listing *l)
{
	int64_t first = 0;

	read_day(earliest, &first);
	r->from_day = first;
	r->until_day = l->options.to_day + 1;
	if (r->from && !read_day(r->from, &r->from_day))
		refuse(r, OAI_BAD_ARGUMENT, "from is not a day written YYYY-MM-DD");
	if (r->until && !read_day(r->until, &r->until_day))
		refuse(r, OAI_BAD_ARGUMENT, "until is not a day written YYYY-MM-DD");
	if (r->from_day < first)
		refuse(r, OAI_BAD_ARGUMENT, "from lies before the first record");
	if (r->until && r->until_day > l->options.to_day + 1)
		refuse(r, OAI_BAD_ARGUMENT, "until lies after tomorrow");
	if (r->until && r->from && r->from_day > r->until_day)
		refuse(r, OAI_BAD_ARGUMENT, "until lies before from");
}

static int is_format(const char *prefix)
{
	for (size_t i = 0; oai_record_format(i); i++)
		if (str_eq(oai_record_format(i), prefix))
			return 1;
	return 0;
}

static void check_format(oai_request *r)
{
	if (!r->prefix)
		refuse(r, OAI_BAD_ARGUMENT, "a metadataPrefix is needed");
	else if (!is_format(r->prefix))
		refuse(r, OAI_NO_FORMAT, "only arXivRaw, arXiv, arXivOld and oai_dc are served");
}

static void read_fields(oai_request *r, const form_args *args)
{
	r->prefix = form_get(args, "metadataPrefix");
	r->from = form_get(args, "from");
	r->until = form_get(args, "until");
	r->set = form_get(args, "set");
	r->identifier = form_get(args, "identifier");
}

static void check_list(oai_request *r, const listing *l)
{
	check_days(r, l);
	if (r->set && !set_exists(l, r->set))
		refuse(r, OAI_BAD_ARGUMENT, "there is no such set");
}

static int token_shape(const oai_request *r, const form_args *args, const char *verb)
{
	static const char *const known[] = {"verb", "metadataPrefix", "from", "until",
	                                    "set",  "skip",           NULL};
	const char              *skip = form_get(args, "skip");
	int64_t                  n;

	return str_eq(form_get(args, "verb"), verb) && !form_unknown(args, known) &&
	       !form_repeated(args) && r->prefix && r->from && skip && str_to_int64(skip, &n) &&
	       n >= 0 && n < 1000000000;
}

/*
 * A token is a query string, percent-encoded; one that arrives with a bare '=' was not encoded by
 * the client.
 */
static sheaf_status read_token(oai_request *r, const char *token, const listing *l, arena *a,
                               sheaf_error *err)
{
	static const char bad[] = "the token is not one that was given out here";
	form_args         outer = {.count = 0}, args = {.count = 0};
	int64_t           skip = 0;

	r->resumed = 1;
	if (strpbrk(token, "=&") || form_parse(&outer, token, a, err) || outer.count != 1 ||
	    form_parse(&args, outer.items[0].name, a, err)) {
		refuse(r, OAI_BAD_TOKEN, bad);
		return SHEAF_OK;
	}
	read_fields(r, &args);
	if (!token_shape(r, &args, r->verb)) {
		refuse(r, OAI_BAD_TOKEN, bad);
		return SHEAF_OK;
	}
	str_to_int64(form_get(&args, "skip"), &skip);
	r->skip = (size_t)skip;
	check_format(r);
	check_list(r, l);
	if (r->error)
		r->error = OAI_BAD_TOKEN;
	return SHEAF_OK;
}

/* A token that stands for a list of the server's. */
static sheaf_status read_old_token(oai_request *r, const char *token, const listing *l,
                                   const oai_memory *old, arena *a)
{
	form_args   args = {.count = 0};
	const char *query;

	r->resumed = 1;
	if (!oai_old_read(old, token, &query, &r->list, &r->skip) ||
	    form_parse(&args, query, a, NULL)) {
		refuse(r, OAI_BAD_TOKEN, "noDataForResultSet - may have expired");
		return SHEAF_OK;
	}
	read_fields(r, &args);
	check_format(r);
	check_list(r, l);
	return SHEAF_OK;
}

sheaf_status oai_request_read(oai_request *r, const oai_verb *verb, const form_args *args,
                              const listing *l, const oai_memory *old, arena *a, sheaf_error *err)
{
	const char *known[8] = {"verb"};
	const char *token = form_get(args, "resumptionToken");
	size_t      count = 1;

	memset(r, 0, sizeof *r);
	if (!verb || str_eq(form_repeated(args), "verb")) {
		refuse(r, OAI_BAD_VERB, NULL);
		return SHEAF_OK;
	}
	r->verb = verb->name;
	for (size_t i = 0; verb->takes[i]; i++)
		known[count++] = verb->takes[i];
	if (form_repeated(args))
		refuse(r, OAI_BAD_ARGUMENT, "an argument is there twice");
	if (form_unknown(args, known))
		refuse(r, OAI_BAD_ARGUMENT, "the verb does not take one of the arguments");
	if (token && args->count > 2)
		refuse(r, OAI_BAD_ARGUMENT, "a resumptionToken stands alone beside the verb");
	if (!r->error && verb->lists && token && old)
		return read_old_token(r, token, l, old, a);
	if (r->error || (verb->lists && token))
		return r->error ? SHEAF_OK : read_token(r, token, l, a, err);
	read_fields(r, args);
	if (verb->lists || str_eq(verb->name, "GetRecord"))
		check_format(r);
	if (verb->lists)
		check_list(r, l);
	return SHEAF_OK;
}
