/* Announcement feeds: RSS 2.0, Atom, and the RDF of before 2024. */
#include "parsed.h"

#include "datetime.h"

#define RSS(body)                                                                               \
	"<?xml version='1.0' encoding='UTF-8'?>\n"                                              \
	"<rss xmlns:arxiv='http://arxiv.org/schemas/atom' "                                     \
	"xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:atom='http://www.w3.org/2005/Atom' " \
	"version='2.0'><channel><title>cs.NE updates on arXiv.org</title>"                      \
	"<link>http://rss.arxiv.org/rss/cs.NE</link><description>About lamps.</description>"    \
	"<atom:link href='http://rss.arxiv.org/rss/cs.NE' rel='self'/>" body "</channel></rss>"

#define DAY "<pubDate>Mon, 09 Mar 2026 00:00:00 -0400</pubDate>"

/* The parts of an item, in any order. */
static const char *const parts[] = {
	"<title>On lamps\n and bells</title>",
	"<link>https://arxiv.org/abs/2603.00001</link>",
	"<description>arXiv:2603.00001v2 Announce Type: replace-cross \n"
	"Abstract: Lamps &amp; bells, where a&lt;b and c&gt;d.\n  Again.</description>",
	"<guid isPermaLink='false'>oai:arXiv.org:2603.00001v2</guid>",
	"<category>cs.CV</category><category>cs.NE</category>",
	"<pubDate>Fri, 06 Mar 2026 00:00:00 -0500</pubDate>",
	"<arxiv:announce_type>replace-cross</arxiv:announce_type>",
	"<dc:rights>http://creativecommons.org/licenses/by/4.0/</dc:rights>",
	"<arxiv:DOI>10.1/a</arxiv:DOI>",
	"<arxiv:journal_reference>J. Lamps 1</arxiv:journal_reference>",
	"<dc:creator>Ada Quist, Bo Lind (Hall 1, Hall 2)</dc:creator>",
	"<source><title>not this</title></source>",
};

enum { PARTS = sizeof parts / sizeof *parts };
_Static_assert(PARTS == 12, "the strides of test_order() are for 12");

static void item(buf *out, size_t first, size_t stride)
{
	buf_puts(out, "<rss><channel>" DAY "<item>");
	for (size_t i = 0; i < PARTS; i++)
		buf_puts(out, parts[(first + i * stride) % PARTS]);
	buf_puts(out, "</item></channel></rss>");
}

static int64_t day(int y, int m, int d)
{
	return date_days(y, m, d);
}

static void test_item(void **state)
{
	char   expected[512];
	buf    text = BUF_INIT(0);
	parsed p;

	(void)state;
	item(&text, 0, 1);
	p = parse(SHEAF_SOURCE_RSS, text.data);
	assert_int_equal(p.status, SHEAF_OK);
	snprintf(expected, sizeof expected,
	         "1=On lamps\n and bells\n2=Lamps & bells, where a<b and c>d.\n  Again.\n"
	         "5=J. Lamps 1\n7=2603.00001\n8=cs.CV cs.NE\n10=10.1/a\n"
	         "13=http://creativecommons.org/licenses/by/4.0/\n19=2\nauthor=Ada Quist|-|-|-|-\n"
	         "author=Bo Lind|-|-|-|Hall 1, Hall 2\nannounced=4 %lld\n--\n",
	         (long long)day(2026, 3, 6));
	assert_string_equal(buf_str(&p.text), expected);
	assert_int_equal(p.info.feed_day, day(2026, 3, 9));
	parsed_free(&p);
	buf_free(&text);
}

