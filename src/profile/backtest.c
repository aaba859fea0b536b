/* backtest.c: the papers of a span of time, classified with the profile as it is and as it would be. */
#include "alloc.h"
#include "backtest_private.h"
#include "error.h"
#include "str.h"

/* The run; `after` is not used where nothing changes. */
typedef struct running {
	sheaf_database               *db;
	const sheaf_backtest_options *options;
	sheaf_backtest               *b;
	outlook                       before, after;
	sheaf_profile_set changed; /* the set with the profile changed; borrows all else */
	marked_list       marks;
	int64_t           done, total;
	sheaf_status      status; /* of what the walk did */
	sheaf_error      *err;
} running;

/* ---- one paper ---- */

static int take_verdict(void *ctx, const sheaf_class *result)
{
	outlook *o = ctx;

	if (result->verdict == SHEAF_VERDICT_IN && o->section == SECTION_NONE)
		o->section = result->profile;
	if (result->profile >= o->set->count)
		return 0;
	o->takes[result->profile] = result->verdict == SHEAF_VERDICT_IN ||
	                            result->verdict == SHEAF_VERDICT_LESS ||
	                            result->verdict == SHEAF_VERDICT_TIE;
	if (result->profile == o->profile)
		o->in = result->verdict == SHEAF_VERDICT_IN;
	return 0;
}

static sheaf_status look(outlook *o, const sheaf_document *doc, sheaf_error *err)
{
	o->in = 0;
	o->section = SECTION_NONE;
	return sheaf_classifier_explain(o->classifier, doc, take_verdict, NULL, o, err);
}

static void count_overlap(running *r)
{
	sheaf_backtest *b = r->b;
	int             own = r->before.takes[b->profile];

	for (size_t i = 0; i < b->profiles; i++) {
		b->matches[i] += r->before.takes[i];
		b->common[i] += own && r->before.takes[i];
	}
	if (own && b->best && r->before.section < b->profiles)
		b->lost[r->before.section]++;
}

static void count_marks(running *r, const char *id)
{
	const marked *m = marked_list_find(&r->marks, id, r->b->profile);
	const int     in[2] = {r->before.in, r->after.in};

	if (!m)
		return;
	r->b->totals.marks_belong += m->belongs;
	r->b->totals.marks_not += !m->belongs;
	for (int i = 0; i < 2; i++) {
		r->b->marks[i].right += in[i] && m->belongs;
		r->b->marks[i].wrong += in[i] && !m->belongs;
	}
}

/* What the change does to the paper. */
static sheaf_status note_change(running *r, const sheaf_document *doc, int64_t day)
{
	sheaf_backtest *b = r->b;
	int             dropped = r->before.in;
	size_t          other = dropped ? r->after.section : r->before.section;

	if (r->before.in == r->after.in)
		return SHEAF_OK;
	b->totals.added += !dropped;
	b->totals.dropped += dropped;
	return newest_list_add(&b->papers[dropped], doc, day, b->best ? other : SECTION_NONE,
	                       r->err);
}

static sheaf_status count_paper(running *r, const sheaf_document *doc, const char *id, int64_t day)
{
	week_count  *week = week_table_see(&r->b->weeks, day);
	sheaf_status status = look(&r->before, doc, r->err);

	if (status == SHEAF_OK && r->after.classifier)
		status = look(&r->after, doc, r->err);
	if (status != SHEAF_OK)
		return status;
	r->b->totals.looked_at++;
	week->looked_at++;
	week->papers += r->before.in;
	week->papers_after += r->after.in;
	r->b->totals.papers += r->before.in;
	r->b->totals.papers_after += r->after.in;
	count_overlap(r);
	count_marks(r, id);
	return r->after.classifier ? note_change(r, doc, day) : SHEAF_OK;
}

/* ---- the walk ---- */

/* A day is of the span where any moment of it is. */
static int is_of_span(const sheaf_backtest_options *o, int64_t day)
{
	return (o->since == SHEAF_TIME_NONE || (day + 1) * DAY_SECONDS > o->since) &&
	       (!o->until || o->until == SHEAF_TIME_NONE || day * DAY_SECONDS <= o->until);
}

static int take_document(void *ctx, const sheaf_document *doc)
{
	running                      *r = ctx;
	const sheaf_backtest_options *o = r->options;
	const char                   *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);
	int64_t                       day;

	r->done++;
	if (o->progress && o->progress(o->progress_ctx, r->done, r->total))
		r->status = sheaf_fail(r->err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	else if (!id || !backtest_day_of(doc, &day))
		r->b->totals.undated++;
	else if (is_of_span(o, day))
		r->status = count_paper(r, doc, id, day);
	return r->status != SHEAF_OK;
}

