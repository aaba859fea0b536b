/* OAI-PMH: what surrounds the records, and which records become documents. */
#include "parsed.h"

#define HEAD                                       \
	"<?xml version='1.0' encoding='UTF-8'?>\n" \
	"<OAI-PMH xmlns='http://www.openarchives.org/OAI/2.0/'>\n"
#define RECORD(id, day)                                                                \
	"<record><header><identifier>oai:arXiv.org:" id "</identifier><datestamp>" day \
	"</datestamp></header>"                                                        \
	"<metadata><arXivRaw><id>" id "</id><title>Paper " id                          \
	"</title></arXivRaw></metadata></record>"
#define FIRST RECORD("2101.00001", "2026-04-10")
#define SECOND RECORD("2101.00002", "2026-04-12")
#define THIRD RECORD("2101.00003", "2026-04-11")

static parsed parse_oai(const char *text)
{
	return parse(SHEAF_SOURCE_OAI, text);
}

static void test_page(void **state)
{
	parsed p = parse_oai(
		HEAD
		"<responseDate>2026-04-16T10:54:45Z</responseDate>"
		"<request verb='ListRecords' set='cs'>http://127.0.0.1/oai</request><ListRecords>" FIRST
			SECOND THIRD "<resumptionToken cursor='1000' "
		"completeListSize='2525'>"
		" a%26b&amp;c|1001\n</resumptionToken></ListRecords>"
		"</OAI-PMH>");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_int_equal(p.documents, 3);
	assert_int_equal(p.info.records, 3);
	assert_string_equal(p.info.verb, "ListRecords");
	assert_string_equal(p.info.response_date, "2026-04-16T10:54:45Z");
	assert_string_equal(p.info.high_water, "2026-04-12");
	assert_true(p.info.has_token);
	assert_string_equal(p.info.token, "a%26b&c|1001");
	assert_int_equal(p.info.complete_list_size, 2525);
	assert_string_equal(p.info.error_code, "");
	parsed_free(&p);
}

/* The last page of a chain has an empty token, a complete answer none. */
static void test_last_pages(void **state)
{
	parsed with = parse_oai(HEAD "<ListRecords>" FIRST
	                             "<resumptionToken/></ListRecords></OAI-PMH>");
	parsed without = parse_oai(HEAD "<ListRecords>" FIRST "</ListRecords></OAI-PMH>");

	(void)state;
	assert_true(with.info.has_token);
	assert_string_equal(with.info.token, "");
	assert_int_equal(with.info.complete_list_size, -1);
	assert_false(without.info.has_token);
	parsed_free(&with);
	parsed_free(&without);
}

static void test_token_too_long(void **state)
{
	buf    text = BUF_INIT(0);
	parsed p;

	(void)state;
	buf_puts(&text, HEAD "<ListRecords>" FIRST "<resumptionToken>");
	for (int i = 0; i < 3000; i++)
		buf_putc(&text, 'x');
	buf_puts(&text, "</resumptionToken></ListRecords></OAI-PMH>");
	p = parse_oai(text.data);
	assert_int_equal(p.status, SHEAF_ERROR_PROTOCOL);
	assert_int_equal(p.documents, 1);
	assert_string_equal(p.info.token, "");
	parsed_free(&p);
	buf_free(&text);
}

static void test_errors(void **state)
{
	parsed p = parse_oai(
		HEAD
		"<error code='badArgument'>\n  The  set\tdoes\nnot exist\xE2\x80\xAE.\n</error>"
		"<error code='badVerb'>another</error></OAI-PMH>");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(p.info.error_code, "badArgument");
	assert_string_equal(p.info.error_text, "The set does not exist.");
	assert_int_equal(p.info.records, 0);
	parsed_free(&p);
	p = parse_oai(HEAD "<error>no code</error></OAI-PMH>");
	assert_string_equal(p.info.error_code, "error");
	parsed_free(&p);
}

static void test_deleted(void **state)
{
	parsed p = parse_oai(
		HEAD
		"<ListRecords><record><header status='deleted'><identifier>oai:arXiv.org:2101.00009"
		"</identifier><datestamp>2026-05-01</datestamp></header></record>" FIRST
		"</ListRecords></OAI-PMH>");

	(void)state;
	assert_int_equal(p.documents, 1);
	assert_int_equal(p.info.deleted, 1);
	assert_int_equal(p.info.records, 1);
	assert_string_equal(p.info.high_water, "2026-05-01");
	assert_string_equal(buf_str(&p.deleted), "2101.00009 1777593600\n");
	parsed_free(&p);
	/* Without an identifier there is nothing to tell. */
	p = parse_oai(
		"<record><header status='deleted'><datestamp>x</datestamp></header></record>");
	assert_int_equal(p.status, SHEAF_OK);
	assert_int_equal(p.info.deleted, 1);
	assert_string_equal(buf_str(&p.deleted), "");
	parsed_free(&p);
}

static void test_rejects(void **state)
{
	parsed p = parse_oai(
		HEAD
		"<ListRecords><record><header><identifier>oai:arXiv.org:2101.00001</identifier>"
		"</header>"
		"</record><record><metadata><arXiv><title>No id</title></arXiv></metadata></record>" SECOND
		"</ListRecords></OAI-PMH>");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(buf_str(&p.rejects), "1 has no metadata\n2 has no identifier\n");
	assert_int_equal(p.documents, 1);
	assert_int_equal(p.info.records, 3);
	parsed_free(&p);
}

