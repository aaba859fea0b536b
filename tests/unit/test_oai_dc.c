/* oai_dc, as both servers fill it, arXivOld, and which format a document says it came from. */
#include "parsed.h"

#define DC(body)                                                                           \
	"<metadata><oai_dc:dc xmlns:oai_dc='http://www.openarchives.org/OAI/2.0/oai_dc/' " \
	"xmlns:dc='http://purl.org/dc/elements/1.1/'>" body "</oai_dc:dc></metadata>"

#define BODY                                                                             \
	"<dc:title>On lamps\n  and bells</dc:title>"                                     \
	"<dc:creator>Quist, Ada</dc:creator><dc:creator>Lind, Bo, Jr</dc:creator>"       \
	"<dc:creator>Lamp Collaboration</dc:creator><dc:creator> </dc:creator>"          \
	"<dc:subject>Mathematics - Logic</dc:subject><dc:subject>Optics</dc:subject>"    \
	"<dc:subject>03E75 (Primary), 28A05</dc:subject><dc:subject>F.4.1</dc:subject>"  \
	"<dc:description>  Comment: nothing but lamps.\n</dc:description>"               \
	"<dc:description>Comment: 4 pages</dc:description>"                              \
	"<dc:description>Not this</dc:description>"                                      \
	"<dc:date>2010-09-06</dc:date><dc:date>2011-01-02</dc:date><dc:date>?</dc:date>" \
	"<dc:type>text</dc:type>"                                                        \
	"<dc:identifier>https://arxiv.org/abs/1009.00001</dc:identifier>"                \
	"<dc:identifier>http://arxiv.org/abs/1009.00001</dc:identifier>"                 \
	"<dc:identifier>Lamps.Bells.308:359,1996</dc:identifier>"                        \
	"<dc:identifier>doi:10.1/a</dc:identifier>"

#define FIELDS                                                                    \
	"1=On lamps\n  and bells\n2=  Comment: nothing but lamps.\n\n4=4 pages\n" \
	"5=Lamps.Bells.308:359,1996\n7=1009.00001\n"
#define REST                                                                                            \
	"10=10.1/a\n11=03E75 (Primary), 28A05\n12=F.4.1\n16=1283731200\n17=1293926400\n18=1326499200\n" \
	"author=Ada Quist|Quist|Ada|-|-\nauthor=Bo Lind Jr|Lind|Bo|Jr|-\n"                              \
	"author=Lamp Collaboration|Lamp Collaboration|-|-|-\n--\n"

static void test_old_server(void **state)
{
	static const char text[] =
		"<OAI-PMH><request verb='ListRecords'>http://export.arxiv.org/oai2</request>"
		"<ListRecords><record><header><identifier>oai:arXiv.org:1009.00001</identifier>"
		"<datestamp>2012-01-14</datestamp><setSpec>math</setSpec>"
		"<setSpec>physics:physics</setSpec></header>" DC(
			BODY) "</record></ListRecords></OAI-PMH>";
	parsed p = parse(SHEAF_SOURCE_OAI, text);

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(buf_str(&p.text), FIELDS "8=math.LO physics.optics\n" REST);
	assert_int_equal(p.source, DOCUMENT_SOURCE_OAI_DC);
	parsed_free(&p);
	parsed_in_pieces(SHEAF_SOURCE_OAI, text, strlen(text));
	parsed_cut_anywhere(SHEAF_SOURCE_OAI, text, strlen(text));
}

/* Its sets are the categories, of which several may have one name. */
static void test_new_server(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_OAI,
		"<OAI-PMH><request verb='ListRecords'>http://oaipmh.arxiv.org/oai</request>"
		"<ListRecords><record><header><identifier>oai:arXiv.org:1009.00001</identifier>"
		"<datestamp>2012-01-14</datestamp><setSpec>math:math:LO</setSpec>"
		"<setSpec>cs:cs</setSpec><setSpec>physics:math-ph</setSpec>"
		"<setSpec>physics:cond-mat:dis-nn</setSpec></header>" DC(
			BODY) "</record></ListRecords></OAI-PMH>");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(buf_str(&p.text), FIELDS "8=math.LO math-ph cond-mat.dis-nn\n" REST);
	parsed_free(&p);
}

