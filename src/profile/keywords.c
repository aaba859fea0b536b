#include "keywords.h"

#include <string.h>

#include "flatten.h"
#include "lower.h"

void keyword_text(const sheaf_document *doc, buf *out, buf *scratch)
{
	const char *title = sheaf_document_get_text(doc, SHEAF_FIELD_TITLE);
	const char *abstract = sheaf_document_get_text(doc, SHEAF_FIELD_ABSTRACT);

	buf_clear(scratch);
	buf_clear(out);
	flatten_words(scratch, title ? title : "");
	buf_putc(scratch, ' ');
	flatten_lines(scratch, abstract ? abstract : "");
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
