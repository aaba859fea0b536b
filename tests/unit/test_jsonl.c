/* JSON Lines in the schema of the Kaggle snapshot. */
#include "parsed.h"

static parsed parse_jsonl(const char *text)
{
	return parse(SHEAF_SOURCE_JSONL, text);
}

static void test_whole(void **state)
{
	parsed p = parse_jsonl(
		"{\"versions\":[{\"version\":\"v2\",\"created\":\"Tue, 2 Feb 2021 11:00:00 GMT\"},"
		"{\"created\":\"Fri, 1 Jan 2021 10:00:00 GMT\",\"version\":\"v1\"}],"
		"\"id\":\"2101.00001\","
		"\"submitter\":\"Ada Quist\",\"authors\":\"not used\",\"title\":\"On lamps\\n  "
		"and bells \","
		"\"comments\":\"4 pages\",\"journal-ref\":\"J. Lamps 1\",\"doi\":\"10.1/a 10.1/b\","
		"\"report-no\":\"R-1\",\"categories\":\"cs.NE cs.CV\",\"license\":\"http://l\","
		"\"unknown\":[{}],"
		"\"abstract\":\"  Lamps \\u00e9clairent.\\n\",\"update_date\":\"2021-02-03\","
		"\"authors_parsed\":[[\"Quist\",\"Ada\",\"\"],[\"Marsh\",\"Cleo\",\"Jr\",\"Hall "
		"1\",\"Hall 2\"]]}\n");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_string_equal(
		buf_str(&p.text),
		"1=On lamps\n  and bells\n2=  Lamps éclairent.\n\n4=4 pages\n5=J. Lamps 1\n6=R-1\n"
		"7=2101.00001\n8=cs.NE cs.CV\n10=10.1/a 10.1/b\n13=http://l\n14=Ada Quist\n"
		"16=1609495200\n17=1612263600\n18=1612310400\n19=2\n"
		"author=Ada Quist|Quist|Ada|-|-\n"
		"author=Cleo Marsh Jr|Marsh|Cleo|Jr|Hall 1; Hall 2\n"
		"v1=1609495200|-|-\nv2=1612263600|-|-\n--\n");
	parsed_free(&p);
}

static void test_little(void **state)
{
	parsed p = parse_jsonl(
		"{\"id\":\"math.GT/0309136v2\",\"title\":null,\"authors\":\"Ada Quist (Hall 1), "
		"Bo Ferrandi and Cleo "
		"Marsh\",\"authors_parsed\":null,\"versions\":null,\"update_date\":\"2007-05-23\","
		"\"license\":null}");

	(void)state;
	assert_string_equal(buf_str(&p.text),
	                    "7=math/0309136\n17=1179878400\n18=1179878400\n19=2\n"
	                    "author=Ada Quist|-|-|-|Hall 1\nauthor=Bo Ferrandi|-|-|-|-\n"
	                    "author=Cleo Marsh|-|-|-|-\n--\n");
	parsed_free(&p);
}

/* A value of the wrong type is as good as none. */
static void test_types(void **state)
{
	static const char *const values[] = {"1",    "-1.5e300",    "true",   "{}",
	                                     "[]",   "[1,null,[]]", "[[[]]]", "{\"a\":[]}",
	                                     "\"\"", "\"  \""};
	static const char *const keys[] = {
		"title",       "abstract", "authors", "authors_parsed", "categories", "versions",
		"update_date", "doi",      "sheaf",   "submitter",      "comments"};

	(void)state;
	for (size_t k = 0; k < sizeof keys / sizeof *keys; k++)
		for (size_t v = 0; v < sizeof values / sizeof *values; v++) {
			char   line[256];
			parsed p;

			snprintf(line, sizeof line, "{\"id\":\"1\",\"%s\":%s}", keys[k], values[v]);
			p = parse_jsonl(line);
			assert_int_equal(p.status, SHEAF_OK);
			assert_string_equal(buf_str(&p.text), "7=1\n--\n");
			parsed_free(&p);
		}
}

