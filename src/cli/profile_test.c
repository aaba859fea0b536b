/* profile_test.c: whether papers are where the profiles' `must` and `mustnot` say. */
#include <sheaf/classifier.h>
#include <stdio.h>
#include <string.h>

#include "error.h"
#include "profile_source.h"
#include "profile_verbs.h"
#include "str.h"

enum { CLAUSES_SHOWN = 5 };

/* One test: a paper that must be in a profile, or must not. */
typedef struct trial {
	const char *id;
	int         expected;
	size_t      profile;
	/* what came of it */
	sheaf_class own;   /* this profile's verdict */
	size_t      other; /* the profile that has the paper; SIZE_MAX: none */
	double      other_score;
	buf         clauses; /* of this profile, that the paper has */
	size_t      clause_count;
} trial;

typedef struct testing {
	session                 *s;
	int                      json, marks;
	const char              *file; /* or the name of a stored set */
	const sheaf_profile_set *set;
	sheaf_classifier        *classifier; /* NULL: not needed yet */
	size_t                   profiles, tests, failed, missing;
	size_t                   told; /* objects in the list of failures */
} testing;

static int note_class(void *ctx, const sheaf_class *result)
{
	trial *t = ctx;

	if (result->profile == t->profile) {
		t->own = *result;
	} else if (result->verdict == SHEAF_VERDICT_IN && t->other == SIZE_MAX) {
		t->other = result->profile;
		t->other_score = result->score;
	}
	return 0;
}

static int note_clause(void *ctx, const sheaf_class *result, const sheaf_clause *clause)
{
	trial *t = ctx;

	if (result->profile != t->profile || t->clause_count++ >= CLAUSES_SHOWN)
		return 0;
	buf_printf(&t->clauses, "%s%s", t->clause_count > 1 ? ", " : "", clause->text);
	return 0;
}

/* Why a paper that must be in the profile is not. */
static void say_why_not(const testing *g, const trial *t, buf *out)
{
	static const char *const reasons[] = {
		[SHEAF_VERDICT_NO_MATCH] = "its query does not match",
		[SHEAF_VERDICT_SELECT] = "the digest's select does not take it",
		[SHEAF_VERDICT_REQUIRE] = "its require does not match",
		[SHEAF_VERDICT_EXCLUDE] = "its exclude matches",
	};
	const sheaf_profile *p = sheaf_profile_set_get(g->set, t->profile);
	const sheaf_profile *other = sheaf_profile_set_get(g->set, t->other);

	switch (t->own.verdict) {
	case SHEAF_VERDICT_MIN_PERCENT:
		buf_printf(out, "it has %d percent of the %d that are asked for", t->own.percent,
		           p->min_percent);
		break;
	case SHEAF_VERDICT_LESS:
	case SHEAF_VERDICT_TIE:
		buf_printf(out, "it is in %s (score %.3f, here %.3f%s)",
		           other ? other->name : "another section", t->other_score, t->own.score,
		           t->own.verdict == SHEAF_VERDICT_TIE ? ", and that comes first" : "");
		break;
	default: buf_puts(out, reasons[t->own.verdict]); break;
	}
}

static void say_why(const testing *g, const trial *t, buf *out)
{
	if (t->expected) {
		say_why_not(g, t, out);
		return;
	}
	buf_printf(out, "it is (score %.3f, by %s%s)", t->own.score,
	           t->clause_count ? buf_str(&t->clauses) : "filters alone",
	           t->clause_count > CLAUSES_SHOWN ? ", …" : "");
}

static void print_line(const testing *g, const trial *t, const char *why)
{
	const sheaf_profile *p = sheaf_profile_set_get(g->set, t->profile);
	output              *out = g->s->out;

	output_line(out, g->file);
	output_printf(out, ":%ld: profile ", p->line);
	output_line(out, p->name);
	output_printf(out, ": %s must %sbe in it, but ", t->id, t->expected ? "" : "not ");
	output_line(out, why);
	output_puts(out, "\n");
}

static void print_object(testing *g, const trial *t, const char *why)
{
	const sheaf_profile *p = sheaf_profile_set_get(g->set, t->profile);
	output              *out = g->s->out;

	output_puts(out, g->told++ ? ",{\"file\":" : "{\"file\":");
	output_json(out, g->file);
	output_printf(out, ",\"line\":%ld,\"digest\":", p->line);
	output_json(out, sheaf_profile_set_get_digest(g->set)->name);
	output_puts(out, ",\"profile\":");
	output_json(out, p->name);
	output_puts(out, ",\"id\":");
	output_json(out, t->id);
	output_printf(out, ",\"must\":%s,\"why\":", t->expected ? "true" : "false");
	output_json(out, why);
	output_puts(out, "}");
}

static sheaf_status judge(testing *g, const trial *t, sheaf_error *err)
{
	buf          why = BUF_INIT(0);
	sheaf_status status;

	if ((t->own.verdict == SHEAF_VERDICT_IN) == t->expected)
		return SHEAF_OK;
	say_why(g, t, &why);
	status = buf_status(&why, err);
	if (status == SHEAF_OK && g->json)
		print_object(g, t, buf_str(&why));
	else if (status == SHEAF_OK)
		print_line(g, t, buf_str(&why));
	g->failed++;
	buf_free(&why);
	return status;
}

static void say_missing(testing *g, const trial *t)
{
	const sheaf_profile *p = sheaf_profile_set_get(g->set, t->profile);

	g->missing++;
	console_remark(g->s->console, "%s:%ld: profile %s: %s is not in the database", g->file,
	               p->line, p->name, t->id);
}

