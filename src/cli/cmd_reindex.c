/* cmd_reindex.c: rebuilds the index from the stored documents. */
#include "command.h"
#include "progress.h"
#include "stemming.h"

static sheaf_status prepare(session *s, db_request *request, sheaf_error *err)
{
	sheaf_database_options checked = {0};

	/* The database is opened as it is; what is asked for comes with the rebuilding. */
	request->options.for_reindex = 1;
	return stemming_apply(s->options, &checked, err);
}

static sheaf_status run(session *s, sheaf_error *err)
{
	const stemming        *o = s->options;
	sheaf_database_options with = {.stem_strategy = SHEAF_STEM_KEEP};
	progress               timer;
	int64_t                documents = 0;
	sheaf_status           status = stemming_apply(o, &with, err);

	progress_begin(&timer, s->console);
	if (status == SHEAF_OK)
		status = sheaf_database_reindex(s->db, o->stemmer || o->strategy ? &with : NULL,
		                                err);
	if (status == SHEAF_OK)
		status = sheaf_database_get_doccount(s->db, &documents, err);
	if (status == SHEAF_OK)
		output_printf(s->out, "reindexed %lld, seconds %.2f, records/s %.0f\n",
		              (long long)documents, progress_seconds(&timer),
		              progress_rate(&timer, documents));
	return status;
}

const command command_reindex = {
	.name = "reindex",
	.summary = "Rebuild the index from the stored documents",
	.arguments = "",
	.details = "Needed after an upgrade that splits words differently, or for another stemmer.",
	.options = stemming_options,
	.options_size = sizeof(stemming),
	.need = DB_WRITE,
	.prepare = prepare,
	.run = run,
};