static void test_old_schema(void **state)
{
	parsed p = parse_jsonl(
		"{\"id\":\"1\",\"categories\":[\"cs.NE cs.CV\",\"cs.LG\"],\"versions\":[\"v1\","
		"\"v2\"],"
		"\"authors\":[\"Ada Quist\",\"Bo Ferrandi\"]}");

	(void)state;
	assert_string_equal(buf_str(&p.text),
	                    "7=1\n8=cs.NE cs.CV cs.LG\n19=2\nauthor=Ada Quist|-|-|-|-\n"
	                    "author=Bo Ferrandi|-|-|-|-\nv1=-9223372036854775808|-|-\n"
	                    "v2=-9223372036854775808|-|-\n--\n");
	parsed_free(&p);
}

/* What the snapshot's schema lacks. */
static void test_more(void **state)
{
	parsed p = parse_jsonl(
		"{\"id\":\"1\",\"authors\":\"x\",\"categories\":\"x\","
		"\"update_date\":\"2021-02-03\","
		"\"versions\":[{\"version\":\"v1\",\"created\":\"Fri, 1 Jan 2021 10:00:00 GMT\"},"
		"{\"version\":\"v2\",\"created\":null}],"
		"\"sheaf\":{\"version\":3,\"msc_class\":\"68T05\",\"acm_class\":\"I.2.6\","
		"\"proxy\":\"a proxy\","
		"\"submitted\":\"2021-01-01T10:00:01Z\",\"datestamp\":\"2021-02-03T04:05:06Z\","
		"\"withdrawn\":true,"
		"\"categories\":[\"a category\",\"cs.NE\"],\"versions\":[{\"version\":2,"
		"\"size\":\"3kb\",\"source_type\":\"D\"},{\"version\":9}],"
		"\"authors\":[{\"name\":\"Quist, A.\",\"keyname\":\"Quist\","
		"\"affiliation\":\"Hall 1\"},{}]}}");

	(void)state;
	assert_string_equal(buf_str(&p.text),
	                    "7=1\n8=a category cs.NE\n11=68T05\n12=I.2.6\n15=a proxy\n"
	                    "16=1609495201\n18=1612325106\n19=3\n20=1\n"
	                    "author=Quist, A.|Quist|-|-|Hall 1\n"
	                    "v1=1609495200|-|-\nv2=-9223372036854775808|3kb|D\n--\n");
	parsed_free(&p);
}

static void test_rejects(void **state)
{
	parsed p = parse_jsonl(
		"{\"id\":\"1\"}\n\n  \r\n{\"id\":\n[1]\n{}\n{\"id\":7}\n{\"id\":null}\n"
		"{\"id\":\"a b\"}\nnonsense\n"
		"{\"id\":\"2\"} x\n{\"id\":\"2\"}\r\n");

	(void)state;
	assert_int_equal(p.status, SHEAF_OK);
	assert_int_equal(p.documents, 2);
	assert_int_equal(p.info.records, 10);
	assert_non_null(strstr(buf_str(&p.rejects), "4 broken JSON"));
	assert_non_null(
		strstr(buf_str(&p.rejects),
	               "\n5 is no JSON object\n6 has no id\n7 its id is no text\n8 has no id\n"
	               "9 'a b' is no identifier\n10 broken JSON"));
	assert_non_null(strstr(buf_str(&p.rejects), "\n11 broken JSON"));
	parsed_free(&p);
}

/* No reason to lose a record: NUL, control characters, broken UTF-8, half a surrogate pair. */
static void test_bad_characters(void **state)
{
	static const char line[] = "{\"id\":\"1\",\"title\":\"a\\u0000b\\u0007c\td\0\xFF"
				   "e\\ud800f\\udc00\\ud83e\\udde0\\\\ud800\"}\n";
	parsed            p = {0};

	(void)state;
	parsed_run(&p, SHEAF_SOURCE_JSONL, line, sizeof line - 1, SIZE_MAX);
	assert_string_equal(buf_str(&p.rejects), "");
	parsed_has(&p, "1=a b\ac d \xEF\xBF\xBD"
	               "e\xEF\xBF\xBD"
	               "f\xEF\xBF\xBD\xF0\x9F\xA7\xA0\\ud800");
	parsed_free(&p);
}

