#include "connect.h"

#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"
#include "error.h"
#include "schema.h"
#include "sql_error.h"
#include "str.h"

enum { BUSY_TIMEOUT_MS = 5000 };

/*
 * In KiB. Whoever asks once reads hardly a page twice, and memory that is used again costs less than
 * more of it; transaction.c gives more to whoever asks often.
 */
#define CACHE_OF_READER "PRAGMA cache_size = -512"
/* Most of what a writer writes it does not look at again: what is over goes to the log. */
#define CACHE_OF_WRITER "PRAGMA cache_size = -20480"

static int may_create(sheaf_db_mode mode)
{
	return mode == SHEAF_DB_CREATE || mode == SHEAF_DB_CREATE_OR_OPEN;
}

static long busy_timeout(const sheaf_database_options *options)
{
	if (!options || !options->busy_timeout_ms)
		return BUSY_TIMEOUT_MS;
	return options->busy_timeout_ms < 0 ? 0 : options->busy_timeout_ms;
}

static sheaf_status check_file(const char *path, sheaf_db_mode mode, sheaf_error *err)
{
	struct stat st;

	if (stat(path, &st) != 0) {
		if (errno != ENOENT && errno != ENOTDIR)
			return sheaf_fail(err, SHEAF_ERROR_IO, "%s: %s", path, strerror(errno));
		if (mode == SHEAF_DB_READ_ONLY || mode == SHEAF_DB_OPEN)
			return sheaf_fail(err, SHEAF_ERROR_DATABASE_NOT_FOUND,
			                  "%s: no such database", path);
		return SHEAF_OK;
	}
	if (!S_ISREG(st.st_mode))
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_OPENING, "%s: not a sheaf database",
		                  path);
	if (mode == SHEAF_DB_CREATE)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_OPERATION, "%s: there is a file already",
		                  path);
	return SHEAF_OK;
}

/* One writer at a time, for as long as it has the database open. */
static sheaf_status take_lock(sheaf_database *db, long timeout_ms, sheaf_error *err)
{
	buf          path = BUF_INIT(8192);
	long         holder = 0;
	sheaf_status status;

	buf_printf(&path, "%s-lock", db->path);
	status = buf_status(&path, err);
	if (status == SHEAF_OK)
		status = file_lock_take(&db->lock, path.data, timeout_ms, &holder, err);
	if (status == SHEAF_ERROR_DATABASE_LOCKED)
		status = sheaf_fail(err, status, "%s: process %ld is writing; try again later",
		                    db->path, holder);
	buf_free(&path);
	return status;
}

int connect_query_number(sqlite3 *sql, const char *text, int64_t *number)
{
	sqlite3_stmt *stmt;
	int           rc = sqlite3_prepare_v2(sql, text, -1, &stmt, NULL);

	if (rc == SQLITE_OK) {
		rc = sqlite3_step(stmt);
		if (rc == SQLITE_ROW)
			*number = sqlite3_column_int64(stmt, 0);
		rc = rc == SQLITE_ROW || rc == SQLITE_DONE ? SQLITE_OK : rc;
	}
	sqlite3_finalize(stmt);
	return rc;
}

