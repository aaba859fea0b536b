/* write_html.c and what it is made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "markup_check.h"
#include "str.h"
#include "writer_fixture.h"

#define DOCTYPE "<!DOCTYPE html>\n"

/* A page is well-formed as XML as well, but for its first line. */
static markup read_page(const char *text, const char *wanted)
{
	assert_true(str_starts(text, DOCTYPE));
	return markup_read(text + strlen(DOCTYPE), wanted);
}

static void a_search(void **state)
{
	static const sheaf_facet_count counts[] = {{"cs.NE", 12}, {"<b>", 3}};
	static const sheaf_facet       facets[] = {{"category", counts, 2}};
	static const sheaf_explanation why[] = {{"loop", "in <12> papers", 1.25},
	                                        {"net", NULL, 0.25}};
	sheaf_document                *a = usual();
	sheaf_item                     item = {.doc = a,
	                                       .percent = 80,
	                                       .weight = 1.5,
	                                       .snippet = "a < \xEE\x80\x80loop\xEE\x80\x81 & b",
	                                       .explanations = why,
	                                       .explanation_count = 2};
	sheaf_list_head                head = {.kind = SHEAF_LIST_SEARCH,
	                                       .query = "<loops>",
	                                       .total = 12,
	                                       .exact = 1,
	                                       .did_you_mean = "l&ps",
	                                       .facets = facets,
	                                       .facet_count = 1};
	char                          *text;
	markup                         m;

	(void)state;
	set(a, SHEAF_FIELD_DOI, "10.1/a");
	text = written(SHEAF_FORMAT_HTML, &head, &item, 1);
	m = read_page(text, "title");
	assert_string_equal(buf_str(&m.texts), "<loops>\n");
	assert_string_equal(buf_str(&m.links), "https://arxiv.org/abs/2601.22876v2\n"
	                                       "https://arxiv.org/abs/2601.22876v2\n"
	                                       "https://arxiv.org/pdf/2601.22876v2\n"
	                                       "https://arxiv.org/html/2601.22876v2\n"
	                                       "https://doi.org/10.1/a\n");
	markup_free(&m);
	has(text, "<p class=\"soft\">12 papers</p>\n");
	has(text, "Did you mean <strong>l&amp;ps</strong>?");
	has(text, "<h3><a href=\"https://arxiv.org/abs/2601.22876v2\">Loops in nets</a></h3>\n");
	has(text, "<p>a &lt; <mark>loop</mark> &amp; b</p>\n");
	has(text, "<summary>Abstract</summary>\n<p>First line and second.  Third.</p>\n");
	has(text, "<tr><td>1.250</td><td>loop</td><td>in &lt;12&gt; papers</td></tr>\n");
	has(text, "<tr><td>1.500</td><td>= score</td><td></td></tr>\n");
	has(text, "<li>&lt;b&gt; <span class=\"soft\">3</span></li>");
	sheaf_free(text);
	sheaf_document_free(a);
}

static void a_digest_has_headings(void **state)
{
	sheaf_document *a = usual();
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST,
	                        .title = "Lamps & bells",
	                        .intro = "New <ones>",
	                        .now = at("2026-02-01T08:30:00Z")};
	char           *text = sections(SHEAF_FORMAT_HTML, &head, a);
	markup          m = read_page(text, "h2");

	(void)state;
	assert_string_equal(buf_str(&m.texts), "One & only\nRest\n");
	has(text, "<h1>Lamps &amp; bells</h1>\n<p class=\"soft\">2026-02-01 08:30 UTC</p>\n"
	          "<p>New &lt;ones&gt;</p>\n");
	markup_free(&m);
	sheaf_free(text);
	text = written(SHEAF_FORMAT_HTML, &head, NULL, 0);
	m = read_page(text, "h2");
	assert_string_equal(buf_str(&m.texts), "");
	has(text, "<p>No new papers.</p>");
	markup_free(&m);
	sheaf_free(text);
	sheaf_document_free(a);
}

