/* Rebuilding what is derived from the documents, and compacting. */
#include "database_private.h"
#include "error.h"
#include "ranking_write.h"
#include "row.h"
#include "shadow.h"
#include "store_batch.h"

/* The documents of a reindex on their way through. */
typedef struct rebuilding {
	sheaf_document *doc;
	analysis       *x;
	store_batch    *batch; /* takes the postings; NULL: FTS5 does, one document at a time */
} rebuilding;

static sheaf_status set_up(sheaf_database *db, rebuilding *r, sheaf_error *err)
{
	size_t       page_size;
	int          known;
	sheaf_status status = shadow_is_known(db, &known, &page_size, err);

	r->x = analysis_new();
	if (status == SHEAF_OK && !r->x)
		status = sheaf_nomem(err);
	if (status == SHEAF_OK)
		status = sheaf_document_new(&r->doc, err);
	return status == SHEAF_OK && known ? store_batch_new(&r->batch, err) : status;
}

static void tear_down(sheaf_database *db, rebuilding *r)
{
	if (db->batch == r->batch)
		db->batch = NULL;
	store_batch_free(r->batch);
	sheaf_document_free(r->doc);
	analysis_free(r->x);
}

static sheaf_status add_postings(sheaf_database *db, rebuilding *r, sheaf_error *err)
{
	store_batch *b = r->batch;
	uint32_t     number;
	sheaf_status status;

	if (!b)
		return index_insert(db, r->doc->revision, r->x, err);
	status = batch_open(db, b, err);
	if (status == SHEAF_OK)
		status = batch_describe(b, r->x, err);
	if (status != SHEAF_OK)
		return status;
	number = (uint32_t)inverter_documents(b->inverter) - 1;
	return batch_note(b, number, r->doc->revision, err);
}

static sheaf_status analyse(sheaf_database *db, rebuilding *r, sheaf_error *err)
{
	const tokens_config *config = &db->tokenizer.config;

	return r->batch ? analysis_invert(config, r->doc, r->x, r->batch->inverter, err)
	                : analysis_run(config, r->doc, r->x, err);
}

/* Analyses the document anew and writes its terms, values and postings. */
static sheaf_status reindex_one(sheaf_database *db, rebuilding *r, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = analyse(db, r, err);

	if (status == SHEAF_OK)
		status = statement_get(db, STMT_DOCUMENT_SET_TERMS, &stmt, err);
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, r->doc->docid);
	sqlite3_bind_text(stmt, 2, r->x->text[COLUMN_TERMS].data + 1,
	                  (int)r->x->text[COLUMN_TERMS].len - 1, SQLITE_STATIC);
	status = statement_run(db, stmt, err);
	if (status == SHEAF_OK)
		status = add_postings(db, r, err);
	if (status == SHEAF_OK)
		status = values_put(db, r->doc->revision, r->x->length, r->doc, err);
	if (status == SHEAF_OK)
		status = value_ranges_put_docid(db, r->doc->revision, r->doc->docid, err);
	if (status != SHEAF_OK)
		return status;
	db->totals.documents++;
	db->totals.length += r->x->length;
	if (r->doc->revision > db->totals.revision)
		db->totals.revision = r->doc->revision;
	if (r->batch && store_batch_is_full(r->batch, 0))
		return store_batch_write(db, r->batch, err);
	return SHEAF_OK;
}

/* Reads the document with the next revision; *row 0 where there is none. */
static sheaf_status read_next(sheaf_database *db, sheaf_revision after, sheaf_document *doc,
                              int *row, sheaf_error *err)
{
	sqlite3_stmt *stmt;
	sheaf_status  status = statement_get(db, STMT_DOCUMENT_AFTER, &stmt, err);

	*row = 0;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, after);
	status = statement_step(db, stmt, row, err);
	if (status == SHEAF_OK && *row)
		status = row_read(stmt, doc, err);
	statement_reset(stmt);
	if (status == SHEAF_OK && *row && (doc->revision < 1 || doc->revision > REVISION_MAX))
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "%s: impossible revision %lld; restore a backup", db->path,
		                    (long long)doc->revision);
	return status;
}

