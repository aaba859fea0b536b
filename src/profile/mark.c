/* mark.c: of which papers a person said that they belong to a profile, or do not. */
#include <sheaf/profile.h>
#include <string.h>

#include "arxiv_id.h"
#include "error.h"
#include "profile_private.h"
#include "store.h"

static sheaf_status read_id(const char *text, arxiv_id *id, sheaf_error *err)
{
	if (text && arxiv_id_parse(text, strlen(text), id))
		return SHEAF_OK;
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "'%.80s' is no arXiv id",
	                  text ? text : "");
}

/* Any word could be the name of a paper from elsewhere; one that is not there is a slip. */
static sheaf_status check_local(sheaf_database *db, const char *id, sheaf_error *err)
{
	sheaf_docid  docid;
	sheaf_error  why;
	sheaf_status status = sheaf_database_find_document(db, id, &docid, &why);

	if (status == SHEAF_ERROR_DOC_NOT_FOUND)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "'%.80s' is neither an arXiv id nor a paper of the database", id);
	if (status != SHEAF_OK && err)
		*err = why;
	return status;
}

static sheaf_status check(sheaf_database *db, const char *profile, sheaf_error *err)
{
	if (db && profile && *profile && strlen(profile) <= PROFILE_NAME_MAX)
		return SHEAF_OK;
	return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
	                  "no database, or no name of a profile");
}

sheaf_status sheaf_mark_put(sheaf_database *db, const char *profile, const char *text, int belongs,
                            sheaf_time now, sheaf_error *err)
{
	arxiv_id     id;
	sheaf_status status = check(db, profile, err);

	if (status == SHEAF_OK)
		status = read_id(text, &id, err);
	if (status == SHEAF_OK && !id.year)
		status = check_local(db, id.id, err);
	if (status != SHEAF_OK)
		return status;
	return store_mark_put(db, &(mark_row){profile, id.id, belongs != 0, now}, err);
}

sheaf_status sheaf_mark_remove(sheaf_database *db, const char *profile, const char *text,
                               int64_t *removed, sheaf_error *err)
{
	arxiv_id     id;
	int64_t      count = 0;
	sheaf_status status = check(db, profile, err);

	if (removed)
		*removed = 0;
	if (status == SHEAF_OK && text)
		status = read_id(text, &id, err);
	if (status == SHEAF_OK)
		status = store_mark_remove(db, profile, text ? id.id : NULL, &count, err);
	if (removed)
		*removed = count;
	return status;
}

typedef struct walk {
	sheaf_mark_fn fn;
	void         *ctx;
} walk;

static int pass_on(void *ctx, const mark_row *row)
{
	const walk *w = ctx;
	sheaf_mark  mark = {row->profile, row->id, row->belongs, row->marked};

	return w->fn(w->ctx, &mark);
}

sheaf_status sheaf_mark_each(sheaf_database *db, const char *profile, sheaf_mark_fn fn, void *ctx,
                             sheaf_error *err)
{
	walk w = {fn, ctx};

	if (!db || !fn)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no database or no function");
	return store_mark_each(db, profile, pass_on, &w, err);
}
