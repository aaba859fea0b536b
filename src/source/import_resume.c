#include "import_resume.h"

#include <stdlib.h>
#include <sys/stat.h>

#include "alloc.h"
#include "str.h"

/* 1 where it is the file that is remembered, and was not written to since. */
static int is_same(const char *path, const import_row *row)
{
	struct stat st;

	return stat(path, &st) == 0 && S_ISREG(st.st_mode) && row->size == st.st_size &&
	       row->modified == (int64_t)st.st_mtim.tv_sec * 1000000000 + st.st_mtim.tv_nsec;
}

sheaf_status import_resume_begin(import_resume *r, sheaf_database *db, const char *path,
                                 import_row *from, sheaf_error *err)
{
	const import_row none = {.newest = SHEAF_TIME_NONE};
	sheaf_status     status;

	import_resume_end(r);
	*from = r->at = none;
	r->path = str_eq(path, "-") ? NULL : realpath(path, NULL);
	if (!r->path)
		return SHEAF_OK;
	status = store_import_get(db, r->path, &r->at, &r->remembered, err);
	if (status == SHEAF_OK && r->remembered && is_same(r->path, &r->at))
		*from = r->at;
	r->at = none;
	return status;
}

void import_resume_advance(import_resume *r, const import_row *at)
{
	if (!r->path || !at->bytes)
		return;
	r->at = *at;
	r->changed = 1;
}

void import_resume_lose(import_resume *r)
{
	mem_free(r->path);
	r->path = NULL;
	r->changed = 0;
}

sheaf_status import_resume_save(import_resume *r, sheaf_database *db, sheaf_error *err)
{
	sheaf_status status;

	if (!r->changed)
		return SHEAF_OK;
	status = store_import_put(db, r->path, &r->at, err);
	if (status == SHEAF_OK) {
		r->remembered = 1;
		r->changed = 0;
	}
	return status;
}

int import_resume_is_remembered(const import_resume *r)
{
	return r->path && r->remembered;
}

sheaf_status import_resume_forget(import_resume *r, sheaf_database *db, sheaf_error *err)
{
	r->changed = 0;
	return store_import_remove(db, r->path, err);
}

void import_resume_end(import_resume *r)
{
	mem_free(r->path);
	*r = (import_resume){0};
}
