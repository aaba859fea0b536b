/* write_jsonfeed.c */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>
#include <jansson.h>

#include "writer_fixture.h"

static json_t *feed_of(const char *text)
{
	json_error_t error;
	json_t      *feed = json_loads(text, JSON_REJECT_DUPLICATES, &error);

	if (!feed)
		fail_msg("%s in %s", error.text, text);
	return feed;
}

static const char *member(const json_t *object, const char *key)
{
	return json_string_value(json_object_get(object, key));
}

static void a_feed(void **state)
{
	sheaf_document *a = usual();
	sheaf_item      item = {.doc = a};
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST,
	                        .title = "Daily <lamps>",
	                        .intro = "All & new",
	                        .now = at(MOON),
	                        .home = "https://example.org/",
	                        .self = "https://example.org/a \"b\".json"};

	(void)state;
	set(a, SHEAF_FIELD_COMMENTS, "4 pages");
	set(a, SHEAF_FIELD_DOI, "10.1/a");
	writes(SHEAF_FORMAT_JSONFEED, &head, &item, 1,
	       "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"Daily <lamps>\","
	       "\"home_page_url\":\"https://example.org/\","
	       "\"feed_url\":\"https://example.org/a%20%22b%22.json\","
	       "\"description\":\"All & new\",\"items\":["
	       "{\"id\":\"https://arxiv.org/abs/2601.22876\","
	       "\"url\":\"https://arxiv.org/abs/2601.22876v2\","
	       "\"external_url\":\"https://doi.org/10.1/a\",\"title\":\"Loops in nets\","
	       "\"content_text\":\"First line and second.  Third.\","
	       "\"summary\":\"First line and second. Third.\","
	       "\"date_published\":\"2026-01-30T12:00:00Z\","
	       "\"date_modified\":\"2026-01-31T00:00:00Z\","
	       "\"authors\":[{\"name\":\"Ada Moor\"},{\"name\":\"Ben Ruiz\"},"
	       "{\"name\":\"Cleo Tan\"},{\"name\":\"Dov Ek\"}],\"tags\":[\"cs.NE\",\"cs.AI\"],"
	       "\"_arxiv\":{\"id\":\"2601.22876\",\"version\":2,\"status\":\"new\","
	       "\"primary_category\":\"cs.NE\",\"pdf\":\"https://arxiv.org/pdf/2601.22876v2\","
	       "\"html\":\"https://arxiv.org/html/2601.22876v2\",\"doi\":\"10.1/a\","
	       "\"comments\":\"4 pages\"}}]}\n");
	sheaf_document_free(a);
}

/* An item has an id that is its own, though the paper stands in three sections. */
static void a_paper_is_one_item(void **state)
{
	sheaf_document *a = usual();
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST, .title = "T"};
	char           *text = sections(SHEAF_FORMAT_JSONFEED, &head, a);
	json_t         *feed = feed_of(text), *items = json_object_get(feed, "items");

	(void)state;
	assert_int_equal(json_array_size(items), 1);
	assert_string_equal(member(json_object_get(json_array_get(items, 0), "_arxiv"), "section"),
	                    "One & only");
	json_decref(feed);
	sheaf_free(text);
	sheaf_document_free(a);
}

/* An item needs an id and content; all else is left out where it is not known. */
static void bare_papers_are_items_too(void **state)
{
	sheaf_document *a = paper("cran.17", NULL, NULL, NULL);
	sheaf_item      item = {.doc = a};

	(void)state;
	writes(SHEAF_FORMAT_JSONFEED, NULL, &item, 1,
	       "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"arXiv papers\","
	       "\"items\":[{\"id\":\"urn:sheaf:paper:cran.17\",\"title\":\"cran.17\","
	       "\"content_text\":\"\",\"_arxiv\":{\"id\":\"cran.17\"}}]}\n");
	writes(SHEAF_FORMAT_JSONFEED, NULL, NULL, 0,
	       "{\"version\":\"https://jsonfeed.org/version/1.1\",\"title\":\"arXiv papers\","
	       "\"items\":[]}\n");
	sheaf_document_free(a);
}

static void a_long_abstract_has_a_summary(void **state)
{
	sheaf_document *a;
	sheaf_item      item;
	buf             abstract = BUF_INIT(0);
	char           *text;
	json_t         *feed;
	const char     *summary;

	(void)state;
	for (int i = 0; i < 100; i++)
		buf_puts(&abstract, "\xC3\xA9ight ");
	a = paper("2601.00001", "T", buf_str(&abstract), NULL);
	item = (sheaf_item){.doc = a};
	text = written(SHEAF_FORMAT_JSONFEED, NULL, &item, 1);
	feed = feed_of(text);
	summary = member(json_array_get(json_object_get(feed, "items"), 0), "summary");
	assert_in_range(strlen(summary), 200, 283);
	assert_string_equal(summary + strlen(summary) - 9, "\xC3\xA9ight\xE2\x80\xA6");
	json_decref(feed);
	sheaf_free(text);
	sheaf_document_free(a);
	/* Without any blank it is cut between characters. */
	for (size_t i = 0; i < abstract.len; i++)
		if (abstract.data[i] == ' ')
			abstract.data[i] = 'x';
	a = paper("2601.00001", "T", buf_str(&abstract), NULL);
	item = (sheaf_item){.doc = a};
	text = written(SHEAF_FORMAT_JSONFEED, NULL, &item, 1);
	feed = feed_of(text);
	summary = member(json_array_get(json_object_get(feed, "items"), 0), "summary");
	assert_in_range(strlen(summary), 270, 283);
	json_decref(feed);
	sheaf_free(text);
	sheaf_document_free(a);
	buf_free(&abstract);
}

static void hostile_papers_are_text(void **state)
{
	sheaf_document *a = hostile();
	sheaf_item      item = {.doc = a};
	sheaf_list_head head = {.kind = SHEAF_LIST_DIGEST,
	                        .title = HOSTILE "\xFF",
	                        .intro = HOSTILE,
	                        .link = "javascript:alert({id})",
	                        .home = "javascript:alert(1)",
	                        .self = "data:text/html,x"};
	char           *text = written(SHEAF_FORMAT_JSONFEED, &head, &item, 1);
	json_t         *feed = feed_of(text), *first;

	(void)state;
	is_clean(text);
	has_not(text, "\\u001");
	assert_null(json_object_get(feed, "home_page_url"));
	assert_null(json_object_get(feed, "feed_url"));
	first = json_array_get(json_object_get(feed, "items"), 0);
	assert_null(json_object_get(first, "url"));
	has(member(first, "content_text"),
	    "</title>\"'<script>alert(1)</script>&{}\\input{x}%$ [31m");
	json_decref(feed);
	sheaf_free(text);
	sheaf_document_free(a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_feed),
		cmocka_unit_test(a_paper_is_one_item),
		cmocka_unit_test(bare_papers_are_items_too),
		cmocka_unit_test(a_long_abstract_has_a_summary),
		cmocka_unit_test(hostile_papers_are_text),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