/* What has to hold before anything is read, whatever SQLite was built with or the program set for all connections. */
static int set_up(sheaf_database *db, long timeout_ms)
{
	int rc = sqlite3_busy_timeout(db->sql, (int)timeout_ms);

	sqlite3_extended_result_codes(db->sql, 1);
	sqlite3_db_config(db->sql, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
	sqlite3_db_config(db->sql, SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0, NULL);
	sqlite3_db_config(db->sql, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(
			db->sql,
			"PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY; PRAGMA mmap_size = 0",
			NULL, NULL, NULL);
	return rc;
}

/* `file:` with what a URI would misread percent-encoded. */
static void put_uri(const char *path, buf *uri)
{
	buf_puts(uri, "file:");
	for (const char *p = path; *p; p++) {
		if (str_is_alpha((unsigned char)*p) || str_is_digit((unsigned char)*p) ||
		    strchr("/._-", *p))
			buf_putc(uri, *p);
		else
			buf_printf(uri, "%%%02X", (unsigned)(unsigned char)*p);
	}
	buf_puts(uri, "?immutable=1");
}

static int open_file(sheaf_database *db, int immutable, long timeout_ms)
{
	int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, rc = SQLITE_NOMEM;
	buf uri = BUF_INIT(16384);

	if (db->mode == SHEAF_DB_READ_ONLY)
		flags |= SQLITE_OPEN_READONLY;
	else
		flags |= SQLITE_OPEN_READWRITE | (may_create(db->mode) ? SQLITE_OPEN_CREATE : 0);
	sqlite3_close(db->sql);
	db->sql = NULL;
	if (!immutable) {
		rc = sqlite3_open_v2(db->path, &db->sql, flags, NULL);
	} else {
		put_uri(db->path, &uri);
		if (uri.status == SHEAF_OK)
			rc = sqlite3_open_v2(uri.data, &db->sql, flags | SQLITE_OPEN_URI, NULL);
	}
	buf_free(&uri);
	return rc == SQLITE_OK ? set_up(db, timeout_ms) : rc;
}

/*
 * What the file says it is: `application` and `version` of its header; `objects` in its schema,
 * counted only where these are 0.
 */
typedef struct file_identity {
	int64_t application, version, objects;
} file_identity;

static int read_identity(sheaf_database *db, file_identity *id)
{
	const char *cache = db->mode == SHEAF_DB_READ_ONLY ? CACHE_OF_READER : CACHE_OF_WRITER;
	int         rc = connect_query_number(db->sql, "PRAGMA application_id", &id->application);

	if (rc == SQLITE_OK)
		rc = connect_query_number(db->sql, "PRAGMA user_version", &id->version);
	if (rc == SQLITE_OK && !id->application && !id->version)
		rc = connect_query_number(db->sql, "SELECT count(*) FROM sqlite_master",
		                          &id->objects);
	return rc == SQLITE_OK ? sqlite3_exec(db->sql, cache, NULL, NULL, NULL) : rc;
}

/* In one snapshot: each statement by itself would take and leave all locks anew. */
static int identify(sheaf_database *db, file_identity *id)
{
	int rc = sqlite3_exec(db->sql, "BEGIN", NULL, NULL, NULL);

	if (rc == SQLITE_OK)
		rc = read_identity(db, id);
	return rc == SQLITE_OK ? sqlite3_exec(db->sql, "COMMIT", NULL, NULL, NULL) : rc;
}

/*
 * A reader in a folder it may not write to has nowhere to put WAL's shared memory. Where no log
 * lies beside the file, no writer has left anything there either, and the file can be read as one
 * that does not change.
 */
static int may_read_as_is(const sheaf_database *db, int rc)
{
	buf         log = BUF_INIT(8192);
	struct stat st;
	int         empty;

	if (db->mode != SHEAF_DB_READ_ONLY ||
	    ((rc & 0xFF) != SQLITE_CANTOPEN && (rc & 0xFF) != SQLITE_READONLY))
		return 0;
	buf_printf(&log, "%s-wal", db->path);
	empty = log.status == SHEAF_OK && (stat(log.data, &st) != 0 || st.st_size == 0);
	buf_free(&log);
	return empty;
}

static sheaf_status check_identity(sheaf_database *db, const file_identity *id, sheaf_error *err)
{
	int current = schema_version();
	int empty = !id->application && !id->version && !id->objects;

	if (empty && may_create(db->mode))
		return SHEAF_OK;
	if (id->application != SCHEMA_APPLICATION_ID)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_OPENING, "%s: not a sheaf database",
		                  db->path);
	if (id->version < 1)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                  "%s: its header is damaged; restore a backup", db->path);
	if (id->version > current)
		return sheaf_fail(
			err, SHEAF_ERROR_DATABASE_VERSION,
			"%s: made by a newer sheaf (schema %lld, this one knows %d); update sheaf",
			db->path, (long long)id->version, current);
	/* A reader cannot migrate, and a writer would only find that the index is of no use. */
	if (id->version < SCHEMA_REINDEX && (db->mode == SHEAF_DB_READ_ONLY || !db->for_reindex))
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_VERSION,
		                  "%s: made by an older sheaf (schema %lld); run 'sheaf reindex'",
		                  db->path, (long long)id->version);
	if (id->version < current && db->mode == SHEAF_DB_READ_ONLY)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_VERSION,
		                  "%s: made by an older sheaf (schema %lld), and cannot be written "
		                  "to now; run 'sheaf compact' where it can",
		                  db->path, (long long)id->version);
	return SHEAF_OK;
}

/* What is missing in a file that is read is added in a moment, by whoever may write to it. */
static int bring_up(sheaf_database *db, const sheaf_database_options *options, file_identity *id)
{
	sheaf_database *writer;

	if (db->mode != SHEAF_DB_READ_ONLY || id->application != SCHEMA_APPLICATION_ID ||
	    id->version < SCHEMA_REINDEX || id->version >= schema_version() ||
	    sheaf_database_open(db->path, SHEAF_DB_OPEN, options, &writer, NULL) != SHEAF_OK)
		return SQLITE_OK;
	sheaf_database_close(writer);
	return identify(db, id);
}

sheaf_status connect_file(sheaf_database *db, const sheaf_database_options *options, int *version,
                          sheaf_error *err)
{
	file_identity id = {0, 0, 0};
	long          timeout_ms = busy_timeout(options);
	int           rc;
	sheaf_status  status = check_file(db->path, db->mode, err);

	if (status == SHEAF_OK && db->mode != SHEAF_DB_READ_ONLY)
		status = take_lock(db, timeout_ms, err);
	/* Whoever held the lock may have made the file. */
	if (status == SHEAF_OK && db->mode == SHEAF_DB_CREATE)
		status = check_file(db->path, db->mode, err);
	if (status != SHEAF_OK)
		return status;
	rc = open_file(db, 0, timeout_ms);
	if (rc == SQLITE_OK)
		rc = identify(db, &id);
	if (may_read_as_is(db, rc)) {
		rc = open_file(db, 1, timeout_ms);
		if (rc == SQLITE_OK)
			rc = identify(db, &id);
	}
	if (rc == SQLITE_OK)
		rc = bring_up(db, options, &id);
	if ((rc & 0xFF) == SQLITE_CANTOPEN || (rc & 0xFF) == SQLITE_READONLY)
		return sheaf_fail(err, SHEAF_ERROR_IO,
		                  "%s: %s, or its folder may not be written to", db->path,
		                  db->sql ? sqlite3_errmsg(db->sql) : sqlite3_errstr(rc));
	if (rc != SQLITE_OK)
		return sql_fail(db->sql, rc, err);
	*version = (int)id.version;
	return check_identity(db, &id, err);
}
