/* Opening and closing. */
#include <sheaf/database.h>

#include "alloc.h"
#include "analysis.h"
#include "connect.h"
#include "error.h"
#include "match_tally.h"
#include "schema.h"
#include "shadow.h"
#include "sql_error.h"
#include "store.h"

/* Before there is a file: one that could not be set up must not be left behind. */
static sheaf_status check_options(const sheaf_database_options *options, sheaf_error *err)
{
	sheaf_stem  *stem;
	sheaf_status status;

	if (options && (unsigned)options->stem_strategy > SHEAF_STEM_NONE)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no stem strategy %d",
		                  (int)options->stem_strategy);
	if (options && options->custom_stem)
		return SHEAF_OK;
	status = sheaf_stem_new(options ? options->stemmer : NULL, &stem, err);
	if (status == SHEAF_OK)
		sheaf_stem_free(stem);
	return status;
}

/* A bulk load that was killed has left merging switched off. */
static sheaf_status end_interrupted_bulk(sheaf_database *db, sheaf_error *err)
{
	int64_t      merges = 4;
	sheaf_status status = shadow_read_option(db, "automerge", &merges, err);

	return status == SHEAF_OK && !merges ? index_option(db, "automerge", 4, err) : status;
}

/* SQLite would read `:memory:` as no file at all. */
static char *plain_path(const char *path)
{
	buf plain = BUF_INIT(8192);

	buf_puts(&plain, *path == ':' ? "./" : "");
	buf_puts(&plain, path);
	return buf_take(&plain);
}

/*
 * The size of a page holds for files that are new. A document takes a quarter of a small page, so that
 * much of it would be left over, and each page costs a write to the log. What is dropped is not written over
 * with zeros, as some builds of SQLite do unless told: a merge frees a third of the file.
 */
#define JOURNAL                                                                          \
	"PRAGMA page_size = 8192; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;" \
	"PRAGMA secure_delete = OFF"

static sheaf_status open_schema(sheaf_database *db, const sheaf_database_options *options,
                                int version, sheaf_error *err)
{
	int64_t      settings = 0;
	int          rc;
	sheaf_status status = tokenizer_register(db, err);

	if (status == SHEAF_OK)
		status = match_register(db, err);
	if (status == SHEAF_OK)
		status = tally_register(db, err);
	if (status != SHEAF_OK || db->mode == SHEAF_DB_READ_ONLY)
		return status;
	rc = sqlite3_exec(db->sql, JOURNAL, NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		return sql_fail(db->sql, rc, err);
	status = schema_migrate(db->sql, version, err);
	if (status != SHEAF_OK)
		return status;
	/* A process may have been killed between making the tables and filling in the settings. */
	rc = connect_query_number(db->sql, "SELECT count(*) FROM meta", &settings);
	if (rc != SQLITE_OK)
		return sql_fail(db->sql, rc, err);
	return settings ? SHEAF_OK : database_initialise(db, options, err);
}

static sheaf_status open_all(sheaf_database *db, const sheaf_database_options *options,
                             sheaf_error *err)
{
	int          version = 0;
	sheaf_status status = connect_file(db, options, &version, err);

	if (status == SHEAF_OK)
		status = open_schema(db, options, version, err);
	if (status == SHEAF_OK)
		status = database_begin_read(db, err);
	if (status != SHEAF_OK)
		return status;
	status = database_load_tokenizer(db, err);
	database_end_read(db);
	if (status == SHEAF_OK && db->mode != SHEAF_DB_READ_ONLY && !db->for_reindex)
		status = end_interrupted_bulk(db, err);
	return status;
}

sheaf_status sheaf_database_open(const char *path, sheaf_db_mode mode,
                                 const sheaf_database_options *options, sheaf_database **out,
                                 sheaf_error *err)
{
	sheaf_database *db;
	sheaf_status    status = SHEAF_OK;

	*out = NULL;
	if (!path || !*path || (unsigned)mode > SHEAF_DB_CREATE_OR_OPEN)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no path, or no such mode");
	if (mode == SHEAF_DB_CREATE || mode == SHEAF_DB_CREATE_OR_OPEN)
		status = check_options(options, err);
	if (status != SHEAF_OK)
		return status;
	db = mem_calloc(1, sizeof *db);
	if (!db)
		return sheaf_nomem(err);
	db->lock = (file_lock)FILE_LOCK_INIT;
	db->mode = mode;
	db->data_version = -1;
	db->any_removed = -1;
	db->fingerprint = -1;
	db->for_reindex = options && options->for_reindex;
	db->custom_stem = options ? options->custom_stem : NULL;
	db->path = plain_path(path);
	status = db->path ? open_all(db, options, err) : sheaf_nomem(err);
	if (status != SHEAF_OK) {
		sheaf_database_close(db);
		return status;
	}
	*out = db;
	return SHEAF_OK;
}

void sheaf_database_close(sheaf_database *db)
{
	if (!db)
		return;
	sheaf_database_cancel_transaction(db);
	statement_finalize_all(db);
	sqlite3_close(db->sql);
	file_lock_release(&db->lock);
	values_clear(&db->values);
	ranking_clear(&db->ranking);
	df_cache_clear(&db->frequencies);
	positions_clear(&db->positions);
	analysis_free(db->analysis);
	analysis_free(db->stored_analysis);
	sheaf_document_free(db->stored);
	sheaf_stem_free(db->tokenizer.config.stem);
	mem_free(db->stemmer);
	mem_free(db->path);
	mem_free(db);
}

const char *sheaf_database_get_uuid(const sheaf_database *db)
{
	return db ? db->uuid : NULL;
}

const char *sheaf_database_get_path(const sheaf_database *db)
{
	return db ? db->path : NULL;
}

const char *sheaf_database_get_stemmer(const sheaf_database *db)
{
	return db ? db->stemmer : NULL;
}

/* Documents and their lengths, of all databases of the group. */
static sheaf_status sum_totals(sheaf_database *db, database_totals *sum, sheaf_error *err)
{
	sheaf_status status = group_begin_read(db, err);

	*sum = (database_totals){0};
	if (status != SHEAF_OK)
		return status;
	*sum = group_totals(db);
	group_end_read(db);
	return SHEAF_OK;
}

sheaf_status sheaf_database_get_doccount(sheaf_database *db, int64_t *count, sheaf_error *err)
{
	database_totals sum;
	sheaf_status    status = sum_totals(db, &sum, err);

	*count = sum.documents;
	return status;
}

sheaf_status sheaf_database_get_total_length(sheaf_database *db, int64_t *length, sheaf_error *err)
{
	database_totals sum;
	sheaf_status    status = sum_totals(db, &sum, err);

	*length = sum.length;
	return status;
}

sheaf_status sheaf_database_get_avlength(sheaf_database *db, double *length, sheaf_error *err)
{
	database_totals sum;
	sheaf_status    status = sum_totals(db, &sum, err);

	*length = sum.documents ? (double)sum.length / (double)sum.documents : 0;
	return status;
}

sheaf_status sheaf_database_get_revision(sheaf_database *db, sheaf_revision *rev, sheaf_error *err)
{
	sheaf_status status = database_begin_read(db, err);

	*rev = 0;
	if (status != SHEAF_OK)
		return status;
	*rev = db->totals.revision;
	database_end_read(db);
	return SHEAF_OK;
}
