/* write_atom.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "markup_check.h"
#include "writer_fixture.h"

#define NOW "2026-02-01T08:30:00Z"

static void a_feed(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a};
	sheaf_list_head head = {.kind = SHEAF_LIST_SEARCH,
	                        .query = "loops & nets",
	                        .total = 40,
	                        .first = 10,
	                        .now = at(NOW)};

	(void)state;
	set(a, SHEAF_FIELD_COMMENTS, "4 pages");
	set(a, SHEAF_FIELD_JOURNAL_REF, "J. Lamps 1");
	set(a, SHEAF_FIELD_DOI, "10.1/a(b)<c>");
	sheaf_document_add_author(a, &(sheaf_author){.name = "Eve Fox", .affiliation = "Hall 1"},
	                          NULL);
	writes(SHEAF_FORMAT_ATOM, &head, &item, 1,
	       "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
	       "<feed xmlns=\"http://www.w3.org/2005/Atom\"\n"
	       "      xmlns:arxiv=\"http://arxiv.org/schemas/atom\"\n"
	       "      xmlns:opensearch=\"http://a9.com/-/spec/opensearch/1.1/\">\n"
	       "  <title>loops &amp; nets</title>\n"
	       "  <id>urn:sheaf:search:loops%20%26%20nets</id>\n"
	       "  <updated>" NOW "</updated>\n"
	       "  <generator>sheaf</generator>\n"
	       "  <opensearch:totalResults>40</opensearch:totalResults>\n"
	       "  <opensearch:startIndex>10</opensearch:startIndex>\n"
	       "  <entry>\n"
	       "    <id>http://arxiv.org/abs/2601.22876</id>\n"
	       "    <title>Loops in nets</title>\n"
	       "    <updated>2026-01-31T00:00:00Z</updated>\n"
	       "    <published>2026-01-30T12:00:00Z</published>\n"
	       "    <author>\n      <name>Ada Moor</name>\n    </author>\n"
	       "    <author>\n      <name>Ben Ruiz</name>\n    </author>\n"
	       "    <author>\n      <name>Cleo Tan</name>\n    </author>\n"
	       "    <author>\n      <name>Dov Ek</name>\n    </author>\n"
	       "    <author>\n      <name>Eve Fox</name>\n"
	       "      <arxiv:affiliation>Hall 1</arxiv:affiliation>\n    </author>\n"
	       "    <link rel=\"alternate\" type=\"text/html\" href=\"https://arxiv.org/abs/2601.22876v2\"/>\n"
	       "    <link rel=\"related\" type=\"application/pdf\" title=\"pdf\" "
	       "href=\"https://arxiv.org/pdf/2601.22876v2\"/>\n"
	       "    <link rel=\"related\" title=\"doi\" href=\"https://doi.org/10.1/a%28b%29%3Cc%3E\"/>\n"
	       "    <arxiv:primary_category term=\"cs.NE\" scheme=\"http://arxiv.org/schemas/atom\"/>\n"
	       "    <category term=\"cs.NE\" scheme=\"http://arxiv.org/schemas/atom\"/>\n"
	       "    <category term=\"cs.AI\" scheme=\"http://arxiv.org/schemas/atom\"/>\n"
	       "    <summary>First line and second.  Third.</summary>\n"
	       "    <arxiv:comment>4 pages</arxiv:comment>\n"
	       "    <arxiv:journal_ref>J. Lamps 1</arxiv:journal_ref>\n"
	       "    <arxiv:doi>10.1/a(b)&lt;c&gt;</arxiv:doi>\n"
	       "  </entry>\n"
	       "</feed>\n");
	sheaf_document_free(a);
}

/* An entry needs an id, a title, a time, an author, and a link or its content. */
static void bare_papers_are_entries_too(void **state)
{
	sheaf_document *a = paper("cran.17", NULL, NULL, NULL);
	sheaf_item      item = {.doc = a};
	sheaf_list_head head = {.now = at(NOW)};
	char           *text = written(SHEAF_FORMAT_ATOM, &head, &item, 1);

	(void)state;
	has(text, "  <entry>\n"
	          "    <id>urn:sheaf:paper:cran.17</id>\n"
	          "    <title>cran.17</title>\n"
	          "    <updated>" NOW "</updated>\n"
	          "    <author><name>unknown</name></author>\n"
	          "    <content></content>\n"
	          "  </entry>\n");
	sheaf_free(text);
	sheaf_document_free(a);
}

