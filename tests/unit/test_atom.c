/* Atom answers of both servers of the API. */
#include "parsed.h"

#define FEED \
	"<feed xmlns='http://www.w3.org/2005/Atom' xmlns:arxiv='http://arxiv.org/schemas/atom'>"

/* As the server since 2025-11 orders them, then as the one before did. */
static const char *const parts[] = {
	"<id>http://arxiv.org/abs/2101.00001v3</id>",
	"<title>On lamps\n  and bells</title>",
	"<updated>2021-03-01T12:00:00Z</updated>",
	"<link href='https://arxiv.org/abs/2101.00001v3' rel='alternate' type='text/html'/>",
	"<link href='https://arxiv.org/pdf/2101.00001v3' rel='related' title='pdf'/>",
	"<summary>  Lamps &amp; bells.\n  Again.\n</summary>",
	"<category term='cs.CV' scheme='http://arxiv.org/schemas/atom'/>",
	"<category term='cs.NE' scheme='http://arxiv.org/schemas/atom'/>",
	"<category term='68T05, 68T10' scheme='http://arxiv.org/schemas/atom'/>",
	"<category term='I.2.6; D.2.11' scheme='http://arxiv.org/schemas/atom'/>",
	"<published>2021-01-01T10:00:00-05:00</published>",
	"<arxiv:comment>4 pages</arxiv:comment>",
	"<arxiv:primary_category term='cs.NE'/>",
	"<arxiv:journal_ref>J. Lamps 1</arxiv:journal_ref>",
	"<author><arxiv:affiliation>Hall 1</arxiv:affiliation><name>Ada Quist</name>"
	"<arxiv:affiliation>Hall 2</arxiv:affiliation>"
	"</author>",
	"<arxiv:doi>10.1/a</arxiv:doi>",
	"<link href='https://doi.org/10.1/a' rel='related' title='doi'/>",
	"<source><id>http://arxiv.org/abs/9</id><title>not this</title></source>",
	"<rights/>",
};

enum { PARTS = sizeof parts / sizeof *parts };

static void entry(buf *out, size_t first, size_t stride)
{
	buf_puts(out, FEED "<title>not this</title><updated>2026-01-01T00:00:00Z</updated><entry>");
	for (size_t i = 0; i < PARTS; i++)
		buf_puts(out, parts[(first + i * stride) % PARTS]);
	buf_puts(out, "</entry></feed>");
}

static void test_entry(void **state)
{
	buf    text = BUF_INIT(0);
	parsed p;

	(void)state;
	entry(&text, 0, 1);
	p = parse(SHEAF_SOURCE_ATOM, text.data);
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(
		buf_str(&p.text),
		"1=On lamps\n  and bells\n2=  Lamps & bells.\n  Again.\n\n4=4 pages\n5=J. Lamps 1\n"
		"7=2101.00001\n8=cs.NE cs.CV\n10=10.1/a\n11=68T05, 68T10\n12=I.2.6; D.2.11\n"
		"16=1609513200\n17=1614600000\n19=3\n"
		"author=Ada Quist|-|-|-|Hall 1; Hall 2\n--\n");
	parsed_free(&p);
	buf_free(&text);
}

/* Only the order among categories and among affiliations means something. */
static void test_order(void **state)
{
	buf    text = BUF_INIT(0);
	parsed first, p;

	(void)state;
	entry(&text, 0, 1);
	first = parse(SHEAF_SOURCE_ATOM, text.data);
	for (size_t start = 0; start < PARTS; start++)
		for (size_t stride = 1; stride < PARTS; stride++) {
			buf_clear(&text);
			entry(&text, start, stride);
			p = parse(SHEAF_SOURCE_ATOM, text.data);
			assert_string_equal(buf_str(&p.text), buf_str(&first.text));
			parsed_free(&p);
		}
	parsed_in_pieces(SHEAF_SOURCE_ATOM, text.data, text.len);
	parsed_cut_anywhere(SHEAF_SOURCE_ATOM, text.data, text.len);
	parsed_free(&first);
	buf_free(&text);
}

static void test_counts(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_ATOM, FEED
		"<opensearch:itemsPerPage xmlns:opensearch='urn:o'>25</opensearch:itemsPerPage>"
		"<opensearch:totalResults xmlns:opensearch='urn:o'> 424441 "
		"</opensearch:totalResults>"
		"<opensearch:startIndex xmlns:opensearch='urn:o'>375</opensearch:startIndex></feed>");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_int_equal(p.info.total_results, 424441);
	assert_int_equal(p.info.start_index, 375);
	assert_int_equal(p.info.items_per_page, 25);
	assert_int_equal(p.info.records, 0);
	parsed_free(&p);
	p = parse(SHEAF_SOURCE_ATOM, FEED "</feed>");
	assert_int_equal(p.info.total_results, -1);
	parsed_free(&p);
}

/* A mistake in the question is answered by an entry. */
static void test_error_entry(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_ATOM,
		FEED "<entry><title>Error</title><summary>incorrect id\nformat for abc</summary>"
		     "<id>https://arxiv.org/api/errors#incorrect_id_format_for_abc</id>"
		     "<author><name>arXiv api core</name></author></entry></feed>");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(p.info.error_code, "api");
	assert_string_equal(p.info.error_text, "incorrect id format for abc");
	assert_int_equal(p.documents, 0);
	assert_int_equal(p.info.records, 0);
	parsed_free(&p);
}

/* In 2007 the id had no version, but the link to the page did. */
static void test_version_from_link(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_ATOM, FEED
		"<entry><link rel='alternate' href='http://arxiv.org/abs/hep-ex/0301015v2'/>"
		"<id>http://arxiv.org/abs/hep-ex/0301015</id>"
		"<link title='doi' href='http://dx.doi.org/10.1/x&amp;y' rel='related'/></entry>"
		"<entry><link rel='alternate' href='http://arxiv.org/abs/hep-ex/0301016v2'/>"
		"<id>http://arxiv.org/abs/hep-ex/0301017</id></entry></feed>");

	(void)state;
	assert_string_equal(buf_str(&p.text),
	                    "7=hep-ex/0301015\n10=10.1/x&y\n19=2\n--\n7=hep-ex/0301017\n--\n");
	parsed_free(&p);
}

static void test_rejects(void **state)
{
	parsed p = parse(SHEAF_SOURCE_ATOM,
	                 FEED "<entry><title>No id</title></entry><entry><id>tag:a,b c</id></entry>"
	                      "<entry><id>http://arxiv.org/abs/2101.00001v1</id></entry></feed>");

	(void)state;
	assert_string_equal(buf_str(&p.rejects), "1 has no id\n2 its id is no identifier\n");
	assert_int_equal(p.documents, 1);
	assert_int_equal(p.info.records, 3);
	parsed_free(&p);
}

static void test_others(void **state)
{
	parsed p = parse(SHEAF_SOURCE_ATOM, "<rss><channel/></rss>");

	(void)state;
	assert_int_equal(p.status, SHEAF_ERROR_PROTOCOL);
	parsed_free(&p);
	p = parse(SHEAF_SOURCE_ATOM,
	          FEED "<entry><arxiv:announce_type>new</arxiv:announce_type></entry></feed>");
	assert_int_equal(p.status, SHEAF_ERROR_PROTOCOL);
	assert_non_null(strstr(p.err.message, "announcement"));
	parsed_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_entry),   cmocka_unit_test(test_order),
		cmocka_unit_test(test_counts),  cmocka_unit_test(test_error_entry),
		cmocka_unit_test(test_rejects), cmocka_unit_test(test_version_from_link),
		cmocka_unit_test(test_others),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
