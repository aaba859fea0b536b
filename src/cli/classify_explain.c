#include "classify_explain.h"

#include <sheaf/enquire.h>
#include <sheaf/query_parser.h>
#include <string.h>

#include "alloc.h"
#include "error.h"

enum { SNIPPET_WORDS = 30, CLAUSES_TOLD = 12 };

/* What is told of one profile is complete only with its verdict, which comes behind its clauses. */
typedef struct telling {
	session                 *s;
	const sheaf_profile_set *set;
	sheaf_document          *doc;
	int                      json;
	buf                      clauses; /* of the profile at hand, as they are printed */
	size_t                   clause_count, profiles, unmatched;
	size_t                   best;   /* the first profile that it is in; SIZE_MAX: none yet */
	int                      placed; /* 1: it is in some section */
} telling;

static const char *const verdict_names[] = {
	[SHEAF_VERDICT_IN] = "in",           [SHEAF_VERDICT_NO_MATCH] = "no-match",
	[SHEAF_VERDICT_SELECT] = "select",   [SHEAF_VERDICT_REQUIRE] = "require",
	[SHEAF_VERDICT_EXCLUDE] = "exclude", [SHEAF_VERDICT_MIN_PERCENT] = "min-percent",
	[SHEAF_VERDICT_LESS] = "less",       [SHEAF_VERDICT_TIE] = "tie",
};

static const char *const verdict_texts[] = {
	[SHEAF_VERDICT_IN] = "belongs here",
	[SHEAF_VERDICT_NO_MATCH] = "the query does not match",
	[SHEAF_VERDICT_SELECT] = "not among the papers that the digest selects",
	[SHEAF_VERDICT_REQUIRE] = "what the profile requires is missing",
	[SHEAF_VERDICT_EXCLUDE] = "the profile excludes it",
	[SHEAF_VERDICT_MIN_PERCENT] = "below the profile's min_percent",
	[SHEAF_VERDICT_LESS] = "another section has the higher score",
	[SHEAF_VERDICT_TIE] = "the same score as another section, which comes first in the file",
};

/* ---- clauses ---- */

static void put_json_text(buf *b, const char *text)
{
	output one;

	output_init(&one, -1);
	output_json(&one, text);
	buf_append(b, one.pending.data, one.pending.len);
	output_free(&one);
}

static int take_clause(void *ctx, const sheaf_class *result, const sheaf_clause *clause)
{
	telling *t = ctx;

	(void)result;
	if (t->json) {
		buf_puts(&t->clauses, t->clause_count ? ",{\"clause\":" : "{\"clause\":");
		put_json_text(&t->clauses, clause->text);
		buf_puts(&t->clauses, ",\"fields\":");
		put_json_text(&t->clauses, clause->fields);
		buf_printf(&t->clauses,
		           ",\"frequency\":%lld,\"factor\":%.6g,\"idf\":%.6g,\"weight\":%.6g}",
		           (long long)clause->occurrences, clause->factor, clause->idf,
		           clause->weight);
	} else if (t->clause_count < CLAUSES_TOLD) {
		buf_printf(&t->clauses, "%.3f  %s  (%s; frequency %lld", clause->weight,
		           clause->text, clause->fields, (long long)clause->occurrences);
		if (clause->factor > 0 && clause->factor != 1)
			buf_printf(&t->clauses, ", times %g", clause->factor);
		buf_puts(&t->clauses, clause->factor > 0 ? ")\n" : "; a filter)\n");
	}
	t->clause_count++;
	return t->clauses.status != SHEAF_OK;
}

/* ---- verdicts ---- */

static const sheaf_profile *profile_of(const telling *t, const sheaf_class *result)
{
	return result->profile == SIZE_MAX ? NULL : sheaf_profile_set_get(t->set, result->profile);
}

static void tell_json(telling *t, const sheaf_class *result)
{
	const sheaf_profile *p = profile_of(t, result);
	output              *out = t->s->out;

	output_puts(out, t->profiles ? ",{\"profile\":" : "{\"profile\":");
	output_json(out, p ? p->name : NULL);
	output_puts(out, ",\"heading\":");
	output_json(out, p ? p->heading : sheaf_profile_set_get_digest(t->set)->fallback);
	output_printf(out,
	              ",\"verdict\":\"%s\",\"weight\":%.6g,\"score\":%.6g,\"percent\":%d,"
	              "\"clauses\":[%s]}",
	              verdict_names[result->verdict], result->weight, result->score,
	              result->percent, buf_str(&t->clauses));
}

static void print_clauses(telling *t)
{
	output *out = t->s->out;
	char   *line = t->clauses.len ? t->clauses.data : NULL, *end;

	for (; line && (end = strchr(line, '\n')); line = end + 1) {
		*end = 0;
		output_puts(out, "      ");
		output_line(out, line);
		output_puts(out, "\n");
	}
	if (t->clause_count > CLAUSES_TOLD)
		output_printf(out, "      and %zu more\n", t->clause_count - CLAUSES_TOLD);
}

static void tell_text(telling *t, const sheaf_class *result)
{
	const sheaf_profile *p = profile_of(t, result);
	output              *out = t->s->out;

	if (result->verdict == SHEAF_VERDICT_NO_MATCH) {
		t->unmatched++;
		return;
	}
	output_puts(out, result->verdict == SHEAF_VERDICT_IN ? "* " : "  ");
	output_line(out, p ? p->name : sheaf_profile_set_get_digest(t->set)->fallback);
	if (p)
		output_printf(out, ": score %.3f, weight %.3f, %d %%", result->score,
		              result->weight, result->percent);
	output_printf(out, ": %s\n",
	              p ? verdict_texts[result->verdict]
	                : "the fallback, since no section takes it");
	print_clauses(t);
}

