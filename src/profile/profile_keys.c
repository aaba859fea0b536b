#include "profile_keys.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "arxiv_id.h"
#include "error.h"
#include "lower.h"
#include "str.h"

/* One value being read. */
typedef struct value {
	const key_reader *r;
	const key_rule   *rule;
	const yaml_node  *node;
	char             *target; /* the structure */
} value;

static sheaf_status fail(const key_reader *r, long line, const char *near, sheaf_error *err,
                         const char *format, va_list args)
{
	char text[400];

	vsnprintf(text, sizeof text, format, args);
	if (r->review) {
		review_note(r->review, SHEAF_SEVERITY_ERROR, line, near, "%s", text);
		return review_status(r->review, err);
	}
	if (near)
		return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s:%ld: %s (did you mean '%s'?)",
		                  r->file, line, text, near);
	return sheaf_fail(err, SHEAF_ERROR_CONFIG, "%s:%ld: %s", r->file, line, text);
}

sheaf_status key_fail(const key_reader *r, long line, sheaf_error *err, const char *format, ...)
{
	va_list      args;
	sheaf_status status;

	va_start(args, format);
	status = fail(r, line, NULL, err, format, args);
	va_end(args);
	return status;
}

sheaf_status key_fail_near(const key_reader *r, long line, const char *near, sheaf_error *err,
                           const char *format, ...)
{
	va_list      args;
	sheaf_status status;

	va_start(args, format);
	status = fail(r, line, near, err, format, args);
	va_end(args);
	return status;
}

sheaf_status key_check_twin(const key_reader *r, const yaml_node *node, sheaf_error *err)
{
	if (!node->twin)
		return SHEAF_OK;
	return key_fail(r, node->key_line, err, "key '%.60s' is given twice, first in line %ld",
	                node->key, node->twin);
}

static sheaf_status wrong_near(const value *v, const char *expected, const char *near,
                               sheaf_error *err)
{
	if (v->node->type == YAML_TEXT)
		return key_fail_near(v->r, v->node->line, near, err,
		                     "'%s' in %s must be %s, not '%.60s'", v->rule->key,
		                     v->r->where, expected, v->node->text);
	return key_fail(v->r, v->node->line, err, "'%s' in %s must be %s, not %s", v->rule->key,
	                v->r->where, expected, yaml_type_name(v->node->type));
}

static sheaf_status wrong(const value *v, const char *expected, sheaf_error *err)
{
	return wrong_near(v, expected, NULL, err);
}

/* The text without white space at its ends, in the set's memory; NULL where nothing is left. */
static sheaf_status keep_text(const value *v, const char *text, const char **out, sheaf_error *err)
{
	size_t len = strlen(text);

	*out = NULL;
	str_trim(&text, &len);
	if (!len)
		return SHEAF_OK;
	*out = arena_strndup(&v->r->set->arena, text, len);
	return *out ? SHEAF_OK : sheaf_nomem(err);
}

static sheaf_status read_text(const value *v, sheaf_error *err)
{
	if (v->node->type != YAML_TEXT)
		return wrong(v, "a text", err);
	return keep_text(v, v->node->text, (const char **)(void *)(v->target + v->rule->offset),
	                 err);
}

static const char *text_of(const value *v)
{
	return *(const char **)(void *)(v->target + v->rule->offset);
}

static sheaf_status read_name(const value *v, sheaf_error *err)
{
	sheaf_status status = read_text(v, err);

	if (status == SHEAF_OK && text_of(v))
		status = key_check_name(v->r, text_of(v), v->node->line, err);
	return status;
}

static sheaf_status read_query(const value *v, sheaf_error *err)
{
	sheaf_status status = read_text(v, err);
	sheaf_query *query = NULL;
	int          nothing;

	if (status != SHEAF_OK || !text_of(v))
		return status;
	if (strlen(text_of(v)) > PROFILE_QUERY_MAX)
		return key_fail(v->r, v->node->line, err, "'%s' in %s is longer than %d bytes",
		                v->rule->key, v->r->where, PROFILE_QUERY_MAX);
	status = sheaf_query_parser_parse_query(v->r->parser, text_of(v), SHEAF_FLAG_DEFAULT,
	                                        &query, err);
	if (status != SHEAF_OK)
		return status;
	nothing = sheaf_query_empty(query);
	sheaf_query_free(query);
	if (nothing)
		return key_fail(v->r, v->node->line, err,
		                "'%s' in %s has nothing to search for: '%.60s'", v->rule->key,
		                v->r->where, text_of(v));
	return SHEAF_OK;
}

static int is_web_address(const char *text)
{
	return str_starts(text, "https://") || str_starts(text, "http://");
}

static sheaf_status read_link(const value *v, sheaf_error *err)
{
	sheaf_status status = read_text(v, err);

	if (status == SHEAF_OK && text_of(v) && !strstr(text_of(v), "{id}"))
		status = wrong(v, "an address with {id} in it", err);
	else if (status == SHEAF_OK && text_of(v) && !is_web_address(text_of(v)))
		status = wrong(v, "an address that begins with https:// or http://", err);
	return status;
}

