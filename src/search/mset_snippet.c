/* mset_snippet.c: extracts of the papers that were found. */
#include "error.h"
#include "field.h"
#include "mset_private.h"
#include "snippet.h"

static int is_text(sheaf_field field)
{
	const field_info *f = field_get(field);

	return f && f->column >= 0 && f->column < COLUMN_TEXT_COUNT;
}

sheaf_status sheaf_mset_snippet_with(sheaf_mset *m, size_t i, sheaf_field field,
                                     const sheaf_snippet_options *options, char **text,
                                     sheaf_error *err)
{
	static const sheaf_snippet_options defaults;
	const sheaf_document              *doc;
	highlight                         *h;
	const char                        *source;
	sheaf_status                       status;

	if (!text)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "no place for the snippet");
	*text = NULL;
	if (!is_text(field))
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT, "field %d is no text",
		                  (int)field);
	options = options ? options : &defaults;
	if ((int)options->escape < 0 || options->escape > SHEAF_SNIPPET_MARKDOWN)
		return sheaf_fail(err, SHEAF_ERROR_INVALID_ARGUMENT,
		                  "no way %d to escape a snippet", (int)options->escape);
	status = sheaf_mset_get_document(m, i, &doc, err);
	if (status == SHEAF_OK)
		status = mset_highlight(m, &h, err);
	if (status != SHEAF_OK)
		return status;
	source = sheaf_document_get_text(doc, field);
	return snippet_make(h, field, source ? source : "", options, text, err);
}

sheaf_status sheaf_mset_snippet(sheaf_mset *m, size_t i, sheaf_field field, size_t words,
                                const char *hi_start, const char *hi_end, char **text,
                                sheaf_error *err)
{
	const sheaf_snippet_options options = {
		.words = words, .hi_start = hi_start, .hi_end = hi_end};

	return sheaf_mset_snippet_with(m, i, field, &options, text, err);
}
