/* write_oai.c: what it writes, and that the parser gives it back. */
#include "parsed.h"

#include "alloc.h"
#include "writer_fixture.h"

#define HEAD                                                          \
	"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                \
	"<OAI-PMH xmlns=\"http://www.openarchives.org/OAI/2.0/\" "    \
	"xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"\n"   \
	" xsi:schemaLocation=\"http://www.openarchives.org/OAI/2.0/ " \
	"http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd\">\n"        \
	"<responseDate>2026-02-01T08:30:00Z</responseDate>\n"         \
	"<request verb=\"ListRecords\" metadataPrefix=\"arXivRaw\">urn:sheaf:export</request>\n"
#define RAW                                                               \
	"<metadata>\n<arXivRaw xmlns=\"http://arxiv.org/OAI/arXivRaw/\" " \
	"xsi:schemaLocation=\"http://arxiv.org/OAI/arXivRaw/ http://arxiv.org/OAI/arXivRaw.xsd\">\n"

static void add_version(sheaf_document *doc, int number, const char *created, const char *size,
                        const char *type)
{
	sheaf_document_version v = {number, created ? at(created) : SHEAF_TIME_NONE, size, type};

	assert_int_equal(sheaf_document_add_version(doc, &v, NULL), SHEAF_OK);
}

static char *exported(const sheaf_document *doc)
{
	sheaf_list_head head = {.now = at(MOON)};

	return written(SHEAF_FORMAT_OAI, &head, &(sheaf_item){.doc = doc}, 1);
}

/* Takes the document. */
static void comes_back(sheaf_document *doc)
{
	char  *text = exported(doc);
	buf    expected = BUF_INIT(0);
	parsed p = parse(SHEAF_SOURCE_OAI, text);

	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(buf_str(&p.rejects), "");
	parsed_dump(&expected, doc);
	assert_string_equal(buf_str(&p.text), buf_str(&expected));
	assert_int_equal(p.source, DOCUMENT_SOURCE_SNAPSHOT);
	parsed_free(&p);
	buf_free(&expected);
	mem_free(text);
	sheaf_document_free(doc);
}

static void test_record(void **state)
{
	sheaf_document *doc = paper("2601.22876", "Loops & <nets>", "  One.\n  Two.\n",
	                            "Ada Moor (Hall 1), Ben Ruiz");
	char           *text;

	(void)state;
	document_add_category_line(doc, "cs.NE hep-th", NULL);
	add_version(doc, 1, "2026-01-30T12:00:00Z", "66kb", "D");
	add_version(doc, 2, "2026-01-31T12:00:00Z", NULL, NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, at("2026-01-30T12:00:00Z"), NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_UPDATED, at("2026-01-31T12:00:00Z"), NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_VERSION, 2, NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_DATESTAMP, at("2026-02-01"), NULL);
	text = exported(doc);
	assert_string_equal(
		text, HEAD
		"<ListRecords>\n<record>\n<header>\n"
		"<identifier>oai:arXiv.org:2601.22876</identifier>\n"
		"<datestamp>2026-02-01</datestamp>\n<setSpec>cs:cs:NE</setSpec>\n"
		"<setSpec>physics:hep-th</setSpec>\n</header>\n" RAW "<id>2601.22876</id>\n"
		"<version version=\"v1\"><date>Fri, 30 Jan 2026 12:00:00 GMT</date>"
		"<size>66kb</size><source_type>D</source_type></version>\n"
		"<version version=\"v2\"><date>Sat, 31 Jan 2026 12:00:00 GMT</date></version>\n"
		"<title>Loops &amp; &lt;nets&gt;</title>\n"
		"<authors>Ada Moor (Hall 1), Ben Ruiz</authors>\n"
		"<categories>cs.NE hep-th</categories>\n"
		"<abstract>  One.\n  Two.\n</abstract>\n"
		"</arXivRaw>\n</metadata>\n</record>\n</ListRecords>\n</OAI-PMH>\n");
	mem_free(text);
	comes_back(doc);
}