static void test_order(void **state)
{
	/* Without a common factor with the number of parts, so that each is there once. */
	static const size_t strides[] = {1, 5, 7, 11};
	buf                 text = BUF_INIT(0);
	parsed              first, p;

	(void)state;
	item(&text, 0, 1);
	first = parse(SHEAF_SOURCE_RSS, text.data);
	for (size_t start = 0; start < PARTS; start++)
		for (size_t i = 0; i < sizeof strides / sizeof *strides; i++) {
			buf_clear(&text);
			item(&text, start, strides[i]);
			p = parse(SHEAF_SOURCE_RSS, text.data);
			assert_string_equal(buf_str(&p.text), buf_str(&first.text));
			parsed_free(&p);
		}
	parsed_in_pieces(SHEAF_SOURCE_RSS, text.data, text.len);
	parsed_cut_anywhere(SHEAF_SOURCE_RSS, text.data, text.len);
	parsed_free(&first);
	buf_free(&text);
}

/* What is missing is taken from where else it stands. */
static void test_poor_items(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_RSS,
		RSS(DAY "<item><description>arXiv:2603.00002v1 Announce Type: new \nAbstract: A."
	                "</description></item>"
	                "<item><link>https://arxiv.org/abs/math/0301001</link></item>"
	                "<item><guid>oai:arXiv.org:2603.00003v3</guid>"
	                "<description>arXiv: a survey of it. Abstract: no</description></item>"
	                "<item><title>None</title><link>https://lamps.example/7</link>"
	                "<guid>lamps-7</guid></item>"));

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(buf_str(&p.text),
	                    "2=A.\n7=2603.00002\n19=1\nannounced=1 20521\n--\n"
	                    "7=math/0301001\nannounced=0 20521\n--\n"
	                    "2=arXiv: a survey of it. Abstract: no\n7=2603.00003\n19=3\n"
	                    "announced=0 20521\n--\n");
	assert_string_equal(buf_str(&p.rejects), "4 has no arXiv identifier\n");
	assert_int_equal(p.info.records, 4);
	parsed_free(&p);
}

/* The kinds of HTML that RSS 2.0 has had; text about tags is not HTML. */
static void test_html(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_RSS,
		RSS(DAY
	            "<item><guid>oai:arXiv.org:2603.00001v1</guid>"
	            "<description>arXiv:2603.00001v1 Announce Type: new \nAbstract: "
	            "&lt;p&gt;One.&lt;br/&gt;Two &amp;lt;b&amp;gt;&lt;/p&gt;</description>"
	            "<dc:creator>&lt;a href=&quot;x&gt;y&quot;&gt;A. B&lt;/a&gt;</dc:creator>"
	            "</item><item><guid>oai:arXiv.org:2603.00002v1</guid>"
	            "<description>Abstract: The &lt;p&gt; tag, &amp;lt; and a&lt;b.</description>"
	            "</item>"));

	(void)state;
	assert_string_equal(buf_str(&p.text),
	                    "2=One.\nTwo <b>\n7=2603.00001\n19=1\nauthor=A. B|-|-|-|-\n"
	                    "announced=1 20521\n--\n2=The <p> tag, &lt; and a<b.\n7=2603.00002\n"
	                    "19=1\nannounced=0 20521\n--\n");
	parsed_free(&p);
}

static int64_t feed_day(const char *head)
{
	char    text[2048];
	parsed  p;
	int64_t told;

	snprintf(text, sizeof text, "<rss><channel>%s</channel></rss>", head);
	p = parse(SHEAF_SOURCE_RSS, text);
	assert_int_equal(p.status, SHEAF_OK);
	told = p.info.feed_day;
	parsed_free(&p);
	return told;
}

