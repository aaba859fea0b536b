#include <string.h>

#include "alloc.h"
#include "error.h"
#include "file.h"
#include "profile_keys.h"
#include "str.h"

static const char *const assign_names[] = {"best", "all", NULL};
static const char *const match_names[] = {"query", "keywords", NULL};
static const char *const score_names[] = {"bm25", "weights", NULL};
static const char *const order_names[] = {"submitted", "relevance", NULL};
static const char *const include_names[] = {"new", "cross", "replace", NULL};
static const char *const top_names[] = {"digest", "profiles", NULL};

#define IN_DIGEST(key) #key, offsetof(sheaf_digest_settings, key)

static const key_rule digest_keys[] = {
	{IN_DIGEST(name), KEY_NAME, NULL, 0},
	{IN_DIGEST(title), KEY_TEXT, NULL, 0},
	{IN_DIGEST(intro), KEY_TEXT, NULL, 0},
	{IN_DIGEST(select), KEY_QUERY, NULL, 0},
	{IN_DIGEST(assign), KEY_CHOICE, assign_names, 0},
	{IN_DIGEST(match), KEY_CHOICE, match_names, 0},
	{IN_DIGEST(score), KEY_CHOICE, score_names, 0},
	{IN_DIGEST(fallback), KEY_TEXT, NULL, 0},
	{IN_DIGEST(limit), KEY_COUNT, NULL, 0},
	{IN_DIGEST(order), KEY_CHOICE, order_names, 0},
	{IN_DIGEST(link), KEY_LINK, NULL, 0},
	{IN_DIGEST(escape), KEY_BOOL, NULL, 0},
};

#define IN_PROFILE(key) #key, offsetof(sheaf_profile, key)