/* The number of the choice that `text` names, -1: none. */
static int find_choice(const key_rule *rule, const char *text)
{
	for (int i = 0; rule->choices[i]; i++)
		if (str_eq(rule->choices[i], text))
			return i;
	return -1;
}

static sheaf_status wrong_choice(const value *v, sheaf_error *err)
{
	char   text[120] = "one of";
	size_t used = strlen(text);

	for (size_t i = 0; v->rule->choices[i] && used < sizeof text; i++)
		used += (size_t)snprintf(text + used, sizeof text - used, "%s %s", i ? "," : "",
		                         v->rule->choices[i]);
	return wrong_near(v, text,
	                  v->node->type == YAML_TEXT ? str_nearest(v->node->text, v->rule->choices)
	                                             : NULL,
	                  err);
}

static sheaf_status read_choice(const value *v, sheaf_error *err)
{
	int choice = v->node->type == YAML_TEXT ? find_choice(v->rule, v->node->text) : -1;

	if (choice < 0)
		return wrong_choice(v, err);
	/* Enums of this library have the size of an int. */
	memcpy(v->target + v->rule->offset, &choice, sizeof choice);
	return SHEAF_OK;
}

static sheaf_status read_flags(const value *v, sheaf_error *err)
{
	unsigned flags = 0;

	if (v->node->type != YAML_LIST)
		return wrong(v, "a list", err);
	for (const yaml_node *node = v->node->first; node; node = node->next) {
		value one = {v->r, v->rule, node, v->target};
		int   choice = node->type == YAML_TEXT ? find_choice(v->rule, node->text) : -1;

		sheaf_status status = choice < 0 ? wrong_choice(&one, err) : SHEAF_OK;

		if (status != SHEAF_OK)
			return status;
		flags |= choice < 0 ? 0 : 1u << choice;
	}
	memcpy(v->target + v->rule->offset, &flags, sizeof flags);
	return SHEAF_OK;
}

static int number(const yaml_node *node, int64_t most, int64_t *out)
{
	return node->type == YAML_TEXT && str_to_int64(node->text, out) && *out >= 0 &&
	       *out <= most;
}

static sheaf_status read_count(const value *v, sheaf_error *err)
{
	enum { MOST = 1000000000 };
	int64_t n;

	if (!number(v->node, MOST, &n))
		return wrong(v, "a whole number from 0", err);
	memcpy(v->target + v->rule->offset, &n, sizeof n);
	return SHEAF_OK;
}

static sheaf_status read_percent(const value *v, sheaf_error *err)
{
	int64_t n;
	int     percent;

	if (!number(v->node, 100, &n))
		return wrong(v, "a whole number from 0 to 100", err);
	percent = (int)n;
	memcpy(v->target + v->rule->offset, &percent, sizeof percent);
	return SHEAF_OK;
}

static sheaf_status read_number(const value *v, sheaf_error *err)
{
	double n;

	if (v->node->type != YAML_TEXT || !str_to_double(v->node->text, &n) ||
	    n > PROFILE_NUMBER_MAX || n < -PROFILE_NUMBER_MAX)
		return wrong(v, "a number such as -2.5", err);
	memcpy(v->target + v->rule->offset, &n, sizeof n);
	return SHEAF_OK;
}

static sheaf_status read_bool(const value *v, sheaf_error *err)
{
	static const char *const words[] = {"false", "true", "no", "yes", "off", "on"};
	int                      truth = -1;

	for (size_t i = 0; v->node->type == YAML_TEXT && i < sizeof words / sizeof *words; i++)
		if (str_ieq(v->node->text, words[i]))
			truth = (int)(i % 2);
	if (truth < 0)
		return wrong(v, "true or false", err);
	memcpy(v->target + v->rule->offset, &truth, sizeof truth);
	return SHEAF_OK;
}

static sheaf_status keep_keyword(const value *v, const char **out, sheaf_error *err)
{
	buf          low = BUF_INIT(PROFILE_QUERY_MAX);
	sheaf_status status;

	text_lower(&low, v->node->text);
	if (low.status == SHEAF_ERROR_INVALID_ARGUMENT)
		status = key_fail(v->r, v->node->line, err,
		                  "a keyword in %s is longer than %d bytes", v->r->where,
		                  PROFILE_QUERY_MAX);
	else
		status = buf_status(&low, err);
	if (status == SHEAF_OK && low.status == SHEAF_OK)
		status = keep_text(v, buf_str(&low), out, err);
	buf_free(&low);
	return status;
}

static sheaf_status keep_id(const value *v, const char **out, sheaf_error *err)
{
	arxiv_id id;

	if (!arxiv_id_parse(v->node->text, strlen(v->node->text), &id))
		return wrong(v, "a list of arXiv ids", err);
	return keep_text(v, id.id, out, err);
}

typedef sheaf_status (*keep_fn)(const value *v, const char **out, sheaf_error *err);