/* Where subjects name no category, the sets of the old server still tell archives. */
static void test_poor(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_OAI,
		"<ListRecords><record><header><identifier>oai:arXiv.org:hep-th/9901001</identifier>"
		"<setSpec>physics:hep-th</setSpec></header>" DC(
			"<dc:description>A</dc:description><dc:description>4 pages</dc:description>"
			"<dc:identifier>Lamps</dc:identifier><dc:date>1999-01-02</dc:date>") "</record><record><header/>" DC("<dc:title>x</dc:title>") "</record></ListRecords>");

	(void)state;
	assert_string_equal(
		buf_str(&p.text),
		"2=A\n4=4 pages\n5=Lamps\n7=hep-th/9901001\n8=hep-th\n16=915235200\n17=915235200\n--\n");
	assert_string_equal(buf_str(&p.rejects), "2 has no identifier\n");
	parsed_free(&p);
}

static void test_arxiv_old(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_OAI,
		"<record><header><identifier>oai:arXiv.org:1009.00001</identifier>"
		"<datestamp>2012-01-14</datestamp></header><metadata>"
		"<arXivOld xmlns='http://arxiv.org/OAI/arXivOld/'><id>1009.00001</id>"
		"<title>On lamps</title><authors>Ada Quist (Hall 1), Bo Lind and C. Ek</authors>"
		"<categories>math.LO cs.LO</categories><comments>4 pages</comments>"
		"<proxy>lamps</proxy><report-no>L-1</report-no><msc-class>03E75</msc-class>"
		"<acm-class>F.4.1</acm-class><journal-ref>J. Lamps 1</journal-ref>"
		"<doi>10.1/a</doi><license>http://creativecommons.org/licenses/by/4.0/</license>"
		"<abstract>  Lamps.\n</abstract></arXivOld></metadata></record>");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(
		buf_str(&p.text),
		"1=On lamps\n2=  Lamps.\n\n4=4 pages\n5=J. Lamps 1\n6=L-1\n7=1009.00001\n"
		"8=math.LO cs.LO\n10=10.1/a\n11=03E75\n12=F.4.1\n"
		"13=http://creativecommons.org/licenses/by/4.0/\n15=lamps\n18=1326499200\n"
		"author=Ada Quist|-|-|-|Hall 1\nauthor=Bo Lind|-|-|-|-\nauthor=C. Ek|-|-|-|-\n--\n");
	parsed_free(&p);
}

static void test_sources(void **state)
{
	static const struct {
		sheaf_source_format format;
		const char         *text;
		document_source     source;
	} cases[] = {
		{SHEAF_SOURCE_OAI, "<arXivRaw><id>1009.00001</id></arXivRaw>",
	         DOCUMENT_SOURCE_ARXIV_RAW},
		{SHEAF_SOURCE_OAI, "<arXiv><id>1009.00001</id></arXiv>", DOCUMENT_SOURCE_ARXIV},
		{SHEAF_SOURCE_OAI, "<arXivOld><id>1009.00001</id></arXivOld>",
	         DOCUMENT_SOURCE_ARXIV_OLD},
		{SHEAF_SOURCE_OAI,
	         "<dc><identifier>http://arxiv.org/abs/1009.00001</identifier></dc>",
	         DOCUMENT_SOURCE_OAI_DC},
		{SHEAF_SOURCE_ATOM, "<entry><id>http://arxiv.org/abs/1009.00001v1</id></entry>",
	         DOCUMENT_SOURCE_API},
		{SHEAF_SOURCE_RSS,
	         "<rss><channel><item><guid>oai:arXiv.org:1009.00001v1</guid></item></channel></rss>",
	         DOCUMENT_SOURCE_RSS},
		{SHEAF_SOURCE_JSONL, "{\"id\":\"1009.00001\"}", DOCUMENT_SOURCE_SNAPSHOT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		parsed p = parse(cases[i].format, cases[i].text);

		assert_int_equal(p.status, SHEAF_OK);
		assert_int_equal(p.documents, 1);
		assert_int_equal(p.source, cases[i].source);
		parsed_free(&p);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_old_server), cmocka_unit_test(test_new_server),
		cmocka_unit_test(test_poor),       cmocka_unit_test(test_arxiv_old),
		cmocka_unit_test(test_sources),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