static sheaf_status walk(running *r)
{
	sheaf_error  why = {0};
	sheaf_status status = sheaf_database_get_doccount(r->db, &r->total, r->err);

	if (status != SHEAF_OK)
		return status;
	status = sheaf_database_each_document(r->db, 0, take_document, r, &why);
	if (r->status != SHEAF_OK)
		return r->status;
	if (status != SHEAF_OK && r->err)
		*r->err = why;
	return status;
}

/* ---- the change ---- */

static sheaf_status find_in(const sheaf_profile_set *set, const char *name,
                            const sheaf_profile **found, sheaf_error *err)
{
	for (size_t i = 0; i < set->count; i++)
		if (str_eq(set->profiles[i].name, name)) {
			*found = &set->profiles[i];
			return SHEAF_OK;
		}
	return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
	                  "the digest '%.80s' that it is compared with has no profile '%.80s'",
	                  set->digest.name, name);
}

static sheaf_status check_query(const sheaf_profile_set *set, const char *text, sheaf_error *err)
{
	sheaf_query *query = NULL;
	sheaf_status status = profile_parse_query(set, NULL, text, &query, err);

	if (status == SHEAF_OK && sheaf_query_empty(query))
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "the query to compare with has nothing to search for: '%.60s'",
		                    text);
	sheaf_query_free(query);
	return status;
}

static sheaf_status check_change(const sheaf_profile_set *set, const sheaf_backtest_options *o,
                                 sheaf_error *err)
{
	if (o->query && o->with)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "compare with a query or with a file, not both");
	if (o->query && set->digest.match == SHEAF_MATCH_KEYWORDS)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "keywords decide in the digest '%.80s', not a query: compare "
		                  "with a file",
		                  set->digest.name);
	if (o->with && (o->with->digest.match != set->digest.match ||
	                o->with->digest.score != set->digest.score))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "the files to compare differ in 'match' or 'score': a profile of "
		                  "one means something else in the other");
	return o->query ? check_query(set, o->query, err) : SHEAF_OK;
}

static sheaf_status make_change(running *r, const sheaf_profile_set *set)
{
	const sheaf_backtest_options *o = r->options;
	const sheaf_profile          *found = NULL;
	sheaf_profile                *copies;
	sheaf_status                  status = check_change(set, o, r->err);

	if (status != SHEAF_OK || (!o->query && !o->with))
		return status;
	copies = mem_calloc(set->count, sizeof *copies);
	if (!copies)
		return sheaf_nomem(r->err);
	r->changed = *set;
	r->changed.profiles = copies;
	for (size_t i = 0; i < set->count; i++)
		copies[i] = set->profiles[i];
	if (o->query) {
		copies[r->b->profile].query = o->query;
		return SHEAF_OK;
	}
	status = find_in(o->with, set->profiles[r->b->profile].name, &found, r->err);
	if (status == SHEAF_OK)
		copies[r->b->profile] = *found;
	return status;
}

/* ---- ready, and done ---- */

static sheaf_status outlook_init(running *r, outlook *o, const sheaf_profile_set *set)
{
	o->set = set;
	o->profile = r->b->profile;
	o->takes = mem_calloc(set->count + 1, 1);
	if (!o->takes)
		return sheaf_nomem(r->err);
	return sheaf_classifier_new(r->db, set, &o->classifier, r->err);
}

static void outlook_free(outlook *o)
{
	sheaf_classifier_free(o->classifier);
	mem_free(o->takes);
}

static sheaf_status run(running *r, const sheaf_profile_set *set)
{
	sheaf_status status = make_change(r, set);

	if (status == SHEAF_OK)
		status = marked_list_read(&r->marks, r->db, set, r->err);
	if (status == SHEAF_OK)
		status = outlook_init(r, &r->before, set);
	if (status == SHEAF_OK && r->changed.profiles)
		status = outlook_init(r, &r->after, &r->changed);
	if (status == SHEAF_OK)
		status = walk(r);
	r->b->totals.changed = r->changed.profiles != NULL;
	outlook_free(&r->before);
	outlook_free(&r->after);
	marked_list_free(&r->marks);
	mem_free(r->changed.profiles);
	return status;
}

sheaf_status sheaf_backtest_run(sheaf_database *db, const sheaf_profile_set *set, size_t profile,
                                const sheaf_backtest_options *options, sheaf_backtest **backtest,
                                sheaf_error *err)
{
	static const sheaf_backtest_options defaults = {0};

	running      r = {.db = db, .options = options ? options : &defaults, .err = err};
	sheaf_status status;

	if (!backtest)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the backtest");
	*backtest = NULL;
	if (!db || !set || profile >= set->count)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no database, no profiles, or no profile of that number");
	status = backtest_new(set, profile, r.options->limit, &r.b, err);
	if (status == SHEAF_OK)
		status = run(&r, set);
	if (status != SHEAF_OK) {
		sheaf_backtest_free(r.b);
		return status;
	}
	backtest_finish(r.b);
	*backtest = r.b;
	return SHEAF_OK;
}
