/* classifier_explain.c: why a document is where it is. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "classifier_private.h"
#include "error.h"
#include "keywords.h"

/* A clause, and what it is made of while the document is at hand. */
typedef struct clause_list {
	sheaf_clause *items;
	size_t        count;
} clause_list;

typedef struct explaining {
	sheaf_classifier *c;
	sheaf_class_fn    fn;
	sheaf_clause_fn   clause;
	void             *ctx;
	buf               title, abstract; /* KEYWORDS: in lower case */
	sheaf_error      *err;
} explaining;

static void list_free(clause_list *list)
{
	for (size_t i = 0; i < list->count; i++) {
		sheaf_free((char *)list->items[i].text);
		mem_free((char *)list->items[i].fields);
	}
	mem_free(list->items);
}

/* "title, abstract" */
static char *name_fields(unsigned columns)
{
	static const struct {
		int         column;
		const char *name;
	} names[] = {
		{COLUMN_TITLE, "title"},          {COLUMN_ABSTRACT, "abstract"},
		{COLUMN_AUTHORS, "authors"},      {COLUMN_COMMENTS, "comments"},
		{COLUMN_JOURNAL_REF, "journal"},  {COLUMN_REPORT_NO, "report number"},
		{COLUMN_TERMS, "classification"},
	};
	buf text = BUF_INIT(0);

	buf_puts(&text, "");
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (columns >> names[i].column & 1)
			buf_printf(&text, "%s%s", text.len ? ", " : "", names[i].name);
	return buf_take(&text);
}

/* The heaviest first, then as they stand in the query. */
static int by_weight(const void *a, const void *b)
{
	const sheaf_clause *x = a, *y = b;

	if (x->weight > y->weight || x->weight < y->weight)
		return x->weight > y->weight ? -1 : 1;
	return strcmp(x->text, y->text);
}

static sheaf_status add_clause(explaining *e, const classifier_entry *entry, const plan *p,
                               size_t i, clause_list *list)
{
	percolator            *all = e->c->percolator;
	const percolator_leaf *leaf = percolator_leaf_at(all, (size_t)entry->query, i);
	const percolator_hit  *hit = percolator_hit_of(all, leaf->term);
	sheaf_clause          *now = &list->items[list->count];
	char                  *text = NULL;
	sheaf_status           status;

	if (!hit || !p->leaves[i].used)
		return SHEAF_OK;
	status = sheaf_query_get_description(p->leaves[i].source, &text, e->err);
	if (status != SHEAF_OK)
		return status;
	*now = (sheaf_clause){.text = text,
	                      .fields = name_fields(hit->columns),
	                      .occurrences = (int64_t)hit->frequency,
	                      .factor = leaf->weighted ? leaf->factor : 0,
	                      .idf = entry->model.count ? entry->model.weights[i] : 1,
	                      .weight = percolator_share(all, (size_t)entry->query, i) *
	                                classifier_share(e->c)};
	list->count++;
	return now->fields ? SHEAF_OK : sheaf_nomem(e->err);
}

/* The plan is made again, since the percolator keeps no texts. */
static sheaf_status list_leaves(explaining *e, size_t profile, clause_list *list)
{
	const classifier_entry *entry = &e->c->entries[profile];
	const sheaf_profile    *own = &e->c->set->profiles[profile];
	sheaf_query            *query = NULL;
	plan                    p = {0};
	sheaf_status            status;
	size_t                  count;

	status = classifier_plan(e->c, own, own->query, &query, &p, e->err);
	count = percolator_leaf_count(e->c->percolator, (size_t)entry->query);
	if (status == SHEAF_OK) {
		list->items = mem_calloc(count + 1, sizeof *list->items);
		status = list->items ? SHEAF_OK : sheaf_nomem(e->err);
	}
	for (size_t i = 0; status == SHEAF_OK && i < p.leaf_count && i < count; i++)
		status = add_clause(e, entry, &p, i, list);
	plan_free(&p);
	sheaf_query_free(query);
	return status;
}