static int take_verdict(void *ctx, const sheaf_class *result)
{
	telling *t = ctx;

	if (t->json)
		tell_json(t, result);
	else
		tell_text(t, result);
	if (t->best == SIZE_MAX && result->verdict == SHEAF_VERDICT_IN)
		t->best = result->profile;
	t->placed = t->placed || result->verdict == SHEAF_VERDICT_IN;
	t->profiles++;
	t->clause_count = 0;
	buf_clear(&t->clauses);
	return 0;
}

/* ---- the passage that speaks for the section ---- */

static sheaf_status make_query(telling *t, sheaf_query **query, sheaf_error *err)
{
	sheaf_query *pair[2] = {NULL, NULL};
	sheaf_status status = sheaf_profile_set_parse_query(t->set, t->best, &pair[0], err);

	*query = NULL;
	if (status == SHEAF_OK)
		status = sheaf_query_new_term(SHEAF_FIELD_ID,
		                              sheaf_document_get_text(t->doc, SHEAF_FIELD_ID), 0,
		                              &pair[1], err);
	if (status != SHEAF_OK) {
		sheaf_query_free(pair[0]);
		return status;
	}
	return sheaf_query_new_op(SHEAF_OP_FILTER, pair, 2, 0, query, err);
}

/* *text NULL: there is none. */
static sheaf_status find_snippet(telling *t, char **text, sheaf_error *err)
{
	const sheaf_profile *p = t->best == SIZE_MAX ? NULL
	                                             : sheaf_profile_set_get(t->set, t->best);
	sheaf_enquire       *enquire = NULL;
	sheaf_query         *query = NULL;
	sheaf_mset          *mset = NULL;
	sheaf_status         status;

	*text = NULL;
	if (!p || !p->query)
		return SHEAF_OK;
	status = make_query(t, &query, err);
	if (status == SHEAF_OK)
		status = sheaf_enquire_new(t->s->db, &enquire, err);
	if (status != SHEAF_OK) {
		sheaf_query_free(query);
		return status;
	}
	sheaf_enquire_set_query(enquire, query);
	status = sheaf_enquire_get_mset(enquire, 0, 1, &mset, err);
	if (status == SHEAF_OK && sheaf_mset_size(mset))
		status = sheaf_mset_snippet(mset, 0, SHEAF_FIELD_ABSTRACT, SNIPPET_WORDS, NULL,
		                            NULL, text, err);
	sheaf_mset_free(mset);
	sheaf_enquire_free(enquire);
	return status;
}

static void begin(telling *t)
{
	const sheaf_digest_settings *digest = sheaf_profile_set_get_digest(t->set);
	output                      *out = t->s->out;
	const char                  *id = sheaf_document_get_text(t->doc, SHEAF_FIELD_ID);

	if (t->json) {
		output_puts(out, "{\"format_version\":1,\"id\":");
		output_json(out, id);
		output_puts(out, ",\"digest\":");
		output_json(out, digest->name);
		output_puts(out, ",\"profiles\":[");
		return;
	}
	output_line(out, id);
	output_puts(out, "  ");
	output_line(out, sheaf_document_get_text(t->doc, SHEAF_FIELD_TITLE));
	output_puts(out, "\n");
}

static sheaf_status end(telling *t, sheaf_error *err)
{
	char        *snippet = NULL;
	sheaf_status status = find_snippet(t, &snippet, err);
	output      *out = t->s->out;

	if (t->json) {
		output_puts(out, "],\"snippet\":");
		output_json(out, snippet);
		output_puts(out, "}\n");
	} else {
		if (t->unmatched)
			output_printf(out, "  %zu profile%s do%s not match\n", t->unmatched,
			              t->unmatched == 1 ? "" : "s", t->unmatched == 1 ? "es" : "");
		if (snippet) {
			output_puts(out, "  \"");
			output_line(out, snippet);
			output_puts(out, "\"\n");
		}
	}
	sheaf_free(snippet);
	return status;
}

static sheaf_status tell_all(telling *t, sheaf_error *err)
{
	sheaf_classifier *classifier = NULL;
	sheaf_status      status = sheaf_classifier_new(t->s->db, t->set, &classifier, err);

	if (status != SHEAF_OK)
		return status;
	begin(t);
	status = sheaf_classifier_explain(classifier, t->doc, take_verdict, take_clause, t, err);
	if (status == SHEAF_ERROR_INTERRUPTED)
		status = sheaf_nomem(err);
	if (status == SHEAF_OK)
		status = end(t, err);
	sheaf_classifier_free(classifier);
	return status;
}

sheaf_status classify_explain(session *s, const sheaf_profile_set *set, const char *id, int json,
                              int *placed, sheaf_error *err)
{
	telling      t = {.s = s, .set = set, .json = json, .best = SIZE_MAX};
	sheaf_docid  docid;
	sheaf_status status = sheaf_database_find_document(s->db, id, &docid, err);

	if (status == SHEAF_OK)
		status = sheaf_database_get_document(s->db, docid, &t.doc, err);
	if (status == SHEAF_OK)
		status = tell_all(&t, err);
	*placed = *placed || (status == SHEAF_OK && t.placed);
	sheaf_document_free(t.doc);
	buf_free(&t.clauses);
	return status;
}
