#include "databases.h"

#include <sys/stat.h>

#include "error.h"
#include "paths.h"
#include "str.h"

/* Says what to run where a command that only reads finds no database. */
static sheaf_status open_at(session *s, const char *path, const db_request *request,
                            sheaf_database **db, sheaf_error *err)
{
	static const sheaf_db_mode modes[] = {[DB_READ] = SHEAF_DB_READ_ONLY,
	                                      [DB_WRITE] = SHEAF_DB_OPEN,
	                                      [DB_CREATE] = SHEAF_DB_CREATE_OR_OPEN,
	                                      [DB_NEW] = SHEAF_DB_CREATE};
	sheaf_status               status;

	console_detail(s->console, "database %s", path);
	status = sheaf_database_open(path, modes[request->need], &request->options, db, err);
	if (status == SHEAF_ERROR_DATABASE_NOT_FOUND)
		return sheaf_fail(
			err, status,
			"%s: no database there; run 'sheaf import FILE' or 'sheaf harvest' first",
			path);
	return status;
}

/* Refuses a database that would count its papers twice. */
static sheaf_status check_new(const session *s, size_t given, sheaf_error *err)
{
	const sheaf_database *last = s->others[given - 1], *earlier = s->db;

	for (size_t i = 0; earlier != last; earlier = s->others[i++])
		if (str_eq(sheaf_database_get_uuid(earlier), sheaf_database_get_uuid(last)))
			return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
			                  "%s: the same database as %s, or a copy of it",
			                  sheaf_database_get_path(last),
			                  sheaf_database_get_path(earlier));
	return SHEAF_OK;
}

/* Opens the rest of --db, for which the first answers, too. */
static sheaf_status join_databases(session *s, const db_request *request, sheaf_error *err)
{
	const option_list *dbs = &s->globals.dbs;
	sheaf_status       status = SHEAF_OK;

	if (dbs->count < 2)
		return SHEAF_OK;
	s->others = arena_calloc(s->arena, dbs->count, sizeof *s->others);
	if (!s->others)
		return sheaf_nomem(err);
	for (size_t i = 1; i < dbs->count && status == SHEAF_OK; i++) {
		status = open_at(s, dbs->items[i], request, &s->others[i - 1], err);
		if (status == SHEAF_OK)
			status = check_new(s, i, err);
		if (status == SHEAF_OK)
			status = sheaf_database_add_database(s->db, s->others[i - 1], err);
	}
	return status;
}

/* The first borrows the others. */
void databases_close(session *s)
{
	sheaf_database_close(s->db);
	for (sheaf_database **other = s->others; other && *other; other++)
		sheaf_database_close(*other);
}

sheaf_status databases_open(session *s, const db_request *request, sheaf_error *err)
{
	buf          path = BUF_INIT(4096);
	sheaf_status status;

	if (request->need == DB_NONE)
		return SHEAF_OK;
	status = settings_get(s, SETTING_DB, &path, NULL, err);
	if (status == SHEAF_OK && !path.len)
		status = sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                    "the path of the database is empty");
	if (status == SHEAF_OK && !(s->db_path = arena_strdup(s->arena, buf_str(&path))))
		status = sheaf_nomem(err);
	buf_free(&path);
	if (status == SHEAF_OK && request->need >= DB_CREATE)
		status = paths_make_parent(s->db_path, err);
	if (status == SHEAF_OK)
		status = open_at(s, s->db_path, request, &s->db, err);
	return status == SHEAF_OK ? join_databases(s, request, err) : status;
}

int64_t databases_bytes(const session *s)
{
	struct stat about;

	return stat(s->db_path, &about) == 0 ? (int64_t)about.st_size : 0;
}