/* Where <id> is missing or no identifier, the header's serves. */
static void test_id_from_header(void **state)
{
	static const char *const ids[] = {"", "<id> </id>", "<id>not an identifier!</id>"};

	(void)state;
	for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
		char   text[512];
		parsed p;

		snprintf(text, sizeof text,
		         HEAD "<GetRecord><record><header><identifier>"
		              "oai:arXiv.org:math/0309136</identifier></header>"
		              "<metadata><arXivRaw>%s</arXivRaw></metadata></record></GetRecord>"
		              "</OAI-PMH>",
		         ids[i]);
		p = parse_oai(text);
		parsed_has(&p, "7=math/0309136");
		parsed_free(&p);
	}
}

static void test_refused(void **state)
{
	static const struct {
		const char *text, *word;
	} cases[] = {
		{HEAD "<Identify><repositoryName>x</repositoryName></Identify></OAI-PMH>",
	         "Identify"},
		{HEAD "<ListSets><set><setSpec>cs</setSpec></set></ListSets></OAI-PMH>",
	         "ListSets"},
		{HEAD "<ListIdentifiers><header/></ListIdentifiers></OAI-PMH>", "ListIdentifiers"},
		{HEAD "<ListMetadataFormats/></OAI-PMH>", "ListMetadataFormats"},
		{HEAD "<ListRecords><record><metadata><marc/></metadata></record></ListRecords>"
	              "</OAI-PMH>",
	         "<marc>"},
		{"<html><body>Service unavailable</body></html>", "<html>"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		parsed p = parse_oai(cases[i].text);

		assert_int_equal(p.status, SHEAF_ERROR_PROTOCOL);
		assert_false(p.truncated);
		assert_int_equal(p.documents, 0);
		assert_non_null(strstr(p.err.message, cases[i].word));
		parsed_free(&p);
	}
}

/* What people keep of answers, and wrap around them. */
static void test_shapes(void **state)
{
	static const char *const shapes[] = {
		FIRST,
		"<arXivRaw><id>2101.00001</id></arXivRaw>",
		"<arXiv xmlns='http://arxiv.org/OAI/arXiv/'><id>2101.00001</id></arXiv>",
		"<ListRecords>" FIRST "</ListRecords>",
		"<pages><OAI-PMH><GetRecord>" FIRST "</GetRecord></OAI-PMH></pages>",
		"<o:OAI-PMH xmlns:o='urn:o' xmlns:a='urn:a'><o:GetRecord><o:record><o:metadata>"
		"<a:arXivRaw><a:id>2101.00001</a:id>"
		"</a:arXivRaw></o:metadata></o:record></o:GetRecord></o:OAI-PMH>",
		"<o:OAI-PMH><o:GetRecord><o:record><o:metadata><a:arXivRaw><a:id>2101.00001</a:id>"
		"</a:arXivRaw>"
		"</o:metadata></o:record></o:GetRecord></o:OAI-PMH>",
		"<?xml version='1.0'?><!-- kept --><record><about><x><id>2101.00002</id></x>"
		"</about><metadata><arXivOld>"
		"<id>2101.00001</id></arXivOld></metadata><header/></record>",
	};

	(void)state;
	for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++) {
		parsed p = parse_oai(shapes[i]);

		assert_int_equal(p.status, SHEAF_OK);
		assert_int_equal(p.documents, 1);
		parsed_has(&p, "7=2101.00001");
		parsed_free(&p);
	}
}

static void test_stop(void **state)
{
	static const char text[] = HEAD "<ListRecords>" FIRST SECOND "</ListRecords></OAI-PMH>";
	parsed                                                p = {.stop_after = 1};

	(void)state;
	parsed_run(&p, SHEAF_SOURCE_OAI, text, sizeof text - 1, SIZE_MAX);
	assert_int_equal(p.status, SHEAF_ERROR_INTERRUPTED);
	assert_int_equal(p.documents, 1);
	parsed_free(&p);
}

static void test_pieces_and_cuts(void **state)
{
	static const char text[] = HEAD
		"<responseDate>2026-04-16T10:54:45Z</responseDate><request verb='ListRecords'>"
		"http://oaipmh.arxiv.org/oai</request>"
		"<ListRecords>" FIRST "<record><header><identifier>bad id</identifier></header>"
		"<metadata><arXiv/></metadata></record>" THIRD "<resumptionToken>x&#38;"
		"y</resumptionToken></ListRecords></OAI-PMH>\n";

	(void)state;
	parsed_in_pieces(SHEAF_SOURCE_OAI, text, sizeof text - 1);
	parsed_cut_anywhere(SHEAF_SOURCE_OAI, text, sizeof text - 1);
}

/* A record that is cut is not told, nor does it move the high-water mark. */
static void test_cut(void **state)
{
	parsed p = parse_oai(HEAD
	                     "<ListRecords>" FIRST
	                     "<record><header><identifier>oai:arXiv.org:2101.00002</identifier>"
	                     "<datestamp>2026-04-11</datestamp>"
	                     "</header><metadata><arXivRaw><id>2101.00002</id><title>A title "
	                     "that is c");

	(void)state;
	assert_int_equal(p.status, SHEAF_ERROR_PROTOCOL);
	assert_true(p.truncated);
	assert_int_equal(p.documents, 1);
	assert_string_equal(p.info.high_water, "2026-04-10");
	parsed_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_page),
		cmocka_unit_test(test_last_pages),
		cmocka_unit_test(test_token_too_long),
		cmocka_unit_test(test_errors),
		cmocka_unit_test(test_deleted),
		cmocka_unit_test(test_rejects),
		cmocka_unit_test(test_id_from_header),
		cmocka_unit_test(test_refused),
		cmocka_unit_test(test_shapes),
		cmocka_unit_test(test_stop),
		cmocka_unit_test(test_pieces_and_cuts),
		cmocka_unit_test(test_cut),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
