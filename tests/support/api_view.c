#include "api_view.h"

#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "api_entry.h"
#include "api_search.h"
#include "datetime.h"
#include "error.h"
#include "hash.h"
#include "str.h"

enum { MAX_RESULTS = 2000, WINDOW = 10000, MAX_IDS = 2000 };

typedef struct api_hit {
	size_t     index, version; /* version 0: the newest */
	sheaf_time published, updated;
	int        score;
} api_hit;

typedef struct api_request {
	const char *query, *ids;
	int64_t     start, max_results;
	const char *sort_by;
	int         ascending;
	api_node   *tree;       /* NULL: no search_query */
	char        wrong[256]; /* what is wrong with the request; "" when nothing */
} api_request;

typedef struct api_hits {
	api_hit *items;
	size_t   count;
} api_hits;

static void open_feed(const listing *l, const api_request *r, int64_t total, buf *out)
{
	char     now[TIME_TEXT_SIZE];
	uint64_t hash = hash_bytes(hash_bytes(HASH_SEED, r->query, strlen(r->query)), r->ids,
	                           strlen(r->ids));

	time_format_iso(listing_now(l), now);
	buf_printf(
		out,
		"<?xml version='1.0' encoding='UTF-8'?>\n"
		"<feed xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" "
		"xmlns:arxiv=\"http://arxiv.org/schemas/atom\" xmlns=\"http://www.w3.org/2005/Atom\">\n"
		"  <id>https://arxiv.org/api/%016llx</id>\n  <title>arXiv Query: search_query=",
		(unsigned long long)hash);
	reply_text(out, r->query);
	buf_puts(out, "&amp;id_list=");
	reply_text(out, r->ids);
	buf_printf(out,
	           "&amp;start=%lld&amp;max_results=%lld</title>\n  <updated>%s</updated>\n"
	           "  <opensearch:itemsPerPage>%lld</opensearch:itemsPerPage>\n"
	           "  <opensearch:totalResults>%lld</opensearch:totalResults>\n"
	           "  <opensearch:startIndex>%lld</opensearch:startIndex>\n",
	           (long long)r->start, (long long)r->max_results, now, (long long)r->max_results,
	           (long long)total, (long long)r->start);
}

static void write_error(const listing *l, const char *why, reply *out)
{
	char now[TIME_TEXT_SIZE];

	time_format_iso(listing_now(l), now);
	out->http_status = 400;
	buf_printf(
		&out->body,
		"<?xml version='1.0' encoding='UTF-8'?>\n"
		"<feed xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\" "
		"xmlns:arxiv=\"http://arxiv.org/schemas/atom\" xmlns=\"http://www.w3.org/2005/Atom\">\n"
		"  <id>https://arxiv.org/</id>\n  <title>arXiv Search Results</title>\n"
		"  <updated>%s</updated>\n"
		"  <opensearch:itemsPerPage>1</opensearch:itemsPerPage>\n"
		"  <opensearch:totalResults>1</opensearch:totalResults>\n"
		"  <opensearch:startIndex>0</opensearch:startIndex>\n"
		"  <entry>\n    <id>https://arxiv.org/api/errors#bad_request</id>\n"
		"    <title>Error</title>\n    <updated>%s</updated>\n",
		now, now);
	reply_element(&out->body, "    ", "summary", why);
	buf_puts(
		&out->body,
		"    <author>\n      <name>arXiv api core</name>\n    </author>\n  </entry>\n</feed>\n");
}

static void complain(api_request *r, const char *why, const char *what)
{
	buf b = BUF_INIT(sizeof r->wrong - 1);

	if (*r->wrong)
		return;
	buf_puts(&b, why);
	buf_append(&b, what, strnlen(what, 80));
	memcpy(r->wrong, buf_str(&b), b.len + 1);
	buf_free(&b);
}

static int64_t read_number(api_request *r, const form_args *args, const char *name,
                           int64_t otherwise)
{
	const char *text = form_get(args, name);
	int64_t     n = otherwise;

	if (text && (!str_to_int64(text, &n) || n < 0 || n > 1000000))
		complain(r, "this must be a number that is not negative: ", name);
	return n;
}

static void read_sort(api_request *r, const form_args *args)
{
	static const char *const keys[] = {"relevance", "submittedDate", "lastUpdatedDate", NULL};
	const char              *order = form_get(args, "sortOrder");
	const char              *by = form_get(args, "sortBy");
	size_t                   i = 0;

	r->sort_by = by && *by ? by : keys[0];
	while (keys[i] && !str_eq(keys[i], r->sort_by))
		i++;
	if (!keys[i])
		complain(r, "there is no such sortBy: ", r->sort_by);
	r->ascending = str_eq(order, "ascending");
	if (order && *order && !r->ascending && !str_eq(order, "descending"))
		complain(r, "there is no such sortOrder: ", order);
}

