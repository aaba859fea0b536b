/* review_query.c: what is wrong with one query of a profile file. */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "category.h"
#include "category_name.h"
#include "error.h"
#include "field.h"
#include "profile_review.h"
#include "str.h"
#include "taxonomy.h"

/* Parts of those of the parser's remarks that are errors in a profile; others are warnings. */
static const char *const errors[] = {"unknown field '", "no date in '", "' is not known: ", NULL};

enum { SHOWN_MAX = 100, FIELD_WORDS_MAX = 96 };

/* The nearest name of a field. */
static const char *near_field(profile_review *r, const char *name)
{
	const char *names[FIELD_WORDS_MAX + 1] = {"query"};
	size_t      count = 1;

	for (int f = 0; f < SHEAF_FIELD_COUNT; f++) {
		const field_info *info = field_get((sheaf_field)f);

		for (size_t i = 0; i < FIELD_NAMES_MAX && info->names[i]; i++)
			if (count < FIELD_WORDS_MAX)
				names[count++] = info->names[i];
	}
	return review_near(r, name, names, count);
}

/* The nearest value of a field that knows its values: `is`, `has`. */
static const char *near_value(profile_review *r, const char *field, size_t len, const char *value)
{
	const field_info  *info = field_find(field, len);
	const char *const *known = info ? field_values(info->field) : NULL;

	return known ? review_near(r, value, known, 8) : NULL;
}

/* One remark of the parser: what stands between the first two quotes is what it is about. */
static void note_remark(const review_query *q, const char *text)
{
	sheaf_severity severity = SHEAF_SEVERITY_WARNING;
	const char    *near = NULL, *open = strchr(text, '\''), *close, *colon;
	char           shown[SHOWN_MAX + 2] = "";
	size_t         len;

	for (const char *const *part = errors; *part; part++)
		if (strstr(text, *part))
			severity = SHEAF_SEVERITY_ERROR;
	close = open ? strchr(open + 1, '\'') : NULL;
	if (close) {
		len = (size_t)(close - open - 1);
		len = len < SHOWN_MAX ? len : SHOWN_MAX;
		memcpy(shown, open + 1, len);
		shown[len] = 0;
		colon = strchr(shown, ':');
		if (str_starts(text, "unknown field '")) {
			near = near_field(q->review, shown);
			memcpy(shown + len, ":", 2);
		} else if (colon) {
			near = near_value(q->review, shown, (size_t)(colon - shown), colon + 1);
			memmove(shown, colon + 1, strlen(colon + 1) + 1);
		}
	}
	review_note(q->review, severity, review_line(q->review, q->node, shown), near,
	            "'%s' in %s: %s", q->key, q->where, text);
}

/* Each remark once. */
static sheaf_status note_remarks(const review_query *q, sheaf_error *err)
{
	const char *notes = sheaf_query_parser_get_notes(q->review->parser);
	const char *last = "";

	while (*notes) {
		size_t len = strcspn(notes, "\n");
		char  *text = arena_strndup(&q->review->arena, notes, len);

		if (!text)
			return sheaf_nomem(err);
		if (!str_eq(text, last))
			note_remark(q, text);
		last = text;
		notes += len + (notes[len] == '\n');
	}
	return SHEAF_OK;
}

static int stop(void *ctx, const char *category)
{
	(void)ctx, (void)category;
	return 1;
}

/* 1 where arXiv has such a category, archive or group, or some that begin so. */
static int is_category(const char *name, int prefix)
{
	size_t      len = strlen(name);
	const char *known;

	if (!len || category_archive_find(name, len) || taxonomy_each_other(name, len, stop, NULL))
		return 1;
	for (size_t i = 0; (known = category_at(i)); i++)
		if (str_istarts(known, name) && (prefix || !known[len]))
			return 1;
	return 0;
}

/* The nearest category, in whatever case it was written. */
static const char *near_category(profile_review *r, const char *name)
{
	char        low[SHOWN_MAX] = "";
	const char *near;
	size_t      i = 0, count = 0;

	for (; name[i] && i + 1 < sizeof low; i++)
		low[i] = str_lower(name[i]);
	while (category_at(count))
		count++;
	near = review_near(r, low, r->categories, count);
	for (i = 0; near && i < count; i++)
		if (r->categories[i] == near)
			return category_at(i);
	return NULL;
}

static int look_at_term(void *ctx, const sheaf_query_term *term)
{
	const review_query *q = ctx;

	if (term->field != SHEAF_FIELD_CATEGORY && term->field != SHEAF_FIELD_PRIMARY_CATEGORY)
		return 0;
	if (strpbrk(term->text, "*?") || is_category(term->text, term->flags & SHEAF_TERM_PREFIX))
		return 0;
	review_note(q->review, SHEAF_SEVERITY_ERROR, review_line(q->review, q->node, term->text),
	            near_category(q->review, term->text),
	            "'%s' in %s: there is no category '%.60s%s'", q->key, q->where, term->text,
	            term->flags & SHEAF_TERM_PREFIX ? "*" : "");
	return 0;
}

