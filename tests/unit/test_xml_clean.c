/* What XML forbids is mended, the same however the bytes are divided. */
#include "parsed.h"

#include "xml_clean.h"

static void clean_in_pieces(const char *bytes, size_t len, size_t step, buf *out)
{
	xml_clean   clean = {0};
	const char *piece;
	size_t      size;

	while (len) {
		size_t n = len < step ? len : step;

		assert_int_equal(xml_clean_feed(&clean, bytes, n, 0, &piece, &size, NULL),
		                 SHEAF_OK);
		buf_append(out, piece, size);
		bytes += n;
		len -= n;
	}
	assert_int_equal(xml_clean_feed(&clean, "", 0, 1, &piece, &size, NULL), SHEAF_OK);
	buf_append(out, piece, size);
	xml_clean_free(&clean);
}

static void becomes(const char *bytes, size_t len, const char *expected)
{
	for (size_t step = 1; step <= len + 1; step++) {
		buf out = BUF_INIT(0);

		clean_in_pieces(bytes, len, step, &out);
		assert_string_equal(buf_str(&out), expected);
		assert_int_equal(out.len, strlen(expected));
		buf_free(&out);
	}
}

#define BECOMES(bytes, expected) becomes(bytes, sizeof(bytes) - 1, expected)
#define STAYS(bytes) becomes(bytes, sizeof(bytes) - 1, bytes)
#define FFFD "\xEF\xBF\xBD"

static void test_good_text_stays(void **state)
{
	(void)state;
	STAYS("");
	STAYS("<a b='c'>text\t\r\n</a>");
	STAYS("Schr\xC3\xB6"
	      "dinger \xE2\x82\xAC \xF0\x9F\xA7\xA0");
	STAYS("&amp;&lt;&#233;&#xE9;&#x1F9E0;&#9;&#10;&#x0d;");
	STAYS("& &# &#; &#x; &unknown; &#12a; &#99999999999999999999;");
	STAYS("a & b &&#65;& ends in &");
	STAYS("ends in &#12");
}

static void test_controls(void **state)
{
	(void)state;
	BECOMES("a\x01"
	        "b\x1F"
	        "c\0d",
	        "a b c d");
	BECOMES("a&#1;b&#x1f;c&#0;d", "a b c d");
	BECOMES("&#xFFFE;&#xD800;&#1114112;", FFFD FFFD FFFD);
}

static void test_broken_utf8(void **state)
{
	(void)state;
	BECOMES("a\xFF"
	        "b",
	        "a" FFFD "b");
	BECOMES("\xC3", FFFD);
	BECOMES("\xC3(", FFFD "(");
	BECOMES("\xE2\x82"
	        "A",
	        FFFD FFFD "A");
	BECOMES("\xE2\x82\xC3\xB6", FFFD FFFD "\xC3\xB6");
	BECOMES("\xED\xA0\x80", FFFD FFFD FFFD);
	BECOMES("\xC0\xAF", FFFD FFFD);
	BECOMES("\xEF\xBF\xBE\xEF\xBF\xBF", FFFD FFFD);
	BECOMES("&\xC3\xB6\xC3", "&\xC3\xB6" FFFD);
}

/* Good bytes are not copied. */
static void test_in_place(void **state)
{
	static const char text[] = "<a>good</a>";
	xml_clean         clean = {0};
	const char       *out;
	size_t            len;

	(void)state;
	assert_int_equal(xml_clean_feed(&clean, text, sizeof text - 1, 0, &out, &len, NULL),
	                 SHEAF_OK);
	assert_ptr_equal(out, text);
	assert_int_equal(len, sizeof text - 1);
	xml_clean_free(&clean);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_good_text_stays),
		cmocka_unit_test(test_controls),
		cmocka_unit_test(test_broken_utf8),
		cmocka_unit_test(test_in_place),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
