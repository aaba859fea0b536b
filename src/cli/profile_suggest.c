/* profile_suggest.c: `sheaf profile suggest`, a query from papers that belong to a topic. */
#include <sheaf/profile.h>
#include <sheaf/suggest.h>

#include "error.h"
#include "profile_verbs.h"
#include "suggest_threshold.h"

/* Papers on one side, each once. */
typedef struct example_list {
	sheaf_docid *docids;
	const char **ids;
	size_t       count, size;
} example_list;

typedef struct suggesting {
	session     *s;
	example_list like, unlike;
	size_t       missing;
	buf          query, evidence;
	size_t       terms, column;
	sheaf_status status; /* of a callback */
	sheaf_error *err;
} suggesting;

static sheaf_status add_docid(suggesting *g, example_list *list, sheaf_docid docid, const char *id)
{
	arena *a = g->s->arena;

	for (size_t i = 0; i < list->count; i++)
		if (list->docids[i] == docid)
			return SHEAF_OK;
	if (list->count == list->size) {
		size_t       size = list->size ? list->size * 2 : 32;
		sheaf_docid *docids = arena_calloc(a, size, sizeof *docids);
		const char **ids = arena_calloc(a, size, sizeof *ids);

		if (!docids || !ids)
			return sheaf_nomem(g->err);
		for (size_t i = 0; i < list->count; i++) {
			docids[i] = list->docids[i];
			ids[i] = list->ids[i];
		}
		list->docids = docids;
		list->ids = ids;
		list->size = size;
	}
	list->ids[list->count] = arena_strdup(a, id);
	list->docids[list->count] = docid;
	return list->ids[list->count++] ? SHEAF_OK : sheaf_nomem(g->err);
}

/* An id that leads to no paper is named; the others are used. */
static sheaf_status add_example(suggesting *g, example_list *list, const char *id)
{
	sheaf_docid  docid;
	sheaf_error  why = {0};
	sheaf_status status = sheaf_database_find_document(g->s->db, id, &docid, &why);

	if (status == SHEAF_ERROR_DOC_NOT_FOUND || status == SHEAF_ERROR_INVALID_ARGUMENT) {
		console_note(g->s->console, "%s", why.message);
		g->missing++;
		return SHEAF_OK;
	}
	if (status != SHEAF_OK)
		return sheaf_fail(g->err, why.status, "%s", why.message);
	return add_docid(g, list, docid, id);
}

/* The same paper cannot be both. */
static sheaf_status check_examples(const suggesting *g)
{
	for (size_t i = 0; i < g->like.count; i++)
		for (size_t j = 0; j < g->unlike.count; j++)
			if (g->like.docids[i] == g->unlike.docids[j])
				return sheaf_fail(
					g->err, SHEAF_ERROR_INVALID_ARGUMENT,
					"%s is given as a paper that belongs and as one that does not",
					g->like.ids[i]);
	return SHEAF_OK;
}

static sheaf_status add_options(suggesting *g, example_list *list, const option_list *ids)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < ids->count; i++)
		status = add_example(g, list, ids->items[i]);
	return status;
}

/* Marks are kept until the walk over them is done, since nothing else may use the database then. */
typedef struct mark_list {
	arena       *arena;
	const char **ids;
	int         *belongs;
	size_t       count, size;
	int          failed;
} mark_list;

static int take_mark(void *ctx, const sheaf_mark *mark)
{
	mark_list *m = ctx;

	if (m->count == m->size) {
		size_t       size = m->size ? m->size * 2 : 64;
		const char **ids = arena_calloc(m->arena, size, sizeof *ids);
		int         *belongs = arena_calloc(m->arena, size, sizeof *belongs);

		m->failed = !ids || !belongs;
		if (m->failed)
			return 1;
		for (size_t i = 0; i < m->count; i++) {
			ids[i] = m->ids[i];
			belongs[i] = m->belongs[i];
		}
		m->ids = ids;
		m->belongs = belongs;
		m->size = size;
	}
	m->ids[m->count] = arena_strdup(m->arena, mark->id);
	m->failed = !m->ids[m->count];
	m->belongs[m->count++] = mark->belongs;
	return m->failed;
}

static sheaf_status add_marks(suggesting *g, const char *profile)
{
	mark_list    m = {.arena = g->s->arena};
	sheaf_status status = sheaf_mark_each(g->s->db, profile, take_mark, &m, g->err);

	if (m.failed)
		return sheaf_nomem(g->err);
	for (size_t i = 0; status == SHEAF_OK && i < m.count; i++)
		status = add_example(g, m.belongs[i] ? &g->like : &g->unlike, m.ids[i]);
	return status;
}