/* What arXivRaw cannot say. */
static void test_beside(void **state)
{
	sheaf_document *doc = paper("lamps-7", "T", NULL, NULL);
	sheaf_author    authors[] = {
		   {"Ada Moor", "Moor", "Ada", NULL, "Hall 1 (left); Hall 2"},
		   {"Ben Ruiz Jr", "Ruiz", "Ben", "Jr", NULL},
		   {"Lamps, Bells and Co", NULL, NULL, NULL, NULL},
        };

	(void)state;
	for (size_t i = 0; i < sizeof authors / sizeof *authors; i++)
		assert_int_equal(sheaf_document_add_author(doc, &authors[i], NULL), SHEAF_OK);
	sheaf_document_set_value(doc, SHEAF_FIELD_SUBMITTED, at("2026-01-30T12:00:00Z"), NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_UPDATED, at("2026-01-31"), NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_DATESTAMP, at("2026-02-01T00:00:01Z"), NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_VERSION, 3, NULL);
	sheaf_document_set_value(doc, SHEAF_FIELD_WITHDRAWN, 1, NULL);
	comes_back(doc);
	/* Nothing but an identifier, and versions that say more than the paper does. */
	comes_back(paper("2601.22876", NULL, NULL, NULL));
	doc = paper("2601.22876", "T", NULL, NULL);
	add_version(doc, 1, "2026-01-30T12:00:00Z", NULL, NULL);
	add_version(doc, 4, NULL, "0kb", "I");
	comes_back(doc);
}

static void test_hostile_text(void **state)
{
	sheaf_document *doc = paper("2601.22876",
	                            "a\x1b[2Jb\xC2\x9B"
	                            "31m]]>&#x3C;",
	                            "\r\n\ttab\xE2\x80\xAE\xEF\xBF\xBE.", "O'Neil \"Q\" <x@y>");
	char           *text = exported(doc);

	(void)state;
	assert_null(strpbrk(text, "\x1b\r\x7f"));
	assert_null(strstr(text, "\xC2\x9B"));
	assert_null(strstr(text, "\xE2\x80\xAE"));
	assert_null(strstr(text, "]]>"));
	mem_free(text);
	set(doc, SHEAF_FIELD_TITLE,
	    "a [2Jb\xC2\x9B"
	    "31m]]>&#x3C;");
	set(doc, SHEAF_FIELD_ABSTRACT, "\r\n\ttab\xE2\x80\xAE\xEF\xBF\xBD.");
	comes_back(doc);
}

static void test_every_text(void **state)
{
	static const sheaf_field fields[] = {
		SHEAF_FIELD_COMMENTS, SHEAF_FIELD_JOURNAL_REF, SHEAF_FIELD_REPORT_NO,
		SHEAF_FIELD_DOI,      SHEAF_FIELD_MSC_CLASS,   SHEAF_FIELD_ACM_CLASS,
		SHEAF_FIELD_LICENSE,  SHEAF_FIELD_SUBMITTER,   SHEAF_FIELD_PROXY,
	};
	sheaf_document *doc = paper("2601.22876", "T\n  t", "A", "Ada Moor");
	char            value[] = "value A";

	(void)state;
	for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
		value[6] = (char)('A' + i);
		set(doc, fields[i], value);
	}
	comes_back(doc);
}

static void test_no_papers(void **state)
{
	sheaf_list_head head = {.now = at(MOON)};
	char           *text = written(SHEAF_FORMAT_OAI, &head, NULL, 0);
	parsed          p = parse(SHEAF_SOURCE_OAI, text);

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(p.info.error_code, "noRecordsMatch");
	parsed_free(&p);
	mem_free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_record),       cmocka_unit_test(test_beside),
		cmocka_unit_test(test_hostile_text), cmocka_unit_test(test_every_text),
		cmocka_unit_test(test_no_papers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