/* One entry of a list; NULL where a review has noted what is wrong with it. */
static sheaf_status keep_entry(const value *v, keep_fn keep, const char **out, sheaf_error *err)
{
	const char *text = v->node->text;
	size_t      len;

	*out = NULL;
	if (v->node->type != YAML_TEXT)
		return wrong(v, "a list of texts", err);
	len = strlen(text);
	str_trim(&text, &len);
	if (!len)
		return key_fail(v->r, v->node->line, err, "an empty entry in '%s' of %s",
		                v->rule->key, v->r->where);
	return keep(v, out, err);
}

static sheaf_status read_list(const value *v, keep_fn keep, sheaf_error *err)
{
	const char **items;
	size_t       count = 0;
	key_set      seen;

	if (v->node->type != YAML_LIST)
		return wrong(v, "a list", err);
	if (v->node->count > PROFILE_LIST_MAX)
		return key_fail(v->r, v->node->line, err, "'%s' in %s has more than %d entries",
		                v->rule->key, v->r->where, PROFILE_LIST_MAX);
	items = arena_calloc(&v->r->set->arena, v->node->count + 1, sizeof *items);
	if (!items || !key_set_init(&seen, &v->r->set->arena, v->node->count))
		return sheaf_nomem(err);
	for (const yaml_node *node = v->node->first; node; node = node->next) {
		value        one = {v->r, v->rule, node, v->target};
		const char  *item;
		sheaf_status status = keep_entry(&one, keep, &item, err);

		if (status != SHEAF_OK)
			return status;
		if (item && key_set_add(&seen, item))
			items[count++] = item;
	}
	*(const char *const **)(void *)(v->target + v->rule->offset) = items;
	*(size_t *)(void *)(v->target + v->rule->count_offset) = count;
	return SHEAF_OK;
}

static sheaf_status read_keywords(const value *v, sheaf_error *err)
{
	return read_list(v, keep_keyword, err);
}

static sheaf_status read_ids(const value *v, sheaf_error *err)
{
	return read_list(v, keep_id, err);
}

static sheaf_status (*const readers[])(const value *, sheaf_error *) = {
	[KEY_TEXT] = read_text,   [KEY_NAME] = read_name,         [KEY_QUERY] = read_query,
	[KEY_LINK] = read_link,   [KEY_CHOICE] = read_choice,     [KEY_FLAGS] = read_flags,
	[KEY_COUNT] = read_count, [KEY_PERCENT] = read_percent,   [KEY_NUMBER] = read_number,
	[KEY_BOOL] = read_bool,   [KEY_KEYWORDS] = read_keywords, [KEY_IDS] = read_ids,
};

sheaf_status key_check(const key_reader *r, const char *key, long line, const char *const *names,
                       sheaf_error *err)
{
	for (const char *const *name = names; *name; name++)
		if (str_eq(*name, key))
			return SHEAF_OK;
	return key_fail_near(r, line, str_nearest(key, names), err, "unknown key '%.60s' in %s",
	                     key, r->where);
}

sheaf_status key_check_name(const key_reader *r, const char *name, long line, sheaf_error *err)
{
	if (!*name)
		return key_fail(r, line, err, "a name in %s is empty", r->where);
	if (strlen(name) > PROFILE_NAME_MAX)
		return key_fail(r, line, err, "a name in %s is longer than %d bytes", r->where,
		                PROFILE_NAME_MAX);
	for (const unsigned char *p = (const unsigned char *)name; *p; p++)
		if (*p < 0x20 || *p == 0x7F)
			return key_fail(r, line, err, "a name in %s holds a control character",
			                r->where);
	return SHEAF_OK;
}

static sheaf_status unknown_key(const key_reader *r, const yaml_node *node, const key_rule *rules,
                                size_t count, sheaf_error *err)
{
	enum { MOST = 32 };
	const char *names[MOST + 1] = {NULL};

	for (size_t i = 0; i < count && i < MOST; i++)
		names[i] = rules[i].key;
	return key_check(r, node->key, node->key_line, names, err);
}

static sheaf_status read_key(const key_reader *r, const yaml_node *node, const key_rule *rules,
                             size_t count, void *target, sheaf_error *err)
{
	value v = {r, NULL, node, target};

	for (size_t i = 0; i < count && !v.rule; i++)
		if (str_eq(rules[i].key, node->key))
			v.rule = &rules[i];
	if (!v.rule)
		return unknown_key(r, node, rules, count, err);
	return yaml_is_null(node) ? SHEAF_OK : readers[v.rule->kind](&v, err);
}

sheaf_status key_read_map(const key_reader *r, const yaml_node *map, const key_rule *rules,
                          size_t count, void *target, sheaf_error *err)
{
	if (yaml_is_null(map))
		return SHEAF_OK;
	if (map->type != YAML_MAP)
		return key_fail(r, map->line, err, "%s must be a map of keys, not %s", r->where,
		                yaml_type_name(map->type));
	for (const yaml_node *node = map->first; node; node = node->next) {
		sheaf_status status = key_check_twin(r, node, err);

		if (status == SHEAF_OK)
			status = read_key(r, node, rules, count, target, err);
		if (status != SHEAF_OK)
			return status;
	}
	return SHEAF_OK;
}