/* The place of the profile in the set; SIZE_MAX: there is none of that name. */
static size_t find_profile(const profile_review *r, const char *name)
{
	size_t low = 0, high = r->set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;
		int    order = strcmp(r->names[r->sorted[middle]], name);

		if (order == 0)
			return r->sorted[middle];
		if (order < 0)
			low = middle + 1;
		else
			high = middle;
	}
	return SIZE_MAX;
}

static void add_link(profile_review *r, size_t from, size_t to, long line)
{
	if (from == SIZE_MAX)
		return;
	if (r->link_count == r->link_size) {
		size_t       size = r->link_size ? 2 * r->link_size : 64;
		review_link *grown = mem_realloc_array(r->links, size, sizeof *grown);

		r->failed |= !grown;
		if (!grown)
			return;
		r->links = grown;
		r->link_size = size;
	}
	r->links[r->link_count++] = (review_link){from, to, line};
}

/* The field processor of `query:`, which stands for a term that no paper has. */
static int refer(void *ctx, const char *value, sheaf_query **query)
{
	review_query   *q = *(review_query **)ctx;
	profile_review *r = q->review;
	const char     *digest = r->set->digest.name, *name = value;
	size_t          to = find_profile(r, value);
	long            line = review_line(r, q->node, value);

	if (!*value)
		return 0;
	if (to == SIZE_MAX && str_starts(value, digest) && value[strlen(digest)] == '/') {
		name = value + strlen(digest) + 1;
		to = find_profile(r, name);
	}
	if (to == SIZE_MAX)
		review_note(r, SHEAF_SEVERITY_ERROR, line,
		            review_near(r, name, r->names, r->set->count),
		            "'%s' in %s: 'query:%.80s' names no profile of the file", q->key,
		            q->where, value);
	else
		add_link(r, q->profile, to, line);
	return sheaf_query_new_term(SHEAF_FIELD_TERM, value, 0, query, NULL) == SHEAF_OK ? 1 : -1;
}

/* A profile, by its name. */
typedef struct named {
	const char *name;
	size_t      profile;
} named;

static int compare_names(const void *a, const void *b)
{
	const named *x = a, *y = b;
	int          order = strcmp(x->name, y->name);

	return order ? order : x->profile < y->profile ? -1 : 1;
}

static sheaf_status sort_names(profile_review *r, sheaf_error *err)
{
	size_t count = r->set->count;
	named *all = arena_calloc(&r->arena, count + 1, sizeof *all);

	if (!all)
		return sheaf_nomem(err);
	for (size_t i = 0; i < count; i++)
		all[i] = (named){r->names[i], i};
	qsort(all, count, sizeof *all, compare_names);
	for (size_t i = 0; i < count; i++)
		r->sorted[i] = all[i].profile;
	return SHEAF_OK;
}

static sheaf_status list_categories(profile_review *r, sheaf_error *err)
{
	const char *name;
	size_t      count = 0;

	while (category_at(count))
		count++;
	r->categories = arena_calloc(&r->arena, count + 1, sizeof *r->categories);
	if (!r->categories)
		return sheaf_nomem(err);
	for (size_t i = 0; (name = category_at(i)); i++) {
		char *low = arena_strdup(&r->arena, name);

		if (!low)
			return sheaf_nomem(err);
		r->categories[i] = low;
		for (; *low; low++)
			*low = str_lower(*low);
	}
	return SHEAF_OK;
}

sheaf_status review_query_begin(profile_review *r, sheaf_error *err)
{
	sheaf_status status = sort_names(r, err);

	if (status == SHEAF_OK)
		status = list_categories(r, err);
	if (status == SHEAF_OK)
		status = sheaf_query_parser_new(&r->parser, err);
	if (status != SHEAF_OK)
		return status;
	sheaf_query_parser_set_max_length(r->parser, PROFILE_QUERY_MAX);
	return sheaf_query_parser_add_field_processor(r->parser, "query", refer, &r->at, err);
}

sheaf_status review_query_read(review_query *q, sheaf_error *err)
{
	profile_review *r = q->review;
	sheaf_status    status;

	/* Its length, and that there is something to search for, was looked at before. */
	if (!q->text || !q->node || strlen(q->text) > PROFILE_QUERY_MAX)
		return SHEAF_OK;
	r->at = q;
	status = sheaf_query_parser_parse_query(r->parser, q->text, SHEAF_FLAG_DEFAULT, &q->tree,
	                                        err);
	if (status == SHEAF_OK)
		status = note_remarks(q, err);
	if (status == SHEAF_OK)
		review_weights(q);
	if (status == SHEAF_OK)
		status = sheaf_query_each_term(q->tree, 1, look_at_term, q, err);
	if (status == SHEAF_OK && !sheaf_query_empty(q->tree))
		return review_status(r, err);
	sheaf_query_free(q->tree);
	q->tree = NULL;
	return status;
}
