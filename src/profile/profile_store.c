/* profile_store.c: profile files kept in a database, under the names of their digests. */
#include <string.h>

#include "alloc.h"
#include "buf.h"
#include "error.h"
#include "profile_private.h"
#include "store.h"

sheaf_status sheaf_profile_set_store(sheaf_database *db, const sheaf_profile_set *set,
                                     sheaf_error *err)
{
	if (!db || !set)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no profiles");
	return store_profile_set_put(db, set->digest.name, set->yaml, err);
}

sheaf_status sheaf_profile_set_remove(sheaf_database *db, const char *name, sheaf_error *err)
{
	const char  *none = NULL;
	char        *yaml = NULL;
	int          own;
	sheaf_status status = sheaf_profile_set_get_text(db, name, &yaml, err);

	if (status != SHEAF_OK)
		return status;
	mem_free(yaml);
	own = !store_in_transaction(db);
	status = own ? sheaf_database_begin_transaction(db, err) : SHEAF_OK;
	if (status != SHEAF_OK)
		return status;
	status = store_profile_state_keep(db, name, &none, 0, err);
	if (status == SHEAF_OK)
		status = store_profile_set_remove(db, name, err);
	if (own && status == SHEAF_OK)
		return sheaf_database_commit_transaction(db, err);
	if (own)
		sheaf_database_cancel_transaction(db);
	return status;
}

sheaf_status sheaf_profile_set_get_text(sheaf_database *db, const char *name, char **yaml,
                                        sheaf_error *err)
{
	sheaf_status status;

	if (!yaml)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the text");
	*yaml = NULL;
	if (!db || !name)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no name");
	status = store_profile_set_get(db, name, yaml, err);
	if (status == SHEAF_OK && !*yaml)
		return sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                  "no profiles are stored under '%.200s'", name);
	return status;
}

sheaf_status sheaf_profile_set_each(sheaf_database *db, sheaf_profile_set_fn fn, void *ctx,
                                    sheaf_error *err)
{
	if (!db || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no function");
	return store_profile_set_each(db, fn, ctx, err);
}

/* The names of what is stored. */
typedef struct found {
	buf    names; /* joined ", " */
	char  *first;
	size_t count;
} found;

static int note_name(void *ctx, const char *name)
{
	found *f = ctx;

	if (f->count++)
		buf_puts(&f->names, ", ");
	else
		f->first = mem_strdup(name);
	buf_puts(&f->names, name);
	return 0;
}

/* The name of the only set; mem_free() it. */
static sheaf_status only_name(sheaf_database *db, char **name, sheaf_error *err)
{
	found        f = {BUF_INIT(0), NULL, 0};
	sheaf_status status = store_profile_set_each(db, note_name, &f, err);

	*name = NULL;
	if (status == SHEAF_OK)
		status = buf_status(&f.names, err);
	if (status == SHEAF_OK && !f.count)
		status = sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                    "no profiles are stored in the database: give a profile file");
	if (status == SHEAF_OK && f.count > 1)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "several profile sets are stored (%.200s): name one",
		                    f.names.data);
	if (status == SHEAF_OK && !f.first)
		status = sheaf_nomem(err);
	if (status == SHEAF_OK)
		*name = f.first;
	else
		mem_free(f.first);
	buf_free(&f.names);
	return status;
}

sheaf_status sheaf_profile_set_load(sheaf_database *db, const char *name, sheaf_profile_set **set,
                                    sheaf_error *err)
{
	char        *yaml = NULL, *only = NULL;
	sheaf_status status = SHEAF_OK;

	if (!set)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the profiles");
	*set = NULL;
	if (!db)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database");
	if (!name) {
		status = only_name(db, &only, err);
		name = only;
	}
	if (status == SHEAF_OK)
		status = store_profile_set_get(db, name, &yaml, err);
	if (status == SHEAF_OK && !yaml)
		status = sheaf_fail(err, SHEAF_ERROR_DOC_NOT_FOUND,
		                    "no profiles are stored under '%.200s'", name);
	if (status == SHEAF_OK)
		status = profile_set_parse(yaml, strlen(yaml), name, name, set, err);
	mem_free(yaml);
	mem_free(only);
	return status;
}
