/* Papers that their source has deleted: kept, and marked. */
#include "document_private.h"
#include "error.h"
#include "store.h"
#include "store_read.h"

/* 1 where the stored paper is not marked, and nothing newer is known of it. */
static int can_be_marked(const sheaf_document *stored, sheaf_time datestamp)
{
	sheaf_time known = sheaf_document_get_value(stored, SHEAF_FIELD_DATESTAMP);

	return !sheaf_document_get_value(stored, SHEAF_FIELD_WITHDRAWN) &&
	       (known == SHEAF_TIME_NONE || datestamp == SHEAF_TIME_NONE || known <= datestamp);
}

/* As a caller's own copy, which takes nothing away from what is stored. */
static sheaf_status mark(sheaf_database *db, const char *id, sheaf_time datestamp,
                         sheaf_change *change, sheaf_error *err)
{
	sheaf_document *doc = NULL;
	sheaf_status    status = sheaf_document_new(&doc, err);

	if (status == SHEAF_OK)
		status = sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, err);
	if (status == SHEAF_OK)
		status = sheaf_document_set_value(doc, SHEAF_FIELD_DATESTAMP, datestamp, err);
	if (status == SHEAF_OK)
		status = sheaf_document_set_value(doc, SHEAF_FIELD_WITHDRAWN, 1, err);
	if (status == SHEAF_OK)
		status = store_replace(db, doc, NULL, NULL, change, err);
	sheaf_document_free(doc);
	return status;
}

sheaf_status store_withdraw(sheaf_database *db, const char *id, sheaf_time datestamp,
                            sheaf_change *change, sheaf_error *err)
{
	sheaf_document *stored = NULL;
	sheaf_docid     docid = 0;
	sheaf_status    status = store_find_docid(db, id, &docid, err);

	*change = SHEAF_UNCHANGED;
	if (status != SHEAF_OK || !docid)
		return status;
	status = sheaf_database_get_document(db, docid, &stored, err);
	if (status == SHEAF_OK && can_be_marked(stored, datestamp))
		status = mark(db, id, datestamp, change, err);
	sheaf_document_free(stored);
	return status;
}
