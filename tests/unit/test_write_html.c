/* write_html.c and what it is made of. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
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
	set(a, SHEAF_FIELD_COMMENTS, "4 <pages>");
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
	has(text, "<p class=\"soft\">Comments: 4 &lt;pages&gt;</p>\n");
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
	has(text, "<h1>Lamps &amp; bells</h1>\n<p class=\"soft\"><time "
	          "datetime=\"2026-02-01T08:30:00Z\">2026-02-01 08:30 UTC</time>"
	          " \xC2\xB7 3 papers \xC2\xB7 2 sections</p>\n<p>New &lt;ones&gt;</p>\n");
	has(text,
	    "<ul>\n<li><a href=\"#s-one\">One &amp; only</a> <span class=\"soft\">1</span></li>\n"
	    "<li><a href=\"#rest\">Rest</a> <span class=\"soft\">2</span></li>\n</ul>\n");
	has(text, "<section id=\"s-one\">\n<h2>One &amp; only</h2>\n");
	has(text, "<section id=\"rest\">\n<h2>Rest</h2>\n");
	has_not(text, "Empty");
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

/* A link to a section holds tomorrow; no two sections have the same one. */
static void sections_have_anchors(void **state)
{
	static const char *const names[] = {"cs.NE", "cs_NE", "a b", "a_20b", "\xC3\xA9\"><i>",
	                                    "cs.NE", NULL,    NULL,  "\x1b"};
	sheaf_document          *a = usual();
	sheaf_item               item = {.doc = a};
	sheaf_list_head          head = {.kind = SHEAF_LIST_DIGEST};
	buf                      out = BUF_INIT(0);
	sheaf_writer            *w;
	markup                   m;

	(void)state;
	assert_int_equal(sheaf_writer_new(SHEAF_FORMAT_HTML, to_buf, &out, &w, NULL), SHEAF_OK);
	sheaf_writer_begin(w, &head);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		sheaf_writer_section(w, names[i], i < 8 ? "H" : "\x1b");
		sheaf_writer_item(w, &item);
	}
	assert_int_equal(sheaf_writer_end(w, NULL), SHEAF_OK);
	sheaf_writer_free(w);
	m = read_page(buf_str(&out), "h2");
	assert_string_equal(buf_str(&m.texts), "H\nH\nH\nH\nH\nH\nH\nH\nPapers\n");
	assert_true(str_starts(buf_str(&m.links),
	                       "#s-cs.NE\n#s-cs_5FNE\n#s-a_20b\n#s-a_5F20b\n"
	                       "#s-_C3_A9_22_3E_3Ci_3E\n#s-cs.NE~6\n#rest\n#rest~8\n#s-_1B\n"));
	has(buf_str(&out), "<section id=\"s-cs.NE~6\">");
	markup_free(&m);
	buf_free(&out);
	sheaf_document_free(a);
}

static void a_page_leads_to_its_feeds(void **state)
{
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST,
	                        .title = "\x1b",
	                        .home = "index.html",
	                        .atom = "https://example.org/a\"b.xml",
	                        .jsonfeed = "javascript:alert(1)"};
	char           *text = written(SHEAF_FORMAT_HTML, &head, NULL, 0);

	(void)state;
	has(text, "<title>arXiv digest</title>\n<link rel=\"alternate\" "
	          "type=\"application/atom+xml\" href=\"https://example.org/a%22b.xml\"/>\n");
	has(text, "<h1>arXiv digest</h1>\n");
	has(text, "<p class=\"links\"><a href=\"index.html\">Home</a>\n"
	          "<a href=\"https://example.org/a%22b.xml\">Atom</a>\n</p>\n");
	has_not(text, "javascript");
	sheaf_free(text);
}

/* Ten are shown; all of them are in the fold. */
static void long_lists_of_authors_fold(void **state)
{
	sheaf_document *a = paper("2601.00001v3", "T", "Words.", NULL);
	sheaf_item      item = {.doc = a, .updated = 1};
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST};
	char            name[16], *text;

	(void)state;
	for (int i = 1; i <= 11; i++) {
		snprintf(name, sizeof name, "N %d", i);
		assert_int_equal(sheaf_document_add_author(a, &(sheaf_author){.name = name}, NULL),
		                 SHEAF_OK);
	}
	text = written(SHEAF_FORMAT_HTML, &head, &item, 1);
	has(text, "<p>N 1, N 2, N 3, N 4, N 5, N 6, N 7, N 8, N 9, N 10 et al.</p>\n");
	has(text,
	    "<summary>Abstract (11 authors)</summary>\n<p>Words.</p>\n"
	    "<p class=\"soft\">N 1, N 2, N 3, N 4, N 5, N 6, N 7, N 8, N 9, N 10, N 11</p>\n");
	has(text, "2601.00001 <span class=\"badge\">updated, v3</span></p>\n");
	has(text, " \xC2\xB7 1 paper \xC2\xB7 1 of them updated</p>\n");
	sheaf_free(text);
	sheaf_document_free(a);
}

/* Nothing runs, and nothing is fetched. */
static void the_page_stands_alone(void **state)
{
	char *text = written(SHEAF_FORMAT_HTML, NULL, NULL, 0);

	(void)state;
	has(text,
	    "Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'; ");
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
		cmocka_unit_test(sections_have_anchors),
		cmocka_unit_test(a_page_leads_to_its_feeds),
		cmocka_unit_test(long_lists_of_authors_fold),
		cmocka_unit_test(the_page_stands_alone),
		cmocka_unit_test(hostile_papers_are_text),
		cmocka_unit_test(marks_always_pair),
		cmocka_unit_test(links_are_those_that_exist),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
