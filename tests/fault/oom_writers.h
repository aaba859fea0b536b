/* oom_writers.h: a paper with something in every part, written in all formats. */
#ifndef OOM_WRITERS_H
#define OOM_WRITERS_H

#include "scratch_db.h"
#include "sheaf/writer.h"

/* Two sections, so that scratch space is used again; lists of other kinds know no sections. */
static inline sheaf_status write_list(sheaf_format format, const sheaf_list_head *head,
                                      const sheaf_document *doc, sheaf_write_fn take,
                                      sheaf_error *err)
{
	static const sheaf_explanation why[] = {{"ferns", "title", 0.75}, {"moss", NULL, 0.25}};
	const sheaf_item               item = {.doc = doc,
	                                       .weight = 1,
	                                       .percent = 50,
	                                       .rank = 1,
	                                       .snippet = "Many.",
	                                       .explanations = why,
	                                       .explanation_count = 2,
	                                       .updated = 1};
	sheaf_writer                  *writer = NULL;
	sheaf_status                   status = sheaf_writer_new(format, take, NULL, &writer, err);

	if (status != SHEAF_OK)
		return status;
	if (format == SHEAF_FORMAT_CSV)
		status = sheaf_writer_set_fields(writer, "title,authors,score", err);
	if (status != SHEAF_OK) {
		sheaf_writer_free(writer);
		return status;
	}
	sheaf_writer_begin(writer, head);
	sheaf_writer_section(writer, "ferns", "Ferns");
	sheaf_writer_item(writer, &item);
	sheaf_writer_section(writer, NULL, "Other plants");
	sheaf_writer_item(writer, &item);
	status = sheaf_writer_end(writer, err);
	sheaf_writer_free(writer);
	return status;
}

/* What a program adds to a paper. */
static inline sheaf_status add_own(sheaf_document *doc, sheaf_error *err)
{
	sheaf_status status = sheaf_document_set_data(doc, "payload", 7, err);

	if (status == SHEAF_OK)
		status = sheaf_document_add_slot_value(doc, 5, "five", 4, err);
	if (status == SHEAF_OK)
		status = sheaf_document_add_term(doc, "Xfern", 2, err);
	return status;
}

/* A paper with something in every part that a format writes. */
static inline sheaf_status full_paper(sheaf_document *doc, sheaf_error *err)
{
	const sheaf_author parted = {
		.keyname = "Elmwood", .forenames = "Ada", .affiliation = "Institute of Ferns"};
	const sheaf_author           plain = {.name = "Ben Moss"};
	const sheaf_document_version version = {1, 1577900000, "66kb", "D"};
	sheaf_status status = scratch_paper(doc, "2001.00001v1", "Ferns", "Many\nferns.", err);

	for (int f = SHEAF_FIELD_COMMENTS; status == SHEAF_OK && f <= SHEAF_FIELD_PROXY; f++)
		if (f != SHEAF_FIELD_ID && f != SHEAF_FIELD_CATEGORY &&
		    f != SHEAF_FIELD_PRIMARY_CATEGORY)
			status = sheaf_document_set_text(doc, (sheaf_field)f, "A note", SIZE_MAX,
			                                 err);
	if (status == SHEAF_OK)
		status = sheaf_document_add_author(doc, &parted, err);
	if (status == SHEAF_OK)
		status = sheaf_document_add_author(doc, &plain, err);
	if (status == SHEAF_OK)
		status = sheaf_document_add_category(doc, "q-bio.PE", err);
	if (status == SHEAF_OK)
		status = sheaf_document_add_version(doc, &version, err);
	if (status == SHEAF_OK)
		status = sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, 1577900000, err);
	if (status == SHEAF_OK)
		status = add_own(doc, err);
	return status;
}

static inline sheaf_status write_all(sheaf_list_kind kind, sheaf_write_fn take, sheaf_error *err)
{
	static const sheaf_facet_count counts[] = {{"q-bio.PE", 2}};
	static const sheaf_facet       facet = {"category", counts, 1};
	const sheaf_list_head          head = {.kind = kind,
	                                       .title = "Plants",
	                                       .intro = "New ones.",
	                                       .escape = 1,
	                                       .now = 1577900000,
	                                       .query_id = "q1",
	                                       .query = "ferns\xFF",
	                                       .parsed = "ferns:stem",
	                                       .total = 2,
	                                       .facets = &facet,
	                                       .facet_count = 1,
	                                       .name = "plants",
	                                       .home = "https://example.org/plants.html",
	                                       .self = "https://example.org/plants",
	                                       .from = "Ms. Fern <fern@example.org>",
	                                       .to = "moss@example.org"};
	sheaf_document                *doc = NULL;
	sheaf_status                   status = sheaf_document_new(&doc, err);

	if (status == SHEAF_OK)
		status = full_paper(doc, err);
	for (int f = SHEAF_FORMAT_TEXT; status == SHEAF_OK && f <= SHEAF_FORMAT_MIME; f++)
		status = write_list((sheaf_format)f, &head, doc, take, err);
	sheaf_document_free(doc);
	return status;
}

#endif
