/* The fields of arXiv's metadata in OAI-PMH, whatever their order. */
#include "datetime.h"
#include "parsed.h"

enum { DAY = 86400 };

/* The elements of an arXivRaw record. */
static const char *const raw[] = {
	"<id>2101.00001</id>",
	"<submitter>Ada Quist</submitter>",
	"<version version='v1'><date>Fri, 1 Jan 2021 10:00:00 GMT</date><size>12kb</size>"
	"<source_type>D</source_type></version>",
	"<version version='v2'><date>Tue, 2 Feb 2021 11:00:00 GMT</date><size>0kb</size>"
	"<source_type>I</source_type></version>",
	"<title>On lamps &amp; bells\n  in the <i>quiet</i> valley</title>",
	"<authors>Ada Quist (Institute of Lamps, Hall 2), Bo Ferrandi\n  and Cleo Marsh</authors>",
	"<categories>cs.NE cs.CV  q-bio.NC</categories>",
	"<comments>4 pages, <![CDATA[<no> figures]]></comments>",
	"<proxy>a proxy</proxy>",
	"<report-no>R-1</report-no>",
	"<acm-class>I.2.6; F.1.1</acm-class>",
	"<msc-class>68T05</msc-class>",
	"<journal-ref>J. Lamps 1 (2021) 2</journal-ref>",
	"<doi>10.1/a 10.1/b</doi>",
	"<license>http://creativecommons.org/licenses/by/4.0/</license>",
	"<abstract>  Lamps &#233;clairent&#x21;\n  A second paragraph.\n</abstract>",
	"<unknown><title>not this</title></unknown>",
};

enum { RAW = sizeof raw / sizeof *raw };

/* A record with its elements from `first` on, going round by `stride`. */
static void raw_record(buf *out, size_t first, size_t stride)
{
	buf_puts(out, "<record><metadata><arXivRaw>");
	for (size_t i = 0; i < RAW; i++)
		buf_puts(out, raw[(first + i * stride) % RAW]);
	buf_puts(
		out,
		"</arXivRaw></metadata><header><datestamp>2021-02-03</datestamp></header></record>");
}

static void test_raw(void **state)
{
	buf    text = BUF_INIT(0);
	parsed p;

	(void)state;
	raw_record(&text, 0, 1);
	p = parse(SHEAF_SOURCE_OAI, text.data);
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(
		buf_str(&p.text),
		"1=On lamps & bells\n  in the quiet valley\n"
		"2=  Lamps éclairent!\n  A second paragraph.\n\n"
		"4=4 pages, <no> figures\n5=J. Lamps 1 (2021) 2\n6=R-1\n7=2101.00001\n"
		"8=cs.NE cs.CV q-bio.NC\n10=10.1/a 10.1/b\n11=68T05\n12=I.2.6; F.1.1\n"
		"13=http://creativecommons.org/licenses/by/4.0/\n14=Ada Quist\n15=a proxy\n"
		"16=1609495200\n17=1612263600\n18=1612310400\n19=2\n20=1\n"
		"author=Ada Quist|-|-|-|Institute of Lamps, Hall 2\n"
		"author=Bo Ferrandi|-|-|-|-\nauthor=Cleo Marsh|-|-|-|-\n"
		"v1=1609495200|12kb|D\nv2=1612263600|0kb|I\n--\n");
	parsed_free(&p);
	buf_free(&text);
}

static void test_order(void **state)
{
	buf    text = BUF_INIT(0);
	parsed first, p;

	(void)state;
	raw_record(&text, 0, 1);
	first = parse(SHEAF_SOURCE_OAI, text.data);
	for (size_t start = 0; start < RAW; start++)
		for (size_t stride = 1; stride < RAW; stride++) {
			buf_clear(&text);
			raw_record(&text, start, stride);
			p = parse(SHEAF_SOURCE_OAI, text.data);
			assert_string_equal(buf_str(&p.text), buf_str(&first.text));
			parsed_free(&p);
		}
	parsed_in_pieces(SHEAF_SOURCE_OAI, text.data, text.len);
	parsed_cut_anywhere(SHEAF_SOURCE_OAI, text.data, text.len);
	parsed_free(&first);
	buf_free(&text);
}

static void test_authors(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_OAI,
		"<arXiv><id>2101.00001</id><authors><author><forenames>Ada</forenames>"
		"<keyname>Quist</keyname></author><author><suffix>Jr</suffix><keyname>"
		"Marsh</keyname>"
		"<affiliation>Hall 1</affiliation><forenames>Cleo</forenames>"
		"<affiliation>Hall 2</affiliation></author><author/><author><keyname>The Bell "
		"Collaboration</keyname></author></authors></arXiv>");

	(void)state;
	assert_string_equal(buf_str(&p.text),
	                    "7=2101.00001\nauthor=Ada Quist|Quist|Ada|-|-\n"
	                    "author=Cleo Marsh Jr|Marsh|Cleo|Jr|Hall 1; Hall 2\n"
	                    "author=The Bell Collaboration|The Bell Collaboration|-|-|-\n--\n");
	parsed_free(&p);
}

