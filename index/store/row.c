#include "row.h"

#include <string.h>

#include "document_origin.h"
#include "error.h"

/*
 * Columns of the SELECTs in statement.c, in their order; the INSERT's parameters are two further.
 */
enum {
	ROW_DOCID,
	ROW_REVISION,
	ROW_ID,
	ROW_VERSION,
	ROW_TITLE,
	ROW_ABSTRACT,
	ROW_AUTHORS,
	ROW_AUTHOR_PARTS,
	ROW_COMMENTS,
	ROW_JOURNAL_REF,
	ROW_REPORT_NO,
	ROW_CATEGORIES,
	ROW_DOI,
	ROW_MSC_CLASS,
	ROW_ACM_CLASS,
	ROW_LICENSE,
	ROW_SUBMITTER,
	ROW_PROXY,
	ROW_SUBMITTED,
	ROW_UPDATED,
	ROW_DATESTAMP,
	ROW_WITHDRAWN,
	ROW_VERSIONS,
	ROW_DATA,
	ROW_OWN_TERMS,
	ROW_OWN_VALUES,
	ROW_ORIGINS,
	ROW_CHANGE,
	ROW_ANNOUNCED,
	ROW_ANNOUNCED_SEEN,
	ROW_TERMS
};

static const struct {
	int         column;
	sheaf_field field;
} texts[] =
	{
		{ROW_TITLE, SHEAF_FIELD_TITLE},         {ROW_ABSTRACT, SHEAF_FIELD_ABSTRACT},
		{ROW_COMMENTS, SHEAF_FIELD_COMMENTS},   {ROW_JOURNAL_REF, SHEAF_FIELD_JOURNAL_REF},
		{ROW_REPORT_NO, SHEAF_FIELD_REPORT_NO}, {ROW_DOI, SHEAF_FIELD_DOI},
		{ROW_MSC_CLASS, SHEAF_FIELD_MSC_CLASS}, {ROW_ACM_CLASS, SHEAF_FIELD_ACM_CLASS},
		{ROW_LICENSE, SHEAF_FIELD_LICENSE},     {ROW_SUBMITTER, SHEAF_FIELD_SUBMITTER},
		{ROW_PROXY, SHEAF_FIELD_PROXY},
},
  times[] = {
	  {ROW_SUBMITTED, SHEAF_FIELD_SUBMITTED},
	  {ROW_UPDATED, SHEAF_FIELD_UPDATED},
	  {ROW_DATESTAMP, SHEAF_FIELD_DATESTAMP},
	  {ROW_ANNOUNCED, SHEAF_FIELD_ANNOUNCED},
};

#define COUNT(a) (sizeof(a) / sizeof *(a))

/* NULL for NULL; *failed becomes 1 where there was no memory to hand the text out. */
static const char *text_at(sqlite3_stmt *stmt, int column, int *failed)
{
	int         is_null = sqlite3_column_type(stmt, column) == SQLITE_NULL;
	const char *text = (const char *)sqlite3_column_text(stmt, column);

	*failed |= !text && !is_null && sqlite3_errcode(sqlite3_db_handle(stmt)) == SQLITE_NOMEM;
	return text;
}

static sheaf_status read_texts(sqlite3_stmt *stmt, sheaf_document *doc, int *failed,
                               sheaf_error *err)
{
	sheaf_status status = SHEAF_OK;

	for (size_t i = 0; status == SHEAF_OK && i < COUNT(texts); i++) {
		const char *text = text_at(stmt, texts[i].column, failed);

		if (text)
			status = sheaf_document_set_text(
				doc, texts[i].field, text,
				(size_t)sqlite3_column_bytes(stmt, texts[i].column), err);
	}
	return status;
}

/* What most documents have none of. */
static sheaf_status read_own(sqlite3_stmt *stmt, sheaf_document *doc, int *failed, sheaf_error *err)
{
	int          has_data = sqlite3_column_type(stmt, ROW_DATA) != SQLITE_NULL;
	int          has_slots = sqlite3_column_type(stmt, ROW_OWN_VALUES) != SQLITE_NULL;
	const void  *data = sqlite3_column_blob(stmt, ROW_DATA);
	size_t       data_len = (size_t)sqlite3_column_bytes(stmt, ROW_DATA);
	const char  *terms = text_at(stmt, ROW_OWN_TERMS, failed);
	const void  *slots = sqlite3_column_blob(stmt, ROW_OWN_VALUES);
	sheaf_status status = SHEAF_OK;

	/* An empty blob is NULL, too. */
	*failed |= ((!data && has_data) || (!slots && has_slots)) &&
	           sqlite3_errcode(sqlite3_db_handle(stmt)) == SQLITE_NOMEM;
	if (has_data && !*failed)
		status = sheaf_document_set_data(doc, data ? data : "", data_len, err);
	if (status == SHEAF_ERROR_INVALID_ARGUMENT)
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "document %lld has impossible data", (long long)doc->docid);
	if (status == SHEAF_OK && terms)
		status = document_unpack_terms(doc, terms, err);
	if (status == SHEAF_OK && slots)
		status = document_unpack_slots(
			doc, slots, (size_t)sqlite3_column_bytes(stmt, ROW_OWN_VALUES), err);
	return status;
}