/* ---- what is printed ---- */

enum { LINE_MAX = 96, INDENT = 6 };

static int take_suggestion(void *ctx, const sheaf_suggestion *t)
{
	suggesting *g = ctx;
	size_t      before = g->query.len;

	if (!g->terms) {
		buf_puts(&g->query, "      ");
		g->column = INDENT;
	} else if (g->column > LINE_MAX - 24) {
		buf_puts(&g->query, " OR\n      ");
		before = g->query.len;
		g->column = INDENT;
	} else {
		buf_puts(&g->query, " OR ");
	}
	buf_printf(&g->query, "%s^%.2f", t->term, t->weight);
	g->column += g->query.len - before;
	buf_printf(&g->evidence, "    #   %6.2f  %5lld  %7lld  %8lld  %s\n", t->weight,
	           (long long)t->liked, (long long)t->unliked, (long long)t->documents, t->term);
	g->terms++;
	return 0;
}

static void put_ids(output *out, const char *key, const example_list *list)
{
	if (!list->count)
		return;
	output_printf(out, "    %s: [", key);
	for (size_t i = 0; i < list->count; i++) {
		output_puts(out, i ? ", '" : "'");
		output_line(out, list->ids[i]);
		output_puts(out, "'");
	}
	output_puts(out, "]\n");
}

static void print_fragment(suggesting *g, const char *name, int percent)
{
	output *out = g->s->out;

	output_puts(out, "profiles:\n  ");
	output_json(out, name);
	output_printf(out,
	              ":\n    # from %zu paper%s that belong%s and %zu that do not\n    query: |\n",
	              g->like.count, g->like.count == 1 ? "" : "s", g->like.count == 1 ? "s" : "",
	              g->unlike.count);
	output_puts(out, buf_str(&g->query));
	output_printf(out, "\n    #   weight  of %zu  not of %zu  of all  word\n", g->like.count,
	              g->unlike.count);
	output_puts(out, buf_str(&g->evidence));
	if (percent)
		output_printf(out, "    min_percent: %d\n", percent);
	put_ids(out, "must", &g->like);
	put_ids(out, "mustnot", &g->unlike);
}

static sheaf_status suggest(suggesting *g, const char *name)
{
	int                    percent;
	const profile_options *o = g->s->options;
	sheaf_status           status = sheaf_suggest(g->s->db, g->like.docids, g->like.count,
	                                              g->unlike.docids, g->unlike.count, (size_t)o->terms,
	                                              take_suggestion, g, g->err);

	if (status == SHEAF_OK)
		status = buf_status(&g->query, g->err);
	if (status == SHEAF_OK)
		status = buf_status(&g->evidence, g->err);
	if (status != SHEAF_OK)
		return status;
	if (!g->terms) {
		console_note(g->s->console, "no word sets these papers apart from the others");
		g->s->code = CODE_NOTHING;
		return SHEAF_OK;
	}
	status = suggest_threshold(g->s, buf_str(&g->query), g->like.docids, g->like.count,
	                           g->unlike.docids, g->unlike.count, &percent, g->err);
	if (status != SHEAF_OK)
		return status;
	print_fragment(g, name, percent);
	g->s->code = g->missing ? CODE_INCOMPLETE : CODE_DONE;
	return SHEAF_OK;
}

sheaf_status profile_suggest(session *s, sheaf_error *err)
{
	const profile_options *o = s->options;
	suggesting             g = {.s = s, .err = err};
	const char            *name = s->words[1];
	sheaf_status           status = add_options(&g, &g.like, &o->like);

	if (status == SHEAF_OK)
		status = add_options(&g, &g.unlike, &o->unlike);
	if (status == SHEAF_OK)
		status = add_marks(&g, name);
	if (status == SHEAF_OK)
		status = check_examples(&g);
	if (status == SHEAF_OK && !g.like.count) {
		console_note(
			s->console,
			"there is no paper to learn from: name some with --like ID, or 'sheaf mark %.64s +ID'",
			name);
		s->code = CODE_NOTHING;
	} else if (status == SHEAF_OK) {
		status = suggest(&g, name);
	}
	buf_free(&g.query);
	buf_free(&g.evidence);
	return status;
}