/* Nothing runs, and nothing is fetched. */
static void the_page_stands_alone(void **state)
{
	char *text = written(SHEAF_FORMAT_HTML, NULL, NULL, 0);

	(void)state;
	has(text,
	    "Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\"");
	has(text, "name=\"viewport\"");
	has(text, "prefers-color-scheme: dark");
	has_not(text, "http:");
	has_not(text, "https:");
	has_not(text, "<script");
	has_not(text, "url(");
	has_not(text, "@import");
	has(text, "<title>arXiv papers</title>");
	has(text, "<p>No papers.</p>");
	sheaf_free(text);
}

static void hostile_papers_are_text(void **state)
{
	sheaf_document   *a = hostile();
	sheaf_explanation why = {HOSTILE, HOSTILE, 1};
	sheaf_facet_count count = {HOSTILE, 1};
	sheaf_facet       facet = {"author", &count, 1};
	sheaf_item        item = {
		       .doc = a, .snippet = HOSTILE, .explanations = &why, .explanation_count = 1};

	(void)state;
	for (int kind = SHEAF_LIST_PAPERS; kind <= SHEAF_LIST_DIGEST; kind++) {
		sheaf_list_head head = {.kind = (sheaf_list_kind)kind,
		                        .query = HOSTILE,
		                        .title = HOSTILE,
		                        .intro = HOSTILE,
		                        .did_you_mean = HOSTILE,
		                        .facets = &facet,
		                        .facet_count = 1};
		char           *text = written(SHEAF_FORMAT_HTML, &head, &item, 1);
		markup          m = read_page(text, "a");

		is_clean(text);
		has_not(buf_str(&m.names), "script");
		has_not(buf_str(&m.names), "misc");
		assert_false(m.wrong);
		has(buf_str(&m.texts), "</title>\"'<script>alert(1)</script>&{}\\input{x}%$ [31m ");
		markup_free(&m);
		sheaf_free(text);
	}
	sheaf_document_free(a);
}

static void marks_always_pair(void **state)
{
	static const struct {
		const char *snippet, *written;
	} cases[] = {
		{"\xEE\x80\x81"
	         "a\xEE\x80\x80"
	         "b",
	         "<p>a<mark>b</mark></p>"},
		{"\xEE\x80\x80\xEE\x80\x80"
	         "a\xEE\x80\x81\xEE\x80\x81"
	         "b",
	         "<p><mark>a</mark>b</p>"},
		{"a", "<p>a</p>"},
	};
	sheaf_document *a = paper("2601.00001", "T", NULL, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_item item = {.doc = a, .snippet = cases[i].snippet};
		char      *text = written(SHEAF_FORMAT_HTML, NULL, &item, 1);

		has(text, cases[i].written);
		sheaf_free(text);
	}
	sheaf_document_free(a);
}

/* arXiv has no HTML of old papers, and nothing of papers that are not its own. */
static void links_are_those_that_exist(void **state)
{
	static const struct {
		const char *id, *links;
	} cases[] = {
		{"0704.0001v1",
	         "https://arxiv.org/abs/0704.0001v1\nhttps://arxiv.org/abs/0704.0001v1\n"
	         "https://arxiv.org/pdf/0704.0001v1\n"},
		{"hep-th/9901001",
	         "https://arxiv.org/abs/hep-th/9901001\nhttps://arxiv.org/abs/hep-th/9901001\n"
	         "https://arxiv.org/pdf/hep-th/9901001\n"},
		{"2312.00001",
	         "https://arxiv.org/abs/2312.00001\nhttps://arxiv.org/abs/2312.00001\n"
	         "https://arxiv.org/pdf/2312.00001\nhttps://arxiv.org/html/2312.00001\n"},
		{"cran.17", ""},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document *a = paper(cases[i].id, "T", NULL, NULL);
		sheaf_item      item = {.doc = a};
		char           *text = written(SHEAF_FORMAT_HTML, NULL, &item, 1);
		markup          m = read_page(text, "h3");

		assert_string_equal(buf_str(&m.links), cases[i].links);
		markup_free(&m);
		sheaf_free(text);
		sheaf_document_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_search),
		cmocka_unit_test(a_digest_has_headings),
		cmocka_unit_test(the_page_stands_alone),
		cmocka_unit_test(hostile_papers_are_text),
		cmocka_unit_test(marks_always_pair),
		cmocka_unit_test(links_are_those_that_exist),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