/* What a damaged file says of it is not known. */
static int64_t change_kind(int64_t number)
{
	return number > SHEAF_CHANGE_UNKNOWN && number < SHEAF_CHANGE_KINDS ? number
	                                                                    : SHEAF_CHANGE_UNKNOWN;
}

sheaf_status row_read(sqlite3_stmt *stmt, sheaf_document *doc, sheaf_error *err)
{
	const char  *id, *names, *parts, *categories, *versions, *origins;
	int          failed = 0;
	sheaf_status status;

	sheaf_document_clear(doc);
	doc->docid = sqlite3_column_int64(stmt, ROW_DOCID);
	doc->revision = sqlite3_column_int64(stmt, ROW_REVISION);
	id = text_at(stmt, ROW_ID, &failed);
	if (!id && !failed)
		return sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                  "document %lld has no identifier", (long long)doc->docid);
	status = failed ? sheaf_nomem(err)
	                : sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, err);
	if (status == SHEAF_ERROR_INVALID_ARGUMENT)
		status = sheaf_fail(err, SHEAF_ERROR_DATABASE_CORRUPT,
		                    "document %lld has a damaged identifier",
		                    (long long)doc->docid);
	if (status != SHEAF_OK)
		return status;
	doc->value[SHEAF_FIELD_VERSION] = sqlite3_column_int64(stmt, ROW_VERSION);
	doc->value[SHEAF_FIELD_WITHDRAWN] = sqlite3_column_int(stmt, ROW_WITHDRAWN) != 0;
	doc->value[SHEAF_FIELD_CHANGE] = change_kind(sqlite3_column_int64(stmt, ROW_CHANGE));
	doc->value[SHEAF_FIELD_ANNOUNCED_SEEN] = sqlite3_column_int64(stmt, ROW_ANNOUNCED_SEEN);
	status = read_texts(stmt, doc, &failed, err);
	if (status == SHEAF_OK)
		status = read_own(stmt, doc, &failed, err);
	for (size_t i = 0; i < COUNT(times); i++)
		if (sqlite3_column_type(stmt, times[i].column) != SQLITE_NULL)
			doc->value[times[i].field] = sqlite3_column_int64(stmt, times[i].column);
	names = text_at(stmt, ROW_AUTHORS, &failed);
	parts = text_at(stmt, ROW_AUTHOR_PARTS, &failed);
	categories = text_at(stmt, ROW_CATEGORIES, &failed);
	versions = text_at(stmt, ROW_VERSIONS, &failed);
	origins = text_at(stmt, ROW_ORIGINS, &failed);
	if (status == SHEAF_OK && failed)
		status = sheaf_nomem(err);
	if (status == SHEAF_OK)
		status = document_unpack_authors(doc, names, parts, err);
	if (status == SHEAF_OK && categories)
		status = document_add_category_line(doc, categories, err);
	if (status == SHEAF_OK)
		status = document_unpack_versions(doc, versions, err);
	if (status == SHEAF_OK)
		document_unpack_origins(doc, origins);
	return status;
}

/* What is not bound is NULL: bindings are cleared before. */
static void bind_text(sqlite3_stmt *stmt, int column, const char *text, size_t len)
{
	if (text)
		sqlite3_bind_text(stmt, column + 1, text, (int)len, SQLITE_STATIC);
}

static void bind_blob(sqlite3_stmt *stmt, int column, const void *bytes, size_t len)
{
	if (bytes)
		sqlite3_bind_blob(stmt, column + 1, bytes, (int)len, SQLITE_STATIC);
}

/* A column of the index as the row has it: without the byte for the tokenizer. */
static void bind_indexed(sqlite3_stmt *stmt, int column, const buf *text)
{
	bind_text(stmt, column, text->data + 1, text->len - 1);
}