/* Errors: NOMEM; what is wrong with the request goes into r->wrong. */
static sheaf_status read_request(api_request *r, const form_args *args, arena *a, sheaf_error *err)
{
	sheaf_error  why;
	sheaf_status status;

	memset(r, 0, sizeof *r);
	r->query = form_get(args, "search_query");
	r->ids = form_get(args, "id_list");
	r->query = r->query ? r->query : "";
	r->ids = r->ids ? r->ids : "";
	r->start = read_number(r, args, "start", 0);
	r->max_results = read_number(r, args, "max_results", 10);
	read_sort(r, args);
	if (!*r->wrong && (r->max_results < 1 || r->max_results > MAX_RESULTS))
		complain(r, "max_results must be 1 to 2000", "");
	if (!*r->wrong && r->start + r->max_results > WINDOW)
		complain(r, "only the first 10000 results of a query can be had", "");
	if (!r->query[strspn(r->query, " ")] && !*r->ids)
		complain(r, "a search_query or an id_list is needed", "");
	if (*r->wrong || !r->query[strspn(r->query, " ")])
		return SHEAF_OK;
	status = api_search_parse(r->query, a, &r->tree, &why);
	if (status == SHEAF_ERROR_NOMEM)
		return sheaf_nomem(err);
	if (status)
		complain(r, "the query was not understood: ", why.message);
	return SHEAF_OK;
}

/* Authors and categories as the matcher wants them. */
static void gather_lists(const paper *p, buf *authors, buf *categories)
{
	buf_clear(authors);
	buf_clear(categories);
	for (size_t i = 0; i < p->author_count; i++)
		buf_printf(authors, "%s%s %s", i ? "; " : "", p->authors[i].forenames,
		           p->authors[i].keyname);
	for (size_t i = 0; i < p->category_count; i++)
		buf_printf(categories, " %s", p->categories[i]->code);
}

static int paper_matches(const api_request *r, const paper *p, buf *authors, buf *categories,
                         int *score)
{
	api_text text = {{NULL}, p->versions[0].date};

	if (!r->tree)
		return 1;
	gather_lists(p, authors, categories);
	text.fields[API_TITLE] = p->title;
	text.fields[API_AUTHOR] = buf_str(authors);
	text.fields[API_ABSTRACT] = p->abstract;
	text.fields[API_COMMENT] = p->comments;
	text.fields[API_JOURNAL] = p->journal_ref;
	text.fields[API_CATEGORY] = buf_str(categories);
	text.fields[API_REPORT] = p->report_no;
	text.fields[API_ID] = p->id;
	text.fields[API_DOI] = p->doi;
	return api_search_match(r->tree, &text, score);
}

typedef struct api_scan {
	const listing     *l;
	const api_request *r;
	api_hits          *hits;
	arena              texts;
	buf                authors, categories;
} api_scan;

static sheaf_status consider(api_scan *s, size_t index, size_t version, sheaf_error *err)
{
	int          score = 0;
	sheaf_status status;
	paper        p;

	arena_clear(&s->texts);
	status = listing_paper(s->l, index, version, &s->texts, &p, err);
	if (status == SHEAF_ERROR_DOC_NOT_FOUND)
		return SHEAF_OK;
	if (!status && paper_matches(s->r, &p, &s->authors, &s->categories, &score))
		s->hits->items[s->hits->count++] = (api_hit){index, version, p.versions[0].date,
		                                             p.versions[p.version_count - 1].date,
		                                             score};
	return status;
}

static size_t read_version(char *id)
{
	char   *mark = strrchr(id, 'v');
	int64_t n = 0;

	if (!mark || mark == id || !str_to_int64(mark + 1, &n) || n < 1 || n > 999)
		return 0;
	*mark = 0;
	return (size_t)n;
}

/* Digits, four or more, a dot, digits; or an old identifier with a slash. */
static int id_shape(const char *id)
{
	size_t digits = strspn(id, "0123456789");

	if (strchr(id, '/'))
		return 1;
	return digits == 4 && id[4] == '.' && strlen(id) >= 9 && strlen(id) <= 10 &&
	       strspn(id + 5, "0123456789") == strlen(id + 5);
}

