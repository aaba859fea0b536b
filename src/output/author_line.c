#include "author_line.h"

#include "str.h"

void author_line(const sheaf_document *doc, buf *out)
{
	for (size_t i = 0; i < doc->author_count; i++) {
		const sheaf_author *a = &doc->authors[i];

		if (i)
			buf_puts(out, ", ");
		buf_puts(out, a->name);
		if (a->affiliation)
			buf_printf(out, " (%s)", a->affiliation);
	}
}

static int same_author(const sheaf_author *a, const sheaf_author *b)
{
	return str_eq(a->name, b->name) && str_eq(a->keyname, b->keyname) &&
	       str_eq(a->forenames, b->forenames) && str_eq(a->suffix, b->suffix) &&
	       str_eq(a->affiliation, b->affiliation);
}

/* The only sure way to know is to read it. */
int author_line_says_all(const sheaf_document *doc, const char *line, int *bad)
{
	sheaf_document *again;
	int             same;

	if (sheaf_document_new(&again, NULL) != SHEAF_OK) {
		*bad = 1;
		return 0;
	}
	*bad |= document_add_author_line(again, line, NULL) != SHEAF_OK;
	same = again->author_count == doc->author_count;
	for (size_t i = 0; same && i < doc->author_count; i++)
		same = same_author(&again->authors[i], &doc->authors[i]);
	sheaf_document_free(again);
	return same;
}