static void bind_documents_texts(sqlite3_stmt *stmt, const sheaf_document *doc)
{
	bind_text(stmt, ROW_ID, doc->text[SHEAF_FIELD_ID], doc->text_len[SHEAF_FIELD_ID]);
	for (size_t i = 0; i < COUNT(texts); i++)
		bind_text(stmt, texts[i].column, doc->text[texts[i].field],
		          doc->text_len[texts[i].field]);
	bind_text(stmt, ROW_CATEGORIES, sheaf_document_get_text(doc, SHEAF_FIELD_CATEGORY),
	          doc->category_text.len);
	bind_blob(stmt, ROW_DATA, doc->data, doc->data_len);
}

static void bind_numbers(sqlite3_stmt *stmt, const sheaf_document *doc)
{
	sqlite3_bind_int64(stmt, ROW_VERSION + 1, doc->value[SHEAF_FIELD_VERSION]);
	sqlite3_bind_int64(stmt, ROW_WITHDRAWN + 1, doc->value[SHEAF_FIELD_WITHDRAWN]);
	sqlite3_bind_int64(stmt, ROW_CHANGE + 1, doc->value[SHEAF_FIELD_CHANGE]);
	sqlite3_bind_int64(stmt, ROW_ANNOUNCED_SEEN + 1, doc->value[SHEAF_FIELD_ANNOUNCED_SEEN]);
	for (size_t i = 0; i < COUNT(times); i++)
		if (doc->value[times[i].field] != SHEAF_TIME_NONE)
			sqlite3_bind_int64(stmt, times[i].column + 1, doc->value[times[i].field]);
}

/* One buffer for all; an empty form is NULL in the row. */
static sheaf_status bind_packed(sqlite3_stmt *stmt, const sheaf_document *doc, buf *out,
                                sheaf_error *err)
{
	static const struct {
		int column;
		void (*pack)(const sheaf_document *doc, buf *out);
	} forms[] = {
		{ROW_AUTHOR_PARTS, document_pack_author_parts},
		{ROW_VERSIONS, document_pack_versions},
		{ROW_OWN_TERMS, document_pack_terms},
		{ROW_ORIGINS, document_pack_origins},
		{ROW_OWN_VALUES, document_pack_slots},
	};
	size_t       ends[COUNT(forms)], start = 0;
	sheaf_status status;

	for (size_t i = 0; i < COUNT(forms); i++) {
		forms[i].pack(doc, out);
		ends[i] = out->len;
	}
	status = buf_status(out, err);
	for (size_t i = 0; i < COUNT(forms) && status == SHEAF_OK; start = ends[i++])
		if (ends[i] > start && forms[i].column == ROW_OWN_VALUES)
			bind_blob(stmt, forms[i].column, out->data + start, ends[i] - start);
		else if (ends[i] > start)
			bind_text(stmt, forms[i].column, out->data + start, ends[i] - start);
	return status;
}

sheaf_status row_bind(sqlite3_stmt *stmt, const sheaf_document *doc, sheaf_revision revision,
                      const analysis *x, row_buffers *b, sheaf_error *err)
{
	sqlite3_clear_bindings(stmt);
	sqlite3_bind_int64(stmt, ROW_REVISION + 1, revision);
	bind_documents_texts(stmt, doc);
	if (doc->author_count)
		bind_indexed(stmt, ROW_AUTHORS, &x->text[COLUMN_AUTHORS]);
	bind_indexed(stmt, ROW_TERMS, &x->text[COLUMN_TERMS]);
	bind_numbers(stmt, doc);
	return bind_packed(stmt, doc, &b->packed, err);
}

sheaf_status row_bind_aside(sqlite3_stmt *stmt, const sheaf_document *doc, row_buffers *b,
                            sheaf_error *err)
{
	static const struct {
		int         parameter;
		sheaf_field field;
	} dates[] = {{2, SHEAF_FIELD_DATESTAMP}, {4, SHEAF_FIELD_ANNOUNCED}};

	sqlite3_clear_bindings(stmt);
	sqlite3_bind_int64(stmt, 1, doc->docid);
	for (size_t i = 0; i < COUNT(dates); i++)
		if (doc->value[dates[i].field] != SHEAF_TIME_NONE)
			sqlite3_bind_int64(stmt, dates[i].parameter, doc->value[dates[i].field]);
	sqlite3_bind_int64(stmt, 5, doc->value[SHEAF_FIELD_ANNOUNCED_SEEN]);
	document_pack_origins(doc, &b->packed);
	if (b->packed.len)
		sqlite3_bind_text(stmt, 3, buf_str(&b->packed), (int)b->packed.len, SQLITE_STATIC);
	return buf_status(&b->packed, err);
}

void row_buffers_free(row_buffers *b)
{
	buf_free(&b->packed);
}