static sheaf_status load(testing *g, trial *t, sheaf_document **doc, sheaf_error *err)
{
	sheaf_docid  docid;
	sheaf_error  why;
	sheaf_status status = sheaf_database_find_document(g->s->db, t->id, &docid, &why);

	*doc = NULL;
	if (status == SHEAF_ERROR_DOC_NOT_FOUND) {
		say_missing(g, t);
		return SHEAF_OK;
	}
	if (status != SHEAF_OK)
		return sheaf_fail(err, why.status, "%s", why.message);
	return sheaf_database_get_document(g->s->db, docid, doc, err);
}

static sheaf_status run_trial(testing *g, trial *t, sheaf_error *err)
{
	sheaf_document *doc = NULL;
	sheaf_status    status = load(g, t, &doc, err);

	t->other = SIZE_MAX;
	t->own.verdict = SHEAF_VERDICT_NO_MATCH;
	g->tests++;
	if (status != SHEAF_OK || !doc)
		return status;
	if (!g->classifier)
		status = sheaf_classifier_new(g->s->db, g->set, &g->classifier, err);
	if (status == SHEAF_OK)
		status = sheaf_classifier_explain(g->classifier, doc, note_class, note_clause, t,
		                                  err);
	if (status == SHEAF_OK)
		status = buf_status(&t->clauses, err);
	if (status == SHEAF_OK)
		status = judge(g, t, err);
	sheaf_document_free(doc);
	return status;
}

static sheaf_status test_id(testing *g, size_t profile, const char *id, int expected,
                            sheaf_error *err)
{
	trial t = {.id = id, .expected = expected, .profile = profile, .clauses = BUF_INIT(0)};
	sheaf_status status = run_trial(g, &t, err);

	buf_free(&t.clauses);
	return status;
}

/* Marks, collected, so that none is open while documents are read. */
typedef struct mark_list {
	session *s;
	buf      ids; /* a sign, the id and NUL each */
} mark_list;

static int keep_mark(void *ctx, const sheaf_mark *mark)
{
	mark_list *list = ctx;

	buf_putc(&list->ids, mark->belongs ? '+' : '-');
	buf_append(&list->ids, mark->id, strlen(mark->id) + 1);
	return list->ids.status != SHEAF_OK;
}

static sheaf_status test_marks(testing *g, size_t profile, const char *name, sheaf_error *err)
{
	mark_list    list = {g->s, BUF_INIT(0)};
	sheaf_error  why = {0};
	sheaf_status status = sheaf_mark_each(g->s->db, name, keep_mark, &list, &why);
	const char  *end;

	if (list.ids.status != SHEAF_OK)
		status = buf_status(&list.ids, err);
	else if (status != SHEAF_OK && err)
		*err = why;
	end = buf_str(&list.ids) + list.ids.len;
	for (const char *p = buf_str(&list.ids); status == SHEAF_OK && p < end; p += strlen(p) + 1)
		status = test_id(g, profile, p + 1, *p == '+', err);
	buf_free(&list.ids);
	return status;
}

static sheaf_status test_profile(testing *g, size_t i, sheaf_error *err)
{
	const sheaf_profile *p = sheaf_profile_set_get(g->set, i);
	sheaf_status         status = SHEAF_OK;

	for (size_t n = 0; status == SHEAF_OK && n < p->must_count; n++)
		status = test_id(g, i, p->must[n], 1, err);
	for (size_t n = 0; status == SHEAF_OK && n < p->mustnot_count; n++)
		status = test_id(g, i, p->mustnot[n], 0, err);
	if (status == SHEAF_OK && g->marks)
		status = test_marks(g, i, p->name, err);
	g->profiles++;
	return status;
}

static sheaf_status test_set(testing *g, const sheaf_profile_set *set, const char *file,
                             sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	g->set = set;
	g->file = file ? file : sheaf_profile_set_get_digest(set)->name;
	for (size_t i = 0; status == SHEAF_OK && i < sheaf_profile_set_size(set); i++)
		status = test_profile(g, i, err);
	sheaf_classifier_free(g->classifier);
	g->classifier = NULL;
	return status;
}

static void summarize(const testing *g)
{
	output *out = g->s->out;

	if (g->json)
		output_printf(out,
		              "],\"profiles\":%zu,\"tests\":%zu,\"failed\":%zu,\"missing\":%zu}\n",
		              g->profiles, g->tests, g->failed, g->missing);
	else
		output_printf(out, "%zu profiles, %zu tests, %zu failed%s\n", g->profiles, g->tests,
		              g->failed, g->missing ? ", some not in the database" : "");
}

sheaf_status profile_test(session *s, sheaf_error *err)
{
	const profile_options *o = s->options;
	testing                g = {.s = s, .json = str_eq(o->format, "json"), .marks = o->marks};
	profile_sets           sets;
	sheaf_status           status = profile_sources(s, &o->profiles, 0, &sets, err);

	if (status == SHEAF_OK && g.json)
		output_puts(s->out, "{\"format_version\":1,\"failures\":[");
	for (size_t i = 0; status == SHEAF_OK && i < sets.count; i++)
		status = test_set(&g, sets.items[i], sets.files[i], err);
	if (status == SHEAF_OK)
		summarize(&g);
	profile_sets_free(&sets);
	if (g.failed)
		s->code = CODE_NOTHING;
	else if (g.missing)
		s->code = CODE_INCOMPLETE;
	return status;
}
