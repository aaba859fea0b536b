/* Runs from the stored documents. */
#include <string.h>

#include "alloc.h"
#include "analysis.h"
#include "error.h"
#include "ranking_batch.h"
#include "ranking_store.h"
#include "ranking_write.h"
#include "row.h"

enum { BATCH_DOCUMENTS = 16384, BATCH_BYTES = 64 << 20 };

sheaf_status ranking_batch_new(ranking_batch *b, sheaf_error *err)
{
	sheaf_status status;

	memset(b, 0, sizeof *b);
	b->revisions = mem_realloc_array(NULL, BATCH_DOCUMENTS, sizeof *b->revisions);
	b->lengths = mem_realloc_array(NULL, BATCH_DOCUMENTS, sizeof *b->lengths);
	b->analysis = analysis_new();
	if (!b->revisions || !b->lengths || !b->analysis)
		return sheaf_nomem(err);
	status = sheaf_document_new(&b->doc, err);
	return status == SHEAF_OK ? inverter_new(&b->inverter, err) : status;
}

void ranking_batch_free(ranking_batch *b)
{
	mem_free(b->revisions);
	mem_free(b->lengths);
	analysis_free(b->analysis);
	sheaf_document_free(b->doc);
	inverter_free(b->inverter);
}

static sheaf_status add_row(sheaf_database *db, ranking_batch *b, sqlite3_stmt *stmt,
                            sheaf_error *err)
{
	sheaf_status status = row_read(stmt, b->doc, err);
	int64_t      length;

	if (status == SHEAF_OK && b->doc->revision <= b->last)
		status = ranking_damaged(db, err);
	if (status == SHEAF_OK)
		status = analysis_invert(&db->tokenizer.config, b->doc, b->analysis, b->inverter,
		                         err);
	if (status != SHEAF_OK)
		return status;
	length = b->analysis->length;
	b->lengths[b->count] = length < UINT32_MAX ? (uint32_t)length : UINT32_MAX;
	b->revisions[b->count++] = b->doc->revision;
	b->last = b->doc->revision;
	return SHEAF_OK;
}

sheaf_status ranking_batch_read(sheaf_database *db, ranking_batch *b, int64_t first, int64_t last,
                                sheaf_error *err)
{
	sqlite3_stmt *stmt;
	int           row = 1;
	sheaf_status  status = statement_get(db, STMT_DOCUMENT_EACH, &stmt, err);

	inverter_clear(b->inverter);
	b->count = 0;
	b->last = first - 1;
	if (status != SHEAF_OK)
		return status;
	sqlite3_bind_int64(stmt, 1, first - 1);
	sqlite3_bind_int64(stmt, 2, last);
	while (status == SHEAF_OK && b->count < BATCH_DOCUMENTS &&
	       inverter_bytes(b->inverter) < BATCH_BYTES) {
		status = statement_step(db, stmt, &row, err);
		if (status != SHEAF_OK || !row)
			break;
		status = add_row(db, b, stmt, err);
	}
	statement_reset(stmt);
	if (!row)
		b->last = last;
	return status == SHEAF_OK ? inverter_sort(b->inverter, b->revisions, err) : status;
}

static sheaf_status write_batch(sheaf_database *db, const ranking_batch *b, int64_t first,
                                sheaf_error *err)
{
	ranking_run    run = {0, first, b->last, (int64_t)b->count};
	ranking_target target = {db, 0};
	list_sink      sink = ranking_sink(&target);
	list_writer   *w;
	sheaf_status   status = ranking_new_number(db, &run.run, err);

	target.run = run.run;
	if (status != SHEAF_OK)
		return status;
	status = list_writer_new(run.first, run.last, &sink, &w, err);
	if (status == SHEAF_OK)
		status = ranking_image_write(&db->tokenizer.config, b->inverter, b->lengths, w,
		                             err);
	list_writer_free(w);
	return status == SHEAF_OK ? ranking_put_run(db, &run, err) : status;
}

sheaf_status ranking_cover(sheaf_database *db, sheaf_revision until, sheaf_error *err)
{
	ranking_batch  b = {0};
	sheaf_revision first;
	int64_t        live = 0;
	sheaf_status   status = ranking_until(db, &first, err);

	if (status != SHEAF_OK || db->tokenizer.config.strategy != SHEAF_STEM_SOME ||
	    ++first > until)
		return status;
	status = ranking_count_live(db, first, until, &live, err);
	if (status == SHEAF_OK && live)
		status = ranking_batch_new(&b, err);
	while (status == SHEAF_OK && live && first <= until) {
		status = ranking_batch_read(db, &b, first, until, err);
		if (status == SHEAF_OK && b.count)
			status = write_batch(db, &b, first, err);
		first = b.last + 1;
	}
	ranking_batch_free(&b);
	return status;
}