/* What the two dates of the arXiv format mean depends on the server. */
static void test_dates(void **state)
{
	static const struct {
		const char *request, *set, *schema;
		int         is_new;
	} cases[] = {
		{"http://export.arxiv.org/oai2", "cs", "http://arxiv.org/OAI/arXiv.xsd", 0},
		{"http://export.arxiv.org/oai2", "physics:hep-th", "", 0},
		{"http://oaipmh.arxiv.org/oai", "physics:hep-th", "", 1},
		{"http://127.0.0.1:80/oai", "cs:cs:AI", "", 1},
		{"http://127.0.0.1:80/oai", "cs:cs", "", 1},
		{"http://127.0.0.1:80/oai", "physics:quant-ph",
	         "https://oaipmh.arxiv.org/OAI/arXiv.xsd", 1},
		{"", "", "", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		buf    text = BUF_INIT(0);
		char   line[64];
		parsed p;

		buf_printf(&text,
		           "<OAI-PMH xmlns:xsi='urn:xsi'><request>%s</request><GetRecord><record>"
		           "<metadata><arXiv "
		           "xsi:schemaLocation='http://arxiv.org/OAI/arXiv/ %s'><id>2101.00001</id>"
		           "<created>2021-01-05</created>"
		           "<updated>2021-03-07</updated></arXiv></metadata><header><setSpec>"
		           "%s</setSpec></header></record>"
		           "</GetRecord></OAI-PMH>",
		           cases[i].request, cases[i].schema, cases[i].set);
		p = parse(SHEAF_SOURCE_OAI, text.data);
		snprintf(line, sizeof line, "17=%lld",
		         (long long)(DAY * date_days(2021, cases[i].is_new ? 1 : 3,
		                                     cases[i].is_new ? 5 : 7)));
		parsed_has(&p, line);
		snprintf(line, sizeof line, "16=%lld", (long long)(DAY * date_days(2021, 1, 5)));
		if (cases[i].is_new)
			parsed_lacks(&p, "16=");
		else
			parsed_has(&p, line);
		parsed_free(&p);
		buf_free(&text);
	}
}

/* Without <updated> the only version is the newest one. */
static void test_created_only(void **state)
{
	parsed p = parse(SHEAF_SOURCE_OAI,
	                 "<arXiv><id>2101.00001</id><created>2021-01-05</created></arXiv>");

	(void)state;
	parsed_has(&p, "16=1609804800");
	parsed_has(&p, "17=1609804800");
	parsed_free(&p);
}

static void test_versions(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_OAI,
		"<arXivRaw><id>2101.00001v9</id><version version='v3'><date>3 Mar 2021 00:00:00 "
		"GMT</date>"
		"<source_type>I</source_type></version><version version='v10'><date>"
		"nonsense</date><source_type>D</source_type>"
		"</version></arXivRaw>");

	(void)state;
	/* v1 is not told, so nobody knows when it was; nor when the newest one was. */
	parsed_lacks(&p, "16=");
	parsed_lacks(&p, "17=");
	parsed_lacks(&p, "20=");
	parsed_has(&p, "19=10");
	parsed_has(&p, "v3=1614729600|-|I");
	parsed_free(&p);
	p = parse(
		SHEAF_SOURCE_OAI,
		"<arXivRaw><id>2101.00001</id><version><date>2021-01-05</date></version><version/>"
		"</arXivRaw>");
	parsed_has(&p, "v1=1609804800|-|-");
	parsed_has(&p, "19=2");
	parsed_free(&p);
}

/* The server of 2025 repeats the MSC class as ACM class, or writes None. */
static void test_false_acm_class(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_OAI,
		"<arXiv><id>1</id><acm-class>68T05</acm-class><msc-class>68T05</msc-class></arXiv>");

	(void)state;
	parsed_has(&p, "11=68T05");
	parsed_lacks(&p, "12=");
	parsed_free(&p);
	p = parse(SHEAF_SOURCE_OAI, "<arXivRaw><id>1</id><acm-class>None</acm-class></arXivRaw>");
	parsed_lacks(&p, "12=");
	parsed_free(&p);
}

/* Repeated elements. */
static void test_repeated(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_OAI,
		"<arXiv><id>1</id><title>first</title><title>second</title><doi>10.1/a</doi><doi>"
		"10.1/b"
		"</doi><msc-class>68T05</msc-class><msc-class>68T10</msc-class></arXiv>");

	(void)state;
	parsed_has(&p, "1=first");
	parsed_has(&p, "10=10.1/a 10.1/b");
	parsed_has(&p, "11=68T05; 68T10");
	parsed_free(&p);
}

/* Nothing of one record is in the next. */
static void test_no_leftovers(void **state)
{
	buf    text = BUF_INIT(0);
	parsed p;

	(void)state;
	buf_puts(&text, "<ListRecords>");
	raw_record(&text, 0, 1);
	buf_puts(&text,
	         "<record><metadata><arXivRaw><id>2101.00002</id></arXivRaw></metadata></record>"
	         "</ListRecords>");
	p = parse(SHEAF_SOURCE_OAI, text.data);
	assert_int_equal(p.documents, 2);
	assert_non_null(strstr(buf_str(&p.text), "--\n7=2101.00002\n--\n"));
	parsed_free(&p);
	buf_free(&text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_raw),
		cmocka_unit_test(test_order),
		cmocka_unit_test(test_authors),
		cmocka_unit_test(test_dates),
		cmocka_unit_test(test_created_only),
		cmocka_unit_test(test_versions),
		cmocka_unit_test(test_false_acm_class),
		cmocka_unit_test(test_repeated),
		cmocka_unit_test(test_no_leftovers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