static sheaf_status scan_ids(api_scan *s, api_request *r, sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;
	size_t       count = 0;

	for (const char *p = r->ids; !status && *p && !*r->wrong && count < MAX_IDS; count++) {
		size_t len = strcspn(p, ",");
		size_t index, version;
		char   id[40];

		memcpy(id, p, len < sizeof id ? len : sizeof id - 1);
		id[len < sizeof id ? len : sizeof id - 1] = 0;
		version = read_version(id);
		if (!id_shape(id))
			complain(r, "this is not written like an identifier: ", id);
		else if (listing_find(s->l, id, &index))
			status = consider(s, index, version, err);
		p += len + (p[len] == ',');
	}
	return status;
}

static sheaf_status scan(api_request *r, const listing *l, api_hits *hits, sheaf_error *err)
{
	api_scan     s = {l, r, hits, {NULL, 0}, BUF_INIT(0), BUF_INIT(0)};
	sheaf_status status = SHEAF_OK;

	hits->items = mem_realloc_array(NULL, *r->ids ? MAX_IDS : l->count + 1,
	                                sizeof *hits->items);
	if (!hits->items)
		return sheaf_nomem(err);
	if (*r->ids)
		status = scan_ids(&s, r, err);
	else
		for (size_t i = 0; !status && i < l->count; i++)
			status = consider(&s, i, 0, err);
	arena_free(&s.texts);
	buf_free(&s.authors);
	buf_free(&s.categories);
	return status;
}

static int newer(sheaf_time a, sheaf_time b)
{
	return a < b ? 1 : a > b ? -1 : 0;
}

static int by_number(const api_hit *x, const api_hit *y)
{
	return x->index < y->index ? 1 : x->index > y->index ? -1 : 0;
}

static int by_relevance(const void *a, const void *b)
{
	const api_hit *x = a, *y = b;

	return x->score != y->score ? y->score - x->score : by_number(x, y);
}

static int by_published(const void *a, const void *b)
{
	const api_hit *x = a, *y = b;
	int            order = newer(x->published, y->published);

	return order ? order : by_number(x, y);
}

static int by_updated(const void *a, const void *b)
{
	const api_hit *x = a, *y = b;
	int            order = newer(x->updated, y->updated);

	return order ? order : by_number(x, y);
}

static void sort_hits(const api_request *r, api_hits *hits)
{
	int (*order)(const void *, const void *) = str_eq(r->sort_by, "submittedDate")
	                                                   ? by_published
	                                           : str_eq(r->sort_by, "lastUpdatedDate")
	                                                   ? by_updated
	                                                   : by_relevance;

	if (r->tree || !str_eq(r->sort_by, "relevance"))
		qsort(hits->items, hits->count, sizeof *hits->items, order);
	for (size_t i = 0; r->ascending && i < hits->count / 2; i++) {
		api_hit other = hits->items[i];

		hits->items[i] = hits->items[hits->count - 1 - i];
		hits->items[hits->count - 1 - i] = other;
	}
}

static sheaf_status write_entries(const listing *l, const api_request *r, const api_hits *hits,
                                  buf *out, sheaf_error *err)
{
	arena        texts = {NULL, 0};
	sheaf_status status = SHEAF_OK;
	size_t       end = (size_t)(r->start + r->max_results);

	open_feed(l, r, (int64_t)hits->count, out);
	for (size_t i = (size_t)r->start; !status && i < end && i < hits->count; i++) {
		paper p;

		arena_clear(&texts);
		status = listing_paper(l, hits->items[i].index, hits->items[i].version, &texts, &p,
		                       err);
		if (!status)
			api_entry_write(out, &p);
	}
	buf_puts(out, "</feed>\n");
	arena_free(&texts);
	return status ? status : buf_status(out, err);
}

sheaf_status api_view_answer(const listing *l, const form_args *args, reply *out, sheaf_error *err)
{
	api_request  r;
	api_hits     hits = {NULL, 0};
	arena        a = {NULL, 0};
	sheaf_status status;

	out->type = "application/atom+xml; charset=utf-8";
	status = read_request(&r, args, &a, err);
	if (!status && !*r.wrong)
		status = scan(&r, l, &hits, err);
	if (status)
		goto out;
	if (*r.wrong) {
		write_error(l, r.wrong, out);
		goto out;
	}
	sort_hits(&r, &hits);
	status = write_entries(l, &r, &hits, &out->body, err);
out:
	mem_free(hits.items);
	arena_free(&a);
	return status;
}

void api_view_nothing(const listing *l, const form_args *args, reply *out)
{
	api_request r;
	arena       a = {NULL, 0};

	out->type = "application/atom+xml; charset=utf-8";
	if (read_request(&r, args, &a, NULL) == SHEAF_OK) {
		open_feed(l, &r, 0, &out->body);
		buf_puts(&out->body, "</feed>\n");
	}
	arena_free(&a);
}
