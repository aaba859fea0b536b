/* writer_fixture.h: papers to write, and what writers make of them. */
#ifndef WRITER_FIXTURE_H
#define WRITER_FIXTURE_H

#include <string.h>

#include "buf.h"
#include "datetime.h"
#include "document_private.h"
#include "sheaf/writer.h"

#define MOON "2026-02-01T08:30:00Z"

static inline sheaf_time at(const char *text)
{
	sheaf_time time;

	assert_true(time_parse(text, strlen(text), &time));
	return time;
}

/* A paper with something in every field; NULLs leave fields out. */
static inline sheaf_document *paper(const char *id, const char *title, const char *abstract,
                                    const char *authors)
{
	sheaf_document *doc;

	assert_int_equal(sheaf_document_new(&doc, NULL), SHEAF_OK);
	assert_int_equal(sheaf_document_set_text(doc, SHEAF_FIELD_ID, id, SIZE_MAX, NULL),
	                 SHEAF_OK);
	assert_int_equal(sheaf_document_set_text(doc, SHEAF_FIELD_TITLE, title, SIZE_MAX, NULL),
	                 SHEAF_OK);
	assert_int_equal(
		sheaf_document_set_text(doc, SHEAF_FIELD_ABSTRACT, abstract, SIZE_MAX, NULL),
		SHEAF_OK);
	if (authors)
		assert_int_equal(document_add_author_line(doc, authors, NULL), SHEAF_OK);
	return doc;
}

static inline sheaf_document *usual(void)
{
	sheaf_document *doc = paper("2601.22876v2", "Loops in\n  nets",
	                            "  First line\nand second.\n\nThird.\n",
	                            "Ada Moor, Ben Ruiz, Cleo Tan and Dov Ek");

	document_add_category_line(doc, "cs.NE cs.AI", NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, at("2026-01-30T12:00:00Z"), NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_UPDATED, at("2026-01-31T00:00:00Z"), NULL);
	return doc;
}

static inline int to_buf(void *ctx, const char *bytes, size_t len)
{
	buf_append(ctx, bytes, len);
	return 0;
}

static inline char *written(sheaf_format format, const sheaf_list_head *head,
                            const sheaf_item *items, size_t count)
{
	buf           out = BUF_INIT(0);
	sheaf_writer *w;

	assert_int_equal(sheaf_writer_new(format, to_buf, &out, &w, NULL), SHEAF_OK);
	sheaf_writer_begin(w, head);
	for (size_t i = 0; i < count; i++)
		sheaf_writer_item(w, &items[i]);
	assert_int_equal(sheaf_writer_end(w, NULL), SHEAF_OK);
	sheaf_writer_free(w);
	return buf_take(&out);
}

static inline void writes(sheaf_format format, const sheaf_list_head *head, const sheaf_item *items,
                          size_t count, const char *expected)
{
	char *text = written(format, head, items, count);

	assert_string_equal(text, expected);
	sheaf_free(text);
}

static inline void set(sheaf_document *doc, sheaf_field field, const char *text)
{
	assert_int_equal(sheaf_document_set_text(doc, field, text, SIZE_MAX, NULL), SHEAF_OK);
}

/* The same text written through fields chosen by name. */
static inline char *written_fields(sheaf_format format, const char *fields,
                                   const sheaf_list_head *head, const sheaf_item *items,
                                   size_t count)
{
	buf           out = BUF_INIT(0);
	sheaf_writer *w;

	assert_int_equal(sheaf_writer_new(format, to_buf, &out, &w, NULL), SHEAF_OK);
	assert_int_equal(sheaf_writer_set_fields(w, fields, NULL), SHEAF_OK);
	sheaf_writer_begin(w, head);
	for (size_t i = 0; i < count; i++)
		sheaf_writer_item(w, &items[i]);
	assert_int_equal(sheaf_writer_end(w, NULL), SHEAF_OK);
	sheaf_writer_free(w);
	return buf_take(&out);
}

/* A digest: an empty section, one with a paper, the fallback with two, and an empty one. */
static inline char *sections(sheaf_format format, const sheaf_list_head *head, sheaf_document *doc)
{
	buf           out = BUF_INIT(0);
	sheaf_writer *w;
	sheaf_item    item = {.doc = doc};

	assert_int_equal(sheaf_writer_new(format, to_buf, &out, &w, NULL), SHEAF_OK);
	sheaf_writer_begin(w, head);
	sheaf_writer_section(w, "empty", "Empty");
	sheaf_writer_section(w, "one", "One & only");
	sheaf_writer_item(w, &item);
	sheaf_writer_section(w, NULL, "Rest");
	sheaf_writer_item(w, &item);
	sheaf_writer_item(w, &item);
	sheaf_writer_section(w, "last", "Empty too");
	assert_int_equal(sheaf_writer_end(w, NULL), SHEAF_OK);
	sheaf_writer_free(w);
	return buf_take(&out);
}

static inline void has(const char *text, const char *part)
{
	if (!strstr(text, part))
		fail_msg("no '%s' in '%s'", part, text);
}

static inline void has_not(const char *text, const char *part)
{
	if (strstr(text, part))
		fail_msg("'%s' in '%s'", part, text);
}

/* Something that every format has to defuse, in every field. */
#define HOSTILE                                                                                       \
	"</title>\"'<script>alert(1)</script>&{}\\input{x}%$ \x1b[31m\x07 \xEE\x80\x80m\xEE\x80\x81 " \
	"]]>\r\nER  - \r\nTY  - JOUR\n@misc{x,\n"
static inline sheaf_document *hostile(void)
{
	static const sheaf_field fields[] = {
		SHEAF_FIELD_TITLE,       SHEAF_FIELD_ABSTRACT,  SHEAF_FIELD_COMMENTS,
		SHEAF_FIELD_JOURNAL_REF, SHEAF_FIELD_REPORT_NO, SHEAF_FIELD_DOI,
		SHEAF_FIELD_LICENSE,     SHEAF_FIELD_MSC_CLASS, SHEAF_FIELD_ACM_CLASS};
	sheaf_document *doc;

	assert_int_equal(sheaf_document_new(&doc, NULL), SHEAF_OK);
	set(doc, SHEAF_FIELD_ID, "2601.00009v1");
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
		set(doc, fields[i], HOSTILE);
	sheaf_document_add_author(doc, &(sheaf_author){.name = HOSTILE}, NULL);
	sheaf_document_add_author(doc,
	                          &(sheaf_author){.name = "A B",
	                                          .keyname = HOSTILE,
	                                          .forenames = HOSTILE,
	                                          .suffix = HOSTILE,
	                                          .affiliation = HOSTILE},
	                          NULL);
	sheaf_document_add_category(doc, HOSTILE, NULL);
	return doc;
}

/* No control character but line breaks and tabs. */
static inline void is_clean(const char *text)
{
	for (const char *p = text; *p; p++)
		assert_true((unsigned char)*p >= 0x20 || *p == '\n' || *p == '\t' || *p == '\r');
	has_not(text, "\x7F");
	has_not(text, "\xC2\x9B");
	has_not(text, "\xE2\x80\xAE");
}

#endif
