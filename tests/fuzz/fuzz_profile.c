/*
 * Any bytes as a profile file: it is refused in one clean line that names the file, or it is a set
 * that keeps every promise of sheaf/profile.h, and whose text reads again to the same set. A check of
 * all mistakes agrees with that.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "hash.h"
#include "profile_private.h"
#include "str.h"
#include "utf8.h"

enum { LONGEST = 1 << 16 };

#define FILE_NAME "topics.yaml"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void require(int condition)
{
	if (!condition)
		abort();
}

static void require_one_line(const char *text)
{
	require(utf8_valid_prefix(text, strlen(text)) == strlen(text));
	for (; *text; text++)
		require((unsigned char)*text >= 0x20 && *text != 0x7F);
}

static uint64_t add(uint64_t hash, const char *text)
{
	/* With the NUL, which keeps "ab", "c" apart from "a", "bc". Nothing is not "". */
	text = text ? text : "\xFF";
	return hash_bytes(hash, text, strlen(text) + 1);
}

static uint64_t add_number(uint64_t hash, int64_t number)
{
	return hash_bytes(hash, &number, sizeof number);
}

/* A query that was accepted can be parsed later, and finds something to search for. */
static uint64_t add_query(uint64_t hash, const char *text)
{
	sheaf_query *query;

	if (text) {
		require(strlen(text) <= PROFILE_QUERY_MAX);
		require(profile_parse_query(NULL, NULL, text, &query, NULL) == SHEAF_OK);
		require(!sheaf_query_empty(query));
		sheaf_query_free(query);
	}
	return add(hash, text);
}

static uint64_t add_digest(uint64_t hash, const sheaf_digest_settings *d)
{
	require(d->name && *d->name && strlen(d->name) <= PROFILE_NAME_MAX);
	require_one_line(d->name);
	require(d->title != NULL);
	require(d->limit >= 0);
	require(!d->link || strstr(d->link, "{id}"));
	require(d->assign == SHEAF_ASSIGN_BEST || d->assign == SHEAF_ASSIGN_ALL);
	require(d->match == SHEAF_MATCH_QUERY || d->match == SHEAF_MATCH_KEYWORDS);
	require(d->order == SHEAF_ORDER_SUBMITTED || d->order == SHEAF_ORDER_RELEVANCE);
	hash = add(add(add(add(hash, d->name), d->title), d->intro), d->fallback);
	hash = add_query(add(hash, d->link), d->select);
	require(d->score == SHEAF_SCORE_BM25 || d->score == SHEAF_SCORE_WEIGHTS);
	hash = add_number(add_number(hash, (int64_t)d->assign), (int64_t)d->match);
	hash = add_number(hash, (int64_t)d->score);
	return add_number(add_number(add_number(hash, d->limit), (int64_t)d->order), d->escape);
}

static uint64_t add_profile(uint64_t hash, const sheaf_profile *p, sheaf_match match, int lines)
{
	require(p->name && *p->name && strlen(p->name) <= PROFILE_NAME_MAX);
	require_one_line(p->name);
	require(p->heading != NULL);
	require(match == SHEAF_MATCH_KEYWORDS ? p->keyword_count > 0 : p->query != NULL);
	require(p->min_percent >= 0 && p->min_percent <= 100);
	require(p->max >= 0 && p->line >= 1);
	for (size_t i = 0; i < p->keyword_count; i++) {
		require(p->keywords[i] && *p->keywords[i]);
		hash = add(hash, p->keywords[i]);
	}
	hash = add_query(add(add(hash, p->name), p->heading), p->query);
	hash = add_query(add_query(hash, p->exclude), p->require);
	for (size_t i = 0; i < p->must_count; i++)
		hash = add(hash, p->must[i]);
	for (size_t i = 0; i < p->mustnot_count; i++)
		hash = add(hash, p->mustnot[i]);
	require(p->bias <= PROFILE_NUMBER_MAX && p->bias >= -PROFILE_NUMBER_MAX);
	hash = add_number(hash_bytes(hash, &p->bias, sizeof p->bias), p->include);
	return add_number(add_number(add_number(hash, p->min_percent), p->max),
	                  lines ? p->line : 0);
}

/* A hash of all that the set says, with `lines` also where. */
static uint64_t look_at(const sheaf_profile_set *set, int lines)
{
	const sheaf_digest_settings *digest = sheaf_profile_set_get_digest(set);
	uint64_t                     hash = add_digest(HASH_SEED, digest);
	size_t                       size = sheaf_profile_set_size(set);

	require(size > 0);
	require(sheaf_profile_set_get(set, size) == NULL);
	for (size_t i = 0; i < size; i++)
		hash = add_profile(hash, sheaf_profile_set_get(set, i), digest->match, lines);
	return hash;
}

/* What is written of a set reads back to it. */
static void require_written(const sheaf_profile_set *set)
{
	sheaf_profile_set *again;
	char              *yaml;

	require(sheaf_profile_set_to_yaml(set, &yaml, NULL) == SHEAF_OK);
	require(sheaf_profile_set_parse(yaml, strlen(yaml), "other.yaml", &again, NULL) ==
	        SHEAF_OK);
	require(look_at(set, 0) == look_at(again, 0));
	sheaf_profile_set_free(again);
	sheaf_free(yaml);
}

/* What a check said. */
typedef struct told {
	size_t errors;
	long   line;
} told;

static int look_at_problem(void *ctx, const sheaf_profile_problem *problem)
{
	told *t = ctx;

	require(problem->line >= t->line && *problem->message);
	require(problem->severity == SHEAF_SEVERITY_ERROR ||
	        problem->severity == SHEAF_SEVERITY_WARNING);
	t->line = problem->line;
	t->errors += problem->severity == SHEAF_SEVERITY_ERROR;
	return 0;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	sheaf_profile_set *set, *again;
	sheaf_error        err = {0};
	sheaf_status       status;
	told               t = {0, 1};

	if (size > LONGEST)
		return 0;
	require(sheaf_profile_check(size ? (const char *)data : "", size, FILE_NAME,
	                            look_at_problem, &t, NULL) == SHEAF_OK);
	status = sheaf_profile_set_parse(size ? (const char *)data : "", size, FILE_NAME, &set,
	                                 &err);
	if (status != SHEAF_OK) {
		require(status == SHEAF_ERROR_CONFIG && err.status == status && !set);
		require(str_starts(err.message, FILE_NAME ":"));
		require(t.errors > 0);
		require_one_line(err.message);
		return 0;
	}
	require(sheaf_profile_set_parse(set->yaml, size, FILE_NAME, &again, NULL) == SHEAF_OK);
	require(look_at(set, 1) == look_at(again, 1));
	sheaf_profile_set_free(again);
	require_written(set);
	sheaf_profile_set_free(set);
	return 0;
}
