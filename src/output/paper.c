#include "paper.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "document_private.h"
#include "flatten.h"

void paper_title(const sheaf_document *doc, buf *out)
{
	size_t      before = out->len;
	const char *title = sheaf_document_get_text(doc, SHEAF_FIELD_TITLE);
	const char *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);

	if (title)
		flatten_words(out, title);
	if (out->len == before && id)
		buf_puts(out, id);
}

void paper_authors(const sheaf_document *doc, size_t most, buf *out)
{
	size_t count = sheaf_document_author_count(doc);
	size_t shown = most && count > most ? most : count;

	for (size_t i = 0; i < shown; i++) {
		if (i)
			buf_puts(out, ", ");
		flatten_lines(out, sheaf_document_get_author(doc, i)->name);
	}
	if (shown < count)
		buf_puts(out, " et al.");
}

void paper_categories(const sheaf_document *doc, buf *out)
{
	for (size_t i = 0; i < sheaf_document_category_count(doc); i++) {
		if (i)
			buf_putc(out, ' ');
		buf_puts(out, sheaf_document_get_category(doc, i));
	}
}

void paper_url(const sheaf_document *doc, const char *link, buf *out)
{
	static const char with_v[] = "v{version}", version_key[] = "{version}", id_key[] = "{id}";
	const char       *id = sheaf_document_get_text(doc, SHEAF_FIELD_ID);
	int64_t           version = sheaf_document_get_value(doc, SHEAF_FIELD_VERSION);
	const char       *p = link ? link : PAPER_LINK;

	while (*p) {
		if (version <= 0 && strncmp(p, with_v, sizeof with_v - 1) == 0) {
			p += sizeof with_v - 1;
		} else if (strncmp(p, version_key, sizeof version_key - 1) == 0) {
			if (version > 0)
				buf_printf(out, "%lld", (long long)version);
			p += sizeof version_key - 1;
		} else if (strncmp(p, id_key, sizeof id_key - 1) == 0) {
			buf_puts(out, id ? id : "");
			p += sizeof id_key - 1;
		} else {
			buf_putc(out, *p++);
		}
	}
}

void paper_date(const sheaf_document *doc, char out[TIME_TEXT_SIZE])
{
	enum { MONTH_LENGTH = 7 };
	document_date date = document_get_date(doc, SHEAF_FIELD_DATE);

	out[0] = 0;
	if (date.time == SHEAF_TIME_NONE)
		return;
	time_format_date(date.time, out);
	if (date.month_only)
		out[MONTH_LENGTH] = 0;
}

int number_digits(double number)
{
	enum { FEWEST = 6, EXACT = 17 };
	char text[64];

	for (int digits = FEWEST; digits < EXACT; digits++) {
		double back;

		snprintf(text, sizeof text, "%.*g", digits, number);
		back = strtod(text, NULL);
		if (back >= number && back <= number)
			return digits;
	}
	return EXACT;
}