/* Every entry has a time, and RFC 3339 has four digits for its year. */
static void any_time_can_be_written(void **state)
{
	static const struct {
		sheaf_time  updated, now;
		const char *written;
	} cases[] = {
		{SHEAF_TIME_NONE, SHEAF_TIME_NONE, "1970-01-01T00:00:00Z"},
		{SHEAF_TIME_NONE, 86400, "1970-01-02T00:00:00Z"},
		{(int64_t)1 << 58, 0, "9999-12-31T23:59:59Z"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		sheaf_document *a = paper("cran.17", "T", NULL, NULL);
		sheaf_item      item = {.doc = a};
		sheaf_list_head head = {.now = cases[i].now};
		char           *text, line[64];

		sheaf_document_set_value(a, SHEAF_FIELD_UPDATED, cases[i].updated, NULL);
		text = written(SHEAF_FORMAT_ATOM, &head, &item, 1);
		snprintf(line, sizeof line, "    <updated>%s</updated>\n", cases[i].written);
		has(text, line);
		sheaf_free(text);
		sheaf_document_free(a);
	}
}

static void a_digest_has_its_sections_as_categories(void **state)
{
	sheaf_document *a = usual();
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST,
	                        .title = "Daily <lamps>",
	                        .intro = "All & new",
	                        .now = at(NOW)};
	char           *text = sections(SHEAF_FORMAT_ATOM, &head, a);
	markup          m = markup_read(text, "title");

	(void)state;
	has(text, "<id>urn:uuid:");
	has(text, "<subtitle>All &amp; new</subtitle>\n");
	has(text,
	    "<category term=\"one\" scheme=\"urn:sheaf:section\" label=\"One &amp; only\"/>\n");
	has(text, "<category term=\"new\" scheme=\"urn:sheaf:status\"/>\n");
	has_not(text, "Empty");
	/* It has the paper once. */
	assert_string_equal(buf_str(&m.texts), "Daily <lamps>\nLoops in nets\n");
	markup_free(&m);
	sheaf_free(text);
	/* Without papers, still a feed. */
	text = written(SHEAF_FORMAT_ATOM, &head, NULL, 0);
	m = markup_read(text, "title");
	assert_string_equal(buf_str(&m.names), "feed title subtitle id updated generator ");
	markup_free(&m);
	sheaf_free(text);
	sheaf_document_free(a);
}

static char *feed_id(const char *name, const char *title, const char *now)
{
	sheaf_list_head head = {
		.kind = SHEAF_LIST_DIGEST, .name = name, .title = title, .now = at(now)};
	char *text = written(SHEAF_FORMAT_ATOM, &head, NULL, 0);
	char *id = strstr(text, "<id>"), *end = strstr(text, "</id>");
	buf   out = BUF_INIT(0);

	assert_true(id && end);
	buf_append(&out, id + 4, (size_t)(end - id) - 4);
	sheaf_free(text);
	return buf_take(&out);
}

/* A digest is the same feed tomorrow, under another title, too; others are others. */
static void a_digest_is_known_by_its_name(void **state)
{
	static const char *const names[] = {"lamps", "lamps/new", "Lamps", "lamp", "", NULL};
	char                    *ids[8];

	(void)state;
	for (size_t i = 0; i < 6; i++) {
		char *again = feed_id(names[i], i < 4 ? "Other" : "T", NOW);

		ids[i] = feed_id(names[i], "T", MOON);
		assert_string_equal(ids[i], again);
		sheaf_free(again);
		/* urn:uuid:, and 8-4-4-4-12 digits, of version 8 and the usual variant */
		assert_int_equal(strlen(ids[i]), 45);
		assert_int_equal(strspn(ids[i] + 9, "0123456789abcdef-"), 36);
		assert_int_equal(ids[i][23], '8');
		assert_non_null(strchr("89ab", ids[i][28]));
		for (size_t j = 0; j < i; j++)
			assert_true((strcmp(ids[i], ids[j]) == 0) == (i == 5 && j == 4));
	}
	for (size_t i = 0; i < 6; i++)
		sheaf_free(ids[i]);
}