/* Reasons go to terminals. */
static void test_reasons_are_clean(void **state)
{
	parsed p = parse_jsonl(
		"{\"id\":\"a \\u001b[31m\xE2\x80\xAE\\u009b\"}\n{\"id\":\"\x1B[31m\xC2\x9B\n");

	(void)state;
	assert_int_equal(p.documents, 0);
	for (const char *s = buf_str(&p.rejects); *s; s++)
		assert_true((unsigned char)*s >= 0x20 || *s == '\n');
	assert_null(strstr(buf_str(&p.rejects), "\xE2\x80\xAE"));
	assert_null(strstr(buf_str(&p.rejects), "\xC2\x9B"));
	parsed_free(&p);
}

static void test_last_line(void **state)
{
	parsed whole = parse_jsonl("{\"id\":\"1\"}\n{\"id\":\"2\"}"),
	       cut = parse_jsonl("{\"id\":\"1\"}\n{\"id\":\"2\",\"ti");

	(void)state;
	assert_int_equal(whole.status, SHEAF_OK);
	assert_int_equal(whole.documents, 2);
	assert_false(whole.truncated);
	assert_int_equal(cut.status, SHEAF_ERROR_PROTOCOL);
	assert_int_equal(cut.documents, 1);
	assert_true(cut.truncated);
	assert_string_equal(buf_str(&cut.rejects), "");
	parsed_free(&whole);
	parsed_free(&cut);
}

/* A line longer than the cap is skipped, and never held. */
static void test_long_line(void **state)
{
	enum { LONG = 17 << 20, STEP = 100000 };
	buf    text = BUF_INIT(0);
	parsed p = {0}, end = {0};

	(void)state;
	buf_puts(&text, "{\"id\":\"1\"}\n{\"id\":\"2\",\"title\":\"");
	for (size_t i = 0; i < LONG; i++)
		buf_putc(&text, 'a');
	buf_puts(&text, "\"}\n{\"id\":\"3\"}\n");
	parsed_run(&p, SHEAF_SOURCE_JSONL, text.data, text.len, STEP);
	assert_string_equal(buf_str(&p.text), "7=1\n--\n7=3\n--\n");
	assert_string_equal(buf_str(&p.rejects), "2 the line is longer than 16 MB\n");
	parsed_run(&end, SHEAF_SOURCE_JSONL, text.data, LONG, STEP);
	assert_string_equal(buf_str(&end.rejects), "2 the line is longer than 16 MB\n");
	parsed_free(&p);
	parsed_free(&end);
	buf_free(&text);
}

static void test_deep_nesting(void **state)
{
	buf    text = BUF_INIT(0);
	parsed p;

	(void)state;
	buf_puts(&text, "{\"id\":\"1\",\"x\":");
	for (size_t i = 0; i < 1000000; i++)
		buf_putc(&text, '[');
	buf_puts(&text, "\n{\"id\":\"2\"}\n");
	p = parse_jsonl(text.data);
	assert_int_equal(p.documents, 1);
	assert_int_equal(p.info.records, 2);
	parsed_free(&p);
	buf_free(&text);
}

static void test_pieces_and_cuts(void **state)
{
	static const char text[] =
		"{\"id\":\"1\",\"title\":\"a\\u00e9\xC3\xA9\"}\r\n\nbroken\n{\"id\":\"2\","
		"\"versions\":[{\"version\":"
		"\"v1\",\"created\":\"Fri, 1 Jan 2021 10:00:00 GMT\"}]}\n{\"id\":\"3\","
		"\"x\":\"\xFF\"}";

	(void)state;
	parsed_in_pieces(SHEAF_SOURCE_JSONL, text, sizeof text - 1);
	parsed_cut_anywhere(SHEAF_SOURCE_JSONL, text, sizeof text - 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_whole),
		cmocka_unit_test(test_little),
		cmocka_unit_test(test_types),
		cmocka_unit_test(test_old_schema),
		cmocka_unit_test(test_more),
		cmocka_unit_test(test_rejects),
		cmocka_unit_test(test_last_line),
		cmocka_unit_test(test_bad_characters),
		cmocka_unit_test(test_reasons_are_clean),
		cmocka_unit_test(test_long_line),
		cmocka_unit_test(test_deep_nesting),
		cmocka_unit_test(test_pieces_and_cuts),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