/* Midnight on the east coast is 4 or 5 in the morning of UTC. */
static void test_days(void **state)
{
	(void)state;
	assert_int_equal(feed_day(""), INT64_MIN);
	assert_int_equal(feed_day("<pubDate>soon</pubDate>"), INT64_MIN);
	assert_int_equal(feed_day(DAY), day(2026, 3, 9));
	assert_int_equal(feed_day("<pubDate>Tue, 06 Jan 2026 00:00:00 -0500</pubDate>"),
	                 day(2026, 1, 6));
	assert_int_equal(feed_day("<pubDate>Tue, 06 Jan 2026 23:59:59 -0500</pubDate>"),
	                 day(2026, 1, 6));
	/* The day beats the moment at which the feed was made, wherever it stands. */
	assert_int_equal(
		feed_day("<lastBuildDate>Mon, 16 Mar 2026 04:00:01 +0000</lastBuildDate>" DAY),
		day(2026, 3, 9));
	assert_int_equal(
		feed_day(DAY "<lastBuildDate>Mon, 16 Mar 2026 04:00:01 +0000</lastBuildDate>"),
		day(2026, 3, 9));
	assert_int_equal(feed_day("<lastBuildDate>Mon, 16 Mar 2026 04:00:01 +0000</lastBuildDate>"),
	                 day(2026, 3, 16));
	assert_int_equal(feed_day("<lastBuildDate>Mon, 16 Mar 2026 03:59:59 +0000</lastBuildDate>"),
	                 day(2026, 3, 15));
	assert_int_equal(
		feed_day("<item><link>https://arxiv.org/abs/2603.00001</link>" DAY "</item>"),
		day(2026, 3, 9));
}

static void test_atom(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_RSS,
		"<feed xmlns='http://www.w3.org/2005/Atom' "
		"xmlns:arxiv='http://arxiv.org/schemas/atom' "
		"xmlns:dc='http://purl.org/dc/elements/1.1/'>"
		"<id>http://rss.arxiv.org/atom/cs.NE</id><title>cs.NE updates on arXiv.org</title>"
		"<updated>2026-03-09T04:00:03.217+00:00</updated>"
		"<subtitle>cs.NE updates.</subtitle><entry><id>oai:arXiv.org:2603.00001v1</id>"
		"<title>On lamps</title><updated>2026-03-09T04:00:08+00:00</updated>"
		"<link href='https://arxiv.org/abs/2603.00001' rel='alternate' type='text/html'/>"
		"<summary>arXiv:2603.00001v1 Announce Type: cross \nAbstract: Lamps.</summary>"
		"<category term='cs.CV'/><category term='cs.NE'/>"
		"<published>2026-03-09T00:00:00-04:00</published>"
		"<arxiv:announce_type>cross</arxiv:announce_type>"
		"<rights>http://creativecommons.org/licenses/by/4.0/</rights>"
		"<dc:creator>Ada Quist</dc:creator></entry>"
		"<entry><id>oai:arXiv.org:2603.00002v1</id><author><name>Bo Lind</name></author>"
		"</entry></feed>");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(
		buf_str(&p.text),
		"1=On lamps\n2=Lamps.\n7=2603.00001\n8=cs.CV cs.NE\n"
		"13=http://creativecommons.org/licenses/by/4.0/\n19=1\nauthor=Ada Quist|-|-|-|-\n"
		"announced=2 20521\n--\n7=2603.00002\n19=1\nauthor=Bo Lind|-|-|-|-\n"
		"announced=0 20521\n--\n");
	assert_int_equal(p.info.feed_day, day(2026, 3, 9));
	parsed_free(&p);
}

#define RDF(items)                                                                                      \
	"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "                             \
	"xmlns='http://purl.org/rss/1.0/' xmlns:dc='http://purl.org/dc/elements/1.1/'>"                 \
	"<channel rdf:about='http://arxiv.org/'><title>hep-ex updates on arXiv.org</title>"             \
	"<link>http://arxiv.org/</link><dc:date>2018-05-23T20:30:00-05:00</dc:date>"                    \
	"<items><rdf:Seq><rdf:li rdf:resource='http://arxiv.org/abs/1805.1'/></rdf:Seq>"                \
	"</items></channel><image><title>arXiv.org</title><link>http://arxiv.org/</link></image>" items \
	"</rdf:RDF>"