static sheaf_status list_keywords(explaining *e, size_t profile, clause_list *list)
{
	const sheaf_profile *p = &e->c->set->profiles[profile];

	list->items = mem_calloc(p->keyword_count + 1, sizeof *list->items);
	if (!list->items)
		return sheaf_nomem(e->err);
	for (size_t i = 0; i < p->keyword_count; i++) {
		sheaf_clause *now = &list->items[list->count];
		unsigned      columns = 0;

		if (!strstr(buf_str(&e->c->text), p->keywords[i]))
			continue;
		if (strstr(buf_str(&e->title), p->keywords[i]))
			columns |= 1u << COLUMN_TITLE;
		if (strstr(buf_str(&e->abstract), p->keywords[i]))
			columns |= 1u << COLUMN_ABSTRACT;
		/* It begins in the one and ends in the other. */
		if (!columns)
			columns = 1u << COLUMN_TITLE | 1u << COLUMN_ABSTRACT;
		*now = (sheaf_clause){.text = mem_strdup(p->keywords[i]),
		                      .fields = name_fields(columns),
		                      .occurrences = 1,
		                      .factor = 1,
		                      .idf = 1,
		                      .weight = 1};
		list->count++;
		if (!now->text || !now->fields)
			return sheaf_nomem(e->err);
	}
	return SHEAF_OK;
}

static sheaf_status stopped(sheaf_error *err)
{
	return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
}

static sheaf_status tell_clauses(explaining *e, const sheaf_class *result, clause_list *list)
{
	int          keywords = e->c->set->digest.match == SHEAF_MATCH_KEYWORDS;
	sheaf_status status = keywords ? list_keywords(e, result->profile, list)
	                               : list_leaves(e, result->profile, list);

	if (status == SHEAF_OK && list->count)
		qsort(list->items, list->count, sizeof *list->items, by_weight);
	for (size_t i = 0; status == SHEAF_OK && i < list->count; i++)
		if (e->clause(e->ctx, result, &list->items[i]))
			status = stopped(e->err);
	return status;
}

static sheaf_status tell(explaining *e, const sheaf_class *result)
{
	clause_list  list = {NULL, 0};
	sheaf_status status = SHEAF_OK;

	if (e->clause && result->profile != SIZE_MAX && e->c->found[result->profile])
		status = tell_clauses(e, result, &list);
	if (status == SHEAF_OK && e->fn(e->ctx, result))
		status = stopped(e->err);
	list_free(&list);
	return status;
}

/* What matches, then what does not, then the fallback. */
static sheaf_status tell_all(explaining *e, size_t count)
{
	const sheaf_classifier *c = e->c;
	sheaf_class             last = {0};
	int                     fallback = count && c->classes[count - 1].profile == SIZE_MAX;
	sheaf_status            status = SHEAF_OK;

	if (fallback)
		last = c->classes[--count];
	for (size_t i = 0; status == SHEAF_OK && i < count; i++)
		status = tell(e, &c->classes[i]);
	for (size_t i = 0; status == SHEAF_OK && i < c->set->count; i++) {
		sheaf_class none = {.profile = i, .verdict = SHEAF_VERDICT_NO_MATCH};

		if (!c->found[i])
			status = tell(e, &none);
	}
	return status == SHEAF_OK && fallback ? tell(e, &last) : status;
}

sheaf_status sheaf_classifier_explain(sheaf_classifier *c, const sheaf_document *doc,
                                      sheaf_class_fn fn, sheaf_clause_fn clause, void *ctx,
                                      sheaf_error *err)
{
	explaining   e = {.c = c, .fn = fn, .clause = clause, .ctx = ctx, .err = err};
	size_t       count;
	sheaf_status status;

	if (!c || !doc || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no classifier, no document or no function");
	status = classifier_decide(c, doc, &count, err);
	if (status == SHEAF_OK && c->set->digest.match == SHEAF_MATCH_KEYWORDS) {
		keyword_field(doc, SHEAF_FIELD_TITLE, &e.title);
		keyword_field(doc, SHEAF_FIELD_ABSTRACT, &e.abstract);
		status = buf_status(&e.title, err);
		if (status == SHEAF_OK)
			status = buf_status(&e.abstract, err);
	}
	if (status == SHEAF_OK)
		status = tell_all(&e, count);
	buf_free(&e.title);
	buf_free(&e.abstract);
	return status;
}
