#include "profile_source.h"

#include <string.h>

#include "error.h"
#include "str.h"

sheaf_status profile_source(session *s, const char *file, sheaf_profile_set **set, sheaf_error *err)
{
	sheaf_status status;

	if (!file)
		return sheaf_profile_set_load(s->db, NULL, set, err);
	status = sheaf_profile_set_read(file, set, err);
	if (status == SHEAF_OK)
		status = sheaf_profile_set_store(s->db, *set, err);
	if (status != SHEAF_OK) {
		sheaf_profile_set_free(*set);
		*set = NULL;
	}
	return status;
}

/* The names of the stored sets. */
typedef struct names {
	session     *s;
	const char **items;
	size_t       count, size;
	int          failed; /* out of memory */
} names;

static int keep_name(void *ctx, const char *name)
{
	names *n = ctx;

	if (n->count == n->size) {
		const char **grown = arena_calloc(n->s->arena, 2 * n->size + 8, sizeof *grown);

		if (grown && n->count)
			memcpy(grown, n->items, n->count * sizeof *grown);
		n->items = grown ? grown : n->items;
		n->size = grown ? 2 * n->size + 8 : n->size;
		n->failed |= !grown;
	}
	if (!n->failed)
		n->items[n->count] = arena_strdup(n->s->arena, name);
	n->failed |= !n->failed && !n->items[n->count];
	n->count += !n->failed;
	return n->failed;
}

static sheaf_status make_room(session *s, profile_sets *sets, size_t count, sheaf_error *err)
{
	sets->items = arena_calloc(s->arena, count + 1, sizeof(sheaf_profile_set *));
	sets->files = arena_calloc(s->arena, count + 1, sizeof *sets->files);
	return sets->items && sets->files ? SHEAF_OK : sheaf_nomem(err);
}

static sheaf_status load_stored(session *s, profile_sets *sets, sheaf_error *err)
{
	names        n = {.s = s};
	sheaf_status status = sheaf_profile_set_each(s->db, keep_name, &n, err);

	if (n.failed)
		return sheaf_nomem(err);
	if (status == SHEAF_OK && !n.count)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                  "no profiles are stored in the database: give a profile file");
	if (status == SHEAF_OK)
		status = make_room(s, sets, n.count, err);
	for (size_t i = 0; status == SHEAF_OK && i < n.count; i++) {
		status = sheaf_profile_set_load(s->db, n.items[i], &sets->items[i], err);
		sets->count = i + 1;
	}
	return status;
}

static sheaf_status check_digest(const profile_sets *sets, size_t i, sheaf_error *err)
{
	const char *name = sheaf_profile_set_get_digest(sets->items[i])->name;

	for (size_t j = 0; j < i; j++)
		if (str_eq(sheaf_profile_set_get_digest(sets->items[j])->name, name))
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                  "%s and %s are both for the digest '%.80s': give one of "
			                  "them another name",
			                  sets->files[j], sets->files[i], name);
	return SHEAF_OK;
}

static sheaf_status store_all(session *s, const profile_sets *sets, sheaf_error *err)
{
	sheaf_status status = sheaf_database_begin_transaction(s->db, err);

	if (status != SHEAF_OK)
		return status;
	for (size_t i = 0; status == SHEAF_OK && i < sets->count; i++)
		status = sheaf_profile_set_store(s->db, sets->items[i], err);
	if (status == SHEAF_OK)
		return sheaf_database_commit_transaction(s->db, err);
	sheaf_database_cancel_transaction(s->db);
	return status;
}

sheaf_status profile_sources(session *s, const option_list *files, int store, profile_sets *sets,
                             sheaf_error *err)
{
	sheaf_status status;

	*sets = (profile_sets){NULL, NULL, 0};
	if (!files->count)
		return load_stored(s, sets, err);
	status = make_room(s, sets, files->count, err);
	for (size_t i = 0; status == SHEAF_OK && i < files->count; i++) {
		sets->files[i] = files->items[i];
		status = sheaf_profile_set_read(files->items[i], &sets->items[i], err);
		sets->count = i + 1;
		if (status == SHEAF_OK)
			status = check_digest(sets, i, err);
	}
	if (status == SHEAF_OK && store)
		status = store_all(s, sets, err);
	return status;
}

void profile_sets_free(profile_sets *sets)
{
	while (sets->count)
		sheaf_profile_set_free(sets->items[--sets->count]);
}