static void test_rdf(void **state)
{
	parsed p = parse(
		SHEAF_SOURCE_RSS,
		RDF("<item rdf:about='http://arxiv.org/abs/1805.00001'>"
	            "<title>On lamps &amp;amp; bells. (arXiv:1805.00001v1 [hep-ex])</title>"
	            "<link>http://arxiv.org/abs/1805.00001</link>"
	            "<description>&lt;p&gt;Where $2&amp;lt;x$,\n"
	            "and &amp;#233; in &lt;b title='a&gt;b'&gt;bold&lt;/b&gt; &amp;c; &amp;\n"
	            "&lt;/p&gt;\n</description>"
	            "<dc:creator> &lt;a href=&quot;http://arxiv.org/find/hep-ex/1/au:+Quist_A/0/1/0&quot;"
	            "&gt;Ada Quist&lt;/a&gt; (Hall 1), &lt;a href=&quot;x&quot;&gt;Bo Lind&lt;/a&gt;"
	            "</dc:creator></item>"
	            "<item><title>Two (arXiv:x) (arXiv:1805.00002v1 [hep-th] CROSS LISTED)</title></item>"
	            "<item><title>Three. (arXiv:1805.00003v2 [hep-ex] UPDATED)</title></item>"
	            "<item><title>Four. (arXiv:1805.00004v3 [hep-th] UPDATED)</title></item>"));

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(buf_str(&p.text),
	                    "1=On lamps & bells\n2=Where $2<x$,\nand \xC3\xA9 in bold &c; &\n"
	                    "7=1805.00001\n8=hep-ex\n19=1\nauthor=Ada Quist|-|-|-|Hall 1\n"
	                    "author=Bo Lind|-|-|-|-\nannounced=1 17675\n--\n"
	                    "1=Two (arXiv:x)\n7=1805.00002\n8=hep-th\n19=1\nannounced=2 17675\n--\n"
	                    "1=Three\n7=1805.00003\n8=hep-ex\n19=2\nannounced=3 17675\n--\n"
	                    "1=Four\n7=1805.00004\n8=hep-th\n19=3\nannounced=4 17675\n--\n");
	assert_int_equal(p.info.feed_day, day(2018, 5, 24));
	parsed_free(&p);
}

static void test_errors(void **state)
{
	parsed p = parse(SHEAF_SOURCE_RSS,
	                 "<rss><channel><title>Feed error for query: cs.XX</title>"
	                 "<description>Bad archive 'cs.XX'\n here.</description></channel></rss>");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(p.info.error_code, "feed");
	assert_string_equal(p.info.error_text, "Bad archive 'cs.XX' here.");
	parsed_free(&p);
	p = parse(SHEAF_SOURCE_RSS, RSS(DAY));
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(p.info.error_code, "");
	assert_string_equal(p.info.error_text, "");
	assert_int_equal(p.info.records, 0);
	parsed_free(&p);
	p = parse(SHEAF_SOURCE_RSS, "<html><body>Busy.</body></html>");
	assert_int_equal(p.status, SHEAF_ERROR_PROTOCOL);
	assert_non_null(strstr(p.err.message, "<html>"));
	parsed_free(&p);
	p = parse(SHEAF_SOURCE_RSS, "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel/></rss>");
	assert_int_equal(p.status, SHEAF_ERROR_PROTOCOL);
	parsed_free(&p);
	p = parse(SHEAF_SOURCE_RSS, "<rss><channel>" DAY "<item><title>x");
	assert_int_equal(p.status, SHEAF_ERROR_PROTOCOL);
	assert_int_equal(p.truncated, 1);
	parsed_free(&p);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_item),       cmocka_unit_test(test_order),
		cmocka_unit_test(test_poor_items), cmocka_unit_test(test_days),
		cmocka_unit_test(test_atom),       cmocka_unit_test(test_rdf),
		cmocka_unit_test(test_errors),     cmocka_unit_test(test_html),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
