/* Formats are told from the content. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "source.h"

static void is(sheaf_source_format format, const char *text, const char *content)
{
	size_t skip;

	if (source_sniff(text, strlen(text), &skip) != format)
		fail_msg("not %d: %s", (int)format, text);
	if (content && strcmp(text + skip, content) != 0)
		fail_msg("skips to '%s' in '%s'", text + skip, text);
}

static void test_jsonl(void **state)
{
	(void)state;
	is(SHEAF_SOURCE_JSONL, "{\"id\":\"1\"}\n", "{\"id\":\"1\"}\n");
	is(SHEAF_SOURCE_JSONL, "\n\t {}", "{}");
}

static void test_xml(void **state)
{
	(void)state;
	is(SHEAF_SOURCE_OAI, "<?xml version='1.0'?>\n<!-- <feed> -->\n<OAI-PMH xmlns='urn:x'>",
	   NULL);
	is(SHEAF_SOURCE_OAI, "<o:OAI-PMH>", NULL);
	is(SHEAF_SOURCE_OAI, "<record>", NULL);
	is(SHEAF_SOURCE_OAI, "<arXivRaw/>", NULL);
	is(SHEAF_SOURCE_OAI, "<!DOCTYPE a [<!ENTITY b 'c'> <feed>]><record>", NULL);
	is(SHEAF_SOURCE_OAI, "<ListRecords\n>", NULL);
	is(SHEAF_SOURCE_OAI, "<oai_dc:dc xmlns:oai_dc='urn:x'>", NULL);
	is(SHEAF_SOURCE_OAI, "<pages><page><OAI-PMH>", NULL);
	is(SHEAF_SOURCE_OAI, "<x:y xmlns:x='urn:x'><z xmlns='http://arxiv.org/OAI/arXiv/'>", NULL);
	is(SHEAF_SOURCE_ATOM, "<feed xmlns='http://www.w3.org/2005/Atom'>", NULL);
	is(SHEAF_SOURCE_ATOM, "<entry>", NULL);
	is(SHEAF_SOURCE_ATOM, "<kept xmlns:a='http://www.w3.org/2005/Atom'><a:feed/></kept>", NULL);
	/* A feed of announcements names Atom too. */
	is(SHEAF_SOURCE_RSS, "<?xml version='1.0'?><rss xmlns:atom='http://www.w3.org/2005/Atom'>",
	   NULL);
	is(SHEAF_SOURCE_RSS, "<rdf:RDF xmlns='http://purl.org/rss/1.0/'>", NULL);
}

static void test_unknown(void **state)
{
	(void)state;
	is(SHEAF_SOURCE_AUTO, "", "");
	is(SHEAF_SOURCE_AUTO, " \n", "");
	is(SHEAF_SOURCE_AUTO, "Rate exceeded.", NULL);
	is(SHEAF_SOURCE_AUTO, "<!DOCTYPE html><html><body>", NULL);
	is(SHEAF_SOURCE_AUTO, "<", NULL);
	is(SHEAF_SOURCE_AUTO, "<?xml", NULL);
	is(SHEAF_SOURCE_AUTO, "<!-- no end", NULL);
	is(SHEAF_SOURCE_AUTO, "<feed", NULL);
	is(SHEAF_SOURCE_AUTO, "HTTP/1.1 200 OK\r\nA: {", NULL);
}

static void test_before_the_content(void **state)
{
	(void)state;
	is(SHEAF_SOURCE_JSONL, "HTTP/1.1 200 OK\r\nContent-Type: x\r\n\r\n{\"id\":1}",
	   "{\"id\":1}");
	is(SHEAF_SOURCE_JSONL, "HTTP/1.0 200 OK\nContent-Type: x\n\n{\n\n\"id\":1}",
	   "{\n\n\"id\":1}");
	is(SHEAF_SOURCE_ATOM, "HTTP/1.1 301 Moved\r\nLocation: x\r\n\r\nHTTP/2 200\r\n\r\n<feed>",
	   "<feed>");
	is(SHEAF_SOURCE_ATOM, "HTTP/1.1 200 OK\r\n\r\n\xEF\xBB\xBF\r\n <feed>", "<feed>");
	is(SHEAF_SOURCE_JSONL, "\xEF\xBB\xBF{}", "{}");
	is(SHEAF_SOURCE_OAI, "\n\n<?xml version='1.0'?><record>", "<?xml version='1.0'?><record>");
}

/* It never looks past the bytes it is given. */
static void test_any_length(void **state)
{
	static const char text[] =
		"HTTP/1.1 200 OK\r\n\r\n\xEF\xBB\xBF <?xml version='1.0'?><!-- c --><o:OAI-PMH "
		"a='b'>";

	(void)state;
	for (size_t n = 0; n < sizeof text; n++) {
		size_t skip;
		char  *copy = test_malloc(n ? n : 1);

		memcpy(copy, text, n);
		source_sniff(copy, n, &skip);
		assert_true(skip <= n);
		test_free(copy);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_jsonl),      cmocka_unit_test(test_xml),
		cmocka_unit_test(test_unknown),    cmocka_unit_test(test_before_the_content),
		cmocka_unit_test(test_any_length),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
