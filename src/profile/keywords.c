#include "keywords.h"

#include <string.h>

#include "flatten.h"
#include "lower.h"

static void flatten(const sheaf_document *doc, sheaf_field field, buf *out)
{
	const char *text = sheaf_document_get_text(doc, field);

	if (field == SHEAF_FIELD_TITLE)
		flatten_words(out, text ? text : "");
	else
		flatten_lines(out, text ? text : "");
}

void keyword_field(const sheaf_document *doc, sheaf_field field, buf *out)
{
	buf flat = BUF_INIT(0);

	flatten(doc, field, &flat);
	text_lower(out, buf_str(&flat));
	if (out->status == SHEAF_OK)
		out->status = flat.status;
	buf_free(&flat);
}

void keyword_text(const sheaf_document *doc, buf *out, buf *scratch)
{
	buf_clear(scratch);
	buf_clear(out);
	flatten(doc, SHEAF_FIELD_TITLE, scratch);
	buf_putc(scratch, ' ');
	flatten(doc, SHEAF_FIELD_ABSTRACT, scratch);
	text_lower(out, buf_str(scratch));
	if (out->status == SHEAF_OK)
		out->status = scratch->status;
}

size_t keyword_count(const sheaf_profile *profile, const char *text)
{
	size_t count = 0;

	for (size_t i = 0; i < profile->keyword_count; i++)
		count += strstr(text, profile->keywords[i]) != NULL;
	return count;
}
