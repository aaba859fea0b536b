#include "profile_review.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "error.h"
#include "hash.h"
#include "profile_keys.h"
#include "str.h"

enum { COMPARISONS_MAX = 4000000 };

void review_note(profile_review *r, sheaf_severity severity, long line, const char *near,
                 const char *format, ...)
{
	char        text[480];
	va_list     args;
	review_item item = {severity, line, r->count, NULL, NULL};

	if (r->count == REVIEW_PROBLEMS_MAX)
		return;
	va_start(args, format);
	vsnprintf(text, sizeof text, format, args);
	va_end(args);
	item.message = arena_strdup(&r->arena, text);
	item.suggestion = near ? arena_strdup(&r->arena, near) : NULL;
	if (r->count == r->size) {
		size_t       size = r->size ? 2 * r->size : 16;
		review_item *grown = mem_realloc_array(r->items, size, sizeof *grown);

		r->failed |= !grown;
		if (!grown)
			return;
		r->items = grown;
		r->size = size;
	}
	r->failed |= !item.message || (near && !item.suggestion);
	if (!r->failed)
		r->items[r->count++] = item;
}

sheaf_status review_status(const profile_review *r, sheaf_error *err)
{
	return r->failed ? sheaf_nomem(err) : SHEAF_OK;
}

static int is_word_char(char c)
{
	return str_is_alpha((unsigned char)c) || str_is_digit((unsigned char)c) || c == '_';
}

static int line_has(const char *line, size_t len, const char *text, size_t text_len)
{
	for (size_t i = 0; i + text_len <= len; i++)
		if (str_ieq_n(line + i, text, text_len) && (!i || !is_word_char(line[i - 1])))
			return 1;
	return 0;
}

long review_line(const profile_review *r, const yaml_node *node, const char *text)
{
	size_t len = strlen(text);

	for (long n = node->line; len && n >= 1 && n <= node->last && n <= r->line_count; n++) {
		size_t begin = r->lines[n - 1];

		if (line_has(r->yaml + begin, r->lines[n] - begin, text, len))
			return n;
	}
	return node->line;
}

const char *review_near(profile_review *r, const char *name, const char *const *names, size_t count)
{
	if (r->comparisons < count)
		return NULL;
	r->comparisons -= count;
	return str_nearest(name, names);
}

static sheaf_status index_lines(profile_review *r, sheaf_error *err)
{
	size_t count = 1;

	for (size_t i = 0; i < r->len; i++)
		count += r->yaml[i] == '\n';
	r->lines = arena_calloc(&r->arena, count + 1, sizeof *r->lines);
	if (!r->lines)
		return sheaf_nomem(err);
	for (size_t i = 0; i < r->len; i++)
		if (r->yaml[i] == '\n')
			r->lines[++r->line_count] = i + 1;
	r->lines[++r->line_count] = r->len;
	return SHEAF_OK;
}

/* What is no YAML: the parser's message begins with the file's name and the line. */
static void note_broken(profile_review *r, const char *file, const char *message)
{
	size_t n = strlen(file);
	long   line = 0;

	if (strncmp(message, file, n) == 0 && message[n] == ':')
		message += n + 1;
	for (n = 0; str_is_digit((unsigned char)message[n]) && n < 9; n++)
		line = 10 * line + (message[n] - '0');
	if (n && message[n] == ':')
		message += n + 1;
	review_note(r, SHEAF_SEVERITY_ERROR, line > 0 ? line : 1, NULL, "%s",
	            message + strspn(message, " "));
}

/* The profiles' nodes and names, in the order of the file and in that of the names. */
static sheaf_status index_profiles(profile_review *r, const yaml_node *root, sheaf_error *err)
{
	const yaml_node *node = yaml_get(root, "profiles");
	size_t           count = r->set->count;

	r->nodes = arena_calloc(&r->arena, count + 1, sizeof *r->nodes);
	r->names = arena_calloc(&r->arena, count + 1, sizeof *r->names);
	r->sorted = arena_calloc(&r->arena, count + 1, sizeof *r->sorted);
	if (!r->nodes || !r->names || !r->sorted)
		return sheaf_nomem(err);
	node = count ? node->first : NULL;
	for (size_t i = 0; i < count; i++, node = node->next) {
		r->nodes[i] = node;
		r->names[i] = r->set->profiles[i].name;
	}
	return SHEAF_OK;
}