static void a_feed_says_where_it_is(void **state)
{
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST,
	                        .title = "\x1b\x07",
	                        .self = "https://example.org/a&b \"c\".xml",
	                        .home = "javascript:alert(1)"};
	char           *text = written(SHEAF_FORMAT_ATOM, &head, NULL, 0);

	(void)state;
	has(text, "<title>arXiv papers</title>\n");
	has(text, "  <link rel=\"self\" type=\"application/atom+xml\" "
	          "href=\"https://example.org/a&amp;b%20%22c%22.xml\"/>\n");
	has_not(text, "javascript");
	sheaf_free(text);
	head.home = "https://example.org/";
	text = written(SHEAF_FORMAT_ATOM, &head, NULL, 0);
	has(text, "<link rel=\"alternate\" type=\"text/html\" href=\"https://example.org/\"/>\n");
	sheaf_free(text);
}

/* What has nothing that can be shown is as good as absent. */
static void empty_names_are_unknown(void **state)
{
	sheaf_document *a = paper("2601.00001", "\x1b", "\x07", NULL);
	sheaf_item      item = {.doc = a, .updated = 1};
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST};
	char           *text;

	(void)state;
	sheaf_document_add_author(a, &(sheaf_author){.name = "\xE2\x80\xAE"}, NULL);
	text = written(SHEAF_FORMAT_ATOM, &head, &item, 1);
	has(text, "    <title>untitled</title>\n");
	has(text, "      <name>unknown</name>\n");
	has(text, "term=\"updated\" scheme=\"urn:sheaf:status\"");
	has_not(text, "<summary>");
	sheaf_free(text);
	sheaf_document_free(a);
}

static void hostile_papers_are_text(void **state)
{
	sheaf_document *a = hostile();
	sheaf_item      item = {.doc = a, .snippet = HOSTILE};
	sheaf_list_head head = {
		.kind = SHEAF_LIST_SEARCH, .query = HOSTILE "\xFF\xEF\xBF\xBF", .now = at(NOW)};
	char  *text = written(SHEAF_FORMAT_ATOM, &head, &item, 1);
	markup m = markup_read(text, "summary");

	(void)state;
	is_clean(text);
	has_not(text, "\xEF\xBF\xBF");
	assert_string_equal(
		buf_str(&m.names),
		"feed title id updated generator totalResults startIndex entry id title updated "
		"author name author name affiliation link link primary_category category summary "
		"comment journal_ref doi ");
	has(buf_str(&m.texts), "</title>\"'<script>alert(1)</script>&{}\\input{x}%$ [31m ");
	assert_false(m.wrong);
	markup_free(&m);
	sheaf_free(text);
	sheaf_document_free(a);
}

/* What a program may have as a template is only followed where it leads to the web. */
static void links_lead_to_the_web(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a};
	sheaf_list_head head = {.now = at(NOW), .link = "javascript:alert('{id}')"};
	char           *text = written(SHEAF_FORMAT_ATOM, &head, &item, 1);

	(void)state;
	has_not(text, "javascript");
	has(text, "<content>First line and second.  Third.</content>");
	sheaf_free(text);
	head.link = "http://x.example/?a=1&q=\"{id}\"";
	text = written(SHEAF_FORMAT_ATOM, &head, &item, 1);
	has(text, "href=\"http://x.example/?a=1&amp;q=%222601.22876%22\"/>");
	sheaf_free(text);
	sheaf_document_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_feed),
		cmocka_unit_test(bare_papers_are_entries_too),
		cmocka_unit_test(any_time_can_be_written),
		cmocka_unit_test(a_digest_has_its_sections_as_categories),
		cmocka_unit_test(a_digest_is_known_by_its_name),
		cmocka_unit_test(a_feed_says_where_it_is),
		cmocka_unit_test(empty_names_are_unknown),
		cmocka_unit_test(hostile_papers_are_text),
		cmocka_unit_test(links_lead_to_the_web),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