static const key_rule profile_keys[] = {
	{IN_PROFILE(heading), KEY_TEXT, NULL, 0},
	{IN_PROFILE(query), KEY_QUERY, NULL, 0},
	{IN_PROFILE(keywords), KEY_KEYWORDS, NULL, offsetof(sheaf_profile, keyword_count)},
	{IN_PROFILE(exclude), KEY_QUERY, NULL, 0},
	{IN_PROFILE(require), KEY_QUERY, NULL, 0},
	{IN_PROFILE(min_percent), KEY_PERCENT, NULL, 0},
	{IN_PROFILE(max), KEY_COUNT, NULL, 0},
	{IN_PROFILE(bias), KEY_NUMBER, NULL, 0},
	{IN_PROFILE(include), KEY_FLAGS, include_names, 0},
	{IN_PROFILE(must), KEY_IDS, NULL, offsetof(sheaf_profile, must_count)},
	{IN_PROFILE(mustnot), KEY_IDS, NULL, offsetof(sheaf_profile, mustnot_count)},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static sheaf_status read_digest(const key_reader *reader, const yaml_node *map,
                                const char *default_name, sheaf_error *err)
{
	key_reader         r = *reader;
	sheaf_profile_set *set = r.set;
	sheaf_status       status = SHEAF_OK;

	r.where = "digest";
	set->digest.escape = 1;
	if (map)
		status = key_read_map(&r, map, digest_keys, COUNT(digest_keys), &set->digest, err);
	if (status != SHEAF_OK)
		return status;
	if (!set->digest.name)
		set->digest.name = arena_strdup(&set->arena, default_name);
	if (!set->digest.title)
		set->digest.title = set->digest.name;
	return set->digest.name ? SHEAF_OK : sheaf_nomem(err);
}

/* 1 where what should say what a profile matches is there, but not of the right kind. */
static int is_noted(const yaml_node *map, const yaml_node *given)
{
	static const yaml_type kinds[] = {YAML_TEXT, YAML_LIST};

	if (map->type != YAML_MAP)
		return !yaml_is_null(map);
	if (!given || yaml_is_null(given))
		return 0;
	return given->type != kinds[str_eq(given->key, "keywords")] || given->count;
}

/* What a profile must have depends on how the digest matches. */
static sheaf_status check_profile(const key_reader *r, const yaml_node *map, const sheaf_profile *p,
                                  sheaf_error *err)
{
	const char      *needed = r->set->digest.match == SHEAF_MATCH_QUERY ? "query" : "keywords";
	const yaml_node *given = yaml_get(map, needed);

	if (r->review && is_noted(map, given))
		return SHEAF_OK;
	if (r->set->digest.match == SHEAF_MATCH_KEYWORDS && !p->keyword_count)
		return key_fail(r, p->line, err,
		                "%s has no 'keywords', which 'match: keywords' needs", r->where);
	if (r->set->digest.match == SHEAF_MATCH_QUERY && !p->query && p->keyword_count)
		return key_fail(r, p->line, err,
		                "%s has 'keywords' but no 'query': add 'match: keywords' to digest",
		                r->where);
	if (r->set->digest.match == SHEAF_MATCH_QUERY && !p->query)
		return key_fail(r, p->line, err, "%s has no 'query'", r->where);
	return SHEAF_OK;
}

static sheaf_status read_entry(const key_reader *reader, const yaml_node *node,
                               sheaf_profile *profile, sheaf_error *err)
{
	buf                where = BUF_INIT(0);
	key_reader         r = *reader;
	sheaf_profile_set *set = r.set;
	sheaf_status       status = key_check_name(&r, node->key, node->key_line, err);

	if (status == SHEAF_OK)
		status = key_check_twin(&r, node, err);

	if (status != SHEAF_OK)
		return status;
	buf_printf(&where, "profiles.%s", node->key);
	status = buf_status(&where, err);
	r.where = buf_str(&where);
	profile->line = node->key_line;
	profile->name = arena_strdup(&set->arena, node->key);
	if (status == SHEAF_OK && !profile->name)
		status = sheaf_nomem(err);
	if (status == SHEAF_OK)
		status = key_read_map(&r, node, profile_keys, COUNT(profile_keys), profile, err);
	if (status == SHEAF_OK)
		status = check_profile(&r, node, profile, err);
	if (!profile->heading)
		profile->heading = profile->name;
	buf_free(&where);
	return status;
}

static sheaf_status read_profiles(const key_reader *reader, const yaml_node *map, sheaf_error *err)
{
	key_reader         r = *reader;
	sheaf_profile_set *set = r.set;

	r.where = "profiles";
	if (!map || yaml_is_null(map))
		return key_fail(&r, map ? map->key_line : 1, err,
		                "no profiles: the map 'profiles' is missing or empty");
	if (map->type != YAML_MAP)
		return key_fail(&r, map->line, err, "profiles must be a map of profiles, not %s",
		                yaml_type_name(map->type));
	if (!map->count)
		return key_fail(&r, map->line, err,
		                "no profiles: the map 'profiles' is missing or empty");
	set->profiles = arena_calloc(&set->arena, map->count, sizeof *set->profiles);
	if (!set->profiles)
		return sheaf_nomem(err);
	for (const yaml_node *node = map->first; node; node = node->next) {
		sheaf_status status = read_entry(&r, node, &set->profiles[set->count], err);

		if (status != SHEAF_OK)
			return status;
		set->count++;
	}
	return SHEAF_OK;
}

static sheaf_status read_top(const key_reader *r, const yaml_node *root, const char *default_name,
                             sheaf_error *err)
{
	sheaf_status status;

	if (root->type != YAML_MAP)
		return key_fail(r, root->line, err,
		                "a profile file must be a map with 'digest' and 'profiles', not %s",
		                yaml_type_name(root->type));
	for (const yaml_node *node = root->first; node; node = node->next) {
		status = key_check_twin(r, node, err);
		if (status == SHEAF_OK)
			status = key_check(r, node->key, node->key_line, top_names, err);
		if (status != SHEAF_OK)
			return status;
	}
	status = read_digest(r, yaml_get(root, "digest"), default_name, err);
	if (status == SHEAF_OK)
		status = read_profiles(r, yaml_get(root, "profiles"), err);
	return status;
}

sheaf_status profile_set_read_tree(const yaml_node *root, const char *file, profile_review *review,
                                   const char *default_name, sheaf_profile_set **set,
                                   sheaf_error *err)
{
	key_reader   r = {NULL, file, "the file", NULL, review};
	sheaf_status status = sheaf_query_parser_new(&r.parser, err);

	*set = NULL;
	if (status != SHEAF_OK)
		return status;
	sheaf_query_parser_set_max_length(r.parser, PROFILE_QUERY_MAX);
	r.set = mem_calloc(1, sizeof *r.set);
	status = r.set ? read_top(&r, root, default_name, err) : sheaf_nomem(err);
	sheaf_query_parser_free(r.parser);
	if (status == SHEAF_OK)
		*set = r.set;
	else
		sheaf_profile_set_free(r.set);
	return status;
}

sheaf_status profile_set_parse(const char *yaml, size_t len, const char *file,
                               const char *default_name, sheaf_profile_set **out, sheaf_error *err)
{
	yaml_tree         *tree = NULL;
	sheaf_profile_set *set = NULL;
	sheaf_status       status;

	*out = NULL;
	status = yaml_tree_parse(yaml, len, file, &tree, err);
	if (status != SHEAF_OK)
		return status;
	status = profile_set_read_tree(yaml_tree_root(tree), file, NULL, default_name, &set, err);
	yaml_tree_free(tree);
	if (status != SHEAF_OK)
		return status;
	set->yaml = arena_strndup(&set->arena, yaml, len);
	if (set->yaml) {
		*out = set;
		return SHEAF_OK;
	}
	sheaf_profile_set_free(set);
	return sheaf_nomem(err);
}

char *profile_default_name(const char *file)
{
	const char *slash = strrchr(file, '/'), *name = slash ? slash + 1 : file;
	size_t      len = strlen(name);

	if (len > 5 && str_ieq(name + len - 5, ".yaml"))
		len -= 5;
	else if (len > 4 && str_ieq(name + len - 4, ".yml"))
		len -= 4;
	if (len > PROFILE_NAME_MAX)
		len = PROFILE_NAME_MAX;
	return len ? mem_strndup(name, len) : mem_strdup("digest");
}

sheaf_status sheaf_profile_set_parse(const char *yaml, size_t len, const char *file,
                                     sheaf_profile_set **set, sheaf_error *err)
{
	char        *name;
	sheaf_status status;

	if (!set)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the profiles");
	*set = NULL;
	if (!yaml || !file)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no text, or no name of the file");
	name = profile_default_name(file);
	if (!name)
		return sheaf_nomem(err);
	status = profile_set_parse(yaml, len, file, name, set, err);
	mem_free(name);
	return status;
}

sheaf_status sheaf_profile_set_read(const char *path, sheaf_profile_set **set, sheaf_error *err)
{
	buf          text = BUF_INIT(YAML_SIZE_MAX);
	sheaf_status status;

	if (!set || !path)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no path, or no place for the profiles");
	*set = NULL;
	status = file_read(path, &text, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_parse(buf_str(&text), text.len, path, set, err);
	buf_free(&text);
	return status;
}

void sheaf_profile_set_free(sheaf_profile_set *set)
{
	if (!set)
		return;
	arena_free(&set->arena);
	mem_free(set);
}

const sheaf_digest_settings *sheaf_profile_set_get_digest(const sheaf_profile_set *set)
{
	return set ? &set->digest : NULL;
}

size_t sheaf_profile_set_size(const sheaf_profile_set *set)
{
	return set ? set->count : 0;
}

const sheaf_profile *sheaf_profile_set_get(const sheaf_profile_set *set, size_t i)
{
	return set && i < set->count ? &set->profiles[i] : NULL;
}