/* What two profiles may have in common. */
typedef struct trait {
	uint64_t hash;
	size_t   profile;
	int      narrowed; /* it does not take all that its query finds */
} trait;

static int compare_traits(const void *a, const void *b)
{
	const trait *x = a, *y = b;

	if (x->hash != y->hash)
		return x->hash < y->hash ? -1 : 1;
	return x->profile < y->profile ? -1 : x->profile > y->profile;
}

static void note_same_headings(profile_review *r, trait *traits)
{
	const sheaf_profile *profiles = r->set->profiles;

	for (size_t i = 0; i < r->set->count; i++)
		traits[i] = (trait){
			hash_bytes(HASH_SEED, profiles[i].heading, strlen(profiles[i].heading)), i,
			0};
	qsort(traits, r->set->count, sizeof *traits, compare_traits);
	for (size_t i = 1, first = 0; i < r->set->count; i++) {
		const sheaf_profile *p = &profiles[traits[i].profile];

		if (traits[i].hash != traits[first].hash)
			first = i;
		else
			review_note(r, SHEAF_SEVERITY_WARNING, p->line, NULL,
			            "profiles.%s has the heading of profiles.%s: '%.80s'", p->name,
			            profiles[traits[first].profile].name, p->heading);
	}
}

static void note_fallback_headings(profile_review *r)
{
	for (size_t i = 0; r->set->digest.fallback && i < r->set->count; i++)
		if (str_eq(r->set->profiles[i].heading, r->set->digest.fallback))
			review_note(r, SHEAF_SEVERITY_WARNING, r->set->profiles[i].line, NULL,
			            "profiles.%s has the heading of the fallback",
			            r->set->profiles[i].name);
}

/* With assign: best, the first of two profiles with one query takes all that either finds. */
static void note_never_reached(profile_review *r, trait *traits)
{
	const sheaf_profile *profiles = r->set->profiles;

	qsort(traits, r->set->count, sizeof *traits, compare_traits);
	for (size_t i = 1, first = 0; i < r->set->count; i++) {
		const sheaf_profile *p = &profiles[traits[i].profile];

		if (traits[i].hash != traits[first].hash || traits[first].narrowed)
			first = i;
		else if (traits[i].hash)
			review_note(r, SHEAF_SEVERITY_WARNING, p->line, NULL,
			            "profiles.%s is never reached: profiles.%s has the same query "
			            "and comes first",
			            p->name, profiles[traits[first].profile].name);
	}
}

static uint64_t hash_text(uint64_t hash, const char *text)
{
	return hash_bytes(hash, text, strlen(text) + 1);
}

/* A hash of what decides the score of a paper; 0: nothing is known of it. */
static uint64_t hash_matching(profile_review *r, const sheaf_profile *p, const review_query *query)
{
	uint64_t hash = HASH_SEED;
	char    *text = NULL;

	if (r->set->digest.match == SHEAF_MATCH_KEYWORDS) {
		for (size_t i = 0; i < p->keyword_count; i++)
			hash = hash_text(hash, p->keywords[i]);
		return p->keyword_count ? hash : 0;
	}
	if (!query->tree)
		return 0;
	if (sheaf_query_get_description(query->tree, &text, NULL) != SHEAF_OK) {
		r->failed = 1;
		return 0;
	}
	hash = hash_text(hash, text);
	mem_free(text);
	return r->set->digest.score == SHEAF_SCORE_WEIGHTS
	               ? hash_bytes(hash, &p->bias, sizeof p->bias)
	               : hash;
}

/* Looks at the queries of one profile, and at the profile. */
static sheaf_status look_at_profile(profile_review *r, size_t i, trait *t, sheaf_error *err)
{
	const sheaf_profile *p = &r->set->profiles[i];
	char                 where[PROFILE_NAME_MAX + 16];
	review_query         queries[3] = {{r, i, "query", where, p->query, NULL, NULL},
	                                   {r, i, "require", where, p->require, NULL, NULL},
	                                   {r, i, "exclude", where, p->exclude, NULL, NULL}};
	sheaf_status         status = SHEAF_OK;

	snprintf(where, sizeof where, "profiles.%s", p->name);
	for (size_t q = 0; q < 3 && status == SHEAF_OK; q++) {
		queries[q].node = yaml_get(r->nodes[i], queries[q].key);
		status = review_query_read(&queries[q], err);
	}
	if (status == SHEAF_OK) {
		review_profile(r, i, where, queries);
		*t = (trait){hash_matching(r, p, &queries[0]), i,
		             p->require || p->exclude || p->min_percent};
	}
	for (size_t q = 0; q < 3; q++)
		sheaf_query_free(queries[q].tree);
	return status;
}