static sheaf_status reindex_each(sheaf_database *db, rebuilding *r, sheaf_error *err)
{
	sheaf_revision revision = INT64_MIN;
	int            row;
	sheaf_status   status = read_next(db, revision, r->doc, &row, err);

	while (status == SHEAF_OK && row) {
		revision = r->doc->revision;
		status = reindex_one(db, r, err);
		if (status == SHEAF_OK)
			status = read_next(db, revision, r->doc, &row, err);
	}
	if (status == SHEAF_OK && r->batch)
		status = store_batch_write(db, r->batch, err);
	return status;
}

/* One merge at the end is enough, as in a bulk load. */
static sheaf_status reindex_all(sheaf_database *db, sheaf_error *err)
{
	rebuilding   r = {0};
	int          bulk = db->bulk;
	sheaf_status status = set_up(db, &r, err);

	db->bulk = 1;
	if (status == SHEAF_OK)
		status = reindex_each(db, &r, err);
	db->bulk = bulk;
	tear_down(db, &r);
	return status;
}

/* The index table itself may be damaged: it is dropped and made again. */
static sheaf_status recreate_index(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = statement_exec(db, STMT_INDEX_DROP, err);

	if (status == SHEAF_OK)
		status = statement_exec(db, STMT_INDEX_CREATE, err);
	if (status == SHEAF_OK)
		status = index_option(db, "hashsize", INDEX_HASH_BYTES, err);
	if (status == SHEAF_OK)
		status = index_option(db, "automerge", 0, err);
	return status;
}

static sheaf_status reindex(sheaf_database *db, const sheaf_database_options *options,
                            sheaf_error *err)
{
	sheaf_stem_strategy strategy = db->tokenizer.config.strategy;
	buf                 language = BUF_INIT(256);
	sheaf_status        status = SHEAF_OK;

	if (options && options->stem_strategy != SHEAF_STEM_KEEP)
		strategy = options->stem_strategy;
	if (options && options->custom_stem)
		db->custom_stem = options->custom_stem;
	buf_puts(&language, database_stemmer_option(options, db->stemmer));
	status = buf_status(&language, err);
	if (status == SHEAF_OK)
		status = database_set_tokenizer(db, language.data, strategy, err);
	buf_free(&language);
	if (status == SHEAF_OK)
		status = recreate_index(db, err);
	if (status == SHEAF_OK)
		status = ranking_drop(db, err);
	if (status == SHEAF_OK)
		status = values_delete_all(db, err);
	if (status != SHEAF_OK)
		return status;
	df_cache_clear(&db->frequencies);
	db->totals.documents = db->totals.length = 0;
	if (db->totals.revision < 0)
		db->totals.revision = 0;
	db->changed = 1;
	status = reindex_all(db, err);
	if (status == SHEAF_OK)
		status = index_merge(db, err);
	return status == SHEAF_OK ? index_option(db, "automerge", 4, err) : status;
}

sheaf_status sheaf_database_reindex(sheaf_database *db, const sheaf_database_options *options,
                                    sheaf_error *err)
{
	const sheaf_stem *custom = db ? db->custom_stem : NULL;
	int               own, broken;
	sheaf_status      status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	broken = db->broken;
	status = batch_settle(db, 1, err);
	if (status == SHEAF_OK) {
		db->broken = 1;
		status = reindex(db, options, err);
	}
	if (status == SHEAF_OK)
		db->broken = broken;
	else
		db->custom_stem = custom;
	return database_end_write(db, own, status, err);
}

/* VACUUM makes a whole copy on the way, which belongs on disk. */
static sheaf_status vacuum(sheaf_database *db, sheaf_error *err)
{
	sheaf_status status = statement_exec(db, STMT_TEMPORARY_FILES, err), back;

	if (status != SHEAF_OK)
		return status;
	status = statement_exec(db, STMT_VACUUM, err);
	back = statement_exec(db, STMT_TEMPORARY_MEMORY, status == SHEAF_OK ? err : NULL);
	return status == SHEAF_OK ? back : status;
}

sheaf_status sheaf_database_compact(sheaf_database *db, sheaf_error *err)
{
	int          own;
	sheaf_status status = database_begin_write(db, &own, err);

	if (status != SHEAF_OK)
		return status;
	status = batch_settle(db, 1, err);
	if (status == SHEAF_OK)
		status = index_merge(db, err);
	status = database_end_write(db, own, status, err);
	return status == SHEAF_OK && own ? vacuum(db, err) : status;
}