static sheaf_status look_at_select(profile_review *r, const yaml_node *digest, sheaf_error *err)
{
	review_query q = {r, SIZE_MAX, "select", "digest", r->set->digest.select, NULL, NULL};
	sheaf_status status;

	q.node = yaml_get(digest, "select");
	status = review_query_read(&q, err);
	sheaf_query_free(q.tree);
	return status;
}

/* What the reader of keys cannot see. */
static sheaf_status look_deeper(profile_review *r, const yaml_node *root, sheaf_error *err)
{
	trait       *traits;
	sheaf_status status = index_profiles(r, root, err);

	if (status != SHEAF_OK)
		return status;
	traits = arena_calloc(&r->arena, r->set->count + 1, sizeof *traits);
	status = traits ? review_query_begin(r, err) : sheaf_nomem(err);
	if (status == SHEAF_OK)
		status = look_at_select(r, yaml_get(root, "digest"), err);
	for (size_t i = 0; i < r->set->count && status == SHEAF_OK; i++)
		status = look_at_profile(r, i, &traits[i], err);
	if (status != SHEAF_OK)
		return status;
	review_links(r);
	if (r->set->digest.assign == SHEAF_ASSIGN_BEST)
		note_never_reached(r, traits);
	note_same_headings(r, traits);
	note_fallback_headings(r);
	return review_status(r, err);
}

static int compare_items(const void *a, const void *b)
{
	const review_item *x = a, *y = b;

	if (x->line != y->line)
		return x->line < y->line ? -1 : 1;
	return x->order < y->order ? -1 : x->order > y->order;
}

static sheaf_status tell(profile_review *r, sheaf_profile_problem_fn fn, void *ctx,
                         sheaf_error *err)
{
	if (r->count)
		qsort(r->items, r->count, sizeof *r->items, compare_items);
	for (size_t i = 0; i < r->count; i++) {
		const review_item    *item = &r->items[i];
		sheaf_profile_problem problem = {item->severity, item->line, item->message,
		                                 item->suggestion};

		if (fn(ctx, &problem))
			return sheaf_fail(err, SHEAF_ERROR_INTERRUPTED, "interrupted");
	}
	return SHEAF_OK;
}

static sheaf_status look(profile_review *r, const char *file, sheaf_error *err)
{
	yaml_tree   *tree = NULL;
	sheaf_error  why = {0};
	char        *name;
	sheaf_status status = yaml_tree_parse_twins(r->yaml, r->len, file, &tree, &why);

	if (status == SHEAF_ERROR_CONFIG) {
		note_broken(r, file, why.message);
		return review_status(r, err);
	}
	if (status != SHEAF_OK)
		return sheaf_nomem(err);
	name = profile_default_name(file);
	status = name ? index_lines(r, err) : sheaf_nomem(err);
	if (status == SHEAF_OK)
		status = profile_set_read_tree(yaml_tree_root(tree), file, r, name, &r->set, err);
	mem_free(name);
	if (status == SHEAF_OK)
		status = look_deeper(r, yaml_tree_root(tree), err);
	yaml_tree_free(tree);
	return status;
}

sheaf_status sheaf_profile_check(const char *yaml, size_t len, const char *file,
                                 sheaf_profile_problem_fn fn, void *ctx, sheaf_error *err)
{
	profile_review r;
	sheaf_status   status;

	if (!yaml || !file || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no text, no name of the file, or no function");
	memset(&r, 0, sizeof r);
	r.yaml = yaml;
	r.len = len;
	r.comparisons = COMPARISONS_MAX;
	status = look(&r, file, err);
	if (status == SHEAF_OK)
		status = tell(&r, fn, ctx, err);
	sheaf_query_parser_free(r.parser);
	sheaf_profile_set_free(r.set);
	mem_free(r.items);
	mem_free(r.links);
	arena_free(&r.arena);
	return status;
}
